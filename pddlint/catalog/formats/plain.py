"""pddlint's own plain shape, for whoever writes catalogs by hand or exports them: published as plain.schema.json.

Prices are yuan; attributes and specs are objects of name and value; `listings` may wrap many of them with a
common `shop` and `merchant`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pddlint.catalog.fields import FieldProblem, Fields, escape
from pddlint.catalog.formats import Found, _pdd
from pddlint.catalog.model import Attribute, Listing, Picture, Sku, Spec
from pddlint.catalog.node import Node

NAME = "pddlint-plain"
RANK = 30
SUMMARY: tuple[bytes, ...] = ()

_COMPANIONS = {"skus", "images", "attributes", "category", "shop", "merchant", "brand", "description"}
_FOREIGN = {
    "variants",
    "goods_id",
    "goodsID",
    "goodsId",
    "num_iid",
    "numIid",
    "product_id",
    "itemId",
    "sysItemId",
    "handle",
}


def find(node: Node) -> Iterator[Found] | None:
    keys = node.members().keys()
    if "listings" in keys:
        rows = node.get("listings")
        common = {name: child.value() for name in ("shop", "merchant") if (child := node.get(name))}
        return (Found(row, common) for row in rows.elements()) if rows and rows.kind == "array" else None
    if {"id", "title"} <= keys and not _COMPANIONS.isdisjoint(keys) and _FOREIGN.isdisjoint(keys):
        return iter((Found(node),))
    return None


def convert(found: Found, fields: Fields) -> Listing | None:
    common = found.extra if isinstance(found.extra, dict) else {}
    return _listing(Fields({**common, **fields.data}, fields.problems, fields.at))


def listing(record: dict[str, Any]) -> Listing:
    """A listing from one object of the plain shape, as rule examples hold them. Ill-typed fields are left unset."""
    return _listing(Fields(record, []))


def schema_text() -> str:
    """The published JSON Schema of the plain shape, as `pddlint schema` prints it."""
    from importlib.resources import files

    return (files("pddlint.catalog") / "plain.schema.json").read_text(encoding="utf-8")


def problems(record: dict[str, Any]) -> list[FieldProblem]:
    """What is ill-typed in one object of the plain shape."""
    found: list[FieldProblem] = []
    _listing(Fields(record, found))
    return found


def _listing(fields: Fields) -> Listing:
    attributes = _attributes(fields)
    return Listing(
        id=fields.identity("id"),
        title=fields.text("title"),
        shop=fields.identity("shop"),
        merchant=fields.identity("merchant"),
        category=_category(fields),
        category_id=fields.identity("category_id"),
        brand=fields.text("brand") or next((a.value for a in attributes if a.name == "品牌"), ""),
        attributes=attributes,
        description=fields.text("description"),
        pictures=_pdd.unique(fields.strings("images")),
        detail_pictures=_pdd.unique(fields.strings("detail_images")),
        skus=tuple([_sku(row, index) for index, row in enumerate(fields.objects("skus"))]) or tuple(_lone(fields)),
        code=fields.identity("code"),
        sales=fields.sales("sales"),
        market_price_fen=fields.money("yuan", "market_price"),
        on_sale=fields.flag("on_sale") is not False,
        second_hand=bool(fields.flag("second_hand")),
        price_range_ratio=_ratio(fields),
        shipping_seconds=_seconds(fields),
        presale=fields.flag("presale"),
        suppressions=_pdd.suppressions(fields),
        pointers=_pointers(fields),
    )


_FIELDS = {
    "id": "id",
    "title": "title",
    "category": "category",
    "brand": "brand",
    "attributes": "attributes",
    "description": "description",
    "images": "pictures",
    "detail_images": "detail_pictures",
    "skus": "skus",
    "code": "code",
    "sales": "sales",
    "market_price": "market_price_fen",
    "shipping_hours": "shipping_seconds",
    "presale": "presale",
    "price_range_ratio": "price_range_ratio",
    "shop": "shop",
    "merchant": "merchant",
}


def _pointers(fields: Fields) -> dict[str, str]:
    return {ours: f"{fields.at}/{theirs}" for theirs, ours in _FIELDS.items() if theirs in fields.data}


def _category(fields: Fields) -> tuple[str, ...]:
    value = fields.raw("category")
    if isinstance(value, str):
        return tuple(part.strip() for part in value.replace("＞", ">").split(">") if part.strip())
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(part for part in value if part)
    if value is not None:
        fields.ill_typed("category", value)
    return ()


def _named_values(fields: Fields, name: str) -> list[tuple[str, str]]:
    value = fields.raw(name)
    if value is None:
        return []
    if not isinstance(value, dict):
        fields.ill_typed(name, value)
        return []
    found = []
    for key, item in value.items():
        if isinstance(item, str):  # what it mostly is
            if item:
                found.append((key, item))
            continue
        if isinstance(item, list):
            item = " ".join(str(part) for part in item)
        if isinstance(item, (dict, bool)):
            fields.problems.append(FieldProblem("ill-typed", key, f"{fields.at}/{name}/{escape(key)}", str(item)[:40]))
        elif item is not None and item != "":
            found.append((key, str(item)))
    return found


def _attributes(fields: Fields) -> tuple[Attribute, ...]:
    return tuple([Attribute(key, value) for key, value in _named_values(fields, "attributes")])


def _sku(row: Fields, index: int) -> Sku:
    picture = row.strings("image")
    return Sku(
        id=row.identity("id") or f"#{index + 1}",
        specs=tuple([Spec(key, value) for key, value in _named_values(row, "specs")]),
        price_fen=row.money("yuan", "price"),
        single_price_fen=row.money("yuan", "single_price"),
        stock=row.count("stock"),
        code=row.identity("code"),
        picture=Picture(picture[0][0], "", picture[0][1]) if picture else None,
        on_sale=row.flag("on_sale") is not False,
        pointer=row.at,
    )


def _lone(fields: Fields) -> Iterator[Sku]:
    price = fields.money("yuan", "price")
    if price is not None:
        yield Sku(fields.identity("id"), (), price, pointer=fields.at)


def _ratio(fields: Fields) -> float | None:
    value = fields.raw("price_range_ratio")
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 1:
        return float(value)
    if value is not None:
        fields.ill_typed("price_range_ratio", value)
    return None


def _seconds(fields: Fields) -> int | None:
    hours = fields.raw("shipping_hours")
    if isinstance(hours, (int, float)) and not isinstance(hours, bool) and 0 <= hours < 10**5:
        return int(hours * 3600)
    if hours is not None:
        fields.ill_typed("shipping_hours", hours)
    return None
