"""A goods object by itself: alone, in an array, one a line, or as the body of `pdd.goods.add` and `information.update`.

Both the Open Platform's names (`goods_name`, `sku_list`) and the goods page's (`goodsName`, `skus`) are known, also
with the SKUs or the seller beside the goods object. The page's `store.initDataObj.goods` and `rawData` wrappers are
stepped through before this format is asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found, _pdd, _tables
from pddlint.catalog.model import Listing
from pddlint.catalog.node import Node

NAME = "pdd-goods"
RANK = 60
SUMMARY: tuple[bytes, ...] = ()

_TITLES = {"goods_name", "goodsName"}
_COMPANIONS = {
    *_pdd.SKUS,
    *_pdd.GALLERY,
    *_pdd.MAIN,
    *_pdd.ATTRIBUTES,
    *_pdd.CATEGORY_ID,
    *_pdd.DESCRIPTION,
    *_pdd.MARKET,
    "multi_price",
    "price",
    "goodsType",
}
_INFO = {"goods_category", "last_category"}
_BESIDE = ("sku", "skus", "sku_list", "skuList", "options")


def find(node: Node) -> Iterator[Found] | None:
    if _is_goods(node):
        return iter((Found(node),))
    item, shop = _tables.seller_item(node)
    if item is not None and _is_goods(item):
        return iter((Found(item, {"shop": shop}),))
    goods = node.get("goods")
    beside = next((name for name in _BESIDE if name in node.members()), "") if goods else ""
    if goods and beside and _is_goods(goods) and not set(_pdd.SKUS) & goods.members().keys():
        return iter((Found(node, {"beside": beside}),))
    return None


def _is_goods(node: Node) -> bool:
    keys = node.members().keys()
    named = not _TITLES.isdisjoint(keys) or not set(_pdd.ID).isdisjoint(keys)
    return named and not _COMPANIONS.isdisjoint(keys)


def convert(found: Found, fields: Fields) -> Listing | None:
    extra = found.extra or {}
    if "beside" in extra:
        return _pdd.listing(fields.child("goods"), rows=list(fields.objects(extra["beside"])))
    unit = "yuan" if not _INFO.isdisjoint(fields.data) else "fen"
    listing = _pdd.listing(fields, price_unit="yuan" if unit == "yuan" else "fen", shop=extra.get("shop", ""))
    return _tables.of_many_merchants(listing, fields) if "p_search" in fields.data else listing
