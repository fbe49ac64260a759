"""Labelled listings in a plain notation, and short ways to make one: shared by the tests and the benchmark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pddlint.catalog.model import Attribute, Listing, Sku, Spec

FOLDER = Path(__file__).parent
KINDS = {
    "category": "BAIT001",
    "spec": "BAIT002",
    "accessory": "BAIT003",
    "nonexistent": "BAIT004",
    "irregular": "BAIT005",
}


class Labelled(NamedTuple):
    """A listing, and the rule each of its bait SKUs breaks by SKU id."""

    listing: Listing
    bait: dict[str, str]


def sku(number: int, specs: str, yuan: float) -> Sku:
    """A SKU from "颜色=黑;尺码=M" (or a bare value) and its price in yuan; 0 is unset."""
    pairs = [part.split("=", 1) if "=" in part else ["规格", part] for part in specs.split(";")]
    price = round(yuan * 100) or None
    return Sku(str(number), tuple(Spec(name, value) for name, value in pairs), price, pointer=f"/skus/{number}")


def listing(title: str, *skus: tuple[str, float], category: str = "", brand: str = "", attributes: str = "") -> Listing:
    """A listing from its title and (specs, yuan) pairs; `category` is a path joined by ">"."""
    return Listing(
        title,
        title,
        "shop",
        "merchant",
        tuple(category.split(">")) if category else (),
        brand=brand,
        attributes=tuple(Attribute("", value) for value in attributes.split()),
        skus=tuple(sku(number, specs, yuan) for number, (specs, yuan) in enumerate(skus)),
    )


def read(path: Path) -> Iterator[Labelled]:
    """The labelled listings of a file (its head explains the notation)."""
    for block in path.read_text("utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        if not lines:
            continue
        title, category, brand, attributes = (field.strip() for field in lines[0].split("|"))
        rows = [[field.strip() for field in line.split("|")] for line in lines[1:]]
        made = listing(
            title, *((row[0], float(row[1])) for row in rows), category=category, brand=brand, attributes=attributes
        )
        yield Labelled(made, {str(n): KINDS[row[2]] for n, row in enumerate(rows) if len(row) > 2})
