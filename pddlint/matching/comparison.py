"""One vector of evidence a pair: every comparison a number, NaN where there is nothing to compare.

The columns are COLUMNS, in order; what each level of them weighs is data (`scoring`). All comparisons are made for many
pairs at once, over arrays that are made once a merchant.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from functools import partial
from math import log

import msgspec
import numpy as np
from numpy.typing import NDArray

from pddlint.matching import gallery, identity, kin, textual
from pddlint.matching.category import Shelf
from pddlint.matching.fingerprint import Fingerprint
from pddlint.matching.mains import Good, Mains
from pddlint.matching.prices import Prices
from pddlint.matching.sets import Ints, Weighed, numbered, parts, sets
from pddlint.matching.tally import Tally

Floats = NDArray[np.float64]
Pairs = NDArray[np.int64]
NAN = float("nan")

TABLE = ("category_near", "crowd", "ladder", "price_near", "variants", "code", "codes", "stem")
PICTURES = ("picture", "strange", "shared", "local_main")  # by hashes; by local features, where pairs are verified
TEXT = tuple(f"text_{name}" for name in textual.FEATURES)
COLUMNS: tuple[str, ...] = (*PICTURES, *TABLE, *kin.COLUMNS, *identity.COLUMNS, *TEXT)
PRICES = ("ladder", "price_near")
PRINTS = ("picture", "strange", "shared")
WORDS = ("variants", "text_title_cosine", "text_core_dice", "text_title_rarest", "text_attribute_cosine")
LATER = (WORDS, (*PRICES, *PRINTS))  # the dearest columns, in the order in which they are best computed

_STYLE_LISTINGS = 12  # a code stem that more listings bear is a brand's or a shop's prefix, no style number
_CODE_LISTINGS = 4  # a merchant code that more listings bear is a size or a placeholder
_ALIKE = 0.6  # share of all codes of both that both have, from which the lists are much the same
_MANY = 8  # codes that no two listings share by chance
_PRICE_LISTINGS = 5  # a price that more listings have says little
_PRICES_APART = log(2)  # listings of one title, one of which costs more than twice as much, may be all sorts of things
_CHUNK = 1 << 15  # pairs compared at a time, at most, and
_CELLS = 1 << 22  # words, attributes, codes and variant values in them: bounds memory
_CHEAP = frozenset((*TABLE, *kin.COLUMNS, *identity.COLUMNS)) - {*PRICES, *WORDS}
_WORD = dict(zip(TEXT, textual.FEATURES, strict=True))


class Statistics(msgspec.Struct, frozen=True):
    """What is counted over all listings of a merchant, however many parts they come in.

    How many there are and how many of them have prices, the words' frequencies, and how many hold each category, price,
    variant value, code, stem, article number, picture and main picture, title's words and data sheet.
    """

    listings: int
    priced: int
    words: textual.TextStats
    shelves: Tally
    prices: Tally
    values: Tally
    codes: Tally
    stems: Tally
    articles: Tally
    pictures: Tally
    mains: Tally
    titles: Tally
    sheets: Tally

    @staticmethod
    def fit(fingerprints: Sequence[Fingerprint]) -> Statistics:
        """Those of a merchant's listings, or of a part of them."""
        return Merchant(fingerprints).statistics()

    @staticmethod
    def merge(parts: Sequence[Statistics]) -> Statistics:
        """Those of several parts together."""
        tallies = {
            name: Tally.merge([getattr(part, name) for part in parts])
            for name in Statistics.__struct_fields__
            if name not in ("listings", "priced", "words")
        }
        words = textual.TextStats.merge([part.words for part in parts])
        listings, priced = sum(part.listings for part in parts), sum(part.priced for part in parts)
        return Statistics(listings=listings, priced=priced, words=words, **tallies)


