"""A goods page as "goods helper" plug-ins of shop systems hand it on: `{"goods": {"title", "thumbs", "options"}}`."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found, _pdd
from pddlint.catalog.model import Listing
from pddlint.catalog.node import Node

NAME = "goods-helper"
RANK = 40
SUMMARY: tuple[bytes, ...] = ()


def find(node: Node) -> Iterator[Found] | None:
    return iter((Found(node),)) if {"title", "thumbs", "options"} <= node.members().keys() else None


def convert(found: Found, fields: Fields) -> Listing | None:
    rows = list(fields.objects("options"))
    listing = _pdd.listing(fields, rows=rows)
    return msgspec.structs.replace(
        listing,
        id=listing.id or next((row.identity("goodsId", "goods_id") for row in rows), ""),
        title=fields.text("title"),
        sales=fields.sales("sales_count"),
        market_price_fen=fields.money("yuan", "price"),
        pictures=_pdd.unique(fields.strings("thumbs")),
        detail_pictures=_pdd.unique(fields.strings("content_images")),
        pointers=listing.pointers | {ours: where for ours, name in _POINTERS.items() if (where := fields.where(name))},
    )


_POINTERS = {
    "title": "title",
    "pictures": "thumbs",
    "detail_pictures": "content_images",
    "skus": "options",
    "sales": "sales_count",
    "market_price_fen": "price",
}
