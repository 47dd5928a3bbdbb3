"""Names for what a score was made from, so that a stored score can be made again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields
from typing import Any

import numpy as np

from matching.coded import Coded
from matching.tables import ApplicantTable, OfferTable
from matching.weights import Weights

CODE_VERSION = "3"
"""Goes up whenever a change to this package changes any score."""

FINGERPRINT_LENGTH = 16


def fingerprint(applicants: ApplicantTable, offers: OfferTable, weights: Weights) -> str:
    """First 16 hex digits of the SHA-256 of every value that the score reads, in the order of the rows."""
    digest = hashlib.sha256(json.dumps(asdict(weights), sort_keys=True).encode())
    for table in (applicants, offers):
        for field in fields(table):
            digest.update(f"\x00{field.name}\x00".encode())
            digest.update(_bytes(getattr(table, field.name)))
    return digest.hexdigest()[:FINGERPRINT_LENGTH]


def model_version(weights: Weights, *, knowledge: str) -> str:
    """The version of the settings, of the code and of the knowledge that read them."""
    return f"{weights.version}+{CODE_VERSION}.{knowledge}"


def _bytes(column: Any) -> bytes:
    if isinstance(column, Coded):
        codes = np.array(column.codes, dtype=object)[column.matrix.indices].tolist()
        lengths = np.diff(column.matrix.indptr).astype(np.int64)
        said = "\x01".join(codes).encode()
        return said + lengths.tobytes() + column.matrix.data.astype(np.float64).tobytes()
    if column.dtype == object:
        return "\x01".join(column.tolist()).encode()
    return bytes(np.ascontiguousarray(column).tobytes())
