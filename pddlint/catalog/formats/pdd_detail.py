"""`pdd.goods.detail.get` and `pdd.goods.commit.detail.get`: one listing whole, prices in fen."""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found, _pdd
from pddlint.catalog.model import Listing
from pddlint.catalog.node import Node

NAME = "pdd-goods-detail"
RANK = 10
SUMMARY: tuple[bytes, ...] = ()


def find(node: Node) -> Iterator[Found] | None:
    answer = node.get("goods_detail_get_response") or node.get("goods_commit_detail_response")
    return iter((Found(answer),)) if answer else None


def convert(found: Found, fields: Fields) -> Listing | None:
    return _pdd.listing(fields)
