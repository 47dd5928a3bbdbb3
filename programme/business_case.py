"""First texts for the six headings of the business case that gov.uk asks for, from the profile and the offer."""

from sqlalchemy.orm import Session

from db.models.applicants import SkillSide
from db.models.applications import Application
from db.models.offers import OfferKind, SkillUse
from programme import reference

KIND_WORDS = {
    OfferKind.SECONDMENT: "A full secondment",
    OfferKind.PART_TIME: "A part-time secondment",
    OfferKind.SHORT_PROJECT: "A short project",
    OfferKind.JOB_SHARE: "A job share",
    OfferKind.SHADOWING: "Shadowing",
    OfferKind.AWAY_DAY: "An away day",
}


def first_texts(session: Session, application: Application) -> dict[str, str]:
    """One text for each heading, by the field's name; empty where profile and offer say nothing."""
    applicant, offer = application.applicant, application.offer
    names = reference.skill_names(session)
    taught = {row.skill_code for row in offer.skills if row.use is SkillUse.TAUGHT}
    wanted = [row.skill_code for row in applicant.skills if row.side is SkillSide.WANTED]
    gain = [code for code in wanted if code in taught] or wanted
    bring = [row.skill_code for row in applicant.skills if row.side is SkillSide.OFFERED]
    return {
        "case_skills": f"I want to gain: {_named(gain, names)}." if gain else offer.learning,
        "case_plan": applicant.hopes,
        "case_kind": (
            f"{KIND_WORDS[offer.kind]} of {offer.length_months} months, "
            f"{float(offer.days_per_week):g} days a week, starting between "
            f"{offer.start_from_on:%-d %B %Y} and {offer.start_to_on:%-d %B %Y}."
        ),
        "case_home": f"I would bring back to {applicant.organisation.name}: {offer.learning}".strip(),
        "case_host": f"I would offer: {_named(bring, names)}." if bring else applicant.summary,
        "case_choice": f"{offer.organisation.name} offers this placement: {offer.summary}",
    }


def _named(codes: list[str], names: dict[str, str]) -> str:
    words = [names.get(code, code) for code in codes]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
