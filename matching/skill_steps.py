"""Skills as steps of a thermometer, level by level, with related skills counting in part.

Somebody who holds a skill at level 3 has its steps 1, 2 and 3. An offer that asks for level `r` weighs
each of the steps 1 to `r` the same, so the sum over shared steps is `weight * min(held, r) / r`.
A skill that is held counts for a related one by their relatedness: `held = max over t of
relatedness(t, s) * level(t)`, and half a level is half a step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.coded import Coded
from matching.profiles import MAX_SKILL_LEVEL
from matching.skill_relations import SkillRelations

CHUNK_ROWS = 8192


@dataclass(frozen=True, slots=True)
class StandIn:
    """A held skill that counts for another at `level`, and why."""

    code: str
    level: float
    why: str


def effective_levels(
    held: Coded, relations: SkillRelations | None, skills: Sequence[str]
) -> sparse.csr_array:
    """(n_rows, n_skills): the level at which each row covers each of `skills`, itself or by a relation."""
    if relations is None or not len(skills):
        return held.onto(skills)
    bridge = _bridge(held.codes, relations, skills)
    chunks = [
        _strongest(sparse.csr_array(held.matrix[start : start + CHUNK_ROWS]), bridge)
        for start in range(0, max(len(held), 1), CHUNK_ROWS)
    ]
    return sparse.csr_array(sparse.vstack(chunks, format="csr"))


def steps(levels: sparse.csr_array, scale: np.ndarray) -> sparse.csr_array:
    """(n_rows, 4 * n_skills): each step as the whole number nearest to `scale[row]` times its share.

    Column `4 * s + j` is the step from level `j` to `j + 1` of skill `s`.
    """
    rows = np.repeat(np.arange(levels.shape[0]), np.diff(levels.indptr))
    rungs = np.arange(MAX_SKILL_LEVEL)
    share = np.clip(levels.data[:, None] - rungs, 0.0, 1.0)
    units = np.rint(share * scale[rows][:, None])
    columns = levels.indices[:, None].astype(np.int64) * MAX_SKILL_LEVEL + rungs
    held = units > 0
    shape = (levels.shape[0], levels.shape[1] * MAX_SKILL_LEVEL)
    where = (np.broadcast_to(rows[:, None], held.shape)[held], columns[held])
    return sparse.csr_array((units[held], where), shape=shape)


def counts_for(
    relations: SkillRelations | None, held: Mapping[str, int], skill: str, *, above: float
) -> StandIn | None:
    """The related skill that covers `skill` best, at a level higher than `above`; ties to the first code."""
    if relations is None:
        return None
    bridge = _bridge(sorted(held), relations, [skill]).toarray()[:, 0]
    levels = {code: float(share) * held[code] for code, share in zip(sorted(held), bridge, strict=True)}
    levels.pop(skill, None)
    best = max(levels, key=lambda code: levels[code], default=None)
    if best is None or levels[best] <= above:
        return None
    return StandIn(best, levels[best], relations.why(best, skill))


def _bridge(held: Sequence[str], relations: SkillRelations, skills: Sequence[str]) -> sparse.csr_array:
    """(n_held, n_skills): how much each held skill counts for each of `skills`; 1 for itself."""
    known = {code: i for i, code in enumerate(relations.codes)}
    wanted = {code: j for j, code in enumerate(skills)}
    column_of = np.array([wanted.get(code, -1) for code in relations.codes], dtype=np.int64)
    rows, columns, values = [], [], []
    for i, code in enumerate(held):
        counted = {}
        if code in known:
            related = relations.matrix[[known[code]]]
            to = column_of[related.indices] if len(column_of) else related.indices
            counted = {int(j): float(value) for j, value in zip(to, related.data, strict=True) if j >= 0}
        if code in wanted:
            counted[wanted[code]] = 1.0
        rows += [i] * len(counted)
        columns += list(counted)
        values += list(counted.values())
    bridge = sparse.csr_array(
        (
            np.array(values, dtype=np.float64),
            (np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)),
        ),
        shape=(len(held), len(skills)),
    )
    bridge.sort_indices()
    return bridge


def _strongest(levels: sparse.csr_array, bridge: sparse.csr_array) -> sparse.csr_array:
    """The largest product over what each row holds: a matrix product with the maximum for the sum."""
    fan = np.diff(bridge.indptr)[levels.indices]
    rows = np.repeat(np.repeat(np.arange(levels.shape[0]), np.diff(levels.indptr)), fan)
    first = np.repeat(bridge.indptr[levels.indices] - np.concatenate([[0], np.cumsum(fan)[:-1]]), fan)
    entry = first + np.arange(len(first)) if len(fan) else np.empty(0, dtype=np.int64)
    values = np.repeat(levels.data, fan) * bridge.data[entry]
    key = rows.astype(np.int64) * bridge.shape[1] + bridge.indices[entry]
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    shape = (levels.shape[0], bridge.shape[1])
    if not len(starts):
        return sparse.csr_array(shape, dtype=np.float64)
    strongest = np.maximum.reduceat(values[order], starts)
    found = key[order][starts]
    return sparse.csr_array((strongest, np.divmod(found, bridge.shape[1])), shape=shape)
