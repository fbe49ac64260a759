"""Models of devices and goods: series with numbers (iPhone 14/15 Pro Max, 小米手环8), codes (KF-501), generations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pddlint.text.lexicon import load


class Model(NamedTuple):
    """A model at `start:end`; kind is model, generation or volume_no."""

    start: int
    end: int
    kind: str
    value: str


_SERIES = (
    "iphone|ipad|airpods|ip|macbook|imac|mate|pura|nova|matepad|matebook|freebuds|watch|band|reno|find|note|civi|mix|"
    "redmibook|redmi|iqoo|neo|ace|magic|magicbook|galaxy|fold|flip|pixel|buds|pad|air|gt|se|switch|ps|max|pro|"
    "手环|手表|平板|小新|拯救者|真我|find x|find n|mate x|x fold|apple watch|band pro|畅享|畅玩"
)
_VARIANT = (
    r"(?:\s?(?:pro\s?max|pro\s?\+|pro|plus\+?|ultra|max|mini|air|lite|se|pm|fe|nfc|turbo|活力版|青春版|竞速版|至尊版))"
)
_UNIT_AFTER = (
    r"(?!\s?(?:gb?|tb?|mb|k?w|mah|毫安|瓦|v|a|英寸|寸|inch|cm|mm|ml|l|m|hz|片|个|只|条|支|张|米|元|年|斤|克|kg|小时|h|孔|键|档|件|套|"
    r"包|袋|瓶|盒|双|对|岁|月|天|度|色|层|人|代购|升|%|万|亿|\.\d|\+\d|倍|核|款(?!式)|码|合一|周年)(?![a-z]))"
)
_ITEM = rf"(?:\d{{1,2}}[a-z]?(?![a-z\d])|\d{{1,2}}(?={_VARIANT})|xs|xr|[a-z]\d{{1,3}}[a-z]?){_UNIT_AFTER}{_VARIANT}*(?:系列|全系|代)?(?![a-z\d])"
_GENERIC = frozenset({"手环", "手表", "平板", "band", "watch", "pad", "buds", "air", "pro", "max", "se", ""})
_ALIAS = {"band": "手环", "watch": "手表", "pad": "平板", "ip": "iphone", "apple watch": "手表", "redmi": ""}

_CODE = re.compile(r"(?<![a-z0-9.])(?=[a-z-]*\d)[a-z][a-z0-9]*(?:-[a-z0-9]+)*|(?<![a-z0-9.])\d+[a-z]+\d[a-z0-9-]*")
_NO_CODE = re.compile(
    r"(?:usb|type|ipx?|pd|qc|bt|win|mac|mp|wifi|gpt?|ddr|pcie?|sata|rgb|hdmi|vga|led|ac|dc|hi|ph|spf|pa|co|h|n|no|sus|ins)"
    r"-?\d.*|[abcdek]\d{1,2}|[23]d|\d+[dkp]|a[0-6]|s?925|[cv]\d|dn\d+|m\.?2|x\d|\d+x\d+.*|m\d片?|\d+mm|cctv\d*|q10|b5|omega-?3"
)
_GENERATION = re.compile(r"(?:第\s?)?([一二三四五六七八九十]|\d{1,2})\s?代(?![购理餐言工码步写驾替发用练沟糖表])")
_VOLUME = re.compile(
    r"第\s?(?:[一二三四五六七八九十]{1,3}|\d{1,3})\s?[册卷部集季辑版章](?:[-~至到]\s?第?(?:[一二三四五六七八九十]+|\d+)[册卷部集季辑])?"
    r"|[一二三四五六七八九]年级(?:[上下]册|[上下](?=$|\s|[^面下]))?|上下册|[上中下]册|全\s?(?:[一二三四五六七八九十]{1,3}|\d{1,3})\s?[册卷本集]|全集|vol\.?\s?\d+"
)
_BOOK_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff])(\d{1,2})(?:-(\d{1,2}))?(?=[\u4e00-\u9fff\s:\]]|$)(?!年|[册本套张页岁月元折])")
_NUMERAL = {c: str(i) for i, c in enumerate("零一二三四五六七八九")}


@lru_cache(maxsize=1)
def _makers() -> tuple[re.Pattern[str], dict[str, str]]:
    lexicon = load("brands")
    names = [w for group in ("phone", "audio", "computer") for w in lexicon.groups[group] if w not in ("天翼", "长城")]
    maker = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    pattern = re.compile(
        rf"(?<![a-z])(?P<maker>{maker})?[\s/]{{0,2}}(?:(?P<second>{maker})[\s/]?)?(?P<series>(?:{_SERIES})(?:\s?(?:air|pro|mini|se|x|n)(?=\s?\d))?)?\s?(?P<items>{_ITEM}"
        rf"(?:\s?(?:[/,&]|\s)\s?(?:(?:{_SERIES})\s?)?{_ITEM})*)"
    )
    return pattern, dict(lexicon.canonical)


def device_models(text: str) -> Iterator[Model]:
    """Models named by maker or series and number; lists (15/14/13promax) give one model each."""
    if not any(char.isdigit() for char in text) and "x" not in text:
        return
    pattern, canonical = _makers()
    for match in pattern.finditer(text):
        maker = match["second"] or match["maker"] or ""
        series = (match["series"] or "").replace(" ", "")
        if not maker and (not series or series in ("pro", "max", "air", "se", "gt")):
            continue
        maker = canonical.get(maker, maker)
        start = match.start("items")
        if not maker and match.start("series") and text[match.start("series") - 1].isdigit():
            continue
        for item in re.finditer(rf"(?P<series>{_SERIES})?\s?(?P<item>{_ITEM})", match["items"]):
            series = (item["series"] or series).replace(" ", "")
            series = _ALIAS.get(series, series)
            prefix = series
            if series in _GENERIC and maker:
                prefix = ("iphone" if maker == "苹果" and not series else maker) + series
            first = start + item.start()
            value = prefix + re.sub(r"\s|系列|全系|代$", "", item["item"]).replace("promax", "pm")
            yield Model(first if item.start() else match.start(), start + item.end(), "model", value)


def codes(text: str, taken: bytearray) -> Iterator[Model]:
    """Model codes of letters and digits at free positions (kf-501, m330), without units and standards (usb3, ipx7)."""
    for match in _CODE.finditer(text):
        code = match[0]
        if 1 in taken[match.start() : match.end()] or len(code) < 2 or _NO_CODE.fullmatch(code):
            continue
        if any(char.isdigit() for char in code):
            yield Model(match.start(), match.end(), "model", code.replace("-", ""))


def generations(text: str) -> Iterator[Model]:
    """Generations: 3代, 第二代."""
    if "代" not in text:
        return
    for match in _GENERATION.finditer(text):
        yield Model(match.start(), match.end(), "generation", _NUMERAL.get(match[1], match[1]) + "代")


def volumes(text: str, book: bool) -> Iterator[Model]:
    """Volumes of books and series: 第2册, 上册, 全集; in a book's title also the bare number behind its name."""
    for match in _VOLUME.finditer(text):
        yield Model(match.start(), match.end(), "volume_no", re.sub(r"[\s第]", "", match[0]).translate(str.maketrans(_NUMERAL)))
    if book:
        for match in _BOOK_NUMBER.finditer(text):
            yield Model(match.start(), match.end(), "volume_no", match[0])
