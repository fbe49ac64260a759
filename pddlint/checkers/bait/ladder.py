"""The price ladder: what the other SKUs say a SKU of this size, weight or count should cost.

A ladder holds its unit price, and small packs may cost more by the unit; so a SKU is explained when its price reaches
the share of the others' price that its quantity has of theirs. Medians throughout: one odd SKU must not set the
measure.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from pddlint.catalog.model import Listing, Sku
from pddlint.text import quantities
from pddlint.text.normalise import fold
from pddlint.text.patterns import Pattern

_PARTS = re.compile(r"\+")
_SET = Pattern(r"([2-9]|1\d|[二两三四五六七八九十])\s?(?:件套|件|套)", needs="件套")
_COLOURS = Pattern(r"(?<![\d.])(\d{1,3})色(?![泽差号])", needs="色")
_NUMBER_OF = "二两三四五六七八九十"
_PAIRS = "对双副"
APART = 2.5  # how many times less than the least of the rest a price is that stands apart
NEIGHBOUR = 3.2  # how many times more a neighbour on the ladder may cost


class Money(msgspec.Struct, frozen=True):
    """A SKU's price against the rest. Ratios are price / what the rest suggests; 1.0 is "as expected"."""

    price_fen: int
    reference_fen: int  # median price of the rest
    expected_fen: (
        int  # what the ladder suggests for this SKU's quantity; the reference where no quantity can be compared
    )
    ratio: float  # price / reference
    unit_ratio: float  # price / expected
    quantity: str = ""  # kind of quantity the ladder stands on ("" = none)
    smaller: float = 1.0  # how many times less it holds than the smallest of the rest
    lowest: bool = False  # nothing in the listing costs less: this price is the one shown
    company: float = 0.0  # share of the rest that costs about as little
    undercut: bool = False  # a regular one costs less: this is not the SKU that lures
    apart: bool = False  # the rest keep close together, and this price stands far below them all
    neighbour: bool = False  # one of the rest, itself on the ladder, costs hardly more
    alike: bool = True  # a ladder of counts stands on one measure word (片 beside 片)

    @property
    def explained(self) -> bool:
        """Whether a ladder explains the price."""
        return bool(self.quantity) and self.unit_ratio >= 0.6


