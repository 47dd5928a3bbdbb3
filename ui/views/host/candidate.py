"""One application: read it without a name, assess it, then decide and say why."""

import streamlit as st

from programme import applications
from programme.actors import Actor
from programme.blind import BlindApplication
from ui import forms, layout
from ui.actions import decide, keep_confirmation, read
from ui.business_case import business_case
from ui.decisions import Button, decisions, submit
from ui.views.host.candidates import host_state
from ui.words import date_words, points_words, tone

BUTTONS = (
    Button("shortlist", "Put on the shortlist", "Put on the shortlist", "Say what makes you want to talk further."),
    Button(
        "select", "Select this person", "Selected. The match now goes to approval",
        "Selecting puts the match to the approvers. It is not final until the programme approves it.",
    ),
    Button("decline", "Decline this application", "Application declined", "The person will read your reason."),
)  # fmt: skip
OVER = ("not_selected", "withdrawn", "lapsed")
SCALE = {
    "1": "1: much too little",
    "2": "2: too little",
    "3": "3: enough",
    "4": "4: more than enough",
    "5": "5: outstanding",
}


def render(actor: Actor) -> None:
    """The blind application; the assessment comes before any decision, and before the name."""
    application = read(applications.blind, st.query_params.get("ref", ""))
    layout.back_link("candidates", "Candidates", ref=application.offer_ref)
    layout.page_heading(application.name or f"Candidate {application.applicant_ref}", caption=application.ref)
    layout.state_tag(host_state(application), tone("application_state", application.state))
    assessing = application.state == "submitted" and not application.assessments
    if not application.revealed and assessing:
        layout.notice("You see this application without a name until you save your assessment.")
    _person(application)
    if assessing or application.assessments:
        layout.section_heading("Your assessment")
    _assessments(application)
    if assessing:
        _assess(application)
    if application.revealed and application.can:
        layout.section_heading("Your decision")
        decisions(
            "application", application.state, application.can, BUTTONS, applications.act, application.ref,
            key="application",
        )  # fmt: skip


def _person(application: BlindApplication) -> None:
    layout.section_heading("The person")
    facts: list[tuple[str, object]] = [
        ("Job", application.job_title),
        ("Level", application.level),
        ("Since" if application.state in OVER else "With you since", date_words(application.state_since_at)),
        ("Skills", ", ".join(f"{line.name} ({line.level_name})" for line in application.skills)),
    ]
    if application.revealed:
        facts.insert(1, ("Organisation", application.organisation))
    if application.score is not None:
        facts.append(("Match with your offer", f"{points_words(application.score)} out of 100"))
    layout.summary_list(facts)
    for title, text in (
        ("In their own words", application.summary),
        ("What they hope for", application.hopes),
        ("Why this placement", application.statement),
    ):
        layout.sub_heading(title)
        layout.user_text(text or "Not given")
    with st.expander("The business case"):
        business_case(application)


def _assessments(application: BlindApplication) -> None:
    for assessment in application.assessments:
        with st.container(border=True):
            layout.summary_list(
                (
                    ("Saved", date_words(assessment.saved_at)),
                    ("Skills", SCALE[str(assessment.skills_score)]),
                    ("Motivation", SCALE[str(assessment.motivation_score)]),
                    ("Strengths", assessment.strengths),
                    ("Questions to ask", assessment.questions),
                )
            )


def _assess(application: BlindApplication) -> None:
    layout.paragraph(
        "Judge what you read against what the offer needs. Saving shows you the name, and is recorded."
    )
    with st.form("assessment", border=False, enter_to_submit=False):
        skills = forms.radio_field("Skills for this work", "assess.skills_score", SCALE)
        motivation = forms.radio_field("Motivation for this placement", "assess.motivation_score", SCALE)
        strengths = forms.long_field("What speaks for this person", "assess.strengths")
        questions = forms.long_field("What you would ask them (optional)", "assess.questions")
        if submit("Save assessment and show the name", primary=True):
            done, _ = decide(
                applications.assess,
                application.ref,
                skills_score=int(skills) if skills else None,
                motivation_score=int(motivation) if motivation else None,
                strengths=strengths,
                questions=questions,
            )
            if done:
                keep_confirmation("Assessment saved", "The name is now shown. You can decide below.")
            st.rerun()
