"""One vector of evidence a pair: every comparison a number, NaN where there is nothing to compare.

The columns are COLUMNS, in order; what each level of them weighs is data (`scoring`). Bulk comparisons (words, picture
hashes) are made for all pairs at once, the rest pair by pair on small sets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from pddlint.matching import category, gallery, identity, textual, variants
from pddlint.matching.fingerprint import Fingerprint

Floats = NDArray[np.float64]
Pairs = NDArray[np.int64]
NAN = float("nan")

TABLE = ("category_near", "crowd", "ladder", "price_near", "variants", "code", "codes", "stem")
PICTURES = ("picture", "local_main", "local")  # by hashes; by local features, filled in for the pairs verified
TEXT = tuple(f"text_{name}" for name in textual.FEATURES)
COLUMNS: tuple[str, ...] = (*PICTURES, *TABLE, *identity.COLUMNS, *TEXT)

_STYLE_LISTINGS = 12  # a code stem that more listings bear is a brand's or a shop's prefix, no style number
_CODE_LISTINGS = 4  # a merchant code that more listings bear is a size or a placeholder
_ALIKE = 0.6  # share of all codes of both that both have, from which the lists are much the same
_MANY = 8  # codes that no two listings share by chance
_PRICE_LISTINGS = 5  # a price that more listings have says little


class Merchant:
    """All fingerprints of a merchant with what is counted over them: frequencies, price ladders, albums."""

    def __init__(self, fingerprints: Sequence[Fingerprint]) -> None:
        self.all = list(fingerprints)
        self.prints = [f.text for f in self.all]
        self.stats = textual.TextStats.fit(self.prints)
        self.shelf = category.Shelf(f.category for f in self.all)
        self.album = gallery.album([f.shots for f in self.all])
        self.tables = [variants.table(f.skus) for f in self.all]
        self.priced = Counter(price for table in self.tables for price in table.prices)
        counts = Counter(value for table in self.tables for value in table.values)
        self.weight = {value: log((len(self.all) + 2) / (n + 1)) + 0.1 for value, n in counts.items()}
        self.codes = [frozenset(f.codes) for f in self.all]
        self.coded = Counter(code for codes in self.codes for code in codes)
        self.stems = Counter(f.stem for f in self.all if f.stem)
        self.identities = [identity.identity(f.traits) for f in self.all]
        self.articles = Counter(code for known in self.identities for code in known.articles)

    def compare(self, pairs: Pairs) -> Floats:
        """Evidence of every pair: shape (pairs, COLUMNS). Local features are not looked at: those columns are NaN."""
        pictures = np.full((len(pairs), len(PICTURES)), NAN)
        pictures[:, 0] = gallery.compare(self.album, pairs).likeness
        own = np.empty((len(pairs), len(TABLE) + len(identity.COLUMNS)))
        for row, (i, j) in enumerate(pairs.tolist()):
            own[row] = self._table(i, j) + identity.compare(self.identities[i], self.identities[j], self.articles)
        return np.hstack([pictures, own, textual.compare_many(self.prints, pairs, self.stats)])

    def _table(self, i: int, j: int) -> tuple[float, ...]:
        a, b = self.all[i], self.all[j]
        x, y = self.tables[i], self.tables[j]
        return (
            category.nearness(a.category, b.category),
            self.shelf.crowd(a.category, b.category),
            variants.ladder(x.prices, y.prices),
            variants.likeness(variants.price_gap(x.regular, y.regular), self._common(x.prices, y.prices)),
            variants.shared_values(x.values, y.values, self.weight),
            self._codes(i, j),
            self._rare_codes(i, j),
            self._stems(a.stem, b.stem),
        )

    def _common(self, a: Sequence[int], b: Sequence[int]) -> bool:
        """Whether many listings share the prices that both have: 9.90 everywhere tells nothing."""
        shared = set(a).intersection(b)
        return bool(shared) and min(self.priced[price] for price in shared) > _PRICE_LISTINGS

    def _codes(self, i: int, j: int) -> float:
        """Share of the shorter list of merchant codes that both have; NaN when either has none."""
        left, right = self.codes[i], self.codes[j]
        if not left or not right:
            return NAN
        return len(left & right) / min(len(left), len(right))

    def _rare_codes(self, i: int, j: int) -> float:
        """How many codes both have that hardly any other listing has, where the two lists are much the same or one
        holds a long other; else 0. NaN when either has no codes.

        A bundle reuses a code or two of its component's, a copied listing all of them: real copies shared 18 of 18 and
        28 of 28.
        """
        left, right = self.codes[i], self.codes[j]
        if not left or not right:
            return NAN
        shared = left & right
        whole = len(shared) >= _MANY and len(shared) > 0.9 * min(len(left), len(right))
        if not whole and len(shared) < _ALIKE * len(left | right):
            return 0.0
        return float(sum(self.coded[code] <= _CODE_LISTINGS and len(code) > 3 for code in shared))

    def _stems(self, a: str, b: str) -> float:
        if not a or not b or max(self.stems[a], self.stems[b]) > _STYLE_LISTINGS:
            return NAN
        return float(a == b)
