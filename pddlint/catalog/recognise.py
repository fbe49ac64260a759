"""Which shape a JSON value has: ask every format, then look inside known wrappers.

Nothing here looks at file names. A value no format claims is reported with its top-level keys.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from pddlint.catalog.formats import Format, Found, formats
from pddlint.catalog.node import Node

MAX_WRAPPING = 8
# Keys under which goods pages, back ends and crawlers keep the goods, the most particular first.
WRAPPERS = (
    "rawData", "store", "initDataObj", "initData", "props", "pageProps", "goods", "goodsInfo", "goods_info",
    "goodsDetail", "item", "items", "goods_list", "goodsList", "data", "result", "response", "content", "list", "rows",
    "records", "product", "products", "pageItems", "item_get_response", "items_list",
)  # fmt: skip


class Match(msgspec.Struct):
    """A record and the format that claims it."""

    format: Format
    found: Found


class Unknown(msgspec.Struct):
    """A value of no known shape."""

    node: Node
    keys: tuple[str, ...]


class Failure(msgspec.Struct):
    """A format that raised while it looked at a value. The other formats are still asked."""

    node: Node
    name: str
    error: str


Outcome = Match | Unknown | Failure


def recognise(node: Node) -> Iterator[Outcome]:
    """The records inside a JSON document, one by one; `Unknown` where there are none. An empty list is not unknown, nor
    is what pddlint wrote itself (a report, a baseline)."""
    return iter(()) if _own(node) else _recognise(node, MAX_WRAPPING)


def _own(node: Node) -> bool:
    if b"pddlint-" not in node.data:
        return False
    name = node.get("format") if node.kind == "object" and "format" in node.members() else None
    return name is not None and name.kind == "string" and str(name.value()).startswith("pddlint-")


def _recognise(node: Node, depth: int) -> Iterator[Outcome]:
    for one in formats():
        try:
            records = one.find(node)
            if records is None:
                continue
            for record in records:
                yield Match(one, record)
        except Exception as error:  # a third party's format may fail in any way; the run goes on without it
            yield Failure(node, one.NAME, f"{type(error).__name__}: {error}")
            continue
        return
    yield from _unwrap(node, depth)


def _unwrap(node: Node, depth: int) -> Iterator[Outcome]:
    if depth and node.kind == "array":
        for element in node.elements():
            yield from _recognise(element, depth - 1)
        return
    if depth and node.kind == "string":
        inner = node.embedded()
        if inner is not None:
            yield from _recognise(inner, depth - 1)
            return
    if depth and node.kind == "object":
        keys = node.members()
        candidates = [name for name in WRAPPERS if name in keys] or (list(keys) if len(keys) == 1 else [])
        for name in candidates:
            child = node.children().get(name)
            if child is None or child.kind == "scalar" or (child.kind == "string" and child.embedded() is None):
                continue
            inside = list(_few(_recognise(child, depth - 1)))
            if not any(isinstance(one, Unknown) for one in inside):
                yield from _recognise(child, depth - 1)
                return
    yield Unknown(node, tuple(node.members())[:8])


def _few(matches: Iterator[Outcome]) -> Iterator[Outcome]:
    """The first match: enough to know that a wrapper holds something known."""
    for one in matches:
        yield one
        return
