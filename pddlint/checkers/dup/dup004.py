"""DUP004 duplicate-gift: one item published again with other gifts or extras."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pddlint.checkers.base import Context, Example, Rule, Text
from pddlint.checkers.dup import report
from pddlint.findings import Finding

if TYPE_CHECKING:
    from pddlint.matching.match import MerchantMatches

RULE = Rule(
    code="DUP004",
    name="duplicate-gift",
    severity="error",
    summary=Text(
        "同一商品因赠品不同拆成多条",
        "one item published again with other gifts or extras",
    ),
    message=Text(
        "与商品 {keeper}「{keeper_title}」是同一款，只是{differs_zh}不同；保留 {keeper}（{kept_zh}），赠品写进活动",
        "the same item as {keeper} “{keeper_title}” but for the {differs_en}; keep {keeper} ({kept_en}) and put "
        "gifts into a promotion",
    ),
    consequence=report.CONSEQUENCE,
    remedy=Text(
        "留一条商品，赠品用店铺活动或规格来设置。",
        "Keep one listing and offer gifts through a promotion or as a SKU.",
    ),
    detail=Text(
        "只有赠品（送、赠、买一送一、附带）不同才算。运费险、质保、顺丰这些服务不是赠品；送礼、送长辈说的是用途。",
        "It counts when only what comes along (送, 赠, 买一送一, 附带) differs. Shipping insurance, warranty and "
        "courier are "
        "services, no gifts; 送礼 and 送长辈 speak of the occasion.",
    ),
    options=report.OPTIONS,
    examples=(
        Example(
            Text("送收纳袋的另发一条", "once more with a pouch"),
            (
                {
                    "id": "401",
                    "title": "便携折叠雨伞全自动黑胶防晒晴雨两用",
                    "category": ["居家日用", "雨伞", "晴雨伞"],
                    "skus": [
                        {"id": "1", "specs": {"颜色": "藏青"}, "price": 29.9},
                        {"id": "2", "specs": {"颜色": "墨绿"}, "price": 32.9},
                    ],
                },
                {
                    "id": "402",
                    "title": "便携折叠雨伞全自动黑胶防晒晴雨两用 送收纳袋",
                    "category": ["居家日用", "雨伞", "晴雨伞"],
                    "skus": [
                        {"id": "3", "specs": {"颜色": "藏青"}, "price": 29.9},
                        {"id": "4", "specs": {"颜色": "墨绿"}, "price": 32.9},
                    ],
                },
            ),
            expect=("402",),
        ),
        Example(
            Text("耗材和主机不是赠品关系", "a refill is no gift beside its device"),
            (
                {
                    "id": "411",
                    "title": "家用超声波加湿器大雾量卧室静音",
                    "category": ["家电", "加湿器", "超声波加湿器"],
                    "skus": [{"id": "1", "specs": {"颜色": "白色"}, "price": 89}],
                },
                {
                    "id": "412",
                    "title": "加湿器滤芯替换棉棒 送收纳盒",
                    "category": ["家电", "配件", "加湿器滤芯"],
                    "skus": [{"id": "2", "specs": {"规格": "10根"}, "price": 9.9}],
                },
            ),
        ),
    ),
)


def check_merchant(matches: MerchantMatches, context: Context) -> Iterator[Finding]:
    """One finding for each listing that only its gifts separate from its keeper."""
    return report.findings(RULE, "gift", matches, context)
