"""BAIT005 irregular-goods: used, display, dummy, defective or single goods beside regular ones."""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.catalog.model import Listing
from pddlint.checkers.bait import report
from pddlint.checkers.bait.settings import OPTIONS
from pddlint.checkers.base import Context, Example, Rule, Text
from pddlint.findings import Finding

RULE = Rule(
    code="BAIT005",
    name="irregular-goods",
    severity="error",
    summary=Text(
        "二手、样机、瑕疵、单只等非正常商品混卖",
        "irregular goods beside regular ones",
    ),
    message=report.MESSAGE,
    consequence=report.CONSEQUENCE,
    remedy=Text(
        "把二手、样机、瑕疵品单独上架，标题和主图写明成色。",
        "List used, display and defective goods apart, with their condition in title and main image.",
    ),
    detail=Text(
        "二手、样机、展示机、模型机、瑕疵、残次、返修、客退、拆封、临期、一双只卖一只，与正常商品混在一条里卖且更便宜，就算。"
        "整条商品公开就是二手、样品、瑕疵或模型的不算；二手烟、防划痕、遮瑕、一只鸡这类词不算；断码断色特价但商品正常的不算。",
        "Used, display, dummy, defective, repaired, returned, opened or short-dated goods, or one of a pair, "
        "sold beside regular ones at a lower price. Listings that are openly second-hand, samples, seconds "
        "or models do not count; nor do words that only look like it (second-hand smoke, scratch-proof, one "
        "chicken), nor the last sizes or colours of regular goods at a lower price.",
    ),
    options=OPTIONS,
    examples=(
        Example(
            Text("展示机与全新机混卖", "a display unit among new ones"),
            (
                {
                    "id": "1",
                    "title": "立式加湿器大雾量卧室静音",
                    "category": ["家电", "加湿器"],
                    "skus": [
                        {"id": "1-1", "specs": {"版本": "白色 4L"}, "price": 129},
                        {"id": "1-2", "specs": {"版本": "绿色 4L"}, "price": 129},
                        {"id": "1-3", "specs": {"版本": "门店展示机 有使用痕迹"}, "price": 49},
                    ],
                },
            ),
            expect=("1/1-3",),
        ),
        Example(
            Text("一双拖鞋只卖左脚", "a left slipper only"),
            (
                {
                    "id": "2",
                    "title": "棉拖鞋女冬季居家厚底防滑",
                    "category": ["鞋靴", "拖鞋"],
                    "skus": [
                        {"id": "2-1", "specs": {"颜色": "粉", "尺码": "38"}, "price": 25.9},
                        {"id": "2-2", "specs": {"颜色": "灰", "尺码": "39"}, "price": 25.9},
                        {"id": "2-3", "specs": {"颜色": "左脚单只 样鞋", "尺码": "38"}, "price": 3.9},
                    ],
                },
            ),
            expect=("2/2-3",),
        ),
        Example(
            Text("标题写明是二手", "openly second-hand"),
            (
                {
                    "id": "3",
                    "title": "二手单反相机 成色可选 一机一图",
                    "category": ["数码", "二手相机"],
                    "skus": [
                        {"id": "3-1", "specs": {"成色": "95新"}, "price": 1599},
                        {"id": "3-2", "specs": {"成色": "8成新 有划痕"}, "price": 899},
                    ],
                },
            ),
        ),
        Example(
            Text("二手烟不是二手", "second-hand smoke is not second-hand"),
            (
                {
                    "id": "4",
                    "title": "除二手烟空气净化器 防划痕面板",
                    "category": ["家电", "空气净化器"],
                    "skus": [
                        {"id": "4-1", "specs": {"规格": "标准版 除二手烟"}, "price": 299},
                        {"id": "4-2", "specs": {"规格": "增强版"}, "price": 459},
                    ],
                },
            ),
        ),
    ),
)


def check(listing: Listing, context: Context) -> Iterator[Finding]:
    """SKUs of `listing` judged to be irregular goods."""
    return report.findings(RULE, listing, context)
