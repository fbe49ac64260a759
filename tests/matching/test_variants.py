"""SKU tables: what is kept of SKUs and their codes."""

from __future__ import annotations

import pytest

from pddlint.matching.variants import SkuPrint, code_key, code_stem, regular


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


def test_a_cheap_spare_part_does_not_stand_for_the_listing() -> None:
    assert [s.price_fen for s in regular([sku(3990), sku(4290), sku(190)])] == [3990, 4290]
