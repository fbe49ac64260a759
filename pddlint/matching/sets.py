"""Sets of values, one a listing, in a form in which the overlaps of many pairs are counted at once.

Small vocabularies become bit sets, large ones sparse matrices; both count the same.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from itertools import chain, count, islice, pairwise
from typing import TYPE_CHECKING, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # loaded where the sets are too many for tables
    from scipy import sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_NONE = np.empty(0, np.int64)
K = TypeVar("K", bound=Hashable)

_WORDS = 48  # vocabularies of up to so many 64-bit words are kept as bit sets
_BITS = 1 << 30  # of all bit sets together
_DENSE = 1 << 15  # cells up to which pairs are compared value by value: cheaper than setting up sparse products
_FEW = 32  # values up to which they are too
_TABLE = 1 << 23  # cells of a table of places (4 bytes each) up to which it does instead of scipy
_TOGETHER = 256  # listings whose sets are numbered together
_CHUNK = 1 << 14  # pairs whose bit sets are looked at at a time: what fits in the processor's cache


class Sets:
    """One set a listing. `ids` are the values as numbers from 0, listing by listing, `first` where each begins (one
    past the end too); `size` (listings,) is how many each holds."""

    def __init__(self, ids: Ints, size: Ints, values: int) -> None:
        self.ids = ids
        self.size = size
        self.values = values  # how many different ones there are
        self.first = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
        self.filled = size > 0
        self._bits: NDArray[np.uint64] | None = None
        self._met: Sets | None = None
        self._plain: Weighed | None = None

    def listings(self) -> Ints:
        """How many listings hold each value; (values,)."""
        return np.bincount(self.ids, minlength=self.values).astype(np.int64)

    def kept(self, wanted: NDArray[np.bool_]) -> Sets:
        """The sets without the values that are not `wanted` (values,)."""
        keep = wanted[self.ids]
        size = np.bincount(self.owners()[keep], minlength=len(self.size)).astype(np.int64)
        return Sets(self.ids[keep], size, self.values)

    def met(self) -> Sets:
        """The sets without the values that one listing alone holds, which no two share, the others renumbered."""
        if self._met is None:
            several = self.listings() > 1
            kept = self.kept(several)
            self._met = Sets((np.cumsum(several) - 1)[kept.ids], kept.size, int(several.sum()))
        return self._met

    def renumbered(self, order: Ints) -> Sets:
        """The same sets with value `order[n]` as number n, each set ascending."""
        place = np.empty(self.values, np.int64)
        place[order] = np.arange(self.values)
        ids, owners = place[self.ids], self.owners()
        return Sets(ids[np.lexsort((ids, owners))], self.size, self.values)

    def owners(self) -> Ints:
        """The listing of each of `ids`."""
        return np.repeat(np.arange(len(self.size)), self.size)

    def both(self, i: Ints, j: Ints) -> NDArray[np.bool_]:
        """Which pairs have something on both sides."""
        both: NDArray[np.bool_] = self.filled[i] & self.filled[j]
        return both

    def shared(self, i: Ints, j: Ints) -> Ints:
        """How many values both sides of each pair hold; (pairs,). The sides are different listings."""
        count = np.zeros(len(i), np.int64)
        met = self.met()
        rows = np.flatnonzero(met.both(i, j))
        if len(rows):
            small = met.values <= 64 * _WORDS and met.values * len(met.size) <= _BITS
            i, j = i[rows], j[rows]
            count[rows] = met._by_bits(i, j) if small else met.common(i, j).count()
        return count

    def common(self, i: Ints, j: Ints) -> Cells:
        """The values both sides hold."""
        if self._plain is None:
            self._plain = Weighed(self, np.ones(len(self.ids)))
        return self._plain.common(i, j)

    def _by_bits(self, i: Ints, j: Ints) -> Ints:
        if self._bits is None:
            self._bits = np.zeros((len(self.size), (self.values + 63) // 64), np.uint64)
            bit = np.uint64(1) << (self.ids & 63).astype(np.uint64)
            words = self.owners() * self._bits.shape[1] + (self.ids >> 6)
            np.bitwise_or.at(self._bits.reshape(-1), words, bit)
        found = np.empty(len(i), np.int64)
        for start in range(0, len(i), _CHUNK):
            part = slice(start, start + _CHUNK)
            ones = np.bitwise_count(self._bits[i[part]] & self._bits[j[part]])
            found[part] = ones[:, 0] if ones.shape[1] == 1 else ones.sum(axis=1)
        return found


class Cells(msgspec.Struct, frozen=True):
    """What both sides of each pair hold: `row` the pair, `column` the value, `weight` the product of its weights; by
    row, then column. Sums run in that order, so that they do not depend on how the pairs were portioned."""

    pairs: int
    row: Ints
    column: Ints
    weight: Floats

    def count(self) -> Ints:
        """How many values each pair shares."""
        return np.bincount(self.row, minlength=self.pairs).astype(np.int64)

    def sum(self) -> Floats:
        """The weight of what each pair shares."""
        return np.bincount(self.row, self.weight, self.pairs).astype(np.float64)

    def greatest(self) -> Floats:
        """The greatest weight each pair shares, 0 for none."""
        found = np.zeros(self.pairs)
        if len(self.row):
            first = np.flatnonzero(np.concatenate([[True], self.row[1:] != self.row[:-1]]))
            found[self.row[first]] = np.maximum.reduceat(self.weight, first)
        return found


class Weighed:
    """Sets with a weight above 0 for each listing's each value; weights of a value that stands twice add up."""

    def __init__(self, held: Sets, weight: Floats) -> None:
        self.held = held
        self.weight = weight
        self._dense: Floats | None = None
        self._placed: _Placed | None = None
        self._matrix: sparse.csr_matrix | None = None

    def sum(self) -> Floats:
        """The weight of each listing's set."""
        return np.bincount(self.held.owners(), self.weight, len(self.held.size)).astype(np.float64)

    def squares(self) -> Floats:
        """The sum of squared weights of each listing's set."""
        return np.bincount(self.held.owners(), self.weight**2, len(self.held.size)).astype(np.float64)

    def common(self, i: Ints, j: Ints) -> Cells:
        """What both sides of each pair hold; the sides are different listings."""
        values = self.held.values
        if values <= _FEW or values * max(len(i), len(self.held.size)) <= _DENSE:
            dense = self._table()
            product = dense[i] * dense[j]
            row, column = np.nonzero(product)
            return Cells(len(i), row, column, product[row, column])
        if values * len(self.held.size) <= _TABLE:
            self._placed = self._placed or _Placed(self)
            return self._placed.common(i, j)
        matrix = self.matrix()
        both = matrix[i].multiply(matrix[j]).tocsr()
        row = np.repeat(np.arange(len(i)), np.diff(both.indptr))
        return Cells(len(i), row, both.indices, both.data)

    def matrix(self) -> sparse.csr_matrix:
        """One row a listing, one column a value."""
        if self._matrix is None:
            from scipy import sparse

            shape = (len(self.held.size), max(self.held.values, 1))
            cells = (self.weight, self.held.ids.astype(np.int32), self.held.first)
            self._matrix = sparse.csr_matrix(cells, shape=shape)
            self._matrix.sum_duplicates()
        return self._matrix

    def _table(self) -> Floats:
        if self._dense is None:
            shape = (len(self.held.size), self.held.values)
            cells = self.held.owners() * self.held.values + self.held.ids
            table: Floats = np.bincount(cells, self.weight, shape[0] * shape[1]).astype(np.float64)
            self._dense = table.reshape(shape)
        return self._dense


