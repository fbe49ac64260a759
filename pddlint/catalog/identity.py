"""Whether two records of one goods_id say the same: a few hashes a listing, compared field by field.

Stock and sales change by the hour and are left out. Records of different shapes are compared by title and prices alone,
since they spell everything else differently; a field only one of them has is no disagreement.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from pddlint.catalog.model import Listing, Origin
from pddlint.findings import ListingRef, listing_ref

_ACROSS_SHAPES = ("title", "prices")


class Known(msgspec.Struct):
    """What is remembered of a listing already read."""

    hashes: dict[str, int]
    layout: int
    listing: ListingRef
    origin: Origin
    reported: bool = False


def known(listing: Listing) -> Known:
    return Known(_hashes(listing), _layout(listing), listing_ref(listing), listing.origin)


def disagreement(first: Known, second: Listing) -> tuple[str, ...]:
    """Names of the fields in which two records of one listing contradict each other."""
    mine = _hashes(second)
    names = set(mine if first.layout == _layout(second) else _ACROSS_SHAPES)
    if mine.get("skus") != first.hashes.get("skus"):
        names -= {"prices", "codes"}
    return tuple(n for n in mine if n in names and n in first.hashes and mine[n] != first.hashes[n])


def _layout(listing: Listing) -> int:
    """Tells shapes apart: which fields the record has."""
    return hash(tuple(sorted(listing.pointers.values())))


def _hashes(listing: Listing) -> dict[str, int]:
    prices = sorted((sku.id, sku.price_fen) for sku in listing.skus if sku.price_fen is not None)
    pictures = [p.ref.split("?")[0].rsplit("/", 1)[-1] for p in listing.pictures]
    parts: dict[str, Any] = {
        "title": listing.title,
        "skus": sorted(sku.id for sku in listing.skus),
        "category": listing.category_id or "/".join(listing.category),
        "brand": listing.brand,
        "attributes": [(a.name, a.key, a.value) for a in listing.attributes],
        "pictures": pictures if len(pictures) > 1 else [],  # a lone thumbnail changes from page to page
        "specs": sorted((sku.id, sku.name) for sku in listing.skus if sku.name),
        "prices": prices,
        "codes": sorted((sku.id, sku.code) for sku in listing.skus if sku.code),
        "description": listing.description,
    }
    return {name: _hash(value) for name, value in parts.items() if value}


def _hash(value: Any) -> int:
    text = value.encode("utf-8", "replace") if isinstance(value, str) else msgspec.json.encode(value)
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())
