"""Colours (and flavours of specs) that no list can hold: made-up names, found by their last character."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pddlint.text.lexicon import document, load
from pddlint.text.patterns import Pattern

_RUN = Pattern(r"[\u4e00-\u9fff]+")
_PARTS = frozenset("扣框边色款带底面盖杯壳网圈字条花纹内外+")  # 银扣, 粉框: a short colour before a part
_NO_COLOUR_AFTER = frozenset("味口香")
_LONGEST = 6  # no colour or flavour has more characters


@lru_cache(maxsize=1)
def _families() -> tuple[dict[str, str], dict[str, str]]:
    table = document("colours")["families"]
    by_name = {word: family for family, words in table["names"].items() for word in words.split()}
    return {char: family for family, chars in table["bases"].items() for char in chars}, by_name


def family(name: str) -> str:
    """The colour family of a colour's name (曜石黑 and 哑黑 are both 黑), "" when it shows none.

    Families: 红 橙 黄 绿 蓝 紫 黑 白 灰 粉 棕 金 银 米 透明.
    """
    bases, names = _families()
    bare = name.removesuffix("色")
    if bare in names:
        return names[bare]
    return next((bases[char] for char in reversed(bare) if char in bases), "")


@lru_cache(maxsize=1)
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lexicon = load("colours")
    bases = lexicon.words("bases")
    return bases, lexicon.words("spec_only") | bases, lexicon.words("traps")


def _opening(run: str, words: frozenset[str]) -> str:
    """The longest of `words` that `run` starts with, "" when there is none."""
    return next((run[:size] for size in range(min(_LONGEST, len(run)), 0, -1) if run[:size] in words), "")


def spec_colours(text: str, taken: bytearray, spec: bool, food: bool = False) -> Iterator[tuple[int, int, str]]:
    """Colours among the free Chinese characters of `text` as (start, end, name).

    In a SKU's spec (`spec`): bare bases (黑, 黑+白), words like 燕麦, made-up names up to five characters that end in a
    base, and a base that opens a run (黑横款). In a title: only free-standing names (between blanks, slashes, ends).
    """
    bases, spec_only, traps = _lists()
    if not spec and not bases.intersection(text):
        return
    masked = _masked(text, taken)
    for match in _RUN.finditer(masked):
        run, start, end = match[0], match.start(), match.end()
        after = text[end : end + 1]
        alone = (start == 0 or not _han(text[start - 1])) and not _han(after)
        name = run.removesuffix("色")
        if not name or name in traps or after in _NO_COLOUR_AFTER or "味" in run:
            continue
        if not spec:
            if alone and (
                (len(name) in (3, 4) and name[-1] in bases and name[-1] not in "金银米粉")
                or (len(name) <= 2 and all(char in bases for char in name) and "米" not in name and len(name) == 2)
            ):
                yield start, end, name
            continue
        if (
            all(char in bases for char in name)
            or (name in spec_only and not food)
            or (2 <= len(name) <= 5 and name[-1] in bases and alone)
        ):
            yield start, end, name
        elif not food and (start == 0 or not _han(text[start - 1]) or taken[start - 1]):
            prefix = _opening(run, spec_only)
            framed = run[len(prefix) : len(prefix) + 1] in _PARTS
            if (
                prefix
                and (len(prefix) > 1 or prefix in "黑白灰红蓝绿紫黄橙棕咖" or framed)
                and run[len(prefix) : len(prefix) + 1] != "味"
            ):
                stop = start + len(prefix) + (1 if run[len(prefix) :].startswith("色") else 0)
                yield start, stop, prefix


@lru_cache(maxsize=1)
def _tastes() -> frozenset[str]:
    return frozenset(word for word in load("flavours").words("bases", "scents") if len(word) > 1)


def is_taste(word: str) -> bool:
    """Whether the lexicon knows `word` as a flavour or scent."""
    return word in _tastes()


def spec_flavours(text: str, taken: bytearray) -> Iterator[tuple[int, int, str]]:
    """Flavours and scents named alone in the spec of a food or a scented thing (草莓, 桂花50ml): start, end, name."""
    masked = _masked(text, taken)
    for match in _RUN.finditer(masked):
        if match.start() and _han(text[match.start() - 1]) and not taken[match.start() - 1]:
            continue
        name = _opening(match[0], _tastes())
        if name and len(match[0]) - len(name) <= 2:
            yield match.start(), match.start() + len(name), name


def _masked(text: str, taken: bytearray) -> str:
    return "".join([" " if mark else char for char, mark in zip(text, taken, strict=True)]) if 1 in taken else text


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
