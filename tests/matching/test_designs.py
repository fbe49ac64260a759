"""Design words: what a listing says of which of several designs it is."""

from __future__ import annotations

from pddlint.matching.designs import designs
from pddlint.text.lexicon import load


def test_a_word_of_several_groups_counts_in_each() -> None:
    groups = load("designs").groups
    several = {word for words in groups.values() for word in words if sum(word in w for w in groups.values()) > 1}
    assert several
    for word in several:
        held = {group for group, words in groups.items() if word in words}
        assert {design.partition(":")[0] for design in designs(word)} == held


def test_plain_and_printed_are_two_designs() -> None:
    plain, printed = (dict(one.split(":") for one in designs(title)) for title in ("纯色短袖t恤", "山峰印花短袖t恤"))
    shared = plain.keys() & printed.keys()
    assert {group for group in shared if plain[group] != printed[group]} == {"plain_or_printed"}


def test_a_denied_word_is_no_design() -> None:
    assert designs("无印花短袖") == designs("短袖")
