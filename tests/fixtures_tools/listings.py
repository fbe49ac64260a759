"""The demo shop's listings as tables, and their writing in the shapes a merchant's files have."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from typing import Any

# Category id, name, parent id: the part of the platform's tree that the shop uses.
CATEGORIES: list[tuple[int, str, int]] = [
    (15543, "餐饮具", 0),
    (15546, "杯子/水杯", 15543),
    (15551, "马克杯", 15546),
    (15553, "保温杯", 15546),
    (15554, "运动水壶", 15546),
    (15570, "餐具", 15543),
    (15571, "碗", 15570),
    (15572, "盘", 15570),
    (15580, "锅具", 15543),
    (15581, "平底锅", 15580),
    (6883, "水产肉类/新鲜蔬果", 0),
    (6890, "水果", 6883),
    (6895, "苹果", 6890),
    (6398, "粮油调味/南北干货", 0),
    (6401, "南北干货", 6398),
    (6405, "木耳", 6401),
    (6408, "香菇", 6401),
    (9620, "汽车用品", 0),
    (9623, "汽车内饰", 9620),
    (9627, "方向盘套", 9623),
    (2603, "手机配件", 0),
    (2610, "手机保护套", 2603),
    (9316, "户外用品", 0),
    (9320, "户外家具", 9316),
    (9323, "折叠椅", 9320),
    (8436, "居家日用", 0),
    (8440, "伞具", 8436),
    (8441, "遮阳伞", 8440),
    (18482, "个护电器", 0),
    (18490, "口腔护理", 18482),
    (18491, "电动牙刷", 18490),
    (18492, "电动牙刷头", 18490),
    (2933, "影音电器", 0),
    (2940, "耳机", 2933),
    (2941, "蓝牙耳机", 2940),
    (2950, "智能设备", 0),
    (2951, "智能手环", 2950),
    (4610, "家装灯饰", 0),
    (4618, "台灯", 4610),
    (11683, "生活电器", 0),
    (11690, "空气净化器", 11683),
    (12512, "玩具", 0),
    (12520, "仿真模型", 12512),
    (12521, "合金车模", 12520),
    (19890, "书籍", 0),
    (19895, "小学教辅", 19890),
    (19899, "文学小说", 19890),
]


@dataclass
class Goods:
    """One listing: prices in yuan, `skus` as (spec values, price, merchant code, stock)."""

    id: str
    title: str
    category: tuple[str, ...]
    sales: int
    images: tuple[str, ...]
    dimensions: tuple[str, ...]
    skus: list[tuple[tuple[str, ...], float, str, int]]
    attributes: dict[str, str] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    def sku_id(self, index: int) -> str:
        return str(1_400_000_000_000 + zlib.crc32(f"{self.id}/{index}".encode()) % 90_000_000_000)


def gallery(*names: str) -> tuple[str, ...]:
    """Paths of the named pictures, from the file that refers to them."""
    return tuple(f"images/{name}.jpg" for name in names)


Sides = tuple[list[Goods], list[Goods]]  # what a rule must accuse, what it must leave alone


def one(
    id_: str,
    title: str,
    category: tuple[str, ...],
    sales: int,
    images: tuple[str, ...],
    skus: list[tuple[str, float]],
    dimension: str = "款式",
    attributes: dict[str, str] | None = None,
    **extra: Any,
) -> Goods:
    """A listing whose SKUs differ in one dimension."""
    rows = [((value,), price, "", 200) for value, price in skus]
    return Goods(id_, title, category, sales, images, (dimension,), rows, attributes or {}, extra)


def _category_id(path: tuple[str, ...]) -> int:
    return next(number for number, name, _ in CATEGORIES if name == path[-1])


def categories() -> dict[str, Any]:
    """The category tree as `pdd.goods.cats.get` answers it."""
    parents = {number: parent for number, _, parent in CATEGORIES}

    def level(number: int) -> int:
        return 1 if not parents[number] else 1 + level(parents[number])

    rows = [
        {"cat_id": n, "cat_name": name, "level": level(n), "parent_cat_id": parent} for n, name, parent in CATEGORIES
    ]
    return {"goods_cats_get_response": {"goods_cats_list": rows, "request_id": "16938274650012873"}}


def platform(goods: Goods) -> dict[str, Any]:
    """In the Open Platform's terms: fen, numeric ids, spec lists."""
    skus = []
    for index, (values, price, code, stock) in enumerate(goods.skus):
        spec = [
            {"parent_id": 1215 + d, "parent_name": name, "spec_id": zlib.crc32(value.encode()), "spec_name": value}
            for d, (name, value) in enumerate(zip(goods.dimensions, values, strict=True))
        ]
        skus.append(
            {
                "sku_id": int(goods.sku_id(index)),
                "out_sku_sn": code,
                "multi_price": round(price * 100),
                "price": round(price * 100) + 200,
                "quantity": stock,
                "is_onsale": 1,
                "limit_quantity": 999999,
                "weight": 0,
                "spec": spec,
            }
        )
    brand = [{"ref_pid": 310, "vid": 0, "vvalue": v} for k, v in goods.attributes.items() if k == "品牌"]
    others = [
        {"ref_pid": 1000 + zlib.crc32(k.encode()) % 9000, "vid": 0, "vvalue": v}
        for k, v in goods.attributes.items()
        if k != "品牌"
    ]
    top = max(price for _, price, _, _ in goods.skus)
    return {
        "goods_id": int(goods.id),
        "goods_name": goods.title,
        "cat_id": _category_id(goods.category),
        "goods_type": 1,
        "goods_desc": "",
        "image_url": goods.images[0],
        "carousel_gallery_list": list(goods.images),
        "detail_gallery_list": [],
        "market_price": round(top * 250),
        "is_onsale": 1,
        "status": 1,
        "second_hand": 0,
        "sold_quantity": goods.sales,
        "is_pre_sale": 0,
        "shipment_limit_second": 172800,
        "outer_goods_id": "",
        "goods_property_list": brand + others,
        "sku_list": skus,
        **goods.extra,
    }


