"""`pdd.goods.information.get` (`goods_info_get_response`): one listing, prices in yuan, categories by name."""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found, _pdd
from pddlint.catalog.model import Listing
from pddlint.catalog.node import Node

NAME = "pdd-goods-info"
RANK = 10
SUMMARY: tuple[bytes, ...] = ()


def find(node: Node) -> Iterator[Found] | None:
    answer = node.get("goods_info_get_response")
    if answer is None:
        return None
    return iter((Found(answer.get("goods_info") or answer),))


def convert(found: Found, fields: Fields) -> Listing | None:
    return _pdd.listing(fields, price_unit="yuan")
