"""Sizes of clothes, shoes, beds and paper: S-8XL, 36码, 35-39, 80C, 身高 110, A4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pddlint.text.patterns import Pattern


class Size(NamedTuple):
    """A size at `start:end` in canonical spelling (3XL for XXXL, ranges with -)."""

    start: int
    end: int
    value: str


_LETTER = r"(?:[2-9]xl|1[0-2]xl|x{1,6}[sl]|[2-4]xs|xs|[sml]|nb)"
_LETTERS = Pattern(
    rf"(?<![a-z0-9.+\"-])({_LETTER})(?:\s?[-~到至]\s?({_LETTER}))?\s?(?:(码|号(?!线))|(?![a-z0-9+']))",
    needs="lsmn",
)
_NUMBERED = Pattern(
    r"(?<![\d.a-z#])(\d{2,3}(?:\.5)?)(?:\s?[-~/到至]\s?(\d{2,3}(?:\.5)?))?\s?(?:码|号(?=码|$|[\s)\],鞋脚]))",
    needs="码号",
)
_BARE = Pattern(
    r"(?<![\d.a-z#/+*x-])(\d{2,3}(?:\.5)?)(?:\s?[-~/]\s?(\d{2,3}(?:\.5)?))?(?![\d.a-z%#*+-])(?=[\s(\[,/]|$)"
)
_RANGE = Pattern(
    r"(?<![\d.a-z#/+*x-])(\d{2,3})\s?[-~]\s?(\d{2,3})(?![\d.a-z%#*+~-])(?=[\s()\[\],/]|$|[\u4e00-\u9fff])",
    needs="-~",
)
_CUP = Pattern(r"(?<![\d.])(?:\d{2}\s?/\s?)?(\d{2,3})\s?([a-h])(?:杯|罩杯)?(?![a-z0-9])")
_PAPER = Pattern(
    r"(?<![a-z0-9])([ab][0-6])(?=纸|大小|尺寸|本|复印|打印|相框|画|\s|$|[\u4e00-\u9fff])(?!类|级|字)", needs="ab"
)
_DIGIT = re.compile(r"\d")
_PLAIN = Pattern(r"x{2,}(?=[sl])")


def sizes(text: str, taken: bytearray, spec: bool, apparel: bool) -> Iterator[Size]:
    """Sizes at free positions. Bare letters and numbers count in a SKU's spec (`spec`) or an `apparel` title only."""
    for match in _LETTERS.finditer(text):
        low, high, suffix = match[1], match[2], match[3]
        if not spec and not high and not suffix and not (apparel and len(low) > 1):
            continue
        yield from _free(match, taken, _letter(low) + (f"-{_letter(high)}" if high else ""))
    if not _DIGIT.search(text):
        return
    for match in _NUMBERED.finditer(text):
        yield from _free(match, taken, match[1] + (f"-{match[2]}" if match[2] else ""))
    if apparel:
        for match in _CUP.finditer(text):
            if 60 <= int(match[1]) <= 130:
                yield from _free(match, taken, f"{match[1]}{match[2]}")
    if spec:
        for match in _BARE.finditer(text):
            if float(match[1]) >= 20 or match[2]:
                yield from _free(match, taken, match[1] + (f"-{match[2]}" if match[2] else ""))
    elif apparel:
        for match in _RANGE.finditer(text):
            if 20 <= int(match[1]) < int(match[2]) <= 190:
                yield from _free(match, taken, f"{match[1]}-{match[2]}")
    for match in _PAPER.finditer(text):
        yield from _free(match, taken, match[1])


def _free(match: re.Match[str], taken: bytearray, value: str) -> Iterator[Size]:
    if 1 not in taken[match.start() : match.end()]:
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        yield Size(match.start(), match.end(), value)


def _letter(size: str) -> str:
    """xxxl -> 3xl."""
    return _PLAIN.sub(lambda match: f"{len(match[0])}x", size)
