"""Columns as editors count them."""

from __future__ import annotations

import os

import pytest

pytest.importorskip("lsprotocol")

from lsprotocol.types import Position

from pddlint.findings import ListingRef
from pddlint.lsp.actions import replaced
from pddlint.lsp.text import Lines, Units
from pddlint.report import Spot

TEXT = '[\n {\n  "id": 1,\n  "title": "🍳锅",\n  "x": 2\n }\n]'


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 7), ("utf-16", 3), ("utf-32", 2)])
def test_a_column_counts_code_units(encoding: str, column: int) -> None:
    units = Units(encoding)
    assert units.position({1: "🍳锅x"}, 1, 3) == Position(0, column)
    assert units.offset("a\n🍳锅x", 4) == Position(1, column)


def test_of_a_record_the_lines_as_far_as_the_title_are_marked() -> None:
    spot = Spot("primary", "a.json", "", 2, 2, 6, 3, ListingRef("", "", "1", "🍳锅"))
    lines = Lines([spot], {os.path.realpath("a.json"): TEXT}).of("a.json")
    where = Units("utf-16").head(spot, lines)
    assert (where.start, where.end) == (Position(1, 1), Position(3, len('  "title": "🍳锅",') + 1))


def test_a_file_that_is_gone_still_has_positions() -> None:
    spot = Spot("primary", "no-such.json", "", 9, 4, 9, 7)
    where = Units("utf-16").head(spot, Lines([spot], {}).of("no-such.json"))
    assert where.start.line == where.end.line == 8


@pytest.mark.parametrize(
    ("before", "after"), [("a🍳\nb", "a🍳\nb\nc"), ("aa", "aaa"), ("abc", "axc"), ("", "x"), ("abab", "ab")]
)
def test_one_edit_makes_one_text_into_another(before: str, after: str) -> None:
    from tests.lsp.session import edited

    assert edited(before, [replaced(before, after, Units("utf-16"))]) == after


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_columns_of_a_catalog_on_one_line(encoding: str) -> None:
    line = "a🍳锅" * 5000
    units = Units(encoding)
    for column in (1, 4095, 4096, 4097, 8193, 14999, 15001, 99999):
        assert units.position({1: line}, 1, column).character == units.width(line[: column - 1])
