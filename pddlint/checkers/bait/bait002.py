"""BAIT002 mixed-spec: a lesser material, grade or size, or a sample, as the cheap SKU."""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.catalog.model import Listing
from pddlint.checkers.bait import report
from pddlint.checkers.bait.settings import OPTIONS
from pddlint.checkers.base import Context, Example, Rule, Text
from pddlint.findings import Finding

RULE = Rule(
    code="BAIT002",
    name="mixed-spec",
    severity="error",
    summary=Text(
        "混入不同材质、档次或小样的低价规格",
        "a lesser material or grade, or a sample, as the cheap SKU",
    ),
    message=report.MESSAGE,
    consequence=report.CONSEQUENCE,
    remedy=Text(
        "删掉这个规格或单独上架；保留的话，标题和主图要写清材质、档次与分量。",
        "Remove the SKU or list it apart; to keep it, title and main image must state its material, grade and amount.",
    ),
    detail=Text(
        "两种情形：规格的材质或档次低于标题、属性和其他规格（PU 对真皮、塑料对不锈钢、不制冷对制冷）；"
        "或者是小样、试用、品鉴装，分量只有正装的几十分之一。按斤、毫升、件数折算后单价合理的小包装不算，小包装单价可以更高；"
        "整条商品本来就写明是小样、试用装的也不算。",
        "Two cases: the material or grade is below what title, attributes and the other SKUs claim (PU "
        'beside leather, plastic beside steel, "does not cool" beside a cooler); or it is a sample that '
        "holds a small fraction of the real thing. Small packs at a fair price by weight, volume or count do "
        "not count, and may cost more by the unit; nor does a listing that openly sells samples.",
    ),
    options=OPTIONS,
    examples=(
        Example(
            Text("陶瓷杯里混了塑料款", "a plastic one among ceramic mugs"),
            (
                {
                    "id": "1",
                    "title": "手绘陶瓷马克杯带盖带勺大容量",
                    "category": ["餐具", "马克杯"],
                    "skus": [
                        {"id": "1-1", "specs": {"款式": "陶瓷 400ml 蓝"}, "price": 45},
                        {"id": "1-2", "specs": {"款式": "陶瓷 400ml 绿"}, "price": 45},
                        {"id": "1-3", "specs": {"款式": "塑料款 同图案"}, "price": 6.9},
                    ],
                },
            ),
            expect=("1/1-3",),
        ),
        Example(
            Text("整瓶旁边放 2ml 小样", "a 2 ml sample beside full bottles"),
            (
                {
                    "id": "2",
                    "title": "修护精华油面部保湿 30ml",
                    "category": ["美妆护肤", "精华"],
                    "skus": [
                        {"id": "2-1", "specs": {"规格": "30ml"}, "price": 119},
                        {"id": "2-2", "specs": {"规格": "30ml*2"}, "price": 219},
                        {"id": "2-3", "specs": {"规格": "2ml 体验小样"}, "price": 3.9},
                    ],
                },
            ),
            expect=("2/2-3",),
        ),
        Example(
            Text("单价一致的小包装", "small packs at the same unit price"),
            (
                {
                    "id": "3",
                    "title": "内蒙古燕麦片即食早餐 5斤",
                    "category": ["粮油", "燕麦片"],
                    "skus": [
                        {"id": "3-1", "specs": {"规格": "尝鲜装 500g"}, "price": 9.9},
                        {"id": "3-2", "specs": {"规格": "2.5kg"}, "price": 42},
                        {"id": "3-3", "specs": {"规格": "5kg"}, "price": 79},
                    ],
                },
            ),
        ),
        Example(
            Text("整条就是小样", "a listing of samples only"),
            (
                {
                    "id": "4",
                    "title": "护肤小样旅行装合集 便携中样任选",
                    "category": ["美妆护肤", "旅行装"],
                    "skus": [
                        {"id": "4-1", "specs": {"规格": "洁面 15g 小样"}, "price": 3.5},
                        {"id": "4-2", "specs": {"规格": "乳液 15ml 小样"}, "price": 4.5},
                        {"id": "4-3", "specs": {"规格": "五件合集"}, "price": 19.9},
                    ],
                },
            ),
        ),
    ),
)


def check(listing: Listing, context: Context) -> Iterator[Finding]:
    """SKUs of `listing` judged to be a lesser make or a sample."""
    return report.findings(RULE, listing, context)
