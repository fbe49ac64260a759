"""The whole way from catalog roots to listings: discover, decode, recognise, convert, name what is wrong.

Reading order: within each root, files that hold whole listings come first, those with only the short form (list pages,
search results) last, each in order of their paths. Of one listing met twice in a shop the first is kept; where the two
disagree a finding says so. Records are decoded one at a time; what is remembered of each is its id and a few hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from pddlint.catalog import identity, troubles
from pddlint.catalog.bounds import bounded
from pddlint.catalog.decode import MAX_DOCUMENT, Document, Trouble, documents
from pddlint.catalog.discover import Refusal, Source, discover
from pddlint.catalog.fields import FieldProblem, Fields
from pddlint.catalog.formats import Format, Found, broken_formats, formats
from pddlint.catalog.model import Listing, Origin, Picture
from pddlint.catalog.node import Node, Undecodable
from pddlint.catalog.owners import home, owner
from pddlint.catalog.pictures import Resolver, with_paths
from pddlint.catalog.recognise import Failure, Unknown, recognise
from pddlint.catalog.sidecar import Sidecar, joined, survey
from pddlint.findings import Finding

Record = Listing | Finding
_LARGE_EXTRA = 1 << 16  # bytes


class Shop(msgspec.Struct, frozen=True):
    """A `[[shops]]` entry: files below `path` (a glob) belong to shop `id`; `merchant` owns it."""

    id: str
    merchant: str = ""
    path: str = ""


class ReadOptions(msgspec.Struct, frozen=True):
    """How to read. `base` is the folder displayed paths are relative to ("" for the working directory)."""

    base: str = ""
    exclude: tuple[str, ...] = ()
    include_offline: bool = False
    merchant: Literal["root", "shop"] = "root"
    shops: tuple[Shop, ...] = ()
    image_roots: tuple[str, ...] = ()
    max_document: int = MAX_DOCUMENT  # bytes of one JSON document

    @property
    def folder(self) -> str:
        return self.base or str(Path.cwd())


class Counts(msgspec.Struct):
    """What was read: files, listings and SKUs yielded, and listings left out as off the shelf or repeated."""

    files: int = 0
    listings: int = 0
    skus: int = 0
    offline: int = 0
    repeated: int = 0

    def add(self, other: Counts) -> None:
        self.files += other.files
        self.listings += other.listings
        self.skus += other.skus
        self.offline += other.offline
        self.repeated += other.repeated


class Plan(msgspec.Struct):
    """The files to read in reading order, what had to be refused, and per root what its files say about categories."""

    sources: list[Source]
    refusals: list[Finding]
    sidecars: dict[str, Sidecar]


def plan(roots: Sequence[Path | str], options: ReadOptions) -> Plan:
    """Look at the roots, not yet at the listings. Raises nothing."""
    sources, refusals = [], []
    for one in discover(roots, options.folder, options.exclude):
        if isinstance(one, Refusal):
            refusals.append(troubles.refusal(one))
        else:
            sources.append(one)
    ordered, sidecars = [], {}
    for root in dict.fromkeys(source.root for source in sources):
        mine = [source for source in sources if source.root == root]
        sidecars[root], brief = survey(mine)
        ordered += [s for s in mine if s.path not in brief] + [s for s in mine if s.path in brief]
    return Plan(ordered, refusals, sidecars)


class Raw(msgspec.Struct):
    """A record that a format claims, before it is decoded: its bytes and where they stand.

    Small and plain, so that it can be read in another process; `portable` is false where the format needs more than the
    bytes (a record put together from several places).
    """

    source: Source
    shape: Format | str  # the format; its NAME once the record is on the way to another process
    origin: Origin
    data: bytes
    extra: Any = None
    value: dict[str, Any] | None = None
    anchored: bool = False  # stands inside a string: the origin's range is the string's
    portable: bool = True

    @property
    def format(self) -> Format:
        return _shapes()[self.shape] if isinstance(self.shape, str) else self.shape

    def sent(self) -> Raw:
        """The record ready for another process."""
        return msgspec.structs.replace(self, shape=self.format.NAME)

    def found(self) -> Found:
        span = (self.origin.start, self.origin.end)
        node = Node(self.data, 0, len(self.data), span[0], self.origin.pointer, span if self.anchored else None)
        return Found(node, self.extra, self.value)


class Entry(msgspec.Struct):
    """What came of a record. `listing` is None when it is none on sale; then one of the other fields may say why."""

    origin: Origin
    listing: Listing | None = None
    asides: tuple[Finding, ...] = ()  # what is wrong with the record
    missing: tuple[Picture, ...] = ()  # pictures that were not found
    titled: bool = True  # the format has titles
    offline: bool = False
    failure: tuple[str, str] | None = None  # (format, error)
    unknown: tuple[str, ...] | None = None  # top-level keys of what no format knows
    draft: tuple[str, str] = ("", "")  # the listing's id and category id as the record has them


def read_catalog(
    roots: Sequence[Path | str], options: ReadOptions | None = None, counts: Counts | None = None
) -> Iterator[Record]:
    """Every listing of the roots, and findings about the files, in a fixed order. Raises nothing for bad input.

    `counts`, when given, is filled while reading.
    """
    options = options or ReadOptions()
    prepared = plan(roots, options)
    yield from prepared.refusals
    yield from (troubles.broken_format(one.name, one.reason) for one in broken_formats())
    once = Once()
    total = counts if counts is not None else Counts()
    for source in prepared.sources:
        for record in read_file(source, options, prepared.sidecars[source.root], total):
            yield from once.admit(record, total)


class Once:
    """Lets each listing of a shop through once. Where a repetition disagrees with the first, a finding says so."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, str], identity.Known] = {}

    def knows(self, listing: Listing) -> bool:
        """Whether this listing would be a repetition."""
        return (listing.merchant, listing.shop, listing.id) in self._seen

    def admit(
        self, record: Record, counts: Counts | None = None, known: identity.Known | None = None, skus: int | None = None
    ) -> Iterator[Record]:
        """The record, or what is to be said instead. `known` and `skus` are the listing's own where `record` does not
        hold all of it."""
        if isinstance(record, Finding):
            yield record
            return
        key = (record.merchant, record.shop, record.id)
        first, second = self._seen.get(key), known or identity.known(record)
        if first is None:
            self._seen[key] = second
            yield record
            return
        if counts is not None:
            counts.repeated += 1
            counts.listings -= 1
            counts.skus -= len(record.skus) if skus is None else skus
        fields = identity.disagreement(first, second)
        if fields and not first.reported:
            first.reported = True
            yield troubles.conflict(record, first.origin, fields)


