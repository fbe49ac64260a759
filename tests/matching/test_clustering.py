"""Groups hold together: one weak link chains nothing, and the order of pairs does not matter."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pddlint.matching.clustering import groups


def test_pairs_above_the_link_become_groups() -> None:
    assert groups({(0, 1): 3.0, (2, 3): 0.1}, 0.5) == [(0, 1)]


def test_one_weak_link_does_not_chain_two_families() -> None:
    family = {(0, 1): 5.0, (0, 2): 5.0, (1, 2): 5.0, (3, 4): 5.0, (3, 5): 5.0, (4, 5): 5.0}
    bridge = {(2, 3): 1.0}
    assert groups(family | bridge, 0.5) == [(0, 1, 2), (3, 4, 5)]


def test_a_denied_pair_keeps_groups_apart_however_strong_the_link() -> None:
    assert groups({(0, 1): 6.0, (1, 2): 5.0, (0, 2): -6.0}, 0.5) == [(0, 1)]


def test_an_undecided_pair_joins_through_two_sure_ones() -> None:
    assert groups({(0, 1): 4.0, (1, 2): 4.0, (0, 2): -1.0}, 0.5) == [(0, 1, 2)]


ODDS = st.dictionaries(
    st.tuples(st.integers(0, 12), st.integers(0, 12)).filter(lambda p: p[0] < p[1]), st.floats(-8, 8), max_size=40
)


@given(ODDS, st.randoms())
def test_the_order_of_pairs_changes_nothing(odds: dict[tuple[int, int], float], random: Random) -> None:
    items = list(odds.items())
    random.shuffle(items)
    assert groups(dict(items), 0.5) == groups(odds, 0.5)


@given(ODDS)
def test_every_listing_is_in_one_group_at_most(odds: dict[tuple[int, int], float]) -> None:
    members = [m for group in groups(odds, 0.5) for m in group]
    assert len(members) == len(set(members))
