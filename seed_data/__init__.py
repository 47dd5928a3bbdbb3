"""Data that the product ships: real reference data (cited) and the parts of the invented demonstration."""

import csv
import io
from functools import cache
from importlib import resources


@cache
def _text(folder: str, name: str) -> str:
    return resources.files(__name__).joinpath(folder, f"{name}.csv").read_text(encoding="utf-8")


def reference_rows(name: str) -> list[dict[str, str]]:
    """The rows of ``reference/<name>.csv`` as text, in file order; an empty cell is an empty string."""
    return _rows("reference", name)


def equality_rows(name: str) -> list[dict[str, str]]:
    """The rows of ``equality/<name>.csv`` (questions, options) as text, in file order."""
    return _rows("equality", name)


def _rows(folder: str, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_text(folder, name), newline="")))


def reference_names() -> list[str]:
    """The names of the shipped reference files, without ``.csv``, in alphabetical order."""
    folder = resources.files(__name__).joinpath("reference")
    return sorted(item.name.removesuffix(".csv") for item in folder.iterdir() if item.name.endswith(".csv"))
