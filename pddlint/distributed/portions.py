"""From the files of a catalog to portions of about equal size, one for each task.

Small files share a portion. A large file of many documents (JSON Lines) is cut between documents; every piece knows the
number of its first document, so that what is found in it is placed as if the file had been read in one go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

import msgspec

from pddlint.catalog.decode import (
    BLOCK,
    GZIP_MAGIC,
    MAX_DOCUMENT,
    Document,
    Splitter,
    Trouble,
    Unreadable,
    encoding_of,
    utf8_blocks,
)
from pddlint.distributed.wire import Piece, Portion

SMALLEST, LARGEST = 1 << 18, 16 << 20  # bytes of a portion
_FILES = 512  # files of a portion at most


def size_of_portions(total: int, cores: int) -> int:
    """Bytes of a portion: four to a core, so that one that takes long does not hold up the rest, within bounds."""
    return max(SMALLEST, min(LARGEST, total // max(1, 4 * cores)))


def portions(pieces: Iterable[Piece], size: int) -> list[Portion]:
    """The pieces in portions of about `size` bytes, in order."""
    made: list[list[Piece]] = [[]]
    total = 0
    for piece in pieces:
        if made[-1] and (total + weight(piece) > size or len(made[-1]) >= _FILES):
            made.append([])
            total = 0
        made[-1].append(piece)
        total += weight(piece)
    return [Portion(number, tuple(some)) for number, some in enumerate(made) if some]


def weight(piece: Piece) -> int:
    """Bytes of a piece; those of a table count row groups, and have their own bytes for a size."""
    table = piece.path.lower().endswith(".parquet")
    return piece.end - piece.start if piece.end and not table else piece.size


def cut(file: BinaryIO, whole: Piece, size: int, limit: int = MAX_DOCUMENT) -> list[Piece]:
    """Pieces of about `size` bytes of a file's text; the file whole when it is packed, transcoded or has anything wrong
    with it, since then its documents cannot be told apart without reading it from the start.
    """
    first = file.read(BLOCK)
    encoding, mark = encoding_of(first)
    if encoding != "utf-8" or first[:2] == GZIP_MAGIC:
        return [whole]
    file.seek(0)
    bounds: list[tuple[int, int]] = []  # (offset, number of the document there)
    end = 0
    try:
        for document in Splitter(utf8_blocks(file, whole.size), limit).run():
            if isinstance(document, Trouble):
                return [whole]
            if not bounds or document.start - bounds[-1][0] >= size:
                bounds.append((document.start, document.number))
            end = document.start + len(document.data)
    except (Unreadable, OSError, ValueError, MemoryError):
        return [whole]
    if len(bounds) < 2:
        return [whole]
    ends = [start for start, _ in bounds[1:]] + [end]
    return [
        msgspec.structs.replace(whole, piece=number, start=start, end=stop, number=first_document, mark=mark)
        for number, ((start, first_document), stop) in enumerate(zip(bounds, ends, strict=True))
    ]


def documents_of(file: BinaryIO, piece: Piece, limit: int = MAX_DOCUMENT) -> Iterator[Document | Trouble]:
    """The documents of a piece, placed and numbered as in the whole file."""
    file.seek(piece.start + piece.mark)
    for found in Splitter(_blocks(file, piece.end - piece.start), limit).run():
        if isinstance(found, Document):
            yield Document(found.data, found.start + piece.start, found.number + piece.number)
        else:  # the file is not what it was when it was cut
            yield Trouble("changed")
            return


def _blocks(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left > 0 and (block := file.read(min(BLOCK, left))):
        left -= len(block)
        yield block


def worth_cutting(pieces: Sequence[Piece], size: int) -> list[Piece]:
    """The files so large that cutting them pays."""
    return [
        piece for piece in pieces if piece.size > 2 * size and not piece.shown.lower().endswith((".gz", ".parquet"))
    ]
