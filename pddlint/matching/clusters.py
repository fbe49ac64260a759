"""From scored pairs to the groups they make, wherever the pairs were scored.

A pair needs little here: its listings' numbers, its log-odds and what follows from them. So a merchant's pairs may be
scored in portions, each by whoever holds the listings it is about, and brought together in any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

import msgspec
import numpy as np
from numpy.typing import NDArray

from pddlint.matching import clustering, scoring
from pddlint.matching.scoring import Weights
from pddlint.matching.verification import LocalMatch

Floats = NDArray[np.float64]
Pairs = NDArray[np.int64]
Pair = tuple[int, int]

NOTHING = -20.0  # log-odds from which down a pair says no more than one that was never compared
_FREED = -20.0  # what a pair counts that the exemption frees


class Scored(msgspec.Struct, frozen=True):
    """A portion of a merchant's pairs (i, j), i < j, with what each came to; parallel arrays.

    `odds` of pairs that are settled early may be those before their prices were looked at: such pairs keep their
    listings apart, and that is all that is asked of them. `bare` are those with nothing but words to compare, `freed`
    those that would match but for the exemption, `looked` what local features said of the pairs whose pictures were
    looked at.
    """

    pairs: Pairs
    odds: Floats
    bare: NDArray[np.bool_]
    freed: NDArray[np.bool_]
    looked: Mapping[Pair, LocalMatch]


class Cluster(msgspec.Struct, frozen=True):
    """Listings that are one item, and the log-odds and local features of the pairs among them that were compared."""

    members: tuple[int, ...]
    odds: Mapping[Pair, float]
    looked: Mapping[Pair, LocalMatch]


def unite(portions: Sequence[Scored], weights: Weights, threshold: float | None = None) -> list[Cluster]:
    """The groups that all pairs of a merchant make; each pair stands in one portion. In order of their first member."""
    if not portions:
        return []
    pairs = np.concatenate([portion.pairs for portion in portions])
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs = pairs[order]
    odds = np.concatenate([portion.odds for portion in portions])[order]
    bare = np.concatenate([portion.bare for portion in portions])[order]
    freed = np.concatenate([portion.freed for portion in portions])[order]
    odds = scoring.in_company(weights, bare, pairs, odds)
    level = link_level(weights, threshold)
    linked = np.flatnonzero((odds >= level) & ~freed)
    if not len(linked):
        return []
    near = _inside(pairs, _components(pairs[linked], int(pairs.max()) + 1))
    told = {}
    edges = {}
    for pair, value, free in zip(map(tuple, pairs[near].tolist()), odds[near].tolist(), freed[near], strict=True):
        told[pair] = value
        if value > NOTHING:
            edges[pair] = _FREED if free and value >= level else value
    looked = {pair: found for portion in portions for pair, found in portion.looked.items() if pair in told}
    return _clusters(clustering.groups(edges, level), told, looked)


def link_level(weights: Weights, threshold: float | None = None) -> float:
    """The log-odds from which a pair links its listings."""
    probability = weights.threshold if threshold is None else threshold
    return log(probability / (1 - probability))


def _components(linked: Pairs, listings: int) -> NDArray[np.int64]:
    """For each listing a number that it shares with those it is linked to, directly or over others; -1 for none."""
    component: NDArray[np.int64] = np.arange(listings)
    left, right = linked[:, 0], linked[:, 1]
    while True:  # the least number spreads along links, and doubles its reach with every round
        least = np.minimum(component[left], component[right])
        spread = component.copy()
        np.minimum.at(spread, left, least)
        np.minimum.at(spread, right, least)
        spread = spread[spread]
        if np.array_equal(spread, component):
            break
        component = spread
    alone = np.ones(listings, bool)
    alone[linked.ravel()] = False
    component[alone] = -1
    return component


def _inside(pairs: Pairs, home: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows of the pairs whose listings share a home."""
    i, j = home[pairs[:, 0]], home[pairs[:, 1]]
    return np.flatnonzero((i >= 0) & (i == j))


def _clusters(
    found: Sequence[tuple[int, ...]], odds: Mapping[Pair, float], looked: Mapping[Pair, LocalMatch]
) -> list[Cluster]:
    home = {member: at for at, members in enumerate(found) for member in members}
    shares: list[tuple[dict[Pair, float], dict[Pair, LocalMatch]]] = [({}, {}) for _ in found]
    for (i, j), value in odds.items():
        if home.get(i, -1) == home.get(j, -2):
            shares[home[i]][0][i, j] = value
            if (i, j) in looked:
                shares[home[i]][1][i, j] = looked[i, j]
    return [Cluster(members, *share) for members, share in zip(found, shares, strict=True)]