class Merchant:
    """Fingerprints of a merchant as arrays, with what is counted over them: frequencies, price ladders, albums.

    `statistics` are those of the whole merchant where the fingerprints are only some of it.
    """

    def __init__(self, fingerprints: Sequence[Fingerprint], statistics: Statistics | None = None) -> None:
        self._known = statistics
        self._counted: dict[str, tuple[Sequence[Hashable], Ints]] = {}
        self.total = statistics.listings if statistics else len(fingerprints)
        prints = [f.text for f in fingerprints]
        self.words = statistics.words if statistics else textual.TextStats.fit(prints)
        self.book = textual.Book(prints, self.words)
        self.shelf = Shelf([f.category for f in fingerprints], partial(self._count, "shelves"), self.total)
        self._table(fingerprints)
        held = (self.book.grams.held, self.book.values.held, self.values, self.codes)
        self.cells = np.sum([one.size for one in held], axis=0)
        self._kin(fingerprints)
        self.identities = identity.Identities([f.traits for f in fingerprints], self._few_articles)
        pictures, shown = sets(gallery.marks(f.shots) for f in fingerprints)
        listings = self._count("pictures", shown, pictures.listings())
        galleries = [f.shots for f in fingerprints]
        self.mains = Mains(galleries, map(_good, fingerprints), partial(self._count, "mains"))
        self.album = gallery.album(galleries, dict(zip(shown, listings.tolist(), strict=True)), self.mains.copies)

    def _table(self, fingerprints: Sequence[Fingerprint]) -> None:
        """Prices, variants and merchant codes."""
        self.prices = Prices([f.skus for f in fingerprints])
        self.priced = self._known.priced if self._known else int(self.prices.prices.filled.sum())
        self.price_listings = self._count("prices", self.prices.values, self.prices.prices.listings())
        self.common_prices = self.prices.prices.kept(self.price_listings > _PRICE_LISTINGS)
        values, words = sets({value for sku in f.skus for value in sku.values} for f in fingerprints)
        listings = self._count("values", words, values.listings())
        weight = np.array([log((self.total + 2) / (n + 1)) + 0.1 for n in listings.tolist()])
        order = np.array(sorted(range(len(words)), key=lambda at: str(words[at])), np.int64)
        self.values = values.renumbered(order)
        self.value_weight = weight[order]
        self.value_sums = Weighed(self.values, self.value_weight[self.values.ids]).sum()
        self.codes, codes = sets([f.codes for f in fingerprints])
        coded = self._count("codes", codes, self.codes.listings())
        longer = np.fromiter(map(len, codes), np.int64, len(codes)) > 3
        self.rare_codes = self.codes.kept((coded <= _CODE_LISTINGS) & longer)
        self.stem, stems = numbered(f.stem for f in fingerprints)
        borne = self._count("stems", stems, np.bincount(self.stem, minlength=len(stems)).astype(np.int64))
        named = np.array([bool(stem) for stem in stems], bool)
        self.style = (named & (borne <= _STYLE_LISTINGS))[self.stem]

    def _kin(self, fingerprints: Sequence[Fingerprint]) -> None:
        """Titles of the same words, and data sheets that are the same."""
        every = np.full(len(fingerprints), self.total, np.int64)
        titles, nats = np.array([f.wholes.words for f in fingerprints], np.uint64), self.book.gram_moments[1]
        self.same_words = kin.Kin(titles, nats, every, partial(self._count, "titles"))
        np.minimum.at(every, self.prices.prices.owners(), self.price_listings[self.prices.prices.ids])
        sheets, nats = np.array([f.wholes.sheet for f in fingerprints], np.uint64), self.book.value_moments[1]
        self.same_sheet = kin.Kin(sheets, nats, every, partial(self._count, "sheets"))
        self.price_level = self.prices.level()

    def statistics(self) -> Statistics:
        """What is counted over the fingerprints at hand, to be merged with that of others."""
        tallies = {name: Tally.of(values, listings) for name, (values, listings) in self._counted.items()}
        return Statistics(listings=self.total, priced=self.priced, words=self.words, **tallies)

    def compare(self, pairs: Pairs, wanted: Collection[str] = COLUMNS) -> Floats:
        """Evidence of every pair: shape (pairs, COLUMNS). Local features are not looked at: those columns are NaN.
        Columns that are not `wanted` are NaN where leaving them out saves time.
        """
        found = np.empty((len(pairs), len(COLUMNS)), order="F")  # it is looked at column by column
        for part in self.portions(pairs):
            found[part] = matrix(dict(self.evidence(pairs[part], frozenset(wanted))), len(pairs[part]))
        return found

    def portions(self, pairs: Pairs) -> Iterator[slice]:
        """Pairs in portions that can be compared at a time."""
        return parts(np.maximum(self.cells[pairs].max(axis=1), _CELLS // _CHUNK), _CELLS)

    def evidence(self, pairs: Pairs, wanted: frozenset[str]) -> Iterator[tuple[str, Floats]]:
        """The columns wanted, and those that come with them, of a chunk of pairs."""
        i, j = np.ascontiguousarray(pairs.T)
        if not wanted.isdisjoint(PRINTS):
            hashed = gallery.compare(self.album, pairs, self.mains.apart(i, j))
            yield from zip(PRINTS, (hashed.likeness, hashed.strange, hashed.shared), strict=True)
        if not wanted.isdisjoint(PRICES):
            yield "ladder", self.prices.ladder(i, j)
            yield "price_near", self.prices.likeness(i, j, self.common_prices)
        if "variants" in wanted:
            yield "variants", self._shared_values(i, j)
        if not wanted.isdisjoint(_CHEAP):
            yield "category_near", self.shelf.nearness(i, j)
            yield "crowd", self._crowd(i, j)
            yield from zip(("code", "codes"), self._codes(i, j), strict=True)
            yield "stem", np.where(self.style[i] & self.style[j], self.stem[i] == self.stem[j], NAN)
            yield "same_words", self._same_words(i, j)
            yield "same_sheet", self.same_sheet.compare(i, j)
            yield from zip(identity.COLUMNS, self.identities.compare(i, j), strict=True)
        for name, values in self.book.evidence(i, j, {_WORD[column] for column in wanted if column in _WORD}).items():
            yield f"text_{name}", values

    def _count(self, name: str, values: Sequence[Hashable], here: Ints) -> Ints:
        """How many of the merchant's listings hold each value, given how many of those at hand do."""
        if self._known is not None:
            tally: Tally = getattr(self._known, name)
            return tally.count(values)
        self._counted[name] = values, here
        return here

    def _few_articles(self, numbers: Sequence[Hashable], here: Ints) -> NDArray[np.bool_]:
        few: NDArray[np.bool_] = self._count("articles", numbers, here) <= identity.RARE
        return few

    def _shared_values(self, i: Ints, j: Ints) -> Floats:
        """Weighted overlap of variant values (rare values weigh more): shared weight over the smaller side's, NaN if
        one has none.
        """
        found = np.full(len(i), NAN)
        rows = np.flatnonzero(self.values.both(i, j))
        if len(rows):
            i, j = i[rows], j[rows]
            both = self.values.common(i, j)
            shared = np.bincount(both.row, self.value_weight[both.column], len(rows))
            found[rows] = shared / np.minimum(self.value_sums[i], self.value_sums[j])
        return found

    def _crowd(self, i: Ints, j: Ints) -> Floats:
        """Natural logarithm of the number of listings among which the two of each pair stand: those of the shelf, or of
        copies by their pictures as many as these make pairs: the more there are, the likelier the picture is no
        item's.
        """
        spare, same = self.mains.beside(i, j)
        shelf = self.shelf.crowd(i, j, spare)
        return np.where(same > 0, np.minimum(shelf, np.log(np.maximum(same, 2) ** 2 / 2)), shelf)

    def _same_words(self, i: Ints, j: Ints) -> Floats:
        """Kin by title, but for those whose prices are worlds apart."""
        apart = np.abs(self.price_level[i] - self.price_level[j]) > _PRICES_APART
        return np.where(apart, NAN, self.same_words.compare(i, j))

    def _codes(self, i: Ints, j: Ints) -> tuple[Floats, Floats]:
        """Share of the shorter list of merchant codes that both have; and how many codes both have that hardly any
        other listing has, where the two lists are much the same or one holds a long other, else 0. NaN when either has
        none.

        A bundle reuses a code or two of its component's, a copied listing all of them: real copies shared 18 of 18 and
        28 of 28.
        """
        share, rare = np.full(len(i), NAN), np.full(len(i), NAN)
        rows = np.flatnonzero(self.codes.both(i, j))
        i, j = i[rows], j[rows]
        shared, a, b = self.codes.shared(i, j), self.codes.size[i], self.codes.size[j]
        shorter = np.minimum(a, b)
        share[rows] = shared / shorter
        whole = (shared >= _MANY) & (shared > 0.9 * shorter)
        alike = whole | (shared >= _ALIKE * (a + b - shared))
        rare[rows[~alike]] = 0.0
        rare[rows[alike]] = self.rare_codes.shared(i[alike], j[alike])
        return share, rare


def _good(one: Fingerprint) -> Good:
    return Good(one.category, one.traits.products, one.traits.core)


def matrix(evidence: Mapping[str, Floats], pairs: int) -> Floats:
    """Evidence as one row a pair: shape (pairs, COLUMNS), NaN in the columns left out."""
    found = np.full((pairs, len(COLUMNS)), NAN, order="F")
    for place, name in enumerate(COLUMNS):
        if name in evidence:
            found[:, place] = evidence[name]
    return found
