"""Quantities with units: finds them in folded text, converts them to one base unit per kind, multiplies packs out.

Base units: weight g, volume ml, length cm, area cm2, capacity GB, charge mAh, energy Wh, power W, duration h,
age months, money yuan. `25g*30袋` is one weight of 25 g, 30 times; `300g/袋` a weight of 300 g per 袋.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from operator import concat

import msgspec

from pddlint.text.lexicon import document
from pddlint.text.numerals import CHINESE, NUMBER, canonical, to_number
from pddlint.text.patterns import Pattern, not_before


class Quantity(msgspec.Struct, frozen=True, gc=False):
    """One quantity: `value` in the kind's base unit, `times` how many of it, `measure` the measure word of the times.

    `high` is the upper end of a range, `unit` as written. Kinds are those of the module's base units, and: count (value
    is the number, measure its word), wearing (body weight a garment fits, g), fabric (g/m2), size (edge lengths in cm
    joined by x, in `text`; value is the area of the two longest), parameter (a number that tells a design: 8孔, 21速).
    """

    kind: str
    value: float
    start: int
    end: int
    text: str
    unit: str = ""
    times: float = 1
    measure: str = ""
    high: float | None = None

    @property
    def total(self) -> float:
        return self.value * self.times

    @property
    def canonical(self) -> str:
        """The quantity as a comparable string: decimal total in the base unit, counts with their measure word."""
        if self.kind in ("parameter", "size"):
            return self.text
        low = canonical(self.total) if self.kind != "count" else canonical(self.value)
        ranged = f"{low}-{canonical(self.high * self.times)}" if self.high is not None else low
        return ranged + self.measure if self.kind == "count" else ranged


class Hint(msgspec.Struct, frozen=True):
    """What the surrounding text tells about ambiguous units: `storage` makes 128g gigabytes, `apparel` 300g a fabric,
    `edible` keeps 64g a weight."""

    storage: bool = False
    apparel: bool = False
    edible: bool = False


NO_HINT = Hint()


class Grammar(msgspec.Struct, frozen=True):
    """The patterns and their tables."""

    figures: Pattern  # quantities in digits
    spelled: Pattern  # quantities that begin with a Chinese numeral
    starts: frozenset[str]  # such a numeral and the first character of a unit or measure behind it
    units: Mapping[str, tuple[str, float]]
    measures: Mapping[str, str]
    pack: Pattern


_CHINESE = frozenset("单半一二两三四五六七八九十百")  # what a quantity begins with that is not written in digits
_SINGLES = "只支个片瓶条张件包袋盒罐双枚块本对粒颗串把台"
_CHINESE_UNITS = "斤|两|公斤|千克|克|升|毫升|米|公分|寸|加仑|平方米|平米|吨"
_DIGIT = re.compile(r"\d")
_LENGTHS = "mm|cm|dm|m|毫米|厘米|公分|米|英寸|寸|inch"
_MEMORY = "2|3|4|6|8|12|16|18|24|32|36|48|64|96|128"


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The patterns over all units."""
    data = document("units")
    units = {unit: (kind, float(factor)) for kind, table in data["units"].items() for unit, factor in table.items()}
    measures = {word: data["synonym_measures"].get(word, word) for word in data["measures"]}
    measure = _alternatives(data["measures"], lambda word: word + not_before(data["measures"][word]))
    packs = "|".join(sorted(word for word in data["measures"] if word != "床"))  # 25*30条 is a pack, 1.5*2.0m 床 none
    latin = [unit for unit in units if unit.isascii() and unit.isalnum()]
    han = [unit for unit in units if unit not in latin]
    guards = {
        "两": "个只用种件条侧面边款色头层块粒",
        "升": "级降",
        "米": "线粉饭糊其奇兰老家白黄",
        "天": "然丝猫鹅",
        "日": "系本式用常",
        "元": "素宝",
        "色": "泽差",
        "头": "层发盔戴",
        "人": "造工体",
        "口": "红袋味罩",
        "克": "拉力",
        "度": "电假",
        "月": "饼子球季牙",
        "寸": "衫",
        "尺": "寸码",
        "平方": "米厘",
        "门": "店帘票",
        "轮": "胎椅",
    }
    unit = "|".join(
        [
            rf"(?:{_alternatives(latin)})(?![a-z])",
            _alternatives(han, lambda u: re.escape(u) + not_before(guards.get(u, ""))),
        ]
    )
    start = r"(?:(?<![a-z0-9.])|(?<=[sml])(?<![a-z0-9][sml])|(?<=mm)(?=\d+斤))"
    edge = r"(?:长\s?|宽\s?|高\s?|厚\s?)?(\d+(?:\.\d+)?)"
    figures = (
        r"(?=[\d长宽高厚])(?:"
        rf"(?P<dims>(?<![\d.a-z]){edge}({_LENGTHS})?\s?[*x]\s?{edge}"
        rf"({_LENGTHS})?(?:\s?[*x]\s?{edge}({_LENGTHS})?)?(?![\d.a-z])(?!\s?(?:{packs})))"
        rf"|(?P<memory>(?<![\d.a-z])({_MEMORY})\s?(?:g|gb)?\s?[+/ ]\s?"
        rf"(\d{{2,4}}(?=\s?gb?(?![a-z]))|[1248](?=\s?tb?(?![a-z])))\s?(g|t)b?)"
        rf"|(?P<chi>(?<!\d)(\d)尺(\d{{1,2}})?(?!\d){not_before('寸码')})"
        rf"|(?P<bed>(?<![\d.])(\d)米(\d)(?=床|宽|长|高|[\s,)\]]|$))"
        rf"|{start}(?P<low>{NUMBER})(?:\s?[-~至到]\s?(?P<high>{NUMBER}))?\s?(?:(?P<unit>{unit})|(?P<word>{measure})))"
    )
    spelled = (
        r"(?=[单半一二两三四五六七八九十百])(?:"
        rf"(?<!第)(?<!假)(?<!真)(?P<cn>{CHINESE})(?:(?P<cnunit>(?:{_CHINESE_UNITS}){not_before('个用种侧面边款色头层级降线粉')})"
        rf"|(?P<cnword>{measure})|(?P<cnparam>层|孔|档|合一|速|头|人(?=床|位|份)|格|色(?=[^泽差]|$)|轮|门|叶))"
        rf"|(?P<single>单[{_SINGLES}]{not_before('独人双纯调肩层包件反')}))"
    )
    pack = (
        rf"\s?[*x]\s?(?P<times>\d+)(?![\d.])\s?(?P<word>{measure})?(?!\s?(?:{unit}))"
        rf"|\s?/\s?(?P<per>{measure})|(?P<glued>\d+)(?P<gluedword>[包袋瓶盒罐支条片枚桶])"
    )
    second = {word[0] for word in (*data["measures"], *_CHINESE_UNITS.split("|"), *"层孔档合速头人格色轮门叶")}
    starts = {first + char for first in _CHINESE for char in (_SINGLES if first == "单" else second)}
    return Grammar(Pattern(figures), Pattern(spelled), frozenset(starts), units, measures, Pattern(pack))


