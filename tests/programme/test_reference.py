"""Looking up reference data: what holds on a day, and never a guess."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from db.base import Base
from db.models.levels import GradeAlias
from db.models.reference import Mission
from db.models.rules import Rule
from matching.weights import PART_NAMES, Weights
from programme import clock, reference
from programme.errors import Invalid
from programme.reference_load import LOADS

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def loaded() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        reference.load_reference(session)
        session.commit()
        yield session
    engine.dispose()


@pytest.fixture
def session(loaded: Session) -> Iterator[Session]:
    yield loaded
    loaded.rollback()


def level(session: Session, organisation_key: str | None, code: str, on: date = TODAY) -> int | None:
    found = reference.level_for_grade(session, organisation_key, code, on=on)
    return found.level if found else None


def refusal(session: Session, scheme: str, number: str) -> str:
    with pytest.raises(Invalid) as caught:
        reference.check_identifier(session, scheme, number, on=TODAY)
    return caught.value.message


def test_a_second_load_adds_nothing(session: Session) -> None:
    assert set(reference.load_reference(session)) == {name for name, _model, _key in LOADS}
    assert not any(reference.load_reference(session).values())


def test_a_load_puts_back_a_missing_row_and_keeps_an_edited_one(session: Session) -> None:
    edited = session.scalars(select(GradeAlias).where(GradeAlias.organisation_key == "MoD")).first()
    assert edited is not None
    edited.level = 9
    session.delete(session.scalars(select(GradeAlias).where(GradeAlias.native_code == "D7")).one())
    session.flush()
    assert reference.load_reference(session)["grade_aliases"] == 1
    session.refresh(edited)
    assert edited.level == 9


@pytest.mark.parametrize(
    ("organisation_key", "code"), [(None, "A1"), ("*", "A1"), ("DWP", "A1"), ("FCDO", "Z9"), ("HMRC", "")]
)
def test_an_unknown_department_and_code_gives_none(
    session: Session, organisation_key: str | None, code: str
) -> None:
    assert level(session, organisation_key, code) is None


def test_the_same_code_means_different_levels_in_two_departments(session: Session) -> None:
    assert level(session, "FCDO", "A1") == 1
    assert level(session, "DFID", "A1", on=date(2019, 6, 1)) == 7


def test_a_closed_department_has_no_grades_after_it_closed(session: Session) -> None:
    assert level(session, "DFID", "A1") is None


def test_the_standard_grades_hold_in_every_department(session: Session) -> None:
    grades = ["AA", "AO", "EO", "HEO", "SEO", "G7", "G6", "SCS1", "SCS2", "SCS3"]
    assert [level(session, "DWP", grade) for grade in grades] == list(range(1, 11))
    assert level(session, None, "SCS4") == 10


def test_a_departments_own_alias_wins_over_the_standard_grade(session: Session) -> None:
    session.add(
        GradeAlias(
            organisation_key="DWP",
            native_code="HEO",
            level=5,
            valid_from=date(2026, 1, 1),
            source="A test",
            confirmed=True,
        )
    )
    assert level(session, "DWP", "HEO") == 5
    assert level(session, "DWP", "HEO", on=date(2025, 12, 31)) == 4


def test_case_and_spaces_in_a_grade_do_not_matter(session: Session) -> None:
    assert level(session, "dfT", "g 7") == 6
    assert level(session, "hmrc", " senior  officer ") == 5


def test_a_grade_from_memory_says_that_it_is_not_confirmed(session: Session) -> None:
    found = reference.level_for_grade(session, "FCDO", "D7", on=TODAY)
    assert found is not None
    assert not found.confirmed
    assert "memory" in found.source


@pytest.mark.parametrize(
    ("pounds", "band"),
    [(0, "micro"), (9_999.99, "micro"), (10_000, "small"), (100_000, "medium"), (1_000_000, "large"),
     (10_000_000, "major"), (100_000_000, "super_major")],
)  # fmt: skip
def test_an_income_band_starts_at_its_lower_bound(session: Session, pounds: float, band: str) -> None:
    assert reference.income_band_for(session, pounds, on=TODAY) == band


def test_an_income_below_zero_is_refused(session: Session) -> None:
    with pytest.raises(Invalid):
        reference.income_band_for(session, -1, on=TODAY)


def test_the_same_charity_role_rises_with_the_charitys_income(session: Session) -> None:
    found = [
        reference.level_for_charity_role(session, "chief_executive", band, on=TODAY)
        for band in ("micro", "small", "medium", "large", "major")
    ]
    assert [cell.level for cell in found if cell] == [5, 5, 6, 8, 9]


def test_an_unknown_charity_role_gives_none(session: Session) -> None:
    assert reference.level_for_charity_role(session, "wizard", "small", on=TODAY) is None


@pytest.mark.parametrize(
    ("scheme", "typed", "kept"),
    [
        ("ccew", "279417", "279417"),
        ("ccew", " 1173575 - 1 ", "1173575-1"),
        ("oscr", "sc042386", "SC042386"),
        ("ccni", "100019", "NIC100019"),
        ("ccni", "NIC100019", "NIC100019"),
        ("companies_house", "1234567", "01234567"),
        ("companies_house", "sc123456", "SC123456"),
    ],
)
def test_a_number_in_its_registers_form_is_kept_in_one_form(
    session: Session, scheme: str, typed: str, kept: str
) -> None:
    assert reference.check_identifier(session, scheme, typed, on=TODAY) == kept


@pytest.mark.parametrize(
    ("scheme", "typed", "example"),
    [
        ("ccew", "12345", "1173575"),
        ("ccew", "SC042386", "1173575"),
        ("oscr", "042386", "SC042386"),
        ("ccni", "200019", "NIC100019"),
        ("companies_house", "123456789", "01234567"),
        ("companies_house", "", "01234567"),
    ],
)
def test_a_number_in_the_wrong_form_is_refused_with_an_example(
    session: Session, scheme: str, typed: str, example: str
) -> None:
    assert example in refusal(session, scheme, typed)


def test_a_tax_reference_is_not_accepted_as_proof_of_registration(session: Session) -> None:
    assert "not proof of registration" in refusal(session, "hmrc", "XR12345")
    assert "hmrc" not in {register.code for register in reference.registers(session, on=TODAY)}


def test_an_unknown_register_is_refused(session: Session) -> None:
    assert "Choose the register" in refusal(session, "moon", "1")


def test_a_number_becomes_an_org_id(session: Session) -> None:
    assert reference.org_id(session, "ccni", "100019", on=TODAY) == "GB-NIC-100019"


def test_a_mission_added_as_a_row_is_there_with_no_change_of_code(session: Session) -> None:
    before = [mission.code for mission in reference.current_missions(session, on=TODAY)]
    assert before == ["GRO", "CLE", "NHS", "SAF", "OPP", "FND"]
    session.add(
        Mission(
            code="SEA", name="Clean seas", short_name="Seas", lead_departments="Defra", lead_confirmed=False,
            position=7, valid_from=date(2026, 12, 1), source="A test", confirmed=True,
        )
    )  # fmt: skip
    assert "SEA" not in [mission.code for mission in reference.current_missions(session, on=TODAY)]
    assert "SEA" in [mission.code for mission in reference.current_missions(session, on=date(2026, 12, 1))]


def test_an_ended_mission_is_gone_the_day_after_its_last(session: Session) -> None:
    ended = session.scalars(select(Mission).where(Mission.code == "GRO")).one()
    ended.valid_to = date(2026, 10, 31)
    assert "GRO" in {m.code for m in reference.current_missions(session, on=date(2026, 10, 31))}
    assert "GRO" not in {m.code for m in reference.current_missions(session, on=date(2026, 11, 1))}


def test_a_rule_change_takes_effect_on_its_date(session: Session) -> None:
    key = "approval.treasury_pay_pounds"
    assert reference.rule_number(session, key, on=date(2025, 6, 30)) == 150_000
    assert reference.rule_number(session, key, on=date(2025, 7, 1)) == 174_000
    session.add(
        Rule(
            key="inward.max_days", value_number=500, unit="days", what="A test", valid_from=date(2027, 1, 1),
            source="A test", confirmed=True,
        )
    )  # fmt: skip
    assert reference.rule_number(session, "inward.max_days", on=date(2026, 12, 31)) == 730
    assert reference.rule_number(session, "inward.max_days", on=date(2027, 1, 1)) == 500


def test_a_rule_asked_for_without_a_day_is_todays(session: Session) -> None:
    with clock.frozen(datetime(2025, 6, 30, 12, tzinfo=UTC)):
        assert reference.rule_number(session, "approval.treasury_pay_pounds") == 150_000


def test_a_missing_rule_is_an_error_and_never_a_default(session: Session) -> None:
    with pytest.raises(LookupError):
        reference.rule_number(session, "no.such_rule", on=TODAY)
    with pytest.raises(LookupError):
        reference.rule_number(session, "return.reminder_days", on=TODAY)
    assert reference.rule_text(session, "return.reminder_days", on=TODAY) == "90,60,30"


def test_the_shipped_weights_are_exactly_those_that_the_scorer_needs(session: Session) -> None:
    rules = reference.rule_numbers(session, "score.", on=TODAY)
    rows = {key.removeprefix("score."): value for key, value in rules.items()}
    weights = Weights.from_rows(version="2024-07-01", rows=rows)
    assert sum(weights.points(part) for part in PART_NAMES) == 100
    assert {part: weights.points(part) for part in PART_NAMES}["skills"] == 30


def test_vetting_counts_working_days_and_skips_bank_holidays(session: Session) -> None:
    friday = date(2026, 11, 20)
    assert reference.vetting_ready_on(session, "none", friday, on=TODAY) == friday
    assert reference.vetting_ready_on(session, "bpss", friday, on=TODAY) == date(2026, 12, 11)
    assert reference.add_working_days(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert reference.add_working_days(date(2026, 11, 27), 1) == date(2026, 11, 30)
    assert reference.add_working_days(date(2026, 11, 27), 1, country="SCT") == date(2026, 12, 1)


def test_heavier_vetting_is_never_ready_before_lighter(session: Session) -> None:
    codes = [choice.code for choice in reference.vetting_levels(session, on=TODAY)]
    assert [reference.vetting_rank(session, code, on=TODAY) for code in codes] == [0, 1, 2, 3, 4]
    days = [reference.vetting_ready_on(session, code, TODAY, on=TODAY) for code in codes]
    assert days == sorted(days)


def test_an_unknown_vetting_level_is_refused(session: Session) -> None:
    with pytest.raises(Invalid):
        reference.vetting_ready_on(session, "secret", TODAY, on=TODAY)


def test_the_vocabulary_holds_three_schemes_and_meanings_of_levels(session: Session) -> None:
    found = reference.skills(session, on=TODAY)
    assert {skill.scheme for skill in found} == {"gdad", "esco", "behaviour"}
    assert sum(skill.scheme == "gdad" for skill in found) == 188
    assert sum(skill.scheme == "behaviour" for skill in found) == 9
    assert set(reference.skill_meanings(session, "gdad:user-focus", on=TODAY)) == {1, 2, 3, 4}
    assert reference.skill_names(session, on=TODAY)["beh:working-together"] == "Working Together"


def test_every_kind_of_reason_has_a_list_that_ends_with_something_else(session: Session) -> None:
    for kind in ("decline", "early_end", "withdraw", "return"):
        reasons = reference.reason_codes(session, kind, on=TODAY)
        assert reasons[-1].code == "other"
        assert reasons[-1].needs_text


def test_there_are_twelve_regions_with_a_middle_and_one_without_a_place(session: Session) -> None:
    found = reference.regions(session, on=TODAY)
    assert len([region for region in found if region.latitude is not None]) == 12
    assert found[-1].code == "REMOTE"
    assert found[-1].latitude is None


def test_there_are_thirty_one_professions_and_ten_levels(session: Session) -> None:
    assert len(reference.professions(session, on=TODAY)) == 31
    assert [row.number for row in reference.levels(session, on=TODAY)] == list(range(1, 11))


def test_each_party_is_asked_its_own_questions_in_each_wave(session: Session) -> None:
    def codes(wave: str, respondent: str) -> list[str]:
        return [question.code for question in reference.survey_questions(session, wave, respondent, on=TODAY)]

    assert codes("t0", "secondee") == ["F1", "F2", "F3a", "F3b", "F3c"]
    assert codes("t0", "host") == []
    assert "F10a" in codes("t4", "home")
    assert "F13" in codes("t4", "secondee")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Trainee business analyst", 3),
        ("Business analyst", 5),
        ("Senior developer - management", 6),
        ("Principal technical architect", 7),
        ("Head of (Agile) delivery management", 7),
        ("Chief data architect", 8),
        ("Deputy director, policy", 8),
        ("", None),
    ],
)
def test_a_title_word_speaks_for_a_level(session: Session, title: str, expected: int | None) -> None:
    assert reference.title_level(session, title, on=TODAY) == expected


def test_policy_campaigning_speaks_for_no_mission(session: Session) -> None:
    speaks = reference.cause_missions(session, on=TODAY)
    assert "CA103" not in speaks
    assert speaks["ED302"] == ("GRO", "OPP")
