"""Whether two records of one goods_id say the same: a few hashes a listing, compared field by field.

Stock and sales change by the hour and are left out. Records of different shapes are compared by title and prices alone,
since they spell everything else differently; a field only one of them has is no disagreement.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any
from zlib import crc32

import msgspec

from pddlint.catalog.model import Listing, Origin

FIELDS = ("title", "skus", "category", "brand", "attributes", "pictures", "specs", "prices", "codes", "description")
_ACROSS_SHAPES = ("title", "prices")
_UNSET = bytes(8)
_ENCODE = msgspec.json.Encoder().encode


class Known(msgspec.Struct, gc=False):
    """What is remembered of a listing already read: eight bytes a field, kept small because there may be millions."""

    hashes: bytes
    layout: int
    origin: Origin
    reported: bool = False


def known(listing: Listing) -> Known:
    return Known(_hashes(listing), _layout(listing), listing.origin)


def disagreement(first: Known, second: Known) -> tuple[str, ...]:
    """Names of the fields in which two records of one listing contradict each other."""
    if first.hashes == second.hashes:
        return ()
    names = set(FIELDS if first.layout == second.layout else _ACROSS_SHAPES)
    pairs = {name: (_part(first.hashes, at), _part(second.hashes, at)) for at, name in enumerate(FIELDS)}
    if pairs["skus"][0] != pairs["skus"][1]:
        names -= {"prices", "codes"}
    return tuple(name for name, (a, b) in pairs.items() if name in names and a != b and _UNSET not in (a, b))


def _part(hashes: bytes, at: int) -> bytes:
    return hashes[8 * at : 8 * at + 8]


def _layout(listing: Listing) -> int:
    """Tells shapes apart: which fields the record has. The same number in every process."""
    return crc32("\0".join(sorted(listing.pointers.values())).encode("utf-8", "replace"))


def _hashes(listing: Listing) -> bytes:
    pictures = [p.ref.split("?")[0].rsplit("/", 1)[-1] for p in listing.pictures]
    skus = listing.skus
    parts: tuple[Any, ...] = (
        listing.title,
        sorted([sku.id for sku in skus]),
        listing.category_id or "/".join(listing.category),
        listing.brand,
        [(a.name, a.key, a.value) for a in listing.attributes],
        pictures if len(pictures) > 1 else [],  # a lone thumbnail changes from page to page
        sorted([(sku.id, name) for sku in skus if (name := sku.name)]),
        sorted([(sku.id, sku.price_fen) for sku in skus if sku.price_fen is not None]),
        sorted([(sku.id, sku.code) for sku in skus if sku.code]),
        listing.description,
    )
    return b"".join([_hash(part) if part else _UNSET for part in parts])


def _hash(value: Any) -> bytes:
    text = value.encode("utf-8", "replace") if isinstance(value, str) else _ENCODE(value)
    return blake2b(text, digest_size=8).digest()