def _alternatives(words: Mapping[str, object] | list[str], form: object = None) -> str:
    shape = form if callable(form) else re.escape
    return "|".join(shape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1 << 14)
def parse(text: str, hint: Hint = NO_HINT) -> tuple[Quantity, ...]:
    """The quantities of the folded `text` (the beginning of a very long one), by position, not overlapping."""
    text = text[:_LONGEST]
    chinese = not _CHINESE.isdisjoint(text) and not grammar().starts.isdisjoint(map(concat, text, text[1:]))
    if not chinese and not _DIGIT.search(text):
        return ()
    tables = grammar()
    found: list[Quantity] = []
    place = 0
    while True:
        match = tables.figures.search(text, place)
        spelled = tables.spelled.search(text, place) if chinese else None
        if spelled and (match is None or spelled.start() < match.start()):
            match, quantity = spelled, _spelled(spelled, tables)
        elif match:
            quantity = _figures(match, text, hint, tables)
        else:
            break
        if quantity is None:
            place = match.start() + 1
            continue
        if quantity.kind in ("weight", "volume", "count"):
            quantity = _packed(quantity, text, tables)
        found.append(quantity)
        place = quantity.end
    return tuple(found)


def _figures(match: re.Match[str], text: str, hint: Hint, tables: Grammar) -> Quantity | None:
    start, end, written = match.start(), match.end(), match[0]
    if match["dims"]:
        return _dimensions(match)
    if match["memory"]:
        parts = re.findall(r"\d+", written)
        large = float(parts[1]) * (1024 if match[0].rstrip("b").endswith("t") else 1)
        return Quantity("capacity", large, start, end, f"{parts[0]}+{canonical(large)}", "gb")
    if match["chi"]:
        digits = re.findall(r"\d+", written)
        feet = float(digits[0] + "." + digits[1]) if len(digits) > 1 else float(digits[0])
        return Quantity("length", round(feet * 33.333, 1), start, end, written, "尺")
    if match["bed"]:
        return Quantity("length", float(written[0]) * 100 + float(written[2]) * 10, start, end, written, "米")
    low = to_number(match["low"])
    high = to_number(match["high"]) if match["high"] else None
    if low is None:
        return None
    if match["word"]:
        return Quantity("count", low, start, end, written, measure=tables.measures[match["word"]], high=high)
    kind, factor = tables.units[match["unit"]]
    if match["unit"] == "h" and text[match.end() : match.end() + 1] == "/":
        return None  # 125h/16g: a processor
    if kind == "parameter":
        return Quantity(kind, low, start, end, written.replace(" ", ""), match["unit"], high=high)
    kind, factor = _settled(kind, factor, match, low, high, text, hint)
    if high is not None and high <= low and kind != "age":
        high = None
    return Quantity(
        kind, round(low * factor, 6), start, end, written, match["unit"], high=round(high * factor, 6) if high else None
    )


