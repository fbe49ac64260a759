"""Models of devices and goods: series with numbers (iPhone 14/15 Pro Max, 小米手环8), codes (KF-501), generations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from pddlint.text.lexicon import load
from pddlint.text.patterns import Pattern, holds
from pddlint.text.scanner import Scanner


class Model(NamedTuple):
    """A model at `start:end`; kind is model, generation or volume_no."""

    start: int
    end: int
    kind: str
    value: str


_VARIANT = (
    r"(?:\s?(?:pro\s?max|promax|pro\s?\+|pro|plus\+?|ultra|max|mini|air|lite|se|pm|fe|turbo"
    r"|活力版|青春版|竞速版|至尊版))"
)
# A number before one of these is a quantity.
_UNIT_AFTER = (
    r"(?!\s?(?:gb?|tb?|mb|k?w|mah|毫安|瓦|v|a|英寸|寸|inch|cm|mm|ml|l|m|hz|片|个|只|条|支|张|米|元|年|斤|克|kg|小时|h|孔"
    r"|键|档|件|套|包|袋|瓶|盒|双|对|岁|月|天|度|色|层|人|代购|升|%|万|亿|\.\d|\+\d|倍|核|码|合一|周年|根|把|颗|粒|块|卷|抽|枚|本"
    r"|册|台|速|轴|轮|口|头)(?![a-z]))"
)
_TOKEN_END = r"(?!(?!magsafe|type|usb)[a-z\d])"
# 15, 14pro max, 13t; xr; k70; and for a named series also air 5, pro 11, se.
_ITEM = (
    rf"(?:\d{{1,2}}[acefirstux]?{_TOKEN_END}|\d{{1,2}}(?={_VARIANT})|xs|xr"
    rf"|(?:air|pro|mini|se|max|fe)\s?\d{{0,2}}(?![a-z\d])|[a-z]\d{{1,3}}[acefirstux]?)"
    rf"{_UNIT_AFTER}{_VARIANT}*(?:系列|全系)?{_TOKEN_END}"
)
_NUMBERED = Pattern(r"(?<!\d)\d{1,3}(?!\d)|(?<![a-z])x[rs]|air|pro|mini|(?<![a-z])se(?![a-z])")
_GENERIC = frozenset({"手环", "手表", "平板", "air", "buds", "se", ""})
_ALIAS = {"band": "手环", "watch": "手表", "pad": "平板", "ip": "iphone", "applewatch": "手表", "redminote": "note"}
_BARE = Pattern(
    rf"(?<![\d.a-z+*#-])(?:\d{{1,2}}{_VARIANT}+|xr|xsmax|xs|\d{{1,2}}(?=[/ ]|手机|膜|壳|全包|镜头))"
    rf"{_UNIT_AFTER}(?![a-z\d])"
)

_CODE = Pattern(r"(?<![a-z0-9.])(?=[a-z-]*\d)[a-z][a-z0-9]*(?:-[a-z0-9]+)*|(?<![a-z0-9.])\d+[a-z]+\d[a-z0-9-]*")
_NO_CODE = Pattern(
    r"(?:usb|type|ipx?|pd|qc|bt|win|mac|mp|wifi|gpt?|ddr|pcie?|sata|rgb|hdmi|vga|led|ac|dc|hi|ph|spf|pa|co|h|n|no|sus|ins|ultra|i|ryzen)"
    r"-?\d.*|[abcdek]\d{1,2}|[23]d|\d+[dkp]|a[0-6]|s?925|[cv]\d|dn\d+|m\.?2|x\d|\d+x\d+.*|m\d片?|\d+mm|cctv\d*|q10|omega-?3"
)
_SERIAL = Pattern(r"([a-z])\d{1,2}(?:\1\d{1,2})+")
_GENERATION = Pattern(
    r"(?:第\s?)?([一二三四五六七八九十]|\d{1,2})\s?代(?![购理餐言工码步写驾替发用练沟糖表])", needs="代"
)
_VOLUME = Pattern(
    r"第\s?(?:[一二三四五六七八九十]{1,3}|\d{1,3})\s?[册卷部集季辑版章](?:[-~至到]\s?第?(?:[一二三四五六七八九十]+|\d+)[册卷部集季辑])?"
    r"|[一二三四五六七八九]年级(?:[上下]册|[上下](?=$|\s|[^面下]))?|上下册|[上中下]册|全\s?(?:[一二三四五六七八九十]{1,3}|\d{1,3})\s?[册卷本集]|全集|vol\.?\s?\d+",
    needs=holds("第 年级 册 集 卷 本 vol"),
)
_BOOK_NUMBER = Pattern(
    r"(?<=[\u4e00-\u9fff])(\d{1,2})(?:-(\d{1,2}))?(?=[\u4e00-\u9fff\s:\]]|$)(?!年|[册本套张页岁月元折])"
)
_NUMERAL = str.maketrans("一二三四五六七八九", "123456789")


class _Devices(NamedTuple):
    starts: Scanner
    pattern: Pattern
    item: Pattern
    makers: Mapping[str, str]


@lru_cache(maxsize=1)
def _devices() -> _Devices:
    brands, fitment = load("brands"), load("fitment")
    makers = {w: brands.canonical[w] for g in ("phone", "audio", "computer", "appliance") for w in brands.groups[g]}
    series = fitment.groups["series"]
    starts = Scanner()
    starts.add(((word, makers[word], "maker") for word in makers), "maker")
    starts.add(((word, word, "series") for word in series), "series")
    maker = "|".join(sorted(map(re.escape, makers), key=len, reverse=True))
    named = "|".join(sorted(map(re.escape, series), key=len, reverse=True))
    pattern = Pattern(
        rf"(?P<maker>{maker})?[\s/]{{0,2}}(?:(?P<second>{maker})[\s/]?)?(?P<series>{named})?\s?"
        rf"(?P<items>{_ITEM}(?:\s?(?:[/,&~-]|\s)?\s?(?:(?:{named})\s?)?{_ITEM})*)"
    )
    return _Devices(starts.freeze(), pattern, Pattern(rf"(?P<series>{named})?\s?(?P<item>{_ITEM})"), makers)


@lru_cache(maxsize=1 << 12)
def device_models(text: str, prefix: str = "") -> tuple[Model, ...]:
    """Models named by maker or series and number; lists (15/14/13promax) give one model each.

    Bare numbers (13, 14pm) count once a series was named, or when `prefix` names the series the text is about.
    """
    return tuple(_models(text, prefix)) if _NUMBERED.search(text) else ()


def _models(text: str, prefix: str) -> Iterator[Model]:
    tables = _devices()
    place = 0
    for hit in tables.starts.scan(text):
        if hit.start < place:
            continue
        match = tables.pattern.match(text, hit.start)
        if match is None or not (match["maker"] or match["series"]):
            continue
        for model in _listed(match, tables):
            prefix = prefix or stem(model.value)
            yield model
        place = match.end()
    if prefix:
        yield from _bare_numbers(text, prefix)


def stem(model: str) -> str:
    """A model without its number: iphone14pm -> iphone, 小米手环8 -> 小米手环; "" when the number is all (k70)."""
    found = re.match(r"(.*?)(?=\d|x[rs](?![a-z]))", model)
    return found[1] if found and len(found[1]) > 1 else ""


def _bare_numbers(text: str, prefix: str) -> Iterator[Model]:
    for match in _BARE.finditer(text):
        if prefix != "iphone" and match[0].startswith("x"):
            continue
        yield Model(match.start(), match.end(), "model", prefix + _variant(match[0]))


def _listed(match: re.Match[str], tables: _Devices) -> Iterator[Model]:
    maker = tables.makers.get(match["second"] or match["maker"] or "", "")
    series = (match["series"] or "").replace(" ", "")
    start = match.start("items")
    place = match.start()
    for item in tables.item.finditer(match["items"]):
        series = (item["series"] or series).replace(" ", "")
        series = _ALIAS.get(series, series)
        own = item["item"]
        if not series and not any(char.isdigit() for char in own) and maker != "苹果":
            continue  # 华为 pro: no model
        lettered = own[0].isalpha() and own[1:2].isdigit()
        named = "" if lettered and series and series not in _GENERIC else series
        if named in _GENERIC and maker:
            named = "iphone" if maker == "苹果" and not named else maker + named
        yield Model(place, start + item.end(), "model", named + _variant(own))
        place = start + item.end()


def _variant(item: str) -> str:
    return re.sub(r"\s|系列|全系", "", item).replace("promax", "pm")


def codes(text: str, taken: bytearray) -> Iterator[Model]:
    """Model codes of letters and digits at free positions (kf-501, m330), without units and standards (usb3, ipx7)."""
    for match in _CODE.finditer(text):
        code = match[0]
        if len(code) < 2 or 1 in taken[match.start() : match.end()] or _NO_CODE.fullmatch(code):
            continue
        if _SERIAL.fullmatch(code):  # v8v7: two models of one series
            for part in re.finditer(r"[a-z]\d{1,2}", code):
                yield Model(match.start() + part.start(), match.start() + part.end(), "model", part[0])
        elif any(char.isdigit() for char in code):
            yield Model(match.start(), match.end(), "model", code.replace("-", ""))


def generations(text: str) -> Iterator[Model]:
    """Generations: 3代, 第二代."""
    if "代" not in text:
        return
    for match in _GENERATION.finditer(text):
        yield Model(match.start(), match.end(), "generation", match[1].translate(_NUMERAL) + "代")


def volumes(text: str, book: bool) -> Iterator[Model]:
    """Volumes of books and series: 第2册, 上册, 全集; in a book's title also the bare number behind its name."""
    for match in _VOLUME.finditer(text):
        value = re.sub(r"[\s第]", "", match[0]).translate(_NUMERAL)
        yield Model(match.start(), match.end(), "volume_no", value)
    if book:
        for match in _BOOK_NUMBER.finditer(text):
            yield Model(match.start(), match.end(), "volume_no", match[0])