def read_file(source: Source, options: ReadOptions, sidecar: Sidecar, counts: Counts | None = None) -> Iterator[Record]:
    """The listings of one file, and what is wrong with it. Needs its arguments only: files can be read in parallel.

    `counts` gets this file's share; repetitions across files are not known here (see `Once`).
    """
    counts = counts if counts is not None else Counts()
    counts.files += 1
    notes = troubles.Notes(source.shown)
    stream = documents(Path(source.path), options.max_document)
    yield from read_documents(stream, source, options, sidecar, counts, notes)
    yield from notes.findings()


def read_documents(
    stream: Iterable[Document | Trouble],
    source: Source,
    options: ReadOptions,
    sidecar: Sidecar,
    counts: Counts,
    notes: troubles.Notes,
) -> Iterator[Record]:
    """The listings of a stretch of a file. What is said once a file gathers in `notes`, for the caller to tell."""
    reader = FileReader(source, options, sidecar)
    for one in raws(stream, source):
        if isinstance(one, Finding):
            yield one
            continue
        entry = reader.read(one) if isinstance(one, Raw) else one
        note(entry, counts, notes)
        if entry.listing is not None:
            yield entry.listing
        yield from entry.asides


def raws(stream: Iterable[Document | Trouble], source: Source) -> Iterator[Raw | Entry | Finding]:
    """The records of a stretch of a file, found but not yet decoded; entries for what is no record."""
    for document in stream:
        if not isinstance(document, Document):
            yield troubles.of_file(source.shown, document)
            continue
        node = Node(document.data, 0, len(document.data), document.start)
        for match in recognise(node):
            if isinstance(match, Unknown):
                yield Entry(_origin(match.node, document, source), unknown=match.keys)
            elif isinstance(match, Failure):
                yield Entry(_origin(match.node, document, source), failure=(match.name, match.error))
            else:
                found, own = match.found, match.found.node
                yield Raw(
                    source,
                    match.format,
                    _origin(own, document, source),
                    own.data[own.start : own.end],
                    found.extra,
                    found.value,
                    own.anchor is not None,
                    found.value is None and _plain(found.extra),
                )


def note(entry: Entry, counts: Counts, notes: troubles.Notes, skus: int | None = None) -> None:
    """Count an entry, and note what is said once a file. `skus` is their number where the listing does not hold it."""
    listing = entry.listing
    if entry.failure is not None:
        notes.failure(entry.origin, *entry.failure)
    elif entry.unknown is not None:
        notes.unknown(entry.origin, entry.unknown)
    elif entry.offline:
        counts.offline += 1
    elif listing is not None:
        counts.listings += 1
        counts.skus += len(listing.skus) if skus is None else skus
        notes.listing(listing, list(entry.missing), entry.titled)


