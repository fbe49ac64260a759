"""How many of a merchant's listings hold each value: counted on parts of a merchant and added up.

Values are kept as 64-bit digests, so that a tally of millions of values is two plain arrays, and means the same in
every process.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from hashlib import blake2b

import msgspec
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]


class Tally(msgspec.Struct, frozen=True):
    """`keys` ascending, `listings` how many hold each; parallel."""

    keys: Keys
    listings: Ints

    @staticmethod
    def of(values: Sequence[Hashable], listings: Ints) -> Tally:
        """The tally of different `values`, each held by so many listings."""
        keys = digests(values)
        order = np.argsort(keys)
        return Tally(keys[order], listings[order])

    @staticmethod
    def merge(parts: Sequence[Tally]) -> Tally:
        """The tally of all listings of several parts together."""
        keys, at = np.unique(np.concatenate([p.keys for p in parts]), return_inverse=True)
        listings = np.bincount(at, np.concatenate([p.listings for p in parts]), len(keys)).astype(np.int64)
        return Tally(keys, listings)

    def settled(self) -> Tally:
        """The same without the values that one listing holds: nothing more may be merged into it, and looking up finds
        the same."""
        many = self.listings > 1
        return Tally(self.keys[many], self.listings[many])

    def count(self, values: Sequence[Hashable]) -> Ints:
        """How many listings hold each of `values`, 1 for those not in the tally."""
        if not len(self.keys):
            return np.ones(len(values), np.int64)
        keys = digests(values)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.listings[at], 1).astype(np.int64)


def digests(values: Sequence[Hashable]) -> Keys:
    """64 bits that stand for each value: a text, bytes, a number or a tuple of these."""
    return np.array([digest(value) for value in values], np.uint64)


def digest(value: Hashable) -> int:
    """64 bits that stand for a value."""
    if isinstance(value, int):
        return value & 0xFFFFFFFFFFFFFFFF
    text = value if isinstance(value, str | bytes) else repr(value)
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(raw, digest_size=8).digest(), "little")
