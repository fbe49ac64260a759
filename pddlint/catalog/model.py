"""The catalog in the linter's own terms: one `Listing` whatever marketplace shape the file had.

Money is integer fen (分), `None` means unset; ids are strings; text is kept as written (`pddlint.text` normalises).
A *pointer* is an RFC 6901 JSON pointer. Pointers inside a listing are relative to the listing's own record.
"""

from __future__ import annotations

from typing import Any

import msgspec


class Origin(msgspec.Struct, frozen=True, gc=False):
    """Where a record stands: displayed path, JSON pointer of the record, byte range of the record.

    `document` counts JSON documents in one file (JSON Lines, concatenated); the pointer is relative to that document.
    `start`/`end` are byte offsets of the record in the file as read (after gunzip, transcoding to UTF-8, without a byte
    order mark); for JSON inside a string those of the string. 0 and 0: unknown.
    """

    path: str
    pointer: str = ""
    document: int = 0
    start: int = 0
    end: int = 0


class Spec(msgspec.Struct, frozen=True, gc=False):
    """One value of a SKU's variant: `name` is the dimension (颜色, 尺码; "" when the source has none)."""

    name: str
    value: str


class Attribute(msgspec.Struct, frozen=True, gc=False):
    """A property of the listing. `name` is "" when the source gives only a property id, then `key` holds that id."""

    name: str
    value: str
    key: str = ""


class Picture(msgspec.Struct, frozen=True, gc=False):
    """A picture as the source names it (`ref`), and the local file it was resolved to (absolute path, "" when none)."""

    ref: str
    path: str = ""
    pointer: str = ""


class Sku(msgspec.Struct, frozen=True):
    """One purchasable variant."""

    id: str
    specs: tuple[Spec, ...] = ()
    price_fen: int | None = None  # group price (拼单价), the one the listing shows
    single_price_fen: int | None = None  # single-buy price (单买价)
    stock: int | None = None
    code: str = ""  # merchant's SKU code; "" for unset (also where the source says "0")
    picture: Picture | None = None
    on_sale: bool = True
    pointer: str = ""

    @property
    def name(self) -> str:
        """The variant as a shopper reads it: spec values joined by a space."""
        return " ".join([s.value for s in self.specs if s.value])


class InlineSuppression(msgspec.Struct, frozen=True):
    """`"pddlint": {"ignore": [...], "reason": "..."}` inside a record. `codes`: rule codes, prefixes or names."""

    codes: tuple[str, ...]
    reason: str = ""
    pointer: str = "/pddlint"


class Listing(msgspec.Struct, frozen=True):
    """One 商品 with everything a rule may look at."""

    id: str
    title: str = ""
    shop: str = ""
    merchant: str = ""
    category: tuple[str, ...] = ()  # names, root first; () when unknown
    category_id: str = ""
    brand: str = ""
    attributes: tuple[Attribute, ...] = ()
    description: str = ""
    pictures: tuple[Picture, ...] = ()  # gallery, the main image first, no repeats
    detail_pictures: tuple[Picture, ...] = ()
    skus: tuple[Sku, ...] = ()
    code: str = ""  # merchant's code of the listing (outer_goods_id)
    sales: int | None = None
    market_price_fen: int | None = None  # inflated by habit: never a reference price
    on_sale: bool = True
    second_hand: bool = False
    price_range_ratio: float | None = None  # the category's cap on max/min SKU price, where the source gives it
    shipping_seconds: int | None = None
    presale: bool | None = None
    suppressions: tuple[InlineSuppression, ...] = ()
    origin: Origin = Origin("")
    pointers: dict[str, str] = {}  # field name -> pointer, e.g. {"title": "/goods_name"}; absent = whole record

    def pointer(self, field: str) -> str:
        """Pointer of one of the listing's fields inside its record ("" = the record itself)."""
        return self.pointers.get(field, "")

    def sku(self, sku_id: str) -> Sku | None:
        return next((s for s in self.skus if s.id == sku_id), None)

    @property
    def live_skus(self) -> tuple[Sku, ...]:
        return tuple([s for s in self.skus if s.on_sale])


def plain(listing: Listing) -> dict[str, Any]:
    """The listing as builtins, for tests and debugging."""
    result: dict[str, Any] = msgspec.to_builtins(listing)
    return result
