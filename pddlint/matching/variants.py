"""SKU tables side by side: price ladders, prices of like quantity, shared variant values, merchant codes.

Prices alone betray little (everything ends in .9), whole ladders betray much: three rewritten listings of a real shop
kept theirs to the cent. Merchant codes betray most, once empty ones, shop-wide prefixes and component codes are set
aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log
from statistics import median

import msgspec

NAN = float("nan")
_FAR = 9.0
_SEPARATOR = re.compile(r"[-_/.\s:#|+*]+")
_EMPTY_CODES = frozenset({"", "0", "00", "000", "1", "-1", "null", "none", "nan", "无", "默认", "-", "/", "."})
_ELASTICITY = 0.85  # prices grow a little slower than quantities: median of the labelled shops' own SKU tables
_ROWS = 30  # SKUs of a listing whose prices are compared one by one
_BAIT_SHARE = 0.4  # an SKU below this share of the listing's median price says nothing about the item


class SkuPrint(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What matching keeps of an SKU: price, its variant values ("kind:value", sorted), its quantity in base units by
    dimension.

    `amount` is the total quantity (500 g x 3 = 1500) and `dimension` its unit kind, "" when the SKU names none.
    """

    price_fen: int | None
    values: tuple[str, ...]
    dimension: str = ""
    amount: float = 0.0


class Table(msgspec.Struct, frozen=True):
    """A listing's SKU table ready for many comparisons: regular SKUs, their distinct prices ascending, all values."""

    regular: tuple[SkuPrint, ...]
    prices: tuple[int, ...]
    values: frozenset[str]


def table(skus: Sequence[SkuPrint]) -> Table:
    """The table of a listing's SKUs."""
    kept = regular(skus)
    prices = tuple(sorted({sku.price_fen for sku in kept if sku.price_fen}))
    return Table(tuple(kept[:_ROWS]), prices, frozenset(value for sku in skus for value in sku.values))


def code_key(code: str) -> str:
    """A merchant code reduced to what identifies it; "" for the fillers every export is full of."""
    key = code.strip().lower()
    return "" if key in _EMPTY_CODES else key


def code_stem(codes: Iterable[str]) -> str:
    """The style number that all SKU codes of a listing start with (款号-颜色-尺码), "" when there is none.

    A stem is the shared leading parts before the last separator; it must hold a digit and two characters at least.
    """
    parts = [_SEPARATOR.split(code) for code in codes if code]
    if not parts or any(len(p) < 2 for p in parts):
        return ""
    stem: list[str] = []
    for column in zip(*(p[:-1] for p in parts), strict=False):
        if len(set(column)) > 1:
            break
        stem.append(column[0])
    joined = "-".join(stem)
    return joined if len(joined) >= 2 and any(ch.isdigit() for ch in joined) else ""


def regular(skus: Sequence[SkuPrint]) -> list[SkuPrint]:
    """The priced SKUs that stand for the item: those far below the median (spare parts, bait) are set aside."""
    priced = [s for s in skus if s.price_fen]
    if len(priced) < 2:
        return priced
    floor = _BAIT_SHARE * median(s.price_fen or 0 for s in priced)
    return [s for s in priced if (s.price_fen or 0) >= floor]


def ladder(a: Sequence[int], b: Sequence[int]) -> float:
    """How much two sorted lists of distinct prices are one ladder, 0..1; NaN when either has fewer than two steps.

    1: three or more prices equal; .8: two equal; .6: same shape (equal differences or equal ratios) at another level;
    .3: one price equal; 0: nothing.
    """
    if len(a) < 2 or len(b) < 2:
        return NAN
    shared = len(set(a) & set(b))
    whole = shared >= 0.6 * min(len(a), len(b))
    if shared >= 3 and whole:
        return 1.0
    if shared >= 2 and whole:
        return 0.8
    if _same_shape(a, b):
        return 0.6
    return 0.3 if shared else 0.0


def _same_shape(a: Sequence[int], b: Sequence[int]) -> bool:
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    width = len(small)
    for start in range(len(large) - width + 1):
        window = large[start : start + width]
        offsets = [y - x for x, y in zip(small, window, strict=True)]
        ratios = [y / x for x, y in zip(small, window, strict=True)]
        if max(ratios) / min(ratios) <= 1.005:
            return True
        if max(offsets) - min(offsets) <= 10 and 0.8 <= ratios[0] <= 1.25:  # fen: the same difference in yuan
            return True
    return False


def price_gap(a: Sequence[SkuPrint], b: Sequence[SkuPrint]) -> float:
    """Mean absolute log price ratio of the nearest SKUs, quantities taken into account; 0 is equal, .05 five per cent.

    Where both SKUs name a quantity of one dimension, the price expected of the other quantity is compared. NaN
    without prices.
    """
    if not a or not b:
        return NAN
    if len(a) > len(b):
        a, b = b, a
    gaps = sorted(_nearest(x, b) for x in a)
    nearer = gaps[: (len(gaps) + 1) // 2]
    return sum(nearer) / len(nearer)


def _nearest(x: SkuPrint, others: Sequence[SkuPrint]) -> float:
    """The gap to the SKU of the same quantity that is nearest in price, else to the nearest once quantities are
    allowed for.
    """
    best = same = _FAR
    own = x.price_fen or 1
    for y in others:
        price = y.price_fen or 1
        if x.dimension and x.dimension == y.dimension and x.amount > 0 and y.amount > 0:
            if abs(x.amount - y.amount) <= 0.001 * x.amount:
                same = min(same, abs(log(own / price)))
            else:
                best = min(best, 0.02 + abs(log(own / price) - _ELASTICITY * log(x.amount / y.amount)))
        elif own == price:
            best = 0.0
        else:
            best = min(best, abs(log(own / price)))
    return same if same < _FAR else best


def shared_values(a: frozenset[str], b: frozenset[str], weight: Mapping[str, float]) -> float:
    """Weighted overlap of variant values (rare values weigh more): shared weight over the smaller side's, NaN if one
    has none.
    """
    if not a or not b:
        return NAN
    total = min(sum(weight.get(v, 1.0) for v in a), sum(weight.get(v, 1.0) for v in b))
    return sum(weight.get(v, 1.0) for v in a & b) / total if total else NAN


def likeness(gap: float, common: bool = False) -> float:
    """A price gap as a likeness in 0..1, higher is nearer; equal prices that are `common` in the shop a little less.
    NaN stays.
    """
    if gap != gap:
        return NAN
    return min(exp(-gap), 0.99) if common else exp(-gap)
