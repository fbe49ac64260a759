"""Which listings' words lie nearest: products over bigrams and attributes, and MinHash for very large shops.

Bigrams and attribute values that very many listings share cost most and tell least: the products leave them out,
which keeps their cost in proportion to the number of listings. MinHash (Broder 1997) brings back much alike titles
made of nothing but such bigrams, and those of which a listing has more than there are neighbours to name; where there
is neither, it could bring nothing, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from pddlint.matching.keys import Coded, Indices, Keys, code, distinct, grouped
from pddlint.matching.sets import Sets, Weighed, parts
from pddlint.matching.textual import idf

_COMMON = 600  # an id that more listings hold is too common to look up by
_ROWS = 250  # listings looked up at a time: their tables take memory that is at hand
_SMALL, _PRODUCTS = 4_096, 1 << 23  # up to so many listings and products of cells numpy alone is quicker
_PORTION = 1 << 14  # products at a time: what fits in the processor's cache
_FALL = 18  # bits; in hundred-thousandths two cosines of at most 1 need fewer
_FLOORS = (0.12, 0.12, 0.24)  # cosines of titles, of attributes and sums of both below prove nothing

_BANDS, _DEPTH = 60, 5  # a pair of Jaccard similarity s is found with probability 1 - (1 - s**5)**60
_CELLS = 1 << 22  # of titles that are checked at a time: bounds memory
_TABLE = 1 << 20  # hashes worked out at a time: what fits in the processor's cache
_ALIKE = 0.45  # title cosine that a MinHash find must reach
_ROUNDING = 1e-3  # far more than cosines are off in single precision

Cells = tuple[Indices, Indices, NDArray[np.float32]]


class Words(msgspec.Struct, frozen=True):
    """Hashes of some listings' words: `ids` listing by listing, sorted and unique in each, `size` how many of each."""

    ids: NDArray[Any]
    size: Indices

    @staticmethod
    def of(rows: Sequence[NDArray[Any]], kind: type[np.unsignedinteger]) -> Words:
        return Words(np.concatenate(rows) if rows else np.empty(0, kind), np.array([len(r) for r in rows], np.int64))

    @staticmethod
    def join(parts: Sequence[Words]) -> Words:
        """The words of all parts, one after the other."""
        return Words(np.concatenate([part.ids for part in parts]), np.concatenate([part.size for part in parts]))

    def weighed(self) -> Weighed:
        """One set a listing, each id with its weight (as in `TextStats`)."""
        ids, columns, listings = np.unique(self.ids, return_inverse=True, return_counts=True)
        held = Sets(columns.astype(np.int64), self.size, len(ids))
        return Weighed(held, idf(listings, len(self.size))[columns])


