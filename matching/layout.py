"""Which feature stands in which column of the product: what `fit` learns from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.profiles import MAX_SKILL_LEVEL, VETTING_RANKS
from matching.skill_relations import SkillRelations
from matching.skill_steps import effective_levels, steps
from matching.tables import ApplicantTable, OfferTable

LEVELS = 10
TEXT_WIDTH = 64
HEAD_WIDTH = 64
"""How many of the most used skill steps stand among the dense columns: 64 to 128 was fastest."""


class UnseenCodeError(ValueError):
    """An offer names something that the catalogue did not have when the encoder was fitted: fit again."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The order of the columns.

    Attributes:
        missions, skills, learnable, organisations, kinds, lengths, days: Codes and values by column.

        places: (region, rank of remote) by column; an empty region is "not said".

        head: Steps of the tail's skill and learning columns that stand among the dense ones.

        blocks: Dense columns of each part, and of the rules.
    """

    missions: tuple[str, ...]
    skills: tuple[str, ...]
    learnable: tuple[str, ...]
    organisations: tuple[str, ...]
    kinds: tuple[str, ...]
    lengths: tuple[int, ...]
    days: tuple[float, ...]
    places: tuple[tuple[str, int], ...]
    head: NDArray[np.int64]
    blocks: dict[str, slice]

    @property
    def dense_width(self) -> int:
        """How many dense columns there are."""
        return int(self.blocks["rules"].stop)

    @property
    def skill_columns(self) -> slice:
        """Columns of the tail that hold steps of skills needed."""
        return slice(0, MAX_SKILL_LEVEL * len(self.skills))

    @property
    def learning_columns(self) -> slice:
        """Columns of the tail that hold steps of skills to learn."""
        start = self.skill_columns.stop
        return slice(start, start + MAX_SKILL_LEVEL * len(self.learnable))

    @property
    def tail_width(self) -> int:
        """How many columns the tail has: the steps, then the organisations."""
        return int(self.learning_columns.stop) + len(self.organisations)

    @property
    def skills_head(self) -> NDArray[np.int64]:
        """The columns of `head` that are steps of skills needed."""
        needed: NDArray[np.int64] = self.head[self.head < self.skill_columns.stop]
        return needed


def learn_layout(
    offers: OfferTable, applicants: ApplicantTable | None, relations: SkillRelations | None
) -> Layout:
    """The layout of a catalogue. Applicants only help to choose the head; it never changes a score."""
    skills = _sorted(offers.essential.used(), offers.desirable.used())
    learnable = _with_related(offers.teaches.used(), relations)
    missions = offers.missions.used()
    kinds, organisations = offers.kind.used(), offers.organisation.used()
    lengths = tuple(np.unique(offers.length_months).tolist())
    days = tuple(np.unique(offers.days).tolist())
    places = tuple(sorted({(region, int(rank)) for region, rank in places_of(offers)}))
    head = _head(offers, applicants, relations, skills, learnable)
    n_skill_steps = MAX_SKILL_LEVEL * len(skills)
    widths = {
        "missions": len(missions) + 1,
        "skills": int((head < n_skill_steps).sum()) + 1,
        "learning": int((head >= n_skill_steps).sum()) + 1,
        "level": LEVELS + 1,
        "words": TEXT_WIDTH + 1,
        "place": len(places),
        "rules": len(kinds) + len(lengths) + len(days) + len(VETTING_RANKS) + 1,
    }
    stops = np.cumsum(list(widths.values())).tolist()
    blocks = {
        name: slice(stop - width, stop) for (name, width), stop in zip(widths.items(), stops, strict=True)
    }
    return Layout(missions, skills, learnable, organisations, kinds, lengths, days, places, head, blocks)


def places_of(offers: OfferTable) -> Iterable[tuple[str, int]]:
    """The (region, rank of remote) of each offer; an empty region is "not said"."""
    regions = np.array(["", *offers.region.codes], dtype=object)
    column = np.zeros(len(offers), dtype=np.int64)
    said = np.diff(offers.region.matrix.indptr) > 0
    column[said] = offers.region.matrix.indices + 1
    return zip(regions[column].tolist(), offers.remote.tolist(), strict=True)


def columns_of(values: Iterable[object], layout: tuple[object, ...]) -> NDArray[np.int64]:
    """The column of each value. Raises UnseenCodeError for a value without one."""
    where = {value: column for column, value in enumerate(layout)}
    try:
        return np.array([where[value] for value in values], dtype=np.int64)
    except KeyError as missing:
        raise UnseenCodeError(f"{missing.args[0]!r} was not in the catalogue") from None


def must_know(codes: Iterable[str], known: tuple[str, ...]) -> None:
    """Raise UnseenCodeError unless every code has a column."""
    unseen = sorted(set(codes) - set(known))
    if unseen:
        raise UnseenCodeError(f"{', '.join(unseen)} was not in the catalogue")


def _sorted(*codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({code for some in codes for code in some}))


def _with_related(codes: tuple[str, ...], relations: SkillRelations | None) -> tuple[str, ...]:
    """The codes and all that they count for, so that a score never depends on what other offers teach."""
    if relations is None:
        return codes
    related = (other for code in codes for other, _ in relations.neighbours(code))
    return tuple(sorted({*codes, *related}))


def _head(
    offers: OfferTable,
    applicants: ApplicantTable | None,
    relations: SkillRelations | None,
    skills: tuple[str, ...],
    learnable: tuple[str, ...],
) -> NDArray[np.int64]:
    """The steps that meet in the most pairs, ascending; ties to the lower column."""
    one = np.ones(len(offers))
    asked = offers.essential.onto(skills) + offers.desirable.onto(skills)
    by_offers = [steps(sparse.csr_array(asked), one), steps(offers.teaches.onto(learnable), one)]
    meets = np.concatenate([_counts(each) for each in by_offers])
    if applicants is not None:
        one = np.ones(len(applicants)) * MAX_SKILL_LEVEL
        held = effective_levels(applicants.skills, relations, skills)
        wanted = applicants.wants.onto(learnable)
        meets = meets * np.concatenate([_counts(steps(held, one)), _counts(steps(wanted, one))])
    best = np.argsort(-meets, kind="stable")[:HEAD_WIDTH]
    return np.sort(best[meets[best] > 0])


def _counts(matrix: sparse.csr_array) -> NDArray[np.int64]:
    return np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.int64)
