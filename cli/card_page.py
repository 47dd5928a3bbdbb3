"""The model card, written from the code, the dated rules and the stored figures."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import matching
from cli import card_words as words
from cli.card_tables import cost_table, fairness_tables, quality_table, table, verdict, when
from cli.evaluation_record import Measured
from cli.fairness import NAME as FAIRNESS
from matching.evaluation import BENCHMARKS
from matching.factors import UNITS
from matching.skill_relations import SkillRelations
from matching.weights import FULL_MARKS
from seed_data import reference_rows

Rules = Mapping[str, dict[str, str]]


def card_page(record: Mapping[str, Measured], costs: Sequence[Mapping[str, Any]]) -> str:
    """The card as Markdown. `record` is of `secondments evaluate --record`, `costs` of the benchmarks."""
    rules = {row["key"]: row for row in reference_rows("rules")}
    sections = [
        [words.INTRODUCTION],
        _reads(),
        [words.NEVER_READ],
        _points(rules),
        [words.PRODUCT.format(units=f"{UNITS:,}", full=f"{int(UNITS * FULL_MARKS):,}")],
        _hard_rules(),
        _related_skills(),
        _order(rules),
        _methods(),
        _learning(rules),
        _quality(record),
        _fairness(record, rules),
        [words.KNOWN_FAILURES],
        _costs(costs),
        [words.REPRODUCIBLE.format(version=_version(rules))],
    ]
    return "\n".join("\n".join(section).rstrip() + "\n" for section in sections)


def _reads() -> list[str]:
    """Every field of both profiles; one without words here stops the page."""
    lines = ["## What it reads", "", words.READS, ""]
    for title, profile, said in (
        ("Of a person", matching.ApplicantProfile, words.APPLICANT_FIELDS),
        ("Of an offer", matching.OfferProfile, words.OFFER_FIELDS),
    ):
        rows = [[f"`{field.name}`", said[field.name]] for field in fields(profile)]
        lines += [f"### {title}", "", *table(["Field", "What it is"], rows), ""]
    return lines


def _points(rules: Rules) -> list[str]:
    rows = []
    for part in matching.PART_NAMES:
        host, own = (float(rules[f"score.{side}.{part}"]["value_number"]) for side in ("host", "applicant"))
        rows.append([part, words.PARTS[part], f"{host:g}", f"{own:g}", f"{(host + own) / 2:g}"])
    credits_rows = [
        [f"`{key}`", row["what"], row["value_number"]]
        for key, row in rules.items()
        if key.startswith("score.") and key.count(".") == 1
    ]
    source = rules["score.host.skills"]
    dated = words.POINTS_DATED.format(since=source["valid_from"], source=source["source"].lower())
    return [
        "## Parts, points and why", "", words.POINTS, "",
        *table(["Part", "What earns it, and why", "Host", "Person", "Match"], rows, numbers=3), "",
        dated, "", *table(["Rule", "What", "Value"], credits_rows, numbers=1),
    ]  # fmt: skip


def _hard_rules() -> list[str]:
    rows = [[f"`{rule.__name__}`", _first_line(rule)] for rule in matching.RULES]
    return ["## Hard rules", "", words.HARD_RULES, "", *table(["Rule", "Says yes when"], rows)]


def _related_skills() -> list[str]:
    relations = SkillRelations.from_knowledge()
    return [words.RELATED.format(skills=f"{len(relations.codes):,}", pairs=f"{len(relations.reasons):,}")]


def _order(rules: Rules) -> list[str]:
    rows = [_rule_row(row) for key, row in rules.items() if key.startswith("list.")]
    return [words.ORDER, "", *table(["Rule", "What", "Value"], rows, numbers=1)]


def _methods() -> list[str]:
    rows = [[f"`{method}`", words.METHODS[method]] for method in matching.METHODS]
    return ["## Assigning a cohort", "", *table(["Method", "Promise"], rows), "", words.ASSIGNING]


def _learning(rules: Rules) -> list[str]:
    rows = [_rule_row(row) for key, row in rules.items() if key.startswith("learning.")]
    return [words.LEARNING, "", *table(["Rule", "What", "Value"], rows, numbers=1)]


def _quality(record: Mapping[str, Measured]) -> list[str]:
    lines = [words.QUALITY, ""]
    absent = [each.name for each in BENCHMARKS if each.name not in record]
    if absent:
        lines += [words.NOT_STORED.format(names=", ".join(absent)), ""]
    for name, measured in record.items():
        if name == FAIRNESS:
            continue
        results = measured.results
        for task in dict.fromkeys(row.benchmark for row in results):
            own = [row for row in results if row.benchmark == task]
            said = [words.TASKS.get(task, ""), verdict(own), when(measured)]
            lines += [
                f"### {task[0].upper()}{task[1:]}",
                "",
                *filter(None, said),
                "",
                *quality_table(own),
                "",
            ]
    return lines


def _fairness(record: Mapping[str, Measured], rules: Rules) -> list[str]:
    said = words.FAIRNESS.format(
        ratio=rules["fairness.ratio"]["value_number"], fewest=rules["fairness.min_group"]["value_number"]
    )
    if FAIRNESS not in record:
        return [said, "", words.NOT_MEASURED]
    return [said, "", when(record[FAIRNESS]), "", *fairness_tables(record[FAIRNESS].rows)]


def _costs(costs: Sequence[Mapping[str, Any]]) -> list[str]:
    return [words.COSTS, "", *(cost_table(costs) if costs else [words.NOT_MEASURED])]


def _version(rules: Rules) -> str:
    since = max(row["valid_from"] for key, row in rules.items() if key.startswith("score."))
    return f"{since}+{matching.CODE_VERSION}.{matching.knowledge_version()}"


def _rule_row(row: Mapping[str, str]) -> list[str]:
    return [f"`{row['key']}`", row["what"], row["value_number"] or row["value_text"]]


def _first_line(rule: Callable[..., Any]) -> str:
    return (inspect.getdoc(rule) or "").partition("\n")[0]
