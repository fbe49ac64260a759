"""A merchant's listings, or those of them that some pairs are about, ready to be compared and explained."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from pddlint.matching import clustering, gallery, kinds, scoring
from pddlint.matching.clusters import NOTHING, Cluster, Pair, Scored, link_level
from pddlint.matching.comparison import COLUMNS, LATER, PRINTS, Floats, Merchant, Pairs, Statistics, matrix
from pddlint.matching.fingerprint import Fingerprint
from pddlint.matching.gallery import HINT
from pddlint.matching.outcome import DEFAULTS, Group, Options, PicturePair, Surplus, keeper_order, keeping_reason
from pddlint.matching.scoring import Profile, Weights
from pddlint.matching.sets import Ints
from pddlint.matching.verification import LocalMatch, Verifier

_DOUBT = (log(0.01 / 0.99), log(0.995 / 0.005))  # log-odds between which pictures are verified, if it can matter
_HOPE = -1.4  # log-odds from which down they are only where the prints of the pictures suggest a shared photograph
_LIKELY = -0.8  # log-odds from which the main images are held against other pictures too
_STRANGERS = 3  # unless each has so many pictures and no two have prints alike
_AHEAD = 4  # pairs whose pictures are described while others are compared
_SHOWN = 0.5  # likeness from which a picture pair is named in the evidence
_LOCAL = COLUMNS.index("local_main")


class Comparer:
    """Scores pairs of the listings it holds, and explains the groups they make.

    `listings` maps numbers to fingerprints; the numbers are those of the merchant's order (`order_key`), with gaps
    where some listings are elsewhere: then `statistics` are the whole merchant's.
    """

    def __init__(
        self,
        listings: Mapping[int, Fingerprint],
        statistics: Statistics | None = None,
        options: Options = DEFAULTS,
        verifier: Verifier | None = None,
        weights: Weights | None = None,
    ) -> None:
        self.listings = listings
        self.numbers = np.array(sorted(listings), np.int64)
        self.options = options
        self.verifier = verifier or Verifier()
        self.weights = weights or scoring.weights()
        self.merchant = Merchant([listings[number] for number in self.numbers.tolist()], statistics)
        full, text = self.weights.profiles["full"], self.weights.profiles["text"]
        priced = self.merchant.priced == self.merchant.total  # then no pair has nothing but words
        self.wanted = frozenset((*self.weights.beyond, "picture"))
        self.wanted |= {name for p in ((full,) if priced else (full, text)) for name in _weighed(p)}
        late = frozenset(chain.from_iterable(LATER))
        self.hasty = priced and not full.rivals and late.isdisjoint((*full.linear, *(kin.name for kin in full.kin)))
        self.stages = (self.wanted - late, *(self.wanted.intersection(names) for names in LATER))
        self.silent = frozenset(() if len(self.merchant.album.blank) else PRINTS)  # columns that no pair has

    def score(self, pairs: Pairs) -> Scored:
        """What each pair of numbers (i, j), i < j, comes to on its own. Pictures are looked at where they can
        decide."""
        odds, bare = np.empty(len(pairs)), np.empty(len(pairs), bool)
        looked: dict[Pair, LocalMatch] = {}
        for part in self.merchant.portions(self._at(pairs)):
            odds[part], bare[part] = self._score(pairs[part], looked)
        level = link_level(self.weights, self.options.threshold)
        freed = np.zeros(len(pairs), bool)
        for row in np.flatnonzero(odds >= level).tolist():
            i, j = pairs[row].tolist()
            freed[row] = kinds.freed(self.listings[i], self.listings[j])
        return Scored(pairs, odds, bare, freed, looked)

    def explain(self, clusters: Iterable[Cluster]) -> tuple[Group, ...]:
        """The groups, each with its keeper, and with what separates the others from it and proves them the same. All
        members of the clusters are at hand."""
        found = []
        for cluster in clusters:
            order = sorted(cluster.members, key=lambda number: keeper_order(self.listings[number]))
            chosen = [(number, self._link(number, order[0], cluster)) for number in order[1:]]
            found.append((order, chosen, cluster))
        pairs = np.array([_pair(*link) for _, chosen, _ in found for link in chosen], np.int64).reshape(-1, 2)
        compared = self.merchant.compare(self._at(pairs), self.wanted)
        looked = {pair: match for cluster in clusters for pair, match in cluster.looked.items()}
        self._fill(pairs, compared, looked)
        rows = iter(compared)
        return tuple(
            Group(
                self.listings[order[0]],
                keeping_reason(self.listings[order[0]], self.listings[order[1]]),
                tuple(self._surplus(number, order[0], via, cluster, next(rows)) for number, via in chosen),
            )
            for order, chosen, cluster in found
        )

    def _at(self, pairs: Pairs) -> Pairs:
        """Which of the listings at hand the pairs are about."""
        whole = len(self.numbers) and self.numbers[-1] == len(self.numbers) - 1  # then each stands at its number
        return pairs if whole else np.searchsorted(self.numbers, pairs)

    def _score(self, pairs: Pairs, looked: dict[Pair, LocalMatch]) -> tuple[Floats, NDArray[np.bool_]]:
        """Log-odds of a chunk of pairs, and which have nothing but words; adds to `looked`."""
        at = self._at(pairs)
        if self.hasty:
            rows, evidence, odds = self._hastily(at)
            bare = np.zeros(len(pairs), bool)
        else:
            rows, evidence = np.arange(len(pairs)), dict(self.merchant.evidence(at, self.wanted))
            whole = matrix(evidence, len(pairs))
            odds = scoring.log_odds(self.weights, COLUMNS, whole)
            bare = scoring.profile_of(self.weights, COLUMNS, whole)
        if self.options.verify:
            doubtful = np.flatnonzero(self._doubtful(odds[rows], evidence["picture"]))
            rows = rows[doubtful]
            widely = (odds[rows] >= _LIKELY) & ~(evidence["strange"][doubtful] >= _STRANGERS)
            seen = self._verify(pairs[rows], widely)
            if seen:
                looked |= seen
                some = matrix({name: values[doubtful] for name, values in evidence.items()}, len(rows))
                self._fill(pairs[rows], some, seen)
                odds[rows] = scoring.log_odds(self.weights, COLUMNS, some)
                bare[rows] = scoring.profile_of(self.weights, COLUMNS, some)
        return odds, bare

    def _hastily(self, at: Pairs) -> tuple[Ints, dict[str, Floats], Floats]:
        """The log-odds of pairs of which all have something beyond words; which of them may matter, and the evidence of
        these. The dear columns are computed only of pairs that they can still bring to matter."""
        full = self.weights.profiles["full"]
        evidence = dict(self.merchant.evidence(at, self.stages[0]))
        odds = scoring.profile_odds(full, evidence, len(at))
        rows = np.arange(len(at))
        for number, stage in enumerate(self.stages[1:], 1):
            left = frozenset().union(*self.stages[number:]) - self.silent
            kept = np.flatnonzero(self._open(odds[rows], left))
            rows = rows[kept]
            evidence = {name: values[kept] for name, values in evidence.items()}
            evidence |= dict(self.merchant.evidence(at[rows], stage))
            odds[rows] = scoring.profile_odds(full, evidence, len(rows))
        return rows, evidence, odds

    def _open(self, odds: Floats, left: Collection[str]) -> NDArray[np.bool_]:
        """Which pairs the columns `left` could still bring to matter, given what they come to without.

        The others keep their listings apart whatever these say: it makes no difference by how much.
        """
        gain = loss = 0.0
        for step in self.weights.profiles["full"].steps:
            if step.name in left:
                gain += max(0.0, *(weight - step.missing for weight in step.log_odds))
                loss += min(0.0, *(weight - step.missing for weight in step.log_odds))
        level = min(_DOUBT[0], clustering.VETO, link_level(self.weights, self.options.threshold))
        either = (odds + loss <= NOTHING) & (odds + gain > NOTHING)
        return np.asarray((odds + gain >= level - 1e-6) | either, np.bool_)

    def _doubtful(self, odds: Floats, prints: Floats) -> NDArray[np.bool_]:
        """Which pairs a closer look at their pictures can decide, given what they come to without and how alike the
        prints of their pictures are (0..1, or NaN).

        Below `low`, pictures that agree in every detail would not link them either. Of two unlike listings with unlike
        prints hardly any turn out to share a photograph: that would be a main picture cut out or cropped by half, and
        nothing else in the gallery alike.
        """
        local = [step for step in self.weights.profiles["full"].steps if step.name == "local_main"]
        gain = sum(max(0.0, *(weight - step.missing for weight in step.log_odds)) for step in local)
        low = max(_DOUBT[0], link_level(self.weights, self.options.threshold) - gain)
        return np.asarray((odds > low) & (odds < _DOUBT[1]) & ((odds >= _HOPE) | (prints >= HINT)), np.bool_)

    def _verify(self, pairs: Pairs, widely: NDArray[np.bool_]) -> dict[Pair, LocalMatch]:
        """What local features say of the pairs that have pictures on both sides; some are looked at widely."""
        shown = np.diff(self.merchant.album.first) > 0
        both = shown[np.searchsorted(self.numbers, pairs)].all(axis=1)
        wanted = pairs[both].tolist()
        found = {}
        for at, ((i, j), wide) in enumerate(zip(wanted, widely[both].tolist(), strict=True)):
            for one, two in wanted[at + 1 : at + 1 + _AHEAD] if at else wanted[:_AHEAD]:
                self.verifier.prepare(self.listings[one], self.listings[two])
            found[i, j] = self.verifier.compare(self.listings[i], self.listings[j], wide)
        return found

    def _fill(self, pairs: Pairs, rows: Floats, looked: Mapping[Pair, LocalMatch]) -> None:
        """Put local features into the evidence of the pairs that were looked at."""
        matches = [looked.get((i, j)) for i, j in pairs.tolist()]
        seen = np.array([row for row, match in enumerate(matches) if match is not None], np.int64)
        scores = np.array([match.score for match in matches if match is not None])
        at = np.searchsorted(self.numbers, pairs[seen])
        shown = self.merchant.album.main_listings(at, self.merchant.mains.apart(*at.T))
        rows[seen, _LOCAL] = scores * gallery.worth(shown)

    def _link(self, number: int, keeper: int, cluster: Cluster) -> int:
        """The member that best links `number` to its group (the keeper where that is no worse)."""
        direct = cluster.odds.get(_pair(number, keeper))
        if direct is not None and direct >= 0:
            return keeper
        linked = [(odds, -(i + j - number)) for (i, j), odds in cluster.odds.items() if number in (i, j)]
        return -max(linked)[1]

    def _surplus(self, number: int, keeper: int, via: int, cluster: Cluster, row: Floats) -> Surplus:
        listing, kept = self.listings[number], self.listings[keeper]
        judged = kinds.judge(listing, kept)
        odds = min(40.0, max(-40.0, cluster.odds[_pair(number, via)]))
        return Surplus(
            listing=listing,
            keeper=kept,
            kind=judged.kind,
            probability=round(1.0 / (1.0 + exp(-odds)), 4),
            differences=judged.differences,
            exempt=judged.exempt,
            score=scoring.score(self.weights, COLUMNS, row),
            picture=self._picture(number, via, cluster),
            shared_codes=tuple(sorted(set(listing.codes) & set(kept.codes))),
            via="" if via == keeper else self.listings[via].id,
        )

    def _picture(self, number: int, other: int, cluster: Cluster) -> PicturePair | None:
        """The pictures that speak for the pair, seen from `number`."""
        low, high = _pair(number, other)
        if not self.listings[low].shots or not self.listings[high].shots:
            return None
        local = cluster.looked.get((low, high), LocalMatch())
        sure = float(np.nan_to_num(local.score))
        hashed = gallery.compare(self.merchant.album, np.searchsorted(self.numbers, [[low, high]]))
        alike = float(np.nan_to_num(hashed.likeness[0]))
        if max(sure, alike) < _SHOWN:
            return None
        by_features = sure >= alike
        left, right = (local.left, local.right) if by_features else (int(hashed.left[0]), int(hashed.right[0]))
        refs = self.listings[low].shots[left].ref, self.listings[high].shots[right].ref
        here, there = refs if number == low else refs[::-1]
        method = "features" if by_features else "hash"
        return PicturePair(here, there, round(max(sure, alike), 3), method, by_features and local.mirrored)


def _weighed(profile: Profile) -> list[str]:
    return [*profile.linear, *(step.name for step in profile.steps)]


def _pair(i: int, j: int) -> Pair:
    return (i, j) if i < j else (j, i)
