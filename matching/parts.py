"""The six parts of a score, each a share from 0 to 1 for a whole grid of pairs.

`PARTS` is the whole list, in the order of `weights.PART_NAMES`. A part takes encoded sides (with the
applicants in the offers' columns) and returns (n_applicants, n_offers).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matching.coded import Floats, inner
from matching.encoded import EncodedApplicants, EncodedOffers
from matching.facts import Bools, has_code
from matching.weights import Weights

Part = Callable[[EncodedApplicants, EncodedOffers, Weights], Floats]


def missions(a: EncodedApplicants, o: EncodedOffers, w: Weights) -> Floats:
    """Share of the offer's work that is on missions the applicant cares about, by how strongly.

    Neutral where either side has stated none.
    """
    share = inner(a.missions.matrix, o.missions.matrix)
    return _or_neutral(share, a.has_missions[:, None] & o.has_missions, w)


def skills(a: EncodedApplicants, o: EncodedOffers, w: Weights) -> Floats:
    """Coverage of the skills needed: the weighted mean of `min(held, needed) / needed`.

    Neutral where the offer needs none: full marks would lift offers for asking nothing.
    """
    return _or_neutral(inner(a.skills.matrix, o.needs.matrix), o.has_needs, w)


def learning(a: EncodedApplicants, o: EncodedOffers, w: Weights) -> Floats:
    """Share of what the applicant wants to learn that the offer teaches: mean of `min(taught, aim) / aim`.

    Neutral where the applicant has stated nothing.
    """
    return _or_neutral(inner(a.wants.matrix, o.teaches.matrix), a.has_wants[:, None], w)


def level(a: EncodedApplicants, o: EncodedOffers, w: Weights) -> Floats:
    """1 inside the offer's range, less by `level_step` a level outside it; neutral when not known.

    One level below an offer that welcomes a stretch gives at least `stretch_credit`.
    """
    held = a.facts.level[:, None]
    below, above = o.facts.level_min - held, held - o.facts.level_max
    away = np.maximum(np.maximum(below, above), 0)
    share = np.maximum(1.0 - w.level_step * away, 0.0)
    stretch = (below == 1) & o.facts.stretch_ok
    share = np.where(stretch, np.maximum(share, w.stretch_credit), share)
    return _or_neutral(share, held > 0, w)


def words(a: EncodedApplicants, o: EncodedOffers, w: Weights) -> Floats:
    """Similarity of the two texts (`matching/text.py`); 0 where either is empty."""
    return inner(a.text, o.text)


def practical(a: EncodedApplicants, o: EncodedOffers, w: Weights) -> Floats:
    """Place, days, length and start, in the shares that the weights give them.

    Place is 1 in a wished region, `remote_credit` for remote work that suits, `elsewhere_credit`
    otherwise. Days and length are 1 inside the wish. Start is the share of the offer's start window
    in which the applicant is available.
    """
    af, of = a.facts, o.facts
    near = has_code(af.regions, of.region) & of.region_known
    remote = (of.remote == 2) & af.remote_ok[:, None]
    place = np.where(near, 1.0, np.where(remote, w.remote_credit, w.elsewhere_credit))
    days = (of.days >= af.days_min[:, None]) & (of.days <= af.days_max[:, None])
    length = (of.length_months >= af.length_min[:, None]) & (of.length_months <= af.length_max[:, None])
    first = np.maximum(of.start_from, af.available_from[:, None])
    last = np.minimum(of.start_to, af.available_to[:, None])
    window = np.maximum(of.start_to - of.start_from + 1, 1)
    start = np.clip((last - first + 1) / window, 0.0, 1.0)
    share: Floats = (
        w.place_share * place + w.days_share * days + w.length_share * length + w.start_share * start
    )
    return share


PARTS: dict[str, Part] = {
    "missions": missions,
    "skills": skills,
    "learning": learning,
    "level": level,
    "words": words,
    "practical": practical,
}


def _or_neutral(share: Floats, stated: Bools, w: Weights) -> Floats:
    chosen: Floats = np.where(stated, share, w.neutral)
    return chosen
