"""Near neighbours among 64-bit hashes: multi-index hashing (Norouzi, Punjani and Fleet 2012, "Fast search in Hamming
space").

Two hashes within distance d agree to within radius r in at least one of four 16-bit bands when the radii sum to
Σ(r + 1) = d + 1; so each band is looked up with all its values within r, and what is found is counted exactly.
"""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from pddlint.matching.keys import distinct

Bits = NDArray[np.uint64]
Indices = NDArray[np.int64]

_BANDS = 4
_CHUNK = 1 << 22  # candidate pairs expanded at a time
_SMALL = 1 << 24  # up to this many pairs are simply all compared


def near(left: Bits, right: Bits, distance: int) -> tuple[Indices, Indices]:
    """All (i, j) with Hamming(left[i], right[j]) <= distance, in order of i, then j; exact for distance <= 63."""
    if len(left) == 0 or len(right) == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    if len(left) * len(right) <= _SMALL:
        return _all(left, right, distance)
    found = [_band(left, right, band, radius, distance) for band, radius in enumerate(_radii(distance)) if radius >= 0]
    coded = distinct(found)
    return coded // len(right), coded % len(right)


def _all(left: Bits, right: Bits, distance: int) -> tuple[Indices, Indices]:
    step = max(1, _CHUNK // len(right))
    rows, columns = [], []
    for start in range(0, len(left), step):
        i, j = np.nonzero(np.bitwise_count(left[start : start + step, None] ^ right[None]) <= distance)
        rows.append(i + start)
        columns.append(j)
    return np.concatenate(rows).astype(np.int64), np.concatenate(columns).astype(np.int64)


def _radii(distance: int) -> list[int]:
    """Radius per band: Σ(r + 1) = distance + 1 by pigeonhole, spread evenly; -1 leaves a band out."""
    return [(distance + 1 + _BANDS - 1 - band) // _BANDS - 1 for band in range(_BANDS)]


def _band(left: Bits, right: Bits, band: int, radius: int, distance: int) -> Indices:
    shift, low = np.uint64(16 * band), np.uint64(0xFFFF)
    mine, theirs = ((left >> shift) & low).astype(np.int64), ((right >> shift) & low).astype(np.int64)
    order = np.argsort(theirs, kind="stable")
    first = np.concatenate([[0], np.cumsum(np.bincount(theirs, minlength=1 << 16))])
    found = []
    for mask in _masks(radius):
        begin, count = first[mine ^ mask], first[(mine ^ mask) + 1] - first[mine ^ mask]
        for part in _parts(count):
            i = np.repeat(np.arange(part.start, part.stop), count[part])
            offset = np.arange(len(i)) - np.repeat(np.cumsum(count[part]) - count[part], count[part])
            j = order[begin[i] + offset]
            close = np.bitwise_count(left[i] ^ right[j]) <= distance
            found.append(i[close] * len(right) + j[close])
    return np.concatenate(found) if found else np.empty(0, np.int64)


def _masks(radius: int) -> list[int]:
    bits = [combinations(range(16), ones) for ones in range(radius + 1)]
    return [sum(1 << bit for bit in chosen) for group in bits for chosen in group]


def _parts(count: Indices) -> list[slice]:
    """Ranges of rows whose counts sum to about a chunk each."""
    edges = np.flatnonzero(np.diff(np.cumsum(count) // _CHUNK)) + 1
    borders = [0, *edges.tolist(), len(count)]
    return [slice(a, b) for a, b in pairwise(borders) if a < b]
