"""From a file's bytes to its JSON documents: gunzip within bounds, find the encoding, split into documents.

JSON Lines and concatenated documents are read in blocks and one document is handed out at a time, so a long file costs
no more memory than its longest document. What is wrong with the file comes out as `Trouble` between the documents, and
the rest of a JSON Lines file is still read.

Offsets count bytes of the text as UTF-8, after decompression and without a byte order mark.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec
from msgspec import Raw

from pddlint.catalog import scan

BLOCK = 1 << 20
GZIP_MAGIC = b"\x1f\x8b"
MAX_DOCUMENT = 512 << 20
MAX_RATIO = 300  # JSON rarely packs better than 50:1; a bomb is close to deflate's limit of 1032:1
SAFE_OUTPUT = 64 << 20  # below this much output no ratio is worth a refusal
MAX_SYNTAX_ERRORS = 100  # per file

TroubleKind = Literal["unreadable", "encoding", "syntax", "bomb", "large", "changed"]
# Reasons are keys; the rule cards in checkers/cat word them.


class Trouble(msgspec.Struct, frozen=True):
    """Something wrong with a file: `reason` is English detail; `start` a byte offset, or `span` a line and column."""

    kind: TroubleKind
    reason: str = ""
    start: int = 0
    span: tuple[int, int, int, int] | None = None


class Document(msgspec.Struct, frozen=True):
    """One JSON document: its text, its offset in the file and its number among the file's documents."""

    data: bytes
    start: int
    number: int


class Unreadable(Exception):
    """Reading must stop here; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.reason)
        self.trouble = trouble


def documents(path: Path, max_document: int = MAX_DOCUMENT) -> Iterator[Document | Trouble]:
    """The documents of a file, and what is wrong with it. Raises nothing."""
    try:
        with open_regular(path) as file:
            before = os.fstat(file.fileno())
            yield from Splitter(utf8_blocks(file, before.st_size), max_document).run()
            after = path.stat()
            if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                yield Trouble("changed")
    except Unreadable as error:
        yield error.trouble
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield Trouble("unreadable", _os_reason(error))
    except MemoryError:
        yield Trouble("large", "out of memory")


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file, unbuffered. A pipe or a device would block or never end: Unreadable."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        raise Unreadable(Trouble("unreadable", "is a directory" if stat.S_ISDIR(mode) else "not a regular file"))
    return os.fdopen(handle, "rb", buffering=0)


def _os_reason(error: OSError | ValueError) -> str:
    return (error.strerror or type(error).__name__) if isinstance(error, OSError) else str(error)


def utf8_blocks(file: BinaryIO, size: int) -> Iterator[bytes]:
    """The file's text as blocks of UTF-8 bytes cut anywhere. Raises Unreadable where that is impossible."""
    raw = _plain_blocks(file, size)
    first = next(raw, b"")
    encoding, mark = encoding_of(first)
    yield from _transcoded(_chain(first[mark:], raw), encoding)


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _plain_blocks(file: BinaryIO, size: int) -> Iterator[bytes]:
    head = file.read(2)
    file.seek(0)
    if head != GZIP_MAGIC:
        while block := file.read(BLOCK):
            yield block
        return
    import gzip

    produced = 0
    with gzip.GzipFile(fileobj=file) as stream:
        while True:
            try:
                block = stream.read(BLOCK)
            except (OSError, EOFError, zlib.error) as error:
                raise Unreadable(Trouble("unreadable", "damaged gzip")) from error
            if not block:
                return
            produced += len(block)
            if produced > SAFE_OUTPUT and produced > MAX_RATIO * max(size, 1):
                raise Unreadable(Trouble("bomb", f"unpacks to more than {MAX_RATIO} times its size"))
            yield block


