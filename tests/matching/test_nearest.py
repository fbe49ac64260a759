"""Nearest listings by words: the ways of multiplying agree."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from pddlint.matching import nearest
from pddlint.matching.nearest import Words, neighbours


def _words(listings: int, vocabulary: int, held: int, seed: int) -> Words:
    """Random words, the low numbers held by very many; some listings have none."""
    random = np.random.default_rng(seed)
    rows = []
    for _ in range(listings):
        drawn = (vocabulary * random.random(random.integers(0, held)) ** 3).astype(np.uint32)
        rows.append(np.unique(drawn))
    return Words.of(rows, np.uint32)


@pytest.mark.parametrize("shares", [1, 3])
def test_neighbours_are_the_same_with_and_without_sparse_products(monkeypatch: pytest.MonkeyPatch, shares: int) -> None:
    grams, values = _words(900, 1_500, 25, 1), _words(900, 90, 6, 2)
    found = [neighbours(grams, values, 10, share, shares) for share in range(shares)]
    monkeypatch.setattr(nearest, "_PORTION", 100)
    again = [neighbours(grams, values, 10, share, shares) for share in range(shares)]
    monkeypatch.setattr(nearest, "_SMALL", 0)
    sparse = [neighbours(grams, values, 10, share, shares) for share in range(shares)]
    assert sum(len(pairs) for pairs in found) > 2_000
    for one, two, three in zip(found, again, sparse, strict=True):
        assert one.tolist() == two.tolist() == three.tolist()


def test_listings_without_words_have_no_neighbours() -> None:
    empty = Words.of([np.empty(0, np.uint32)] * 3, np.uint32)
    assert neighbours(empty, empty, 5).tolist() == []


def test_matching_loads_no_scipy() -> None:
    code = "import sys, pddlint.matching.match, pddlint.matching.split; print('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"False"
