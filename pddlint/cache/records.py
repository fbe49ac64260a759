"""What reading and judging a record gave, kept by the record's bytes and by all else that had a part in it.

The key holds what is known before the record is decoded: the code and plugins, the rules and their options, the format,
the file it stands in and whose shop that is. What only the record itself tells is kept beside the value and compared
when it is recalled: what other files say about the listing, which file each picture means, what the pictures looked at
hold. A record that only moved within its file is recalled too; its places are put right.
"""

from __future__ import annotations

from typing import Any

import msgspec

from pddlint import pictures
from pddlint.cache import versions
from pddlint.cache.store import Kind, Store, digest
from pddlint.catalog.formats import formats
from pddlint.catalog.identity import Known
from pddlint.catalog.model import InlineSuppression, Listing, Origin, Picture
from pddlint.catalog.read import Entry, FileReader, Raw, ReadOptions
from pddlint.findings import Finding, ListingRef, Place
from pddlint.judging import Judge, Judged, Packed
from pddlint.profile import stage
from pddlint.seen import Seen

FORMAT = b"records 1"  # raise it when the layout below or the meaning of a field changes
_FAILURES = (TypeError, ValueError, OverflowError, RecursionError, msgspec.MsgspecError)
_NOTHING = b"\xc0"  # msgpack's nil


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """A listing on sale, as recalled: what must still hold, and what came of it."""

    origin: Origin
    draft: tuple[str, str]
    beside: bytes
    resolved: tuple[tuple[str, str], ...]  # reference of each picture -> file
    looked: tuple[tuple[str, bytes], ...]  # file of each picture looked at -> its mark
    ref: ListingRef | None  # None: off the shelf
    title: str  # pointer of the title
    titled: bool
    missing: tuple[tuple[str, str], ...]  # (reference, pointer)
    asides: tuple[Finding, ...]
    hashes: bytes
    layout: int
    findings: tuple[Finding, ...]
    suppressions: tuple[InlineSuppression, ...]
    skus: int
    images: int
    fingerprint: bytes
    read_skus: int


_ENCODE = msgspec.msgpack.Encoder().encode
_DECODE = msgspec.msgpack.Decoder(_Kept).decode


class Records:
    """The part of a store that holds records. `version` is of everything but the record and its file."""

    def __init__(self, store: Store, version: bytes, placed: bool) -> None:
        self._store = store
        self._version = version
        self._placed = placed  # third parties' rules may make anything of a place: records that moved count as new
        self._reader: FileReader | None = None
        self._home = b""

    def key(self, reader: FileReader, raw: Raw) -> bytes:
        """What a record is kept under; b"" when it cannot be kept."""
        if not raw.portable:
            return b""
        if reader is not self._reader:
            self._reader, self._home = reader, digest(FORMAT, self._version, _ENCODE(reader.home()))
        place = _ENCODE(raw.origin) if self._placed else b""
        extra = b"" if raw.extra is None else _ENCODE(raw.extra)
        return digest(self._home, raw.format.NAME.encode(), extra, place, raw.data)

    def recall(self, key: bytes, reader: FileReader, raw: Raw) -> Seen | None:
        """What came of the same record before, if everything it depended on is the same."""
        data = self._store.get(Kind.RECORD, key)
        if data is None:
            return None
        try:
            kept = _DECODE(data)
        except _FAILURES:
            return None
        if kept.beside != _beside(reader, kept.draft):
            return None
        if any(reader.resolve(ref) != path for ref, path in kept.resolved):
            return None
        if kept.looked:
            with stage("pictures"):
                if any(pictures.mark(path) != mark for path, mark in kept.looked):
                    return None
        return _seen(kept, raw.origin)

    def keep(self, key: bytes, reader: FileReader, entry: Entry, seen: Seen, looked: dict[str, bytes]) -> None:
        """Keep what came of a record. What cannot be kept exactly is not kept."""
        listing, judged, known = entry.listing, seen.judged, seen.known
        fingerprint = b""
        if listing is None or judged is None or known is None:
            if not entry.offline:
                return
            kept = _Kept(
                entry.origin, entry.draft, _beside(reader, entry.draft), (), (), None, "", True, (), (), b"", 0, (), (),
                0, 0, b"", 0,
            )  # fmt: skip
        else:
            if judged.failures or not isinstance(seen.fingerprint, Packed | None):
                return
            fingerprint = seen.fingerprint.data if seen.fingerprint else b""
            kept = _Kept(
                entry.origin,
                entry.draft,
                _beside(reader, entry.draft),
                tuple({p.ref: (p.ref, p.path) for p in _all_pictures(listing)}.values()),
                tuple(sorted(looked.items())),
                judged.listing,
                listing.pointer("title"),
                entry.titled,
                tuple((picture.ref, picture.pointer) for picture in entry.missing),
                entry.asides,
                known.hashes,
                known.layout,
                judged.findings,
                judged.suppressions,
                judged.skus,
                judged.images,
                fingerprint,
                len(listing.skus),
            )
        try:
            data = _ENCODE(kept)
            if (kept.findings or kept.asides) and _DECODE(data) != kept:
                return
        except _FAILURES:
            return
        self._store.put(Kind.RECORD, key, data)


