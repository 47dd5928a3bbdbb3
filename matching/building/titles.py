"""Vectors of words and runs of characters for `matching.title_vectors`, from the titles of ESCO and O*NET.

1. List the titles of each occupation, in one spelling.
2. Describe an occupation by the mean of its titles' weighted counts beside the words of its description;
   O*NET occupations also take a quarter of the mean of those that O*NET says are related.
3. The largest singular directions of that table place the occupations.
4. Ridge regression from a title's weighted counts to the place of its occupation gives each word and run of
   characters its vector; a title counts for less in an occupation with many titles (square root).
5. Keep all vectors as whole numbers from -127 to 127 with one scale a direction.

Sources: Deerwester et al. (1990) for 3; Hoerl and Kennard, Technometrics 12 (1970) for 4, solved by conjugate
gradients with a diagonal preconditioner. No judgement of anybody about titles is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd

from matching.building.background import idf_of, in_steps, rows
from matching.title_vectors import run_counter, title_key, weighted_counts, word_counter
from matching.title_words import plain_words

DIMENSIONS = 192
MOST_RUNS = 8_000
FEWEST_TITLES = 3
DESCRIPTION_SHARE = 0.5
RELATED_SHARE = 0.25
DAMPING = 0.25
RIDGE = 1.0
ITERATIONS = 12

_IN_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Occupations:
    """The occupations of both lists.

    Attributes:
        titles: Every title once for each occupation that has it, in one spelling, in order.

        of_title: Row of the occupation of each title.

        descriptions: What the lists say of each occupation.

        related: (n, n) shares of the occupations that O*NET says are related; rows add up to 1 or 0.
    """

    titles: list[str]
    of_title: NDArray[np.intp]
    descriptions: list[str]
    related: csr_array[Any]


def build(data: Path, reference: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The documents and arrays of `titles/`. Raises FileNotFoundError where a source is missing."""
    found = read(data)
    counters = (word_counter(min_df=FEWEST_TITLES), run_counter(max_features=MOST_RUNS))
    idf = np.concatenate([idf_of(counter.fit_transform(found.titles)) for counter in counters])
    counts = weighted_counts(counters, idf.astype(np.float32), found.titles)
    places = _places(found, counts)
    sizes = np.bincount(found.of_title, minlength=len(found.descriptions))
    vectors, scale = in_steps(ridge(counts, places[found.of_title], 1 / np.sqrt(sizes[found.of_title])))
    occupations, occupation_scale = in_steps(places)
    keys = np.array([title_key(title) for title in found.titles], dtype=np.uint32)
    order = np.lexsort((found.of_title, keys))
    words, runs = (_vocabulary(counter) for counter in counters)
    return (
        {"titles/words": words, "titles/runs": runs},
        {
            "titles/idf": idf.astype(np.float32),
            "titles/vectors": vectors,
            "titles/vector_scale": scale,
            "titles/occupations": occupations,
            "titles/occupation_scale": occupation_scale,
            "titles/known": keys[order],
            "titles/known_occupations": found.of_title[order].astype(np.uint16),
        },
    )


def read(data: Path) -> Occupations:
    """The occupations of O*NET, then those of ESCO."""
    onet = rows(data / "onet" / "occupation_data.csv")
    esco = rows(data / "esco" / "occupations_en.csv")
    row_of = {code: row for row, code in enumerate(onet["O*NET-SOC Code"])}
    alternate = rows(data / "onet" / "alternate_titles.csv")
    reported = rows(data / "onet" / "sample_of_reported_titles.csv")
    named = list(enumerate(onet["Title"]))
    for table, column in ((alternate, "Alternate Title"), (reported, "Reported Job Title")):
        named += [
            (row_of[code], title) for code, title in zip(table["O*NET-SOC Code"], table[column], strict=True)
        ]
    named = [(row, form) for row, title in named for form in _forms(title)]
    labels = zip(esco["preferredLabel"], esco["altLabels"], strict=True)
    for row, (label, others) in enumerate(labels, len(onet)):
        named += [(row, title) for title in (label, *others.split("\n"))]
    pairs = sorted({(plain_words(title), row) for row, title in named if plain_words(title)})
    return Occupations(
        [title for title, _ in pairs],
        np.array([row for _, row in pairs]),
        [*onet["Description"], *esco["description"]],
        _related(rows(data / "onet" / "related_occupations.csv"), row_of, len(onet) + len(esco)),
    )


def _forms(title: str) -> list[str]:
    """A title without what stands in brackets, and that on its own, as with "CEO (Chief Executive)"."""
    return [_IN_BRACKETS.sub("", title), *_IN_BRACKETS.findall(title)]


def _related(table: Any, row_of: dict[str, int], n_occupations: int) -> csr_array[Any]:
    """O*NET's related occupations both ways; the nearer in its order, the larger the share."""
    one = [row_of[code] for code in table["O*NET-SOC Code"]]
    other = [row_of[code] for code in table["Related O*NET-SOC Code"]]
    shares = 1 / np.sqrt(table["Index"].astype(float).to_numpy())
    both = (np.concatenate([shares, shares]), (one + other, other + one))
    return csr_array(normalize(csr_array(both, shape=(n_occupations, n_occupations)), norm="l1"))


def _places(found: Occupations, counts: csr_array[Any]) -> Floats:
    """(n_occupations, 192) places of length 1; `DAMPING` keeps the largest directions from ruling."""
    members = csr_array(
        (np.ones(len(found.titles)), (found.of_title, np.arange(len(found.titles)))),
        shape=(len(found.descriptions), len(found.titles)),
    )
    described = TfidfVectorizer(stop_words="english", min_df=FEWEST_TITLES, sublinear_tf=True)
    prose = described.fit_transform([plain_words(text) for text in found.descriptions])
    table = normalize(hstack([normalize(members @ counts), DESCRIPTION_SHARE * prose], format="csr"))
    table = normalize(csr_array(table + RELATED_SHARE * (found.related @ table)))
    size = min(DIMENSIONS, min(table.shape) - 1)
    places, spread, _ = randomized_svd(table, size, random_state=0, n_iter=3)
    return np.asarray(normalize(places * spread**DAMPING))


def ridge(counts: csr_array[Any], targets: Floats, importance: Floats) -> Floats:
    """The weighted ridge solution, (n_features, n_dimensions), by conjugate gradients on all columns at once."""
    turned = csr_array(counts.T)
    rows_weighted = importance[:, None].astype(np.float32)
    squares = csr_array(turned.multiply(turned))
    diagonal = (squares @ importance + RIDGE)[:, None].astype(np.float32)
    rest = turned @ (rows_weighted * targets.astype(np.float32))
    solution = np.zeros_like(rest)
    step = scaled = rest / diagonal
    fit = (rest * scaled).sum(axis=0)
    for _ in range(ITERATIONS):
        image = turned @ (rows_weighted * (counts @ step)) + RIDGE * step
        length = fit / np.maximum((step * image).sum(axis=0), np.finfo(np.float32).tiny)
        solution += length * step
        rest -= length * image
        scaled = rest / diagonal
        before, fit = fit, (rest * scaled).sum(axis=0)
        step = scaled + step * (fit / np.maximum(before, np.finfo(np.float32).tiny))
    return np.asarray(solution)


def _vocabulary(counter: CountVectorizer) -> Sequence[str]:
    names: list[str] = counter.get_feature_names_out().tolist()
    return names
