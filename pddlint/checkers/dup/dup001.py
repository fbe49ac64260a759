"""DUP001 duplicate-color: one item, its colours published as separate listings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pddlint.checkers.base import Context, Example, Rule, Text
from pddlint.checkers.dup import report
from pddlint.findings import Finding

if TYPE_CHECKING:
    from pddlint.matching.match import MerchantMatches

RULE = Rule(
    code="DUP001",
    name="duplicate-color",
    severity="error",
    summary=Text(
        "同一商品按颜色拆成多条",
        "one item, its colours published as separate listings",
    ),
    message=Text(
        "与商品 {keeper}「{keeper_title}」是同一款，只是{differs_zh}不同；保留 {keeper}（{kept_zh}），把颜色并过去",
        "the same item as {keeper} “{keeper_title}” but for the {differs_en}; keep {keeper} ({kept_en}) and move the "
        "colours there",
    ),
    consequence=report.CONSEQUENCE,
    remedy=Text(
        "把这条的颜色加为保留商品的规格，再下架这条。",
        "Add this listing's colours to the kept listing as SKUs, then take this one down.",
    ),
    detail=Text(
        "两条去掉颜色后是同一商品就算：标题、图片、规格表、价格和商家编码一起看。男女款、不同型号、"
        "不同花型的是不同商品。",
        "It counts when the listings are one item once colours go: titles, pictures, SKU tables, prices and merchant "
        "codes are weighed together. Men's and women's designs, other models and other prints are other items.",
    ),
    options=report.OPTIONS,
    examples=(
        Example(
            Text("冰袖一色一条", "one listing a colour"),
            (
                {
                    "id": "101",
                    "title": "冰丝防晒袖套女夏季薄款开车骑行护臂 雾霾蓝",
                    "category": ["运动户外", "防晒用品", "冰袖"],
                    "attributes": [{"name": "材质", "value": "锦纶"}, {"name": "货号", "value": "BX-620"}],
                    "skus": [{"id": "1", "specs": {"颜色": "雾霾蓝"}, "price": 12.9, "code": "BX620-LAN"}],
                },
                {
                    "id": "102",
                    "title": "冰丝防晒袖套女夏季薄款开车骑行护臂 樱花粉",
                    "category": ["运动户外", "防晒用品", "冰袖"],
                    "attributes": [{"name": "材质", "value": "锦纶"}, {"name": "货号", "value": "BX-620"}],
                    "skus": [{"id": "2", "specs": {"颜色": "樱花粉"}, "price": 12.9, "code": "BX620-FEN"}],
                },
            ),
            expect=("102",),
        ),
        Example(
            Text("男款和女款是两种设计", "men's and women's designs are two items"),
            (
                {
                    "id": "111",
                    "title": "羊皮机车皮衣男立领修身夹克 黑色",
                    "category": ["男装", "皮衣", "机车皮衣"],
                    "attributes": [{"name": "货号", "value": "M7701"}],
                    "skus": [{"id": "1", "specs": {"颜色": "黑色", "尺码": "L"}, "price": 459}],
                },
                {
                    "id": "112",
                    "title": "羊皮机车皮衣女翻领短款夹克 酒红",
                    "category": ["女装", "皮衣", "机车皮衣"],
                    "attributes": [{"name": "货号", "value": "W3302"}],
                    "skus": [{"id": "2", "specs": {"颜色": "酒红", "尺码": "M"}, "price": 429}],
                },
            ),
        ),
    ),
)


def check_merchant(matches: MerchantMatches, context: Context) -> Iterator[Finding]:
    """One finding for each listing that only its colour separates from its keeper."""
    return report.findings(RULE, "color", matches, context)
