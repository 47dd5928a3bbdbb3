"""Short lists, best first, and the one whole number that puts every candidate in its place.

A candidate is packed into one unsigned 64-bit key: whose list it is on, then how far its product is
below the largest possible, then who it is. Sorting keys sorts by list, best product first, ties to
the lower index; two sets of lists merge by sorting their keys together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.factors import PENALTY, Units

Keys = NDArray[np.uint64]
Index = NDArray[np.intp]

NOBODY = -1
"""What stands in a list where nobody eligible is left."""

_VALUE_BITS = 23
_TOP = int(-PENALTY) - 1


@dataclass(frozen=True, slots=True)
class Lists:
    """The k best of the other side for each row of one side, best first, ties to the lower index.

    Attributes:
        indices: (n, k) int32; `NOBODY` where fewer than k are eligible.

        products: (n, k) float32; NaN where `indices` is `NOBODY`.
    """

    indices: NDArray[np.int32]
    products: Units

    def __len__(self) -> int:
        return len(self.indices)


@dataclass(frozen=True, slots=True)
class KeyForm:
    """How keys are laid out when a side of `owners` lists candidates from a side of `others`.

    Raises ValueError where a key would not fit into 64 bits (more than 2^41 pairs).
    """

    owners: int
    others: int

    def __post_init__(self) -> None:
        if self.owners.bit_length() + self.others.bit_length() + _VALUE_BITS > 64:
            raise ValueError(f"{self.owners} x {self.others} pairs are more than one key can number")

    @property
    def _other_bits(self) -> np.uint64:
        return np.uint64(self.others.bit_length())

    @property
    def _owner_shift(self) -> np.uint64:
        return np.uint64(self.others.bit_length() + _VALUE_BITS)

    def pack(self, owner: Index, product: Units, other: Index) -> Keys:
        """The key of each candidate; `product` is whole and from 0 to 2^23 - 1."""
        keys = owner.astype(np.uint64)
        keys <<= np.uint64(_VALUE_BITS)
        keys += (np.float32(_TOP) - product).astype(np.uint64)
        keys <<= self._other_bits
        keys += other.astype(np.uint64)
        return keys

    def owner(self, keys: Keys) -> Index:
        """Whose list each key is on."""
        return (keys >> self._owner_shift).astype(np.intp)

    def product(self, keys: Keys) -> Units:
        """The product of each key."""
        below = (keys >> self._other_bits) & np.uint64(_TOP)
        return np.float32(_TOP) - below.astype(np.float32)

    def other(self, keys: Keys) -> Index:
        """Who each key puts on the list."""
        return (keys & np.uint64((1 << self.others.bit_length()) - 1)).astype(np.intp)

    def best(self, keys: Keys, k: int) -> tuple[Keys, Index]:
        """The first k keys of each list, sorted, and the place of each on its list from 0."""
        keys = np.sort(keys)
        place = self._places(keys)
        first = place < k
        return keys[first], place[first]

    def _places(self, keys: Keys) -> Index:
        """The place from 0 of each key among its neighbours of the same list."""
        owner = keys >> self._owner_shift
        starts = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]])[: len(keys)])
        return np.arange(len(keys)) - np.repeat(starts, np.diff(np.append(starts, len(keys))))

    def lists(self, keys: Keys, k: int) -> Lists:
        """All lists from the keys of each, best first and side by side, at most k a list."""
        owner, place = self.owner(keys), self._places(keys)
        indices = np.full((self.owners, k), NOBODY, dtype=np.int32)
        products = np.full((self.owners, k), np.nan, dtype=np.float32)
        indices[owner, place] = self.other(keys)
        products[owner, place] = self.product(keys)
        return Lists(indices, products)
