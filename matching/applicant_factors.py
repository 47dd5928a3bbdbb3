"""The applicants' side of the product."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matching import credits
from matching.days import FAR_AHEAD, placement_end
from matching.factors import PENALTY, UNITS, ApplicantDays, Factors, Floats, Units, apportion
from matching.layout import Layout
from matching.offer_factors import SHARE_UNITS, TEACH_UNITS, WORDS_UNITS, split_head
from matching.profiles import MAX_SKILL_LEVEL, VETTING_RANKS
from matching.skill_relations import SkillRelations
from matching.skill_steps import effective_levels, steps
from matching.tables import UNKNOWN, ApplicantTable, Bools
from matching.weights import SIDES, Side, Weights


def applicant_factors(
    applicants: ApplicantTable,
    vectors: Units,
    layout: Layout,
    weights: Weights,
    side: Side,
    relations: SkillRelations | None,
) -> Factors:
    """(n_applicants, d) and (n_applicants, v): what each applicant brings to the product."""
    dense = np.zeros((len(applicants), layout.dense_width), dtype=np.float32)
    dense[:, layout.blocks["missions"]] = _missions(applicants, layout, weights, side)
    dense[np.arange(len(applicants)), layout.blocks["level"].start + applicants.level] = 1
    dense[:, layout.blocks["words"]] = _words(vectors, weights, side)
    dense[:, layout.blocks["place"]] = _place(applicants, layout, weights, side)
    dense[:, layout.blocks["rules"]] = _rules(applicants, layout)
    use, learn = _use_and_learn(applicants, weights, side)
    held = steps(
        effective_levels(applicants.skills, relations, layout.skills), np.rint(use * UNITS / SHARE_UNITS)
    )
    wanted, wants = _wants(applicants, layout, learn)
    own = applicants.organisation.onto(layout.organisations) * PENALTY
    tail = sparse.csr_array(sparse.hstack([held, wanted, own], format="csr"))
    skills, learning = layout.blocks["skills"], layout.blocks["learning"]
    head, tail = split_head(tail, layout.head)
    n_skills = len(layout.skills_head)
    dense[:, skills.start : skills.stop - 1] = head[:, :n_skills]
    dense[:, learning.start : learning.stop - 1] = head[:, n_skills:]
    dense[:, skills.stop - 1] = np.rint(use * UNITS / SHARE_UNITS)
    dense[:, learning.stop - 1] = np.where(wants, 0, np.rint(weights.neutral * learn * UNITS))
    return Factors(dense, tail)


def applicant_days(applicants: ApplicantTable) -> ApplicantDays:
    """The days that rules on dates compare. Dates that contradict each other never meet an offer."""
    ready = np.maximum(applicants.available_from, applicants.placed_until + 1)
    never = applicants.available_from > applicants.available_to
    return ApplicantDays(
        np.where(never, FAR_AHEAD + 1, ready).astype(np.int32),
        applicants.available_to.astype(np.int32),
        applicants.contract_end.astype(np.int32),
        applicants.vetting_held.astype(np.int8),
    )


def _missions(applicants: ApplicantTable, layout: Layout, w: Weights, side: Side) -> Floats:
    """How strongly each mission is cared for, their highest as 1; half way for all when none was named."""
    stated = applicants.missions.matrix
    highest = stated.max(axis=1).toarray().ravel() if stated.shape[1] else np.zeros(len(applicants))
    strength = (
        applicants.missions.onto(layout.missions).toarray() / np.where(highest > 0, highest, 1)[:, None]
    )
    strength[highest == 0] = w.neutral
    units = np.rint(strength * w.points("missions", side) * UNITS / SHARE_UNITS)
    return np.column_stack([units, np.ones(len(applicants))])


def _use_and_learn(applicants: ApplicantTable, w: Weights, side: Side) -> tuple[Floats, Floats]:
    """Points for skills and for learning of each applicant, at the balance that they chose."""
    host_share, applicant_share = SIDES[side]
    said = np.unique(applicants.balance[~np.isnan(applicants.balance)])
    use, learn = (np.full(len(applicants), points) for points in w.use_and_learn(None))
    for balance in said.tolist():
        chosen = applicants.balance == balance
        use[chosen], learn[chosen] = w.use_and_learn(balance)
    return (
        host_share * w.host["skills"] + applicant_share * use,
        host_share * w.host["learning"] + applicant_share * learn,
    )


def _wants(applicants: ApplicantTable, layout: Layout, learn: Floats) -> tuple[sparse.csr_array, np.ndarray]:
    """(n_applicants, 4 * n_learnable) units of each step aimed at; and who wants to learn anything.

    The units of all that a person wants add to their points for learning, so what no offer teaches
    keeps its share: it is dropped only after the sharing out.
    """
    wanted = applicants.wants.matrix
    levels = wanted.data.astype(np.int64)
    row = np.repeat(np.arange(len(applicants)), np.diff(wanted.indptr))
    steps_in = np.repeat(row, levels)
    step = np.arange(levels.sum()) - np.repeat(np.cumsum(levels) - levels, levels)
    totals = np.rint(learn * UNITS / TEACH_UNITS).astype(np.int64)
    units = apportion(steps_in, np.repeat(1.0 / levels, levels), totals)
    where = {code: column for column, code in enumerate(layout.learnable)}
    lookup = np.array([where.get(code, -1) for code in (*applicants.wants.codes, "")], dtype=np.int64)
    column = np.repeat(lookup[wanted.indices], levels)
    known: Bools = column >= 0
    shape = (len(applicants), MAX_SKILL_LEVEL * len(layout.learnable))
    entries = (steps_in[known], column[known] * MAX_SKILL_LEVEL + step[known])
    matrix = sparse.csr_array((units[known].astype(np.float64), entries), shape=shape)
    return matrix, np.diff(wanted.indptr) > 0


def _words(vectors: Units, w: Weights, side: Side) -> Floats:
    scale = w.points("words", side) * UNITS / 2 / WORDS_UNITS
    return np.column_stack([np.trunc(vectors * scale), np.ones(len(vectors))])


def _place(applicants: ApplicantTable, layout: Layout, w: Weights, side: Side) -> Floats:
    """Units for each place, less the penalty where it is ruled out."""
    names, which = np.unique([region for region, _ in layout.places], return_inverse=True)
    wished: Floats = applicants.regions.onto(names.tolist()).toarray()
    near = wished[:, which] > 0
    known = np.array([bool(region) for region, _ in layout.places], dtype=bool)
    remote = np.array([rank for _, rank in layout.places], dtype=np.int64)
    remote_ok = applicants.remote_ok[:, None]
    anywhere = (np.diff(applicants.regions.matrix.indptr) == 0)[:, None]
    units = np.rint(credits.place(near, remote, remote_ok, w) * w.points("place", side) * UNITS)
    ruled_out = PENALTY * credits.place_ruled_out(near, known, remote, remote_ok, anywhere)
    both: Floats = units + ruled_out
    return both


def _rules(applicants: ApplicantTable, layout: Layout) -> Floats:
    """What each applicant cannot give, at the price of the penalty."""
    ready = np.maximum(applicants.available_from, applicants.placed_until + 1)[:, None]
    lengths, days = np.array(layout.lengths, dtype=np.int64), np.array(layout.days)
    outside = (lengths < applicants.length_min[:, None]) | (lengths > applicants.length_max[:, None])
    runs_out = placement_end(ready, lengths) > applicants.contract_end[:, None]
    held = applicants.vetting_held[:, None]
    return PENALTY * np.column_stack(
        [
            applicants.kinds.onto(layout.kinds).toarray() == 0,
            outside | runs_out,
            (days < applicants.days_min[:, None]) | (days > applicants.days_max[:, None]),
            np.ones(len(applicants)),
            held < np.arange(1, len(VETTING_RANKS)),
            (applicants.nationality != UNKNOWN) & (applicants.nationality == 0),
        ]
    )
