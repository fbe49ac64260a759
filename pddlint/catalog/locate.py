"""From a symbolic place to line and column: what findings need in the end, and only those that are reported.

Lines and columns count from 1, columns in Unicode code points; the end is exclusive. A byte order mark takes no column.
A pointer into JSON that stands inside a string resolves to that string; a pointer to something that is not there, to
the nearest thing above it that is.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from pddlint.catalog import decode
from pddlint.catalog.model import Origin
from pddlint.catalog.node import Node

Span = tuple[int, int, int, int]
START: Span = (1, 1, 1, 1)
_STEP = 1 << 13
_WINDOW = 1 << 20
_LARGE = 64 << 20


class Locator:
    """Positions in one file. Never raises: a file that went away answers (1, 1, 1, 1).

    Small, packed and transcoded files are held as text; of a large UTF-8 file only what a lookup needs is read.
    `text`, when given, is what the file holds (UTF-8, without a byte order mark), saved or not.
    """

    def __init__(self, path: Path | str, text: bytes | None = None) -> None:
        self._text = _open(Path(path)) if text is None else _Held(text)
        self._lines: list[int] = [0]  # newlines before each step of the text
        self._points: list[int] = [0]  # code points before each step
        self._starts: list[int] = [0]  # where the line begins that holds each step's first byte

    def locate(self, origin: Origin, pointer: str = "") -> Span:
        """(line, column, end line, end column) of a pointer inside a record."""
        try:
            return self._locate(origin, pointer)
        except (OSError, ValueError):
            return START

    def many(self, places: Iterable[tuple[Origin, str]]) -> list[Span]:
        """`locate` for each (origin, pointer)."""
        return [self.locate(origin, pointer) for origin, pointer in places]

    def _locate(self, origin: Origin, pointer: str) -> Span:
        size = self._text.size
        if not size or origin.start >= max(origin.end, 1) or origin.start > size:
            return START
        start, end = origin.start, min(origin.end, size)
        if pointer:
            record = self._text.read(start, end)
            if record[:1] in (b"{", b"["):
                first, last = resolve(record, 0, len(record), pointer)
                start, end = start + first, start + last
        return (*self._position(start), *self._position(max(start, end)))

    def _position(self, offset: int) -> tuple[int, int]:
        step = offset // _STEP
        self._index(step)
        piece = self._text.read(step * _STEP, offset)
        newline = piece.rfind(b"\n")
        if newline >= 0:
            return self._lines[step] + piece.count(b"\n") + 1, _code_points(piece[newline + 1 :]) + 1
        before = self._points[step] - self._count(self._starts[step])
        return self._lines[step] + 1, before + _code_points(piece) + 1

    def _count(self, offset: int) -> int:
        """Code points before a byte offset."""
        step = offset // _STEP
        return self._points[step] + _code_points(self._text.read(step * _STEP, offset))

    def _index(self, step: int) -> None:
        while len(self._lines) <= step:
            at = (len(self._lines) - 1) * _STEP
            piece = self._text.read(at, at + _STEP)
            newline = piece.rfind(b"\n")
            self._starts.append(at + newline + 1 if newline >= 0 else self._starts[-1])
            self._lines.append(self._lines[-1] + piece.count(b"\n"))
            self._points.append(self._points[-1] + _code_points(piece))


class _Held:
    """A text held in memory."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self.size = len(text)

    def read(self, start: int, end: int) -> bytes:
        return self._text[start:end]


class _OnDisk:
    """A large UTF-8 text left on disk; `skipped` bytes of byte order mark do not count."""

    def __init__(self, path: Path, size: int, skipped: int) -> None:
        self._path, self._skipped = path, skipped
        self.size = size - skipped
        self._at, self._window = 0, b""

    def read(self, start: int, end: int) -> bytes:
        if not (self._at <= start and end <= self._at + len(self._window)):
            with self._path.open("rb", buffering=0) as file:
                file.seek(start + self._skipped)
                self._window = file.read(max(end - start, _WINDOW))
            self._at = start
        return self._window[start - self._at : end - self._at]


def _open(path: Path) -> _Held | _OnDisk:
    """The file's text as the reader saw it; an empty one when it cannot be read any more."""
    try:
        with decode.open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > _LARGE:
                first = file.read(decode.BLOCK)
                file.seek(0)
                encoding, mark = decode.encoding_of(first)
                if encoding == "utf-8" and first[:2] != decode.GZIP_MAGIC:
                    return _OnDisk(path, size, mark)
            return _Held(b"".join(decode.utf8_blocks(file, size)))
    except (OSError, ValueError, decode.Unreadable, MemoryError):
        return _Held(b"")


_CONTINUATION = bytes(range(0x80, 0xC0))


def _code_points(text: bytes) -> int:
    """Code points of a stretch of UTF-8 that may be cut anywhere: the bytes that start one."""
    return len(text) if text.isascii() else len(text.translate(None, _CONTINUATION))


def resolve(text: bytes, start: int, end: int, pointer: str) -> tuple[int, int]:
    """Byte range of a pointer inside the value at [start, end)."""
    node = Node(text, start, end)
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        child = _element(node, key) if node.kind == "array" else node.child(key) if node.kind == "object" else None
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
    path = os.path.join(base, origin.path)  # noqa: PTH118 - asked for every place in a report
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return START
    return _locator(path, status.st_size, status.st_mtime_ns).locate(origin, pointer)
