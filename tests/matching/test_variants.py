"""SKU tables: ladders, prices of like quantity, codes."""

from __future__ import annotations

import math

import pytest

from pddlint.matching.variants import SkuPrint, code_key, code_stem, ladder, likeness, price_gap, regular


def sku(price: int | None, dimension: str = "", amount: float = 0.0) -> SkuPrint:
    return SkuPrint(price, (), dimension, amount)


@pytest.mark.parametrize("code", ["", "0", " 0 ", "NULL", "无", "-"])
def test_filler_codes_are_no_codes(code: str) -> None:
    assert code_key(code) == ""


def test_codes_keep_what_identifies() -> None:
    assert code_key(" AB-12 ") == "ab-12"


@pytest.mark.parametrize(
    ("codes", "stem"),
    [
        (["k77-red-m", "k77-red-l"], "k77-red"),
        (["k77-red", "k77-blue"], "k77"),
        (["k77-red", "m12-blue"], ""),
        (["shop-red", "shop-blue"], ""),
        (["12345", "12346"], ""),
        ([], ""),
    ],
)
def test_stem_is_the_style_number_all_codes_start_with(codes: list[str], stem: str) -> None:
    assert code_stem(codes) == stem


def test_equal_ladders_tell_more_than_equal_shapes_and_those_more_than_one_price() -> None:
    whole, two = ladder((590, 790, 990), (590, 790, 990)), ladder((590, 790), (590, 790))
    shape, one = ladder((590, 790), (690, 890)), ladder((590, 790), (590, 2990))
    assert whole > two > shape > one > ladder((590, 790), (1990, 5990))


def test_a_single_price_is_no_ladder() -> None:
    assert math.isnan(ladder((990,), (990, 1990)))


def test_prices_are_compared_at_equal_quantity_when_there_is_one() -> None:
    assert price_gap([sku(2690, "weight", 1000)], [sku(2750, "weight", 1000), sku(2690, "weight", 5000)]) < 0.03


def test_twice_the_quantity_may_cost_nearly_twice_as_much() -> None:
    assert price_gap([sku(4590, "weight", 5000)], [sku(8800, "weight", 10000)]) < 0.12


def test_a_cheap_spare_part_does_not_stand_for_the_listing() -> None:
    assert [s.price_fen for s in regular([sku(3990), sku(4290), sku(190)])] == [3990, 4290]


def test_prices_common_in_the_shop_tell_less() -> None:
    assert likeness(0.0, common=True) < likeness(0.0)
    assert math.isnan(likeness(math.nan))
