"""What comparing a merchant's listings gave, kept by their fingerprints.

Listings that only moved within their files leave the fingerprints as they are; the findings' places are put right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from pddlint.cache.records import moved
from pddlint.cache.store import Kind, Store, digest
from pddlint.catalog.model import Origin
from pddlint.findings import Finding
from pddlint.judging import Matched, Packed

if TYPE_CHECKING:
    from pddlint.matching.fingerprint import Fingerprint

FORMAT = b"matches 1"
_FAILURES = (TypeError, ValueError, OverflowError, RecursionError, msgspec.MsgspecError)


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    origins: tuple[Origin, ...]  # where the listings stood, in the order of shop, id and file
    findings: tuple[Finding, ...]


_ENCODE = msgspec.msgpack.Encoder().encode
_DECODE = msgspec.msgpack.Decoder(_Kept).decode


class Matches:
    """The part of a store that holds what merchants' listings came to. `version` as for records."""

    def __init__(self, store: Store, version: bytes, placed: bool) -> None:
        self._store = store
        self._version = version
        self._placed = placed
        self._missed: dict[str, tuple[bytes, tuple[Origin, ...]]] = {}  # by merchant: key, and where the listings stand

    def recall(self, merchant: str, group: Sequence[Fingerprint | Packed]) -> Matched | None:
        """What the same listings came to before."""
        members = _ordered(group)
        if not members:
            return None
        key, origins = self._key(members), tuple(one.origin for one in members)
        found = self._found(key, origins)
        if found is None:
            self._missed[merchant] = key, origins
        return found

    def _found(self, key: bytes, origins: tuple[Origin, ...]) -> Matched | None:
        data = self._store.get(Kind.MATCH, key)
        if data is None:
            return None
        try:
            kept = _DECODE(data)
        except _FAILURES:
            return None
        if kept.origins == origins or not kept.findings:
            return Matched(kept.findings, ())
        places = dict(zip(kept.origins, origins, strict=True))
        if len(places) != len(origins):  # two listings in one place: which is which cannot be told
            return None
        return Matched(moved(kept.findings, places), ())

    def keep(self, merchant: str, matched: Matched) -> None:
        """Keep what the listings came to that were not recalled, unless a rule failed."""
        key, origins = self._missed.pop(merchant, (b"", ()))
        if matched.failures or not key:
            return
        kept = _Kept(origins, matched.findings)
        try:
            data = _ENCODE(kept)
            if _DECODE(data) != kept:
                return
        except _FAILURES:
            return
        self._store.put(Kind.MATCH, key, data)

    def _key(self, members: Sequence[Packed]) -> bytes:
        places = _ENCODE([one.origin for one in members]) if self._placed else b""
        return digest(FORMAT, self._version, places, *(one.data for one in members))


def _ordered(group: Sequence[Fingerprint | Packed]) -> list[Packed]:
    """The packed fingerprints in the order that matching sorts them; none when one of them could not be packed."""
    packed = [one for one in group if isinstance(one, Packed)]
    if len(packed) < len(group):
        return []
    return sorted(packed, key=lambda one: (one.shop, one.id, one.origin.path, one.origin.start, one.origin.document))
