"""Category evidence: how near two category paths are, and how crowded the place is where both stand.

Two listings of the same leaf are the likelier duplicates the fewer listings that leaf has: among n listings of a leaf
a pair is one by chance about once in n, whatever the shop's size. The score takes that as its prior.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

NAN = float("nan")


class Shelf:
    """How many of a merchant's listings stand in each category, root to leaf."""

    def __init__(self, paths: Iterable[tuple[str, ...]]) -> None:
        self.total = 0
        self.listings: Counter[tuple[str, ...]] = Counter()
        for path in paths:
            self.total += 1
            for depth in range(1, len(path) + 1):
                self.listings[path[:depth]] += 1

    def crowd(self, a: Sequence[str], b: Sequence[str]) -> float:
        """Natural logarithm of the number of listings in the deepest category both stand in (the whole shop without
        one).
        """
        depth = shared_depth(a, b)
        return log(max(2, self.listings[tuple(a[:depth])] if depth else self.total))


def shared_depth(a: Sequence[str], b: Sequence[str]) -> int:
    depth = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        depth += 1
    return depth


def nearness(a: Sequence[str], b: Sequence[str]) -> float:
    """1 same leaf; .75 siblings whose names end alike (硅胶壳, 手机壳); .6 siblings; .3 same root only; 0 apart; NaN
    unknown.
    """
    if not a or not b:
        return NAN
    depth = shared_depth(a, b)
    longest = max(len(a), len(b))
    if depth == longest:
        return 1.0
    if depth and depth == min(len(a), len(b)):
        return 0.75  # one path stops where the other goes on
    if depth and depth == longest - 1:
        return 0.75 if a[-1][-1:] == b[-1][-1:] else 0.6
    return 0.3 if depth else (0.1 if a[-1][-2:] == b[-1][-2:] else 0.0)
