"""The listings that a report names, read again for reports that show them: their SKU tables and pictures.

A run lets go of each listing once it has been judged, so that memory grows with findings and not with the catalog. Only
the files that hold a named listing are read again, and only the named listings are kept.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from pddlint.catalog.model import Listing
from pddlint.catalog.read import plan, read_file
from pddlint.engine import Result, read_options
from pddlint.findings import ListingRef, listing_ref
from pddlint.report import Report
from pddlint.settings import Settings


def with_listings(report: Report, result: Result, settings: Settings) -> Report:
    """The report with the listings its findings name. A listing that is gone by now is left out."""
    here = Path.cwd()
    wanted: set[ListingRef] = set()
    files: set[str] = set()
    for finding in report.findings:
        for spot in (finding.spot, *finding.related):
            if spot.listing is not None and spot.path:
                wanted.add(spot.listing)
                files.add(os.path.normpath(here / spot.path))
    found: dict[ListingRef, Listing] = {}
    if not wanted:
        return report
    options = read_options(settings)
    prepared = plan(result.roots, options)
    for source in prepared.sources:
        if os.path.normpath(source.path) not in files:
            continue
        for record in read_file(source, options, prepared.sidecars[source.root]):
            if isinstance(record, Listing) and (ref := listing_ref(record)) in wanted:
                found.setdefault(ref, _slim(record))
    return msgspec.structs.replace(report, listings=found)


def _slim(listing: Listing) -> Listing:
    """Without what no report shows and what weighs most: the description, the attributes, pictures of the detail."""
    return msgspec.structs.replace(listing, description="", attributes=(), detail_pictures=(), pointers={})