class _Placed:
    """The cells of sets by listing, then value, each once, and a table that tells the place of any; without the values
    that one listing alone holds. `known` are the numbers that the others had."""

    def __init__(self, weighed: Weighed) -> None:
        held = weighed.held
        several = held.listings() > 1
        kept = several[held.ids]
        self.known = np.flatnonzero(several)
        self.values = len(self.known)
        cells = held.owners()[kept] * self.values + (np.cumsum(several) - 1)[held.ids[kept]]
        keys, which = np.unique(cells, return_inverse=True)
        self.weight = np.bincount(which, weighed.weight[kept], len(keys))
        owners, self.column = (part.astype(np.int32) for part in np.divmod(keys, max(self.values, 1)))
        self.size = np.bincount(owners, minlength=len(held.size)).astype(np.int64)
        self.first = (np.cumsum(self.size) - self.size).astype(np.int32)
        self.table = np.zeros(len(held.size) * self.values, np.int32)
        self.table[keys] = np.arange(1, len(keys) + 1)

    def common(self, i: Ints, j: Ints) -> Cells:
        """What both sides of each pair hold."""
        found = [self._portion(part, i[part], j[part]) for part in parts(self.size[i], _CHUNK)]
        if not found:
            return Cells(len(i), _NONE, _NONE, np.empty(0))
        row, mine, theirs = (np.concatenate(column) for column in zip(*found, strict=True))
        return Cells(len(i), row, self.known[self.column[mine]], self.weight[mine] * self.weight[theirs])

    def _portion(self, part: slice, i: Ints, j: Ints) -> tuple[Ints, Ints, Ints]:
        """(pair, place of the cell on the left, on the right) of what both sides hold."""
        size = self.size[i]
        begin = (np.cumsum(size) - size).astype(np.int32)
        mine = np.repeat(self.first[i] - begin, size) + np.arange(size.sum(), dtype=np.int32)
        theirs = self.table[np.repeat((j * self.values).astype(np.int32), size) + self.column[mine]]
        both = np.flatnonzero(theirs)
        return part.start + np.searchsorted(begin, both, side="right") - 1, mine[both], theirs[both] - 1


