"""What one file says about the listings of others: category names by id, and the category's cap on price ratios.

A first pass over the heads of a root's files finds them, so that they apply whatever the order of files. It also notes
which files hold only the short form of listings; those are read last, and a listing met before is not replaced.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from pddlint.catalog.decode import Document, Trouble, documents
from pddlint.catalog.discover import Source
from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import formats, pdd_skus
from pddlint.catalog.formats.pdd_cats import CATS, RULES
from pddlint.catalog.model import Sku
from pddlint.catalog.node import Node, Undecodable

HEAD = 1 << 16
_SIDE_FILE = [f'"{name}"'.encode() for name in (CATS, *RULES, *pdd_skus.ANSWERS)]


class Sidecar(msgspec.Struct):
    """Knowledge about a root's categories, small enough to send to worker processes."""

    categories: dict[str, tuple[str, ...]] = {}  # category id -> names, root first
    ratios: dict[str, float] = {}  # category id -> highest allowed max/min group price
    skus: dict[str, tuple[Sku, ...]] = {}  # goods id -> SKUs that files of single SKUs give

    def names(self, category_id: str) -> tuple[str, ...]:
        return self.categories.get(category_id, ())


def survey(sources: Iterable[Source]) -> tuple[Sidecar, frozenset[str]]:
    """(what the files say about categories, paths of the files that hold only listings' short form)."""
    short = {mark for one in formats() for mark in getattr(one, "SUMMARY", ())}
    rows: dict[str, tuple[str, str]] = {}
    ratios: dict[str, float] = {}
    skus: dict[str, dict[str, Sku]] = {}
    brief = set()
    for source in sources:
        head = _head(source.path)
        if any(map(head.__contains__, short)):
            brief.add(source.path)
        if any(map(head.__contains__, _SIDE_FILE)):
            for document in documents(Path(source.path)):
                for node in _single(document):
                    _collect(node, rows, ratios)
                    _collect_skus(node, skus)
    categories = {cid: chain for cid in rows if (chain := _chain(cid, rows))}
    return Sidecar(categories, ratios, {gid: tuple(some.values()) for gid, some in skus.items()}), frozenset(brief)


def describes(path: str) -> bool:
    """Whether a file says something about the listings of others, as far as its first 64 KiB show."""
    return any(map(_head(path).__contains__, _SIDE_FILE))


def _single(document: Document | Trouble) -> Iterator[Node]:
    """The answers in a document: itself, or the elements of an array of answers."""
    if isinstance(document, Document):
        node = Node(document.data, 0, len(document.data))
        yield from node.elements() if node.kind == "array" else (node,)


def _collect_skus(node: Node, skus: dict[str, dict[str, Sku]]) -> None:
    for found in pdd_skus.find(node) or ():
        data = _value(found.node)
        if isinstance(data, dict):
            goods_id, some = pdd_skus.rows(Fields(data, []))
            for sku in some if goods_id else ():
                skus.setdefault(goods_id, {})[sku.id] = msgspec.structs.replace(sku, pointer="")


def _head(path: str) -> bytes:
    """The first 64 KiB of the text; b"" when unreadable, which the reader proper reports."""
    try:
        if not Path(path).is_file():
            return b""
        with Path(path).open("rb", buffering=0) as file:
            head = file.read(HEAD)
            if head[:2] == b"\x1f\x8b":
                import gzip

                file.seek(0)
                with gzip.GzipFile(fileobj=file) as stream:
                    head = stream.read(HEAD)
    except (OSError, ValueError, EOFError, zlib.error):
        return b""
    return head.replace(b"\0", b"") if b"\0" in head[:8] else head  # UTF-16: the ASCII keys remain


def _collect(node: Node, rows: dict[str, tuple[str, str]], ratios: dict[str, float]) -> None:
    for item in _values(node.get(CATS, "goods_cats_list")):
        if isinstance(item, dict) and item.get("cat_id") is not None:
            rows[str(item["cat_id"])] = (str(item.get("cat_name") or ""), str(item.get("parent_cat_id") or 0))
    for name in RULES:
        answer = node.get(name)
        if answer is None:
            continue
        ratio = _number(_value(answer.get("goods_sku_rule", "price_range_ratio")))
        category = _value(answer.get("cat_id")) or _value(node.get("cat_id")) or _value(node.get("request", "cat_id"))
        if ratio is not None and category:
            ratios[str(category)] = ratio


def _values(node: Node | None) -> Iterator[Any]:
    for element in node.elements() if node else ():
        yield _value(element)


def _value(node: Node | None) -> Any:
    try:
        return node.value() if node else None
    except Undecodable:
        return None


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if 1 <= number < 10**6 else None


def _chain(category_id: str, rows: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    names: list[str] = []
    seen: set[str] = set()
    while category_id in rows and category_id not in seen:
        seen.add(category_id)
        name, category_id = rows[category_id]
        if name:
            names.append(name)
    return tuple(reversed(names))


def joined(own: tuple[Sku, ...], other: tuple[Sku, ...]) -> tuple[Sku, ...]:
    """A listing's SKUs with the prices, stock and codes another file gives for them, and the SKUs only it knows."""
    theirs = {sku.id: sku for sku in other}
    merged = []
    for sku in own:
        extra = theirs.pop(sku.id, None)
        if extra is not None:
            sku = msgspec.structs.replace(
                sku,
                specs=sku.specs if any(spec.name for spec in sku.specs) else extra.specs or sku.specs,
                price_fen=sku.price_fen if sku.price_fen is not None else extra.price_fen,
                single_price_fen=sku.single_price_fen if sku.single_price_fen is not None else extra.single_price_fen,
                stock=sku.stock if sku.stock is not None else extra.stock,
                code=sku.code or extra.code,
                on_sale=sku.on_sale and extra.on_sale,
            )
        merged.append(sku)
    return (*merged, *theirs.values())
