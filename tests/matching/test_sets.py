"""Overlaps of sets: counted the same however the sets are kept."""

from __future__ import annotations

import numpy as np
import pytest

from pddlint.matching import sets as module
from pddlint.matching.sets import Cells, Sets, Weighed, sets


def _weighed(seed: int) -> tuple[Weighed, Weighed]:
    """The same sets twice: some empty, some values twice in a set, not in order."""
    random = np.random.default_rng(seed)
    size = random.integers(0, 12, 60)
    ids = random.integers(0, 40, size.sum()).astype(np.int64)
    weight = random.random(len(ids)) + 0.1
    return Weighed(Sets(ids, size, 40), weight), Weighed(Sets(ids, size, 40), weight)


def _cells(cells: Cells) -> list[list[float]]:
    return [cells.row.tolist(), cells.column.tolist(), cells.weight.round(12).tolist()]


@pytest.mark.parametrize("portion", [1 << 14, 7])
def test_what_pairs_share_is_the_same_by_table_and_by_sparse_matrix(
    monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    monkeypatch.setattr(module, "_DENSE", 0)
    monkeypatch.setattr(module, "_CHUNK", portion)
    first, second = _weighed(3)
    random = np.random.default_rng(4)
    i, j = random.integers(0, 60, 500), random.integers(0, 60, 500)
    by_table = first.common(i, j)
    monkeypatch.setattr(module, "_TABLE", 0)
    by_matrix = second.common(i, j)
    assert len(by_table.row) > 100
    assert _cells(by_table) == _cells(by_matrix)
    assert by_table.count().tolist() == by_matrix.count().tolist()


def test_pairs_of_empty_sets_share_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_DENSE", 0)
    empty = Weighed(Sets(np.empty(0, np.int64), np.zeros(2, np.int64), 0), np.empty(0))
    for pairs in (np.array([0]), np.empty(0, np.int64)):
        assert empty.common(pairs, pairs).count().tolist() == [0] * len(pairs)


def test_values_are_numbered_in_the_order_of_first_sight() -> None:
    held, values = sets([["b", "a"], [], ["a", "c"]])
    assert values == ["b", "a", "c"]
    assert held.ids.tolist() == [0, 1, 1, 2]
    assert held.size.tolist() == [2, 0, 2]
