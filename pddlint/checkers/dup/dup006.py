"""DUP006 duplicate-across-shops: one merchant's shops sell the same items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pddlint.checkers.base import Context, Example, Rule, Text
from pddlint.checkers.dup import report
from pddlint.findings import Finding

if TYPE_CHECKING:
    from pddlint.matching.match import MerchantMatches

RULE = Rule(
    code="DUP006",
    name="duplicate-across-shops",
    severity="error",
    summary=Text(
        "同一商家的几个店铺卖同样的商品",
        "one merchant's shops sell the same items",
    ),
    message=Text(
        "与本商家店铺 {keeper_shop} 的商品 {keeper}「{keeper_title}」是同一款（{differs_zh}不同）；保留 "
        "{keeper}（{kept_zh}）",
        "the same item as {keeper} “{keeper_title}” in the merchant's shop {keeper_shop} (other {differs_en}); keep "
        "{keeper} ({kept_en})",
    ),
    consequence=report.CONSEQUENCE,
    remedy=Text(
        "一款商品只在一个店铺卖；各店铺按类目或人群分开经营。",
        "Sell each item in one shop; give every shop its own categories or customers.",
    ),
    detail=Text(
        "只比较同一商家名下的店铺；不同商家卖同款不算。配置里的 shops 可以写明哪些店铺属于同一商家。",
        "Only shops of one merchant are compared; different merchants selling the same item is no violation. The "
        "setting `shops` says which shops belong together.",
    ),
    options=report.OPTIONS,
    examples=(
        Example(
            Text("两店同卖一款", "two shops, one item"),
            (
                {
                    "id": "601",
                    "shop": "north",
                    "title": "硅藻泥吸水地垫浴室防滑速干脚垫",
                    "category": ["居家日用", "地垫", "硅藻泥垫"],
                    "skus": [{"id": "1", "specs": {"尺寸": "40*60cm"}, "price": 19.9, "code": "GZ4060"}],
                },
                {
                    "id": "602",
                    "shop": "south",
                    "title": "浴室硅藻泥软地垫 吸水速干防滑",
                    "category": ["居家日用", "地垫", "硅藻泥垫"],
                    "skus": [{"id": "2", "specs": {"尺寸": "40*60cm"}, "price": 20.9, "code": "GZ4060"}],
                },
            ),
            expect=("602",),
        ),
        Example(
            Text("两店卖的不是一款", "different items in two shops"),
            (
                {
                    "id": "611",
                    "shop": "north",
                    "title": "硅藻泥吸水地垫浴室防滑速干脚垫",
                    "category": ["居家日用", "地垫", "硅藻泥垫"],
                    "skus": [{"id": "1", "specs": {"尺寸": "40*60cm"}, "price": 19.9, "code": "GZ4060"}],
                },
                {
                    "id": "612",
                    "shop": "south",
                    "title": "客厅短毛绒地毯茶几毯可机洗加厚",
                    "category": ["居家日用", "地毯", "客厅地毯"],
                    "skus": [{"id": "2", "specs": {"尺寸": "120*160cm"}, "price": 69, "code": "DT1216"}],
                },
            ),
        ),
    ),
)


def check_merchant(matches: MerchantMatches, context: Context) -> Iterator[Finding]:
    """One finding for each listing that another shop of the merchant sells too."""
    return report.findings(RULE, "cross_shop", matches, context)
