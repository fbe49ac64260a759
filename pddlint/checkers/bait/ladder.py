"""The price ladder: what the other SKUs say a SKU of this size, weight or count should cost.

A ladder holds its unit price, and small packs may cost more by the unit; so a SKU is explained when its price reaches
the share of the others' price that its quantity has of theirs. Medians throughout: one odd SKU must not set the measure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from statistics import median

import msgspec

from pddlint.catalog.model import Listing, Sku
from pddlint.text import quantities
from pddlint.text.normalise import fold

_PARTS = re.compile(r"\+")
_SET = re.compile(r"([2-9]|1\d|[二两三四五六七八九十])\s?(?:件套|件|套)")
_NUMBER_OF = "二两三四五六七八九十"


class Money(msgspec.Struct, frozen=True):
    """A SKU's price against the rest. Ratios are price / what the rest suggests; 1.0 is "as expected"."""

    price_fen: int
    reference_fen: int  # median price of the rest
    expected_fen: int  # what the ladder suggests for this SKU's quantity; the reference where no quantity can be compared
    ratio: float  # price / reference
    unit_ratio: float  # price / expected
    quantity: str = ""  # kind of quantity the ladder stands on ("" = none)
    smaller: float = 1.0  # how many times less it holds than the smallest of the rest
    lowest: bool = False  # nothing in the listing costs less: this price is the one shown

    @property
    def explained(self) -> bool:
        """Whether a ladder explains the price."""
        return bool(self.quantity) and self.unit_ratio >= 0.6


def axis_rest(listing: Listing, sku: Sku, rest: Sequence[Sku]) -> list[Sku]:
    """Those of `rest` that share all but one of the SKU's spec values: the same design axis. All of `rest` if there are none."""
    own = {spec.name: spec.value for spec in sku.specs}
    if len(own) < 2:
        return list(rest)
    near = [other for other in rest if sum(own.get(s.name) != s.value for s in other.specs) == 1]
    return near or list(rest)


def money(listing: Listing, sku: Sku, rest: Sequence[Sku]) -> Money | None:
    """How the SKU's price stands against `rest`; None when either side has no price."""
    near = [other for other in axis_rest(listing, sku, rest) if other.price_fen]
    if not sku.price_fen or not near:
        return None
    prices = [other.price_fen or 0 for other in near]
    reference = median(prices)
    lowest = sku.price_fen <= min(other.price_fen for other in listing.live_skus if other.price_fen)
    best = _ladder(sku, near)
    if best is None:
        ratio = sku.price_fen / reference
        return Money(sku.price_fen, round(reference), round(reference), ratio, ratio, lowest=lowest)
    kind, expected, smaller = best
    return Money(
        sku.price_fen, round(reference), max(1, round(expected)), sku.price_fen / reference, sku.price_fen / max(1.0, expected),
        kind, smaller, lowest,
    )


def _ladder(sku: Sku, near: Sequence[Sku]) -> tuple[str, float, float] | None:
    """The kindest comparable quantity: (kind, expected price in fen, how many times smaller). None without one."""
    own = amounts(sku.name)
    options: list[tuple[float, str, float]] = []
    for kind, amount in own.items():
        others = [(o.price_fen or 0, amounts(o.name)[kind]) for o in near if amounts(o.name).get(kind)]
        if amount <= 0 or not others or all(q == amount for _, q in others):
            continue
        expected = median(price * min(1.0, amount / q) for price, q in others)
        options.append((expected, kind, min(q for _, q in others) / amount))
    if not options:
        return None
    expected, kind, smaller = min(options)
    return kind, expected, smaller


@lru_cache(maxsize=1 << 13)
def amounts(text: str) -> dict[str, float]:
    """What a SKU's name offers, kind -> amount in base units; counts whatever their measure word under "count"."""
    folded = fold(text)
    result: dict[str, float] = {}
    counts = [1.0]
    for key, value in quantities.totals(folded).items():
        if key.startswith("count:"):
            counts.append(value)
        else:
            result[key] = value
    pieces = _pieces(folded)
    count = max([*counts, pieces])
    if len(counts) > 1 or pieces > 1:
        result["count"] = count
    return result


def _pieces(folded: str) -> float:
    """How many pieces a set holds: 四件套, or the components joined by "+"."""
    match = _SET.search(folded)
    if match:
        digits = match[1]
        return float(_NUMBER_OF.index(digits) + 1 if digits in _NUMBER_OF[2:] else 2 if digits in "二两" else digits)
    return float(1 + len(_PARTS.findall(folded)))
