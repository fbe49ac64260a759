"""Facets: splits a title or a SKU's spec into what the thing is and how it varies.

`extract` claims spans of the folded text, the surest readings first: years, gift clauses, device models, quantities, then
words of the lexicons, colours composed of parts, sizes and codes. What varies between the variants of one item (VARYING)
is taken out of `core`; what tells items apart (audience, material, model, brand …) stays in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

import msgspec

from pddlint.text.colours import spec_colours
from pddlint.text.devices import codes, device_models, generations, volumes
from pddlint.text.gifts import gift_clauses
from pddlint.text.lexicon import load
from pddlint.text.normalise import fold
from pddlint.text.quantities import Hint, parse
from pddlint.text.sizes import sizes
from pddlint.text.vocabulary import vocabulary

# Kinds that vary between listings of one item, or say nothing about it: not part of the core.
VARYING = frozenset(
    "colour shade size wearing weight volume length area capacity charge energy power count flavour fitment universal gift "
    "service year season marketing package money".split()
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

    def without(self, kinds: Iterable[str]) -> str:
        """The folded text with the spans of `kinds` taken out."""
        return _cut(self.text, [f for f in self.facets if f.kind in frozenset(kinds)])

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


class Setting(NamedTuple):
    """What surrounds a text and decides its ambiguous words."""

    storage: bool = False
    apparel: bool = False
    book: bool = False
    food: bool = False
    scented: bool = False
    accessory: bool = False


_STORAGE = re.compile(
    r"u盘|优盘|硬盘|ssd|内存|存储卡|tf卡|sd卡|手机(?![壳膜套架支散充贴挂防])|平板(?!支|壳|膜|锅|车|鞋|床|架|保|裤)|笔记本(?!支|电脑包|内胆)|轻薄本"
    r"|游戏本|台式机|电脑主机|一体机|ipad|matepad|学习机|行车记录仪|mp[34]|录音笔|游戏机|5g手机|全网通|固态"
)
_APPAREL = re.compile(
    r"[衣裤裙衫袜鞋靴袄]|t恤|外套|文胸|胸罩|内裤|夹克|马甲|背心|西装|西服|卫衣|羽绒服|棉服|睡袍|旗袍|汉服|皮草|斗篷|大衣|家居服|泳装|套装女|女装|男装|童装|毛衣"
)
_NOT_APPAREL = re.compile(r"洗衣|衣架|衣柜|晾衣|鞋架|鞋柜|鞋油|鞋刷|洗鞋|烘衣|衣物|收纳|挂烫|熨|粘毛|鞋套机|鞋盒|衣服整理|擦鞋|防潮|除湿|留香珠|凝珠")
_BOOK = re.compile(r"书|小说|图书|绘本|漫画|教材|教辅|杂志|文学|童话|故事|字帖|词典|字典|试卷|练习")
_FOOD = re.compile(
    r"食品|零食|坚果|糖|茶|咖啡|饮|酒|面|米|粮|奶|蛋|肉|鱼|虾|蟹|果|蔬|菜|油|酱|调料|调味|饼|糕|巧克力|辣条|粉丝|螺蛳粉|保健|营养|滋补|蜂蜜|红枣|速食|罐头|宠物|猫|狗"
)
_SCENTED = re.compile(r"香水|香薰|香氛|洗衣|洗发|沐浴|护手霜|身体乳|洗手|香皂|凝珠|柔顺|除臭|空气清新|车载香|线香|蜡烛|猫砂|纸巾|湿巾|牙膏|唇膏|喷雾")
_YEAR = re.compile(
    r"(?<!\d)(20[12]\d)(?!\d|\.\d|\s?(?:ml|mah|毫|g|克|kg|mm|cm|颗|片|粒|个|pcs|w|元|米|m(?![a-z])|只|张|条|支|斤))\s?(?:新年款|年新款|新款|年度|年款|年|款)?"
)
_SHADE = re.compile(r"#\s?(\d{1,3})(?!\d)|(?<![\d.a-z])(\d{1,3})#|(?<![\d.a-z])(0\d)(?![\d.]|-\d|[a-z])|(\d{1,3})\s?色号")
_BED = re.compile(r"\s?床")


@lru_cache(maxsize=4096)
def setting(title: str, category: tuple[str, ...] = ()) -> Setting:
    """The setting that a folded title and a category path make for ambiguous words."""
    names = " ".join(category)
    leaf = category[-1] if category else ""
    around = f"{names} {title}"
    apparel = bool(_APPAREL.search(names)) if category else bool(_APPAREL.search(title) and not _NOT_APPAREL.search(title))
    apparel = apparel and not _NOT_APPAREL.search(leaf)
    accessory = any(word in around for word in load("fitment").groups["accessory"])
    return Setting(
        storage=bool(_STORAGE.search(f"{leaf} {title}")),
        apparel=apparel,
        book=bool(_BOOK.search(names)),
        food=bool(_FOOD.search(names or title)),
        scented=bool(_SCENTED.search(around)),
        accessory=accessory,
    )


def extract(text: str, category: tuple[str, ...] = (), *, spec: bool = False, around: str = "") -> Facets:
    """The facets of `text`, raw or folded. `spec` reads it as a SKU's spec, `around` is then the listing's title."""
    folded = fold(text)
    return _extract(folded, setting(fold(around) if around else folded, category), spec)


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
    found = tuple(sorted(reading.found, key=lambda facet: (facet.start, facet.end, facet.kind)))
    return Facets(text, found, _cut(text, [facet for facet in found if facet.kind in VARYING]))


class _Reading:
    """One pass over one text: `taken` marks claimed characters."""

    def __init__(self, text: str, where: Setting, spec: bool) -> None:
        self.text, self.where, self.spec = text, where, spec
        self.taken = bytearray(len(text))
        self.found: list[Facet] = []
        self.fitting = where.accessory or spec and where.accessory
        self.marker = len(text) if not self.fitting else 0

    def claim(self, kind: str, value: str, start: int, end: int) -> None:
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
        marker = re.search(r"适用|适配|兼容|专用于|for ", self.text)
        if marker:
            self.marker = marker.start()
        for model in device_models(self.text):
            if self.free(model.start, model.end):
                self.claim(self._role(model.start, "model"), model.value, model.start, model.end)
        for volume in volumes(self.text, self.where.book):
            if self.free(volume.start, volume.end):
                self.claim(volume.kind, volume.value, volume.start, volume.end)
        for generation in generations(self.text):
            if self.free(generation.start, generation.end):
                self.claim(generation.kind, generation.value, generation.start, generation.end)

    def _role(self, start: int, kind: str) -> str:
        """Makers and models named by an accessory, or after 适用, are what it fits."""
        return "fitment" if start >= self.marker else kind

    def quantities(self) -> None:
        for quantity in parse(self.text, Hint(self.where.storage, self.where.apparel)):
            start, end = quantity.start, quantity.end
            if not self.free(start, end):
                continue
            kind, value = quantity.kind, quantity.canonical
            if kind == "capacity" and "+" in quantity.text:
                value = quantity.text
            if kind == "length" and (bed := _BED.match(self.text, end)):
                kind, value, end = "size", f"床{value}", bed.end()
            elif kind in ("fabric", "duration", "percent"):
                kind, value = "parameter", value + quantity.unit
            self.claim(kind, value, start, end)

    def words(self) -> None:
        for hit in vocabulary().scan(self.text, self.taken):
            kind = hit.kind
            if kind in ("trap", "marker"):
                self.taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
                continue
            if kind == "car_model":
                kind = self._role(hit.start, "model")
            elif kind == "brand":
                kind = self._role(hit.start, "brand")
            end = hit.end
            if kind == "colour" and self.text[end : end + 1] == "色" and self.text[end : end + 2] not in ("色号", "色差"):
                end += 1
            self.claim(kind, hit.value, hit.start, end)

    def colours(self) -> None:
        for start, end, name in spec_colours(self.text, self.taken, self.spec):
            self.claim("colour", name, start, end)

    def rest(self) -> None:
        for size in sizes(self.text, self.taken, self.spec, self.where.apparel):
            self.found.append(Facet("size", size.value, size.start, size.end))
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
    joined = " ".join(part.strip(" ,/+*-()[]") for part in parts)
    return re.sub(r"\[\s*\]|\(\s*\)", " ", re.sub(r" {2,}", " ", joined)).strip()
