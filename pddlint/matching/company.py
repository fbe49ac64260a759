"""What the other pairs say about a pair: one item's listings match the same others.

Collective evidence in the sense of Bhattacharya and Getoor 2007, "Collective entity resolution in relational data",
section 3, with the expected number of matches in place of decided ones.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_CHUNK = 1 << 18
_FEW = 1 << 20  # neighbours looked up one by one: as long as loading scipy takes


def rivals(pairs: Ints, probability: Floats, listings: int) -> Floats:
    """How many further listings each side of a pair is expected to match that the other does not; the smaller of both.

    `pairs` (n, 2) are all compared pairs of a merchant of so many `listings`, `probability` (n,) that each is a match.
    Near 0 where at least one side matches nothing but what the other matches too; large where both stand in different
    crowds of look-alikes. The result does not depend on the order of the pairs. Shape (n,).
    """
    i, j = pairs[:, 0], pairs[:, 1]
    ends = np.concatenate([i * listings + j, j * listings + i])  # every match from both its sides
    order = np.argsort(ends)
    ends, chance = ends[order], np.tile(probability, 2)[order]
    here, there = np.divmod(ends, listings)
    first = np.searchsorted(here, np.arange(listings + 1))
    expected = _sums(chance, here, listings)
    common = np.empty(len(pairs))
    if int(np.diff(first)[i].sum()) <= _FEW:
        common[:] = _shared(pairs, ends, chance, there, first)
    else:
        from scipy import sparse

        matches = sparse.csr_matrix((chance, there, first), shape=(listings, listings))
        for start in range(0, len(pairs), _CHUNK):
            part = slice(start, start + _CHUNK)
            common[part] = np.asarray(matches[i[part]].multiply(matches[j[part]]).sum(axis=1)).ravel()
    fewer = np.minimum(expected[i], expected[j]) - probability
    left: Floats = np.maximum(fewer - common, 0.0)
    return left


def _shared(pairs: Ints, ends: Ints, chance: Floats, there: Ints, first: Ints) -> Floats:
    """How many listings both sides of each pair are expected to match: as a sparse product has it, to the last bit,
    without loading scipy, which takes longer for a few."""
    i, j = pairs[:, 0], pairs[:, 1]
    met = np.diff(first)[i]
    rows = np.repeat(np.arange(len(pairs)), met)
    mine = np.repeat(first[i] - (np.cumsum(met) - met), met) + np.arange(len(rows))
    wanted = j[rows] * (len(first) - 1) + there[mine]
    theirs = np.minimum(np.searchsorted(ends, wanted), len(ends) - 1)
    both = np.flatnonzero(ends[theirs] == wanted)
    return _sums(chance[mine[both]] * chance[theirs[both]], rows[both], len(pairs))


def _sums(values: Floats, rows: Ints, count: int) -> Floats:
    """The sum of the values of each row; `rows` ascend. Shape (count,)."""
    sums = np.zeros(count)
    filled, first = np.unique(rows, return_index=True)
    if len(filled):
        sums[filled] = np.add.reduceat(values, first)
    return sums
