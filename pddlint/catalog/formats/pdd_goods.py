"""A goods object by itself: alone, in an array, one a line, or as the body of `pdd.goods.add` and `information.update`.

Both the Open Platform's names (`goods_name`, `sku_list`) and the goods page's (`goodsName`, `skus`) are known; the
page's `store.initDataObj.goods` and `rawData` wrappers are stepped through before this format is asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found, _pdd
from pddlint.catalog.model import Listing
from pddlint.catalog.node import Node

NAME = "pdd-goods"
RANK = 60
SUMMARY: tuple[bytes, ...] = ()

_TITLES = {"goods_name", "goodsName"}
_COMPANIONS = {*_pdd.SKUS, *_pdd.GALLERY, *_pdd.MAIN, *_pdd.ATTRIBUTES, *_pdd.CATEGORY_ID, "market_price", "goodsType"}
_INFO = {"goods_category", "last_category"}


def find(node: Node) -> Iterator[Found] | None:
    keys = node.members().keys()
    named = not _TITLES.isdisjoint(keys) or not set(_pdd.ID).isdisjoint(keys)
    return iter((Found(node),)) if named and not _COMPANIONS.isdisjoint(keys) else None


def convert(found: Found, fields: Fields) -> Listing | None:
    return _pdd.listing(fields, price_unit="yuan" if not _INFO.isdisjoint(fields.data) else "fen")
