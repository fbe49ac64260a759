"""DUP003 duplicate-fitment: one universal item published per car, phone or device it fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pddlint.checkers.base import Context, Example, Rule, Text
from pddlint.checkers.dup import report
from pddlint.findings import Finding

if TYPE_CHECKING:
    from pddlint.matching.match import MerchantMatches

RULE = Rule(
    code="DUP003",
    name="duplicate-fitment",
    severity="error",
    summary=Text(
        "同一通用商品按车型、机型拆成多条",
        "one universal item published per car, phone or device it fits",
    ),
    message=Text(
        "与商品 {keeper}「{keeper_title}」是同一件通用商品，只是{differs_zh}不同；保留 {keeper}（{kept_zh}），写明通用",
        "the same universal item as {keeper} “{keeper_title}” but for {differs_en}; keep {keeper} ({kept_en}) and "
        "say that it fits all",
    ),
    consequence=report.CONSEQUENCE,
    remedy=Text(
        "只留一条，标题写“通用”，机型写在规格或详情里。",
        "Keep one listing, call it universal in the title, and name the models in SKUs or the description.",
    ),
    detail=Text(
        "商品本身通用、只有适用的品牌或型号不同才算。按型号做的件（手机壳、钢化膜、专车专用脚垫、"
        "滤芯）每个型号是不同商品。",
        "It counts when the item itself is universal and only the brands or models it is said to fit differ. Parts "
        "shaped for one model (phone cases, screen films, fitted car mats, filters) are another item per model.",
    ),
    options=report.OPTIONS,
    examples=(
        Example(
            Text("通用桌面支架按平板品牌拆开", "a universal stand, a listing a brand"),
            (
                {
                    "id": "301",
                    "title": "适用苹果iPad平板支架桌面铝合金折叠通用懒人架",
                    "category": ["数码配件", "支架", "平板支架"],
                    "skus": [{"id": "1", "specs": {"颜色": "银色"}, "price": 26.9, "code": "ZJ08-Y"}],
                },
                {
                    "id": "302",
                    "title": "适用华为MatePad平板支架桌面铝合金折叠通用懒人架",
                    "category": ["数码配件", "支架", "平板支架"],
                    "skus": [{"id": "2", "specs": {"颜色": "银色"}, "price": 26.9, "code": "ZJ08-Y"}],
                },
            ),
            expect=("302",),
        ),
        Example(
            Text("专车专用的件各是各的", "parts shaped for one car are different items"),
            (
                {
                    "id": "311",
                    "title": "适用大众朗逸专车专用全包围脚垫",
                    "category": ["汽车用品", "脚垫", "专车专用脚垫"],
                    "skus": [{"id": "1", "specs": {"颜色": "黑色"}, "price": 168, "code": "LY-168"}],
                },
                {
                    "id": "312",
                    "title": "丰田凯美瑞专用丝圈脚垫可裁剪主驾驶",
                    "category": ["汽车用品", "脚垫", "丝圈脚垫"],
                    "skus": [{"id": "2", "specs": {"颜色": "灰色"}, "price": 89, "code": "KM-89"}],
                },
            ),
        ),
    ),
)


def check_merchant(matches: MerchantMatches, context: Context) -> Iterator[Finding]:
    """One finding for each listing that only what it fits separates from its keeper."""
    return report.findings(RULE, "fitment", matches, context)
