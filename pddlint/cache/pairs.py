"""A verifier that remembers, across runs and processes, how alike two picture contents are by local features.

The score of a pair is kept (some bytes), not the features (a hundred kilobytes a picture): a picture is described again
only when it meets one that it never met.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from pddlint.cache import versions
from pddlint.cache.store import Kind, Store, digest
from pddlint.matching.gallery import Shot
from pddlint.matching.verification import Alike, Verifier

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

_PAIR = struct.Struct("<d?")  # score, mirrored


class KeepingVerifier(Verifier):
    """Asks the store first."""

    def __init__(self, store: Store, threads: ThreadPoolExecutor | None = None) -> None:
        super().__init__(threads=threads)
        self._store = store

    def knows(self, left: Shot, right: Shot) -> bool:
        return super().knows(left, right) or any(self._kept(_key(left, right, mirror)) for mirror in (False, True))

    def pair(self, left: Shot, right: Shot, mirror: bool = True) -> Alike | None:
        key = _key(left, right, mirror)
        data = self._kept(key)
        if data is not None:
            return Alike(*_PAIR.unpack(data))
        found = super().pair(left, right, mirror)
        if found is not None:
            self._store.put(Kind.PAIR, key, _PAIR.pack(found.score, found.mirrored))
        return found

    def _kept(self, key: bytes) -> bytes | None:
        data = self._store.get(Kind.PAIR, key)
        return data if data is not None and len(data) == _PAIR.size else None


def _key(left: Shot, right: Shot, mirror: bool) -> bytes:
    first, second = sorted((left.print.digest, right.print.digest))
    return digest(b"pair" if mirror else b"straight", versions.pictures(), first, second)
