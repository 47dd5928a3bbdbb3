"""An offer in full, as a host checks it and a programme manager reads it."""

from collections.abc import Iterable

from programme.offers import OfferDetail, SkillLine
from ui import layout, words
from ui.cards import mission_words, place_words


def offer_facts(offer: OfferDetail, *, summary: bool = True) -> None:
    """Everything about an offer, in the order in which people ask; without its summary if the page has it."""
    card = offer.card
    layout.summary_list(
        (
            *((("Summary", card.summary),) if summary else ()),
            ("Direction", words.label("direction", card.direction)),
            ("Kind", words.label("offer_kind", card.kind)),
            ("Missions", mission_words(card.missions)),
            ("Level", words.levels_words(card.level_min, card.level_max, stretch_ok=card.stretch_ok)),
            ("Where", place_words(card)),
            ("Time", words.days_words(card.days_per_week)),
            ("Length", words.length_words(card.length_months)),
            ("Start", words.window_words(card.start_from_on, card.start_to_on)),
            ("Apply by", words.date_words(card.closing_on) or "No closing date"),
            ("Places left", card.capacity_left),
            ("Vetting", offer.vetting),
            ("Reserved for UK nationals", offer.reserved_post),
            ("Contact", offer.contact_role),
        )
    )
    for title, text in (
        ("What the person will do", offer.tasks),
        ("What they will learn", offer.learning),
        ("About the team", offer.about_team),
    ):
        layout.sub_heading(title)
        layout.user_text(text or "Not given")
    layout.sub_heading("Skills")
    layout.summary_list(
        (
            ("Essential", _skills(line for line in offer.needs if line.essential)),
            ("Useful", _skills(line for line in offer.needs if not line.essential)),
            ("Taught", _skills(offer.teaches)),
        )
    )
    layout.sub_heading("Who pays")
    layout.summary_list(
        (
            ("Payroll", words.label("party", offer.payroll_party)),
            ("Share of salary the host pays back", f"{offer.recovery_pct}%"),
            ("Expenses", words.label("party", offer.expenses_party)),
            ("Note", offer.cost_note),
        )
    )


def _skills(lines: Iterable[SkillLine]) -> str:
    return ", ".join(
        f"{line.name} ({line.level_name or words.label('skill_level', line.level)})" for line in lines
    )
