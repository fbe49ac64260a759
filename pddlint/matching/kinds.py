"""What separates a surplus listing from its keeper: the facet that names the finding's kind.

Shops come first (two shops selling one item is its own violation), then gifts, colours, specs, fitment; what differs
in none of them has only been presented anew. The facets compared are those of the whole listing, SKUs included: a
colour that both sell does not separate them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

import msgspec

from pddlint.matching.fingerprint import Fingerprint
from pddlint.matching.traits import Traits
from pddlint.text.patterns import Pattern

Kind = Literal["color", "spec", "fitment", "gift", "presentation", "cross_shop"]

CODES: Mapping[Kind, str] = {
    "color": "DUP001",
    "spec": "DUP002",
    "fitment": "DUP003",
    "gift": "DUP004",
    "presentation": "DUP005",
    "cross_shop": "DUP006",
}

_COLOUR = ("colour", "shade")
_SPEC = (
    "flavour",
    "weight",
    "volume",
    "capacity",
    "charge",
    "size",
    "count",
    "length",
    "area",
    "power",
    "energy",
    "wearing",
)
_SETTLING = frozenset({"weight", "volume"})
_ENDINGS: Mapping[str, Pattern] = {
    "colour": Pattern(
        r"[\u4e00-\u9fff]{1,3}(?<![出特角多景成颜本各单纯])色系?|[黑白红蓝绿灰粉金银棕黄紫](?:框|边|盖|底)|透明",
        needs="色框边盖底透",
    ),
    "flavour": Pattern(r"[\u4e00-\u9fff]{1,4}(?:香型|香|味)", needs="香味"),
}
_EXEMPT = ("服饰配件", "服装配件", "配饰", "箱包")


class Difference(msgspec.Struct, frozen=True):
    """A facet in which two listings differ: the values only one of them has."""

    facet: str
    here: tuple[str, ...]
    there: tuple[str, ...]


class Judgement(msgspec.Struct, frozen=True):
    """The kind of a pair, what differs, and whether the 服饰配件/箱包 exemption frees it (None: category unknown)."""

    kind: Kind
    differences: tuple[Difference, ...]
    exempt: bool | None


def judge(a: Fingerprint, b: Fingerprint) -> Judgement:
    """The kind of the pair, seen from `a`; facets as "here" are those of `a`."""
    x, y = a.traits, b.traits
    fitment = _fitment(x, y)
    gift = _gift(x, y)
    colour = _colours(x, y)
    spec = _spec(x, y)
    kind: Kind = "presentation"
    if fitment and fitment.here and fitment.there:
        kind = "fitment"
    elif gift:
        kind = "gift"
    elif colour:
        kind = "color"
    elif spec:
        kind = "spec"
    elif fitment:
        kind = "fitment"
    exempt: bool | None = None
    if a.category and b.category:
        only_spec = spec is not None and not gift and not colour
        exempt = only_spec and _exempt(a.category) and _exempt(b.category)
    differences = tuple(d for d in (gift, colour, spec, fitment) if d is not None)
    return Judgement(kind if a.shop == b.shop else "cross_shop", differences, exempt)


def freed(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether the 服饰配件/箱包 exemption frees the pair."""
    return _exempt(a.category) and _exempt(b.category) and judge(a, b).exempt is True


@lru_cache(maxsize=1 << 12)
def _exempt(category: tuple[str, ...]) -> bool:
    return any(word in name for name in category for word in _EXEMPT)


def _gift(x: Traits, y: Traits) -> Difference | None:
    return _difference("gift", frozenset(x.gifts), frozenset(y.gifts))


def _fitment(x: Traits, y: Traits) -> Difference | None:
    """What the titles say the item fits, unless SKUs or titles name something that both fit."""
    here, there = (frozenset(t.title.get("fitment", ())) for t in (x, y))
    if (here | frozenset(x.variants.get("fitment", ()))) & (there | frozenset(y.variants.get("fitment", ()))):
        return None
    return _difference("fitment", here, there)


def _colours(x: Traits, y: Traits) -> Difference | None:
    """Colours that the listings do not share; a plain 黑 is also 曜石黑."""
    for kind in _COLOUR:
        here, there = _values(x, kind), _values(y, kind)
        if here and there and not any(_same_colour(c, d) for c in here for d in there):
            return _difference(kind, here, there)
    return None


def _same_colour(a: str, b: str) -> bool:
    return a == b or (len(a) == 1 and b.endswith(a)) or (len(b) == 1 and a.endswith(b))


def _spec(x: Traits, y: Traits) -> Difference | None:
    """The first measure whose values the listings do not share, unless a weight or volume that they share settles
    it.
    """
    for kind in _SPEC:
        here, there = _values(x, kind), _values(y, kind)
        if not here or not there:
            continue
        if any(_same_amount(v, w) for v in here for w in there):
            if kind in _SETTLING:
                return None
        else:
            return _difference(kind, here, there)
    return None


def _same_amount(a: str, b: str) -> bool:
    """Equal, or plain numbers within 3 % (26 cm and 10 inches, 65 W and 66 W)."""
    if a == b:
        return True
    try:
        x, y = float(a), float(b)
    except ValueError:
        return False
    return abs(x - y) <= 0.03 * max(x, y)


def _values(traits: Traits, kind: str) -> frozenset[str]:
    """What a listing sells: the values its SKUs name, else those of its title, else those of its attributes."""
    known = traits.variants.get(kind) or traits.title.get(kind) or traits.attributes.get(kind)
    return frozenset(known or _unlisted(traits.core, kind))


def _unlisted(core: str, kind: str) -> Iterator[str]:
    """Words of a title that no lexicon knows, but whose ending tells what they name: 紫藤萝色, 绿茶香型, 黑框."""
    shape = _ENDINGS.get(kind)
    return (word for word in core.split() if shape is not None and shape.fullmatch(word))


def _difference(facet: str, here: frozenset[str], there: frozenset[str]) -> Difference | None:
    if here == there:
        return None
    return Difference(facet, tuple(sorted(here - there)), tuple(sorted(there - here)))
