"""BAIT003 accessory-as-sku: a part, refill, packaging or extra beside the product."""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.catalog.model import Listing
from pddlint.checkers.bait import report
from pddlint.checkers.bait.settings import OPTIONS
from pddlint.checkers.base import Context, Example, Rule, Text
from pddlint.findings import Finding

RULE = Rule(
    code="BAIT003",
    name="accessory-as-sku",
    severity="error",
    summary=Text(
        "配件、耗材、包装当作规格拉低价格",
        "a part, refill or packaging as the cheap SKU",
    ),
    message=report.MESSAGE,
    consequence=report.CONSEQUENCE,
    remedy=Text(
        "把配件、耗材单独上架，标题写清是配件；原商品里删掉这个规格。",
        "List parts and refills apart, under a title that says so, and remove the SKU from the product.",
    ),
    detail=Text(
        "螺丝包、替换头、空盒、挂绳、说明书、充电线一类，价格远低于主商品，就算，不写“配件”两个字也算。"
        "标题或类目本来就卖这种配件的商品不算；主商品加配件的套餐不算；只是说明“不含某物”而仍是主商品、价格也相称的不算。",
        "Screws, refills, empty boxes, straps, manuals, chargers and the like, far cheaper than the product, "
        'count, with or without the word "accessory". Listings whose title or category sells that part do '
        'not; nor bundles of the product with a part, nor the product itself "without" something at a price '
        "to match.",
    ),
    options=OPTIONS,
    examples=(
        Example(
            Text("风扇里卖网罩", "a fan guard in a listing of fans"),
            (
                {
                    "id": "1",
                    "title": "工业落地扇大风力摇头商用电风扇",
                    "category": ["家电", "电风扇"],
                    "skus": [
                        {"id": "1-1", "specs": {"规格": "18寸 立式"}, "price": 159},
                        {"id": "1-2", "specs": {"规格": "20寸 立式"}, "price": 189},
                        {"id": "1-3", "specs": {"规格": "替换网罩一片"}, "price": 9.9},
                    ],
                },
            ),
            expect=("1/1-3",),
        ),
        Example(
            Text("空礼盒当规格", "an empty gift box as a SKU"),
            (
                {
                    "id": "2",
                    "title": "手工曲奇饼干铁盒装送礼 640g",
                    "category": ["零食", "饼干"],
                    "skus": [
                        {"id": "2-1", "specs": {"口味": "原味 640g"}, "price": 49},
                        {"id": "2-2", "specs": {"口味": "抹茶 640g"}, "price": 52},
                        {"id": "2-3", "specs": {"口味": "空铁盒+手提袋"}, "price": 5.9},
                    ],
                },
            ),
            expect=("2/2-3",),
        ),
        Example(
            Text("整条就是配件", "a listing of parts only"),
            (
                {
                    "id": "3",
                    "title": "空气炸锅专用纸配件 吸油纸圆盘 烘焙耗材",
                    "category": ["厨房用品", "烘焙纸"],
                    "skus": [
                        {"id": "3-1", "specs": {"规格": "20张"}, "price": 2.9},
                        {"id": "3-2", "specs": {"规格": "50张"}, "price": 5.9},
                        {"id": "3-3", "specs": {"规格": "100张"}, "price": 9.9},
                    ],
                },
            ),
        ),
        Example(
            Text("套餐里带配件", "a bundle with a part"),
            (
                {
                    "id": "4",
                    "title": "手持挂烫机家用小型蒸汽熨斗",
                    "category": ["家电", "挂烫机"],
                    "skus": [
                        {"id": "4-1", "specs": {"套餐": "主机"}, "price": 89},
                        {"id": "4-2", "specs": {"套餐": "主机+毛刷头"}, "price": 99},
                    ],
                },
            ),
        ),
    ),
)


def check(listing: Listing, context: Context) -> Iterator[Finding]:
    """SKUs of `listing` judged to be a part, refill or packaging of the product."""
    return report.findings(RULE, listing, context)
