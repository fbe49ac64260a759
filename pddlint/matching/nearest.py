"""Which listings' words lie nearest: sparse products over bigrams and attributes, and MinHash for very large shops.

Bigrams and attribute values that very many listings share cost most and tell least, so from `RARE` listings a shop up they are
left out of the products; MinHash (Broder 1997) then brings back near-equal titles made of nothing but such bigrams.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pddlint.matching.textprint import TextPrint, unpack
from pddlint.matching.textual import Book, TextStats

Indices = NDArray[np.int64]
Coded = NDArray[np.int64]  # pairs (i, j) with i < j as i * n + j

LARGE = 20_000  # listings from which MinHash is used
_WORK = 20_000_000  # an id held by more than _WORK / listings of them is too common to look up
_ROWS = 1_000  # listings looked up at a time
_FLOOR = 0.12  # cosines below prove nothing

_BANDS, _DEPTH = 60, 5  # a pair of Jaccard similarity s is found with probability 1 - (1 - s**5)**60


def neighbours(prints: Sequence[TextPrint], count: int) -> Coded:
    """Pairs in which one is among the other's `count` nearest by title, by attributes, or by both together."""
    n = len(prints)
    book = Book(prints, TextStats.fit(prints))
    titles, attributes = _unit(book.grams, n), _unit(book.values, n)
    found = []
    for start in range(0, n, _ROWS):
        title = titles[start : start + _ROWS] @ titles.T
        attribute = attributes[start : start + _ROWS] @ attributes.T
        for likeness, floor in ((title, _FLOOR), (attribute, _FLOOR), (title + attribute, 2 * _FLOOR)):
            found.append(_top(likeness, start, count, floor, n))
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)


def _unit(matrix: sparse.csr_matrix, n: int) -> sparse.csr_matrix:
    """Rows of length one, measured before the too common columns are emptied (so products never overrate a pair)."""
    squares = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    scale = np.repeat(1 / np.sqrt(np.maximum(squares, 1e-9)), np.diff(matrix.indptr))
    held = np.bincount(matrix.indices, minlength=matrix.shape[1])
    rare = (held > 1) & (held <= max(_WORK / n, 200))
    unit = matrix.copy().astype(np.float32)
    unit.data = (matrix.data * scale * rare[matrix.indices]).astype(np.float32)
    unit.eliminate_zeros()
    return unit


def _top(likeness: sparse.csr_matrix, start: int, count: int, floor: float, n: int) -> Coded:
    """The `count` best cells of each row that reach `floor`, ties by column, as coded pairs."""
    cells = likeness.tocoo()
    rows, columns, values = cells.row.astype(np.int64), cells.col.astype(np.int64), cells.data
    kept = (values >= floor) & (rows + start != columns)
    rows, columns, values = rows[kept], columns[kept], values[kept]
    order = np.lexsort((columns, -np.round(values, 5), rows))
    rows, columns = rows[order], columns[order]
    first = np.searchsorted(rows, rows)  # each cell's row begins here
    best = np.arange(len(rows)) - first < count
    return code(rows[best] + start, columns[best], n)


def code(i: Indices, j: Indices, n: int) -> Coded:
    """Pairs as single numbers, the smaller index first; pairs of a listing with itself left out."""
    low, high = np.minimum(i, j), np.maximum(i, j)
    return (low * n + high)[low != high]


def minhash_bands(prints: Sequence[TextPrint]) -> tuple[Indices, NDArray[np.uint64]]:
    """(listing, key) for each listing with a title and each band: listings that share a key have much alike titles."""
    rows = [unpack(p.grams) for p in prints]
    filled = np.array([i for i, r in enumerate(rows) if len(r)], np.int64)
    if not len(filled):
        return filled, np.empty(0, np.uint64)
    flat = np.concatenate([rows[i] for i in filled])
    first = np.cumsum([0, *(len(rows[i]) for i in filled[:-1])])
    random = np.random.default_rng(20260101)  # fixed: bands must agree between runs and machines
    factors = random.integers(1, 1 << 32, (_BANDS, _DEPTH), dtype=np.uint64).astype(np.uint32) | np.uint32(1)
    shifts = random.integers(0, 1 << 32, (_BANDS, _DEPTH), dtype=np.uint64).astype(np.uint32)
    keys = np.empty((_BANDS, len(filled)), np.uint64)
    for band in range(_BANDS):
        key = np.full(len(filled), band, np.uint64)
        for factor, shift in zip(factors[band], shifts[band], strict=True):
            mixed = flat * factor + shift
            mixed = (mixed ^ (mixed >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
            least = np.minimum.reduceat(mixed ^ (mixed >> np.uint32(12)), first)
            key = (key ^ least) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(29)
        keys[band] = key
    return np.tile(filled, _BANDS), keys.ravel()
