"""WeChat shop (微信小店) products: the platform's `product` with its SKUs, and exported product and SKU tables. Fen."""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found, _pdd, _tables
from pddlint.catalog.model import Attribute, Listing, Picture, Sku, Spec
from pddlint.catalog.node import Node

NAME = "weixin-shop"
RANK = 20
SUMMARY: tuple[bytes, ...] = (b'"head_img"',)

_ON_SALE = (None, "", 5, "5")  # status 5 is on sale; the others are drafts, off the shelf or banned


def find(node: Node) -> Iterator[Found] | None:
    if node.kind == "array":
        return _tables.grouped(node, "product_id") if _tables.has_row(node, "product_id", "sku_id") else None
    keys = node.members().keys()
    return iter((Found(node),)) if {"product_id", "title", "head_imgs"} <= keys else None


def convert(found: Found, fields: Fields) -> Listing | None:
    if "rows" in fields.data:
        return _from_rows(_tables.rows_of(fields))
    attributes = tuple(Attribute(item.text("attr_key"), item.text("attr_value")) for item in fields.objects("attrs"))
    ident = fields.identity("product_id")
    skus = tuple(_sku(row) for row in fields.objects("skus"))
    price = None if skus else fields.money("fen", "min_price")
    detail = fields.child("desc_info")
    return Listing(
        id=ident,
        title=fields.text("title"),
        shop=fields.identity("shop_id"),
        category_id=next((c.identity("cat_id") for c in reversed(list(fields.objects("cats")))), ""),
        brand=next((a.value for a in attributes if a.name == "品牌"), ""),
        attributes=attributes,
        description=detail.text("desc"),
        pictures=_pdd.unique(fields.strings("head_imgs") or fields.strings("head_img")),
        detail_pictures=_pdd.unique(detail.strings("imgs")),
        skus=skus or ((Sku(ident, (), price),) if price else ()),
        code=fields.identity("spu_code", "out_product_id"),
        on_sale=fields.raw("status") in _ON_SALE,
        suppressions=_pdd.suppressions(fields),
        pointers={ours: where for ours, name in _POINTERS.items() if (where := fields.where(name))},
    )


_POINTERS = {
    "id": "product_id",
    "title": "title",
    "attributes": "attrs",
    "description": "desc_info",
    "pictures": "head_imgs",
    "detail_pictures": "desc_info",
    "skus": "skus",
    "code": "spu_code",
}


def _sku(row: Fields) -> Sku:
    picture = row.strings("thumb_img")
    specs = tuple(Spec(item.text("attr_key"), item.text("attr_value")) for item in row.objects("sku_attrs"))
    return Sku(
        id=row.identity("sku_id"),
        specs=specs or _pdd.split_specs([row.text("sku_attr")])[0],
        price_fen=row.money("fen", "sale_price"),
        stock=row.count("stock_num"),
        code=row.identity("sku_code", "out_sku_id"),
        picture=Picture(picture[0][0], "", picture[0][1]) if picture else None,
        on_sale=row.raw("status") in _ON_SALE,
        pointer=row.at,
    )


def _from_rows(rows: list[Fields]) -> Listing | None:
    first = rows[0]
    return Listing(
        id=first.identity("product_id"),
        title=first.text("title"),
        shop=first.identity("shop_id"),
        pictures=_pdd.unique(first.strings("thumb_img")),
        skus=tuple(_sku(row) for row in rows),
        pointers={"title": f"{first.at}/title", "pictures": f"{first.at}/thumb_img", "skus": ""},
    )
