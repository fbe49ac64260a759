"""What travels between the processes of a distributed run, as MessagePack: the job, portions of files, judged listings,
and what comparing a merchant brought up.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar, get_origin

import msgspec
import numpy as np

from pddlint.catalog.identity import Known
from pddlint.catalog.model import InlineSuppression, Origin
from pddlint.catalog.read import Counts, ReadOptions
from pddlint.catalog.sidecar import Sidecar
from pddlint.catalog.troubles import Notes
from pddlint.engine import Inline
from pddlint.findings import Finding, ListingRef
from pddlint.judging import Failure
from pddlint.matching.fingerprint import Fingerprint
from pddlint.settings import Settings

T = TypeVar("T")
At = tuple[int, int, int]  # file, piece of the file, record: where something stands in reading order
LAST = 1 << 40  # the piece in which stands what is said at a file's end


class Job(msgspec.Struct, frozen=True):
    """All that a worker must know besides what it looks at. `rules` are the codes the driver knows, to be compared."""

    run: str  # differs from run to run
    version: str
    rules: tuple[str, ...]
    settings: Settings
    active: frozenset[str]
    options: ReadOptions
    sidecars: dict[str, Sidecar]
    careful: bool = False  # judge in processes of their own, so that a listing that kills one can be named


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """A file, or the documents of a file from `number` on that stand between two byte offsets of its text."""

    file: int
    path: str
    root: str
    shown: str
    size: int = 0  # bytes of the whole file
    piece: int = 0
    start: int = 0
    end: int = 0  # 0: the whole file
    number: int = 0
    mark: int = 0  # bytes of byte order mark before the text
    modified: int = 0  # nanoseconds; a file that changes between its pieces is named


class Portion(msgspec.Struct, frozen=True, array_like=True):
    """What one task reads."""

    number: int
    pieces: tuple[Piece, ...]


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A listing once it has been judged alone. `title` is the pointer of its title."""

    at: At
    known: Known
    title: str
    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...]
    fingerprint: Fingerprint | None
    suppressions: tuple[InlineSuppression, ...]
    listing: ListingRef
    skus: int
    images: int


class Told(msgspec.Struct, array_like=True):
    """What a portion's files said besides listings: findings of the reader, counts, and the notes of pieces."""

    findings: list[tuple[At, Finding]] = []
    counts: Counts = msgspec.field(default_factory=Counts)
    notes: list[tuple[int, int, Notes]] = []  # file, piece


class Entry(msgspec.Struct, array_like=True, frozen=True):
    """What the rules said about one listing."""

    at: At
    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...]


class Outcome(msgspec.Struct, array_like=True):
    """What a group of rows comes to: one merchant's listings compared, or what portions told of their files."""

    merchant: str = ""
    told: Told = msgspec.field(default_factory=Told)
    entries: list[Entry] = []
    paths: set[str] = set()
    listings: int = 0
    skus: int = 0
    images: int = 0
    suppressions: list[tuple[At, Origin, Inline]] = []
    ids: set[str] = set()
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0


_LONE = re.compile("[\ud800-\udfff\ufdd0\ufdd1]")
_MARK = "\ufdd0"  # a noncharacter: stands before the four digits of a surrogate that UTF-8 cannot carry
_LONG = "\ufdd1"  # stands before the digits of a number that MessagePack cannot carry
_MENDED = b"\xc1"  # the one byte MessagePack never uses: what follows has such things written out


def pack(value: Any) -> bytes:
    """MessagePack of a struct. Lone surrogates (from file names in another encoding) survive, and numbers of any
    length."""
    try:
        return msgspec.msgpack.encode(value, enc_hook=_plain)
    except (UnicodeEncodeError, OverflowError):
        builtins = msgspec.to_builtins(value, enc_hook=_plain, builtin_types=(bytes,), str_keys=False)
        return _MENDED + msgspec.msgpack.encode(_mapped(builtins, _escaped))


def unpack(data: bytes, kind: type[T]) -> T:
    """The struct that `pack` made into bytes."""
    if data[:1] != _MENDED:
        return msgspec.msgpack.decode(data, type=kind, dec_hook=_typed)
    builtins = _mapped(msgspec.msgpack.decode(data[1:]), _restored)
    return msgspec.convert(builtins, kind, dec_hook=_typed, builtin_types=(bytes,))


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, np.ascontiguousarray(value).tobytes()
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "item"):  # a numpy number in a rule's evidence
        return value.item()
    return str(value)


def _typed(kind: type, value: Any) -> Any:
    if (get_origin(kind) or kind) is np.ndarray:
        name, shape, data = value
        return np.frombuffer(data, np.dtype(name)).reshape(shape).copy()
    return kind(value)


def _mapped(value: Any, change: Any) -> Any:
    if isinstance(value, str | int):
        return change(value)
    if isinstance(value, dict):
        return {_mapped(key, change): _mapped(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_mapped(item, change) for item in value]
    return value


def _escaped(value: str | int) -> str | int:
    if isinstance(value, int):
        return value if -(1 << 63) <= value < 1 << 64 else f"{_LONG}{value:x}"
    return _LONE.sub(lambda found: f"{_MARK}{ord(found[0]):04x}", value)


def _restored(value: str | int) -> str | int:
    if isinstance(value, int):
        return value
    if value.startswith(_LONG):
        return int(value[1:], 16)
    return re.sub(_MARK + "([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), value)
