"""DUP002 duplicate-spec: one item, its sizes, flavours, volumes or counts published as separate listings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pddlint.checkers.base import Context, Example, Rule, Text
from pddlint.checkers.dup import report
from pddlint.findings import Finding

if TYPE_CHECKING:
    from pddlint.matching.match import MerchantMatches

RULE = Rule(
    code="DUP002",
    name="duplicate-spec",
    severity="error",
    summary=Text(
        "同一商品按规格拆成多条（尺码、口味、容量、件数）",
        "one item, its sizes, flavours, volumes or counts published as separate listings",
    ),
    message=Text(
        "与商品 {keeper}「{keeper_title}」是同一款，只是{differs_zh}不同；保留 {keeper}（{kept_zh}），"
        "把规格并过去{note_zh}",
        "the same item as {keeper} “{keeper_title}” but for the {differs_en}; keep {keeper} ({kept_en}) and move the "
        "SKUs there{note_en}",
    ),
    consequence=report.CONSEQUENCE,
    remedy=Text(
        "把这条的规格加到保留的商品里，再下架这条。",
        "Add this listing's SKUs to the kept listing, then take this one down.",
    ),
    detail=Text(
        "两条去掉尺码、重量、容量、件数和口味后是同一商品就算；单位不同先换算（2斤 = 1000g）。"
        "服饰配件和箱包类目允许按规格分开发布，不报；类目未知时会说明没有判断豁免。不同型号、"
        "不同品种的是不同商品。",
        "It counts when the listings are one item once sizes, weights, volumes, counts and flavours go; units are "
        "converted first (2斤 = 1000 g). Accessories (服饰配件) and bags (箱包) may be published by size and are left "
        "alone; where the category is unknown the finding says so. Other models and varieties are other items.",
    ),
    options=report.OPTIONS,
    examples=(
        Example(
            Text("同一款猫抓板按大小拆开", "one scratcher, a listing a size"),
            (
                {
                    "id": "201",
                    "title": "瓦楞纸猫抓板耐磨不掉屑立式猫窝 中号",
                    "category": ["宠物", "猫玩具", "猫抓板"],
                    "skus": [{"id": "1", "specs": {"规格": "中号"}, "price": 15.9, "code": "ZB33-M"}],
                },
                {
                    "id": "202",
                    "title": "瓦楞纸猫抓板耐磨不掉屑立式猫窝 特大号",
                    "category": ["宠物", "猫玩具", "猫抓板"],
                    "skus": [{"id": "2", "specs": {"规格": "特大号"}, "price": 22.9, "code": "ZB33-XL"}],
                },
            ),
            expect=("202",),
        ),
        Example(
            Text("箱包类目按尺寸分开不算", "bags may be published by size"),
            (
                {
                    "id": "211",
                    "title": "帆布健身包干湿分离大容量训练包 小号",
                    "category": ["箱包皮具", "旅行袋", "健身包"],
                    "skus": [{"id": "1", "specs": {"颜色": "黑色", "尺寸": "小号"}, "price": 35, "code": "JS9-S"}],
                },
                {
                    "id": "212",
                    "title": "帆布健身包干湿分离大容量训练包 大号",
                    "category": ["箱包皮具", "旅行袋", "健身包"],
                    "skus": [{"id": "2", "specs": {"颜色": "黑色", "尺寸": "大号"}, "price": 42, "code": "JS9-L"}],
                },
            ),
        ),
    ),
)


def check_merchant(matches: MerchantMatches, context: Context) -> Iterator[Finding]:
    """One finding for each listing that only its specs separate from its keeper."""
    return report.findings(RULE, "spec", matches, context)
