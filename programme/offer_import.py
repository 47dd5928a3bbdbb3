"""Importing offers from a file: the programme's own offers file, or the capability framework.

All or nothing unless asked otherwise: every bad row is reported by line and column, and nothing is stored
while any is bad.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from db.models.organisations import Organisation
from db.queries import offers as queries
from db.queries import organisations as organisation_queries
from programme import clock, import_framework, import_template, offer_checks, offers, permissions, vocabulary
from programme.actors import Actor
from programme.errors import Invalid, NotFound
from programme.import_rows import ImportDefaults as ImportDefaults
from programme.import_rows import ParsedOffer, Sheet, read_sheet
from programme.import_rows import RowError as RowError
from programme.offer_fields import OfferFields, completed, vetting_problem
from programme.permissions import Permission
from programme.vocabulary import Vocabulary, mission_problem

KINDS = ("auto", "template", "framework")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of an import: the references of the offers made, the rows read, and every error."""

    created: tuple[str, ...]
    rows: int
    errors: tuple[RowError, ...]


def template_header() -> str:
    """The header line of the programme's own offers file."""
    return import_template.header()


def import_offers(
    session: Session,
    actor: Actor,
    source: Path | str | bytes,
    *,
    organisation_ref: str,
    kind: str = "auto",
    defaults: ImportDefaults | None = None,
    limit: int | None = None,
    skip_bad: bool = False,
    submit: bool = True,
    publisher: Actor | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Make offers of one host from a file (a Path) or its content, as drafts that are then submitted.

    ``actor`` is a host of the organisation; ``publisher``, a programme manager who is no party, publishes
    them as well. ``limit`` reads the first offers only. With ``skip_bad`` the good ones are stored and the bad
    reported; without, one bad row keeps everything out. Raises Invalid for a file, a header or defaults that
    cannot be used, NotAllowed and NotFound.
    """
    organisation = organisation_queries.by_ref(session, ref=organisation_ref)
    if organisation is None:
        raise NotFound("There is no such organisation. Check the reference of the host.")
    permissions.require(actor, Permission.OFFER_WRITE, organisation)
    if publisher is not None:
        permissions.require(publisher, Permission.OFFER_PUBLISH, organisation)
    known = vocabulary.today(session)
    parsed = _parse(session, read_sheet(source), kind, defaults or ImportDefaults(), known)[:limit]
    checked = [_checked(session, found, organisation, known, submit=submit) for found in parsed]
    errors = tuple(
        sorted(
            (error for found in checked for error in found.errors),
            key=lambda error: (error.line, error.field),
        )
    )
    rows = sum(found.rows for found in checked)
    if errors and not skip_bad:
        return ImportReport((), rows, errors)
    good = [found for found in checked if not found.errors]
    created = []
    for done, found in enumerate(good, start=1):
        created.append(_store(session, actor, found, organisation, known, submit=submit, publisher=publisher))
        if progress is not None:
            progress(done, len(good))
    return ImportReport(tuple(created), rows, errors)


def _parse(
    session: Session, sheet: Sheet, kind: str, defaults: ImportDefaults, known: Vocabulary
) -> list[ParsedOffer]:
    if kind not in KINDS:
        raise Invalid(f"Choose one of: {', '.join(KINDS)}.", field="kind")
    _check_missions(defaults, known)
    framework = kind == "framework" or (kind == "auto" and "role_level" in sheet.headings)
    if not framework:
        return import_template.parse(sheet, defaults)
    found = import_framework.parse(session, sheet, defaults, known, vocabulary.skill_level_names(session))
    if not defaults.missions:
        raise Invalid(
            "The capability framework names no missions. Say which these placements serve, such as GRO:1",
            field="missions",
        )
    return found


def _check_missions(defaults: ImportDefaults, known: Vocabulary) -> None:
    problem = mission_problem(defaults.missions, known.missions)
    if problem is not None:
        raise Invalid(problem, field="missions")


def _checked(
    session: Session, found: ParsedOffer, organisation: Organisation, known: Vocabulary, *, submit: bool
) -> ParsedOffer:
    """The offer with everything that would keep it from being stored (and submitted) added to its errors."""
    if any(error.field == "row" for error in found.errors):
        return found
    fields = completed(found.fields, organisation, clock.today())
    problems = offer_checks.problems(session, fields, organisation, known)
    if submit:
        problems = _incomplete(fields) | _too_soon(session, fields, problems) | problems
    earlier = _imported_before(session, found, organisation)
    if earlier is not None:
        problems["title"] = f"This was imported before, as {earlier}. Withdraw that offer first."
    _refuse_options(found, problems)
    told = {error.field for error in found.errors}
    added = [
        RowError(found.line, column, message)
        for name, message in problems.items()
        if (column := found.columns.get(name, name)) not in told
    ]
    return replace(found, errors=(*found.errors, *added))


def _refuse_options(found: ParsedOffer, problems: dict[str, str]) -> None:
    """A framework file has no dates, place or missions of its own: what is wrong there is wrong once, not by row."""
    wrong = {name: message for name, message in problems.items() if name not in found.columns}
    if found.imported_from != import_template.SOURCE and wrong:
        raise Invalid.from_fields(wrong)


def _incomplete(fields: OfferFields) -> dict[str, str]:
    needed = ("summary", "tasks", "learning", "missions", "needs")
    return {name: "This is empty. Every offer needs it." for name in needed if not getattr(fields, name)}


def _too_soon(session: Session, fields: OfferFields, problems: dict[str, str]) -> dict[str, str]:
    if "vetting_code" in problems:
        return {}
    late = vetting_problem(session, fields)
    return {"start_to_on": late} if late else {}


def _imported_before(session: Session, found: ParsedOffer, organisation: Organisation) -> str | None:
    if found.imported_from == import_template.SOURCE:
        return None
    before = queries.imported_before(session, organisation_id=organisation.id)
    return before.get((found.fields.title, found.imported_from))


def _store(
    session: Session,
    actor: Actor,
    found: ParsedOffer,
    organisation: Organisation,
    known: Vocabulary,
    *,
    submit: bool,
    publisher: Actor | None,
) -> str:
    offer = offers.create(
        session, actor, found.fields, organisation, known=known, imported_from=found.imported_from
    )
    if submit:
        offers.move(session, actor, offer, "submit")
    if submit and publisher is not None:
        offers.move(session, publisher, offer, "publish")
    return offer.ref
