"""Pictures decoded before they are asked for, and their prints made in groups.

One reading after the other, then one decoding after the other, and then one print after the other keep the processor's
caches warm: a tenth of the whole. Threads may do the decoding, since decoders leave the interpreter to others
meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import islice

from pddlint.images.decode import Decoded, PictureProblem, RawPicture, decode
from pddlint.images.hashes import PicturePrint, print_of
from pddlint.pending import Pending

_GROUP = 16  # prints made in one go
_WAITING = 256  # pictures that may wait for their prints while threads decode
_WAITING_BYTES = 64 << 20  # of files that wait to be decoded, or were since
_SMALL = 1 << 20  # bytes of samples that may wait; what is decoded to more gets its print at once

_Found = Decoded | PicturePrint | PictureProblem


class Decoder:
    """Pictures on their way to their prints, each under a mark that stands for its content.

    `threads` decode beside the caller; with 0 a group is decoded when it is taken. Memory is bounded as long as the
    caller takes a `group` whenever it is `full`.
    """

    def __init__(self, threads: int = 0) -> None:
        self._threads = None
        if threads:
            from concurrent.futures import ThreadPoolExecutor

            self._threads = ThreadPoolExecutor(threads, "pddlint-decode")
        self._most = _WAITING if threads else _GROUP
        self._waiting: dict[bytes, Pending[_Found]] = {}
        self._bytes: dict[bytes, int] = {}  # of the files

    def __contains__(self, mark: bytes) -> bool:
        return mark in self._waiting

    @property
    def full(self) -> bool:
        """Whether a group should be taken before more is added."""
        return len(self._waiting) > self._most or sum(self._bytes.values()) > _WAITING_BYTES

    def add(self, mark: bytes, raw: RawPicture) -> None:
        """Have a picture decoded."""
        self._waiting[mark] = pending = Pending(partial(_decoded, raw), "pictures")
        self._bytes[mark] = len(raw.data)
        if self._threads is not None:
            with suppress(RuntimeError):  # no thread can be started
                self._threads.submit(pending.run)

    def group(self) -> Iterator[tuple[bytes, PicturePrint | PictureProblem]]:
        """The prints of those that were added first, by mark; waits for their decoding. A picture whose decoding or
        print raises is left out."""
        decoded: list[tuple[bytes, _Found]] = []
        for mark in list(islice(self._waiting, _GROUP)):
            pending = self._waiting.pop(mark)
            del self._bytes[mark]
            with suppress(Exception):  # whoever asks for it meets the error
                decoded.append((mark, pending.result()))
        for mark, found in decoded:
            try:
                yield mark, print_of(found) if isinstance(found, Decoded) else found
            except Exception:  # whoever asks for it meets the error
                continue

    def close(self) -> None:
        """Let the threads go."""
        self._waiting.clear()
        self._bytes.clear()
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)


def _decoded(raw: RawPicture) -> _Found:
    found = decode(raw)
    if isinstance(found, Decoded) and found.planes.nbytes > _SMALL:
        with suppress(Exception):  # `group` will meet it again
            return print_of(found)
    return found