def sets(rows: Iterable[Collection[K]]) -> tuple[Sets, list[K]]:
    """Sets of anything, and the values in the order of their numbers (that of first sight). A value may stand once in a
    row."""
    numbers: defaultdict[K, int] = defaultdict(count().__next__)
    ids, size = array("q"), array("q")
    stream = iter(rows)
    while some := list(islice(stream, _TOGETHER)):
        ids.extend(map(numbers.__getitem__, chain.from_iterable(some)))
        size.extend(map(len, some))
    return Sets(np.array(ids, np.int64), np.array(size, np.int64), len(numbers)), list(numbers)


def number_sets(flat: NDArray[np.uint32], size: Ints) -> Sets:
    """Sets of numbers, given listing by listing, `size` of each; a number may stand once in a listing."""
    known, ids = np.unique(flat, return_inverse=True)
    return Sets(ids.astype(np.int64), size, len(known))


def numbered(values: Iterable[K]) -> tuple[Ints, list[K]]:
    """Each value as a number from 0 in the order of first sight, and the different values in that order."""
    numbers: defaultdict[K, int] = defaultdict(count().__next__)
    ids = np.fromiter(map(numbers.__getitem__, values), np.int64)
    return ids, list(numbers)


def spread(size: Ints) -> tuple[Ints, Ints]:
    """Rows of so many cells each, cell by cell: which row a cell belongs to, and its place in the row."""
    row = np.repeat(np.arange(len(size)), size)
    return row, np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size)


def parts(cells: Ints, limit: int) -> Iterator[slice]:
    """Ranges of rows whose `cells` sum to about `limit` each."""
    edges = np.flatnonzero(np.diff(np.cumsum(cells) // limit)) + 1
    borders = [0, *edges.tolist(), len(cells)]
    return (slice(a, b) for a, b in pairwise(borders) if a < b)
