"""One vector of evidence a pair: every comparison a number, NaN where there is nothing to compare.

The columns are COLUMNS, in order; what each level of them weighs is data (`scoring`). Bulk comparisons (words,
picture hashes) are made for all pairs at once, the rest pair by pair on small sets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from pddlint.matching import category, designs, gallery, identity, textual, variants
from pddlint.matching.fingerprint import Fingerprint

Floats = NDArray[np.float64]
Pairs = NDArray[np.int64]
NAN = float("nan")

OWN: tuple[str, ...] = (
    "category_near",
    "crowd",
    "picture",
    "picture_main",
    "local",
    "local_main",
    "ladder",
    "price_near",
    "variants",
    "code",
    "stem",
    "design",
    "article",
    "model",
    "generation",
    "audience",
    "material",
    "parameter",
    "form",
    "edition",
    "fitment",
    "title_brand",
)
TEXT = tuple(f"text_{name}" for name in textual.FEATURES)
_SERIES = ("generation", "volume_no", "age")
_FORM = ("form", "grade", "processing")
COLUMNS: tuple[str, ...] = OWN + TEXT


class Merchant:
    """All fingerprints of a merchant with what is counted over them: frequencies, price ladders, albums."""

    def __init__(self, fingerprints: Sequence[Fingerprint]) -> None:
        self.all = list(fingerprints)
        self.prints = [f.text for f in self.all]
        self.stats = textual.TextStats.fit(self.prints)
        self.shelf = category.Shelf(f.category for f in self.all)
        self.album = gallery.album([f.shots for f in self.all])
        self.regular = [variants.regular(f.skus) for f in self.all]
        self.prices = [sorted({s.price_fen for s in r if s.price_fen}) for r in self.regular]
        self.values = [frozenset(v for s in f.skus for v in s.values) for f in self.all]
        counts = Counter(v for values in self.values for v in values)
        self.value_weight = {v: log((len(self.all) + 2) / (n + 1)) + 0.1 for v, n in counts.items()}
        self.codes = [frozenset(f.codes) for f in self.all]
        self.stems = Counter(f.stem for f in self.all if f.stem)
        self.articles = [identity.articles(f.traits) for f in self.all]
        self.article_listings = Counter(code for codes in self.articles for code in codes)

    def compare(self, pairs: Pairs) -> Floats:
        """Evidence of every pair: shape (pairs, COLUMNS)."""
        text = textual.compare_many(self.prints, pairs, self.stats)
        hashes = gallery.compare(self.album, pairs)
        own = np.full((len(pairs), len(OWN)), NAN)
        for row, (i, j) in enumerate(pairs.tolist()):
            own[row] = self._own(i, j)
        own[:, OWN.index("picture")] = hashes.likeness
        return np.hstack([own, text])

    def _own(self, i: int, j: int) -> list[float]:
        a, b = self.all[i], self.all[j]
        code = NAN
        if self.codes[i] and self.codes[j]:
            code = len(self.codes[i] & self.codes[j]) / min(len(self.codes[i]), len(self.codes[j]))
        stem = NAN
        if a.stem and b.stem and max(self.stems[a.stem], self.stems[b.stem]) <= 12:
            stem = float(a.stem == b.stem)
        x, y = a.traits, b.traits
        return [
            category.nearness(a.category, b.category),
            self.shelf.crowd(a.category, b.category),
            NAN,
            NAN,
            NAN,
            NAN,
            variants.ladder(self.prices[i], self.prices[j]),
            variants.likeness(variants.price_gap(self.regular[i], self.regular[j])),
            variants.shared_values(self.values[i], self.values[j], self.value_weight),
            code,
            stem,
            designs.stance(x.designs, y.designs),
            identity.shared_article(self.articles[i], self.articles[j], self.article_listings),
            identity.stance(x.stated("model"), y.stated("model")),
            identity.stance(identity.merged(x, _SERIES), identity.merged(y, _SERIES)),
            identity.audience(x, y),
            identity.stance(x.stated("material"), y.stated("material")),
            identity.stance(x.stated("parameter"), y.stated("parameter")),
            identity.stance(identity.merged(x, _FORM), identity.merged(y, _FORM)),
            identity.stance(x.stated("edition"), y.stated("edition")),
            identity.fitment(x, y),
            identity.stance(x.stated("brand"), y.stated("brand")),
        ]
