"""What matching answers: groups of listings that are one item, who is kept, and why the others repeat it."""

from __future__ import annotations

from typing import Any

import msgspec

from pddlint.matching.fingerprint import Fingerprint
from pddlint.matching.kinds import Difference, Kind
from pddlint.matching.scoring import Score


class Options(msgspec.Struct, frozen=True):
    """`threshold` is the probability from which a pair is a duplicate (None: the shipped one); `verify` compares
    pictures by local features where that can decide.
    """

    threshold: float | None = None
    verify: bool = True


DEFAULTS = Options()


class PicturePair(msgspec.Struct, frozen=True):
    """Two pictures that show the same: their references, how surely (0..1), and by what method."""

    here: str
    there: str
    likeness: float
    method: str  # "hash" or "features"
    mirrored: bool = False


class Surplus(msgspec.Struct, frozen=True):
    """A listing that duplicates its group's keeper: what separates them, how sure it is, and why."""

    listing: Fingerprint
    keeper: Fingerprint
    kind: Kind
    probability: float
    differences: tuple[Difference, ...]
    exempt: bool | None
    score: Score
    picture: PicturePair | None
    shared_codes: tuple[str, ...]
    via: str = ""  # id of the listing that links both when they do not match directly


class Group(msgspec.Struct, frozen=True):
    """Listings that are one item; `reason` says why the keeper is kept: sales, skus, older."""

    keeper: Fingerprint
    reason: str
    surplus: tuple[Surplus, ...]


class MerchantMatches(msgspec.Struct, frozen=True):
    """All duplicate groups of a merchant, and how many pairs were looked at."""

    merchant: str
    groups: tuple[Group, ...]
    compared: int = 0
    verified: int = 0

    def of(self, kind: Kind) -> list[Surplus]:
        """The surplus listings of one kind, in order."""
        return [surplus for group in self.groups for surplus in group.surplus if surplus.kind == kind]


def order_key(f: Fingerprint) -> tuple[str, str, str, int]:
    """Sorts a merchant's listings into the order in which matching numbers them."""
    return (f.shop, f.id, f.place.origin.path, f.place.origin.start)


def keeper_order(f: Fingerprint) -> tuple[Any, ...]:
    """Sorts the listing to keep first: most sales, then most SKUs, then the older (numerically smaller) id."""
    number = int(f.id) if f.id.isascii() and f.id.isdigit() else None
    return (-(f.sales or 0), -f.sku_count, number is None, number or 0, f.id)


def keeping_reason(keeper: Fingerprint, second: Fingerprint) -> str:
    """Why `keeper` goes before the listing that comes second: sales, skus, older."""
    if (keeper.sales or 0) != (second.sales or 0):
        return "sales"
    return "skus" if keeper.sku_count != second.sku_count else "older"
