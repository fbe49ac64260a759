"""What duplicate detection remembers of a listing, and nothing more: the unit that is cached, sent and shipped.

A fingerprint holds the words (hashed), the facets (what varies: colours, sizes, gifts …; what identifies: model,
material, audience …), the SKU table, merchant codes, picture prints, and the place to point at. It knows no other
listing.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from pddlint.catalog.model import Listing, Picture
from pddlint.findings import Place, at_listing
from pddlint.images.prints import PicturePrint, PictureProblem
from pddlint.matching.gallery import SKU_SLOT, Shot
from pddlint.matching.kin import Wholes, wholes
from pddlint.matching.textprint import TextPrint, text_print
from pddlint.matching.traits import Traits, traits
from pddlint.matching.variants import SkuPrint, code_key, code_stem

VERSION = 3  # raise it when the same listing would get another fingerprint: caches key on it

_SKUS = 200  # SKUs kept: enough for any real listing, and a bound


class Fingerprint(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One listing as matching sees it.

    `values` are the variant values of all SKUs ("kind:value"), `codes` the merchant codes of listing and SKUs, `stem`
    the style number the SKU codes start with, `shots` the pictures that could be read, main image first.
    `wholes` are digests of what is compared whole.
    """

    place: Place
    sales: int | None
    sku_count: int
    category: tuple[str, ...]
    brand: str
    text: TextPrint
    traits: Traits
    skus: tuple[SkuPrint, ...]
    codes: tuple[str, ...]
    stem: str
    shots: tuple[Shot, ...]
    wholes: Wholes

    @property
    def id(self) -> str:
        return self.place.listing.id if self.place.listing else ""

    @property
    def shop(self) -> str:
        return self.place.listing.shop if self.place.listing else ""

    @property
    def merchant(self) -> str:
        return self.place.listing.merchant if self.place.listing else ""


def fingerprint(listing: Listing, prints: Mapping[str, PicturePrint | PictureProblem]) -> Fingerprint:
    """The fingerprint of `listing`; `prints` maps picture paths to their prints (paths without a print are passed
    over).
    """
    found, skus = traits(listing)
    codes = {code_key(sku.code) for sku in listing.skus} - {""}
    whole = code_key(listing.code)
    text, kept = text_print(listing, found.core), tuple(skus[:_SKUS])
    return Fingerprint(
        place=at_listing(listing),
        sales=listing.sales,
        sku_count=len(listing.skus),
        category=listing.category,
        brand=listing.brand,
        text=text,
        traits=found,
        skus=kept,
        codes=tuple(sorted(codes | {whole} - {""})),
        stem=code_stem(sorted(codes)) or (whole if not codes else ""),
        shots=tuple(_shots(listing, prints)),
        wholes=wholes(listing.title, text, kept),
    )


def _shots(listing: Listing, prints: Mapping[str, PicturePrint | PictureProblem]) -> list[Shot]:
    shots: list[Shot] = []
    seen: set[bytes] = set()
    pictures: list[tuple[int, Picture]] = list(enumerate(listing.pictures))
    pictures += [(SKU_SLOT + i, sku.picture) for i, sku in enumerate(listing.skus) if sku.picture]
    for slot, picture in pictures:
        found = prints.get(picture.path) if picture.path else None
        if isinstance(found, PicturePrint) and found.digest not in seen:
            seen.add(found.digest)
            shots.append(Shot(picture.path, picture.ref, slot, found))
    return shots
