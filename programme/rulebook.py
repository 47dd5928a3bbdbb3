"""The rules of the domain by id, with their sources, and where the code and the tests name each of them.

What a rule says, where it comes from and what is still missing is written here by hand. Where it is kept is found:
modules that name it in a docstring or comment, such as ``(S7)``, and tests named by it, such as ``test_s7_...``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("matching", "db", "programme", "ui", "web", "cli")
NOT_YET = "not yet"

_NAMED = re.compile(r"[(\"](?:rule )?((?:[SGCD]\d{1,2})(?:(?:, | and |-)[SGCD]\d{1,2})*)[):]")
_ID = re.compile(r"([SGCD])(\d{1,2})(?:-[SGCD](\d{1,2}))?")
_TEST = re.compile(r"^(?:async )?def test_([sgcd]\d{1,2})_", re.M)


@dataclass(frozen=True, slots=True)
class DomainRule:
    """One rule: its id, what it does, where it comes from and when; ``missing`` is what is not built, in words."""

    id: str
    does: str
    source: str
    date: str
    missing: str = ""


GUIDE = "[Secondments and loans: how to apply](https://www.gov.uk/guidance/civil-service-secondments-and-loans-how-to-apply)"
EXCHANGE_HOSTS = "[GovXchange, questions of hosts](https://www.civil-service-careers.gov.uk/govxchange-programme-qas-for-hosts)"
EXCHANGE_PEOPLE = "[GovXchange, questions of secondees](https://www.civil-service-careers.gov.uk/govxchange-programme-qas-for-secondees/)"
COMMISSION = "[Civil Service Commission, exception forms](http://civilservicecommission.independent.gov.uk/exception-forms/)"
PAY = (
    "[Senior pay threshold](https://www.civilserviceworld.com/news/article/"
    "treasury-increases-threshold-for-when-new-salaries-required-senior-ministers-approval)"
)
VAT = "[VAT on secondments](https://charitytaxgroup.org.uk/tax/vat/other-vat-issues/staff-secondments)"
AGREEMENT = "[How to draft secondment agreements](https://www.shoosmiths.co.uk/insights/articles/how-to-draft-secondment-agreements)"
QUARTERLY = "[Quarterly secondments data](https://www.parallelparliament.co.uk/question/70516/civil-service-secondment)"
GRADES = "[Civil service grades](https://www.instituteforgovernment.org.uk/explainer/civil-service-grades)"
INTERESTS = (
    "[Outside interests](https://gov.uk/government/publications/"
    "declaration-and-management-of-outside-interests-in-the-civil-service)"
)
APPOINTMENTS = (
    "[Business Appointment Rules](https://www.gov.uk/government/publications/governments-business-appointment-rules-for-"
    "civil-servants/guidance-on-making-an-application-to-acoba-crown-servants)"
)
REGISTER = (
    "[Secondees published by employer](https://www.scottishenergynews.com/uk-dept-of-energy-hires-scores-of-secondees-"
    "from-scots-law-firm-edf-kpmg-shell-and-centrica/)"
)
COVENANT = "[Civil Society Covenant](https://baringfoundation.org.uk/news-story/foundation-welcomes-the-new-civil-society-covenant)"
EQUALITY = (
    "[Data Protection Act 2018, schedule 1](http://www.legislation.gov.uk/ukpga/2018/12/schedule/1/part/2/crossheading/"
    "equality-of-opportunity-or-treatment?view=plain)"
)
RECRUITMENT = (
    "[ICO on recruitment](https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/employment/"
    "recruitment-and-selection/data-protection-and-recruitment)"
)
DECISIONS = "[Data (Use and Access) Act 2025, section 80](https://www.legislation.gov.uk/id/ukpga/2025/18/section/80/4/b)"
DISCLOSURE = (
    "[Civil Service Statistics, disclosure control](https://co-analysis.github.io/acses_data_browser_2022/Sex/"
    "Responsibility_level_grouped/index.html)"
)
CONFIDENT = "[Disability Confident](https://www.civil-service-careers.gov.uk/disability-confident-scheme/)"
REGULATION = "[SI 2018/852, regulation 7](https://www.legislation.gov.uk/uksi/2018/852/regulation/7/made/data.xht?view=snippet&wrap=true)"
OWN = "the programme’s own proposal"

RULES: tuple[DomainRule, ...] = (
    DomainRule("S1", "Inward placements of more than two years need the Civil Service Commission’s approval",
               COMMISSION, "2014", "earlier placements of the same person are not added up"),
    DomainRule("S2", "A second exception for one person within 12 months needs the same approval",
               COMMISSION, "2014", "reads the last end that the person gave, not a history of exceptions"),
    DomainRule("S3", "Senior pay goes to the Commission and to the Treasury",
               PAY, "July 2025", "pay is not recorded, so a person must say it"),
    DomainRule("S4", "The line manager releases first",
               GUIDE, "undated"),
    DomainRule("S5", "A placement ends no later than the home contract",
               EXCHANGE_PEOPLE, "2025"),
    DomainRule("S6", "Who pays is recorded; an outward placement that is not paid back in full goes to finance",
               EXCHANGE_HOSTS, "2025", "no cost panel with value in kind"),
    DomainRule("S7", "VAT is chosen by finance and never inferred; nothing is agreed before",
               VAT, "undated"),
    DomainRule("S8", "The agreement has every clause and three signatures",
               AGREEMENT, "undated", "terms are agreed by three sides, but there is no checklist and no document"),
    DomainRule("S9", "The return is planned: a post, a contact, reminders",
               GUIDE, "undated"),
    DomainRule("S10", "Placements go both ways, in short forms too, and as swaps",
               GUIDE, "undated", "the placements of a swap do not start or fall together"),
    DomainRule("S11", "Central reporting every quarter",
               QUARTERLY, "April 2023", "no quarterly export"),
    DomainRule("G1", "Level, not title: a grade is read by organisation and code, and never guessed",
               GRADES, "undated"),
    DomainRule("G2", "Seniority fits as a band, the same in both directions, with a stretch of one",
               OWN, "2026"),
    DomainRule("G3", "Pay is evidence only and never reaches the score",
               OWN, "2026", "pay is not recorded at all"),
    DomainRule("G4", "One vocabulary of skills for both sectors",
               GRADES, "undated"),
    DomainRule("G5", "A start that vetting cannot meet is refused with the day that would work",
               OWN, "2026", "bank holidays of each nation"),
    DomainRule("G6", "Nationality and residency are a yes or a no, and nothing more is kept",
               RECRUITMENT, "undated", "residency"),
    DomainRule("C1", "Only a verified body posts",
               OWN, "2026", "no register snapshot: a person checks the number"),
    DomainRule("C2", "Interests are declared before, at the start and every year",
               INTERESTS, "6 November 2024", "the propriety gate asks, but there is no declaration form"),
    DomainRule("C3", "Money between the two bodies is asked of both sides",
               OWN, "2026", "nothing is asked"),
    DomainRule("C4", "Whoever approves is not a party: in the permission table, in the code and in the database",
               OWN, "2026"),
    DomainRule("C5", "Leaving prompts the Business Appointment Rules",
               APPOINTMENTS, "undated", "no exit note"),
    DomainRule("C6", "A public register without names",
               REGISTER, "undated", "no register page"),
    DomainRule("C7", "Clauses that would gag are found and shown",
               COVENANT, "July 2025", "no lint of clauses"),
    DomainRule("C8", "Campaigning and past criticism never reach the score",
               COVENANT, "July 2025"),
    DomainRule("C9", "Pre-election periods are kept",
               OWN, "2026", "no calendar"),
    DomainRule("C10", "A charity’s trustees agree to a long loan",
               OWN, "2026", "thresholds are stored, but nothing asks"),
    DomainRule("D1", "Equality answers are apart from everything that decides",
               EQUALITY, "2018", "religion and sexual orientation are not asked: no checked set of questions"),
    DomainRule("D2", "The host reads blind until its first assessment; every reveal is logged",
               RECRUITMENT, "undated"),
    DomainRule("D3", "A person decides, one match at a time, with a written reason, and nobody eligible is hidden",
               DECISIONS, "5 February 2026", "seconds on record are kept for approvals only"),
    DomainRule("D4", "People are told, can contest, and a second person looks",
               DECISIONS, "5 February 2026"),
    DomainRule("D5", "Small groups are not published",
               DISCLOSURE, "2022", "outcome figures are live: only equality figures are kept as releases"),
    DomainRule("D6", "Data is kept no longer than the schedule says",
               OWN, "2026", "equality answers are not yet turned into aggregates"),
    DomainRule("D7", "Everything held about a person is exported on request",
               DECISIONS, "19 June 2026"),
    DomainRule("D8", "Bias is checked at each change of the model",
               RECRUITMENT, "undated", "groups by protected characteristic cannot be checked: nothing here knows them"),
    DomainRule("D9", "The interview offer stays outside the ranking",
               CONFIDENT, "undated", "no flag"),
    DomainRule("D10", "The accessibility statement is true and under a year old",
               REGULATION, "2018", "not generated from a log of tests"),
)  # fmt: skip


def rules_page() -> str:
    """docs/rules.md: every rule with its source, where it is kept and which tests show it, as the code stands."""
    kept, shown = named_in(sources()), tested_in(tests())
    lines = [
        "# Rules of the domain",
        "",
        "Written by `secondments guide` from `programme/rulebook.py`, from the modules that name a rule and from the",
        "tests that are named by one. A test fails when this page is stale or a rule has no line.",
        "Dates are those of the source. Thresholds are dated rows of `seed_data/reference/rules.csv`.",
        "",
        "| Rule | What it does | Source | Date | Where enforced | Tests | What is missing |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for rule in RULES:
        cells = (
            rule.id,
            rule.does,
            rule.source,
            rule.date,
            _code(kept.get(rule.id)),
            _code(shown.get(rule.id)),
            rule.missing,
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _code(names: Iterable[str] | None) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names or ())) or NOT_YET


def named_in(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """Which files name each rule, as ``(S7)``, ``(S1-S3)`` or ``S4:`` at the start of a docstring."""
    found: dict[str, set[str]] = {}
    for name, text in texts.items():
        for mention in _NAMED.findall(text):
            for letter, first, last in _ID.findall(mention):
                for number in range(int(first), int(last or first) + 1):
                    found.setdefault(f"{letter}{number}", set()).add(name)
    return found


def tested_in(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """Which files have a test named by each rule."""
    found: dict[str, set[str]] = {}
    for name, text in texts.items():
        for rule in _TEST.findall(text):
            found.setdefault(rule.upper(), set()).add(name)
    return found


def sources() -> dict[str, str]:
    """The texts of the modules that may keep a rule: not this one, nor invented data, nor migrations."""
    paths = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return _texts(
        p for p in paths if p != Path(__file__) and not {"demonstration", "migrations"} & set(p.parts)
    )


def tests() -> dict[str, str]:
    """The texts of the tests; none where the tests were not installed."""
    return _texts((ROOT / "tests").rglob("test_*.py"))


def _texts(paths: Iterable[Path]) -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}
