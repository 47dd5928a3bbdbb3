"""Apply: why this placement, and the business case for the line manager. Every change is kept at once."""

from typing import Any

import streamlit as st

from programme import applications, clock, notice, reference, store
from programme.actors import Actor
from ui import layout, pages, words
from ui.actions import decide, keep_confirmation, read
from ui.business_case import HEADINGS
from ui.forms import long_field
from ui.identity import me

HINTS = {
    "case_skills": "Which skills would you come back with, and how would you use them?",
    "case_plan": "How does this fit what you and your manager have agreed about your development?",
    "case_kind": "How long, how many days a week, and from when?",
    "case_home": "What will your organisation have afterwards that it does not have now?",
    "case_host": "What would you bring that the host does not have?",
    "case_choice": "Why this organisation and not another?",
}
FIELDS = ("statement", *HINTS)


def render(actor: Actor) -> None:
    """Show the reader's draft for the offer that the address names, starting one when there is none."""
    ref = _started(st.query_params.get("ref", ""))
    application = read(applications.detail, ref)
    if application.state != "draft":
        pages.go_to("application", ref=ref)
    offer = application.offer
    layout.back_link("placement", "Back to the placement", ref=offer.ref)
    layout.page_heading("Apply", caption=f"{offer.title}, {offer.organisation.name}")
    _introduction()
    _form(application, ref)
    if "draft.saved_at" in st.session_state:
        layout.notice(f"Draft saved on {st.session_state['draft.saved_at']}")
    if st.button("Ask for release", type="primary", key="send"):
        _send(ref)


def _started(offer_ref: str) -> str:
    """The reference of the reader's application for this offer. It is started once for each visit."""
    known = st.session_state.setdefault("applications", {})
    if offer_ref not in known:
        with store.writing() as session:
            known[offer_ref] = applications.start(session, me(), offer_ref).ref
    return str(known[offer_ref])


def _introduction() -> None:
    with store.reading() as session:
        days = int(reference.rule_number(session, "reply.release_days"))
        told = notice.lines(session)
    layout.paragraph(
        "What you type is kept as a draft as soon as you leave a box, so you can stop and come back."
    )
    layout.paragraph(
        "When you ask for release, your line manager reads all of it and has "
        f"{words.count_words(days, 'working day')} to answer. Only when you are released does the host see it, "
        "and then without your name."
    )
    layout.section_heading("How it is decided")
    layout.bullets(told)


def _form(application: Any, ref: str) -> None:
    def keep() -> None:
        _keep(ref)

    layout.section_heading("Why you want this placement")
    long_field("Your statement", _key(ref, "statement"), application.statement, changed=keep, height=220,
               hint="The host reads this first. Do not write your name: the host does not see it yet.")  # fmt: skip
    layout.section_heading("Business case for your line manager")
    layout.paragraph("These are the six headings that government guidance asks for.")
    st.button("Suggest from my profile", key="suggest", on_click=_suggest, args=(ref,),
              help="Fills the boxes that are empty. Change the words until they are yours.")  # fmt: skip
    for field, title in HEADINGS:
        long_field(title, _key(ref, field), getattr(application, field), hint=HINTS[field], changed=keep)


def _key(ref: str, field: str) -> str:
    return f"draft.{ref}.{field}"


def _typed(ref: str) -> dict[str, str]:
    return {field: st.session_state.get(_key(ref, field), "") for field in FIELDS}


def _keep(ref: str) -> bool:
    kept, _ = decide(applications.save_draft, ref, **_typed(ref))
    if kept:
        st.session_state["draft.saved_at"] = words.time_words(clock.now())
    return kept


def _suggest(ref: str) -> None:
    done, suggested = decide(applications.draft_case, ref)
    for field, text in (suggested or {}).items():
        if done and not st.session_state.get(_key(ref, field), "").strip():
            st.session_state[_key(ref, field)] = text
    _keep(ref)


def _send(ref: str) -> None:
    if _keep(ref) and decide(applications.request_release, ref)[0]:
        keep_confirmation(
            "Release request sent", "Your line manager has been told. What happens next is below."
        )
        pages.go_to("application", ref=ref)
    st.rerun()
