"""Pairs of listings by shared keys, and pairs as single numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]
Keys = NDArray[np.uint64]
Coded = NDArray[np.int64]  # pairs (i, j) with i < j as i * n + j


def code(i: Indices, j: Indices, n: int) -> Coded:
    """Pairs as single numbers, the smaller index first; pairs of a listing with itself left out."""
    low, high = np.minimum(i, j), np.maximum(i, j)
    coded: Coded = (low * n + high)[low != high]
    return coded


def distinct(found: Sequence[Coded]) -> Coded:
    """All pairs of several lists, ascending, each once."""
    if not found:
        return np.empty(0, np.int64)
    coded = np.sort(np.concatenate(found))
    kept: Coded = coded[np.concatenate([[True], coded[1:] != coded[:-1]])] if len(coded) else coded
    return kept


def grouped(listings: Indices, keys: Keys, n: int, *, group: int, window: int, common: int) -> Coded:
    """Pairs of listings that share a key. `listings` and `keys` are parallel; a listing may hold many keys, each once.

    A key that up to `group` listings share pairs them all; one that more share pairs each with the next `window` in
    order; one that more than `common` (or a fiftieth of all) share says nothing and is dropped.
    """
    ascending = bool((listings[1:] >= listings[:-1]).all())
    order = np.argsort(keys, kind="stable") if ascending else np.lexsort((listings, keys))
    listings, keys = listings[order], keys[order]
    same = np.flatnonzero(keys[1:] == keys[:-1])
    if not len(same):
        return np.empty(0, np.int64)
    shared = np.zeros(len(keys), bool)
    shared[same] = shared[same + 1] = True
    listings, keys = listings[shared], keys[shared]
    border = np.concatenate([[0], np.flatnonzero(keys[1:] != keys[:-1]) + 1, [len(keys)]])
    size = np.diff(border)
    size = np.repeat(size, size)
    reach = np.where(size <= group, group, np.where(size <= max(common, n // 50), window, 0))
    found = []
    at = np.arange(len(keys))
    for step in range(1, group):
        at = at[(at + step < len(keys)) & (reach[at] >= step)]
        at = at[keys[at] == keys[at + step]]
        if not len(at):
            break
        found.append(code(listings[at], listings[at + step], n))
    return distinct(found)
