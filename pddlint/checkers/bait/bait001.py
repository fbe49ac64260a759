"""BAIT001 mixed-category-or-brand: a cheap SKU of another category or brand in the listing."""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.catalog.model import Listing
from pddlint.checkers.bait import report
from pddlint.checkers.bait.settings import OPTIONS
from pddlint.checkers.base import Context, Example, Rule, Text
from pddlint.findings import Finding

RULE = Rule(
    code="BAIT001",
    name="mixed-category-or-brand",
    severity="error",
    summary=Text(
        "混入别的品类或品牌的低价规格",
        "a cheap SKU of another category or brand",
    ),
    message=report.MESSAGE,
    consequence=report.CONSEQUENCE,
    remedy=Text(
        "删掉这个规格，或者单独上架一条与它相符的商品。",
        "Remove the SKU, or list it apart under a title and pictures of its own.",
    ),
    detail=Text(
        "看规格自己说的是什么商品：与标题、类目和其他规格卖的不是一种，价格又远低于它们，就算。"
        "商品名里提到、其他规格也在卖、只是颜色或口味的叫法，都不算；配件、耗材和包装归 BAIT003，材质和档次归 "
        "BAIT002。价格高低只和本商品的其他规格比，从不参考划线价。",
        "What counts is what the SKU says it is: goods that title, category and the other SKUs do not sell, "
        "far cheaper than those. A name that the title mentions, that other SKUs sell too, or that is only a "
        "colour or a flavour does not count. Parts, refills and packaging are BAIT003, materials and grades "
        "BAIT002. Prices are compared with the listing's own SKUs, never with a struck-out price.",
    ),
    options=OPTIONS,
    examples=(
        Example(
            Text("饭盒里混了一双袜子", "socks among lunch boxes"),
            (
                {
                    "id": "1",
                    "title": "双层便当盒上班族可微波加热分格饭盒",
                    "category": ["厨房用品", "饭盒"],
                    "skus": [
                        {"id": "1-1", "specs": {"颜色": "雾蓝", "规格": "双层"}, "price": 39.9},
                        {"id": "1-2", "specs": {"颜色": "米白", "规格": "双层"}, "price": 39.9},
                        {"id": "1-3", "specs": {"颜色": "船袜一双", "规格": "均码"}, "price": 2.9},
                    ],
                },
            ),
            expect=("1/1-3",),
        ),
        Example(
            Text("耳机里混了鼠标垫", "a mouse pad among headphones"),
            (
                {
                    "id": "2",
                    "title": "降噪头戴式蓝牙耳机长续航",
                    "category": ["数码影音", "耳机", "头戴式耳机"],
                    "skus": [
                        {"id": "2-1", "specs": {"颜色": "黑色"}, "price": 159},
                        {"id": "2-2", "specs": {"颜色": "白色"}, "price": 159},
                        {"id": "2-3", "specs": {"颜色": "鼠标垫 随机花色"}, "price": 4.9},
                    ],
                },
            ),
            expect=("2/2-3",),
        ),
        Example(
            Text("组合里的几种商品标题都写了", "the title sells each of them"),
            (
                {
                    "id": "3",
                    "title": "卫生间套装 马桶刷 皂盒 漱口杯 可单买",
                    "category": ["家居", "卫浴用品"],
                    "skus": [
                        {"id": "3-1", "specs": {"款式": "马桶刷"}, "price": 19.9},
                        {"id": "3-2", "specs": {"款式": "皂盒"}, "price": 9.9},
                        {"id": "3-3", "specs": {"款式": "漱口杯"}, "price": 8.9},
                        {"id": "3-4", "specs": {"款式": "三件套"}, "price": 35},
                    ],
                },
            ),
        ),
        Example(
            Text("水果名只是香味", "a fruit that is only a scent"),
            (
                {
                    "id": "4",
                    "title": "护手霜滋润保湿补水小支装",
                    "category": ["美妆护肤", "护手霜"],
                    "skus": [
                        {"id": "4-1", "specs": {"香型": "樱花 50g"}, "price": 9.9},
                        {"id": "4-2", "specs": {"香型": "蜜桃 50g"}, "price": 9.9},
                        {"id": "4-3", "specs": {"香型": "柠檬 30g"}, "price": 5.9},
                    ],
                },
            ),
        ),
    ),
)


def check(listing: Listing, context: Context) -> Iterator[Finding]:
    """SKUs of `listing` judged to be other goods or another brand."""
    return report.findings(RULE, listing, context)
