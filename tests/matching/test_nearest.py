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


@pytest.mark.parametrize(
    "grams",
    [_words(700, 3_000, 25, 5), _words(700, 900, 25, 6), _words(700, 40, 12, 7)],
    ids=["few alike", "some common", "all common"],
)
def test_minhash_is_left_out_only_where_it_finds_nothing_new(monkeypatch: pytest.MonkeyPatch, grams: Words) -> None:
    values = _words(700, 90, 6, 2)
    for count in (3, 12, 40):
        found = neighbours(grams, values, count)
        with monkeypatch.context() as always:
            always.setattr(nearest, "_ROUNDING", 1.0)  # no title is surely among the nearest
            assert neighbours(grams, values, count).tolist() == found.tolist()


def test_minhash_is_asked_where_a_listing_has_more_titles_alike_than_neighbours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    monkeypatch.setattr(nearest, "_alike", lambda *_: asked.append(True) or np.empty(0, np.int64))
    random = np.random.default_rng(8)
    rows = [np.unique(random.integers(0, 1 << 31, 12, np.uint32)) for _ in range(700)]
    none = Words.of([np.empty(0, np.uint32)] * 700, np.uint32)
    neighbours(Words.of(rows, np.uint32), none, 5)
    assert not asked
    neighbours(Words.of(rows[:-5] + rows[:1] * 5, np.uint32), none, 5)
    assert asked == [True]


def test_listings_without_words_have_no_neighbours() -> None:
    empty = Words.of([np.empty(0, np.uint32)] * 3, np.uint32)
    assert neighbours(empty, empty, 5).tolist() == []


def test_matching_loads_no_scipy() -> None:
    code = "import sys, pddlint.matching.match, pddlint.matching.split; print('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"False"


def test_minhash_keys_do_not_depend_on_how_many_bands_are_worked_out_together(monkeypatch: pytest.MonkeyPatch) -> None:
    grams = _words(200, 800, 30, 3)
    whole = list(nearest.minhash_bands(grams))
    monkeypatch.setattr(nearest, "_TABLE", 1)
    single = list(nearest.minhash_bands(grams))
    assert len(whole) == 1 and len(single) == 60
    one, other = (
        sorted(pair for part in found for pair in zip(*(column.tolist() for column in part), strict=True))
        for found in (whole, single)
    )
    assert one == other


def test_a_minhash_key_is_made_of_the_least_hashes_of_a_listings_words() -> None:
    grams = _words(40, 300, 12, 4)
    factors, shifts = nearest._scattered(600).reshape(2, 60, 5).tolist()
    words = np.split(grams.ids, np.cumsum(grams.size)[:-1])
    expected = [(at, _key(mine.tolist(), 7, factors[7], shifts[7])) for at, mine in enumerate(words) if len(mine)]
    ((listings, keys),) = nearest.minhash_bands(grams, [7])
    assert list(zip(listings.tolist(), keys.tolist(), strict=True)) == expected


def _key(words: list[int], band: int, factors: list[int], shifts: list[int]) -> int:
    """The definition, one number at a time."""
    key = band
    for factor, shift in zip(factors, shifts, strict=True):
        hashed = []
        for word in words:
            mixed = (word * (factor | 1) + shift) % 2**32
            mixed = (mixed ^ (mixed >> 15)) * 0x2C1B3C6D % 2**32
            hashed.append(mixed ^ (mixed >> 12))
        key = (key ^ min(hashed)) * 0x9E3779B97F4A7C15 % 2**64
        key ^= key >> 29
    return key