def _spelled(match: re.Match[str], tables: Grammar) -> Quantity | None:
    start, end, written = match.start(), match.end(), match[0]
    if match["single"]:
        return Quantity("count", 1, start, end, written, measure=tables.measures.get(written[1], written[1]))
    value = to_number(match["cn"])
    if value is None:
        return None
    if match["cnparam"]:
        return Quantity("parameter", value, start, end, canonical(value) + match["cnparam"], match["cnparam"])
    if match["cnword"]:
        return Quantity("count", value, start, end, written, measure=tables.measures[match["cnword"]])
    kind, factor = tables.units[match["cnunit"]]
    return Quantity(kind, round(value * factor, 6), start, end, written, match["cnunit"])


_LEAD = re.compile(r"(?<![\d.])(\d{1,3})\s?[*x]\s?$")
_NET = Pattern(r"净(?:重|含量)?[约:]?\s?$", needs="净")
_PLUS = re.compile(r"^[^()\[\]]*\+[^()\[\]]*$")
_POWERS = frozenset({16, 32, 64, 128, 256, 512, 1024})
_LONGEST = 2000  # characters of a text that are read
_FITTING = Pattern(r"胖|大码|加肥|加大|显瘦|可穿|适合|体重", needs="胖码肥大瘦穿适重")
_FABRIC = Pattern(r"重磅|面料|克重|[薄厚]绒|加绒|加厚|棉t恤|卫衣|打底裤|鲨鱼裤", needs="磅料重绒厚恤衣裤")


def _settled(
    kind: str, factor: float, match: re.Match[str], low: float, high: float | None, text: str, hint: Hint
) -> tuple[str, float]:
    """The kind of an ambiguous unit, judged by value, neighbours and hint."""
    unit = match["unit"]
    after = text[match.end() : match.end() + 3]
    if unit == "g" and low in (2, 3, 4, 5, 6) and (hint.storage or after[:2] in ("手机", "网络", "全网", "智能")):
        return "parameter", 1
    if unit in ("g", "t") and hint.storage:
        return "capacity", 1024 if unit == "t" else 1
    if unit == "g" and low in _POWERS and not hint.edible and after.startswith(("内存", "存储", "高速", "优盘", "u盘")):
        return "capacity", 1
    if kind == "weight":
        grams = low * factor
        if (
            grams >= 20000
            and (high is not None or after[:1] in "内" or hint.apparel or _FITTING.search(text))
            and unit != "t"
        ):
            return "wearing", factor
        if after.startswith(("内", "以内", "以下")) and unit in ("斤", "kg", "公斤"):
            return "wearing", factor
        if unit in ("g", "克") and 80 <= grams <= 800 and (hint.apparel or _FABRIC.search(text)):
            return "fabric", factor
    return kind, factor


