"""What a step means in the bytes of a record, shape by shape: a listing off the shelf, SKUs taken out, SKUs added.

Where a shape cannot express it, there are no edits, and `doubt` says why.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from pddlint.catalog.formats import _pdd
from pddlint.catalog.node import Node, Undecodable
from pddlint.checkers.base import Text
from pddlint.plan import edit
from pddlint.plan.edit import Edit
from pddlint.plan.model import Record, Step

# What says that a listing is on sale: flags are spelt as they stand, states are set to the value given.
_FLAGS: Mapping[str, tuple[str, ...]] = {
    "pddlint-plain": ("on_sale",),
    "kuaimai": ("activeStatus",),
    "pdd": ("is_onsale", "isOnSale", "isOnsale"),
}
_STATES: Mapping[str, tuple[str, Any]] = {
    "pdd": ("status", 2),
    "taobao": ("approve_status", "instock"),
    "shopify": ("status", "draft"),
    "weixin-shop": ("status", 11),
}
# What is added to a record that says nothing, where the shape's own documentation has the field.
_ADDED: Mapping[str, tuple[str, Any]] = {
    "pddlint-plain": ("on_sale", False),
    "pdd-goods-list": ("is_onsale", 0),
    "pdd-goods-detail": ("status", 2),
}
_SKU_IDS: Mapping[str, tuple[str, ...]] = {
    "pddlint-plain": ("id",),
    "pdd-goods-list": _pdd.SKU_ID,
    "pdd-goods-detail": _pdd.SKU_ID,
    "pdd-goods-info": _pdd.SKU_ID,
    "pdd-goods": _pdd.SKU_ID,
}
_NOT_LISTINGS = frozenset({"pdd-goods-skus"})
_YUAN = ("goods_category", "last_category")  # a goods object with these writes its prices in yuan


def node_of(record: Record, text: bytes | None = None) -> Node:
    """The record's node: in its own bytes, or at its place in the whole text of its file."""
    return Node(record.text, 0, len(record.text)) if text is None else Node(text, record.start, record.end)


def off_shelf(node: Node, record: Record) -> list[Edit] | None:
    """The edits that take the listing off the shelf, None where the shape cannot say it."""
    holder = edit.find(node, record.listing.pointer("title").rpartition("/")[0])
    if holder is None or holder.kind != "object" or record.shape in _NOT_LISTINGS:
        return None
    family = "pdd" if record.shape.startswith("pdd-") else record.shape
    edits = []
    for name in _FLAGS.get(family, ()):
        flag = holder.child(name)
        if flag is not None and (value := _off(flag)) is not None:
            edits.append(edit.set_value(flag, value))
    if family in _STATES:
        name, state = _STATES[family]
        found = holder.child(name)
        if found is not None and found.kind in ("string", "scalar") and (value := _alike(found, state)) is not None:
            edits.append(edit.set_value(found, value))
    if not edits and record.shape in _ADDED and not set(_FLAGS.get(family, ())) & holder.members().keys():
        edits.append(edit.add_member(holder, *_ADDED[record.shape]))
    return edits or None


def _off(flag: Node) -> Any:
    """No, spelt like the flag: false, 0 or "0"; None for what is no flag."""
    value = _value(flag)
    if isinstance(value, str):
        return {"true": "false", "yes": "no", "y": "n", "on": "off", "是": "否"}.get(value.strip().lower(), "0")
    return False if isinstance(value, bool) else 0 if isinstance(value, int) else None


def _alike(found: Node, state: Any) -> Any:
    """A state as a number or as text, whichever stands there."""
    value = _value(found)
    if isinstance(state, int) and isinstance(value, str):
        return str(state) if value.strip().isdecimal() else None
    return state if type(value) is type(state) else None


def _value(node: Node) -> Any:
    try:
        return node.value()
    except Undecodable:
        return None


