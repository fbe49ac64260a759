"""Opening what a task reads: whole files and pieces of files, local or remote, JSON or Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO

import msgspec

from pddlint.catalog.decode import Document, Splitter, Trouble, Unreadable, documents, open_regular, utf8_blocks
from pddlint.catalog.read import ReadOptions
from pddlint.distributed import portions, remote, tables
from pddlint.distributed.wire import Piece


def documents_of(piece: Piece, options: ReadOptions) -> Iterator[Document | Trouble]:
    """The documents of a file or piece, placed and numbered as in the whole file, and what is wrong with it. Raises
    nothing.
    """
    local = not remote.url_of(piece.path)
    if local and not piece.end and not _is_table(piece):
        yield from documents(Path(piece.path), options.max_document)
        return
    try:
        with _opened(piece) as file:
            if _is_table(piece):
                yield from tables.documents(file, (piece.start, piece.end) if piece.end else None)
            elif piece.end:
                yield from portions.documents_of(file, piece, options.max_document)
            else:
                yield from Splitter(utf8_blocks(file, piece.size), options.max_document).run()
        if local and _status(piece.path) != (piece.size, piece.modified) and not _is_table(piece):
            yield Trouble("changed")
    except Unreadable as error:
        yield error.trouble
    except MemoryError:
        yield Trouble("large", "out of memory")
    except (OSError, ValueError, RuntimeError) as error:  # Daft's own errors among them
        yield Trouble("unreadable", getattr(error, "strerror", None) or remote.reason(error))


def cut_file(piece: Piece, size: int, limit: int) -> list[Piece]:
    """The pieces of a large file; the file whole when it cannot be cut, or not be opened (its reader will say why)."""
    try:
        with _opened(piece) as file:
            return _cut_table(file, piece, size) if _is_table(piece) else portions.cut(file, piece, size, limit)
    except (Unreadable, OSError, ValueError, RuntimeError):
        return [piece]


def _cut_table(file: BinaryIO, whole: Piece, size: int) -> list[Piece]:
    """Pieces of whole row groups: `start` and `end` count them, `size` is theirs."""
    pieces: list[Piece] = []
    for group, weight in tables.row_groups(file):
        last = pieces[-1] if pieces else None
        if last is not None and last.size + weight <= size:
            pieces[-1] = msgspec.structs.replace(last, end=group + 1, size=last.size + weight)
        else:
            part = msgspec.structs.replace(whole, piece=len(pieces), start=group, end=group + 1, size=weight)
            pieces.append(part)
    return pieces or [whole]


def _opened(piece: Piece) -> AbstractContextManager[BinaryIO]:
    url = remote.url_of(piece.path)
    return remote.opened(url) if url else open_regular(Path(piece.path))


def _is_table(piece: Piece) -> bool:
    return piece.path.lower().endswith(remote.PARQUET)


def _status(path: str) -> tuple[int, int]:
    status = Path(path).stat()
    return status.st_size, status.st_mtime_ns
