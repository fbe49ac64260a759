"""Category evidence: how near two category paths are, and how crowded the place is where both stand.

Two listings of the same leaf are the likelier duplicates the fewer listings that leaf has: among n listings of a leaf
a pair is one by chance about once in n, whatever the shop's size. The score takes that as its prior.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np

from pddlint.matching.sets import Floats, Ints, numbered, sets


class Shelf:
    """The categories of listings, each path root to leaf, and how many listings stand in each.

    `count` says how many of the merchant's listings stand in each category, given the categories and how many of the
    listings at hand do; `total` is how many listings the merchant has.
    """

    def __init__(
        self, paths: Sequence[tuple[str, ...]], count: Callable[[Sequence[Hashable], Ints], Ints], total: int
    ) -> None:
        at, known = numbered(paths)
        held, prefixes = sets([path[: depth + 1] for depth in range(len(path))] for path in known)
        places = np.full((len(known), max(held.size.max(initial=0), 1)), -1, np.int64)  # prefixes by depth
        places[held.owners(), np.arange(len(held.ids)) - held.first[held.owners()]] = held.ids
        self.depth, self.places = held.size[at], places[at]
        standing = np.bincount(self.places[self.places >= 0], minlength=held.values).astype(np.int64)
        self.standing = np.append(count(prefixes, standing), total)  # in each prefix, last in the whole shop
        self.ending = numbered(path[-1][-1:] if path else "" for path in known)[0][at]
        self.endings = numbered(path[-1][-2:] if path else "" for path in known)[0][at]

    def shared_depth(self, i: Ints, j: Ints) -> Ints:
        """How many categories from the root on both sides of each pair stand in."""
        shared = np.zeros(len(i), np.int64)
        for column in self.places.T:
            shared += (column[i] == column[j]) & (column[i] >= 0)
        return shared

    def crowd(self, i: Ints, j: Ints, spare: Ints) -> Floats:
        """Natural logarithm of the number of listings in the deepest category both stand in (the whole shop without
        one), but for so many that are known to be copies of one or the other.
        """
        depth = self.shared_depth(i, j)
        place = np.where(depth > 0, self.places[i, np.maximum(depth - 1, 0)], len(self.standing) - 1)
        found: Floats = np.log(np.maximum(self.standing[place] - spare, 2))
        return found

    def nearness(self, i: Ints, j: Ints) -> Floats:
        """1 same leaf; .75 siblings whose names end alike (硅胶壳, 手机壳), and a path that stops where the other goes
        on; .6 siblings; .3 same root only; 0 apart (.1 where the names end alike); NaN unknown.
        """
        depth, a, b = self.shared_depth(i, j), self.depth[i], self.depth[j]
        longest = np.maximum(a, b)
        apart = np.where(self.endings[i] == self.endings[j], 0.1, 0.0)
        siblings = np.where(self.ending[i] == self.ending[j], 0.75, 0.6)
        near = np.where(depth == longest - 1, siblings, 0.3)
        near = np.where(depth == np.minimum(a, b), 0.75, near)
        near = np.where(depth == 0, apart, near)
        near = np.where(depth == longest, 1.0, near)
        found: Floats = np.where((a > 0) & (b > 0), near, np.nan)
        return found
