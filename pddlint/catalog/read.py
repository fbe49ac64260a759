"""The whole way from catalog roots to listings: discover, decode, recognise, convert, name what is wrong.

Reading order: within each root, files that hold whole listings come first, those with only the short form (list pages,
search results) last, each in order of their paths. Of one listing met twice in a shop the first is kept; where the two
disagree a finding says so. Records are decoded one at a time; what is remembered of each is its id and a few hashes.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from pddlint.catalog import identity, troubles
from pddlint.catalog.decode import MAX_DOCUMENT, Document, Trouble, documents
from pddlint.catalog.discover import Refusal, Source, discover, excluded
from pddlint.catalog.fields import FieldProblem, Fields
from pddlint.catalog.formats import Format, Found, broken_formats
from pddlint.catalog.model import Listing, Origin, Picture
from pddlint.catalog.node import Node, Undecodable
from pddlint.catalog.pictures import Resolver, with_paths
from pddlint.catalog.recognise import Failure, Unknown, recognise
from pddlint.catalog.sidecar import Sidecar, joined, survey
from pddlint.findings import Finding

Record = Listing | Finding


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

    def admit(self, record: Record, counts: Counts | None = None) -> Iterator[Record]:
        if isinstance(record, Finding):
            yield record
            return
        key = (record.merchant, record.shop, record.id)
        known = self._seen.get(key)
        if known is None:
            self._seen[key] = identity.known(record)
            yield record
            return
        if counts is not None:
            counts.repeated += 1
            counts.listings -= 1
            counts.skus -= len(record.skus)
        fields = identity.disagreement(known, identity.known(record))
        if fields and not known.reported:
            known.reported = True
            yield troubles.conflict(record, known.origin, fields)


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
    return _FileReader(source, options, sidecar, counts, notes).run(stream)


class _FileReader:
    def __init__(
        self, source: Source, options: ReadOptions, sidecar: Sidecar, counts: Counts, notes: troubles.Notes
    ) -> None:
        self._source, self._options, self._sidecar, self._counts = source, options, sidecar, counts
        self._folder = str(Path(source.path).parent)
        self._resolver = _resolver(source.root, options.image_roots)
        self._notes = notes

    def run(self, stream: Iterable[Document | Trouble]) -> Iterator[Record]:
        for document in stream:
            if not isinstance(document, Document):
                yield troubles.of_file(self._source.shown, document)
                continue
            node = Node(document.data, 0, len(document.data), document.start)
            for match in recognise(node):
                if isinstance(match, Unknown):
                    self._notes.unknown(self._origin(match.node, document), match.keys)
                    continue
                if isinstance(match, Failure):
                    self._notes.failure(self._origin(match.node, document), match.name, match.error)
                    continue
                yield from self._record(match.format, match.found, document)

    def _origin(self, node: Node, document: Document) -> Origin:
        start, end = node.span
        return Origin(self._source.shown, node.pointer, document.number, start, end)

    def _record(self, shape: Format, found: Found, document: Document) -> Iterator[Record]:
        origin = self._origin(found.node, document)
        try:
            data = found.value if found.value is not None else found.node.value()
        except Undecodable as error:
            yield troubles.undecodable(origin, str(error))
            return
        if not isinstance(data, dict):
            self._notes.unknown(origin, ())
            return
        problems: list[FieldProblem] = []
        try:
            draft = shape.convert(found, Fields(data, problems))
        except Exception as error:  # a third party's format may fail in any way; the run goes on
            self._notes.failure(origin, shape.NAME, f"{type(error).__name__}: {error}")
            return
        if draft is None:
            return
        listing, missing = self._finish(draft, origin, found.node)
        if not self._options.include_offline:
            if not listing.on_sale:
                self._counts.offline += 1
                return
            if not all(sku.on_sale for sku in listing.skus):
                listing = msgspec.structs.replace(listing, skus=listing.live_skus)
        self._counts.listings += 1
        self._counts.skus += len(listing.skus)
        self._notes.listing(listing, missing, titled=not getattr(shape, "PARTIAL", False))
        yield listing
        yield from troubles.ill_typed(listing, problems)
        if found.value is None:
            yield from troubles.repeated_keys(listing, found.node, data)

    def _finish(self, draft: Listing, origin: Origin, node: Node) -> tuple[Listing, list[Picture]]:
        shop, merchant = self._owner(draft)
        category = draft.category or self._sidecar.names(draft.category_id)
        ratio = draft.price_range_ratio or self._sidecar.ratios.get(draft.category_id)
        listing = msgspec.structs.replace(
            draft,
            id=draft.id or _made_up_id(draft, node),
            shop=shop,
            merchant=merchant,
            category=category,
            price_range_ratio=ratio,
            skus=joined(draft.skus, extra) if (extra := self._sidecar.skus.get(draft.id)) else draft.skus,
            origin=origin,
        )
        return with_paths(listing, self._resolver, self._folder)

    def _owner(self, draft: Listing) -> tuple[str, str]:
        """(shop, merchant): the data's own shop id, else a [[shops]] path, else the folder below the root."""
        shops = self._options.shops
        inside = os.path.relpath(self._source.path, self._source.root).replace(os.sep, "/")
        by_path = next(
            (s for s in shops if s.path and (excluded(self._source.shown, (s.path,)) or excluded(inside, (s.path,)))),
            None,
        )
        root = Path(self._source.root).name or "root"
        folder = inside.split("/")[0] if "/" in inside else root
        shop = draft.shop or (by_path.id if by_path else folder)
        entry = next((s for s in shops if s.id == shop), None) or (by_path if not draft.shop else None)
        default = shop if self._options.merchant == "shop" else root
        return sys.intern(shop), sys.intern(
            (entry.merchant if entry and entry.merchant else "") or draft.merchant or default
        )


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
