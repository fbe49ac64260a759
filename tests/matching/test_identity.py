"""What listings say they are: one of each design group and series, the letters of titles, and categories' crowds."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest

from pddlint.matching.category import Shelf
from pddlint.matching.identity import COLUMNS, Identities
from pddlint.matching.traits import Traits


def says(
    core: str = "",
    attributes: Mapping[str, tuple[str, ...]] | None = None,
    designs: tuple[str, ...] = (),
    **title: tuple[str, ...],
) -> Traits:
    return Traits(core, title, attributes or {}, {}, designs=designs)


def stance(name: str, one: Traits, other: Traits) -> float:
    rows = Identities([one, other], lambda numbers, here: here <= 2).compare(np.array([0]), np.array([1]))
    return float(rows[COLUMNS.index(name)][0])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (says(volume_no=("上册",)), says(volume_no=("上册",)), 1.0),
        (says(volume_no=("上册",)), says(volume_no=("下册",)), 0.0),
        (says(volume_no=("上册",)), says(generation=("3代",)), math.nan),
        (says(generation=("3代",)), says(attributes={"generation": ("3代",)}), 1.0),
        (says(generation=("12",)), says(age=("12",)), math.nan),
        (says(generation=("3代",)), says(age=("3代",)), 1.0),
        (says(generation=("3代",)), says(attributes={"generation": ("4代",)}), 0.0),
    ],
)
def test_one_item_has_one_of_each_series(one: Traits, other: Traits, expected: float) -> None:
    assert stance("generation", one, other) == pytest.approx(expected, nan_ok=True)


def test_designs_of_two_groups_that_differ_tell_more_than_those_of_one() -> None:
    one, other = says(designs=("领:圆领", "袖:长袖")), says(designs=("领:方领", "袖:短袖"))
    assert stance("design", one, one) == 1.0
    assert stance("design", one, says(designs=("领:方领", "袖:长袖"))) == 0.0
    assert stance("design", one, other) == -1.0
    assert math.isnan(stance("design", one, says(designs=("图案:格纹",))))


def test_title_and_attributes_state_values_together_and_once() -> None:
    both = says(material=("棉",), attributes={"material": ("棉", "麻")})
    assert stance("material", both, says(material=("棉", "麻"))) == 1.0
    assert stance("material", both, says(material=("麻",))) == 1.0
    assert stance("material", both, says(material=("麻", "丝"))) == 0.5


def test_contrast_counts_letters_that_each_has_and_the_other_lacks() -> None:
    assert stance("contrast", says("手工粗陶咖啡杯"), says("手工 粗陶-咖啡杯")) == 0.0
    assert stance("contrast", says("手工粗陶咖啡杯大"), says("手工粗陶咖啡杯小")) == -1.0
    assert math.isnan(stance("contrast", says("手工粗陶咖啡杯"), says("原木锅铲")))
    assert math.isnan(stance("contrast", says(" - "), says("")))


def test_a_shelf_is_as_crowded_as_the_deepest_category_both_stand_in() -> None:
    paths = [("家居", "杯子")] * 3 + [("家居", "锅铲")] * 4 + [()]
    shelf = Shelf(paths, lambda prefixes, here: here, 8)
    i, j = np.array([0, 0, 0]), np.array([1, 3, 7])
    assert shelf.crowd(i, j, np.array([0, 0, 0])).tolist() == [math.log(3), math.log(7), math.log(8)]
    assert shelf.crowd(i, j, np.array([1, 4, 7])).tolist() == [math.log(2), math.log(3), math.log(2)]
    assert shelf.nearness(i, j)[:2].tolist() == [1.0, 0.6]
