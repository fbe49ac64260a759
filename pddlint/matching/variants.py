"""What matching keeps of SKUs: prices, variant values, quantities, merchant codes.

Merchant codes betray most, once empty ones, shop-wide prefixes and component codes are set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

_SEPARATOR = re.compile(r"[-_/.\s:#|+*]+")
_EMPTY_CODES = frozenset({"", "0", "00", "000", "1", "-1", "null", "none", "nan", "无", "默认", "-", "/", "."})
BAIT_SHARE = 0.4  # an SKU below this share of the listing's median price says nothing about the item


class SkuPrint(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What matching keeps of an SKU: price, its variant values ("kind:value", sorted), its quantity in base units by
    dimension.

    `amount` is the total quantity (500 g x 3 = 1500) and `dimension` its unit kind, "" when the SKU names none.
    """

    price_fen: int | None
    values: tuple[str, ...]
    dimension: str = ""
    amount: float = 0.0


def code_key(code: str) -> str:
    """A merchant code reduced to what identifies it; "" for the fillers every export is full of."""
    key = code.strip().lower()
    return "" if key in _EMPTY_CODES else key


def code_stem(codes: Iterable[str]) -> str:
    """The style number that all SKU codes of a listing start with (款号-颜色-尺码), "" when there is none.

    A stem is the shared leading parts before the last separator; it must hold a digit and two characters at least.
    """
    parts = [_SEPARATOR.split(code) for code in codes if code]
    if not parts or min(map(len, parts)) < 2:
        return ""
    stem: list[str] = []
    for column in zip(*[p[:-1] for p in parts], strict=False):
        if len(set(column)) > 1:
            break
        stem.append(column[0])
    joined = "-".join(stem)
    return joined if len(joined) >= 2 and any(map(str.isdigit, joined)) else ""


def regular(skus: Sequence[SkuPrint]) -> list[SkuPrint]:
    """The priced SKUs that stand for the item: those far below the median (spare parts, bait) are set aside."""
    priced = [s for s in skus if s.price_fen]
    if len(priced) < 2:
        return priced
    prices = sorted(s.price_fen or 0 for s in priced)
    median = (prices[(len(prices) - 1) // 2] + prices[len(prices) // 2]) / 2
    floor = BAIT_SHARE * median
    if prices[0] >= floor:
        return priced
    return [s for s in priced if (s.price_fen or 0) >= floor]
