"""Importing offers from files, and giving them out so that they can come back."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.engine import writing
from db.models.offers import Offer, OfferMission, OfferState
from db.models.organisations import Organisation
from programme import exports, import_rows, offer_import, offers
from programme.actors import PUBLIC, Actor
from programme.errors import Invalid, NotAllowed, NotFound
from programme.offer_import import ImportDefaults, ImportReport
from programme.offer_search import OfferFilters
from tests.factories import in_days, make_actor, make_offer, make_organisation

TIDY = Path("seed_data/reference/gdad_roles.csv")
GROWTH = ImportDefaults(missions=(("GRO", 1.0),))
PUBLISHED = (
    "Role Family,Role,Role Description,Role Level,Role Level Description,"
    "Skill Name,Skill Description,Skill Level,Skill Level Description"
)
ANALYST = "Product,Business analyst,They help.,Senior business analyst,They lead analysts."
GOOD_ROWS = [
    f"{ANALYST},User focus,Knowing users.,Practitioner,You can listen.",
    f"{ANALYST},Agile working,Working in steps.,Expert,You can lead.",
]
ROW = {
    "title": "Data adviser",
    "summary": "Help us see where demand rises.",
    "tasks": "Bring the figures together.",
    "learning": "How a small charity decides.",
    "missions": "OPP:0.6;NHS:40%",
    "needs": "gdad:user-focus:3:essential;beh:leadership:2",
    "teaches": "beh:working-together:1",
    "level_min": "4",
    "level_max": "6",
    "stretch_ok": "yes",
    "days_per_week": "2.5",
    "region": "TLM",
}


@pytest.fixture
def session(store: Engine) -> Iterator[Session]:
    with writing(store) as session:
        yield session


def _host(session: Session, sector: str = "civil_society") -> tuple[Actor, Organisation]:
    organisation = make_organisation(session, sector)
    return make_actor(session, ("host", organisation)), organisation


def _file(*rows: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(ROW))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _charity_import(session: Session, text: str, **options: object) -> ImportReport:
    actor, charity = _host(session)
    return offer_import.import_offers(
        session,
        actor,
        text,
        organisation_ref=charity.ref,
        **options,  # type: ignore[arg-type]
    )


def _framework_import(session: Session, source: Path | str, **options: object) -> ImportReport:
    actor, ministry = _host(session, "government")
    return offer_import.import_offers(
        session,
        actor,
        source,
        organisation_ref=ministry.ref,
        **{"defaults": GROWTH} | options,  # type: ignore[arg-type]
    )


def _stored(session: Session) -> list[Offer]:
    return list(session.scalars(select(Offer).order_by(Offer.id)))


def test_a_row_of_our_own_file_becomes_an_offer_that_waits_to_be_checked(session: Session) -> None:
    report = _charity_import(session, _file(ROW))

    (offer,) = _stored(session)
    assert report == ImportReport((offer.ref,), 1, ())
    assert offer.state is OfferState.SUBMITTED
    assert (offer.title, offer.level_min, offer.level_max, offer.stretch_ok) == ("Data adviser", 4, 6, True)
    assert (float(offer.days_per_week), offer.region_code) == (2.5, "TLM")
    assert [(row.mission_code, row.weight) for row in offer.missions] == [("OPP", 0.6), ("NHS", 0.4)]
    assert [(row.skill_code, row.level, row.essential, row.use.value) for row in offer.skills] == [
        ("gdad:user-focus", 3, True, "needed"),
        ("beh:leadership", 2, False, "needed"),
        ("beh:working-together", 1, False, "taught"),
    ]


def test_a_programme_manager_can_publish_what_is_imported(session: Session) -> None:
    manager = make_actor(session, ("programme_manager", None))
    seen: list[tuple[int, int]] = []

    _charity_import(
        session, _file(ROW, ROW | {"title": "Second"}), publisher=manager,
        progress=lambda done, total: seen.append((done, total)),
    )  # fmt: skip

    assert offers.browse(session, PUBLIC, OfferFilters()).total == 2
    assert seen == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("title", "", "empty"),
        ("title", "=HYPERLINK(1)", "formula"),
        ("tasks", "@SUM(A1)", "formula"),
        ("summary", "+cmd|' /C calc'!A0", "formula"),
        ("learning", "-2+3", "formula"),
        ("needs", "gdad:user-focus", "with its level"),
        ("needs", "gdad:nothing:2", "not in the list"),
        ("missions", "OPP:much", "weight"),
        ("missions", "OPP:0.6;NHS:0.3", "90%"),
        ("level_min", "four", "whole number"),
        ("level_max", "3", "lowest level or above"),
        ("days_per_week", "-3", "between 0.5 and 5"),
        ("stretch_ok", "maybe", "neither yes nor no"),
        ("region", "TLZ", "Choose from"),
    ],
)
def test_one_wrong_row_in_the_middle_keeps_everything_out_and_is_named(
    session: Session, column: str, cell: str, words: str
) -> None:
    report = _charity_import(session, _file(ROW, ROW | {column: cell}, ROW))

    assert _stored(session) == []
    (error,) = report.errors
    assert (error.line, error.field) == (3, column)
    assert words in error.message


def test_the_good_rows_can_be_kept_and_the_bad_still_reported(session: Session) -> None:
    report = _charity_import(session, _file(ROW, ROW | {"title": ""}, ROW), skip_bad=True)

    assert len(report.created) == len(_stored(session)) == 2
    assert [error.line for error in report.errors] == [3]


def test_line_numbers_count_lines_inside_cells(session: Session) -> None:
    report = _charity_import(session, _file(ROW | {"tasks": "One.\nTwo.\nThree."}, ROW | {"title": ""}))

    assert [error.line for error in report.errors] == [5]


def test_a_row_with_too_few_cells_is_named(session: Session) -> None:
    report = _charity_import(session, _file(ROW) + "only,three,cells\n")

    assert [(error.line, error.field) for error in report.errors] == [(3, "row")]


def test_a_wrong_header_lists_what_is_missing_and_unknown_and_what_is_expected(session: Session) -> None:
    text = _file(ROW).replace("summary,", "abstract,", 1)

    with pytest.raises(Invalid) as refused:
        _charity_import(session, text)

    assert "Missing columns: summary." in refused.value.message
    assert "Unknown columns: abstract." in refused.value.message
    assert offer_import.template_header() in refused.value.message


@pytest.mark.parametrize("source", [b"\xff\xfe\x00", 'title\n"unclosed', "title,title\n", ""])
def test_a_file_that_is_not_such_a_csv_is_refused_in_words(session: Session, source: str | bytes) -> None:
    with pytest.raises(Invalid):
        _charity_import(session, source)  # type: ignore[arg-type]


def test_only_the_host_imports_and_only_a_manager_publishes(session: Session) -> None:
    actor, charity = _host(session)
    stranger, _ = _host(session)

    with pytest.raises(NotAllowed):
        offer_import.import_offers(session, stranger, _file(ROW), organisation_ref=charity.ref)
    with pytest.raises(NotAllowed):
        offer_import.import_offers(
            session, actor, _file(ROW), organisation_ref=charity.ref, publisher=stranger
        )
    with pytest.raises(NotFound):
        offer_import.import_offers(session, actor, _file(ROW), organisation_ref="ORG-NOBODY")


def test_a_start_that_vetting_cannot_meet_is_a_row_error_with_the_day_that_would_work(
    session: Session,
) -> None:
    soon = ImportDefaults(start_from_on=in_days(1), start_to_on=in_days(10), vetting_code="dv")

    report = _charity_import(session, _file(ROW), defaults=soon)

    (error,) = report.errors
    assert error.field == "start_to_on"
    assert "or later" in error.message


def test_the_rows_of_a_role_level_become_one_offer_with_the_frameworks_words_and_skills(
    session: Session,
) -> None:
    report = _framework_import(session, "\n".join([PUBLISHED, *GOOD_ROWS]))

    (offer,) = _stored(session)
    assert report == ImportReport((offer.ref,), 2, ())
    assert (offer.title, offer.level_min, offer.direction.value) == ("Senior business analyst", 6, "inward")
    assert offer.summary == "They help.\n\nThey lead analysts."
    assert {(row.skill_code, row.level, row.essential) for row in offer.skills} == {
        ("gdad:user-focus", 3, True),
        ("gdad:agile-working", 4, True),
    }
    assert offer.learning == "Imported from the capability framework; the host completes this."
    assert "Open Government Licence v3.0" in offer.imported_from
    assert offer.vetting_code == "bpss"


@pytest.mark.parametrize(
    ("bad", "line", "column"),
    [
        (f"{ANALYST},Juggling,x,Expert,y", 3, "Skill Name"),
        (f"{ANALYST},Agile working,x,Superb,y", 3, "Skill Level"),
        (f"{ANALYST},User focus,x,Expert,y", 3, "Skill Name"),
        (
            f"{ANALYST.replace('They lead', '=They lead')},Agile working,x,Expert,y",
            3,
            "Role Level Description",
        ),
        (f"{ANALYST.replace('They help', 'They hinder')},Agile working,x,Expert,y", 3, "Role Description"),
        (f"{ANALYST},Agile working,x", 3, "row"),
    ],
)
def test_a_wrong_framework_row_is_named_by_line_and_column(
    session: Session, bad: str, line: int, column: str
) -> None:
    report = _framework_import(session, "\n".join([PUBLISHED, GOOD_ROWS[0], bad]))

    assert _stored(session) == []
    assert [(error.line, error.field) for error in report.errors] == [(line, column)]


def test_a_framework_file_needs_missions_because_it_names_none(session: Session) -> None:
    with pytest.raises(Invalid) as refused:
        _framework_import(session, "\n".join([PUBLISHED, *GOOD_ROWS]), defaults=ImportDefaults())
    assert list(refused.value.fields) == ["missions"]


def test_a_wrong_option_is_refused_once_and_not_row_by_row(session: Session) -> None:
    late = ImportDefaults(
        missions=GROWTH.missions, start_from_on=date(2020, 1, 1), start_to_on=date(2020, 2, 1)
    )

    with pytest.raises(Invalid) as refused:
        _framework_import(session, TIDY, defaults=late)
    assert list(refused.value.fields) == ["start_to_on"]


def test_a_framework_file_without_a_column_is_refused_with_its_header(session: Session) -> None:
    with pytest.raises(Invalid, match=r"Missing columns: skill_level.*Expected header: Role Family,Role"):
        _framework_import(session, PUBLISHED.replace("Skill Level,", "") + "\n")


def test_a_hundred_role_levels_of_the_shipped_framework_are_imported_and_not_twice(session: Session) -> None:
    actor, ministry = _host(session, "government")
    options = {"organisation_ref": ministry.ref, "defaults": GROWTH, "limit": 100}

    report = offer_import.import_offers(session, actor, TIDY, **options)  # type: ignore[arg-type]
    again = offer_import.import_offers(session, actor, TIDY, **options)  # type: ignore[arg-type]

    assert (len(report.created), report.rows, report.errors) == (100, 100, ())
    stored = _stored(session)
    assert len({offer.title for offer in stored}) == 100
    assert all(offer.summary and offer.tasks and offer.skills for offer in stored)
    assert again.created == ()
    assert len(again.errors) == 100
    assert report.created[0] in again.errors[0].message


def test_what_is_exported_can_be_imported_again(session: Session) -> None:
    charity = make_organisation(session, name="=Sum of Parts")
    make_offer(
        session, charity, title="-1 is a number, this is not", tasks="'=quoted", vetting_code="sc",
        closing_on=in_days(30),
        missions=[OfferMission(mission_code="NHS", weight=0.25), OfferMission(mission_code="OPP", weight=0.75)],
    )  # fmt: skip
    make_offer(session, make_organisation(session, "government"))

    text = exports.offers_csv(session, PUBLIC, OfferFilters(direction="outward"))
    report = _charity_import(session, text)

    (exported,) = csv.DictReader(io.StringIO(text))
    assert not any(import_rows.formula_problem(cell) for cell in exported.values())
    assert report.errors == ()
    first, _, second = _stored(session)
    for field in offers.OfferFields.__dataclass_fields__:
        if hasattr(first, field) and field not in ("missions", "version"):
            assert getattr(first, field) == getattr(second, field), field
    assert [(m.mission_code, m.weight) for m in second.missions] == [("OPP", 0.75), ("NHS", 0.25)]


def test_the_template_with_its_example_can_be_imported(session: Session) -> None:
    text = exports.template()

    assert text.splitlines()[0] == offer_import.template_header()
    assert _charity_import(session, text).errors == ()


@pytest.mark.parametrize(
    "text", ["plain", "=1+1", "'=1+1", "''=1", "-5", "-5 a", "@x", "it's", "'quoted'", "\tx"]
)
def test_a_neutralised_cell_comes_back_as_it_was(text: str) -> None:
    assert import_rows.plain(import_rows.neutralised(text)) == text
    assert import_rows.formula_problem(import_rows.neutralised(text)) is None
