"""Duplicate detection of one merchant, end to end: blocking, comparison, scoring, verification, clustering, keepers.

Nothing here looks at another merchant: the partition on one machine, in a pool and on a cluster is the merchant.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import Any

import msgspec
import numpy as np

from pddlint.matching import clustering, gallery, kinds, scoring
from pddlint.matching.blocking import candidates
from pddlint.matching.comparison import COLUMNS, Floats, Merchant, Pairs
from pddlint.matching.fingerprint import Fingerprint
from pddlint.matching.kinds import Difference, Kind
from pddlint.matching.scoring import Score, Weights
from pddlint.matching.verification import LocalMatch, Verifier

_DOUBT = (log(0.01 / 0.99), log(0.995 / 0.005))  # log-odds between which pictures are verified
_SHOWN = 0.5  # likeness from which a picture pair is named in the evidence
_PAIR = tuple[int, int]


class Options(msgspec.Struct, frozen=True):
    """`threshold` is the probability from which a pair is a duplicate (None: the shipped one); `verify` compares
    pictures by local features where that can decide.
    """

    threshold: float | None = None
    verify: bool = True


DEFAULTS = Options()


class PicturePair(msgspec.Struct, frozen=True):
    """Two pictures that show the same: their references, how surely (0..1), and by what method."""

    here: str
    there: str
    likeness: float
    method: str  # "hash" or "features"
    mirrored: bool = False


class Surplus(msgspec.Struct, frozen=True):
    """A listing that duplicates its group's keeper: what separates them, how sure it is, and why."""

    listing: Fingerprint
    keeper: Fingerprint
    kind: Kind
    probability: float
    differences: tuple[Difference, ...]
    exempt: bool | None
    score: Score
    picture: PicturePair | None
    shared_codes: tuple[str, ...]
    via: str = ""  # id of the listing that links both when they do not match directly


class Group(msgspec.Struct, frozen=True):
    """Listings that are one item; `reason` says why the keeper is kept: sales, skus, older."""

    keeper: Fingerprint
    reason: str
    surplus: tuple[Surplus, ...]


class MerchantMatches(msgspec.Struct, frozen=True):
    """All duplicate groups of a merchant, and how many pairs were looked at."""

    merchant: str
    groups: tuple[Group, ...]
    compared: int = 0
    verified: int = 0

    def of(self, kind: Kind) -> list[Surplus]:
        """The surplus listings of one kind, in order."""
        return [surplus for group in self.groups for surplus in group.surplus if surplus.kind == kind]


def match_merchant(
    fingerprints: Sequence[Fingerprint],
    options: Options = DEFAULTS,
    verifier: Verifier | None = None,
    weights: Weights | None = None,
) -> MerchantMatches:
    """The duplicate groups among one merchant's listings. The order of the fingerprints does not change the result.

    `verifier` looks at pictures (a caller may bring one that caches), `weights` replace the shipped ones.
    """
    ordered = sorted(fingerprints, key=lambda f: (f.shop, f.id, f.place.origin.path, f.place.origin.start))
    name = ordered[0].merchant if ordered else ""
    if len(ordered) < 2:
        return MerchantMatches(name, ())
    return _Matching(ordered, options, verifier or Verifier(), weights or scoring.weights()).run(name)


