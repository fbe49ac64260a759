"""Small changes to JSON text by splicing bytes: nothing outside an edit is touched, nothing is serialised anew.

Edits are byte ranges of one decoded document (UTF-8, as `Node` holds it) with what replaces them. The helpers make the
edits for a change in terms of JSON and take the style (line breaks, indentation, spaces) from what stands around it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from itertools import islice

import msgspec

from pddlint.catalog import scan
from pddlint.catalog.node import Node

_SPACE = b" \t\r\n"


class Edit(msgspec.Struct, frozen=True):
    """`replacement` instead of `text[start:end]`; start == end inserts."""

    start: int
    end: int
    replacement: bytes


def splice(text: bytes, edits: Iterable[Edit]) -> bytes:
    """The text with the edits made. Insertions at one place keep their order. ValueError when edits overlap."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if not at <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edits overlap or lie outside the text at byte {edit.start}")
        parts += [text[at : edit.start], edit.replacement]
        at = edit.end
    return b"".join([*parts, text[at:]])


def find(node: Node, pointer: str) -> Node | None:
    """The value at a JSON pointer below `node`, None when it is not there (also where a string holds the rest)."""
    found: Node | None = node
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        if found is None:
            return None
        if found.kind == "array" and key.isdecimal() and key.isascii():
            found = next(islice(found.elements(), int(key), None), None)
        else:
            found = found.child(key) if found.kind == "object" else None
    return found


def set_value(node: Node, value: object) -> Edit:
    """Another value in place of a node's."""
    return Edit(node.start, node.end, literal(value))


def remove_elements(array: Node, indexes: Collection[int]) -> list[Edit]:
    """The edits that take elements out of an array, each with its comma and the space before the next one."""
    spans = list(scan.elements(array.data, array.start, array.end))
    edits = []
    for first, last in _runs(sorted(set(indexes))):
        if last + 1 < len(spans):
            edits.append(Edit(spans[first][0], spans[last + 1][0], b""))
        elif first > 0:
            edits.append(Edit(spans[first - 1][1], spans[last][1], b""))
        else:
            edits.append(Edit(spans[first][0], spans[last][1], b""))
    return edits


def append_elements(array: Node, elements: Sequence[bytes]) -> list[Edit]:
    """The edits that add elements, given as JSON text, at the end of an array that has some already."""
    spans = list(scan.elements(array.data, array.start, array.end))
    if not spans:
        raise ValueError("an empty array shows no style to follow")
    if len(spans) > 1:
        between = array.data[spans[-2][1] : spans[-1][0]]
    else:
        space = array.data[array.start + 1 : spans[0][0]]
        spaced = b'": ' in array.data[spans[0][0] : spans[0][1]]
        between = b"," + (space if b"\n" in space else b" " if spaced else b"")
    added = b"".join(between + element for element in elements)
    return [Edit(spans[-1][1], spans[-1][1], added)]


def last_element(array: Node) -> Node | None:
    """The last element of an array."""
    spans = list(scan.elements(array.data, array.start, array.end))
    return Node(array.data, *spans[-1], array.base) if spans else None


def add_member(node: Node, key: str, value: object) -> Edit:
    """The edit that adds a member at the end of an object that has some already."""
    rows = list(scan.members(node.data, node.start, node.end))
    if not rows:
        raise ValueError("an empty object shows no style to follow")
    written, key_at, value_at, end = rows[-1]
    if len(rows) > 1:
        between = node.data[rows[-2][3] : key_at]
    else:
        space = node.data[node.start + 1 : key_at]
        between = b"," + (space if b"\n" in space else b" " if space or b'": ' in node.data[key_at:end] else b"")
    colon = node.data[key_at + len(written) : value_at]
    return Edit(end, end, between + literal(key) + colon + literal(value))


def without_members(text: bytes, keys: Collection[str]) -> bytes:
    """The text of an object without the members of these names."""
    rows = list(scan.members(text, 0, len(text)))
    gone = [index for index, row in enumerate(rows) if _name(row[0]) in keys]
    edits = []
    for first, last in _runs(gone):
        if last + 1 < len(rows):
            edits.append(Edit(rows[first][1], rows[last + 1][1], b""))
        else:
            edits.append(Edit(rows[first - 1][3] if first else rows[first][1], rows[last][3], b""))
    return splice(text, edits)


def moved(node: Node, beside: Node) -> bytes:
    """The text of a node, indented and with line ends as it would stand beside another node."""
    here, there = indentation(node.data, node.start), indentation(beside.data, beside.start)
    text = node.data[node.start : node.end].replace(b"\r\n", b"\n")
    line_end = b"\r\n" if b"\r\n" in beside.data else b"\n"
    return text.replace(b"\n" + here, line_end + there) if b"\n" in text else text


def indentation(text: bytes, at: int) -> bytes:
    """The space at the start of the line that holds `at`."""
    start = text.rfind(b"\n", 0, at) + 1
    line = text[start : text.find(b"\n", start) if b"\n" in text[start:] else len(text)]
    return line[: len(line) - len(line.lstrip(_SPACE))]


def literal(value: object) -> bytes:
    """A value as JSON text."""
    return json.dumps(value, ensure_ascii=False).encode()


def _name(written: bytes) -> str:
    return str(json.loads(written, strict=False))


def _runs(indexes: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers as (first, last) of each unbroken run."""
    runs: list[tuple[int, int]] = []
    for index in indexes:
        if runs and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs
