"""How alike two listings' words are: one row of evidence a pair, thousands of pairs at a time.

Frequencies are those of the merchant, shrunk to a flat background (`TextStats`), so that a shop of forty listings
whose titles share a skeleton and a shop of ten thousand both weigh a word by how much it tells there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from pddlint.matching.sets import Cells, Ints, Sets, Weighed, number_sets
from pddlint.matching.textprint import KINDS, Ids, TextPrint, name_values, text_print, unpack_all

__all__ = ["FEATURES", "TextEvidence", "TextPrint", "TextStats", "compare", "compare_many", "text_print"]

Floats = NDArray[np.float64]
Pairs = NDArray[np.int64]

_BACKGROUND = 50.0  # the background weighs as much as this many listings
_SHARE = 0.05  # share of listings the background expects to hold any one bigram or attribute value
_CHUNK = 1 << 17  # pairs compared at a time: bounds memory

_MATERIAL, _SEASON = KINDS.index("material"), KINDS.index("season")


class TextEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """The evidence of one pair, NaN where there is nothing to compare. Sums are in nats of inverse document frequency.

    title_cosine, title_cover (shared weight over the lighter title's), title_shared and title_left (weight both hold,
    weight only one holds; square roots), title_rarest (weight of the rarest shared bigram), title_same (1 when equal
    but for blanks and punctuation), core_dice (titles without facets); attribute_cosine, attribute_shared (square
    root of the weight both hold), attribute_agree (share of the attributes both state on which they agree, shrunk by
    two); agree and conflict counts by kind of attribute (a value that says nothing counts half); price_conflict;
    style (1 same style number, .5 share a part, 0 differ), model (1 share a model token, 0 each holds others), brand
    (1, 0; .5 when one states none), number (1 same numbers, .5 some shared or one has none, 0 each title holds a
    number the other lacks), category (1 same leaf, .5 same root, 0).
    """

    title_cosine: float
    title_dice: float
    title_cover: float
    title_shared: float
    title_left: float
    title_rarest: float
    title_same: float
    core_dice: float
    attribute_cosine: float
    attribute_shared: float
    attribute_agree: float
    shape_agree: float
    shape_conflict: float
    material_agree: float
    material_conflict: float
    taste_agree: float
    taste_conflict: float
    season_agree: float
    season_conflict: float
    other_agree: float
    other_conflict: float
    price: float
    style: float
    model: float
    brand: float
    number: float
    category: float


FEATURES: tuple[str, ...] = TextEvidence.__struct_fields__
_SUMS = frozenset({"title_cover", "title_shared", "title_left"})
_TITLES = _SUMS | {"title_cosine", "title_dice", "title_rarest", "core_dice"}
_ATTRIBUTES = frozenset({"attribute_cosine", "attribute_shared"})
_COUNTS = frozenset(n for n in FEATURES if n.endswith(("_agree", "_conflict"))) | {"price"}
_CHEAP = frozenset(FEATURES) - _TITLES - _ATTRIBUTES - _COUNTS


class TextStats(msgspec.Struct, frozen=True):
    """In how many of a merchant's listings each bigram and attribute value occurs."""

    listings: int
    grams: Ids
    gram_listings: NDArray[np.int64]
    values: NDArray[np.uint64]
    value_listings: NDArray[np.int64]

    @staticmethod
    def fit(prints: Sequence[TextPrint]) -> TextStats:
        """Counts over all prints of a merchant; an empty sequence gives the bare background."""
        grams, gram_listings = np.unique(unpack_all([p.grams for p in prints])[0], return_counts=True)
        values, value_listings = np.unique(name_values(prints)[0], return_counts=True)
        return TextStats(len(prints), grams, gram_listings, values, value_listings)

    @staticmethod
    def merge(parts: Sequence[TextStats]) -> TextStats:
        """The counts over all listings of several parts together."""
        grams, at = np.unique(np.concatenate([p.grams for p in parts]), return_inverse=True)
        values, where = np.unique(np.concatenate([p.values for p in parts]), return_inverse=True)
        gram_listings = np.bincount(at, np.concatenate([p.gram_listings for p in parts]), len(grams))
        value_listings = np.bincount(where, np.concatenate([p.value_listings for p in parts]), len(values))
        listings = sum(part.listings for part in parts)
        return TextStats(listings, grams, gram_listings.astype(np.int64), values, value_listings.astype(np.int64))

    def gram_weights(self, ids: Ids) -> Floats:
        """Inverse document frequency of each bigram, in nats, at least .05."""
        return self._weights(ids, self.grams, self.gram_listings)

    def value_weights(self, ids: NDArray[np.uint64]) -> Floats:
        """The same for attribute name-value pairs."""
        return self._weights(ids, self.values, self.value_listings)

    def _weights(
        self, ids: NDArray[np.unsignedinteger], known: NDArray[np.unsignedinteger], counts: NDArray[np.int64]
    ) -> Floats:
        found = np.zeros(len(ids))
        if len(known):
            at = np.minimum(np.searchsorted(known, ids), len(known) - 1)
            found = np.where(known[at] == ids, counts[at], 0)
        return idf(found, self.listings)


def idf(held: NDArray[Any], listings: int) -> Floats:
    """Inverse document frequency of what so many of so many listings hold, in nats, at least .05."""
    return np.maximum(np.log((listings + _BACKGROUND) / (held + _BACKGROUND * _SHARE)), 0.05)


def compare(a: TextPrint, b: TextPrint, stats: TextStats) -> TextEvidence:
    """The evidence of one pair."""
    row = compare_many([a, b], np.array([[0, 1]]), stats)[0]
    return TextEvidence(**dict(zip(FEATURES, map(float, row), strict=True)))


def compare_many(prints: Sequence[TextPrint], pairs: Pairs, stats: TextStats) -> Floats:
    """The evidence of every pair (i, j) of indices into `prints`: shape (len(pairs), len(FEATURES)), NaN for
    missing."""
    book = Book(prints, stats)
    result = np.empty((len(pairs), len(FEATURES)))
    for start in range(0, len(pairs), _CHUNK):
        part = pairs[start : start + _CHUNK]
        result[start : start + _CHUNK] = book.compare(part[:, 0], part[:, 1])
    return result


class Book:
    """A merchant's prints as arrays, one row a listing."""

    def __init__(self, prints: Sequence[TextPrint], stats: TextStats) -> None:
        self.grams = _weighed(*unpack_all([p.grams for p in prints]), stats.gram_weights)
        self.gram_moments = _moments(self.grams)
        self.core = number_sets(*unpack_all([p.core for p in prints]))
        self.models = number_sets(*unpack_all([p.models for p in prints]))
        self.numbers = number_sets(*unpack_all([p.numbers for p in prints]))
        self.brands = number_sets(*unpack_all([p.brands for p in prints]))
        self.values = _weighed(*name_values(prints), stats.value_weights)
        self.value_moments = _moments(self.values)
        self.name_kinds, self.names = _kinded(prints, by_value=False)
        self.value_kinds, self.stated = _kinded(prints, by_value=True)
        self.title = np.array([p.title for p in prints], np.uint64)
        self.style = np.array([p.style for p in prints], np.uint64)
        self.leaf = np.array([hash(p.category) for p in prints])
        self.root = np.array([hash(p.category[:4]) for p in prints])
        self.filed = np.array([bool(p.category) for p in prints])

    def compare(self, i: Ints, j: Ints) -> Floats:
        """All evidence of pairs: shape (pairs, FEATURES)."""
        found = self.evidence(i, j)
        return np.array([found[name] for name in FEATURES]).T

    def evidence(self, i: Ints, j: Ints, wanted: Collection[str] = FEATURES) -> dict[str, Floats]:
        """The features wanted, and those that come with them, of pairs."""
        columns: dict[str, Floats] = {}
        if not _TITLES.isdisjoint(wanted):
            columns |= self._titles(i, j, _SUMS.isdisjoint(wanted))
        if not _ATTRIBUTES.isdisjoint(wanted):
            columns |= self._attributes(i, j)
        if not _COUNTS.isdisjoint(wanted):
            columns |= self._kinds(i, j)
        if not _CHEAP.isdisjoint(wanted):
            columns |= self._tokens(i, j)
        return columns

    def _tokens(self, i: Ints, j: Ints) -> dict[str, Floats]:
        """Whether titles, style numbers, models, brands, numbers and categories are the same."""
        titled = (self.gram_moments[2][i] > 0) & (self.gram_moments[2][j] > 0)
        columns = {"title_same": np.where(titled, self.title[i] == self.title[j], np.nan)}
        shared, left, right = self.models.shared(i, j), self.models.filled[i], self.models.filled[j]
        columns["model"] = np.where(left & right, shared > 0, np.nan)
        a, b = self.style[i], self.style[j]
        columns["style"] = np.where((a > 0) & (b > 0), np.where(a == b, 1.0, np.where(shared > 0, 0.5, 0.0)), np.nan)
        left, right = self.brands.filled[i], self.brands.filled[j]
        columns["brand"] = np.where(left & right, self.brands.shared(i, j) > 0, np.where(left | right, 0.5, np.nan))
        shared, mine, theirs = self.numbers.shared(i, j), self.numbers.size[i], self.numbers.size[j]
        conflict = (shared < mine) & (shared < theirs)
        equal = (shared == mine) & (mine == theirs)
        columns["number"] = np.where(mine + theirs == 0, np.nan, np.where(conflict, 0.0, np.where(equal, 1.0, 0.5)))
        filed = self.filed[i] & self.filed[j]
        same = np.where(self.leaf[i] == self.leaf[j], 1.0, np.where(self.root[i] == self.root[j], 0.5, 0.0))
        columns["category"] = np.where(filed, same, np.nan)
        return columns

    def _titles(self, i: Ints, j: Ints, brief: bool) -> dict[str, Floats]:
        """What titles share; `brief` leaves out the sums of shared weights."""
        length, total, count = self.gram_moments
        both = self.grams.common(i, j)
        common = both.count()
        found = {
            "title_cosine": _ratio(both.sum(), np.sqrt(length[i] * length[j])),
            "title_dice": _ratio(2.0 * common, count[i] + count[j]),
            "title_rarest": np.sqrt(both.greatest()),
        }
        if not brief:
            shared = np.bincount(both.row, np.sqrt(both.weight), len(i))
            found["title_cover"] = _ratio(shared, np.minimum(total[i], total[j]))
            found["title_shared"] = np.sqrt(shared)
            found["title_left"] = np.sqrt(np.maximum(total[i] + total[j] - 2 * shared, 0))
        empty = (count[i] == 0) | (count[j] == 0)
        found = {name: np.where(empty, np.nan, column) for name, column in found.items()}
        core, left, right = self.core.shared(i, j), self.core.size[i], self.core.size[j]
        found["core_dice"] = np.where((left > 0) & (right > 0), _ratio(2.0 * core, left + right), np.nan)
        return found

    def _attributes(self, i: Ints, j: Ints) -> dict[str, Floats]:
        length, _, count = self.value_moments
        cosine, shared = np.full(len(i), np.nan), np.full(len(i), np.nan)
        rows = np.flatnonzero((count[i] > 0) & (count[j] > 0))
        if len(rows):
            i, j = i[rows], j[rows]
            both = self.values.common(i, j)
            cosine[rows] = _ratio(both.sum(), np.sqrt(length[i] * length[j]))
            shared[rows] = np.sqrt(np.bincount(both.row, np.sqrt(both.weight), len(rows)))
        return {"attribute_cosine": cosine, "attribute_shared": shared}

    def _kinds(self, i: Ints, j: Ints) -> dict[str, Floats]:
        """On how many attributes of each kind the listings agree, and on how many they do not."""
        count = self.value_moments[2]
        both = _by_kind(self.names.common(i, j), self.name_kinds)
        agree = _by_kind(self.stated.common(i, j), self.value_kinds)
        conflict = np.maximum(both - agree, 0)
        empty = (count[i] == 0) | (count[j] == 0)
        found = {"attribute_agree": (agree.sum(1)) / (both.sum(1) + 2)}
        for kind in ("shape", "material", "taste", "season", "other"):
            at = KINDS.index(kind)
            found[f"{kind}_agree"] = agree[:, at]
            found[f"{kind}_conflict"] = conflict[:, at]
        at = KINDS.index("price")
        found = {name: np.where(empty, np.nan, column) for name, column in found.items()}
        found["price"] = np.where(both[:, at] > 0, agree[:, at] > 0, np.nan)
        return found


