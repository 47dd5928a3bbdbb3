"""The offers' side of the product."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matching import credits
from matching.days import placement_end
from matching.factors import PENALTY, UNITS, Factors, Floats, OfferDays, Units, Whole, apportion
from matching.layout import LEVELS, Layout, columns_of, must_know, places_of
from matching.profiles import MAX_SKILL_LEVEL, VETTING_RANKS
from matching.skill_relations import SkillRelations
from matching.skill_steps import effective_levels, steps
from matching.tables import OfferTable
from matching.weights import SIDES, Side, Weights

SHARE_UNITS = 4_000
"""Units into which the missions and the needs of one offer are shared out."""

TEACH_UNITS = 100
"""Units of a step that an offer teaches in full."""

WORDS_UNITS = 1_000
"""Units of the length of a text's vector; whole numbers are cut towards zero, so no part exceeds its points."""


def offer_factors(
    offers: OfferTable,
    vectors: Units,
    layout: Layout,
    weights: Weights,
    side: Side,
    relations: SkillRelations | None,
) -> Factors:
    """(n_offers, d) and (n_offers, v): what each offer brings to the product.

    Raises UnseenCodeError when an offer names what the layout has no column for.
    """
    must_know(offers.missions.used(), layout.missions)
    must_know((*offers.essential.used(), *offers.desirable.used()), layout.skills)
    must_know(offers.teaches.used(), layout.learnable)
    must_know(offers.organisation.used(), layout.organisations)
    dense = np.zeros((len(offers), layout.dense_width), dtype=np.float32)
    dense[:, layout.blocks["missions"]] = _missions(offers, layout, weights, side)
    dense[:, layout.blocks["level"]] = _level(offers, weights, side)
    dense[:, layout.blocks["words"]] = _words(vectors, weights, side)
    dense[:, layout.blocks["place"]] = _one_hot(
        columns_of(places_of(offers), layout.places), len(layout.places)
    )
    dense[:, layout.blocks["rules"]] = _rules(offers, layout)
    needs, asks = _needs(offers, layout, weights)
    taught = steps(
        effective_levels(offers.teaches, relations, layout.learnable),
        np.full(len(offers), float(TEACH_UNITS)),
    )
    hosts = offers.organisation.onto(layout.organisations)
    tail = sparse.csr_array(sparse.hstack([needs, taught, hosts], format="csr"))
    skills, learning = layout.blocks["skills"], layout.blocks["learning"]
    head, tail = split_head(tail, layout.head)
    n_skills = len(layout.skills_head)
    dense[:, skills.start : skills.stop - 1] = head[:, :n_skills]
    dense[:, learning.start : learning.stop - 1] = head[:, n_skills:]
    dense[:, skills.stop - 1] = np.where(asks, 0, round(weights.neutral * SHARE_UNITS))
    dense[:, learning.stop - 1] = 1
    return Factors(dense, tail)


def offer_days(offers: OfferTable) -> OfferDays:
    """The days that rules on dates compare, with the vetting that a person would still need."""
    ranks = np.arange(len(VETTING_RANKS))[:, None]
    ready = np.where(ranks < offers.vetting, offers.vetting_ready_on, 0)
    ends = placement_end(np.maximum(offers.start_from, ready), offers.length_months)
    return OfferDays(
        offers.start_from.astype(np.int32), offers.start_to.astype(np.int32), ends.astype(np.int32)
    )


def split_head(tail: sparse.csr_array, head: Whole) -> tuple[Floats, sparse.csr_array]:
    """The columns of `head` as a dense array, and the tail without them, in float32."""
    in_head = np.zeros(tail.shape[1], dtype=bool)
    in_head[head] = True
    dense = tail[:, head].toarray() if len(head) else np.zeros((tail.shape[0], 0))
    own = tail.tocoo()
    kept = ~in_head[own.col]
    rest = sparse.csr_array(
        (own.data[kept].astype(np.float32), (own.row[kept], own.col[kept])), shape=tail.shape
    )
    rest.sort_indices()
    return dense, rest


