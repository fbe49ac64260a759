"""How much of a listing's texts is read: far more than any marketplace allows, and a bound on what a listing costs.

Rules look at a text again and again, some at all pairs of places in it, and remember what they read. Descriptions stay
whole: only their beginnings are ever read.
"""

from __future__ import annotations

from typing import Any

import msgspec

from pddlint.catalog.fields import LONGEST, FieldProblem, shown
from pddlint.catalog.model import Attribute, Listing, Sku


def bounded(listing: Listing, problems: list[FieldProblem]) -> Listing:
    """The listing with no text longer than LONGEST (of a SKU, and of the category: all together). What had to be cut
    becomes a problem."""
    changes: dict[str, Any] = {}
    for field in ("title", "brand"):
        text = getattr(listing, field)
        if len(text) > LONGEST:
            changes[field] = text[:LONGEST]
            problems.append(_problem(field, text, listing.pointer(field)))
    if sum(map(len, listing.category)) > LONGEST:
        names = " ".join(listing.category)
        changes["category"] = (names[:LONGEST],)
        problems.append(_problem("category", names, listing.pointer("category")))
    if any(len(one.value) > LONGEST or len(one.name) > LONGEST for one in listing.attributes):
        at = listing.pointer("attributes")
        changes["attributes"] = tuple([_attribute(one, at, problems) for one in listing.attributes])
    if any(specs_size(sku) > LONGEST for sku in listing.skus):
        changes["skus"] = tuple([_sku(one, problems) if specs_size(one) > LONGEST else one for one in listing.skus])
    return msgspec.structs.replace(listing, **changes) if changes else listing


def _attribute(attribute: Attribute, pointer: str, problems: list[FieldProblem]) -> Attribute:
    text = max(attribute.name, attribute.value, key=len)
    if len(text) > LONGEST:
        problems.append(_problem("attributes", text, pointer))
    return Attribute(attribute.name[:LONGEST], attribute.value[:LONGEST], attribute.key)


def specs_size(sku: Sku) -> int:
    """Characters of a SKU's specs together."""
    return sum([len(spec.value) + len(spec.name) for spec in sku.specs])


def _sku(sku: Sku, problems: list[FieldProblem]) -> Sku:
    """The SKU with its specs up to where they are too long, the last of them cut there."""
    problems.append(_problem("specs", " ".join(f"{spec.name} {spec.value}" for spec in sku.specs), sku.pointer))
    specs, room = [], LONGEST
    for spec in sku.specs:
        name, value = spec.name[:room], spec.value[: max(room - len(spec.name), 0)]
        specs.append(msgspec.structs.replace(spec, name=name, value=value))
        room -= len(name) + len(value)
        if room <= 0:
            break
    return msgspec.structs.replace(sku, specs=tuple(specs))


def _problem(field: str, text: str, pointer: str) -> FieldProblem:
    return FieldProblem("long", field, pointer, shown(text), len(text))
