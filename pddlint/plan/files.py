"""A catalog file to be edited: its bytes, its text, and the way back, so that what is not edited stays as it is.

Encoding, byte order mark, line ends and compression are kept. A file is replaced in one step, keeps its permissions,
and is left alone when it is not what was read.
"""

from __future__ import annotations

import contextlib
import errno
import gzip
import io
import os
import tempfile
import zlib
from pathlib import Path

import msgspec

from pddlint.catalog.decode import BLOCK, GZIP_MAGIC, Unreadable, encoding_of, open_regular, utf8_blocks
from pddlint.checkers.base import Text
from pddlint.errors import UsageError

_NAMED = 8  # flag of a gzip header: the name of the packed file follows (RFC 1952, section 2.3.1)
_ELABORATE = 4 | 2  # flags of headers with more in them than a name


class TextFile(msgspec.Struct, frozen=True):
    """A file as read. `text` is its JSON text as UTF-8 without byte order mark, the one offsets count in."""

    path: Path  # links followed
    shown: str
    raw: bytes
    text: bytes
    encoding: str
    mark: bytes
    packed: bool

    def encoded(self, text: bytes) -> bytes:
        """Another text as the bytes of this file."""
        plain = self.mark + (text if self.encoding == "utf-8" else text.decode().encode(self.encoding))
        return _pack(plain, self.raw) if self.packed else plain


def load(path: Path, shown: str, root: Path) -> TextFile:
    """The file. UsageError when it cannot be read, lies outside `root` by way of a link, or cannot be written back the
    same: its bytes are then no plain encoding of its text.
    """
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(os.path.realpath(root)):
        raise UsageError(
            Text(
                f"{shown} 是指向目录之外的链接（{real}），不改",
                f"{shown} is a link that leaves the catalog ({real}); it is not edited",
            )
        )
    try:
        with open_regular(real) as file:
            raw = file.read()
        text = b"".join(utf8_blocks(io.BytesIO(raw), len(raw)))
        packed = raw[:2] == GZIP_MAGIC
        plain = gzip.decompress(raw) if packed else raw
    except (OSError, EOFError, zlib.error, Unreadable) as error:
        raise UsageError(Text(f"读不了 {shown}：{error}", f"cannot read {shown}: {error}")) from error
    encoding, mark = encoding_of(plain[:BLOCK])
    for candidate in (encoding, "gb18030"):
        found = TextFile(real, shown, raw, text, candidate, plain[:mark], packed)
        if _plain(found) == plain:
            return found
    raise UsageError(
        Text(f"{shown} 的编码无法原样写回，不改", f"{shown} cannot be written back byte for byte; it is not edited")
    )


def _plain(file: TextFile) -> bytes | None:
    try:
        return msgspec.structs.replace(file, packed=False).encoded(file.text)
    except UnicodeError:
        return None


def _pack(plain: bytes, like: bytes) -> bytes:
    """Packed with the time, the name and about the effort of another packed file."""
    name = b""
    if like[3] & _NAMED and not like[3] & _ELABORATE:
        name = like[10 : like.find(b"\0", 10)]
    level = {2: 9, 4: 1}.get(like[8], 6)
    out = io.BytesIO()
    mtime = int.from_bytes(like[4:8], "little")
    with gzip.GzipFile(name.decode("latin-1"), "wb", level, out, mtime) as packed:
        packed.write(plain)
    return out.getvalue()


def unchanged(file: TextFile) -> bool:
    """Whether the file on disk still is what was read."""
    try:
        return file.path.read_bytes() == file.raw
    except OSError:
        return False


def stage(file: TextFile, data: bytes) -> Path:
    """A finished file beside the one it is to replace, with its permissions and owner. UsageError when it cannot be
    written, or the file is write-protected; nothing is left behind then."""
    try:
        if not os.access(file.path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        there = file.path.stat()
        handle, name = tempfile.mkstemp(prefix=".pddlint-", dir=file.path.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            _like(Path(name), there)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _unwritable(file.shown, error) from error
    return Path(name)


def _like(path: Path, there: os.stat_result) -> None:
    """Give a file the owner, where that is allowed, and the permissions of another."""
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(path, there.st_uid, there.st_gid)
    path.chmod(there.st_mode & 0o7777)


def replace(file: TextFile, staged: Path) -> None:
    """Rename a finished file over it. UsageError when it was changed meanwhile; it is then left as it is."""
    if not unchanged(file):
        raise changed(file)
    try:
        staged.replace(file.path)
    except OSError as error:
        raise _unwritable(file.shown, error) from error


def _unwritable(name: object, error: OSError) -> UsageError:
    return UsageError(Text(f"写不了 {name}：{error.strerror}", f"cannot write {name}: {error.strerror}"))


def changed(file: TextFile) -> UsageError:
    return UsageError(
        Text(
            f"{file.shown} 在读过之后被改动了，不改；请重新运行",
            f"{file.shown} was changed after it was read; it is not edited, run again",
        )
    )


def keep_copy(file: TextFile) -> Path:
    """Write the file as it was read beside it, under a name that is free: NAME.orig, NAME.orig.1 …"""
    for number in range(10_000):
        copy = file.path.with_name(f"{file.path.name}.orig{f'.{number}' if number else ''}")
        try:
            with copy.open("xb") as out:
                out.write(file.raw)
                out.flush()
                os.fsync(out.fileno())
            _like(copy, file.path.stat())
        except FileExistsError:
            continue
        except OSError as error:
            raise _unwritable(copy, error) from error
        return copy
    raise UsageError(Text(f"{file.shown} 的备份太多", f"too many copies of {file.shown}"))
