"""`pdd.goods.list.get`: pages of listings with SKUs and merchant codes, but without prices and attributes."""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found, _pdd
from pddlint.catalog.model import Listing
from pddlint.catalog.node import Node

NAME = "pdd-goods-list"
RANK = 10
SUMMARY: tuple[bytes, ...] = (b'"goods_list_get_response"',)


def find(node: Node) -> Iterator[Found] | None:
    answer = node.get("goods_list_get_response")
    if answer is None:
        return None
    rows = answer.get("goods_list")
    return (Found(row) for row in rows.elements()) if rows else iter(())


def convert(found: Found, fields: Fields) -> Listing | None:
    return _pdd.listing(fields)
