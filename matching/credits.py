"""What a level and a place are worth, from 0 to 1, and the pairs that they rule out: whole tables at once.

Each function broadcasts, so the encoder asks for all the rows of a table in one call and the words of
an explanation for one pair.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from matching.factors import Floats
from matching.tables import Bools
from matching.weights import Weights


def host_level(level: Any, lowest: Any, highest: Any, stretch_ok: Any, w: Weights) -> Floats:
    """The host's credit for a level: 1 inside the range, `level_step` less for each level outside it.

    One level below the range gives `stretch_credit` where the host welcomes a stretch.
    """
    below, above = lowest - level, level - highest
    credit = np.maximum(1.0 - w.level_step * np.maximum(np.maximum(below, above), 0), 0.0)
    stretch: Floats = np.where((below == 1) & stretch_ok, np.maximum(credit, w.stretch_credit), credit)
    return stretch


def applicant_level(level: Any, lowest: Any, highest: Any, w: Weights) -> Floats:
    """The applicant's credit for a range: 1 when it holds their level or one step up.

    Each level below theirs costs `level_step`, each level beyond one step up `ambition_step`.
    """
    down = np.maximum(level - highest, 0)
    up = np.maximum(lowest - level - 1, 0)
    credit: Floats = np.maximum(1.0 - w.level_step * down - w.ambition_step * up, 0.0)
    return credit


def level_ruled_out(level: Any, lowest: Any, highest: Any, stretch_ok: Any) -> Bools:
    """Where a known level is outside the range and not the stretch that the host welcomes (rule G2)."""
    ruled_out: Bools = (level < lowest - stretch_ok) | (level > highest)
    return ruled_out


def place(near: Any, remote: Any, remote_ok: Any, w: Weights) -> Floats:
    """Credit for a place: 1 in a wished region; less for remote work that suits; least elsewhere."""
    suits = (remote == REMOTE) & remote_ok
    credit: Floats = np.where(near, 1.0, np.where(suits, w.remote_credit, w.elsewhere_credit))
    return credit


def place_ruled_out(near: Any, region_known: Any, remote: Any, remote_ok: Any, any_region: Any) -> Bools:
    """Where the work is neither in a wished region nor, wholly or partly, remote as suits them."""
    possible = near | ((remote != ON_SITE) & remote_ok) | any_region | ~region_known
    ruled_out: Bools = ~possible
    return ruled_out


ON_SITE, HYBRID, REMOTE = 0, 1, 2
"""Ranks of the ways of working."""
