"""The invented people and offers of the demonstration as the matcher sees them, without a database.

What fairness and robustness are measured on: every kind of person with each of their titles, every kind of
offer with each of its titles, all the same each time. Wishes are wide, so that words, skills and level decide.
"""

from datetime import date

from matching import MAX_SKILL_LEVEL, VETTING_RANKS, ApplicantProfile, OfferProfile, SkillNeed
from programme.demonstration.texts import OfferText, PersonText, offer_texts, person_texts, pool, table, toml

DAY = date(2026, 1, 5)
LAST_START = date(2026, 3, 30)
REGIONS = ("TLC", "TLD", "TLE", "TLF", "TLG", "TLH", "TLI", "TLJ", "TLK", "TLL", "TLM", "TLN")
KINDS = frozenset({"secondment", "part_time", "short_project", "job_share", "shadowing", "away_day"})
REMOTE = ("on_site", "hybrid", "hybrid", "remote")
CHARITY_LEVELS = (4, 5, 6, 7)
YEARS = ("three", "five", "seven", "eleven")


def invented_people() -> tuple[ApplicantProfile, ...]:
    """Civil servants, then people from civil society."""
    found: list[ApplicantProfile] = []
    for side in ("government", "charity"):
        for text in person_texts(side):
            found += [_person(text, rung, len(found)) for rung in range(len(text.titles))]
    return tuple(found)


def invented_offers() -> tuple[OfferProfile, ...]:
    """Offers of civil society, then of government."""
    found: list[OfferProfile] = []
    for direction in ("outward", "inward"):
        for text in offer_texts(direction):
            found += [_offer(text, turn, len(found)) for turn in range(len(text.titles))]
    return tuple(found)


def _person(text: PersonText, rung: int, number: int) -> ApplicantProfile:
    government = text.side == "government"
    body = _body("government" if government else "charities", text.themes, number)
    levels = range(text.level[0], text.level[1] + 1) if government else CHARITY_LEVELS
    details = toml("people")[f"{text.side}_details"]
    lead = text.summaries[rung % len(text.summaries)].format(
        years=YEARS[number % len(YEARS)], cause=body["cause"], org=body["name"],
        people=body.get("people") or "people",
    )  # fmt: skip
    written = (text.titles[rung], lead, details[number % len(details)], text.hopes)
    return ApplicantProfile(
        ref=f"PER-{number:03}",
        organisation=body["key"],
        direction="outward" if government else "inward",
        level=levels[rung * (len(levels) - 1) // max(len(text.titles) - 1, 1)],
        missions=text.missions,
        skills={skill.code: min(skill.level + number % 2, MAX_SKILL_LEVEL) for skill in text.skills},
        wants={skill.code: skill.level for skill in text.wants},
        text=" ".join([*written, *(f"{skill.evidence}." for skill in text.skills)]),
        regions=frozenset(REGIONS[(number + step) % len(REGIONS)] for step in (0, 1, 5)),
        remote_ok=True,
        days_min=1,
        days_max=5,
        available_from=DAY,
        available_to=None,
        length_min=0,
        length_max=24,
        kinds=KINDS,
        contract_end=None,
        vetting_held=1,
        meets_nationality=True,
        placed_until=None,
    )


def _offer(text: OfferText, turn: int, number: int) -> OfferProfile:
    body = _body("charities" if text.direction == "outward" else "government", text.themes, number)
    slots = {"org": body["name"], "place": body["place_name"], "cause": body["cause"],
             "people": body.get("people") or "people"}  # fmt: skip
    tails = pool("tails")
    written = (text.titles[turn], text.summaries[turn % len(text.summaries)], tails[number % len(tails)])
    said = [part.format(**slots) for part in written]
    return OfferProfile(
        ref=f"OFR-{number:03}",
        organisation=body["key"],
        direction=text.direction,
        kind=text.kind,
        level_min=text.level[0],
        level_max=text.level[1],
        stretch_ok=number % 2 == 0,
        missions=text.missions,
        needs=tuple(SkillNeed(code=need.code, level=need.level, essential=need.essential) for need in text.needs),
        teaches={skill.code: skill.level for skill in text.teaches},
        text=" ".join([*said, *text.tasks, text.learning]),
        region=body["region_code"],
        remote=REMOTE[number % len(REMOTE)],
        days=3,
        start_from=DAY,
        start_to=LAST_START,
        length_months=text.months[0],
        vetting=_rank(text.vetting),
        vetting_ready_on=DAY,
        reserved=False,
        capacity_left=1,
    )  # fmt: skip


def _body(name: str, themes: frozenset[str], number: int) -> dict[str, str]:
    """An invented organisation that works on one of the themes, in turn."""
    fitting = [row for row in table(name) if themes & set(row["themes"].split())] or list(table(name))
    return fitting[number % len(fitting)]


def _rank(vetting: str) -> int:
    return [rank.lower() for rank in VETTING_RANKS].index(vetting.lower())
