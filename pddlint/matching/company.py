"""What the other pairs say about a pair: one item's listings match the same others.

Collective evidence in the sense of Bhattacharya and Getoor 2007, "Collective entity resolution in relational data",
section 3, with the expected number of matches in place of decided ones.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_CHUNK = 1 << 18


def rivals(pairs: NDArray[np.int64], probability: Floats, listings: int) -> Floats:
    """How many further listings each side of a pair is expected to match that the other does not; the smaller of both.

    `pairs` (n, 2) are all compared pairs of a merchant of so many `listings`, `probability` (n,) that each is a match.
    Near 0 where at least one side matches nothing but what the other matches too; large where both stand in different
    crowds of look-alikes. The result does not depend on the order of the pairs. Shape (n,).
    """
    from scipy import sparse

    i, j = pairs[:, 0], pairs[:, 1]
    ends = (np.concatenate([i, j]), np.concatenate([j, i]))
    matches = sparse.csr_matrix((np.tile(probability, 2), ends), shape=(listings, listings))
    expected = np.asarray(matches.sum(axis=1)).ravel()
    common = np.empty(len(pairs))
    for start in range(0, len(pairs), _CHUNK):
        part = slice(start, start + _CHUNK)
        common[part] = np.asarray(matches[i[part]].multiply(matches[j[part]]).sum(axis=1)).ravel()
    fewer = np.minimum(expected[i], expected[j]) - probability
    left: Floats = np.maximum(fewer - common, 0.0)
    return left
