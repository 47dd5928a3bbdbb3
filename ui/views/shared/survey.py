"""A survey about a placement. What is answered is kept as it is typed, and sent once."""

from typing import Any

import streamlit as st

from programme import outcomes
from programme.actors import Actor
from programme.errors import NotFound
from programme.outcomes import SurveyForm
from ui import layout, pages, words
from ui.actions import decide, keep_confirmation, read
from ui.forms import choice_field, long_field, radio_field, text_field
from ui.words import LABELS


def render(actor: Actor) -> None:
    """Show the survey that the address names (``id``), or those the reader can answer now."""
    asked = st.query_params.get("id", "")
    if not asked:
        _list()
        return
    if not asked.isdigit():
        raise NotFound("There is no such survey.")
    form = read(outcomes.survey, int(asked))
    survey = form.survey
    wave = words.label("wave", survey.wave)
    layout.page_heading(f"Survey: {wave.lower()}", caption=survey.placement.offer.title)
    if survey.answered_at is not None:
        layout.paragraph(
            f"Answered on {words.date_words(survey.answered_at)}. Thank you: nothing more is needed."
        )
        return
    layout.paragraph(
        f"Please answer by {words.date_words(survey.due_on)}. Answers are kept as you go. They are used to learn "
        "what placements lead to, and are published only as counts of at least five."
    )
    answers = {
        question.code: _ask(question, form) for question in form.questions if question.kind != "recorded"
    }
    if answers != {code: form.answers.get(code) for code in answers}:
        decide(outcomes.save_answers_draft, survey.id, answers)
    if st.button("Send my answers", type="primary", key="send"):
        if decide(outcomes.answer, survey.id, answers)[0]:
            keep_confirmation("Answers sent", "Thank you. What came of your placement now counts.")
            pages.go_to("survey")
        st.rerun()


def survey_links() -> int:
    """The surveys that the reader can answer now, as links; how many there are."""
    due = read(outcomes.due)
    for survey in due:
        name = f"{words.label('wave', survey.wave)}: {survey.placement.offer.title}"
        layout.link("survey", f"{name} (by {words.date_words(survey.due_on)})", id=survey.id)
    return len(due)


def _list() -> None:
    layout.page_heading("Surveys")
    if not survey_links():
        layout.empty_state("There is no survey for you to answer now.", ("", "Go to the home page"))


def _ask(question: Any, form: SurveyForm) -> Any:
    key = f"survey.{form.survey.id}.{question.code}"
    before = form.answers.get(question.code)
    match question.kind:
        case "scale5":
            chosen = radio_field(question.words, key, "scale5", str(before) if before else None)
            return int(chosen) if chosen else None
        case "count":
            typed = text_field(
                question.words, key, "" if before is None else str(before), hint="A whole number."
            )
            return int(typed) if typed.isdigit() else (typed or None)
        case "choice" | "yes_no_unsure":
            named = {code: words.label("survey_option", code) for code in question.options}
            return radio_field(question.words, key, named, before)
        case "objectives":
            return _objectives(question, form, key, before or {})
        case _:
            return (
                long_field(question.words, key, before or "", hint="You can leave this empty.", height=100)
                or None
            )


def _objectives(question: Any, form: SurveyForm, key: str, before: dict[str, str]) -> dict[str, str] | None:
    if not form.objectives:
        return None
    layout.section_heading(question.words)
    named = {code: LABELS["survey_option"].get(code, code) for code in question.options}
    chosen = {
        str(number): choice_field(wording, f"{key}-{number}", named, before.get(str(number)), field=question.code,
                                  none="Choose what became of it")
        for number, wording in form.objectives
    }  # fmt: skip
    return {number: result for number, result in chosen.items() if result} or None
