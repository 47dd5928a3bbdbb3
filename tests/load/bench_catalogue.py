"""From SQL to arrays, and from arrays to factors, against pandas and scikit-learn on the same rows.

    python -m tests.load.bench_catalogue [--quick] [--json FILE]

A programme is generated into a SQLite file that is thrown away. Every figure is the median of several
repeats, taken in turns, and every ratio compares what was measured in the same run.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sqlalchemy import Engine, Executable
from sqlalchemy.orm import Session

import matching
from db import migrate
from db.engine import make_engine, reading, writing
from db.queries import catalogue as queries
from programme.demonstration.generating import generate
from programme.encoding import current_weights, tables
from programme.reference import load_reference
from tests.load.figures import Figure, keep

BENCH = "catalogue"
LOADING, ENCODING = 3.0, 2.0
FULL, QUICK = (100_000, 10_000), (5_000, 1_000)
REPEATS = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a small programme only")
    parser.add_argument("--json", type=Path, help="also keep the figures in this file")
    given = parser.parse_args()
    n_applicants, n_offers = QUICK if given.quick else FULL
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/programme.db")
        migrate.upgrade(engine)
        with writing(engine) as session:
            load_reference(session)
        generate(engine, applicants=n_applicants, offers=n_offers, seed=1)
        print(f"{n_applicants:,} applicants and {n_offers:,} offers in SQLite, median of {REPEATS}")
        case = f"{n_applicants:,} applicants and {n_offers:,} offers in SQLite"
        keep(given.json, [*loading(engine, case), *encoding(engine, case)])


def loading(engine: Engine, case: str) -> list[Figure]:
    """The tables of both sides, and ``pandas.read_sql`` of the statements that read them."""
    with reading(engine) as session:
        statements = _statements(session)
        ours, plain = in_turns(
            lambda: (tables.applicants(session), tables.offers(session)),
            lambda: [pd.read_sql(statement, session.connection()) for statement in statements],
        )
    print(f"loading    {ours:7.2f} s, {ours / plain:5.2f} x pandas.read_sql of the same rows ({plain:.2f} s)")
    return [
        Figure(BENCH, case, "loading, seconds", ours),
        Figure(BENCH, case, "loading, times pandas.read_sql of the same rows", ours / plain, LOADING),
    ]


def encoding(engine: Engine, case: str) -> list[Figure]:
    """The factors of both sides, and a bag of words of the same texts."""
    with reading(engine) as session:
        applicants, offers = tables.applicants(session)[2], tables.offers(session)[2]
        encoder = matching.Encoder(
            current_weights(session), relations=matching.SkillRelations.from_knowledge()
        ).fit(offers, applicants)
    texts = [*applicants.texts, *offers.texts]
    ours, plain = in_turns(
        lambda: (encoder.transform_applicants(applicants), encoder.transform_offers(offers)),
        lambda: TfidfVectorizer().fit_transform(texts),
    )
    print(
        f"encoding   {ours:7.2f} s, {ours / plain:5.2f} x TfidfVectorizer over the same texts ({plain:.2f} s)"
    )
    return [
        Figure(BENCH, case, "encoding, seconds", ours),
        Figure(BENCH, case, "encoding, times TfidfVectorizer over the same texts", ours / plain, ENCODING),
    ]


def in_turns(*runs: Callable[[], object]) -> list[float]:
    """The median seconds of each run, taken in turns."""
    seconds: list[list[float]] = [[] for _ in runs]
    for _ in range(REPEATS):
        for taken, run in zip(seconds, runs, strict=True):
            started = time.perf_counter()
            run()
            taken.append(time.perf_counter() - started)
    return [median(taken) for taken in seconds]


def _statements(session: Session) -> list[Executable]:
    """Every statement that reading the catalogue executes, in the order in which it does."""
    kept: list[Executable] = []
    execute = session.execute

    def keep(statement: Executable, *args: Any, **settings: Any) -> Any:
        kept.append(statement)
        return execute(statement, *args, **settings)

    session.execute = keep  # type: ignore[method-assign]
    for read in (
        queries.applicant_columns, queries.applicant_missions, queries.applicant_skills,
        queries.applicant_regions, queries.offer_columns, queries.offer_missions, queries.offer_skills,
    ):  # fmt: skip
        read(session)
    session.execute = execute  # type: ignore[method-assign]
    return kept


if __name__ == "__main__":
    main()
