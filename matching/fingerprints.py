"""Names for what a score was made from, so that a stored score can be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from matching.profiles import ApplicantProfile, OfferProfile
from matching.weights import Weights

CODE_VERSION = "1"
"""Goes up whenever a change to this package changes any score."""

FINGERPRINT_LENGTH = 16


def fingerprint(
    applicants: Iterable[ApplicantProfile], offers: Iterable[OfferProfile], weights: Weights
) -> str:
    """First 16 hex digits of the SHA-256 of the inputs as canonical JSON; their order does not matter."""
    digest = hashlib.sha256()
    for side in (applicants, offers, (weights,)):
        for line in sorted(_canonical(item) for item in side):
            digest.update(line.encode())
            digest.update(b"\n")
        digest.update(b"\x00")
    return digest.hexdigest()[:FINGERPRINT_LENGTH]


def model_version(weights: Weights) -> str:
    """The version of the settings and of the code that reads them, as `settings+code`."""
    return f"{weights.version}+{CODE_VERSION}"


def _canonical(item: Any) -> str:
    return json.dumps(_plain(item), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: Any) -> Any:
    """Only what JSON has; sets and tuples of needs sorted, whole numbers written one way."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | tuple):
        return sorted((_plain(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value
