"""The rules of the domain: each has its line, and what the line says of the code is found in the code."""

from programme import rulebook
from programme.rulebook import NOT_YET, RULES

IDS = [
    f"{letter}{n}" for letter, last in (("S", 11), ("G", 6), ("C", 10), ("D", 10)) for n in range(1, last + 1)
]


def test_every_rule_has_its_line_in_order() -> None:
    assert [rule.id for rule in RULES] == IDS


def test_every_rule_says_what_it_does_where_it_comes_from_and_when() -> None:
    assert [rule.id for rule in RULES if not (rule.does and rule.source and rule.date)] == []


def test_a_rule_that_no_module_names_says_what_is_missing() -> None:
    kept = rulebook.named_in(rulebook.sources())
    assert [rule.id for rule in RULES if rule.id not in kept and not rule.missing] == []


def test_modules_and_tests_are_found_by_the_rules_that_they_name() -> None:
    named = rulebook.named_in(
        {"a.py": "# three sides (S1-S3) agree (S5, D2)", "b.py": '"""S3: pay."""  G6 staff'}
    )
    assert named == {"S1": {"a.py"}, "S2": {"a.py"}, "S3": {"a.py", "b.py"}, "S5": {"a.py"}, "D2": {"a.py"}}
    tested = rulebook.tested_in({"t.py": "def test_c10_trustees_agree() -> None:\ndef test_c_4() -> None:"})
    assert tested == {"C10": {"t.py"}}


def test_a_rule_that_nothing_keeps_is_called_not_yet() -> None:
    (line,) = [line for line in rulebook.rules_page().splitlines() if line.startswith("| C4 |")]
    assert NOT_YET not in line
    assert "`tests/db/test_no_party_decides.py`" in line
