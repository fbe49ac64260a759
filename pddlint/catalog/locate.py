"""From a symbolic place to line and column: what findings need in the end, and only those that are reported.

Lines and columns count from 1, columns in Unicode code points; the end is exclusive. A byte order mark takes no column.
A pointer into JSON that stands inside a string resolves to that string; a pointer to something that is not there, to
the nearest thing above it that is.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from pddlint.catalog import decode
from pddlint.catalog.model import Origin
from pddlint.catalog.node import Node

Span = tuple[int, int, int, int]
START: Span = (1, 1, 1, 1)
_STEP = 1 << 16


class Locator:
    """Positions in one file, whose text is read once. Never raises: a file that went away answers (1, 1, 1, 1)."""

    def __init__(self, path: Path | str) -> None:
        self._text = _read(Path(path))
        self._lines: list[int] = [0]  # newlines before each step of the text
        self._points: list[int] = [0]  # code points before each step

    def locate(self, origin: Origin, pointer: str = "") -> Span:
        """(line, column, end line, end column) of a pointer inside a record."""
        text = self._text
        if not text or origin.start >= max(origin.end, 1) or origin.start > len(text):
            return START
        start, end = origin.start, min(origin.end, len(text))
        if pointer and text[start : start + 1] in (b"{", b"["):
            start, end = resolve(text, start, end, pointer)
        return (*self._position(start), *self._position(max(start, end)))

    def many(self, places: Iterable[tuple[Origin, str]]) -> list[Span]:
        """`locate` for each (origin, pointer)."""
        return [self.locate(origin, pointer) for origin, pointer in places]

    def _position(self, offset: int) -> tuple[int, int]:
        text = self._text
        begin = text.rfind(b"\n", 0, offset) + 1
        step = offset // _STEP
        self._index(step)
        line = self._lines[step] + text.count(b"\n", step * _STEP, offset) + 1
        return line, self._count(offset) - self._count(begin) + 1

    def _count(self, offset: int) -> int:
        """Code points before a byte offset."""
        step = offset // _STEP
        self._index(step)
        return self._points[step] + _code_points(self._text[step * _STEP : offset])

    def _index(self, step: int) -> None:
        while len(self._lines) <= step:
            at = (len(self._lines) - 1) * _STEP
            self._lines.append(self._lines[-1] + self._text.count(b"\n", at, at + _STEP))
            self._points.append(self._points[-1] + _code_points(self._text[at : at + _STEP]))


_CONTINUATION = bytes(range(0x80, 0xC0))


def _code_points(text: bytes) -> int:
    """Code points of a stretch of UTF-8 that may be cut anywhere: the bytes that start one."""
    return len(text) if text.isascii() else len(text.translate(None, _CONTINUATION))


def _read(path: Path) -> bytes:
    """The file's text as the reader saw it; b"" when it cannot be read any more."""
    try:
        with path.open("rb", buffering=0) as file:
            return b"".join(decode.utf8_blocks(file, path.stat().st_size))
    except (OSError, ValueError, decode.Unreadable, MemoryError):
        return b""


def resolve(text: bytes, start: int, end: int, pointer: str) -> tuple[int, int]:
    """Byte range of a pointer inside the value at [start, end)."""
    node = Node(text, start, end)
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        child = (
            _element(node, key) if node.kind == "array" else node.children().get(key) if node.kind == "object" else None
        )
        if child is None:
            break
        node = child
    return node.start, node.end


def _element(node: Node, key: str) -> Node | None:
    if not (key.isdigit() and key.isascii() and len(key) < 10):
        return None
    return next(itertools.islice(node.elements(), int(key), None), None)


@lru_cache(maxsize=64)
def _locator(path: str, size: int, modified: int) -> Locator:
    return Locator(path)


def locate(origin: Origin, pointer: str = "", base: Path | str = ".") -> Span:
    """(line, column, end line, end column) of a pointer inside a record; displayed paths are relative to `base`."""
    path = Path(base) / origin.path
    try:
        status = path.stat()
    except (OSError, ValueError):
        return START
    return _locator(str(path), status.st_size, status.st_mtime_ns).locate(origin, pointer)