def _weighed(flat: NDArray[Any], size: Ints, weigh: Callable[..., Floats]) -> Weighed:
    """One set a listing, each id with its weight; `flat` are the ids listing by listing, `size` of each."""
    ids, columns = np.unique(flat, return_inverse=True)
    held = Sets(columns.astype(np.int64), size, len(ids))
    return Weighed(held, weigh(ids)[columns])


def _kinded(prints: Sequence[TextPrint], *, by_value: bool) -> tuple[NDArray[np.int64], Weighed]:
    """Attributes as columns (by name, or by name and value), empty values weighing half; and each column's kind."""
    flat, size = name_values(prints) if by_value else unpack_all([p.names for p in prints])
    codes = np.frombuffer(b"".join(p.kinds for p in prints), np.uint8)
    ids, columns = np.unique(flat, return_inverse=True)
    kinds = np.zeros(max(len(ids), 1), np.int64)
    kinds[columns] = codes & 127
    held = Sets(columns.astype(np.int64), size, len(ids))
    return kinds, Weighed(held, np.where(codes & 128, 0.5, 1.0))


def _by_kind(both: Cells, kinds: NDArray[np.int64]) -> Floats:
    """The weight of what each pair shares, by kind: shape (pairs, KINDS)."""
    cells = both.row * len(KINDS) + kinds[both.column]
    sums: Floats = np.bincount(cells, both.weight, both.pairs * len(KINDS)).astype(float)
    return sums.reshape(-1, len(KINDS))


def _moments(weighed: Weighed) -> tuple[Floats, Floats, Floats]:
    """Per row: sum of squares, sum, number of cells."""
    return weighed.squares(), weighed.sum(), weighed.held.size.astype(float)


def _ratio(part: NDArray[Any], whole: NDArray[Any]) -> Floats:
    ratio: Floats = np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)
    return ratio
