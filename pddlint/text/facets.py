"""Facets: splits a title or a SKU's spec into what the thing is and how it varies.

`extract` claims spans of the folded text, the surest readings first: years, gift clauses, device models, quantities,
then words of the lexicons, colours composed of parts, sizes and codes. What varies between the variants of one item
(VARYING) is taken out of `core`; what tells items apart (audience, material, model, brand …) stays in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from operator import attrgetter

import msgspec

from pddlint.catalog.model import Listing
from pddlint.text.colours import is_taste, spec_colours, spec_flavours
from pddlint.text.devices import codes, device_models, generations, volumes
from pddlint.text.gifts import gift_clauses
from pddlint.text.normalise import fold, is_han
from pddlint.text.patterns import Pattern
from pddlint.text.quantities import Hint, parse
from pddlint.text.scanner import Hit
from pddlint.text.setting import Setting, setting
from pddlint.text.sizes import sizes
from pddlint.text.vocabulary import vocabulary

# Kinds that vary between listings of one item, or say nothing about it: not part of the core.
VARYING = frozenset(
    (
        *("colour", "shade", "size", "wearing", "flavour", "count", "package"),
        *("weight", "volume", "length", "area", "capacity", "charge", "energy", "power"),
        *("fitment", "universal", "gift", "service", "year", "season", "marketing", "money"),
    )
)


class Facet(msgspec.Struct, frozen=True, gc=False):
    """One facet at `start:end` of the folded text; `value` is canonical (numbers in base units as decimal strings)."""

    kind: str
    value: str
    start: int
    end: int


class Facets(msgspec.Struct, frozen=True):
    """The facets of one text, by position; `core` is the folded text without its varying spans."""

    text: str
    facets: tuple[Facet, ...]
    core: str

    def of(self, *kinds: str) -> frozenset[str]:
        """The values of the given kinds."""
        return frozenset(facet.value for facet in self.facets if facet.kind in kinds)

    def without(self, kinds: Collection[str]) -> str:
        """The folded text with the spans of `kinds` taken out."""
        return _cut(self.text, [facet for facet in self.facets if facet.kind in kinds])

    def differs(self, other: Facets) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """Per kind whose values differ: (only here, only there)."""
        return differs(self.by_kind(), other.by_kind())

    def by_kind(self) -> dict[str, frozenset[str]]:
        """All values by kind."""
        values: dict[str, set[str]] = {}
        for facet in self.facets:
            values.setdefault(facet.kind, set()).add(facet.value)
        return {kind: frozenset(found) for kind, found in values.items()}


def differs(
    here: Mapping[str, frozenset[str]], there: Mapping[str, frozenset[str]]
) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Per kind whose values differ: (only here, only there)."""
    empty: frozenset[str] = frozenset()
    pairs = {kind: (here.get(kind, empty), there.get(kind, empty)) for kind in (*here, *there)}
    return {kind: (a - b, b - a) for kind, (a, b) in pairs.items() if a != b}


_YEAR = Pattern(
    r"(?<!\d)(20[12]\d)(?!\d|\.\d|\s?(?:ml|mah|毫|g|克|kg|mm|cm|颗|片|粒|个|pcs|w|元|米|m(?![a-z])|只|张|条|支|斤))\s?"
    r"(?:新年款|年新款|新款|年度|年款|年|款)?",
    needs="2",
)
_SHADE = Pattern(r"#\s?(\d{1,3})(?!\d)|(?<![\d.a-z])(\d{1,3})#|(?<![\d.a-z])(0\d)(?![\d.]|-\d|[a-z])|(\d{1,3})\s?色号")
_BED = Pattern(r"\s?床(?!垫|单|笠)", needs="床")
_BEDDING = Pattern(r"床[单品笠上]|被[套子罩]|枕套|全棉|水洗棉|磨毛", needs="床被枕棉磨")
_MARKER = Pattern(r"适用|适配|兼容|专用于|(?<![a-z])for ", needs="适兼专f")
_ALNUM = re.compile(r"[a-z0-9]")
_DIGIT = re.compile(r"\d")
_EMPTY = re.compile(r"\[[\s,+/]*\]|\([\s,+/]*\)|[\[\]()]")
_BRACKETS = frozenset("[]()")
_SPACES = re.compile(r" {2,}")
_EDGES = " ,/+*-~&!"
_BY_PLACE = attrgetter("start", "end", "kind")
# Word kinds that a following 款, 版 or 装 belongs to.
_ENDINGS = {
    "marketing": "款版",
    "style": "款版",
    "scene": "款版",
    "edition": "款版",
    "weight": "装",
    "volume": "装",
    "count": "装入",
    "size": "款装",
}
_FITTED = frozenset({"phone", "computer", "audio", "appliance", "car", "bike", "tool", "named"})


_WORN = frozenset({"top", "bottom", "underwear", "shoe", "bag"})


LONGEST = 2000  # characters of a text that are read: titles have sixty, and some readings look at all pairs of places