def without_skus(node: Node, record: Record, sku_ids: Collection[str]) -> list[Edit] | None:
    """The edits that take SKUs out of the listing's SKU list, None where they are no elements of one list, or all."""
    wanted = [sku for sku in record.listing.skus if sku.id in sku_ids]
    places = [sku.pointer.rpartition("/") for sku in wanted]
    if not wanted:
        return []
    lists = {parent for parent, _, _ in places}
    array = edit.find(node, lists.pop()) if len(lists) == 1 else None
    if array is None or array.kind != "array" or not all(index.isdecimal() for _, _, index in places):
        return None
    if len(wanted) >= len(record.listing.skus):
        return None
    return edit.remove_elements(array, [int(index) for _, _, index in places])


def with_skus(
    node: Node, keeper: Record, source_node: Node, source: Record, pointers: Sequence[str]
) -> list[Edit] | None:
    """The edits that add another record's SKUs, without their ids (the platform gives new ones), to the SKU list."""
    names = _SKU_IDS.get(keeper.shape, ())
    parents = {pointer.rpartition("/")[0] for pointer in pointers} | {
        sku.pointer.rpartition("/")[0] for sku in keeper.listing.skus
    }
    array = edit.find(node, parents.pop()) if len(parents) == 1 else None
    beside = edit.last_element(array) if array is not None and array.kind == "array" else None
    if not names or array is None or beside is None:
        return None
    elements = []
    for pointer in pointers:
        found = edit.find(source_node, pointer)
        if found is None or found.kind != "object":
            return None
        element = edit.without_members(edit.moved(found, beside), names)
        elements.append(element)
    return edit.append_elements(array, elements)


def doubt(step: Step, record: Record, source: Record | None) -> Text | None:
    """Why the files cannot express the step, None when they can."""
    surplus = record if source is None else source
    if step.action != "remove" and not surplus.listing.on_sale:
        return Text("它已下架，是 include-offline 要看的", "it is off the shelf already: include-offline looks at it")
    for one in (surplus, *surplus.copies):
        if reason := _unwritable(one):
            return reason
        if step.action == "remove":
            if one.shared:
                return Text("另一个文件也写着它的 SKU", "another file gives its SKUs too")
            if without_skus(node_of(one), one, step.finding.skus) is None:
                return Text("SKU 不在一个列表里，改不了", "its SKUs do not stand in one list that can be edited")
        elif off_shelf(node_of(one), one) is None:
            return Text(
                f"{one.shape} 的文件里没有可以改成下架的字段",
                f"its file ({one.shape}) has no field that says on or off the shelf",
            )
    return _unmergeable(step, record, source) if step.add and source is not None else None


def _unwritable(record: Record) -> Text | None:
    if not record.whole:
        return Text(
            "记录写在字符串里，或由几张表拼成，不改",
            "its record stands inside a string or is joined from tables; it is not edited",
        )
    if record.refused:
        return record.refused
    if record.shape in _NOT_LISTINGS:
        return Text("文件里只有 SKU，没有商品", "its file holds SKUs only, no listing")
    return None


def _unmergeable(step: Step, keeper: Record, source: Record) -> Text | None:
    """Why SKUs of one record cannot be copied into another."""
    if reason := _unwritable(keeper):
        return reason
    if keeper.copies or keeper.shared or source.shared:
        return Text("商品在几个文件里都有，合并要人来做", "the listing stands in several files: merge it by hand")
    if keeper.shape != source.shape or _in_yuan(keeper) != _in_yuan(source):
        return Text(
            f"两条的文件结构不同（{source.shape}、{keeper.shape}）",
            f"the listings are written in different shapes ({source.shape}, {keeper.shape})",
        )
    if any(not spec.name for one in step.add for spec in one.specs):
        return Text("规格没有写维度名", "the specs do not name their dimensions")
    pictures = [sku.picture.ref for sku in source.listing.skus if sku.picture]
    if Path(keeper.path).parent != Path(source.path).parent and any("://" not in ref for ref in pictures):
        return Text("SKU 图片是另一文件夹里的文件", "the SKUs' pictures are files in another folder")
    pointers = [one.pointer for one in step.add]
    if with_skus(node_of(keeper), keeper, node_of(source), source, pointers) is None:
        return Text(f"{keeper.shape} 的文件里不能加 SKU", f"SKUs cannot be added to its file ({keeper.shape})")
    return None


def _in_yuan(record: Record) -> bool:
    return any(name in record.data for name in _YUAN)