def median(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two middle ones (the `statistics` module takes 4 ms to load)."""
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def axis_rest(sku: Sku, rest: Sequence[Sku]) -> list[Sku]:
    """Those of `rest` that share all but one of the SKU's spec values: the same design axis.

    All priced ones of `rest` where there is no such axis.
    """
    own = {spec.name: spec.value for spec in sku.specs}
    priced = [other for other in rest if other.price_fen]
    if len(own) < 2:
        return priced
    near = []
    for other in priced:
        unlike = 0
        for spec in other.specs:
            unlike += own.get(spec.name) != spec.value
        if unlike == 1:
            near.append(other)
    if not near:
        return priced
    # A few SKUs as odd as this one (all of them 均码) are no axis: half of the rest, or prices like the rest's, are.
    level = median([other.price_fen or 0 for other in near])
    return near if len(near) * 2 >= len(priced) or level * 2 >= median([o.price_fen or 0 for o in priced]) else priced


def money(listing: Listing, sku: Sku, rest: Sequence[Sku], below: float = math.inf) -> Money | None:
    """How the SKU's price stands against `rest`.

    None when either side has no price, or where it is not below that share (`below`) of what the rest suggests.
    """
    near = axis_rest(sku, rest) if sku.price_fen else []
    if not sku.price_fen or not near:
        return None
    price = sku.price_fen
    prices = [other.price_fen or 0 for other in near]
    reference = median(prices)
    if price / reference >= below:
        return None
    lowest = price <= min([other.price_fen for other in listing.live_skus if other.price_fen])
    company = sum(other <= price * 1.3 for other in prices) / len(prices)
    # The ladder is read off the SKUs at the listing's level, not off other odd ones.
    dearer = [other for other in near if (other.price_fen or 0) >= max(1.5 * price, 0.3 * reference)]
    best = _ladder(sku, dearer if len(dearer) * 2 >= len(near) else near)
    kind, expected, smaller = best if best is not None else ("", reference, 1.0)
    return Money(
        price,
        round(reference),
        max(1, round(expected)),
        price / reference,
        price / max(1.0, expected),
        kind,
        smaller,
        lowest,
        company,
        any(0.4 * reference <= other < price for other in prices),
        _apart(price, prices),
        _neighbour(price, near, dearer),
        kind != "count" or _same_measure(sku, near),
    )


def _apart(price: int, prices: Sequence[int]) -> bool:
    """Whether the rest cost about the same, at their level, and `price` is far below the least of them."""
    level = median(prices)
    regular = [other for other in prices if other >= 0.45 * level]
    if len(prices) - len(regular) > max(1, len(prices)) / 4:
        return False  # others are as cheap
    gap = min(regular) / price
    return gap >= APART and gap >= 1.3 * max(regular) / min(regular)


def _neighbour(price: int, near: Sequence[Sku], dearer: Sequence[Sku]) -> bool:
    """Whether a SKU that costs little more or less stands on the ladder of the dearer ones by its quantity."""
    for other in near:
        cost = other.price_fen or 0
        if price == cost or price > NEIGHBOUR * cost or cost > NEIGHBOUR * price or not amounts(other.name):
            continue
        above = [third for third in dearer if third is not other and (third.price_fen or 0) > 1.5 * cost]
        step = _ladder(other, above)
        if step is not None and cost >= 0.6 * step[1]:
            return True
    return False


def _same_measure(sku: Sku, near: Sequence[Sku]) -> bool:
    own = {key for key in amounts(sku.name) if key.startswith("count:")}
    return any(own & amounts(other.name).keys() for other in near)


def _ladder(sku: Sku, near: Sequence[Sku]) -> tuple[str, float, float] | None:
    """The kindest comparable quantity: (kind, expected price in fen, how many times smaller). None without one.

    Counts of unlike measure words (10片 beside 5包) are compared, too; then the kindest of the rest counts.
    """
    options: list[tuple[float, str, float]] = []
    own = amounts(sku.name)
    offers = [(o.price_fen or 0, amounts(o.name)) for o in near] if own else []
    for kind, amount in own.items():
        others = [(price, offer[kind]) for price, offer in offers if offer.get(kind)]
        if amount <= 0 or not others or all(q == amount for _, q in others):
            continue
        held = [price * min(1.0, amount / q) for price, q in others]
        expected = min(held) if kind == "count" else median(held)
        options.append((expected, kind, min(q for _, q in others) / amount))
    if not options:
        return None
    expected, kind, smaller = min(options)
    return kind, expected, smaller


def title_length(title: str) -> float:
    """The smallest length in cm that a title states, 0 when it states none."""
    lengths = [quantity.value for quantity in quantities.parse(fold(title)) if quantity.kind == "length"]
    return min(lengths, default=0.0)


@lru_cache(maxsize=1 << 13)
def amounts(text: str) -> dict[str, float]:
    """What a SKU's name offers, kind -> amount in base units; counts per measure word, the largest under "count",
    and packs of one weight or volume (2g*40条) under "count@weight2"."""
    folded = fold(text)
    result: dict[str, float] = {}
    pieces = _pieces(folded)
    counts = [pieces] if pieces > 1 else []
    for key, value in quantities.totals(folded).items():
        if key.startswith("count:"):
            value *= 2 if key[-1] in _PAIRS else 1
            counts.append(value)
        result[key] = value
    for quantity in quantities.parse(folded):
        if quantity.kind in ("weight", "volume") and quantity.measure:
            result[f"count@{quantity.kind}{quantity.value:g}"] = quantity.times
    if counts:
        result["count"] = max(counts)
    return result


def _pieces(folded: str) -> float:
    """How many pieces a set holds: 四件套, or the components joined by "+"."""
    colours = _COLOURS.search(folded)
    if colours and int(colours[1]) > 2:
        return float(colours[1])  # 24色: a set of so many pieces
    match = _SET.search(folded)
    if match:
        digits = match[1]
        return float(_NUMBER_OF.index(digits) + 1 if digits in _NUMBER_OF[2:] else 2 if digits in "二两" else digits)
    return float(1 + len(_PARTS.findall(folded)))
