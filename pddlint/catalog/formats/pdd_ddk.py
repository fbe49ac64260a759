"""多多进宝: `pdd.ddk.goods.search` and `pdd.ddk.goods.detail`, listings of many merchants with prices in fen."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found, _pdd, _tables
from pddlint.catalog.model import Listing
from pddlint.catalog.node import Node

NAME = "pdd-ddk"
RANK = 10
SUMMARY: tuple[bytes, ...] = (b'"goods_search_response"', b'"p_search"')


def find(node: Node) -> Iterator[Found] | None:
    rows = node.get("goods_search_response", "goods_list") or node.get("goods_detail_response", "goods_details")
    return (Found(row) for row in rows.elements()) if rows else None


def convert(found: Found, fields: Fields) -> Listing | None:
    listing = _pdd.listing(fields)
    listing = msgspec.structs.replace(listing, id=listing.id or fields.identity("goods_sign"))
    return _tables.of_many_merchants(listing, fields)