class _Matching:
    def __init__(self, ordered: list[Fingerprint], options: Options, verifier: Verifier, weights: Weights) -> None:
        self.all = ordered
        self.options = options
        self.verifier = verifier
        self.weights = weights
        self.merchant = Merchant(ordered)
        self.local: dict[_PAIR, LocalMatch] = {}

    def run(self, name: str) -> MerchantMatches:
        pairs = candidates(self.all)
        if not len(pairs):
            return MerchantMatches(name, ())
        matrix = self.merchant.compare(pairs)
        odds = scoring.log_odds(self.weights, COLUMNS, matrix)
        if self.options.verify:
            self._verify(pairs, matrix, odds)
            odds = scoring.log_odds(self.weights, COLUMNS, matrix)
        odds = scoring.collective(self.weights, COLUMNS, matrix, pairs, odds)
        threshold = self.options.threshold if self.options.threshold is not None else self.weights.threshold
        link = log(threshold / (1 - threshold))
        rows = {(int(i), int(j)): row for row, (i, j) in enumerate(pairs)}
        edges = self._edges(pairs, odds, link)
        found = clustering.groups(edges, link)
        groups = tuple(self._group(members, rows, matrix, odds, threshold) for members in found)
        return MerchantMatches(name, groups, len(pairs), len(self.local))

    def _verify(self, pairs: Pairs, matrix: Floats, odds: Floats) -> None:
        """Fill in local-feature evidence for doubtful pairs that have pictures on both sides."""
        main, other = COLUMNS.index("local_main"), COLUMNS.index("local")
        doubtful = (odds > _DOUBT[0]) & (odds < _DOUBT[1])
        for row in np.flatnonzero(doubtful).tolist():
            i, j = int(pairs[row, 0]), int(pairs[row, 1])
            if self.all[i].shots and self.all[j].shots:
                found = self.verifier.compare(self.all[i], self.all[j])
                self.local[i, j] = found
                shown = max(self.merchant.album.main_listings(i), self.merchant.album.main_listings(j))
                matrix[row, main] = found.main * float(gallery.worth(np.array(shown)))
                matrix[row, other] = found.other

    def _edges(self, pairs: Pairs, odds: Floats, link: float) -> dict[_PAIR, float]:
        """Log-odds by pair; pairs that the exemption frees propose nothing and object to nothing."""
        edges: dict[_PAIR, float] = {}
        for row in np.flatnonzero(odds > -20).tolist():
            i, j = int(pairs[row, 0]), int(pairs[row, 1])
            value = float(odds[row])
            if value >= link and kinds.judge(self.all[i], self.all[j]).exempt:
                value = -20.0
            edges[i, j] = value
        return edges

    def _group(
        self, members: tuple[int, ...], rows: dict[_PAIR, int], matrix: Floats, odds: Floats, threshold: float
    ) -> Group:
        order = sorted(members, key=lambda i: keeper_order(self.all[i]))
        keeper = order[0]
        surplus = []
        for i in order[1:]:
            row, via = self._best_row(i, keeper, members, rows, odds)
            surplus.append(self._surplus(i, keeper, row, via, rows, matrix, odds))
        return Group(self.all[keeper], _reason(self.all[keeper], self.all[order[1]]), tuple(surplus))

    def _best_row(
        self, i: int, keeper: int, members: tuple[int, ...], rows: dict[_PAIR, int], odds: Floats
    ) -> tuple[int, int]:
        """The row that best links `i` to its group, and the member it links to (the keeper where that is no worse)."""
        direct = rows.get(_pair(i, keeper))
        if direct is not None and odds[direct] >= 0:
            return direct, keeper
        linked = [(float(odds[rows[_pair(i, k)]]), -k) for k in members if k != i and _pair(i, k) in rows]
        best = -max(linked)[1]
        return rows[_pair(i, best)], best

    def _surplus(
        self, i: int, keeper: int, row: int, via: int, rows: dict[_PAIR, int], matrix: Floats, odds: Floats
    ) -> Surplus:
        judged = kinds.judge(self.all[i], self.all[keeper])
        score = scoring.score(self.weights, COLUMNS, matrix[row])
        shared = set(self.all[i].codes) & set(self.all[keeper].codes)
        return Surplus(
            listing=self.all[i],
            keeper=self.all[keeper],
            kind=judged.kind,
            probability=round(1.0 / (1.0 + exp(-float(np.clip(odds[row], -40, 40)))), 4),
            differences=judged.differences,
            exempt=judged.exempt,
            score=score,
            picture=self._picture(i, via),
            shared_codes=tuple(sorted(shared)),
            via="" if via == keeper else self.all[via].id,
        )

    def _picture(self, i: int, j: int) -> PicturePair | None:
        """The pictures that speak for the pair, seen from `i`."""
        low, high = _pair(i, j)
        local = self.local.get((low, high), LocalMatch())
        sure = max((v for v in (local.main, local.other) if v == v), default=0.0)
        hashed = gallery.compare(self.merchant.album, np.array([[low, high]]))
        alike = float(np.nan_to_num(hashed.likeness[0]))
        if max(sure, alike) < _SHOWN:
            return None
        by_features = sure >= alike
        left, right = (local.left, local.right) if by_features else (int(hashed.left[0]), int(hashed.right[0]))
        refs = self.all[low].shots[left].ref, self.all[high].shots[right].ref
        here, there = refs if i == low else refs[::-1]
        method = "features" if by_features else "hash"
        return PicturePair(here, there, round(max(sure, alike), 3), method, by_features and local.mirrored)


def _pair(i: int, j: int) -> _PAIR:
    return (i, j) if i < j else (j, i)


def keeper_order(f: Fingerprint) -> tuple[Any, ...]:
    """Sorts the listing to keep first: most sales, then most SKUs, then the older (numerically smaller) id."""
    number = int(f.id) if f.id.isascii() and f.id.isdigit() else None
    return (-(f.sales or 0), -f.sku_count, number is None, number or 0, f.id)


def _reason(keeper: Fingerprint, second: Fingerprint) -> str:
    if (keeper.sales or 0) != (second.sales or 0):
        return "sales"
    return "skus" if keeper.sku_count != second.sku_count else "older"