def extract(text: str, category: tuple[str, ...] = (), *, spec: bool = False, around: str = "") -> Facets:
    """The facets of `text`, raw or folded. `spec` reads it as a SKU's spec, `around` is then the listing's title."""
    folded = fold(text)[:LONGEST]
    return _extract(folded, setting(fold(around)[:LONGEST] if around else folded, category), spec)


def spec_reader(around: str, category: tuple[str, ...] = ()) -> Callable[[str], Facets]:
    """What reads the specs of one listing, as `extract` does, its title looked at once."""
    if not around:
        return lambda text: extract(text, category, spec=True)
    where = setting(fold(around)[:LONGEST], category)
    return lambda text: _extract(fold(text)[:LONGEST], where, True)


@lru_cache(maxsize=1 << 15)
def _extract(text: str, where: Setting, spec: bool) -> Facets:
    reading = _Reading(text, where, spec)
    reading.years()
    reading.gifts()
    reading.devices()
    reading.quantities()
    reading.words()
    reading.colours()
    reading.rest()
    found = tuple(sorted(reading.found, key=_BY_PLACE))
    return Facets(text, found, _cut(text, [facet for facet in found if facet.kind in VARYING]))


class _Reading:
    """One pass over one text: `taken` marks claimed characters."""

    def __init__(self, text: str, where: Setting, spec: bool) -> None:
        self.text, self.where, self.spec = text, where, spec
        self.taken = bytearray(len(text))
        self.found: list[Facet] = []
        self.fits_from = len(text)  # makers and models from here on are what the thing fits

    def claim(self, kind: str, value: str, start: int, end: int) -> None:
        endings = _ENDINGS.get(kind)
        if (
            endings
            and end < len(self.text)
            and self.text[end] in endings
            and self.text[end : end + 2] not in ("款式", "版型")
        ):
            end += 1
        self.taken[start:end] = b"\1" * (end - start)
        self.found.append(Facet(kind, value, start, end))

    def free(self, start: int, end: int) -> bool:
        return 1 not in self.taken[start:end]

    def years(self) -> None:
        if "20" in self.text:
            for match in _YEAR.finditer(self.text):
                self.claim("year", match[1], match.start(), match.end())

    def gifts(self) -> None:
        for gift in gift_clauses(self.text):
            if self.free(gift.start, gift.end):
                self.claim("gift", gift.value, gift.start, gift.end)

    def devices(self) -> None:
        marker = _MARKER.search(self.text)
        if marker:
            self.fits_from = marker.start()
        elif self.where.accessory:
            self.fits_from = 0
        for model in device_models(self.text, self.where.prefix if self.spec else ""):
            if self.free(model.start, model.end):
                self.claim(self._role(model.start, "model"), model.value, model.start, model.end)
        for model in (*volumes(self.text, self.where.book), *generations(self.text)):
            if self.free(model.start, model.end):
                self.claim(model.kind, model.value, model.start, model.end)

    def _role(self, start: int, kind: str) -> str:
        """Makers and models named by an accessory, or after 适用, are what it fits."""
        return "fitment" if start >= self.fits_from else kind

    def quantities(self) -> None:
        where = self.where
        for quantity in parse(self.text, Hint(where.storage, where.apparel, where.food or where.scented)):
            start, end = quantity.start, quantity.end
            if not self.free(start, end):
                continue
            kind, value = quantity.kind, quantity.canonical
            if kind == "capacity" and "+" in quantity.text:
                value = quantity.text
            if kind == "length" and (bed := _BED.match(self.text, end)):
                kind, value, end = "size", f"床{value}", bed.end()
            elif kind in ("fabric", "duration", "percent"):
                kind, value = "parameter", quantity.text
            self.claim(kind, value, start, end)
            if quantity.measure == "件套" and _BEDDING.search(self.text):
                self.found.append(Facet("product", "四件套", start, end))

    def words(self) -> None:
        scanner = vocabulary()
        for hit in scanner.scan(self.text, self.taken):
            kind, value, start, end = hit.kind, hit.value, hit.start, hit.end
            if kind in ("trap", "marker"):
                self.taken[start:end] = b"\1" * (end - start)
                continue
            if kind == "product":
                taste = self.spec and self.where.food and not self.where.fresh and is_taste(self.text[start:end])
                if taste:
                    self.claim("flavour", value, start, end)
                else:
                    self._product(hit)
                continue
            if kind == "colour" and hit.group and self._in_word(end):
                continue
            if kind == "flavour" and not (self.where.food or self.where.scented):
                continue
            if hit.group == "car" or kind == "car_model":
                if not self.where.car:
                    continue
            elif hit.group == "phone" and self.where.food:
                kind = "product"  # apples and millet
            if kind in ("car_model", "brand", "series"):
                fitted = self._role(start, "") if hit.group in _FITTED or kind == "car_model" else ""
                kind = fitted or {"car_model": "model", "series": "model"}.get(kind, kind)
            elif (
                kind == "colour"
                and self.text[end : end + 1] == "色"
                and self.text[end : end + 2] not in ("色号", "色差")
            ):
                end += 1
            self.claim(kind, value, start, end)

    def _in_word(self, end: int) -> bool:
        """Whether a composed colour's base opens another word: 拿铁咖|啡, 纯白|鸭绒."""
        for stop in range(end + 1, min(end + 3, len(self.text)) + 1):
            entry = vocabulary().entry(self.text[end - 1 : stop])
            if entry and entry[0] != "colour":
                return True
        return False

    def _product(self, hit: Hit) -> None:
        """A product's name, and the material or audience it opens with (羊绒衫, 女包)."""
        text, start, end = self.text, hit.start, hit.end
        if end - start == 1 and end < len(text) and is_han(text[end]) and text[end] not in "男女":
            return  # 床 of 床头
        dyed = (
            hit.group in _WORN and start > 0 and text[start - 1] in "黑白红蓝绿灰紫黄" and self.free(start - 1, start)
        )
        if dyed and text[max(0, start - 2)] not in "显小美":
            self.claim("colour", text[start - 1], start - 1, start)
        self.claim("product", hit.value, start, end)
        word = self.text[hit.start : hit.end]
        for size in range(min(4, len(word) - 1), 0, -1):
            entry = vocabulary().entry(word[:size])
            if entry and ((entry[0] == "material" and size > 1) or entry[0] == "audience"):
                self.found.append(Facet(entry[0], entry[1], hit.start, hit.start + size))
                return

    def colours(self) -> None:
        if self.spec and (self.where.food or self.where.scented):
            for start, end, name in spec_flavours(self.text, self.taken):
                self.claim("flavour", name, start, end)
        for start, end, name in spec_colours(self.text, self.taken, self.spec, self.where.food):
            self.claim("colour", name, start, end)

    def rest(self) -> None:
        if not _ALNUM.search(self.text):
            return
        for size in sizes(self.text, self.taken, self.spec, self.where.apparel):
            self.claim("size", size.value, size.start, size.end)
        if not _DIGIT.search(self.text):
            return
        for match in _SHADE.finditer(self.text):
            if self.free(match.start(), match.end()):
                number = next(group for group in match.groups() if group)
                self.claim("shade", number.lstrip("0") or "0", match.start(), match.end())
        for code in codes(self.text, self.taken):
            self.claim(self._role(code.start, "model"), code.value, code.start, code.end)


