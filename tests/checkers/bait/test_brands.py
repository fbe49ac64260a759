"""Another maker's goods are told from the listing's own, and from what the listing's goods only fit."""

from __future__ import annotations

import pytest

from pddlint.checkers.bait.brands import other
from pddlint.checkers.bait.judge import judge
from pddlint.checkers.bait.settings import DEFAULT_CONFIDENCE
from pddlint.checkers.bait.subject import subject
from tests.checkers.bait.listings import listing


def named(title: str, own: str, *names: str, brand: str = "", price: float = 11.9) -> dict[str, str]:
    made = listing(title, *((name, 59) for name in names), (own, price), category="百货>日用", brand=brand)
    return {v.sku.name: v.code for v in judge(made) if v.confidence >= DEFAULT_CONFIDENCE}


def test_a_known_brand_among_those_of_another_is_other_goods() -> None:
    names = ("公牛 4位总控 1.8米", "公牛 6位总控 1.8米", "公牛 8位总控 3米")
    assert named("公牛插座面板多孔插线板", "得力 4位总控 1.8米", *names) == {"得力 4位总控 1.8米": "BAIT001"}


def test_an_unknown_name_that_stands_where_the_others_have_their_brand_is_one() -> None:
    names = ("皇家 室内成猫 1.5kg", "皇家 室内成猫 2kg", "皇家 室内成猫 4kg")
    assert named("皇家猫粮成猫全价", "喜多村 成猫 1.5kg", *names, brand="皇家") == {"喜多村 成猫 1.5kg": "BAIT001"}


@pytest.mark.parametrize(
    ("title", "names", "own"),
    [
        ("图拉斯手机壳适用多机型防摔", ("华为Mate60 透明", "小米14 透明", "荣耀100 透明"), "三星S23 透明"),
        ("公牛插座面板多孔插线板", ("公牛 4位", "得力 6位", "公牛 8位"), "飞利浦 4位"),
    ],
)
def test_what_fits_many_makes_or_comes_from_many_makers_is_no_other_brand(
    title: str, names: tuple[str, ...], own: str
) -> None:
    assert "BAIT001" not in named(title, own, *names, price=30).values()


def test_a_removed_word_is_no_brand() -> None:
    made = listing("公牛插座面板多孔插线板", ("公牛 4位", 59), ("公牛 6位", 69), ("得力 4位", 9))
    rest, about = [sku.name for sku in made.skus[:2]], subject(made)
    assert other("得力 4位", rest, about).words == ("得力",)
    assert other("得力 4位", rest, about, ("得力",)).words == ()
