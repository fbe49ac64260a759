"""What a checker says: a rule's code, the arguments of its message, how sure it is, and the places it means.

A finding carries no sentence and no line number; both are made at the end, for those that are reported.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from pddlint.catalog.model import Listing, Origin, Sku

Role = Literal["primary", "keeper", "duplicate", "evidence"]
Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")  # ascending


class ListingRef(msgspec.Struct, frozen=True):
    """Which listing, as reports name it."""

    merchant: str
    shop: str
    id: str
    title: str


class Place(msgspec.Struct, frozen=True):
    """A spot in a file: the record's origin plus a pointer inside that record."""

    role: Role
    origin: Origin
    pointer: str = ""
    listing: ListingRef | None = None
    picture: str = ""  # displayed path of a picture, when the place is the picture itself


class Finding(msgspec.Struct, frozen=True):
    """One diagnostic. `arguments` fill the rule's message; `evidence` is the rule's own explanation, JSON-able.

    `confidence` in 0..1 is the probability that the finding is right. `skus` are the ids of the SKUs named.
    `span` is an optional (line, column, end_line, end_column), 1-based in code points, only for problems of the file
    itself (syntax errors) that no pointer can name.
    """

    code: str
    place: Place
    confidence: float = 1.0
    arguments: dict[str, str | int | float] = {}
    related: tuple[Place, ...] = ()
    skus: tuple[str, ...] = ()
    evidence: dict[str, Any] = {}
    span: tuple[int, int, int, int] | None = None


def listing_ref(listing: Listing) -> ListingRef:
    return ListingRef(listing.merchant, listing.shop, listing.id, listing.title)


def at_listing(listing: Listing, field: str = "", role: Role = "primary") -> Place:
    """The place of a listing, or of one of its fields ("title", "skus", ...)."""
    return Place(role, listing.origin, listing.pointer(field) if field else "", listing_ref(listing))


def at_sku(listing: Listing, sku: Sku, role: Role = "primary") -> Place:
    return Place(role, listing.origin, sku.pointer, listing_ref(listing))
