"""A merchant too big for one process or one partition: taken apart, compared in pieces, put together again.

The result is that of comparing it in one piece, for any way of taking it apart:

1. *order*: listings are numbered in the order of `order_key`, over all parts.
2. *count*: `Statistics.fit` of each part, then `Statistics.merge`: how common each word, price, code … is.
3. *block*: `Rows.of` of each part in order, then `Rows.join`: a few hundred bytes a listing. With all rows, each of k
   workers finds its `share` of the candidate pairs; `union` brings them together.
4. *compare*: `tiles` sorts the pairs by the blocks of listings they are about; a tile needs the fingerprints of two
   blocks, no others. `score` does one tile: pictures are looked at there.
5. *unite*: `clusters.unite` takes the scored tiles in any order to clusters: some 30 bytes a pair, no fingerprints.
6. *explain*: `explain` makes groups of any share of the clusters, given their members' fingerprints.

`match_in_blocks` is all of it in one process, and how to do it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec
import numpy as np

from pddlint.matching import scoring
from pddlint.matching.blocking import Pairs, Rows, share, union
from pddlint.matching.clusters import Cluster, Scored, unite
from pddlint.matching.comparer import Comparer
from pddlint.matching.comparison import Statistics
from pddlint.matching.fingerprint import Fingerprint
from pddlint.matching.outcome import DEFAULTS, Group, MerchantMatches, Options
from pddlint.matching.scoring import Weights
from pddlint.matching.verification import Verifier

__all__ = [
    "LARGE",
    "Cluster",
    "Rows",
    "Scored",
    "Statistics",
    "Tile",
    "explain",
    "match_in_blocks",
    "score",
    "share",
    "tiles",
    "union",
    "unite",
]

LARGE = 200_000  # listings from which a merchant is compared in blocks of about so many


class Tile(msgspec.Struct, frozen=True):
    """The pairs between two blocks of listings, or within one: `blocks` are their numbers ranges [start, end)."""

    blocks: tuple[tuple[int, int], ...]
    pairs: Pairs

    def numbers(self) -> Iterator[int]:
        """The listings whose fingerprints the tile needs: those its pairs name."""
        yield from np.unique(self.pairs).tolist()


def tiles(pairs: Pairs, listings: int, blocks: int) -> list[Tile]:
    """All pairs, sorted into tiles over `blocks` blocks of listings; empty tiles left out.

    There are at most blocks (blocks + 1) / 2 tiles, and a listing is in up to `blocks` of them.
    """
    border = np.linspace(0, listings, blocks + 1).astype(np.int64)
    row, column = (np.searchsorted(border, pairs[:, side], side="right") - 1 for side in (0, 1))
    made = []
    for r in range(blocks):
        for c in range(r, blocks):
            mine = (row == r) & (column == c)
            if mine.any():
                spans = tuple((int(border[b]), int(border[b + 1])) for b in sorted({r, c}))
                made.append(Tile(spans, pairs[mine]))
    return made


def score(
    pairs: Pairs,
    listings: Mapping[int, Fingerprint],
    statistics: Statistics,
    options: Options = DEFAULTS,
    verifier: Verifier | None = None,
    weights: Weights | None = None,
) -> Scored:
    """Compare some pairs, given at least the fingerprints they are about, by number."""
    needed = {number: listings[number] for number in np.unique(pairs).tolist()}
    return Comparer(needed, statistics, options, verifier, weights).score(pairs)


def explain(
    clusters: Sequence[Cluster],
    listings: Mapping[int, Fingerprint],
    statistics: Statistics,
    options: Options = DEFAULTS,
    weights: Weights | None = None,
) -> tuple[Group, ...]:
    """The groups of some clusters in their order, given at least their members' fingerprints, by number."""
    needed = {number: listings[number] for cluster in clusters for number in cluster.members}
    return Comparer(needed, statistics, options, None, weights).explain(clusters) if needed else ()


def match_in_blocks(
    ordered: Sequence[Fingerprint],
    blocks: int,
    options: Options = DEFAULTS,
    verifier: Verifier | None = None,
    weights: Weights | None = None,
) -> MerchantMatches:
    """`match_merchant` on listings in order, taken apart into blocks: the same result, less memory at a time."""
    weights = weights or scoring.weights()
    border = np.linspace(0, len(ordered), blocks + 1).astype(int).tolist()
    parts = [ordered[a:b] for a, b in pairwise(border) if a < b]
    statistics = Statistics.merge([Statistics.fit(part) for part in parts])
    rows = Rows.join([Rows.of(part) for part in parts])
    pairs = union([share(rows, part=part, parts=blocks) for part in range(blocks)], len(ordered))
    listings = dict(enumerate(ordered))
    scored = [
        score(tile.pairs, listings, statistics, options, verifier, weights)
        for tile in tiles(pairs, len(ordered), blocks)
    ]
    groups = explain(unite(scored, weights, options.threshold), listings, statistics, options, weights)
    return MerchantMatches(ordered[0].merchant, groups, len(pairs), sum(len(part.looked) for part in scored))
