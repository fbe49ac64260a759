"""The price ladder: what quantity explains is no bait, and small packs may cost more by the unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pddlint.checkers.bait import ladder
from pddlint.checkers.bait.ladder import Money
from tests.checkers.bait.listings import listing


def money(*skus: tuple[str, float]) -> Money:
    """Of the first SKU against the others."""
    made = listing("", *skus)
    found = ladder.money(made, made.skus[0], made.skus[1:])
    assert found is not None
    return found


@pytest.mark.parametrize(
    "skus",
    [
        (("5斤", 9.9), ("10斤", 18.9), ("50斤", 89)),
        (("1双", 2.6), ("5双", 11.9), ("10双", 22.8)),
        (("一只装", 9.9), ("一对装", 18.8)),
        (("25g*7包", 15.9), ("25g*30包", 59.9)),
        (("500ml", 12), ("2.5L", 49)),
        (("40x60cm", 9.9), ("200x300cm", 189)),
        (("64GB", 25), ("256GB", 69)),
        (("0.5米", 3.9), ("2米", 7.9)),
        (("10片便携包", 0.6), ("1包80抽", 4.9), ("5包", 22.9)),
        (("2件套", 39), ("四件套", 69)),
    ],
)
def test_quantity_explains_a_ladder(skus: tuple[tuple[str, float], ...]) -> None:
    assert money(*skus).explained


@pytest.mark.parametrize(
    "skus",
    [
        (("1片", 0.5), ("10片", 14.9), ("30片", 39.9)),
        (("黑色", 1), ("白色", 30)),
        (("挂绳1根", 0.5), ("透明", 12), ("黑色", 12)),
        (("5斤 残次", 3), ("2斤", 19.9), ("5斤", 45)),
    ],
)
def test_what_quantity_does_not_explain_stays_open(skus: tuple[tuple[str, float], ...]) -> None:
    assert not money(*skus).explained


@given(st.integers(2, 60), st.floats(1, 500), st.floats(1.0, 3.0))
def test_a_small_pack_at_the_same_or_a_higher_unit_price_is_explained(times: int, price: float, premium: float) -> None:
    small = max(0.02, round(price / times * premium, 2))
    found = money(("1包", small), (f"{times}包", price))
    assert found.explained or small >= price


@given(st.floats(0.5, 50))
def test_ratios_do_not_depend_on_the_currency(factor: float) -> None:
    plain = money(("1片", 1), ("10片", 20), ("20片", 38))
    scaled = money(("1片", 1 * factor), ("10片", 20 * factor), ("20片", 38 * factor))
    assert scaled.ratio == pytest.approx(plain.ratio, rel=0.05)
    assert scaled.unit_ratio == pytest.approx(plain.unit_ratio, rel=0.05)


def test_prices_are_compared_on_the_same_axis() -> None:
    made = listing(
        "",
        ("颜色=挂绳;型号=小", 0.5),
        ("颜色=黑;型号=小", 9.9),
        ("颜色=白;型号=小", 9.9),
        ("颜色=黑;型号=大", 99),
        ("颜色=白;型号=大", 99),
    )
    found = ladder.money(made, made.skus[0], made.skus[1:])
    assert found is not None
    assert found.reference_fen == 990


def test_odd_skus_that_share_a_size_are_no_axis() -> None:
    made = listing(
        "",
        ("颜色=袜子;尺码=均码", 2),
        ("颜色=黑;尺码=M", 59),
        ("颜色=黑;尺码=L", 59),
        ("颜色=白;尺码=M", 59),
        ("颜色=无效;尺码=均码", 1),
    )
    found = ladder.money(made, made.skus[0], made.skus[1:])
    assert found is not None
    assert found.reference_fen == 5900


def test_without_a_price_there_is_no_money() -> None:
    made = listing("", ("黑", 0), ("白", 30))
    assert ladder.money(made, made.skus[0], made.skus[1:]) is None
    assert ladder.money(made, made.skus[1], made.skus[:1]) is None


def test_a_price_stands_apart_only_from_others_that_keep_together() -> None:
    assert money(("烛剪", 3.9), ("蓝风铃", 25.9), ("小苍兰", 25.9)).apart
    assert not money(("木勺", 3.9), ("汤锅", 25.9), ("炒锅", 129)).apart
    assert not money(("杯垫", 3.9), ("杯刷", 4.2), ("杯子", 25.9), ("水壶", 39)).apart


def test_a_neighbour_on_the_ladder_is_seen() -> None:
    assert money(("小号 1块", 0.3), ("大号 1块", 0.6), ("大号 30块", 16.8)).neighbour
    assert not money(("塑料款", 3.9), ("陶瓷 1只", 25.9), ("陶瓷 2只", 49)).neighbour


def test_counts_of_unlike_measure_words_are_not_alike() -> None:
    assert not money(("剪镊一套", 5.5), ("8只", 99), ("10只", 139)).alike
    assert money(("2只", 25), ("8只", 99), ("10只", 119)).alike
