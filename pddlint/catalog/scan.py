"""Walking JSON text without building values: where a member's key and value stand, and where a value ends.

Only what needs offsets comes through here; values are decoded by msgspec. Offsets are bytes into UTF-8 text that is
known to be JSON, or nearly so (the walk stops quietly where the text stops being JSON).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_STRING = re.compile(STRING, re.DOTALL)
_BRACKET_OR_STRING = re.compile(STRING + rb"|[\[{]|[\]}]", re.DOTALL)
_SCALAR = re.compile(rb"[^,\]}\s]+")
KEY = re.compile(rb"[\s,]*(" + STRING + rb")\s*:\s*", re.DOTALL)
ELEMENT = re.compile(rb"[\s,]*")


def skip(data: bytes, at: int) -> int:
    """Offset just past the value that starts at `at`; the end of the data when it is never closed."""
    first = data[at : at + 1]
    if first == b'"':
        match = _STRING.match(data, at)
        return match.end() if match else len(data)
    if first not in (b"{", b"["):
        match = _SCALAR.match(data, at)
        return match.end() if match else at
    depth = 0
    for token in _BRACKET_OR_STRING.finditer(data, at):
        mark = data[token.start()]
        if mark in b"{[":
            depth += 1
        elif mark in b"}]":
            depth -= 1
            if depth == 0:
                return token.end()
    return len(data)


def members(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """(key as written with its quotes, offset of the key, value start, value end) of the object at `start`."""
    at = start + 1
    while at < end:
        match = KEY.match(data, at, end)
        if match is None:
            return
        stop = skip(data, match.end())
        yield match[1], match.start(1), match.end(), stop
        if stop <= at:
            return
        at = stop


def elements(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """(start, end) of each value of the array at `start`."""
    at = start + 1
    while at < end:
        match = ELEMENT.match(data, at, end)
        at = match.end() if match else at
        if at >= end or data[at : at + 1] in (b"]", b"}"):
            return
        stop = skip(data, at)
        if stop <= at:
            return
        yield at, stop
        at = stop
