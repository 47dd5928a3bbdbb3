"""A cluster's workers give the lists that one machine gives."""

import joblib
import numpy as np
import pytest

from matching.top_k import top_both_ways
from tests.matching.problems import drawn_problem

distributed = pytest.importorskip("distributed", reason="the cluster extra is not installed")


@pytest.fixture(scope="module")
def cluster():
    """Two worker processes on this machine."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=None
        ) as workers,
        distributed.Client(workers),
    ):
        yield workers


def test_two_workers_of_a_cluster_give_identical_lists(cluster, monkeypatch):
    monkeypatch.setattr("matching.top_k._SMALL", 0)
    problem = drawn_problem(11, 900, 120, ties=9)
    here = top_both_ways(problem.applicants, problem.offers, k=7, days=problem.days, n_jobs=1, block_rows=64)
    with joblib.parallel_config("dask"):
        there = top_both_ways(problem.applicants, problem.offers, k=7, days=problem.days, block_rows=64)
    for one, other in zip(here, there, strict=True):
        np.testing.assert_array_equal(one.indices, other.indices)
        np.testing.assert_array_equal(one.products, other.products)
