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
from pddlint.matching.traits import NUMBERED_BY, Traits
from pddlint.text.makers import makers
from pddlint.text.patterns import Pattern
from pddlint.text.setting import setting

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
_PARAMETER = Pattern(rf"(?<![\d.])(\d+(?:\.\d+)?)(色|[{NUMBERED_BY}])(?!\S)")
_FITS = Pattern(r"适用|适配|兼容|(?<![a-z])for |专用", needs="适兼f专")
_CODE = Pattern(r"[a-z]{0,4}\d+[a-z0-9]*")
_FOR = Pattern(r"适用|适配|兼容|(?<![a-z])for ", needs="适兼f")
_SETTLING = frozenset({"weight", "volume"})
_ENDINGS: Mapping[str, Pattern] = {
    "colour": Pattern(
        r"[\u4e00-\u9fff]{1,3}(?<![出特角多景成颜本各单纯])色系?|[黑白红蓝绿灰粉金银棕黄紫](?:框|边|盖|底|柄|壳|面)|透明",
        needs="色框边盖底柄壳面透",
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
    elif spec and not (fitment and (x.universal or y.universal)):
        kind = "spec"
    elif fitment:
        kind = "fitment"
    elif not (_edible(a) or _edible(b)) and (colour := _coloured(x, y)):
        kind = "color"
    exempt: bool | None = None
    if a.category and b.category:
        only_spec = spec is not None and spec.facet != "numbered" and not gift and not colour
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
    """What the titles say the item fits, unless SKUs or titles name something that both fit, or data sheets say that
    it is the model of both. A code that only one title has counts where one says what the item fits: else it names
    the goods.
    """
    own = _sheet(x, "model", "fitment") & _sheet(y, "model", "fitment")
    here, there = (frozenset(t.title.get("fitment", ())) - own for t in (x, y))
    if any(_FITS.search(t.core) for t in (x, y)):
        shared = _sheet(x, "brand") | _sheet(y, "brand") | (makers(x.core) & makers(y.core))
        mine, theirs = makers(x.core) - shared, makers(y.core) - shared
        if not (mine and theirs):  # the one name may be that of the goods
            mine, theirs = mine & _fitted(x.core), theirs & _fitted(y.core)
        here, there = here | mine, there | theirs
    elif not ((here and there) or x.universal or y.universal) and all(map(_CODE.fullmatch, here | there)):
        return None
    if (here | frozenset(x.variants.get("fitment", ()))) & (there | frozenset(y.variants.get("fitment", ()))):
        return None
    return _difference("fitment", here, there)


def _fitted(core: str) -> frozenset[str]:
    """The makers that a title names where it says what the item fits: 适用佳能, 雅马哈专用."""
    after, before = _FOR.search(core), core.rpartition("专用")[0]
    return makers(core[after.end() :] if after else "") | makers(before)


def _sheet(traits: Traits, *kinds: str) -> frozenset[str]:
    """What the data sheet says of some kinds."""
    return frozenset(value for kind in kinds for value in traits.attributes.get(kind, ()))


def _colours(x: Traits, y: Traits) -> Difference | None:
    """Colours that the listings do not share; a plain 黑 is also 曜石黑."""
    for kind in _COLOUR:
        here, there = _values(x, kind), _values(y, kind)
        if here and there and not any(_same_colour(c, d) for c in here for d in there):
            return _difference(kind, here, there)
    return None


def _coloured(x: Traits, y: Traits) -> Difference | None:
    """Colours that the SKUs of one listing name, where the other one is silent about colours."""
    here, there = _values(x, "colour"), _values(y, "colour")
    if bool(here) != bool(there) and (x.variants.get("colour") or y.variants.get("colour")):
        return _difference("colour", here, there)
    return None


def _edible(one: Fingerprint) -> bool:
    """Whether words for colours may be flavours or scents: 焦糖, 抹茶, 玫瑰."""
    where = setting(one.traits.core, one.category)
    return where.food or where.scented


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
    return _numbered(x, y)


def _numbered(x: Traits, y: Traits) -> Difference | None:
    """Numbers of what no facet counts (80页, 24色, 三步), where the listings share none of them."""
    here, there = _by_unit(x), _by_unit(y)
    for unit in sorted(here.keys() & there.keys()):
        if not here[unit] & there[unit]:
            return _difference("numbered", *(frozenset(n + unit for n in numbers[unit]) for numbers in (here, there)))
    return None


def _by_unit(traits: Traits) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for number, unit in (*traits.numbered, *_PARAMETER.findall(" ".join(traits.variants.get("parameter", ())))):
        found.setdefault(unit, set()).add(number)
    return found


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