def encoding_of(first: bytes) -> tuple[str, int]:
    """(encoding, length of its byte order mark), judged by the first block."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if first.startswith(mark):
            return encoding, len(mark)
    if len(first) >= 2 and 0 in first[:2] and first[:2] != b"\0\0":
        return ("utf-16-be" if first[0] == 0 else "utf-16-le"), 0
    try:
        codecs.getincrementaldecoder("utf-8")().decode(first)
    except UnicodeDecodeError:
        try:
            codecs.getincrementaldecoder("gb18030")().decode(first)
        except UnicodeDecodeError:
            return "utf-8", 0  # neither: let the UTF-8 reader name the first bad byte
        return "gb18030", 0
    return "utf-8", 0


def _transcoded(blocks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    line, column, ascii_so_far = 1, 1, True
    pending = b""  # bytes of an unfinished character at a block's end, for UTF-8 passed through
    for block, final in _with_last(blocks):
        try:
            text = decoder.decode(block, final)
        except UnicodeDecodeError as error:
            if encoding == "utf-8" and ascii_so_far and block.isascii() is False and not pending:
                encoding = "gb18030"  # a file that starts in ASCII and turns to GB18030 later
                decoder = codecs.getincrementaldecoder(encoding)()
                try:
                    text = decoder.decode(block, final)
                except UnicodeDecodeError:
                    raise _undecodable(error, "utf-8", line, column) from error
            else:
                raise _undecodable(error, encoding, line, column) from error
        ascii_so_far = ascii_so_far and block.isascii()
        newline = text.count("\n")
        column = len(text) - text.rfind("\n") if newline else column + len(text)
        line += newline
        if encoding == "utf-8":
            out = pending + block
            rest = len(decoder.getstate()[0])
            pending = out[len(out) - rest :] if rest else b""
            yield out[: len(out) - rest] if rest else out
        else:
            yield text.encode("utf-8", "surrogatepass" if encoding.startswith("utf-16") else "strict")


def _with_last(blocks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    held: bytes | None = None
    for block in blocks:
        if held is not None:
            yield held, False
        held = block
    if held is not None:
        yield held, True


def _undecodable(error: UnicodeDecodeError, encoding: str, line: int, column: int) -> Unreadable:
    before = error.object[: error.start].decode(encoding, "replace") if isinstance(error.object, bytes) else ""
    if "\n" in before:
        column = len(before) - before.rfind("\n")
    else:
        column += len(before)
    line += before.count("\n")
    bad = error.object[error.start : error.start + 1].hex()
    return Unreadable(Trouble("encoding", f"0x{bad}", span=(line, column, line, column + 1)))


_GAP = re.compile(rb"[\s\x1e]*")
_GAP_AFTER_ERROR = re.compile(rb"[\s\x1e,\]]*")
_NEXT_LINE = re.compile(rb"\n(?=[ \t]*[{\[])")
# Not compiled before a document needs them.
_ODDITY = b"(?s)" + scan.STRING + rb"|-?Infinity\b|NaN\b"
_ESCAPE = rb"(?s)\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\."
_LONE = rb"\\u[dD][89a-fA-F]"
# What stands for numbers JSON does not have: strings of the same length, which no field takes for a number.
NOT_NUMBERS = {b"NaN": b'"\x7f"', b"Infinity": b'"Infini"', b"-Infinity": b'"-Infinit"'}
# Raw tabs and line breaks in a string become spaces, other control characters DEL, which the reader names in titles.
_CONTROLS = bytes.maketrans(bytes(range(32)), bytes(0x20 if code in b"\t\n\v\f\r" else 0x7F for code in range(32)))


class Splitter:
    """Cuts a stream of UTF-8 blocks into JSON documents.

    A document is sought first in one line (JSON Lines), then in more and more text. After a syntax error reading
    goes on at the next line that starts like a document.
    """

    def __init__(self, blocks: Iterator[bytes], max_document: int = MAX_DOCUMENT) -> None:
        self._blocks = blocks
        self._limit = max_document
        self._buffer = b""
        self._base = 0  # offset in the file of the buffer's first byte
        self._number = 0
        self._reported: set[int] = set()
        self._gap = _GAP

    def _more(self, at: int) -> int:
        """Drop what stands before `at`, add about as much text as is left; the new place of `at`, -1 at the end."""
        kept = self._buffer[at:]
        parts, wanted = [kept], max(min(len(kept), self._limit + 1 - len(kept)), 1)  # never far past the limit
        while wanted > 0 and (block := next(self._blocks, b"")):
            parts.append(block)
            wanted -= len(block)
        if len(parts) == 1:
            return -1
        self._buffer = b"".join(parts)
        self._base += at
        return 0

    def run(self) -> Iterator[Document | Trouble]:
        """Documents and troubles in the order of the text."""
        at = 0
        while True:
            match = self._gap.match(self._buffer, at)
            at = match.end() if match else at
            if at >= len(self._buffer):
                moved = self._more(at)
                if moved < 0:
                    break
                at = moved
                continue
            at, found = self._document(at)
            if isinstance(found, Document):
                self._number += 1
                yield found
            elif found is not None:
                yield found
                if len(self._reported) >= MAX_SYNTAX_ERRORS:
                    return
            if at < 0:
                return
        if self._number == 0 and not self._reported:
            yield Trouble("syntax", "empty file")

    def _document(self, at: int) -> tuple[int, Document | Trouble | None]:
        """The document at `at`, and where to go on (-1: nowhere)."""
        at, stop, whole = self._line(at)
        while True:
            if stop - at > self._limit:
                return self._too_large(at)
            text = self._buffer[at:stop]
            outcome = _check(text)
            if isinstance(outcome, bytes):
                return at + len(outcome), Document(outcome, self._base + at, self._number)
            offset, reason = outcome
            if offset < len(text) or whole:
                return self._error(at, offset, len(text), reason)
            at, stop, whole = self._widen(at, stop)

    def _line(self, at: int) -> tuple[int, int, bool]:
        """(at, end of its line, whether the file ends there)."""
        stop = self._buffer.find(b"\n", at)
        while stop < 0:
            seen = len(self._buffer) - at
            if seen > self._limit:
                return at, len(self._buffer), False
            moved = self._more(at)
            if moved < 0:
                return at, len(self._buffer), True
            at = moved
            stop = self._buffer.find(b"\n", at + seen)
        return at, stop, False

    def _widen(self, at: int, stop: int) -> tuple[int, int, bool]:
        """A longer stretch of whole lines from `at`: about twice as long, at least 64 KiB."""
        goal = at + max(2 * (stop - at), 1 << 16)
        while goal >= len(self._buffer):
            size, goal = len(self._buffer) - at, goal - at
            moved = self._more(at)
            if moved < 0:
                return at, len(self._buffer), True
            at = moved
            if size > self._limit:
                break
        end = self._buffer.rfind(b"\n", stop if stop < goal else at, min(goal, len(self._buffer)))
        return at, (end if end > stop else min(goal, len(self._buffer))), False

    def _error(self, at: int, offset: int, length: int, reason: str) -> tuple[int, Trouble | None]:
        """Report the error once, and find the next line that starts like a document."""
        self._gap = _GAP_AFTER_ERROR
        place, base = self._base + at + offset, self._base
        next_at = self._next_line(at)
        if offset >= length and next_at >= 0:  # the text ends too early, but other documents follow: so did the line
            place, reason = base + self._buffer.find(b"\n", at), "unexpected end of line"
        trouble = None if place in self._reported else Trouble("syntax", reason, place)
        self._reported.add(place)
        return next_at, trouble

    def _next_line(self, at: int) -> int:
        while True:
            match = _NEXT_LINE.search(self._buffer, at)
            if match and self._buffer[match.end() : match.end() + 1] in (b"{", b"["):
                return match.end()
            if match:  # an indented bracket belongs to the broken document
                at = match.end() + 1
                continue
            moved = self._more(max(at, len(self._buffer) - 1))
            if moved < 0:
                return -1
            at = moved

    def _too_large(self, at: int) -> tuple[int, Trouble]:
        place = self._base + at
        self._reported.add(place)
        return self._next_line(at), Trouble("large", f"one JSON value of more than {self._limit >> 20} MiB", place)


def _check(text: bytes) -> bytes | tuple[int, str]:
    """The first document of `text`, or where and why it is none; offset len(text) when the text ends too early.

    The document comes back with NaN, Infinity, raw control characters and halves of surrogate pairs replaced by
    something harmless of the same length: no JSON, but written by common encoders.
    """
    outcome = _strict(text)
    if isinstance(outcome, tuple) and (outcome[0] < len(text) or re.search(_LONE, text)):
        patched = re.sub(_ODDITY, _tame, text)
        if patched != text:
            return _strict(patched)
    return outcome


def _strict(text: bytes) -> bytes | tuple[int, str]:
    try:
        msgspec.json.decode(text, type=Raw)
    except RecursionError:
        return 0, "nested too deeply"
    except (msgspec.DecodeError, ValueError) as error:
        message = str(error)
        place = re.search(r"\(byte (\d+)\)", message)
        if place is None:
            return len(text), "unexpected end of file"
        offset = min(int(place[1]), len(text))
        if "trailing characters" not in message:
            return min(offset, max(len(text) - 1, 0)), message.partition(": ")[2].partition(" (byte")[0] or message
        return text[: offset - 1].rstrip()
    return text


def _tame(match: re.Match[bytes]) -> bytes:
    token = match[0]
    if token[:1] == b'"':
        token = token.translate(_CONTROLS)
        return re.sub(_ESCAPE, _whole, token) if b"\\u" in token else token
    return NOT_NUMBERS[token]


def _whole(match: re.Match[bytes]) -> bytes:
    """An escape as it is; half of a surrogate pair becomes U+FFFD."""
    token = match[0]
    lone = len(token) == 6 and token[2:3] in b"dD" and token[3:4] in b"89abcdefABCDEF"
    return b"\\ufffd" if lone else token