def _cut(text: str, facets: list[Facet]) -> str:
    """`text` without the spans of `facets` (sorted by start), the gaps closed to one space where words would meet."""
    parts: list[str] = []
    place = 0
    for facet in facets:
        if facet.start > place:
            parts.append(text[place : facet.start])
        place = max(place, facet.end)
    parts.append(text[place:])
    joined = " ".join([part.strip(_EDGES) for part in parts])
    if not _BRACKETS.isdisjoint(joined):
        joined = _EMPTY.sub(" ", joined)
    if "  " in joined:
        joined = _SPACES.sub(" ", joined)
    return joined.strip(_EDGES)


class ListingFacets(msgspec.Struct, frozen=True):
    """The facets of a listing: of its title, of each SKU (aligned with `listing.skus`) and of its attributes."""

    title: Facets
    skus: tuple[Facets, ...]
    attributes: Mapping[str, frozenset[str]]

    def of(self, *kinds: str) -> frozenset[str]:
        """Values of the kinds anywhere in the listing."""
        sets = [self.title.of(*kinds), *(sku.of(*kinds) for sku in self.skus)]
        return frozenset().union(*sets, *(self.attributes.get(kind, frozenset()) for kind in kinds))

    def offered(self) -> dict[str, frozenset[str]]:
        """What the SKUs offer, by kind."""
        values: dict[str, set[str]] = {}
        for sku in self.skus:
            for facet in sku.facets:
                values.setdefault(facet.kind, set()).add(facet.value)
        return {kind: frozenset(found) for kind, found in values.items()}

    def differs(self, other: ListingFacets) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """Per kind whose values anywhere in title and SKUs differ: (only here, only there)."""
        kinds = {facet.kind for side in (self, other) for text in (side.title, *side.skus) for facet in text.facets}
        return differs({kind: self.of(kind) for kind in kinds}, {kind: other.of(kind) for kind in kinds})


def listing_facets(listing: Listing) -> ListingFacets:
    """The facets of `listing`, every text read in the light of its title and category."""
    title, category = listing.title, listing.category
    spec = spec_reader(title, category)
    attributes: dict[str, set[str]] = {}
    for attribute in listing.attributes:
        for facet in spec(attribute.value).facets:
            attributes.setdefault(facet.kind, set()).add(facet.value)
    return ListingFacets(
        extract(title, category),
        tuple(spec(sku.name) for sku in listing.skus),
        {kind: frozenset(values) for kind, values in attributes.items()},
    )