def _missions(offers: OfferTable, layout: Layout, w: Weights, side: Side) -> Floats:
    """The share of the work that each mission has; the last column is what naming none gives."""
    given = offers.missions.onto(layout.missions)
    rows = np.repeat(np.arange(len(offers)), np.diff(given.indptr))
    units = np.zeros((len(offers), len(layout.missions) + 1))
    totals = np.full(len(offers), SHARE_UNITS)
    units[rows, given.indices] = apportion(rows, given.data, totals)
    none = np.diff(given.indptr) == 0
    units[:, -1] = np.where(none, round(w.neutral * w.points("missions", side) * UNITS), 0)
    return units


def _needs(offers: OfferTable, layout: Layout, w: Weights) -> tuple[sparse.csr_array, Whole]:
    """(n_offers, 4 * n_skills) units of each step needed, adding to `SHARE_UNITS`; and who needs any."""
    sides = [
        (offers.essential.onto(layout.skills), w.essential_weight),
        (offers.desirable.onto(layout.skills), 1.0),
    ]
    rows, columns, shares = [], [], []
    for needed, weight in sides:
        row = np.repeat(np.arange(len(offers)), np.diff(needed.indptr))
        levels = needed.data.astype(np.int64)
        step = np.arange(levels.sum()) - np.repeat(np.cumsum(levels) - levels, levels)
        rows.append(np.repeat(row, levels))
        columns.append(np.repeat(needed.indices.astype(np.int64), levels) * MAX_SKILL_LEVEL + step)
        shares.append(np.repeat(weight / levels, levels))
    row, column, share = (np.concatenate(parts) for parts in (rows, columns, shares))
    order = np.lexsort((column, row))
    row, column, share = row[order], column[order], share[order]
    units = apportion(row, share, np.full(len(offers), SHARE_UNITS))
    shape = (len(offers), MAX_SKILL_LEVEL * len(layout.skills))
    matrix = sparse.csr_array((units.astype(np.float64), (row, column)), shape=shape)
    return matrix, np.bincount(row, minlength=len(offers))


def _level(offers: OfferTable, w: Weights, side: Side) -> Floats:
    """Units for a person of each level, less the penalty where the level is ruled out; first "not known"."""
    levels = np.arange(1, LEVELS + 1)
    lowest, highest, stretch = (
        offers.level_min[:, None],
        offers.level_max[:, None],
        offers.stretch_ok[:, None],
    )
    host_share, applicant_share = SIDES[side]
    points = host_share * w.host["level"] * credits.host_level(levels, lowest, highest, stretch, w)
    points = points + applicant_share * w.applicant["level"] * credits.applicant_level(
        levels, lowest, highest, w
    )
    units = np.empty((len(offers), LEVELS + 1))
    units[:, 0] = np.rint(w.neutral * w.points("level", side) * UNITS)
    units[:, 1:] = np.rint(points * UNITS)
    units[:, 1:] += PENALTY * credits.level_ruled_out(levels, lowest, highest, stretch)
    return units


def _words(vectors: Units, w: Weights, side: Side) -> Floats:
    """The vector of the text; the last column is the half that unlike texts get."""
    half = round(w.points("words", side) * UNITS / 2)
    return np.column_stack([np.trunc(vectors * WORDS_UNITS), np.full(len(vectors), half)])


def _rules(offers: OfferTable, layout: Layout) -> Floats:
    """What each offer needs, as bits that meet the bits of what an applicant cannot give."""
    kinds = np.asarray(offers.kind.codes, dtype=object)[offers.kind.matrix.indices]
    too_late = (offers.vetting_ready_on > 0) & (offers.vetting_ready_on > offers.start_to)
    vetting = np.zeros((len(offers), len(VETTING_RANKS)))
    vetting[:, 1:] = (offers.vetting[:, None] == np.arange(1, len(VETTING_RANKS))) & too_late[:, None]
    vetting[:, 0] = offers.capacity_left < 1
    return np.column_stack(
        [
            _one_hot(columns_of(kinds.tolist(), layout.kinds), len(layout.kinds)),
            _one_hot(columns_of(offers.length_months.tolist(), layout.lengths), len(layout.lengths)),
            _one_hot(columns_of(offers.days.tolist(), layout.days), len(layout.days)),
            vetting,
            offers.reserved,
        ]
    )


def _one_hot(columns: Whole, width: int) -> Floats:
    hot = np.zeros((len(columns), width))
    hot[np.arange(len(columns)), columns] = 1.0
    return hot
