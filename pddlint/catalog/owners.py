"""Whose a listing is: its shop and merchant, by its own word, by a `[[shops]]` entry, or by where its file lies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pddlint.catalog.discover import Source, excluded
from pddlint.catalog.model import Listing

if TYPE_CHECKING:
    from pddlint.catalog.read import ReadOptions, Shop

Home = tuple["Shop | None", str, str]


def home(source: Source, options: ReadOptions) -> Home:
    """What the place of a file says: the [[shops]] entry of its path, the folder below the root, the root's name."""
    inside = os.path.relpath(source.path, source.root).replace(os.sep, "/")
    by_path = next(
        (
            shop
            for shop in options.shops
            if shop.path and (excluded(source.shown, (shop.path,)) or excluded(inside, (shop.path,)))
        ),
        None,
    )
    root = Path(source.root).name or "root"
    return by_path, inside.split("/")[0] if "/" in inside else root, root


def owner(draft: Listing, home: Home, options: ReadOptions) -> tuple[str, str]:
    """(shop, merchant): the data's own shop id, else a [[shops]] path, else the folder below the root."""
    by_path, folder, root = home
    shop = draft.shop or (by_path.id if by_path else folder)
    entry = next((s for s in options.shops if s.id == shop), None) or (by_path if not draft.shop else None)
    default = shop if options.merchant == "shop" else root
    return sys.intern(shop), sys.intern(
        (entry.merchant if entry and entry.merchant else "") or draft.merchant or default
    )
