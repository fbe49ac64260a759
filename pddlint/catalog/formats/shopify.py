"""Shopify products (`{"products": [...]}`, `{"product": ...}`); prices are taken as yuan."""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found, _pdd
from pddlint.catalog.model import Listing, Picture, Sku, Spec
from pddlint.catalog.node import Node

NAME = "shopify"
RANK = 20
SUMMARY: tuple[bytes, ...] = ()


def find(node: Node) -> Iterator[Found] | None:
    return iter((Found(node),)) if {"id", "title", "variants"} <= node.members().keys() else None


def convert(found: Found, fields: Fields) -> Listing | None:
    names = [option.text("name") for option in fields.objects("options")]
    images = {image.identity("id"): image for image in fields.objects("images")}
    kind = fields.text("product_type")
    return Listing(
        id=fields.identity("id"),
        title=fields.text("title"),
        category=tuple(part.strip() for part in kind.split(">") if part.strip()),
        brand=fields.text("vendor"),
        description=fields.text("body_html", "description"),
        pictures=_pdd.unique([*fields.strings("images"), *fields.strings("image")]),
        skus=tuple(_sku(row, names, images) for row in fields.objects("variants")),
        on_sale=fields.raw("status") in (None, "active"),
        suppressions=_pdd.suppressions(fields),
        pointers={ours: where for ours, name in _POINTERS.items() if (where := fields.where(name))},
    )


_POINTERS = {
    "id": "id",
    "title": "title",
    "category": "product_type",
    "brand": "vendor",
    "description": "body_html",
    "pictures": "images",
    "skus": "variants",
}


def _sku(row: Fields, names: list[str], images: dict[str, Fields]) -> Sku:
    values = [row.text(f"option{number}") for number in (1, 2, 3)]
    specs = tuple(
        Spec(names[index] if index < len(names) else "", value)
        for index, value in enumerate(values)
        if value and value != "Default Title"
    )
    image = images.get(row.identity("image_id"))
    place = image.strings("src") if image else []
    return Sku(
        id=row.identity("id"),
        specs=specs,
        price_fen=row.money("yuan", "price"),
        stock=row.count("inventory_quantity"),
        code=row.identity("sku"),
        picture=Picture(place[0][0], "", place[0][1]) if place else None,
        pointer=row.at,
    )
