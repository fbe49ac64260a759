"""Taobao and Tmall items: the open platform's `item`, a scraping service's page data, exported item and SKU tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found, _pdd, _tables
from pddlint.catalog.model import Attribute, Listing, Picture, Sku, Spec
from pddlint.catalog.node import Node

NAME = "taobao"
RANK = 30
SUMMARY: tuple[bytes, ...] = (b'"seller_cids"',)

_ID = ("num_iid", "numIid", "itemId", "item_id")
_PROPERTY = re.compile(r"(\d+):(-?\d+):([^:;]+):([^;]*)")


def find(node: Node) -> Iterator[Found] | None:
    if node.kind == "array":
        return _tables.grouped(node, "num_iid") if _tables.has_row(node, "num_iid", "sku_id") else None
    item, shop = _tables.seller_item(node)
    keys = node.members().keys()
    if item is not None and {"itemId", "title", "sku"} <= item.members().keys():
        return iter((Found(item, shop),))
    if {"itemId", "title", "sku", "props"} <= keys or ({"num_iid", "title"} <= keys and "sku_id" not in keys):
        return iter((Found(node),))
    return None


def convert(found: Found, fields: Fields) -> Listing | None:
    if "rows" in fields.data:
        return _from_rows(_tables.rows_of(fields))
    attributes = tuple(_attributes(fields))
    skus = tuple(_skus(fields))
    price = None if skus else fields.money("yuan", "price")
    ident = fields.identity(*_ID)
    pictures = _pdd.unique([*fields.strings("images"), *fields.strings("pic_url", "picUrl"), *_item_imgs(fields)])
    return Listing(
        id=ident,
        title=fields.text("title"),
        shop=found.extra or fields.identity("shop_id"),
        category_id=fields.identity("cid", "categoryId"),
        brand=next((a.value for a in attributes if a.name == "品牌"), ""),
        attributes=attributes,
        pictures=pictures,
        detail_pictures=_pdd.unique(fields.strings("descImgs")),
        skus=skus or ((Sku(ident, (), price, stock=fields.count("num", "quantity")),) if price else ()),
        code=fields.identity("outer_id", "outerId"),
        sales=fields.sales("sold_quantity", "sellCount"),
        on_sale=fields.raw("approve_status") in (None, "onsale"),
        second_hand=fields.raw("stuff_status") == "second",
        suppressions=_pdd.suppressions(fields),
        pointers={ours: where for ours, names in _POINTERS.items() if (where := fields.where(*names))},
    )


_POINTERS = {
    "id": _ID,
    "title": ("title",),
    "attributes": ("groupProps", "props_name"),
    "pictures": ("images", "pic_url", "picUrl"),
    "detail_pictures": ("descImgs",),
    "skus": ("sku", "skus"),
    "code": ("outer_id", "outerId"),
    "category": ("cid", "categoryId"),
}


def _item_imgs(fields: Fields) -> list[tuple[str, str]]:
    name = fields.name("item_imgs")
    if not name:
        return []
    nested = fields.child(name)
    return nested.strings("item_img") if nested.data else fields.strings(name)


def _attributes(fields: Fields) -> Iterator[Attribute]:
    for group in fields.objects("groupProps"):
        for name in group.data:
            for item in group.objects(name):
                for key in item.data:
                    yield Attribute(key, item.text(key))
    for match in _PROPERTY.finditer(fields.text("props_name")):
        yield Attribute(match[3], match[4], match[1])


def _skus(fields: Fields) -> Iterator[Sku]:
    rows = list(fields.objects("sku"))
    if not rows and fields.name("skus"):
        nested = fields.child("skus")
        rows = list(nested.objects("sku")) if "sku" in nested.data else list(fields.objects("skus"))
    for row in rows:
        if row.data.get("skuId") not in ("0", 0):  # the sum over all SKUs, with a price range
            yield _sku(row)


def _sku(row: Fields) -> Sku:
    picture = row.strings("image", "pic_url")
    return Sku(
        id=row.identity("skuId", "sku_id"),
        specs=_specs(row),
        price_fen=row.money("yuan", "price"),
        stock=row.count("quantity"),
        code=row.identity("outer_id", "outerId"),
        picture=Picture(picture[0][0], "", picture[0][1]) if picture and "skuId" in row.data else None,
        on_sale=row.raw("status") in (None, "normal"),
        pointer=row.at,
    )


def _specs(row: Fields) -> tuple[Spec, ...]:
    named = row.text("properties_name", "propertiesName")
    if named:
        return tuple(Spec(match[3], match[4]) for match in _PROPERTY.finditer(named))
    pairs = (part.partition("--") for part in row.text("skuName", "sku_name").split(";"))
    return tuple(Spec(name, value) if dashes else Spec("", name) for name, dashes, value in pairs if name)


def _from_rows(rows: list[Fields]) -> Listing | None:
    first = rows[0]
    return Listing(
        id=first.identity("num_iid"),
        title=first.text("title"),
        shop=first.identity("shop_id"),
        pictures=_pdd.unique(first.strings("pic_url")),
        skus=tuple(_sku(row) for row in rows),
        pointers={"title": f"{first.at}/title", "pictures": f"{first.at}/pic_url", "skus": ""},
    )
