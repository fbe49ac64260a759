"""A value inside a JSON document, looked at lazily: its keys, its children, its byte range, and only then its content.

A catalog file can hold one object wrapped around ten thousand listings. A `Node` lets a format step through the
wrapper and hand out the listings one by one, so that no more than one of them is decoded at a time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Raw

from pddlint.catalog import scan

_DECODE_OBJECT = msgspec.json.Decoder(dict[str, Raw])
_DECODE_ARRAY = msgspec.json.Decoder(list[Raw])
_DECODE = msgspec.json.Decoder()
_FAILURES = (msgspec.DecodeError, RecursionError, UnicodeDecodeError, ValueError)
_KINDS = {ord("{"): "object", ord("["): "array", ord('"'): "string"}
_DIGITS_KEPT = 400  # an integer literal longer than this is no id and no amount; int() would also refuse 4,300


class Undecodable(ValueError):
    """A value that is no JSON after all, or nested deeper than can be read."""


class Node:
    """A JSON value at `data[start:end]`; `base` is the offset of `data` in the file, `pointer` the value's pointer.

    `anchor` is the byte range in the file of the string that holds this value, for JSON inside a string.
    """

    __slots__ = ("_children", "_raw", "anchor", "base", "data", "end", "pointer", "start")

    def __init__(
        self, data: bytes, start: int, end: int, base: int = 0, pointer: str = "", anchor: tuple[int, int] | None = None
    ) -> None:
        self.data, self.start, self.end = data, start, end
        self.base, self.pointer, self.anchor = base, pointer, anchor
        self._raw: dict[str, Raw] | None = None
        self._children: dict[str, Node] | None = None

    @property
    def span(self) -> tuple[int, int]:
        """Byte range in the file (after decompression and transcoding); of the enclosing string for embedded JSON."""
        return self.anchor or (self.base + self.start, self.base + self.end)

    @property
    def kind(self) -> str:
        """One of "object", "array", "string", "scalar"."""
        return _KINDS.get(self.data[self.start], "scalar") if self.end > self.start else "scalar"

    def _view(self) -> memoryview:
        return memoryview(self.data)[self.start : self.end]

    def members(self) -> dict[str, Raw]:
        """The object's keys in order; empty for anything else. Costs one pass over the value, nothing is built."""
        if self._raw is None:
            self._raw = {}
            if self.kind == "object":
                try:
                    self._raw = _DECODE_OBJECT.decode(self._view())
                except _FAILURES:
                    self._raw = {_text(key): Raw(self.data[a:b]) for key, _, a, b in self._scan()}
        return self._raw

    def _scan(self) -> Iterator[tuple[bytes, int, int, int]]:
        return scan.members(self.data, self.start, self.end)

    def _walk(self) -> Iterator[tuple[bytes, int, int]]:
        """(key as written, value start, value end) of each member, repeated ones too."""
        raws, at = self.members(), self.start + 1
        while match := scan.KEY.match(self.data, at, self.end):
            key, start = match[1], match.end()
            raw = raws.get(_text(key))
            stop = start + len(memoryview(raw)) if raw is not None else start
            if raw is None or self.data[start:stop] != memoryview(raw):  # an earlier one of repeated keys
                stop = scan.skip(self.data, start)
            yield key, start, stop
            at = max(stop, start + 1)

    def children(self) -> dict[str, Node]:
        """The object's members as nodes; of a repeated key the last, as JSON decoders do."""
        if self._children is None:
            self._children = {}
            for written, start, stop in self._walk():
                key = _text(written)
                self._children[key] = self._child(start, stop, key)
        return self._children

    def child(self, key: str) -> Node | None:
        """One member, without making nodes of the others."""
        found = None
        if key in self.members():
            quoted = b'"' + key.encode("utf-8", "replace") + b'"'
            for written, start, stop in self._walk():
                if written == quoted or (b"\\" in written and _text(written) == key):
                    found = (start, stop)
        return self._child(*found, key) if found else None

    def get(self, *path: str) -> Node | None:
        """The node down a path of keys, None where a key is missing."""
        node: Node | None = self
        for key in path:
            if node is None or key not in (node.members() if node._raw is None else node._raw):
                return None
            node = node.children().get(key)
        return node

    def elements(self) -> Iterator[Node]:
        """The array's values one by one; nothing for anything else."""
        if self.kind != "array":
            return
        try:
            raws = _DECODE_ARRAY.decode(self._view())
        except _FAILURES:
            for index, (start, end) in enumerate(scan.elements(self.data, self.start, self.end)):
                yield self._child(start, end, str(index))
            return
        at = self.start + 1
        for index, raw in enumerate(raws):
            match = scan.ELEMENT.match(self.data, at)
            start = match.end() if match else at
            at = start + len(memoryview(raw))
            yield self._child(start, at, str(index))

    def first(self) -> Node | None:
        """The first value of an array."""
        for start, end in scan.elements(self.data, self.start, self.end) if self.kind == "array" else ():
            return self._child(start, end, "0")
        return None

    def _child(self, start: int, end: int, token: str) -> Node:
        escaped = token.replace("~", "~0").replace("/", "~1")
        return Node(self.data, start, end, self.base, f"{self.pointer}/{escaped}", self.anchor)

    def embedded(self) -> Node | None:
        """The JSON object or array written inside this string, None when there is none."""
        if self.kind != "string" or self.end - self.start < 4:
            return None
        head = self.data[self.start + 1 : self.start + 64].lstrip(b" \\ntr\r")
        if head[:1] not in (b"{", b"["):
            return None
        try:
            inner = str(self.value()).strip().encode()
            msgspec.json.decode(inner, type=Raw)
        except _FAILURES:
            return None
        return Node(inner, 0, len(inner), 0, self.pointer, self.span)

    def value(self) -> Any:
        """The decoded value. Lone surrogates become U+FFFD, numbers beyond all reason infinity. Raises Undecodable."""
        return decode(self.data[self.start : self.end])


def decode(data: bytes) -> Any:
    """Decode one JSON value; falls back to a slower, more forgiving decoder for what msgspec refuses.

    Raises Undecodable for text that is no JSON, and for nesting beyond what the interpreter can follow.
    """
    try:
        return _DECODE.decode(data)
    except _FAILURES:
        pass
    import json  # hardly any run needs it

    try:
        value = json.loads(
            data.decode("utf-8", "replace"), strict=False, parse_int=_parse_int, parse_constant=_constant
        )
        return _without_surrogates(value)
    except (ValueError, RecursionError) as error:
        raise Undecodable(str(error)) from error


def _parse_int(digits: str) -> int | float:
    return int(digits) if len(digits) <= _DIGITS_KEPT else math.inf


def _constant(name: str) -> float:
    return {"NaN": math.nan, "Infinity": math.inf}.get(name, -math.inf)


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    return value


def _text(quoted: bytes) -> str:
    """A JSON string literal's text."""
    if b"\\" not in quoted:
        return quoted[1:-1].decode("utf-8", "replace")
    try:
        return str(decode(quoted))
    except Undecodable:
        return quoted[1:-1].decode("utf-8", "replace")