def _origin(node: Node, document: Document, source: Source) -> Origin:
    start, end = node.span
    return Origin(source.shown, node.pointer, document.number, start, end)


def _plain(extra: Any) -> bool:
    """Whether what a format says besides the record is small and plain data."""
    if extra is None or isinstance(extra, str):
        return True
    try:
        return len(msgspec.msgpack.encode(extra)) < _LARGE_EXTRA
    except (TypeError, ValueError, OverflowError, RecursionError):
        return False


class FileReader:
    """Makes listings of the records of one file."""

    def __init__(self, source: Source, options: ReadOptions, sidecar: Sidecar) -> None:
        self.source, self.options, self.sidecar = source, options, sidecar
        self._folder = str(Path(source.path).parent)
        self._home = home(source, options)
        self._resolver = _resolver(source.root, options.image_roots)

    def read(self, raw: Raw) -> Entry:
        """Decode and convert a record. Raises nothing for bad input."""
        shape, found = raw.format, raw.found()
        try:
            data = found.value if found.value is not None else found.node.value()
        except Undecodable as error:
            return Entry(raw.origin, asides=(troubles.undecodable(raw.origin, str(error)),))
        if not isinstance(data, dict):
            return Entry(raw.origin, unknown=())
        problems: list[FieldProblem] = []
        try:
            draft = shape.convert(found, Fields(data, problems))
        except Exception as error:  # a third party's format may fail in any way; the run goes on
            return Entry(raw.origin, failure=(shape.NAME, f"{type(error).__name__}: {error}"))
        if draft is None:
            return Entry(raw.origin)
        own = (draft.id, draft.category_id)
        listing, missing = self._finish(draft, raw.origin, found.node)
        if not self.options.include_offline:
            if not listing.on_sale:
                return Entry(raw.origin, offline=True, draft=own)
            live = listing.live_skus
            if len(live) < len(listing.skus):
                listing = msgspec.structs.replace(listing, skus=live)
        listing = bounded(listing, problems)
        asides = list(troubles.ill_typed(listing, problems))
        if found.value is None:
            asides += troubles.repeated_keys(listing, found.node, data)
        titled = not getattr(shape, "PARTIAL", False)
        return Entry(raw.origin, listing, tuple(asides), tuple(missing), titled, draft=own)

    def resolve(self, ref: str) -> str:
        """The file a picture's reference means now, "" when there is none."""
        return self._resolver.resolve(ref, self._folder)

    def beside(self, draft: tuple[str, str]) -> tuple[Any, ...]:
        """What other files say about a listing, by its id and category id."""
        own, category = draft
        sidecar = self.sidecar
        return (sidecar.names(category), sidecar.ratios.get(category), sidecar.skus.get(own))

    def home(self) -> tuple[Any, ...]:
        """All that the place of the file means for its listings."""
        return (self.source.shown, *self._home)

    def _finish(self, draft: Listing, origin: Origin, node: Node) -> tuple[Listing, list[Picture]]:
        shop, merchant = owner(draft, self._home, self.options)
        category = draft.category or self.sidecar.names(draft.category_id)
        ratio = draft.price_range_ratio or self.sidecar.ratios.get(draft.category_id)
        listing = msgspec.structs.replace(
            draft,
            id=draft.id or _made_up_id(draft, node),
            shop=shop,
            merchant=merchant,
            category=category,
            price_range_ratio=ratio,
            skus=joined(draft.skus, extra) if (extra := self.sidecar.skus.get(draft.id)) else draft.skus,
            origin=origin,
        )
        return with_paths(listing, self._resolver, self._folder)


@cache
def _shapes() -> dict[str, Format]:
    return {one.NAME: one for one in formats()}


_resolvers: dict[tuple[str, tuple[str, ...]], Resolver] = {}


def _resolver(root: str, image_roots: tuple[str, ...]) -> Resolver:
    key = (root, image_roots)
    if key not in _resolvers:
        _resolvers[key] = Resolver(root, image_roots)
    return _resolvers[key]


def use_resolver(root: str, image_roots: tuple[str, ...], resolver: Resolver) -> None:
    """Resolve the pictures of a root by another resolver: one that knows object storage."""
    _resolvers[root, image_roots] = resolver


def _made_up_id(draft: Listing, node: Node) -> str:
    """An id for a listing without one (a request body before it is sent): its code, else a digest of its content."""
    if draft.code:
        return draft.code
    return "new-" + hashlib.blake2b(node.data[node.start : node.end], digest_size=5).hexdigest()