def neighbours(grams: Words, values: Words, count: int, share: int = 0, shares: int = 1) -> Coded:
    """Pairs in which one is among the other's `count` nearest by title, by attributes, or by both together.

    Of these, a share: that of the listings whose turn it is, one of `shares`.
    """
    n = len(grams.size)
    weighed = grams.weighed()
    titles, attributes = _Rows(weighed), _Rows(values.weighed())
    small = n <= _SMALL and titles.products + attributes.products <= _PRODUCTS
    multiply = _Dense(titles, attributes) if small else _Sparse(titles, attributes)
    found = []
    step = max(1, min(_ROWS, -(-n // shares)))
    least = _ALIKE - titles.left_out - _ROUNDING  # that the products give much alike titles
    hidden = shares > 1 or least < _FLOORS[0]  # whether much alike titles may not be among the nearest
    for start in range(share * step, n, shares * step):
        for kind, (cells, floor) in enumerate(zip(multiply.cells(start, start + step), _FLOORS, strict=True)):
            found.append(_top(*cells, start, count, floor, n))
            rows, _, likeness = cells
            hidden = hidden or (kind == 0 and np.bincount(rows[likeness >= least]).max(initial=0) > count)
    if hidden and n > _COMMON:
        found.append(_alike(grams, weighed, range(share, _BANDS, shares)))
    return distinct(found)


class _Rows:
    """Rows of length one, cell by cell, measured before the too common columns are emptied (so products never overrate
    a pair). `first` is where each row begins, `products` how many cells pairs of rows have in common, `left_out` the
    most that the emptied columns would add to any product."""

    def __init__(self, weighed: Weighed) -> None:
        held, n = weighed.held, len(weighed.held.size)
        listings = held.listings()
        rare = (listings > 1) & (listings <= _COMMON)
        owners = held.owners()
        value = weighed.weight * (1 / np.sqrt(np.maximum(weighed.squares(), 1e-9)))[owners]
        common = np.flatnonzero((listings > _COMMON)[held.ids])
        self.left_out = float(np.bincount(owners[common], value[common] ** 2).max(initial=0))  # by Cauchy and Schwarz
        kept = np.flatnonzero(rare[held.ids])
        self.shape = (n, max(held.values, 1))
        self.column = held.ids[kept]
        self.value = value[kept].astype(np.float32)
        self.first = np.concatenate([[0], np.cumsum(np.bincount(owners[kept], minlength=n))]).astype(np.int64)
        self.products = int((listings[rare] ** 2).sum())


class _Dense:
    """Products of a few thousand rows at most, without loading scipy: that takes longer. The sums run in scipy's order,
    in its precision."""

    def __init__(self, *factors: _Rows) -> None:
        self._factors = [(rows, *self._by_column(rows)) for rows in factors]

    @staticmethod
    def _by_column(rows: _Rows) -> tuple[Indices, NDArray[np.float32], Indices]:
        """The cells column by column: the row of each, its value, and where each column begins."""
        order = np.argsort(rows.column, kind="stable")
        owners = np.repeat(np.arange(rows.shape[0]), np.diff(rows.first))
        first = np.searchsorted(rows.column[order], np.arange(rows.shape[1] + 1))
        return owners[order], rows.value[order], first

    def cells(self, start: int, stop: int) -> Iterator[Cells]:
        """(row from `start`, column, likeness) of some rows with all: of each factor, then of both together."""
        n = self._factors[0][0].shape[0]
        tables = [self._table(*factor, start, stop) for factor in self._factors]
        for table, floor in zip((*tables, tables[0] + tables[1]), _FLOORS, strict=True):
            cells = np.flatnonzero(table >= np.float32(floor))
            rows = cells // n
            yield rows, cells - rows * n, table[cells]

    @staticmethod
    def _table(
        rows: _Rows, owners: Indices, values: NDArray[np.float32], first: Indices, start: int, stop: int
    ) -> NDArray[np.float32]:
        n = rows.shape[0]
        stop = min(stop, n)
        begin, end = rows.first[start], rows.first[stop]
        column, value = rows.column[begin:end], rows.value[begin:end]
        line = np.repeat(np.arange(stop - start) * n, np.diff(rows.first[start : stop + 1]))
        met = np.diff(first)[column]
        table = np.zeros((stop - start) * n, np.float32)
        for part in parts(met, _PORTION):
            size = met[part]
            at = np.repeat(first[column[part]] - (np.cumsum(size) - size), size) + np.arange(size.sum())
            np.add.at(table, np.repeat(line[part], size) + owners[at], np.repeat(value[part], size) * values[at])
        return table


class _Sparse:
    """The same products for any number of rows."""

    def __init__(self, *factors: _Rows) -> None:
        from scipy import sparse

        made = [sparse.csr_matrix((one.value, one.column, one.first), shape=one.shape) for one in factors]
        self._factors = [(matrix, matrix.T.tocsr()) for matrix in made]

    def cells(self, start: int, stop: int) -> Iterator[Cells]:
        tables = [matrix[start:stop] @ turned for matrix, turned in self._factors]
        for table in (*tables, tables[0] + tables[1]):
            rows = np.repeat(np.arange(table.shape[0], dtype=np.int64), np.diff(table.indptr))
            yield rows, table.indices.astype(np.int64), table.data


def _top(
    rows: Indices, columns: Indices, likeness: NDArray[np.float32], start: int, count: int, floor: float, n: int
) -> Coded:
    """The `count` best cells of each row that reach `floor`, ties by column, as coded pairs."""
    cells = np.flatnonzero((likeness >= floor) & (rows + start != columns))
    rows, columns = rows[cells], columns[cells]
    # One number a cell, ascending by row, falling likeness, column: likeness in steps of a hundred-thousandth.
    falling = (1 << _FALL) - 1 - np.rint(likeness[cells] * np.float32(1e5)).astype(np.int64)
    packed = np.sort((((rows << _FALL) | falling) << 32) | columns)
    rows, columns = packed >> (32 + _FALL), packed & 0xFFFFFFFF
    size = np.bincount(rows)
    best = np.arange(len(rows)) - (np.cumsum(size) - size)[rows] < count
    return code(rows[best] + start, columns[best], n)


def _alike(grams: Words, weighed: Weighed, bands: Iterable[int]) -> Coded:
    """Pairs of much alike titles by MinHash, each checked."""
    n = len(grams.size)
    found = [grouped(*some, n, group=30, window=10, common=2_000) for some in minhash_bands(grams, bands)]
    coded = distinct(found)
    length = weighed.squares()
    close = [np.empty(0, np.int64)]
    for part in parts(grams.size[coded // n], _CELLS):
        i, j = coded[part] // n, coded[part] % n
        shared = weighed.common(i, j).sum()
        close.append(coded[part][shared >= _ALIKE * np.sqrt(length[i] * length[j])])
    return np.concatenate(close)


def _scattered(count: int) -> NDArray[np.uint32]:
    """The same numbers in any run, on any machine, that look like chance (Steele et al. 2014, SplitMix64)."""
    mixed = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (mixed >> np.uint64(32)).astype(np.uint32)


def minhash_bands(grams: Words, bands: Iterable[int] = range(_BANDS)) -> Iterator[tuple[Indices, Keys]]:
    """(listing, key) of every listing with a title, by listing, for some bands after the other: listings that share a
    key have much alike titles."""
    filled = np.flatnonzero(grams.size)
    if not len(filled):
        return
    known, column = np.unique(grams.ids, return_inverse=True)
    order = np.argsort(-grams.size[filled], kind="stable")  # longest first: those with a next bigram are the first ones
    first = (np.cumsum(grams.size) - grams.size)[filled][order]
    longer = len(filled) - np.cumsum(np.bincount(grams.size[filled]))  # than 0, 1, 2 … bigrams
    together = max(1, _TABLE // (_DEPTH * max(len(known), len(filled))))
    every = iter(bands)
    while some := list(islice(every, together)):
        table = _hashed(known, some)
        least = table[column[first]]
        for place, count in enumerate(longer[1:-1].tolist(), 1):
            np.minimum(least[:count], table[column[first[:count] + place]], out=least[:count])
        keys = np.empty((len(filled), len(some)), np.uint64)
        keys[order] = _joined(least.reshape(len(filled), len(some), _DEPTH), some)
        yield np.repeat(filled, len(some)), keys.ravel()


def _hashed(known: NDArray[Any], bands: Sequence[int]) -> NDArray[np.uint32]:
    """The hashes of each bigram: shape (bigrams, bands * _DEPTH)."""
    factors, shifts = _scattered(2 * _BANDS * _DEPTH).reshape(2, _BANDS, _DEPTH)[:, bands].reshape(2, -1)
    mixed: NDArray[np.uint32] = known[:, None] * (factors | np.uint32(1))
    mixed += shifts
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x2C1B3C6D)
    mixed ^= mixed >> np.uint32(12)
    return mixed


def _joined(least: NDArray[np.uint32], bands: Sequence[int]) -> NDArray[np.uint64]:
    """One key for the least hashes of each band; (listings, bands)."""
    key = np.broadcast_to(np.array(bands, np.uint64), least.shape[:2])
    for depth in range(_DEPTH):
        key = (key ^ least[:, :, depth]) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    return key
