"""One request for release: the case, what it would mean for the team, and the line manager's answer."""

from typing import Any

import streamlit as st

from programme import applications
from programme.actors import Actor
from ui import forms, layout
from ui.actions import decide, keep_confirmation, keep_errors, read
from ui.business_case import business_case
from ui.decisions import reason_form, submit
from ui.forms import NotADate
from ui.pages import go_to
from ui.words import date_words, days_words, label, length_words, tone, window_words

COVER = {
    "": "Not decided yet",
    "share": "Share the work in the team",
    "temporary": "A temporary promotion or transfer",
    "recruit": "A fixed-term appointment",
    "pause": "Pause the work",
    "swap": "Someone comes in exchange",
}


def render(actor: Actor) -> None:
    """The case first, then the answer."""
    application = read(applications.detail, st.query_params.get("ref", ""))
    layout.back_link("release-requests", "Release requests")
    layout.page_heading(application.applicant.user.name, caption="Release request")
    _about(application)
    if application.state == "awaiting_release":
        layout.section_heading("Your answer")
        _release(application)
        with st.expander("Decline the release"):
            _decline(application.ref)
    else:
        layout.section_heading("The answer")
        layout.state_tag(
            label("application_state", application.state), tone("application_state", application.state)
        )
        _answered(application)


def _about(application: Any) -> None:
    offer = application.offer
    layout.section_heading("The placement")
    layout.summary_list(
        (
            ("Placement", offer.title),
            ("Host", offer.organisation.name),
            ("Start", window_words(offer.start_from_on, offer.start_to_on)),
            ("Time away", f"{days_words(offer.days_per_week)} for {length_words(offer.length_months)}"),
            ("Payroll", label("party", offer.payroll_party)),
            ("Share of salary the host pays back", f"{offer.recovery_pct}%"),
        )
    )
    layout.link("placement", "Read the whole offer", ref=offer.ref)
    layout.section_heading("The business case")
    business_case(application)
    layout.sub_heading("In their own words")
    layout.user_text(application.statement or "Not given")


def _release(application: Any) -> None:
    with st.form("release", border=False, enter_to_submit=False):
        cover = forms.choice_field("How will the work be covered?", "release.cover_kind", COVER)
        note = forms.text_field("More about the cover (optional)", "release.cover")
        until = forms.date_field(
            "Release until (optional)", "release.until_on", hint="Leave empty for the whole time"
        )
        conditions = forms.long_field("Conditions (optional)", "release.conditions", height=90)
        reason = forms.long_field(
            "Your reason", "release.reason", hint="Why this is right now. The person and the host will read it",
            height=90,
        )  # fmt: skip
        pressed = submit("Release", primary=True)
    if not pressed:
        return
    if isinstance(until, NotADate):
        keep_errors({"until_on": until.message})
        st.rerun()
    covered = ". ".join(part for part in (COVER[cover or ""], note) if part)
    done, _ = decide(
        applications.release,
        application.ref,
        until_on=until,
        conditions=conditions,
        cover=covered,
        reason=reason,
    )
    _afterwards(done, "Released", "The application has gone to the host. Your person has been told.")


def _decline(ref: str) -> None:
    layout.paragraph("“Not yet” and “not for this long” are good answers: say what would make it possible.")
    given = reason_form("decline", "Decline the release", reason_kind="decline")
    if given is not None:
        done, _ = decide(applications.decline_release, ref, reason_code=given[1], reason=given[0])
        _afterwards(done, "Release declined", "Your person has been told, with your reason.")


def _afterwards(done: bool, title: str, body: str) -> None:
    if done:
        keep_confirmation(title, body)
        go_to("release-requests")
    st.rerun()


def _answered(application: Any) -> None:
    layout.summary_list(
        (
            ("Answered on", date_words(application.release_decided_at)),
            ("Release until", date_words(application.release_until_on) or "The whole time"),
            ("Conditions", application.release_conditions or "None"),
            ("Cover", application.release_cover),
        )
    )