def _dimensions(match: re.Match[str]) -> Quantity | None:
    numbers = re.findall(rf"(\d+(?:\.\d+)?)({_LENGTHS})?", match[0])
    unit = next((u for _, u in reversed(numbers) if u), "")
    if not unit and (len(numbers) == 2 and min(float(n) for n, _ in numbers) < 10):
        return None  # 5*4 says nothing on its own
    table = grammar().units
    values = [float(number) for number, _ in numbers]
    edges = [value * table[own or unit or "cm"][1] for value, (_, own) in zip(values, numbers, strict=True)]
    if unit in ("mm", "毫米") and len(edges) == 3 and not numbers[0][1] and min(values[:2]) >= 30 >= values[2]:
        edges = [values[0], values[1], edges[2]]  # 183*61*6mm: the sheet in cm, its thickness in mm
    longest = sorted(edges)[-2:]
    text = "x".join(canonical(edge) for edge in edges)
    return Quantity("size", round(longest[0] * longest[1], 3), match.start(), match.end(), text, unit or "")


def _packed(quantity: Quantity, text: str, tables: Grammar) -> Quantity:
    """`quantity` with what multiplies it: 25g*30袋, 30袋*25g, 350g/饼, 500g2袋."""
    if quantity.kind == "count":
        match = re.compile(r"\s?[*x]\s?").match(text, quantity.end)
        inner = parse_at(text, match.end(), tables) if match else None
        if inner is None or inner.kind not in ("weight", "volume") or quantity.high is not None:
            return quantity
        return msgspec.structs.replace(
            inner,
            start=quantity.start,
            times=quantity.value * inner.times,
            measure=quantity.measure,
            text=text[quantity.start : inner.end],
        )
    times, measure, end = quantity.times, quantity.measure, quantity.end
    lead = _LEAD.search(text, max(0, quantity.start - 6), quantity.start)
    if lead:  # 2*500g
        times *= float(lead[1])
    while _goes_on(text, end) and (match := tables.pack.match(text, end)):
        if match["per"]:
            measure, end = tables.measures[match["per"]], match.end()
            break
        times *= float(match["times"] or match["glued"])
        word = match["word"] or match["gluedword"]
        measure = tables.measures.get(word, word) if word else measure
        end = match.end()
    return msgspec.structs.replace(quantity, times=times, measure=measure, end=end, text=text[quantity.start : end])


def _goes_on(text: str, end: int) -> bool:
    """Whether what stands at `end` may multiply a quantity."""
    after = text[end : end + 2].lstrip()[:1]
    return bool(after) and (after in "*x/" or after.isdigit())


def totals(text: str, hint: Hint = NO_HINT) -> dict[str, float]:
    """How much `text` offers, per kind in base units; counts per measure word under `count:片`.

    Restatements (10kg（20斤）) do not add up: the net weight counts if named, else what is joined by + is summed, else
    the largest. Wearing weights, fabrics, ages and parameters offer nothing and are left out.
    """
    result: dict[str, float] = {}
    groups: dict[str, list[Quantity]] = {}
    for quantity in parse(text, hint):
        if quantity.kind not in ("wearing", "fabric", "age", "parameter", "percent", "money"):
            key = quantity.kind if quantity.kind != "count" else f"count:{quantity.measure}"
            groups.setdefault(key, []).append(quantity)
    for key, members in groups.items():
        net = [q for q in members if _NET.search(text, max(0, q.start - 5), q.start)]
        joined = all(_PLUS.search(text[a.end : b.start]) for a, b in pairwise(members))
        if net:
            result[key] = net[0].total
        else:
            result[key] = sum(q.total for q in members) if joined else max(q.total for q in members)
    return result


def parse_at(text: str, place: int, tables: Grammar) -> Quantity | None:
    """The quantity that starts exactly at `place`."""
    if text[place : place + 1] in _CHINESE:
        spelled = tables.spelled.match(text, place)
        return _spelled(spelled, tables) if spelled else None
    match = tables.figures.match(text, place)
    return _figures(match, text, NO_HINT, tables) if match else None
