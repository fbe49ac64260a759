"""Rivals: matches of the one that are none of the other."""

from __future__ import annotations

import numpy as np
import pytest

from pddlint.matching.company import rivals


def test_a_pair_alone_and_a_family_that_holds_together_have_no_rivals() -> None:
    assert rivals(np.array([[0, 1]]), np.array([0.7]), 2) == pytest.approx([0])
    family = np.array([[0, 1], [0, 2], [1, 2]])
    assert rivals(family, np.ones(3), 3) == pytest.approx([0, 0, 0])


def test_a_link_between_two_crowds_has_rivals_on_both_sides() -> None:
    pairs = np.array([[0, 1], [0, 2], [0, 3], [1, 4], [1, 5], [1, 6]])
    found = rivals(pairs, np.ones(6), 7)
    assert found[0] == pytest.approx(2)
    assert found[1:] == pytest.approx(0)


def test_the_order_of_pairs_changes_nothing() -> None:
    pairs = np.array([[0, 1], [0, 2], [1, 3], [2, 3]])
    chance = np.array([0.9, 0.5, 0.4, 0.2])
    assert rivals(pairs[::-1], chance[::-1], 4) == pytest.approx(rivals(pairs, chance, 4)[::-1])


def test_no_pairs_no_rivals() -> None:
    assert rivals(np.empty((0, 2), np.int64), np.empty(0), 3).shape == (0,)


def test_few_matches_and_many_come_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(0)
    pairs = np.unique(np.sort(chance.integers(0, 60, (500, 2)), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    probability = chance.random(len(pairs))
    few = rivals(pairs, probability, 60)
    monkeypatch.setattr("pddlint.matching.company._FEW", -1)
    assert np.array_equal(rivals(pairs, probability, 60), few)
