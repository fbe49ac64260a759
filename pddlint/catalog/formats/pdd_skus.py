"""`pdd.goods.skus.get`: single SKUs with price, stock and code. The reader adds them to the listings they belong to.

Where nothing else of a listing is known, its SKUs alone make one without title.
"""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found, _pdd
from pddlint.catalog.model import Listing, Sku
from pddlint.catalog.node import Node

NAME = "pdd-goods-skus"
RANK = 10
PARTIAL = True
ANSWERS = ("goods_sku_get_response", "goods_skus_get_response")
SUMMARY: tuple[bytes, ...] = tuple(f'"{name}"'.encode() for name in ANSWERS)

_LISTS = ("sku_list", "goods_sku_list", "goods_skus", "skus")


def find(node: Node) -> Iterator[Found] | None:
    answer = next((found for name in ANSWERS if (found := node.get(name))), None)
    return iter((Found(answer),)) if answer else None


def convert(found: Found, fields: Fields) -> Listing | None:
    goods_id, skus = rows(fields)
    return Listing(goods_id, skus=skus, on_sale=True, pointers={"skus": ""}) if goods_id and skus else None


def rows(fields: Fields) -> tuple[str, tuple[Sku, ...]]:
    """(goods id, SKUs) of one answer, which holds one SKU or a list of them."""
    name = fields.name(*_LISTS)
    items = list(fields.objects(name)) if name else [fields]
    goods_id = fields.identity("goods_id") or next((item.identity("goods_id") for item in items), "")
    return goods_id, tuple(_pdd.sku(item, "fen", index, (), {}) for index, item in enumerate(items))
