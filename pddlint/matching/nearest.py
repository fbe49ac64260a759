"""Which listings' words lie nearest: sparse products over bigrams and attributes, and MinHash for very large shops.

Bigrams and attribute values that very many listings share cost most and tell least: the products leave them out,
which keeps their cost in proportion to the number of listings. MinHash (Broder 1997) brings back much alike titles
made of nothing but such bigrams.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pddlint.matching.keys import Coded, Indices, Keys, code, distinct, grouped
from pddlint.matching.textual import idf

_COMMON = 600  # an id that more listings hold is too common to look up by
_ROWS = 1_000  # listings looked up at a time
_STEPS = 1 << 18  # more than two cosines of at most 1 have hundred-thousandths
_FLOOR = 0.12  # cosines below prove nothing

_BANDS, _DEPTH = 60, 5  # a pair of Jaccard similarity s is found with probability 1 - (1 - s**5)**60
_CHUNK = 1 << 17
_ALIKE = 0.45  # title cosine that a MinHash find must reach


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

    def weighed(self) -> sparse.csr_matrix:
        """One row a listing, one column an id, each cell the id's weight (as in `TextStats`)."""
        ids, columns, listings = np.unique(self.ids, return_inverse=True, return_counts=True)
        weights = idf(listings, len(self.size))
        first = np.concatenate([[0], np.cumsum(self.size)])
        matrix = sparse.csr_matrix((weights[columns], columns, first), shape=(len(self.size), max(len(ids), 1)))
        matrix.sort_indices()
        return matrix


def neighbours(grams: Words, values: Words, count: int, part: int = 0, parts: int = 1) -> Coded:
    """Pairs in which one is among the other's `count` nearest by title, by attributes, or by both together.

    Of these, a share: that of the listings whose turn it is, one of `parts`.
    """
    n = len(grams.size)
    weighed = grams.weighed()
    titles, attributes = _unit(weighed, n), _unit(values.weighed(), n)
    by_gram, by_value = titles.T.tocsr(), attributes.T.tocsr()
    found = []
    step = max(1, min(_ROWS, -(-n // parts)))
    for start in range(part * step, n, parts * step):
        title = titles[start : start + step] @ by_gram
        attribute = attributes[start : start + step] @ by_value
        for likeness, floor in ((title, _FLOOR), (attribute, _FLOOR), (title + attribute, 2 * _FLOOR)):
            found.append(_top(likeness, start, count, floor, n))
    if n > _COMMON:
        found.append(_alike(grams, weighed, range(part, _BANDS, parts)))
    return distinct(found)


def _unit(matrix: sparse.csr_matrix, n: int) -> sparse.csr_matrix:
    """Rows of length one, measured before the too common columns are emptied (so products never overrate a pair)."""
    squares = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    scale = np.repeat(1 / np.sqrt(np.maximum(squares, 1e-9)), np.diff(matrix.indptr))
    held = np.bincount(matrix.indices, minlength=matrix.shape[1])
    rare = (held > 1) & (held <= _COMMON)
    unit = matrix.copy().astype(np.float32)
    unit.data = (matrix.data * scale * rare[matrix.indices]).astype(np.float32)
    unit.eliminate_zeros()
    return unit


def _top(likeness: sparse.csr_matrix, start: int, count: int, floor: float, n: int) -> Coded:
    """The `count` best cells of each row that reach `floor`, ties by column, as coded pairs."""
    rows = np.repeat(np.arange(likeness.shape[0], dtype=np.int64), np.diff(likeness.indptr))
    columns = likeness.indices.astype(np.int64)
    cells = np.flatnonzero((likeness.data >= floor) & (rows + start != columns))
    rows, columns = rows[cells], columns[cells]
    # One number a cell, ascending by row, falling likeness, column: likeness in steps of a hundred-thousandth.
    falling = _STEPS - np.rint(likeness.data[cells] * np.float32(1e5)).astype(np.int64)
    packed = np.sort(((rows * (_STEPS + 1) + falling) << 32) | columns)
    rows, columns = (packed >> 32) // (_STEPS + 1), packed & 0xFFFFFFFF
    first = np.searchsorted(rows, rows)  # each cell's row begins here
    best = np.arange(len(rows)) - first < count
    return code(rows[best] + start, columns[best], n)


def _alike(grams: Words, weighed: sparse.csr_matrix, bands: Iterable[int]) -> Coded:
    """Pairs of much alike titles by MinHash, each checked."""
    n = len(grams.size)
    found = [grouped(*band, n, group=30, window=10, common=2_000) for band in minhash_bands(grams, bands)]
    coded = distinct(found)
    length = np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel()
    close = [np.empty(0, np.int64)]
    for part in np.array_split(coded, len(coded) // _CHUNK + 1):
        i, j = part // n, part % n
        shared = np.asarray(weighed[i].multiply(weighed[j]).sum(axis=1)).ravel()
        close.append(part[shared >= _ALIKE * np.sqrt(length[i] * length[j])])
    return np.concatenate(close)


def minhash_bands(grams: Words, bands: Iterable[int] = range(_BANDS)) -> Iterator[tuple[Indices, Keys]]:
    """For each band, (listing, key) of every listing with a title: listings that share a key have much alike titles."""
    filled = np.flatnonzero(grams.size)
    if not len(filled):
        return
    known, which = np.unique(grams.ids, return_inverse=True)
    first = (np.cumsum(grams.size) - grams.size)[filled]
    random = np.random.default_rng(20260101)  # fixed: bands must agree between runs and machines
    factors = random.integers(1, 1 << 32, (_BANDS, _DEPTH), dtype=np.uint64).astype(np.uint32) | np.uint32(1)
    shifts = random.integers(0, 1 << 32, (_BANDS, _DEPTH), dtype=np.uint64).astype(np.uint32)
    for band in bands:
        key = np.full(len(filled), band, np.uint64)
        for factor, shift in zip(factors[band], shifts[band], strict=True):
            mixed = known * factor + shift
            mixed = (mixed ^ (mixed >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
            least = np.minimum.reduceat((mixed ^ (mixed >> np.uint32(12)))[which], first)
            key = (key ^ least) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(29)
        yield filled, key
