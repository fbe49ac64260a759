"""Helpers for shapes in which one listing is spread over several rows, or stands among listings of other merchants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found
from pddlint.catalog.model import Listing
from pddlint.catalog.node import Node, Undecodable


def seller_item(node: Node) -> tuple[Node | None, str]:
    """(item, shop id) of the `{"seller": ..., "item": ...}` pairs of scraping services."""
    members = node.members()
    if "item" not in members or "seller" not in members:
        return None, ""
    seller = node.get("seller")
    try:
        value = seller.value() if seller else None
    except Undecodable:
        value = None
    shop = (value.get("shopId") or value.get("sellerId") or "") if isinstance(value, dict) else ""
    return node.get("item"), str(shop)


def of_many_merchants(listing: Listing, fields: Fields) -> Listing:
    """A row of a search or recommendation page: its merchant is its mall, and unknown where the row names none.

    Such rows are never compared with one another unless their mall is known to be the same.
    """
    mall = listing.shop or fields.text("mall_name", "mallName", "shop")
    return msgspec.structs.replace(listing, shop=mall or "unknown", merchant=mall or f"unknown/{listing.id}")


def has_row(node: Node, *keys: str) -> bool:
    """Whether the node is an array whose first element is an object with all these keys."""
    first = node.first()
    return first is not None and first.members().keys() >= set(keys)


def grouped(node: Node, key: str) -> Iterator[Found]:
    """The rows of an array by the value of `key`, in order of first appearance.

    Each comes as a record {"rows": {index: row}}; pointers into it start at the array. Only rows of one listing are
    decoded at a time.
    """
    groups: dict[str, list[tuple[int, Node]]] = {}
    for index, row in enumerate(node.elements()):
        raw = row.members().get(key)
        if raw is not None:
            groups.setdefault(bytes(raw).decode("utf-8", "replace").strip('"'), []).append((index, row))
    for rows in groups.values():
        yield Found(node, value={"rows": dict(_decoded(rows))})


def _decoded(rows: list[tuple[int, Node]]) -> Iterator[tuple[int, dict[str, Any]]]:
    for index, row in rows:
        try:
            value = row.value()
        except Undecodable:
            continue
        if isinstance(value, dict):
            yield index, value


def rows_of(fields: Fields) -> list[Fields]:
    """The rows of a record made by `grouped`."""
    return [Fields(row, fields.problems, f"/{index}") for index, row in fields.data["rows"].items()]
