"""Listings with more SKUs than any real one: which of them are judged, so that the work stays bounded.

Every SKU is measured by the others, so the work grows with the square of their number. The largest of 600 real listings
had 230; beyond `MOST` the cheapest, which are the ones that lure, are judged beside an even sample of the others.
"""

from __future__ import annotations

import math

import msgspec

from pddlint.catalog.model import Listing

MOST = 400  # SKUs judged


def judged(listing: Listing) -> Listing:
    """The listing itself, or one with `MOST` of its live SKUs where there are more: half of them the cheapest."""
    if len(listing.skus) <= MOST:
        return listing
    skus = listing.live_skus
    if len(skus) <= MOST:
        return listing
    order = sorted(range(len(skus)), key=lambda place: skus[place].price_fen or math.inf)
    cheapest, others = order[: MOST // 2], order[MOST // 2 :]
    sample = (others[step * len(others) // (MOST // 2)] for step in range(MOST // 2))
    kept = sorted({*cheapest, *sample})
    return msgspec.structs.replace(listing, skus=tuple(skus[place] for place in kept))
