"""Which listings' words lie nearest: sparse products over bigrams and attributes, and MinHash for very large shops.

Bigrams and attribute values that very many listings share cost most and tell least: the products leave them out,
which keeps their cost in proportion to the number of listings. MinHash (Broder 1997) brings back much alike titles
made of nothing but such bigrams.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy import sparse

from pddlint.matching.keys import Coded, Indices, Keys, code, grouped
from pddlint.matching.textprint import TextPrint, unpack
from pddlint.matching.textual import Book, TextStats

_COMMON = 600  # an id that more listings hold is too common to look up by
_ROWS = 1_000  # listings looked up at a time
_FLOOR = 0.12  # cosines below prove nothing

_BANDS, _DEPTH = 60, 5  # a pair of Jaccard similarity s is found with probability 1 - (1 - s**5)**60
_CHUNK = 1 << 17
_ALIKE = 0.45  # title cosine that a MinHash find must reach


def neighbours(prints: Sequence[TextPrint], count: int) -> Coded:
    """Pairs in which one is among the other's `count` nearest by title, by attributes, or by both together."""
    n = len(prints)
    book = Book(prints, TextStats.fit(prints))
    titles, attributes = _unit(book.grams, n), _unit(book.values, n)
    by_gram, by_value = titles.T.tocsr(), attributes.T.tocsr()
    found = []
    for start in range(0, n, _ROWS):
        title = titles[start : start + _ROWS] @ by_gram
        attribute = attributes[start : start + _ROWS] @ by_value
        for likeness, floor in ((title, _FLOOR), (attribute, _FLOOR), (title + attribute, 2 * _FLOOR)):
            found.append(_top(likeness, start, count, floor, n))
    if n > _COMMON:
        found.append(_alike(book, prints))
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)


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
    cells = np.flatnonzero(likeness.data >= floor)
    rows = np.searchsorted(likeness.indptr, cells, side="right").astype(np.int64) - 1
    columns, values = likeness.indices[cells].astype(np.int64), likeness.data[cells]
    other = rows + start != columns
    rows, columns, values = rows[other], columns[other], values[other]
    order = np.lexsort((columns, -np.round(values, 5), rows))
    rows, columns = rows[order], columns[order]
    first = np.searchsorted(rows, rows)  # each cell's row begins here
    best = np.arange(len(rows)) - first < count
    return code(rows[best] + start, columns[best], n)


def _alike(book: Book, prints: Sequence[TextPrint]) -> Coded:
    """Pairs of much alike titles by MinHash, each checked."""
    n = len(prints)
    found = [grouped(*band, n, group=30, window=10, common=2_000) for band in minhash_bands(prints)]
    coded = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    parts = np.array_split(coded, len(coded) // _CHUNK + 1)
    alike = np.concatenate([book.title_cosine(part // n, part % n) for part in parts])
    close: Coded = coded[alike >= _ALIKE]
    return close


def minhash_bands(prints: Sequence[TextPrint]) -> Iterator[tuple[Indices, Keys]]:
    """For each band, (listing, key) of every listing with a title: listings that share a key have much alike titles."""
    rows = [unpack(p.grams) for p in prints]
    filled = np.array([i for i, r in enumerate(rows) if len(r)], np.int64)
    if not len(filled):
        return
    flat = np.concatenate([rows[i] for i in filled])
    first = np.cumsum([0, *(len(rows[i]) for i in filled[:-1])])
    random = np.random.default_rng(20260101)  # fixed: bands must agree between runs and machines
    factors = random.integers(1, 1 << 32, (_BANDS, _DEPTH), dtype=np.uint64).astype(np.uint32) | np.uint32(1)
    shifts = random.integers(0, 1 << 32, (_BANDS, _DEPTH), dtype=np.uint64).astype(np.uint32)
    for band in range(_BANDS):
        key = np.full(len(filled), band, np.uint64)
        for factor, shift in zip(factors[band], shifts[band], strict=True):
            mixed = flat * factor + shift
            mixed = (mixed ^ (mixed >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
            least = np.minimum.reduceat(mixed ^ (mixed >> np.uint32(12)), first)
            key = (key ^ least) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(29)
        yield filled, key
