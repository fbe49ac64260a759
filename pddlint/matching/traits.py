"""A listing's facets as matching needs them: values by kind, for title, attributes and SKUs apart.

Where a facet stands matters: a colour in the title says that the listing is about this colour, the same colour among
five variants says little.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

import msgspec

from pddlint.catalog.model import Listing
from pddlint.matching.designs import designs
from pddlint.matching.variants import SkuPrint
from pddlint.text.facets import Facets, extract, spec_reader
from pddlint.text.lexicon import load
from pddlint.text.normalise import fold
from pddlint.text.patterns import Pattern
from pddlint.text.products import product_words
from pddlint.text.quantities import Quantity, parse

Values = Mapping[str, tuple[str, ...]]

# Dimensions that a price grows with, the most telling first.
_DIMENSIONS = ("weight", "volume", "capacity", "charge", "count", "area", "length", "power")
_SILENT = frozenset({"service", "marketing", "money", "year", "season"})  # kinds that matching does not ask about
_NONE: frozenset[str] = frozenset()
_GIVING = frozenset("送赠贈")
_DESCRIPTION = 400  # characters of the description that are read
_SKUS = 1000  # SKUs that are read; the largest of 600 real listings had 230
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
NUMBERED_BY = "页步层格位调孔键头档轮门叶速节股弦阶座芯"  # what tells specs apart by its number, and is no measure
_NUMBERED = Pattern(
    rf"(?<![\da-z.~至到一二三四五六七八九十百零-])(\d{{1,4}}|[一二两三四五六七八九十]|[a-g](?=调))([{NUMBERED_BY}])"
)
_NUMERALS = {char: str(number) for number, char in enumerate("一二三四五六七八九十", 1)} | {"两": "2"}


class Traits(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a listing's texts say, by facet kind.

    `core` is the folded title without what varies, `products` what the title sells (head noun first), `shaped`
    whether that is a part made for one model, `designs` the exclusive design words, `gifts` what comes along,
    `universal` whether it says to fit everything, `numbered` the numbers that its SKUs name before what is no unit of
    any facet: (80, 页), (3, 步), (g, 调).
    """

    core: str
    title: Values
    attributes: Values
    variants: Values
    products: tuple[str, ...] = ()
    shaped: bool = False
    designs: tuple[str, ...] = ()
    gifts: tuple[str, ...] = ()
    universal: bool = False
    numbered: tuple[tuple[str, str], ...] = ()

    def anywhere(self, kind: str) -> frozenset[str]:
        """Values of a kind in title, attributes and SKUs together."""
        return frozenset(self.title.get(kind, ()) + self.attributes.get(kind, ()) + self.variants.get(kind, ()))

    def stated(self, kind: str) -> frozenset[str]:
        """Values of a kind in title and attributes: what the listing as a whole is."""
        if kind not in self.title and kind not in self.attributes:
            return _NONE
        return frozenset(self.title.get(kind, ()) + self.attributes.get(kind, ()))


def traits(listing: Listing) -> tuple[Traits, list[SkuPrint]]:
    """The traits of a listing and the prints of its SKUs, in their order (of the first thousand)."""
    category = listing.category
    title, spec = extract(listing.title, category), spec_reader(listing.title, category)
    attributes: dict[str, set[str]] = defaultdict(set)
    for attribute in listing.attributes:
        found = spec(attribute.value)
        if attribute.name == "品牌":  # 墨点白 is a maker's name, no colour
            attributes["brand"] |= found.of("brand")
        else:
            _add(attributes, found)
    variants: dict[str, set[str]] = defaultdict(set)
    skus = []
    numbered: set[tuple[str, str]] = set()
    for sku in listing.skus[:_SKUS]:
        name = sku.name
        found = spec(name)
        _add(variants, found)
        values, dimension, amount, counted = _sku(name, found)
        skus.append(SkuPrint(sku.price_fen, values, dimension, amount))
        numbered.update(counted)
    told = listing.description[:_DESCRIPTION].replace("赠品", "赠送")  # a heading, not a gift called 品
    described = extract(told, category) if told else None
    gifts = title.of("gift") | _given(listing, variants) | (described.of("gift") if described else frozenset())
    universal = bool(title.of("universal") or variants.get("universal") or (described and described.of("universal")))
    return (
        Traits(
            core=title.core,
            title=_frozen(title.by_kind()),
            attributes=_frozen(attributes),
            variants=_frozen(variants),
            products=product_words(listing.title, category),
            shaped=_shaped(title.core),
            designs=designs(title.without({"gift"}), *(fold(a.value) for a in listing.attributes)),
            gifts=tuple(sorted(gifts)),
            universal=universal,
            numbered=tuple(sorted(numbered)),
        ),
        skus,
    )


def _given(listing: Listing, variants: Mapping[str, set[str]]) -> frozenset[str]:
    """Gifts that half of the SKUs or more say they send along; one SKU with an extra beside others is a choice, no
    gift.
    """
    gifts = variants.get("gift")
    if not gifts:
        return _NONE
    giving = sum(1 for sku in listing.skus if any(not _GIVING.isdisjoint(spec.value) for spec in sku.specs))
    return frozenset(gifts) if 2 * giving >= len(listing.skus) > 0 else _NONE


def _shaped(core: str) -> bool:
    return any(map(core.__contains__, _shaped_parts()))


@cache
def _shaped_parts() -> tuple[str, ...]:
    return tuple(sorted(load("shaped_parts").words()))


def _add(found: dict[str, set[str]], facets: Facets) -> None:
    for facet in facets.facets:
        found[facet.kind].add(facet.value)


def _frozen(found: Mapping[str, set[str] | frozenset[str]]) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(sorted(found[kind])) for kind in sorted(found) if kind not in _SILENT}


@lru_cache(maxsize=1 << 12)
def _sku(name: str, found: Facets) -> tuple[tuple[str, ...], str, float, tuple[tuple[str, str], ...]]:
    """What the name of a SKU and its facets come to: values, dimension and amount, and other numbers."""
    values = {f"{f.kind}:{f.value}" for f in found.facets if f.kind not in _SILENT and f.kind != "gift"}
    rest = found.without({f.kind for f in found.facets}).strip()
    if not values and rest:
        values = {f"name:{rest[:24]}"}
    numbered = [(_NUMERALS.get(number, number), unit) for number, unit in _NUMBERED.findall(rest)]
    return tuple(sorted(values)), *_amount(parse(fold(name))), tuple(numbered)


def _amount(quantities: tuple[Quantity, ...]) -> tuple[str, float]:
    """The quantity that a price grows with: total of the most telling dimension, and how many pieces of it."""
    for kind in _DIMENSIONS if quantities else ():
        totals = [q.total for q in quantities if q.kind == kind]
        if totals:
            return kind, max(totals)
    return "", 0.0
