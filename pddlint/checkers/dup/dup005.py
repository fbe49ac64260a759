"""DUP005 duplicate-presentation: one item presented again: reworded, re-photographed or copied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pddlint.checkers.base import Context, Example, Rule, Text
from pddlint.checkers.dup import report
from pddlint.findings import Finding

if TYPE_CHECKING:
    from pddlint.matching.match import MerchantMatches

RULE = Rule(
    code="DUP005",
    name="duplicate-presentation",
    severity="error",
    summary=Text(
        "同一商品换标题、换主图重新发布，或原样复制",
        "one item presented again: reworded, re-photographed or copied",
    ),
    message=Text(
        "与商品 {keeper}「{keeper_title}」是同一款，只换了{differs_zh}；保留 {keeper}（{kept_zh}），下架这条",
        "the same item as {keeper} “{keeper_title}”, presented again (other {differs_en}); keep {keeper} ({kept_en}) "
        "and take this one down",
    ),
    consequence=report.CONSEQUENCE,
    remedy=Text(
        "留下销量好的一条，下架其余的；想测主图和标题，在一条商品里换。",
        "Keep the listing that sells and take the others down; test pictures and titles within one listing.",
    ),
    detail=Text(
        "商品相同，颜色、规格、适用机型、赠品也没有差别就算：改写或打乱标题、裁剪镜像加字的图片、原样复制都在内。"
        "只是标题关键词相像、图片却不同的，是不同商品。",
        "It counts when the item is the same and colours, specs, fitment and gifts do not differ either: rewritten "
        "or reshuffled titles, cropped, mirrored or overprinted pictures, plain copies. Titles that merely share "
        "keywords over different pictures are different items.",
    ),
    options=report.OPTIONS,
    examples=(
        Example(
            Text("打乱标题重发", "the title reshuffled"),
            (
                {
                    "id": "501",
                    "title": "厨房置物架落地多层微波炉架家用收纳锅架",
                    "category": ["收纳", "置物架", "厨房置物架"],
                    "skus": [
                        {"id": "1", "specs": {"层数": "三层"}, "price": 59},
                        {"id": "2", "specs": {"层数": "四层"}, "price": 75},
                    ],
                },
                {
                    "id": "502",
                    "title": "家用厨房落地置物架 多层收纳锅架微波炉架",
                    "category": ["收纳", "置物架", "厨房置物架"],
                    "skus": [
                        {"id": "3", "specs": {"层数": "三层"}, "price": 59},
                        {"id": "4", "specs": {"层数": "四层"}, "price": 75},
                    ],
                },
            ),
            expect=("502",),
        ),
        Example(
            Text("型号不同是不同商品", "another model is another item"),
            (
                {
                    "id": "511",
                    "title": "荣威空气净化器家用除甲醛AP-300卧室静音",
                    "category": ["家电", "空气净化器", "家用净化器"],
                    "attributes": [{"name": "型号", "value": "AP-300"}],
                    "skus": [{"id": "1", "specs": {"颜色": "白色"}, "price": 399}],
                },
                {
                    "id": "512",
                    "title": "荣威空气净化器家用除甲醛AP-500客厅大风量",
                    "category": ["家电", "空气净化器", "家用净化器"],
                    "attributes": [{"name": "型号", "value": "AP-500"}],
                    "skus": [{"id": "2", "specs": {"颜色": "白色"}, "price": 699}],
                },
            ),
        ),
    ),
)


def check_merchant(matches: MerchantMatches, context: Context) -> Iterator[Finding]:
    """One finding for each listing that shows its keeper's item in other words or pictures."""
    return report.findings(RULE, "presentation", matches, context)
