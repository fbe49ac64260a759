"""Prices of many pairs side by side: whole ladders, and the nearest prices of like quantity.

Prices alone betray little (everything ends in .9), whole ladders betray much: three rewritten listings of a real shop
kept theirs to the cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from pddlint.matching.keys import distinct
from pddlint.matching.sets import Floats, Ints, Sets, numbered, parts, spread
from pddlint.matching.variants import BAIT_SHARE, SkuPrint

NAN = float("nan")
_FAR = 9.0
_ELASTICITY = 0.85  # prices grow a little slower than quantities: median of the labelled shops' own SKU tables
_ROWS = 30  # SKUs of a listing whose prices are compared one by one
_CELLS = 1 << 19  # pairs of SKUs looked at at a time: bounds memory


class Prices:
    """The SKU prices of a merchant's listings.

    `steps` are a listing's distinct regular prices, ascending; `prices` the same as sets of `values`. The rows compared
    one by one are the distinct (price, quantity) of its first regular SKUs, each `times` over.
    """

    def __init__(self, skus: Sequence[Sequence[SkuPrint]]) -> None:
        listings = len(skus)
        offers, known = numbered((s.price_fen or 0, s.dimension, s.amount) for listing in skus for s in listing)
        price = np.array([offer[0] for offer in known], np.float64)
        owners = np.repeat(np.arange(listings), np.fromiter(map(len, skus), np.int64, listings))
        kept = _regular(owners, price[offers], listings)
        offers, owners = offers[kept], owners[kept]

        steps, ids = np.unique(price[offers], return_inverse=True)
        cells = distinct([owners * max(len(steps), 1) + ids])
        size = np.bincount(cells // max(len(steps), 1), minlength=listings).astype(np.int64)
        self.prices = Sets(cells % max(len(steps), 1), size, len(steps))
        self.values = [int(step) for step in steps.tolist()]
        self.steps = steps[self.prices.ids]

        first = np.searchsorted(owners, np.arange(listings))
        few = np.arange(len(owners)) - first[owners] < _ROWS
        offers, owners = offers[few], owners[few]
        self.kept = np.bincount(owners, minlength=listings).astype(np.int64)
        cells, at, times = np.unique(owners * max(len(known), 1) + offers, return_index=True, return_counts=True)
        order = np.argsort(at)
        rows, self.times = offers[at[order]], times[order].astype(np.int64)
        self.size = np.bincount(owners[at], minlength=listings).astype(np.int64)
        self.first = np.concatenate([[0], np.cumsum(self.size)]).astype(np.int64)
        self.price = price[rows]
        self.amount = np.array([offer[2] for offer in known], np.float64)[rows]
        dimensions = numbered(("", *(offer[1] for offer in known)))[0][1:][rows]
        self.dimension = np.where((dimensions == 0) | (self.amount <= 0), -1, dimensions)

    def level(self) -> Floats:
        """The natural logarithm of the middle step of each ladder, NaN without steps."""
        found = np.full(len(self.prices.size), NAN)
        middle = (self.prices.first[:-1] + self.prices.size // 2)[self.prices.filled]
        found[self.prices.filled] = [log(step) for step in self.steps[middle].tolist()]
        return found

    def ladder(self, i: Ints, j: Ints) -> Floats:
        """How much the ladders of each pair are one, 0..1; NaN when either has fewer than two steps.

        1: three or more prices equal; .8: two equal; .6: same shape (equal differences or equal ratios) at another
        level; .3: one price equal; 0: nothing.
        """
        size = self.prices.size
        found = np.full(len(i), NAN)
        rows = np.flatnonzero((size[i] >= 2) & (size[j] >= 2))
        i, j = i[rows], j[rows]
        shared = self.prices.shared(i, j)
        whole = shared >= 0.6 * np.minimum(size[i], size[j])
        value = np.where(shared > 0, 0.3, 0.0)
        value[whole & (shared >= 2)] = 0.8
        value[whole & (shared >= 3)] = 1.0
        other = np.flatnonzero(~(whole & (shared >= 2)))
        value[other[self._same_shape(i[other], j[other])]] = 0.6
        found[rows] = value
        return found

    def _same_shape(self, i: Ints, j: Ints) -> NDArray[np.bool_]:
        """Whether the shorter ladder has the shape of as many neighbouring steps of the longer."""
        size, first = self.prices.size, self.prices.first
        longer = size[i] > size[j]
        small, large = np.where(longer, j, i), np.where(longer, i, j)
        same = np.zeros(len(i), bool)
        for part in parts(size[large] - size[small] + 1, _CELLS):
            pair, start = spread((size[large] - size[small] + 1)[part])
            width = size[small[part]][pair]
            low, high = first[small[part]][pair], first[large[part]][pair] + start
            ends = [(self.steps[low + at], self.steps[high + at]) for at in (np.zeros_like(width), width - 1)]
            near = self._one_shape(*(np.column_stack([end[side] for end in ends]) for side in (0, 1)))
            pair, low, high, width = pair[near], low[near], high[near], width[near]
            for steps in np.flatnonzero(np.bincount(width)).tolist():  # ends alike: now all of it
                at = np.flatnonzero(width == steps)
                x, y = (self.steps[begin[at][:, None] + np.arange(steps)] for begin in (low, high))
                same[part.start + pair[at[self._one_shape(x, y)]]] = True
        return same

    @staticmethod
    def _one_shape(x: Floats, y: Floats) -> NDArray[np.bool_]:
        """Rows whose steps have one ratio, or one difference in fen at a like level; both (rows, steps)."""
        ratios, offsets = y / x, y - x
        level = (ratios[:, 0] >= 0.8) & (ratios[:, 0] <= 1.25)
        one: NDArray[np.bool_] = ratios.max(axis=1) / ratios.min(axis=1) <= 1.005
        one |= level & (offsets.max(axis=1) - offsets.min(axis=1) <= 10)
        return one

    def likeness(self, i: Ints, j: Ints, common: Sets) -> Floats:
        """The price gap of each pair as a likeness in 0..1, higher is nearer, NaN without prices; equal prices that are
        all `common` in the shop (`Prices.prices` without the rare ones) a little less."""
        found = np.full(len(i), NAN)
        rows = np.flatnonzero((self.size[i] > 0) & (self.size[j] > 0))
        i, j = i[rows], j[rows]
        near = np.array([exp(-gap) for gap in self.gap(i, j).tolist()])
        shared = self.prices.shared(i, j)
        usual = (shared > 0) & (shared == common.shared(i, j))
        found[rows] = np.where(usual, np.minimum(near, 0.99), near)
        return found

    def gap(self, i: Ints, j: Ints) -> Floats:
        """Mean absolute log price ratio of the nearest SKUs of each pair, quantities taken into account; 0 is equal,
        .05 five per cent. Both sides have prices.

        Where both SKUs name a quantity of one dimension, the price expected of the other quantity is compared.
        """
        longer = self.kept[i] > self.kept[j]
        short, long = np.where(longer, j, i), np.where(longer, i, j)
        gaps = np.empty(len(i))
        for part in parts(self.size[short] * self.size[long], _CELLS):
            gaps[part] = self._nearer_half(short[part], long[part])
        return gaps

    def _nearer_half(self, short: Ints, long: Ints) -> Floats:
        """The mean over the nearer half of the shorter side's SKUs."""
        pair, place = spread(self.size[short])
        own = self.first[short][pair] + place
        gap = self._nearest(own, self.first[long][pair], self.size[long][pair])
        times = self.times[own]
        pair, gap = np.repeat(pair, times), np.repeat(gap, times)
        order = np.lexsort((gap, pair))
        half = (self.kept[short] + 1) // 2
        rank = np.arange(len(pair)) - np.searchsorted(pair, pair)  # ordering leaves `pair` as it is
        near = order[rank < half[pair]]
        return np.asarray(np.bincount(pair[near], gap[near], len(short)) / half)

    def _nearest(self, own: Ints, begin: Ints, width: Ints) -> Floats:
        """The gap of each row `own` to the row of the same quantity that is nearest in price, else to the nearest once
        quantities are allowed for."""
        which, place = spread(width)
        x, y = own[which], begin[which] + place
        ratio = self.price[x] / self.price[y]
        gap = np.abs(np.log(ratio))
        same = np.zeros(len(x), bool)
        scaled = np.flatnonzero((self.dimension[x] == self.dimension[y]) & (self.dimension[x] >= 0))
        if len(scaled):
            a, b = self.amount[x[scaled]], self.amount[y[scaled]]
            equal = np.abs(a - b) <= 0.001 * a
            same[scaled[equal]] = True
            scaled, a, b = scaled[~equal], a[~equal], b[~equal]
            gap[scaled] = 0.02 + np.abs(np.log(ratio[scaled]) - _ELASTICITY * np.log(a / b))
        starts = np.cumsum(width) - width
        settled = np.minimum.reduceat(np.where(same, gap, np.inf), starts) < _FAR
        gap[same != settled[which]] = np.inf
        best = np.minimum.reduceat(gap, starts)
        hits = np.flatnonzero(gap == best[which])
        at = hits[np.searchsorted(hits, starts)]
        return self._exactly(x[at], y[at], best)

    def _exactly(self, x: Ints, y: Ints, gap: Floats) -> Floats:
        """The gaps of chosen rows by the system's logarithm: numpy's may differ in the last bit from machine to
        machine."""
        exact = np.abs(np.fromiter(map(log, (self.price[x] / self.price[y]).tolist()), np.float64, len(x)))
        one = (self.dimension[x] == self.dimension[y]) & (self.dimension[x] >= 0)
        scaled = np.flatnonzero(one & (np.abs(self.amount[x] - self.amount[y]) > 0.001 * self.amount[x]))
        for at in scaled.tolist():
            ratio, amounts = self.price[x[at]] / self.price[y[at]], self.amount[x[at]] / self.amount[y[at]]
            exact[at] = 0.02 + abs(log(ratio) - _ELASTICITY * log(amounts))
        return np.where(gap < _FAR, exact, _FAR)


def _regular(owners: Ints, price: Floats, listings: int) -> NDArray[np.bool_]:
    """Which SKUs are `variants.regular` in their listing; `price` is 0 where there is none."""
    priced = np.flatnonzero(price)
    mine, sorted_price = owners[priced], price[priced]
    sorted_price = sorted_price[np.lexsort((sorted_price, mine))]
    count = np.bincount(mine, minlength=listings)
    first = np.cumsum(count) - count
    several = np.flatnonzero(count)
    middle = np.zeros(listings)
    begin, held = first[several], count[several]
    middle[several] = (sorted_price[begin + (held - 1) // 2] + sorted_price[begin + held // 2]) / 2
    regular: NDArray[np.bool_] = (price != 0) & (price >= BAIT_SHARE * middle[owners])
    return regular
