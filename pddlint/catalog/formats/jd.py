"""JD (京东) items: a scraping service's page data, and exported SKU tables (`ware_id`, `jd_price`, `sale_attrs`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found, _pdd, _tables
from pddlint.catalog.model import Attribute, Listing, Picture, Sku, Spec
from pddlint.catalog.node import Node

NAME = "jd"
RANK = 20
SUMMARY: tuple[bytes, ...] = ()


def find(node: Node) -> Iterator[Found] | None:
    if node.kind == "array":
        return _tables.grouped(node, "ware_id") if _tables.has_row(node, "ware_id", "sku_id") else None
    item, shop = _tables.seller_item(node)
    if item is not None and {"itemId", "name", "saleProp"} <= item.members().keys():
        return iter((Found(item, shop),))
    return iter((Found(node),)) if {"itemId", "name", "saleProp"} <= node.members().keys() else None


def convert(found: Found, fields: Fields) -> Listing | None:
    if "rows" in fields.data:
        return _from_rows(_tables.rows_of(fields))
    dimensions = fields.child("saleProp").data
    return Listing(
        id=fields.identity("itemId"),
        title=fields.text("name"),
        shop=found.extra or fields.identity("shopId", "venderId"),
        brand=fields.text("brandName"),
        attributes=tuple(_attributes(fields)),
        pictures=_pdd.unique(fields.strings("images")),
        detail_pictures=_pdd.unique(fields.strings("descImgs")),
        skus=tuple(
            Sku(
                id=row.identity("skuId"),
                specs=tuple(Spec(str(dimensions[k]), row.text(k)) for k in sorted(dimensions) if row.text(k)),
                price_fen=row.money("yuan", "price"),
                pointer=row.at,
            )
            for row in fields.objects("sku")
        ),
        suppressions=_pdd.suppressions(fields),
        pointers={ours: where for ours, name in _POINTERS.items() if (where := fields.where(name))},
    )


_POINTERS = {
    "id": "itemId",
    "title": "name",
    "brand": "brandName",
    "attributes": "attributes",
    "pictures": "images",
    "detail_pictures": "descImgs",
    "skus": "sku",
}


def _attributes(fields: Fields) -> Iterator[Attribute]:
    for group in fields.child("attributes").objects("propGroups"):
        for item in group.objects("atts"):
            values = item.raw("vals")
            value = " ".join(str(v) for v in values) if isinstance(values, list) else item.text("vals")
            if value:
                yield Attribute(item.text("attName"), value)


def _from_rows(rows: list[Fields]) -> Listing | None:
    """A ware's SKUs. The table has no title of the ware: it is what its SKUs' names have in common."""
    names = [row.text("sku_name") for row in rows]
    first = rows[0]
    return Listing(
        id=first.identity("ware_id"),
        title=_common_start(names),
        shop=first.identity("shop_id"),
        pictures=_pdd.unique([place for row in rows for place in row.strings("logo")][:1]),
        skus=tuple(_row_sku(row) for row in rows),
        pointers={"title": f"{first.at}/sku_name", "pictures": f"{first.at}/logo", "skus": ""},
    )


def _row_sku(row: Fields) -> Sku:
    picture = row.strings("logo")
    attributes = row.parsed("sale_attrs")
    listed = [item for item in attributes if isinstance(item, dict)] if isinstance(attributes, list) else []
    listed.sort(key=lambda item: item["index"] if isinstance(item.get("index"), int) else 0)
    aliases = [item.get("attrValueAlias") for item in listed]
    named = (" ".join(map(_alias, alias)) for alias in aliases if isinstance(alias, list) and any(alias))
    return Sku(
        id=row.identity("sku_id"),
        specs=tuple(Spec("", value) for value in named),
        price_fen=row.money("yuan", "jd_price"),
        stock=row.count("stock_num"),
        code=row.identity("outer_id"),
        picture=Picture(picture[0][0], "", picture[0][1]) if picture else None,
        on_sale=row.raw("status") in (None, 1, "1"),
        pointer=row.at,
    )


def _alias(given: object) -> str:
    """A spec value as shoppers read it: the text, or what a list of values written as JSON in it says."""
    text = str(given)
    try:
        listed = msgspec.json.decode(text, type=list[dict[str, Any]]) if text.startswith("[") else []
    except msgspec.DecodeError:
        listed = []
    return " ".join(f"{one.get('value', '')}{one.get('unit', '')}" for one in listed) or text


def _common_start(names: list[str]) -> str:
    """The words all names begin with; the only name where there is one."""
    words = [name.split() for name in names if name]
    if len(words) < 2:
        return " ".join(words[0]) if words else ""
    common = []
    for column in zip(*words, strict=False):
        if len(set(column)) > 1:
            break
        common.append(column[0])
    return " ".join(common)
