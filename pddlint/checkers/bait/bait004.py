"""BAIT004 nonexistent-sku: a SKU that cannot really be bought."""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.catalog.model import Listing
from pddlint.checkers.bait import report
from pddlint.checkers.bait.settings import OPTIONS
from pddlint.checkers.base import Context, Example, Rule, Text
from pddlint.findings import Finding

RULE = Rule(
    code="BAIT004",
    name="nonexistent-sku",
    severity="error",
    summary=Text(
        "买不到的规格：补差价、定金、占位、拍了不发",
        "a SKU that cannot really be bought",
    ),
    message=report.MESSAGE,
    consequence=report.CONSEQUENCE,
    remedy=Text(
        "删掉这个规格。补差价、定金请用平台提供的工具，改价请在订单里改。",
        "Remove the SKU. Use the tools of the platform for differences and deposits, and change prices in the order.",
    ),
    detail=Text(
        "拍了不发货、补差价、邮费、定金、改价、占位、理赔、抽奖、服务费一类的规格。拆字、谐音、加点、夹表情和花体字也认。"
        "“不补差价”“退货补运费”“介意勿拍”“免邮费”这样的说明不算；整条商品公开就是定金、差价或服务的不算；"
        "备注内容而价格相同的定制规格不算。",
        "SKUs for price differences, postage, deposits, price changes, placeholders, claims, draws, fees, or "
        "that say they will not be shipped; also when the words are split, dotted, misspelt, or written with "
        'emoji or styled letters. Statements such as "no difference to pay", "return postage covered" or "do '
        'not buy if you mind" do not count, nor do listings that are openly for deposits, differences or '
        "services, nor custom SKUs at the same price.",
    ),
    options=OPTIONS,
    examples=(
        Example(
            Text("加点的“拍错不发”", '"will not be shipped", with dots'),
            (
                {
                    "id": "1",
                    "title": "折叠露营椅户外便携钓鱼椅",
                    "category": ["运动户外", "露营椅"],
                    "skus": [
                        {"id": "1-1", "specs": {"颜色": "卡其"}, "price": 49},
                        {"id": "1-2", "specs": {"颜色": "黑色"}, "price": 49},
                        {"id": "1-3", "specs": {"颜色": "拍·错·不·发"}, "price": 0.1},
                    ],
                },
            ),
            expect=("1/1-3",),
        ),
        Example(
            Text("定金当作规格", "a deposit as a SKU"),
            (
                {
                    "id": "2",
                    "title": "实木书柜落地整墙定做",
                    "category": ["家具", "书柜"],
                    "skus": [
                        {"id": "2-1", "specs": {"规格": "1米 四层"}, "price": 599},
                        {"id": "2-2", "specs": {"规格": "1.2米 五层"}, "price": 799},
                        {"id": "2-3", "specs": {"规格": "定金 到货补尾款"}, "price": 50},
                    ],
                },
            ),
            expect=("2/2-3",),
        ),
        Example(
            Text("只是说明，不是规格", "a statement, not a placeholder"),
            (
                {
                    "id": "3",
                    "title": "保温饭盒不锈钢 假一赔十 不补差价",
                    "category": ["厨房用品", "饭盒"],
                    "skus": [
                        {"id": "3-1", "specs": {"规格": "单层（退货补运费）"}, "price": 29.9},
                        {"id": "3-2", "specs": {"规格": "双层（介意色差勿拍）"}, "price": 39.9},
                    ],
                },
            ),
        ),
        Example(
            Text("刻字请备注，价格相同", "engraving by note at the same price"),
            (
                {
                    "id": "4",
                    "title": "实木印章定制刻字",
                    "category": ["文具", "印章"],
                    "skus": [
                        {"id": "4-1", "specs": {"规格": "方章（请备注刻字内容）"}, "price": 18},
                        {"id": "4-2", "specs": {"规格": "圆章（请备注刻字内容）"}, "price": 18},
                    ],
                },
            ),
        ),
    ),
)


def check(listing: Listing, context: Context) -> Iterator[Finding]:
    """SKUs of `listing` judged to be nothing that can be bought."""
    return report.findings(RULE, listing, context)