def plain(goods: Goods) -> dict[str, Any]:
    """In pddlint's plain shape: yuan, names throughout."""
    attributes = dict(goods.attributes)
    brand = attributes.pop("品牌", "")
    record: dict[str, Any] = {"id": goods.id, "title": goods.title, "category": list(goods.category)}
    if brand:
        record["brand"] = brand
    record |= {"attributes": attributes, "images": list(goods.images), "sales": goods.sales, "skus": []}
    for index, (values, price, code, stock) in enumerate(goods.skus):
        sku: dict[str, Any] = {
            "id": goods.sku_id(index),
            "specs": dict(zip(goods.dimensions, values, strict=True)),
            "price": price,
        }
        if code:
            sku["code"] = code
        record["skus"].append({**sku, "stock": stock})
    return {**record, **goods.extra}


def page(goods: list[Goods], pretty: bool = True) -> str:
    """A page of `pdd.goods.list.get` with its listings whole."""
    answer = {"goods_list_get_response": {"goods_list": [platform(g) for g in goods], "total_count": len(goods)}}
    return json.dumps(answer, ensure_ascii=False, indent=2 if pretty else None) + "\n"


def lines(goods: list[Goods]) -> str:
    """One `pdd.goods.detail.get` answer a line."""
    return "".join(json.dumps({"goods_detail_get_response": platform(g)}, ensure_ascii=False) + "\n" for g in goods)


def catalog(shop: str, goods: list[Goods]) -> str:
    """A plain-shape file."""
    return json.dumps({"shop": shop, "listings": [plain(g) for g in goods]}, ensure_ascii=False, indent=2) + "\n"


def listings(goods: list[Goods]) -> str:
    """A bare array in the plain shape."""
    return json.dumps([plain(g) for g in goods], ensure_ascii=False, indent=2) + "\n"
