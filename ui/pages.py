"""The registry as Streamlit's pages: a page the actor may open shows its view; any other says why not."""

from collections.abc import Callable
from importlib import import_module

import streamlit as st

from programme.actors import Actor
from programme.errors import Refused
from programme.pages import PAGES, PageSpec, may_open, page_at
from ui import forms, layout, words
from ui.decisions import overtaken
from ui.identity import was_signed_in

_PAGES = "_pages"


def build(actor: Actor) -> list[st.Page]:
    """Every page of the registry. Those the actor may not open are kept out of the navigation, and refuse.

    A refused page still exists, so that its address answers "sign in" or "you cannot see this page" and
    not "no such page".
    """
    built = {spec.path: _build_one(spec, actor) for spec in PAGES}
    st.session_state[_PAGES] = built
    return list(built.values())


def go_to(path: str, **query: str) -> None:
    """Open another page now. Call it in the body of a page (after a decision), never in a callback."""
    built: dict[str, st.Page] = st.session_state[_PAGES]
    st.switch_page(built[path], query_params=query)


def spec_of(page: st.Page) -> PageSpec:
    """The registry's line for a page that Streamlit chose."""
    spec = page_at(page.url_path)
    assert spec is not None, "st.navigation only returns pages of the registry"
    return spec


def opener(spec: PageSpec, actor: Actor) -> Callable[[], None]:
    """What opening this page does for this actor: shows its view, or says why it cannot be seen."""
    return _shower(spec, actor) if may_open(actor, spec) else _refuser(spec, actor)


def _build_one(spec: PageSpec, actor: Actor) -> st.Page:
    return st.Page(
        opener(spec, actor),
        title=spec.title,
        url_path=spec.path,
        default=spec.path == "",
        visibility=spec.visibility if may_open(actor, spec) else "hidden",
    )


def _shower(spec: PageSpec, actor: Actor) -> Callable[[], None]:
    def show() -> None:
        try:
            import_module(spec.view).render(actor)
            if overtaken():
                st.rerun()
        except Refused as refusal:
            layout.page_heading("You cannot do this here")
            layout.paragraph(refusal.message)
            layout.link("", "Go to the home page")

    return show


def _refuser(spec: PageSpec, actor: Actor) -> Callable[[], None]:
    def refuse() -> None:
        if actor.user_id is None:
            ask_to_sign_in(spec)
            return
        layout.page_heading("You cannot see this page")
        layout.paragraph(f"Your account does not have the role that the page “{spec.title}” needs.")
        layout.paragraph(f"It opens for: {_roles_in_words(spec)}.")
        layout.paragraph("If you think that it should open for you, ask a programme manager.")
        layout.link("", "Go to the home page")

    return refuse


def _roles_in_words(spec: PageSpec) -> str:
    return ", ".join(sorted(words.label("role", role.value) for role in spec.roles or ()))


def _what_was_typed() -> None:
    """The texts that the reader had typed and that were not saved, to be copied."""
    typed = forms.texts_not_saved()
    if not typed:
        return
    layout.section_heading("What you had typed and was not saved")
    layout.paragraph("Copy what you need before you leave this page.")
    for label, text in typed.items():
        layout.sub_heading(label)
        layout.user_text(text)


def ask_to_sign_in(spec: PageSpec) -> None:
    """Say that a sign-in is needed, or that it has ended, with a link that comes back to this page."""
    query = st.query_params.to_dict()
    here = layout.address(spec.path, **query)
    if was_signed_in():
        layout.mark_answer()
        layout.page_heading("You have been signed out")
        layout.paragraph("Your sign-in has ended. What was saved has been kept.")
        layout.link("sign-in", "Sign in again", next=here)
        _what_was_typed()
    else:
        layout.page_heading("Sign in to see this page")
        layout.link("sign-in", "Sign in", next=here)
