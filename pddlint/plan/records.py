"""The listings a plan is about, read again with the records they stand in.

A run lets go of each listing once it has been judged. Only files that hold a named listing are read again; all files
are when listings of the catalog stand in it more than once, for an edit must then reach every record of the listing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from pddlint.catalog.bounds import specs_size
from pddlint.catalog.decode import Document, documents
from pddlint.catalog.discover import Source
from pddlint.catalog.fields import LONGEST, Fields
from pddlint.catalog.model import Listing
from pddlint.catalog.node import Node, Undecodable
from pddlint.catalog.read import ReadOptions, plan, read_file
from pddlint.catalog.recognise import Match, recognise
from pddlint.catalog.sidecar import Sidecar
from pddlint.checkers.base import Text
from pddlint.engine import Result, read_options
from pddlint.errors import UsageError
from pddlint.findings import ListingRef
from pddlint.plan.files import load
from pddlint.plan.model import Key, Record
from pddlint.report import Report, Spot
from pddlint.settings import Settings

_MENDED = Text(
    "它的记录不是规范的 JSON（NaN、控制字符、半个代理对），不改",
    "its record is no strict JSON (NaN, control characters, half a surrogate pair); it is not edited",
)
_CUT = Text("它的规格太长，没有读完，不改", "its specs are too long to be read whole; it is not edited")


def key_of(ref: ListingRef | Listing) -> Key:
    return (ref.merchant, ref.shop, ref.id)


def records(report: Report, result: Result, settings: Settings) -> dict[Key, Record]:
    """The record of every listing that an unsuppressed finding names. A listing that is gone by now is left out."""
    here = Path.cwd()
    spots = [spot for finding in report.active for spot in (finding.spot, *finding.related)]
    wanted = {key_of(spot.listing) for spot in spots if spot.listing is not None}
    if not wanted:
        return {}
    files = {_file(spot, here) for spot in spots if spot.listing is not None and spot.path}
    options = read_options(settings)
    prepared = plan(result.roots, options)
    found: dict[Key, list[Record]] = {}
    for source in prepared.sources:
        if result.counts.read.repeated or os.path.normpath(source.path) in files:
            for record in _of_file(source, options, prepared.sidecars[source.root], wanted):
                found.setdefault(key_of(record.listing), []).append(record)
    return {key: msgspec.structs.replace(first, copies=tuple(rest)) for key, (first, *rest) in found.items()}


def _file(spot: Spot, here: Path) -> str:
    return os.path.normpath(here / spot.path)


def _of_file(source: Source, options: ReadOptions, sidecar: Sidecar, wanted: set[Key]) -> Iterator[Record]:
    listings: dict[tuple[int, int, str], list[Listing]] = {}
    for one in read_file(source, options, sidecar):
        if isinstance(one, Listing) and key_of(one) in wanted:
            listings.setdefault((one.origin.document, one.origin.start, one.origin.pointer), []).append(one)
    if not listings:
        return
    text, refused = _text(source)
    for document, match in _matches(source):
        node = match.found.node
        here = listings.get((document.number, node.span[0], node.pointer))
        if not here:
            continue
        try:
            data = match.found.value if match.found.value is not None else node.value()
        except Undecodable:
            continue
        listing = here[0] if match.found.value is None else _drawn(match, data, here)
        if listing is None:
            continue
        here.remove(listing)
        yield Record(
            listing,
            data,
            node.data[node.start : node.end],
            match.format.NAME,
            source.path,
            source.root,
            *node.span,
            match.found.value is None and node.anchor is None,
            refused or _refused(listing, text[slice(*node.span)] == node.data[node.start : node.end]),
            listing.id in sidecar.skus,
        )


def _text(source: Source) -> tuple[bytes, Text | None]:
    """The file's text, nothing in it mended; or why the file cannot be edited."""
    try:
        return load(Path(source.path), source.shown, Path(source.root)).text, None
    except UsageError as error:
        return b"", error.texts[0]


def _refused(listing: Listing, as_written: bool) -> Text | None:
    if not as_written:
        return _MENDED
    return _CUT if any(specs_size(sku) >= LONGEST for sku in listing.skus) else None


def _drawn(match: Match, data: dict[str, Any], among: list[Listing]) -> Listing | None:
    """Which of the listings that share one place (rows of a table) the format makes of a record."""
    try:
        draft = match.format.convert(match.found, Fields(data, []))
    except Exception:  # a third party's format may fail in any way; the reader has said so
        return None
    return next((one for one in among if draft is not None and one.id == draft.id), None)


def _matches(source: Source) -> Iterable[tuple[Document, Match]]:
    for document in documents(Path(source.path)):
        if isinstance(document, Document):
            for match in recognise(Node(document.data, 0, len(document.data), document.start)):
                if isinstance(match, Match):
                    yield document, match
