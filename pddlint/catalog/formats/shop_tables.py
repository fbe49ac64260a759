"""A shop's database dump: `goods` rows with price, variants and gallery in tables beside them, joined by `sid`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found, _pdd, _tables
from pddlint.catalog.model import Listing, Sku, Spec
from pddlint.catalog.node import Node, Undecodable

NAME = "shop-tables"
RANK = 40
SUMMARY: tuple[bytes, ...] = ()

_BESIDE = ("pay_price", "type", "size", "item_swiper", "detail")
_NONE = ("", "无")


def find(node: Node) -> Iterator[Found] | None:
    goods = node.get("goods")
    if (
        goods is None
        or not {"pay_price", "item_swiper"} & node.members().keys()
        or not _tables.has_row(goods, "sid", "title")
    ):
        return None
    return _joined(node, goods)


def _joined(node: Node, goods: Node) -> Iterator[Found]:
    tables = {name: _rows(node.get(name)) for name in _BESIDE}
    for index, row in enumerate(goods.elements()):
        try:
            value = row.value()
        except Undecodable:
            continue
        if isinstance(value, dict):
            yield Found(node, tables, {"index": index, "row": value})


def _rows(node: Node | None) -> list[dict[str, Any]]:
    try:
        value = node.value() if node else []
    except Undecodable:
        return []
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def convert(found: Found, fields: Fields) -> Listing | None:
    tables: dict[str, list[dict[str, Any]]] = found.extra
    row = Fields(fields.data["row"], fields.problems, f"/goods/{fields.data['index']}")
    sid = row.identity("sid")
    detail = next((d for d in tables["detail"] if str(d.get("iid")) == sid), {})
    swiper = [
        (str(picture["images"]), f"/item_swiper/{index}/images")
        for index, picture in enumerate(tables["item_swiper"])
        if str(picture.get("cid")) == sid and picture.get("images")
    ]
    listing = Listing(
        id=sid,
        title=row.text("title"),
        shop=row.text("shop"),
        description=str(detail.get("describe") or ""),
        pictures=_pdd.unique(swiper + row.strings("image")),
        skus=tuple(_skus(tables, fields, sid)) or (Sku(sid, (), row.money("yuan", "price"), pointer=row.at),),
        sales=row.sales("count"),
        pointers={"title": f"{row.at}/title", "pictures": f"{row.at}/image", "skus": row.at, "id": f"{row.at}/sid"},
    )
    return _tables.of_many_merchants(listing, row)


def _skus(tables: dict[str, list[dict[str, Any]]], fields: Fields, sid: str) -> Iterator[Sku]:
    types = {str(row.get("tid")): str(row.get("tname") or "") for row in tables["type"]}
    sizes = {str(row.get("iid")): str(row.get("sname") or "") for row in tables["size"]}
    for index, data in enumerate(tables["pay_price"]):
        if str(data.get("sid")) != sid:
            continue
        row = Fields(data, fields.problems, f"/pay_price/{index}")
        named = (
            (row.text("t_title"), types.get(row.identity("tid"), "")),
            (row.text("i_title"), sizes.get(row.identity("iid"), "")),
        )
        yield Sku(
            id=f"{sid}-{row.identity('tid')}-{row.identity('iid')}",
            specs=tuple(Spec("" if name in _NONE else name, value) for name, value in named if value not in _NONE),
            price_fen=row.money("yuan", "new_price"),
            single_price_fen=row.money("yuan", "old_price"),
            pointer=row.at,
        )
