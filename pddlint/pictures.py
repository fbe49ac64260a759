"""One look at each picture: rules and fingerprints of a listing share it, and so do listings that show the same file
under several names, so that a picture's content is decoded once. Whoever knows what will be looked at says so with
`expect`, and it is decoded ahead.

With a store, a content already looked at by an earlier run, or by another process of this one, is not decoded again; a
file whose size and times have not changed is not even read. What is kept in memory is bounded, because a catalog has
more pictures than memory should hold.
"""

# ruff: noqa: PTH116
# Strings and os.path on purpose: this runs once a picture, where Path costs ten times as much.

from __future__ import annotations

import os
import struct
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from pddlint.catalog import pictures as resolving
from pddlint.images.prints import PicturePrint, PictureProblem
from pddlint.profile import stage

if TYPE_CHECKING:
    from pddlint.cache.store import Kind, Store
    from pddlint.decoding import Decoder, TwinnedDecoder
    from pddlint.images.decode import RawPicture

_SETTLED = 3.0  # seconds: a file changed more recently may change again without its times telling
_STAT = struct.Struct("<5q")  # size, device and inode, times

_PROBLEM = b"no picture: "  # starts the marks that are no digest (16 bytes); no such mark is as short
_KEPT = 1 << 15  # prints held in memory, about a kilobyte each

_store: Store | None = None
_looked: dict[str, bytes] | None = None
_prints: dict[bytes, PicturePrint | PictureProblem] = {}  # by mark, the oldest first
_last: list[RawPicture] = []  # the file read last: its print is mostly asked for next
_decoder: Decoder | TwinnedDecoder | None = None


def begin(store: Store | None) -> None:
    """Start a run: forget what earlier runs of this process saw, and keep prints in `store` from now on."""
    global _store
    _store = store
    forget()


def forget() -> None:
    """Look at every picture anew: files may have changed."""
    resolving.forget()
    mark.cache_clear()
    _prints.clear()
    _last.clear()
    end()


def end() -> None:
    """Look at nothing that is still expected."""
    global _decoder
    if _decoder is not None:
        _decoder.close()
        _decoder = None


def expect(paths: Iterable[str], threads: int = 0) -> None:
    """Start on pictures that will be looked at soon; `threads` decode beside this one until `end`."""
    global _decoder
    with stage("pictures"):
        for path in paths:
            own = mark(path)
            if own in _prints or own.startswith(_PROBLEM) or (_decoder is not None and own in _decoder):
                continue
            known = _recalled(own)
            if known is not None:
                _hold(own, known)
                continue
            if _decoder is None:
                from pddlint.decoding import decoder

                _decoder = decoder(threads)
            raw = _raw(own, path)
            if not isinstance(raw, PictureProblem) and raw.digest == own:
                _decoder.add(own, raw)
            while _decoder.full:
                _print_expected(_decoder)


def _print_expected(decoder: Decoder | TwinnedDecoder) -> None:
    for own, seen in decoder.group():
        _keep(own, seen)
        _hold(own, seen)


def look(path: str) -> PicturePrint | PictureProblem:
    """The print of the picture file at an absolute path, or what is wrong with it."""
    with stage("pictures"):
        own = mark(path)
        if _looked is not None:
            _looked[path] = own
        while _decoder is not None and own in _decoder:
            _print_expected(_decoder)
        seen = _prints.get(own)
        if seen is None:
            seen = _look(own, path)
            _hold(own, seen)
    return seen


def _hold(own: bytes, seen: PicturePrint | PictureProblem) -> None:
    _prints[own] = seen
    if len(_prints) > _KEPT:
        del _prints[next(iter(_prints))]


@contextmanager
def noted() -> Iterator[dict[str, bytes]]:
    """The pictures looked at inside: path -> mark."""
    global _looked
    before, _looked = _looked, {}
    try:
        yield _looked
    finally:
        _looked = before


@lru_cache(1 << 15)
def mark(path: str) -> bytes:
    """What stands for the content of a picture file: its digest, or what keeps it from being read. Two equal marks
    look the same."""
    status = _status(path) if _store is not None else b""
    if _store is not None and status:
        from pddlint.cache.store import Kind, digest

        key = digest(b"stat", os.fsencode(path))
        known = _store.get(Kind.STAT, key)
        if known is not None and len(known) == len(status) + 16 and known.startswith(status):
            return known[len(status) :]
        found = _read(path)
        if len(found) == 16 and _status(path) == status:
            _store.put(Kind.STAT, key, status + found)
        return found
    return _read(path)


def _status(path: str) -> bytes:
    """The file's size, place and times; b"" where they prove nothing, being as young as the look itself."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return b""
    if time.time() - max(status.st_mtime, status.st_ctime) < _SETTLED:
        return b""
    place = (status.st_ino ^ (status.st_dev << 1)) & 0x7FFFFFFFFFFFFFFF
    return _STAT.pack(status.st_size, place, status.st_mtime_ns, status.st_ctime_ns, 0)


def _read(path: str) -> bytes:
    from pddlint.images.decode import read_picture

    raw = read_picture(path)
    if isinstance(raw, PictureProblem):
        return _PROBLEM + f"{raw.kind}\0{raw.detail}".encode("utf-8", "replace")
    _last[:] = [raw]
    return raw.digest


def _look(own: bytes, path: str) -> PicturePrint | PictureProblem:
    if own.startswith(_PROBLEM):
        kind, _, detail = own.removeprefix(_PROBLEM).decode().partition("\0")
        return msgspec.convert({"type": "problem", "kind": kind, "detail": detail}, PictureProblem)
    known = _recalled(own)
    if known is not None:
        return known
    seen = _decoded(own, path)
    _keep(own, seen)
    return seen


def _recalled(own: bytes) -> PicturePrint | PictureProblem | None:
    """What an earlier run, or another process, made of a content."""
    if _store is None:
        return None
    data = _store.get(*_entry(own))
    if data is not None:
        with suppress(msgspec.MsgspecError):
            return msgspec.msgpack.decode(data, type=PicturePrint | PictureProblem)
    return None


def _keep(own: bytes, seen: PicturePrint | PictureProblem) -> None:
    if _store is None:
        return
    if getattr(seen, "digest", own) == own and getattr(seen, "detail", "") != "out of memory":
        _store.put(*_entry(own), msgspec.msgpack.encode(seen))


def _entry(own: bytes) -> tuple[Kind, bytes]:
    """Where the store has the print of a content."""
    from pddlint.cache import versions
    from pddlint.cache.store import Kind, digest

    return Kind.PRINT, digest(b"print", versions.pictures(), own)


def _raw(own: bytes, path: str) -> RawPicture | PictureProblem:
    """The file's content, read again unless it was read last."""
    from pddlint.images.decode import read_picture

    return _last[0] if _last and _last[0].digest == own else read_picture(path)


def _decoded(own: bytes, path: str) -> PicturePrint | PictureProblem:
    from pddlint.images.decode import decode
    from pddlint.images.hashes import print_of

    raw = _raw(own, path)
    if isinstance(raw, PictureProblem):
        return raw
    decoded = decode(raw)
    return decoded if isinstance(decoded, PictureProblem) else print_of(decoded)
