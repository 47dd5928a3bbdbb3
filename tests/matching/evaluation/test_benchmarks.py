"""Every benchmark that the table names can be run."""

from importlib import import_module
from inspect import signature

import pytest

from matching import evaluation


@pytest.mark.parametrize("benchmark", evaluation.BENCHMARKS, ids=lambda each: each.name)
def test_a_benchmark_has_a_module_that_measures(benchmark):
    module = import_module(f"{evaluation.__name__}.{benchmark.module}")

    assert {"data", "seed", "sample", "extra"} <= set(signature(module.run).parameters)


def test_no_two_benchmarks_share_a_name():
    names = [benchmark.name for benchmark in evaluation.BENCHMARKS]

    assert len(names) == len(set(names))
