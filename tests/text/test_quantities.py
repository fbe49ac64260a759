"""Quantities: found with their units, converted, multiplied out, and not mistaken for one another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pddlint.text.normalise import fold
from pddlint.text.numerals import canonical, to_number
from pddlint.text.quantities import Hint, parse, totals


def seen(text: str, hint: Hint | None = None) -> list[tuple[str, str]]:
    return [(q.kind, q.canonical) for q in parse(fold(text), hint or Hint())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2斤", [("weight", "1000")]),
        ("半斤", [("weight", "250")]),
        ("七两", [("weight", "350")]),
        ("2.5公斤×2", [("weight", "5000")]),
        ("25g*30", [("weight", "750")]),
        ("5斤*4包", [("weight", "10000")]),
        ("15g*20条*2盒", [("weight", "600")]),
        ("30包*25g", [("weight", "750")]),
        ("2*500g", [("weight", "1000")]),
        ("350g/饼", [("weight", "350")]),
        ("５００ｍｌ×６瓶整箱", [("volume", "3000")]),
        ("五升", [("volume", "5000")]),
        ("1.7米", [("length", "170")]),
        ("1米5床", [("length", "150")]),
        ("20寸", [("length", "50.8")]),
        ("40x60cm", [("size", "40x60")]),
        ("183*61*6mm", [("size", "183x61x0.6")]),
        ("105*1.2*16mm", [("size", "10.5x0.12x1.6")]),
        ("1万毫安", [("charge", "10000")]),
        ("22.5W", [("power", "22.5")]),
        ("8+128GB", [("capacity", "128")]),
        ("32G/1T", [("capacity", "1024")]),
        ("两件套", [("count", "2件套")]),
        ("单只装", [("count", "1只")]),
        ("8-11个", [("count", "8-11个")]),
        ("0-12个月", [("age", "0-12")]),
        ("21速", [("parameter", "21速")]),
        ("三合一", [("parameter", "3合一")]),
        ("M 80-105斤", [("wearing", "40000-52500")]),
        ("45cm(5斤内)", [("length", "45"), ("wearing", "2500")]),
        ("一体式 一片式 两用 三只松鼠 第一件", []),
        ("5G手机", [("parameter", "5g")]),
    ],
)
def test_quantity_is_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert seen(text) == expected


def test_the_hint_decides_between_storage_weight_and_fabric() -> None:
    assert seen("128g") == [("weight", "128")]
    assert seen("128g", Hint(storage=True)) == [("capacity", "128")]
    assert seen("300g", Hint(apparel=True)) == [("fabric", "300")]


@pytest.mark.parametrize(
    ("text", "kind", "total"),
    [
        ("10kg（20斤）", "weight", 10000),
        ("带箱3斤（净重2.5斤）", "weight", 1250),
        ("100g+50g", "weight", 150),
        ("7饼/提（2450g）", "weight", 2450),
        ("1瓶100片", "count:片", 100),
    ],
)
def test_total_counts_restatements_once(text: str, kind: str, total: float) -> None:
    assert totals(fold(text))[kind] == total


@given(st.integers(1, 9999), st.sampled_from(["g", "kg", "斤", "ml", "升", "cm", "米"]))
def test_written_number_comes_back(number: int, unit: str) -> None:
    (quantity,) = parse(f"{number}{unit}")
    factor = {"g": 1, "kg": 1000, "斤": 500, "ml": 1, "升": 1000, "cm": 1, "米": 100}[unit]
    assert quantity.value == number * factor


@given(st.text())
def test_parsing_never_raises_and_spans_are_in_order(text: str) -> None:
    folded = fold(text)
    found = parse(folded)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= q.start < q.end <= len(folded) for q in found)


@given(st.floats(0.01, 99999).map(lambda value: round(value, 2)))
def test_canonical_number_reads_back(value: float) -> None:
    assert to_number(canonical(value)) == value


@pytest.mark.parametrize(
    ("text", "value"), [("十二", 12), ("三百", 300), ("半", 0.5), ("两", 2), ("2万", 20000), ("一二", None)]
)
def test_numerals(text: str, value: float | None) -> None:
    assert to_number(text) == value
