"""Suning (苏宁) items as a scraping service hands them on; SKUs are the table of characteristics, without prices."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found, _pdd
from pddlint.catalog.model import Listing, Sku, Spec
from pddlint.catalog.node import Node

NAME = "suning"
RANK = 20
SUMMARY: tuple[bytes, ...] = ()


def find(node: Node) -> Iterator[Found] | None:
    return iter((Found(node),)) if {"partNumber", "title", "passSubList"} <= node.members().keys() else None


def convert(found: Found, fields: Fields) -> Listing | None:
    skus = tuple(_skus(fields))
    ident, price = fields.identity("partNumber"), fields.money("yuan", "price")
    return Listing(
        id=ident,
        title=fields.text("title"),
        shop=fields.identity("shopId"),
        pictures=_pdd.unique(fields.strings("images")),
        skus=skus or ((Sku(ident, (), price),) if price else ()),
        suppressions=_pdd.suppressions(fields),
        pointers={
            ours: where
            for ours, name in {
                "id": "partNumber",
                "title": "title",
                "pictures": "images",
                "skus": "charPartNumbers",
            }.items()
            if (where := fields.where(name))
        },
    )


def _skus(fields: Fields) -> Iterator[Sku]:
    """Part numbers are keyed by the ids of their values run together: 276366 (深蓝) and 46 (XS) give 27636646."""
    by_name = {name: group for group in fields.objects("passSubList") for name in group.data}
    dimensions = [
        [(name, row.text("characterValueId"), row) for row in group.objects(name)] for name, group in by_name.items()
    ]
    specs = {}
    if dimensions and len(dimensions) <= 4:
        for combination in product(*dimensions):
            key = "".join(value_id for _, value_id, _ in combination)
            specs[key] = tuple(Spec(name, row.text("characterValueDisplayName")) for name, _, row in combination)
    for table in fields.objects("charPartNumbers"):
        for key in table.data:
            row = table.child(key)
            yield Sku(row.identity("partNumber") or key, specs.get(key, ()), row.money("yuan", "price"), pointer=row.at)
