"""Kuaimai (快麦) ERP items: `sysItemId`, `outerId`, SKUs with `propertiesName` and `skuOuterId`; prices are yuan."""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found, _pdd
from pddlint.catalog.model import Listing, Picture, Sku
from pddlint.catalog.node import Node

NAME = "kuaimai"
RANK = 20
SUMMARY: tuple[bytes, ...] = ()

_PRICE = ("priceOutput", "sellingPrice", "price")


def find(node: Node) -> Iterator[Found] | None:
    keys = node.members().keys()
    return iter((Found(node),)) if {"sysItemId", "title"} <= keys and "sysSkuId" not in keys else None


def convert(found: Found, fields: Fields) -> Listing | None:
    rows = list(fields.objects("skus", "skuList"))
    ident = fields.identity("sysItemId")
    price = None if rows else fields.money("yuan", *_PRICE)
    return Listing(
        id=ident,
        title=fields.text("title"),
        brand=fields.text("brand"),
        category=tuple(t for t in (fields.text("catName", "classifyName"),) if t),
        pictures=_pdd.unique(fields.strings("picPath")),
        skus=tuple(_sku(row) for row in rows) or ((Sku(ident, (), price),) if price else ()),
        code=fields.identity("outerId"),
        on_sale=fields.flag("activeStatus") is not False,
        suppressions=_pdd.suppressions(fields),
        pointers={ours: where for ours, names in _POINTERS.items() if (where := fields.where(*names))},
    )


_POINTERS = {
    "id": ("sysItemId",),
    "title": ("title",),
    "brand": ("brand",),
    "category": ("catName", "classifyName"),
    "pictures": ("picPath",),
    "skus": ("skus", "skuList"),
    "code": ("outerId",),
}


def _sku(row: Fields) -> Sku:
    picture = row.strings("skuPicPath", "picPath")
    return Sku(
        id=row.identity("sysSkuId"),
        specs=_pdd.split_specs([row.text("propertiesName", "propertiesAlias")])[0],
        price_fen=row.money("yuan", *_PRICE),
        stock=row.count("stock", "availableStock"),
        code=row.identity("skuOuterId", "outerId"),
        picture=Picture(picture[0][0], "", picture[0][1]) if picture else None,
        on_sale=row.flag("activeStatus") is not False,
        pointer=row.at,
    )
