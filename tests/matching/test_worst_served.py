"""The lowest fits come first, and nobody loses a place for it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from matching import Rules, assign, pairs_from_dense, worst_served
from matching.market import make_market
from matching.worst_served import worst_served_first
from tests.matching.cohorts import Cohort, cohorts, every_assignment


def standing(scores: list[float], band: float) -> tuple[int, list[float], float]:
    """What is compared: places, then the bands from the lowest up, then the total."""
    return len(scores), sorted(np.floor_divide(scores, band)), sum(scores)


@pytest.mark.parametrize("levels_at_once", [None, 1])
def test_no_assignment_serves_the_worst_served_better(levels_at_once, monkeypatch) -> None:
    if levels_at_once:
        monkeypatch.setattr(worst_served, "EXACT", 2)

    @settings(max_examples=120, deadline=None)
    @given(cohort=cohorts(most=5, most_offers=3))
    def check(cohort: Cohort) -> None:
        everything = (
            [float(cohort.scores[i, j]) for i, j in enumerate(choice) if j is not None]
            for choice in every_assignment(cohort)
        )
        best = max(standing(scores, 10.0) for scores in everything)
        market = make_market(cohort.shared, np.array(cohort.capacities), Rules(band=10.0))

        held = worst_served_first(market)

        placed, bands, total = standing(market.score[held].tolist(), 10.0)
        assert (placed, bands) == best[:2]
        assert total == pytest.approx(best[2])

    check()


def test_the_lowest_fit_is_lifted_even_where_the_total_falls() -> None:
    scores = [[99.0, 60.0], [60.0, 10.0]]
    best, fairest = (
        assign(pairs_from_dense(scores), [1, 1], method=method)
        for method in ("most_total_fit", "worst_served_first")
    )

    assert (best.certificate.total, best.certificate.worst) == (120.0, 60.0)
    assert fairest.certificate.worst == 60.0
    scores[1][1] = 30.0
    best, fairest = (
        assign(pairs_from_dense(scores), [1, 1], method=method)
        for method in ("most_total_fit", "worst_served_first")
    )
    assert (best.certificate.total, best.certificate.worst) == (129.0, 30.0)
    assert (fairest.certificate.total, fairest.certificate.worst) == (120.0, 60.0)


def test_a_band_has_a_width() -> None:
    with pytest.raises(ValueError, match="more than 0 points"):
        assign(pairs_from_dense([[1.0]]), [1], rules=Rules(band=0))
