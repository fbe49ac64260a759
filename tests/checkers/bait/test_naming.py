"""The rule a bait SKU is named by, and the prices its finding gives."""

from __future__ import annotations

import pytest

from pddlint.catalog.model import Listing
from pddlint.checkers.bait import bait002, bait004
from pddlint.checkers.bait.features import head
from pddlint.checkers.bait.judge import judge
from pddlint.checkers.bait.report import finding
from pddlint.checkers.bait.settings import DEFAULT_CONFIDENCE
from pddlint.text.lexicon import Extra
from tests.checkers.bait.listings import listing

SHOES = (("白 37", 299), ("白 38", 299), ("黑 41", 319))


def named(made: Listing) -> dict[str, str]:
    return {v.sku.name: v.code for v in judge(made) if v.confidence >= DEFAULT_CONFIDENCE}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("刹车胶块", "BAIT003"),  # a part that goes with skates
        ("轴承一颗", "BAIT003"),
        ("毛线围脖", "BAIT001"),  # goods of another department
        ("轮架裂过 能滑", "BAIT005"),
        ("到店付尾款 这里先占名", "BAIT004"),
    ],
)
def test_a_name_is_told_by_its_ending_and_by_what_goes_with_the_goods(text: str, code: str) -> None:
    made = listing("成人轮滑鞋女初学者专业溜冰鞋平花鞋", *SHOES, (text, 9.9), category="运动>轮滑")
    assert named(made) == {text: code}


def test_another_brand_comes_before_a_lesser_make() -> None:
    routers = (("AX3000", 159), ("AX3000 双只", 305))
    made = listing("TP-LINK路由器千兆家用高速wifi6穿墙", *routers, ("小米4C 百兆单频", 19.9), brand="TP-LINK")
    assert named(made) == {"小米4C 百兆单频": "BAIT001"}


def test_a_sample_is_compared_by_its_unit_price() -> None:
    made = listing("云南普洱茶熟茶饼357g", ("1饼357g", 68), ("7饼2499g", 448), ("5g试喝一泡", 1), category="茶>普洱")
    (verdict,) = (verdict for verdict in judge(made) if verdict.code == "BAIT002")
    arguments = finding(bait002.RULE, made, verdict).arguments
    assert arguments["priced_en"] == "is priced ¥1.00 (¥20.00 per 100 g)"
    assert "per 100 g" in str(arguments["beside_en"])
    assert "每 100 克" in str(arguments["beside_zh"])


def test_nothing_is_said_of_a_rest_that_is_not_there() -> None:
    made = listing("补差价专用", ("默认", 1))
    (verdict,) = judge(made)
    arguments = finding(bait004.RULE, made, verdict).arguments
    assert (arguments["beside_zh"], arguments["beside_en"]) == ("", "")


def test_a_removed_word_tells_nothing() -> None:
    assert head("备用延长小尾巴")[1] == ("component",)
    assert head("备用延长小尾巴", Extra((), ("尾巴",)))[0] == ""
