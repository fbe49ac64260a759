"""What the picture rules share: the looks at a listing's pictures, and one finding for all that have the same fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pddlint.catalog.model import Listing, Picture
from pddlint.catalog.troubles import counted
from pddlint.findings import Finding, Place, listing_ref

if TYPE_CHECKING:
    from pddlint.images.decode import PictureProblem
    from pddlint.images.hashes import PicturePrint

    Pictures = Mapping[str, PicturePrint | PictureProblem]

_NAMED = 20  # pictures listed in the evidence


def gallery(listing: Listing) -> Iterator[Picture]:
    """The gallery's pictures that were found, each file once."""
    return _once(listing.pictures)


def shown(listing: Listing) -> Iterator[Picture]:
    """The gallery's and the SKUs' pictures that were found, each file once."""
    return _once((*listing.pictures, *(sku.picture for sku in listing.skus if sku.picture)))


def _once(pictures: Iterable[Picture]) -> Iterator[Picture]:
    seen: set[str] = set()
    for picture in pictures:
        if picture.path and picture.path not in seen:
            seen.add(picture.path)
            yield picture


def looks(pictures: Iterable[Picture]) -> Pictures:
    """Look at the picture files; a file already looked at for something else is not read again."""
    from pddlint.pictures import look

    return {picture.path: look(picture.path) for picture in pictures}


def problem_in(pictures: Pictures, picture: Picture) -> PictureProblem | None:
    """The problem, when looking at the picture ended in one."""
    from pddlint.images.decode import PictureProblem

    seen = pictures.get(picture.path)
    return seen if isinstance(seen, PictureProblem) else None


def print_in(pictures: Pictures, picture: Picture) -> PicturePrint | None:
    """The print of the picture, when there is one."""
    from pddlint.images.decode import PictureProblem

    seen = pictures.get(picture.path)
    return None if isinstance(seen, PictureProblem) else seen


def finding(
    code: str, listing: Listing, faulty: list[tuple[Picture, str]], arguments: dict[str, str | int | float]
) -> Finding:
    """One finding for all the pictures with one fault, at the first of them; `faulty` pairs each with its detail."""
    first = faulty[0][0]
    return Finding(
        code,
        Place("primary", listing.origin, first.pointer, listing_ref(listing), picture=first.path),
        arguments={**counted(len(faulty)), "picture": name(first), **arguments},
        evidence={"pictures": [{"picture": name(p), "detail": detail} for p, detail in faulty[:_NAMED]]},
    )


def name(picture: Picture) -> str:
    """A picture's name as people know it: the last part of its reference, without query."""
    plain = picture.ref.split("?")[0].rstrip("/")
    return plain.rsplit("/", 1)[-1] or picture.ref
