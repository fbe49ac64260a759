"""Kin: listings that have something whole in common, however big the shelf they stand on.

The chance that two of a shelf are one item falls as the shelf fills. That of two whose titles consist of the same
words, or whose attributes, prices and SKU table are the same from first to last, does not: what counts is how many
listings have just these, and how many would by chance. The score takes that number as its prior where it says more than
the shelf does (the frequency of an agreed value in the sense of Winkler 2000, "Frequency-based matching in the
Fellegi-Sunter model", for whole values).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from math import exp, log
from typing import Protocol

import numpy as np

from pddlint.findings import Place
from pddlint.matching.sets import Floats, Ints, numbered
from pddlint.matching.textprint import TextPrint
from pddlint.matching.variants import SkuPrint, regular
from pddlint.text.normalise import fold

COLUMNS = ("same_words", "same_sheet")

_WORD = re.compile(r"[a-z0-9]+|[^\W_]")
_HALF = 0.5  # of the nats of parts that come together anyway: neighbouring bigrams, attributes of one kind of goods
Count = Callable[[Sequence[Hashable], Ints], Ints]


class Whole(Protocol):
    """What is read here of a fingerprint."""

    @property
    def place(self) -> Place: ...
    @property
    def text(self) -> TextPrint: ...
    @property
    def skus(self) -> Sequence[SkuPrint]: ...


class Kin:
    """Which listings have one and the same whole, and how telling that is: the natural logarithm of how many listings
    have it, and how many would by chance."""

    def __init__(self, wholes: Sequence[Hashable], nats: Floats, able: Ints, count: Count) -> None:
        """`wholes` are what each listing has ("" or () for nothing), `nats` how rare its parts are together, `able` how
        many listings might have it at all; `count` tells how many of the merchant's listings have each, given how many
        of those at hand do."""
        self.number, known = numbered(wholes)
        held = count(known, np.bincount(self.number, minlength=len(known)).astype(np.int64))[self.number]
        rows = zip(held.tolist(), able.tolist(), nats.tolist(), strict=True)
        self.crowd = np.array([log(max(have, 2) + might * exp(-_HALF * rare)) for have, might, rare in rows])
        self.crowd[~np.array([bool(whole) for whole in known], bool)[self.number]] = np.nan

    def compare(self, i: Ints, j: Ints) -> Floats:
        """That logarithm for each pair, NaN for those that do not have the same."""
        found: Floats = np.where(self.number[i] == self.number[j], np.maximum(self.crowd[i], self.crowd[j]), np.nan)
        return found


def words(listing: Whole) -> str:
    """The words of a title in one order, whatever order they stand in: numbers and Latin words whole, else letters."""
    return _words(listing.place.listing.title) if listing.place.listing else ""


@lru_cache(maxsize=1 << 15)
def _words(title: str) -> str:
    return " ".join(sorted(_WORD.findall(fold(title))))


def sheet(listing: Whole) -> tuple[Hashable, ...]:
    """What stands in a listing apart from words and pictures: attributes, prices, SKU table. () without attributes or
    prices."""
    prices = sorted({sku.price_fen for sku in regular(listing.skus) if sku.price_fen}) if listing.text.names else ()
    if not prices:
        return ()
    rows = sorted({sku.values for sku in listing.skus})
    return tuple(prices), tuple(rows), listing.text.names, listing.text.values
