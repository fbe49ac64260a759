"""Money, counts and flags in every spelling met in real files."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pddlint.catalog.units import IllTyped, count, flag, money, page_price, sales


@pytest.mark.parametrize(
    ("value", "unit", "fen"),
    [
        (990, "fen", 990),
        ("990", "fen", 990),
        (990.0, "fen", 990),
        ("9.90", "fen", 990),  # a fraction of a fen does not exist: this is yuan
        (9.9, "fen", 990),
        ("70.00", "yuan", 7000),
        ("2998", "yuan", 299800),
        (2998, "yuan", 299800),
        (0.99, "yuan", 99),
        (45.19, "yuan", 4519),
        ("¥1,299.5", "yuan", 129950),
        ("19.9元", "yuan", 1990),
        ("0.995", "yuan", 100),
        (0, "fen", None),
        ("0", "fen", None),
        ("0.00", "yuan", None),
        ("", "fen", None),
        (" ", "fen", None),
        (None, "yuan", None),
        (False, "fen", None),
    ],
)
def test_money(value: Any, unit: Any, fen: int | None) -> None:
    assert money(value, unit) == fen


@pytest.mark.parametrize(
    "value",
    ["abc", -1, "-3", -0.5, float("nan"), float("inf"), 1e308, 10**400, 2**70, True, [], {}, "1998-4390", "9" * 400],
)
def test_what_is_no_amount_of_money_is_refused(value: Any) -> None:
    with pytest.raises(IllTyped):
        money(value, "fen")


@given(st.integers(1, 10**9))
def test_yuan_written_with_two_digits_are_exact(fen: int) -> None:
    assert money(f"{fen // 100}.{fen % 100:02}", "yuan") == fen
    assert money(fen / 100, "yuan") == fen


@pytest.mark.parametrize(
    ("value", "old", "fen"),
    [
        ("0.99", 99, 99),
        ("16.9", 2390, 1690),
        ("2998", None, 299800),
        (1690, 1690, 1690),
        (17, 1690, 1700),
        (1690, None, 1690),
        (0, 0, None),
    ],
)
def test_group_price_of_a_page(value: Any, old: Any, fen: int | None) -> None:
    assert page_price(value, old) == fen


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("已拼10万+件", 100000), ("已拼5895件", 5895), ("1.2万", 12000), (7, 7), ("300", 300), ("新品", None), ("", None)],
)
def test_sales(text: Any, pieces: int | None) -> None:
    assert sales(text) == pieces


@pytest.mark.parametrize(
    ("value", "truth"),
    [(1, True), (0, False), ("1", True), ("0", False), (True, True), ("true", True), ("", None), (None, None)],
)
def test_flags(value: Any, truth: bool | None) -> None:
    assert flag(value) is truth


def test_counts_refuse_text_and_fractions() -> None:
    assert (count("12"), count(3.0), count(None)) == (12, 3, None)
    for bad in ("many", 1.5, True, []):
        with pytest.raises(IllTyped):
            count(bad)