def version(judge: Judge, options: ReadOptions) -> tuple[bytes, bool] | None:
    """(digest of what findings depend on besides records and files, whether also on where a record stands); None where
    it cannot be told, so that nothing may be kept."""
    own = "pddlint."
    checkers = [*judge.per_listing, *judge.per_merchant]
    shapes = [getattr(one, "__name__", "") or type(one).__module__ for one in formats()]
    foreign = [name for name in (*(c.module for c in checkers), *shapes) if not name.startswith(own)]
    settings = judge.settings
    rules: list[Any] = [sorted(c.rule.code for c in checkers), sorted(judge.known), settings.rules]
    read = [options.include_offline, options.merchant, options.shops]
    try:
        plugged = versions.plugins(foreign)
        if plugged is None:
            return None
        parts = (_ENCODE(rules), _ENCODE(read), str(settings.catalog.include_offline).encode())
        return digest(versions.code(), plugged, *parts), bool(foreign)
    except (OSError, *_FAILURES):
        return None


def moved(findings: tuple[Finding, ...], places: dict[Origin, Origin]) -> tuple[Finding, ...]:
    """The findings with their places' origins exchanged."""

    def there(place: Place) -> Place:
        origin = places.get(place.origin)
        return place if origin is None else msgspec.structs.replace(place, origin=origin)

    return tuple(
        msgspec.structs.replace(f, place=there(f.place), related=tuple(there(place) for place in f.related))
        for f in findings
    )


def _seen(kept: _Kept, origin: Origin) -> Seen:
    ref = kept.ref
    if ref is None:
        return Seen(Entry(origin, offline=True))
    findings, asides = kept.findings, kept.asides
    if (findings or asides) and kept.origin != origin:
        findings, asides = (moved(some, {kept.origin: origin}) for some in (findings, asides))
    stub = Listing(
        ref.id,
        ref.title,
        ref.shop,
        ref.merchant,
        origin=origin,
        pointers={"title": kept.title} if kept.title else {},
    )
    missing = tuple(Picture(name, "", pointer) for name, pointer in kept.missing)
    judged = Judged(findings, (), None, kept.suppressions, origin, ref, kept.skus, kept.images)
    packed = Packed(ref.shop, ref.id, origin, kept.fingerprint) if kept.fingerprint else None
    return Seen(
        Entry(origin, stub, asides, missing, kept.titled),
        Known(kept.hashes, kept.layout, origin),
        judged,
        packed,
        kept.read_skus,
    )


def _all_pictures(listing: Listing) -> list[Picture]:
    found = [*listing.pictures, *listing.detail_pictures]
    return found + [sku.picture for sku in listing.skus if sku.picture and sku.picture.ref]


def _beside(reader: FileReader, draft: tuple[str, str]) -> bytes:
    """What other files say about the listing, as bytes: short where they say nothing."""
    said = reader.beside(draft)
    return digest(_ENCODE(said)) if any(said) else _NOTHING
