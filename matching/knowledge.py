"""One file of knowledge: the arrays and JSON documents that the estimators were built with.

The file is a plain zip archive of `.npy` and `.json` members: no pickled code, nothing to execute.
The same contents always give the same bytes, so a rebuilt file can be compared with the shipped one.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHIPPED = Path(__file__).resolve().parent.parent / "seed_data" / "knowledge" / "knowledge.zip"
"""The file that ships with the project; `secondments build-knowledge` makes it anew."""

VERSION_LENGTH = 12
_WRITTEN_ON = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What one file holds.

    Attributes:
        version: First 12 hex digits of the SHA-256 of the contents.

        documents: JSON values by name, as `text/settings`.

        arrays: Arrays by name, as `text/idf`.
    """

    version: str
    documents: Mapping[str, Any]
    arrays: Mapping[str, NDArray[Any]]


def write(path: Path, *, documents: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> Knowledge:
    """Write one file, in the order of the names; the same contents give the same bytes."""
    members = {f"{name}.json": _json_bytes(value) for name, value in documents.items()}
    members |= {f"{name}.npy": _array_bytes(value) for name, value in arrays.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            archive.writestr(zipfile.ZipInfo(name, _WRITTEN_ON), members[name])
    return read(path)


def read(path: Path) -> Knowledge:
    """Read one file. Raises FileNotFoundError, in words that say how to make it."""
    if not path.exists():
        raise FileNotFoundError(f"There is no {path.name}: make it with secondments build-knowledge.")
    documents: dict[str, Any] = {}
    arrays: dict[str, NDArray[Any]] = {}
    digest = hashlib.sha256()
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            content = archive.read(name)
            digest.update(name.encode() + b"\x00" + content)
            if name.endswith(".json"):
                documents[name.removesuffix(".json")] = json.loads(content)
            else:
                arrays[name.removesuffix(".npy")] = np.load(io.BytesIO(content), allow_pickle=False)
    return Knowledge(digest.hexdigest()[:VERSION_LENGTH], documents, arrays)


@lru_cache(maxsize=1)
def shipped() -> Knowledge:
    """The knowledge that ships with the project, read once in a process."""
    return read(SHIPPED)


def version() -> str:
    """The version of the knowledge that ships with the project."""
    return shipped().version


def _json_bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _array_bytes(value: NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.ascontiguousarray(value), allow_pickle=False)
    return buffer.getvalue()
