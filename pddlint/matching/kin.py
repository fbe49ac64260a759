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
from math import exp, log

import msgspec
import numpy as np

from pddlint.matching.sets import Floats, Ints
from pddlint.matching.tally import Keys, digest
from pddlint.matching.textprint import TextPrint
from pddlint.matching.variants import SkuPrint, regular
from pddlint.text.normalise import fold

COLUMNS = ("same_words", "same_sheet")

_WORD = re.compile(r"[a-z0-9]+|[^\W_]")
_CHANCE = 3  # prices or variants from which two listings hardly have the same by chance
_HALF = 0.5  # of the nats of parts that come together anyway: neighbouring bigrams, attributes of one kind of goods
Count = Callable[[Sequence[Hashable], Ints], Ints]


class Wholes(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Digests (64 bits) of what of a listing is compared whole, 0 for nothing.

    `words` are the title's words in one order, whatever order they stand in: numbers and Latin words whole, else
    letters. `sheet` is what stands in a listing apart from words and pictures: attributes, prices and SKU table, where
    it has attributes and prices. `ladder` are its prices and `table` its variants, where three or more make chance
    unlikely.
    """

    words: int = 0
    sheet: int = 0
    ladder: int = 0
    table: int = 0


def wholes(title: str, text: TextPrint, skus: Sequence[SkuPrint]) -> Wholes:
    """Those of a listing, given its title and what its words and SKUs come to."""
    words = " ".join(sorted(_WORD.findall(fold(title))))
    steps = sorted({sku.price_fen for sku in regular(skus) if sku.price_fen}) if text.names else ()
    sheet = (tuple(steps), tuple(sorted({sku.values for sku in skus})), text.names, text.values) if steps else ()
    prices = tuple(sorted({sku.price_fen for sku in skus if sku.price_fen}))
    variants = tuple(sorted({sku.values for sku in skus if sku.values}))
    return Wholes(
        words=digest(words) if words else 0,
        sheet=digest(sheet) if sheet else 0,
        ladder=digest(prices) if len(prices) >= _CHANCE else 0,
        table=digest(variants) if len(variants) >= _CHANCE else 0,
    )


class Kin:
    """Which listings have one and the same whole, and how telling that is: the natural logarithm of how many listings
    have it, and how many would by chance."""

    def __init__(self, wholes: Keys, nats: Floats, able: Ints, count: Count) -> None:
        """`wholes` are the digests of what each listing has (0 for nothing), `nats` how rare its parts are together,
        `able` how many listings might have it at all; `count` tells how many of the merchant's listings have each,
        given how many of those at hand do."""
        known, number, here = np.unique(wholes, return_inverse=True, return_counts=True)
        self.number = number.astype(np.int64)
        held = count(known.tolist(), here.astype(np.int64))[self.number]
        rows = zip(held.tolist(), able.tolist(), nats.tolist(), strict=True)
        self.crowd = np.array([log(max(have, 2) + might * exp(-_HALF * rare)) for have, might, rare in rows])
        self.crowd[wholes == 0] = np.nan

    def compare(self, i: Ints, j: Ints) -> Floats:
        """That logarithm for each pair, NaN for those that do not have the same."""
        found: Floats = np.where(self.number[i] == self.number[j], np.maximum(self.crowd[i], self.crowd[j]), np.nan)
        return found
