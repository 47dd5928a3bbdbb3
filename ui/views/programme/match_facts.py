"""The person and the offer of a match, side by side in words."""

from typing import Any

from ui import layout
from ui.choices import name_of
from ui.words import date_words, days_words, label, length_words, levels_words, window_words


def match_facts(match: Any) -> None:
    """What a programme manager checks before deciding."""
    person, offer = match.applicant, match.offer
    layout.section_heading("The person")
    layout.facts(
        (
            ("Name", person.user.name),
            ("Reference", person.ref),
            ("Organisation", person.organisation.name),
            ("Job", person.job_title),
            ("Level", person.level or "Waiting to be settled"),
            ("Contract", label("contract", person.contract_type)),
            ("Contract ends", date_words(person.contract_end_on) or "No end date"),
            ("Vetting held", name_of("vetting", person.vetting_code)),
        )
    )
    layout.section_heading("The offer")
    layout.facts(
        (
            ("Title", offer.title),
            ("Host", offer.organisation.name),
            ("Direction", label("direction", offer.direction)),
            ("Level", levels_words(offer.level_min, offer.level_max, stretch_ok=offer.stretch_ok)),
            ("Start", window_words(offer.start_from_on, offer.start_to_on)),
            ("Time away", f"{days_words(offer.days_per_week)} for {length_words(offer.length_months)}"),
            ("Places left", offer.capacity - offer.places_taken),
            ("Vetting asked for", name_of("vetting", offer.vetting_code)),
            ("Payroll", label("party", offer.payroll_party)),
            ("Share of salary the host pays back", f"{offer.recovery_pct}%"),
        )
    )
    layout.link("offer-check", "Read the whole offer", ref=offer.ref)
    if match.application_id:
        layout.paragraph("This match comes from the host’s selection.")
    elif match.round_id:
        layout.paragraph("This match comes from a matching round.")
