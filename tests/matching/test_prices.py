"""Price ladders and prices of like quantity: what they say of plain pairs, and that many pairs at once get what the
definition gives each alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pddlint.matching.prices import Prices
from pddlint.matching.variants import SkuPrint


def sku(price: int | None, dimension: str = "", amount: float = 0.0) -> SkuPrint:
    return SkuPrint(price, (), dimension, amount)


def ladder(a: Sequence[int], b: Sequence[int]) -> float:
    return float(Prices([[sku(p) for p in a], [sku(p) for p in b]]).ladder(np.array([0]), np.array([1]))[0])


def gap(a: Sequence[SkuPrint], b: Sequence[SkuPrint]) -> float:
    return float(Prices([a, b]).gap(np.array([0]), np.array([1]))[0])


def test_equal_ladders_tell_more_than_equal_shapes_and_those_more_than_one_price() -> None:
    whole, two = ladder((590, 790, 990), (590, 790, 990)), ladder((590, 790), (590, 790))
    shape, one = ladder((590, 790), (690, 890)), ladder((590, 790), (590, 1390))
    assert whole > two > shape > one > ladder((590, 790), (1990, 4590))


def test_a_single_price_is_no_ladder() -> None:
    assert math.isnan(ladder((990,), (990, 1990)))


def test_prices_are_compared_at_equal_quantity_when_there_is_one() -> None:
    assert gap([sku(2690, "weight", 1000)], [sku(2750, "weight", 1000), sku(2690, "weight", 5000)]) < 0.03


def test_twice_the_quantity_may_cost_nearly_twice_as_much() -> None:
    assert gap([sku(4590, "weight", 5000)], [sku(8800, "weight", 10000)]) < 0.12


def test_prices_common_in_the_shop_tell_less_and_no_price_tells_nothing() -> None:
    prices = Prices([[sku(990)], [sku(990)], [sku(None)]])
    pairs = np.array([0, 0]), np.array([1, 2])
    assert prices.likeness(*pairs, prices.prices)[0] == 0.99
    assert prices.likeness(*pairs, prices.prices.kept(np.array([False])))[0] == 1.0
    assert math.isnan(prices.likeness(*pairs, prices.prices)[1])


ROW = st.builds(
    sku,
    st.one_of(st.none(), st.sampled_from([100, 590, 790, 990, 1190, 1990, 99999999]), st.integers(1, 30000)),
    st.sampled_from(["", "weight", "count"]),
    st.sampled_from([0.0, 0.5, 1.0, 1.0005, 2.0, 500.0]),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(ROW, max_size=40), min_size=2, max_size=5))
def test_many_pairs_at_once_get_what_the_definition_gives_each(listed: list[list[SkuPrint]]) -> None:
    prices = Prices(listed)
    i, j = np.triu_indices(len(listed), 1)
    kept = [plain_regular(rows) for rows in listed]
    steps = [sorted({s.price_fen or 0 for s in rows}) for rows in kept]
    for a, b, found in zip(i, j, prices.ladder(i, j), strict=True):
        expected = plain_ladder(steps[a], steps[b])
        assert found == expected or (math.isnan(found) and math.isnan(expected))
    nothing = prices.prices.kept(np.zeros(len(prices.values), bool))
    for a, b, found in zip(i, j, prices.likeness(i, j, nothing), strict=True):
        if not kept[a] or not kept[b]:
            assert math.isnan(found)
        else:
            assert found == pytest.approx(math.exp(-plain_gap(kept[a][:30], kept[b][:30])), rel=1e-12)


def plain_regular(rows: Sequence[SkuPrint]) -> list[SkuPrint]:
    """The priced SKUs of 40 % of the median or more."""
    priced = [s for s in rows if s.price_fen]
    return [s for s in priced if (s.price_fen or 0) >= 0.4 * median(p.price_fen or 0 for p in priced)]


def plain_ladder(a: Sequence[int], b: Sequence[int]) -> float:
    if len(a) < 2 or len(b) < 2:
        return math.nan
    shared = len(set(a) & set(b))
    if shared >= 2 and shared >= 0.6 * min(len(a), len(b)):
        return 1.0 if shared >= 3 else 0.8
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    for start in range(len(large) - len(small) + 1):
        both = list(zip(small, large[start : start + len(small)], strict=True))
        ratios, offsets = [y / x for x, y in both], [y - x for x, y in both]
        level = 0.8 <= ratios[0] <= 1.25
        if max(ratios) / min(ratios) <= 1.005 or (level and max(offsets) - min(offsets) <= 10):
            return 0.6
    return 0.3 if shared else 0.0


def plain_gap(a: Sequence[SkuPrint], b: Sequence[SkuPrint]) -> float:
    """The mean over the nearer half of the shorter side's SKUs."""
    short, long = (b, a) if len(a) > len(b) else (a, b)
    gaps = sorted(plain_nearest(x, long) for x in short)[: (len(short) + 1) // 2]
    return sum(gaps) / len(gaps)


def plain_nearest(x: SkuPrint, others: Sequence[SkuPrint]) -> float:
    best = same = 9.0
    for y in others:
        ratio = math.log((x.price_fen or 1) / (y.price_fen or 1))
        if x.dimension and x.dimension == y.dimension and x.amount > 0 and y.amount > 0:
            if abs(x.amount - y.amount) <= 0.001 * x.amount:
                same = min(same, abs(ratio))
            else:
                best = min(best, 0.02 + abs(ratio - 0.85 * math.log(x.amount / y.amount)))
        else:
            best = min(best, abs(ratio))
    return same if same < 9.0 else best
