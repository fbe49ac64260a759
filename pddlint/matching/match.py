"""Duplicate detection of one merchant, end to end: blocking, comparison, scoring, verification, clustering, keepers.

Nothing here looks at another merchant: the partition on one machine, in a pool and on a cluster is the merchant. One
too big for that is taken apart and put together again by `split`.
"""

from __future__ import annotations

from collections.abc import Sequence

from pddlint.matching import scoring, split
from pddlint.matching.blocking import candidates
from pddlint.matching.clusters import unite
from pddlint.matching.comparer import Comparer
from pddlint.matching.fingerprint import Fingerprint
from pddlint.matching.outcome import (
    DEFAULTS,
    Group,
    MerchantMatches,
    Options,
    PicturePair,
    Surplus,
    keeper_order,
    order_key,
)
from pddlint.matching.scoring import Weights
from pddlint.matching.verification import Verifier
from pddlint.profile import stage

__all__ = [
    "DEFAULTS",
    "Group",
    "MerchantMatches",
    "Options",
    "PicturePair",
    "Surplus",
    "keeper_order",
    "match_merchant",
    "order_key",
]


def match_merchant(
    fingerprints: Sequence[Fingerprint],
    options: Options = DEFAULTS,
    verifier: Verifier | None = None,
    weights: Weights | None = None,
) -> MerchantMatches:
    """The duplicate groups among one merchant's listings. The order of the fingerprints does not change the result.

    `verifier` looks at pictures (a caller may bring one that caches), `weights` replace the shipped ones.
    """
    ordered = sorted(fingerprints, key=order_key)
    name = ordered[0].merchant if ordered else ""
    if len(ordered) < 2:
        return MerchantMatches(name, ())
    if len(ordered) > split.LARGE:
        blocks = -(-len(ordered) // split.LARGE)
        return split.match_in_blocks(ordered, blocks, options, verifier, weights)
    with stage("blocking"):
        pairs = candidates(ordered)
    if not len(pairs):
        return MerchantMatches(name, ())
    weights = weights or scoring.weights()
    with stage("comparison"):
        comparer = Comparer(dict(enumerate(ordered)), None, options, verifier, weights)
        scored = comparer.score(pairs)
    with stage("clustering"):
        groups = comparer.explain(unite([scored], weights, options.threshold))
    return MerchantMatches(name, groups, len(pairs), len(scored.looked))
