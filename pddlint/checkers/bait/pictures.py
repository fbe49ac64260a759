"""A SKU's own thumbnail, unrelated to every other picture of the listing: evidence, never a verdict."""

from __future__ import annotations

from collections.abc import Sequence

from pddlint.catalog.model import Listing, Sku
from pddlint.pictures import look

# Another picture of the same goods may share neither pose nor colours, so both must be far off to call one unrelated.
FAR_PHASH = 22  # of 64; unrelated photographs have a median of 28, the nearest twentieth of them 20
FAR_COLOURS = 0.5  # of 1; unrelated photographs have a median of 0.72


def stranger(listing: Listing, sku: Sku, rest: Sequence[Sku]) -> bool:
    """Whether the SKU's thumbnail is unrelated to the gallery and the rest's thumbnails, while those are related.

    False where there is nothing to compare. Decodes pictures: ask for doubtful SKUs only.
    """
    own = sku.picture.path if sku.picture else ""
    gallery = {picture.path for picture in listing.pictures if picture.path}
    thumbnails = {other.picture.path for other in rest if other.picture and other.picture.path}
    if not own or own in gallery | thumbnails or not gallery:
        return False
    at_home = thumbnails & gallery or any(_related(path, gallery) for path in sorted(thumbnails))
    return bool(at_home) and not _related(own, gallery | thumbnails)


def _related(path: str, others: set[str]) -> bool:
    """Whether the picture resembles any other; one that cannot be read counts as related."""
    from pddlint.images.decode import PictureProblem
    from pddlint.images.hashes import compare

    own = look(path)
    if isinstance(own, PictureProblem):
        return True
    for other in sorted(others):
        print_ = look(other)
        if isinstance(print_, PictureProblem):
            continue
        distance = compare(own, print_)
        if distance.phash < FAR_PHASH or distance.colours < FAR_COLOURS:
            return True
    return False
