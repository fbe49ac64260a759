"""Another maker's goods mixed in: a brand that is not the listing's, known or standing where the others have theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from pddlint.checkers.bait.scanning import Scanner
from pddlint.checkers.bait.subject import Subject
from pddlint.text import lexicon
from pddlint.text.normalise import fold, is_han
from pddlint.text.patterns import Pattern

_FITS = Pattern(
    r"适用|适配|兼容|通用|for\b", needs="适兼通f"
)  # the brands in such a title are those of what the goods fit
_FIRST = Pattern(r"[\s(\[]*([\u4e00-\u9fff]{2,4}|[a-z][a-z-]+)(?![\u4e00-\u9fffa-z])")
_LATIN = re.compile(r"[a-z]")
_IN_PLACE = 0.6  # share of the other SKUs that must begin with the listing's brand


class _Brands:
    """The makers: `sure` finds words that are nothing but brands."""

    def __init__(self) -> None:
        self._book = lexicon.load("bait_brands")
        self._words = dict.fromkeys(chain.from_iterable(self._book.groups.values()))
        doubtful = set(self._book.groups["ambiguous"])
        self.sure = Scanner([word for word in self._words if len(word) > 1 and word not in doubtful])

    @cached_property
    def _spellings(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word, first in self._book.canonical.items():
            found.setdefault(first, []).append(word)
        return found

    def spellings(self, name: str) -> Sequence[str]:
        """All spellings of the maker that `name` names."""
        return self._spellings[self._book.canonical[name]] if name in self._words else ()


@lru_cache(maxsize=1)
def _brands() -> _Brands:
    return _Brands()


@lru_cache(maxsize=1 << 13)
def known(text: str) -> tuple[str, ...]:
    """The brands that folded `text` names, each at the beginning of a word."""
    return tuple(hit.word for hit in _brands().sure.scan(text) if not _within(text, hit.start, hit.end))


def _within(text: str, start: int, end: int) -> bool:
    """Whether the slice is the middle of a word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if _LATIN.match(text[start]):
        return bool(_LATIN.match(before)) or bool(_LATIN.match(after) and _LATIN.match(text[end - 1]))
    return bool(before) and is_han(before)


@lru_cache(maxsize=64)
def claimed(about: Subject) -> frozenset[str]:
    """The spellings of the listing's own brand; of a title that says what the goods fit, only the brand field's."""
    brands = _brands()
    own = [about.brand] if len(about.brand) > 1 else []
    if not _FITS.search(about.title):
        own += known(about.title)
    return frozenset(word for name in own for word in (name, *brands.spellings(name)))


class Other(NamedTuple):
    """Brands in a SKU's words that are not the listing's; `stands` where each stands in for the listing's."""

    words: tuple[str, ...] = ()
    stands: bool = False
    beside: str = ""  # the listing's


def other(own: str, rest: Iterable[str], about: Subject, spared: Sequence[str] = ()) -> Other:
    """The brands in folded `own` that are not the listing's, where the listing has one and the other SKUs no other.

    `rest` are the other SKUs' names, `spared` words that a user wants to be no brands.
    """
    mine = claimed(about)
    if not mine or about.spare_shop or any(map(own.__contains__, mine)):
        return Other()
    names = list(dict.fromkeys(map(fold, rest)))
    if not mine.issuperset(chain.from_iterable(map(known, names))):
        return Other()  # goods of several makers, or for several makes of something else
    plain = set(map(fold, spared))
    found = [word for word in known(own) if word not in about.context and word not in mine and word not in plain]
    bearing = len([name for name in names if any(map(name.__contains__, mine))])
    stands = len(names) > 1 and bearing >= _IN_PLACE * len(names)
    if not found and not stands:
        return Other()
    shown = about.brand or next((word for word in known(about.title) if word in mine), "")
    if found:
        return Other(tuple(dict.fromkeys(found)), stands, shown)
    first = _FIRST.match(own)
    if not first or first[1] in plain or first[1][:2] in about.context or any(first[1][:2] in name for name in names):
        return Other()
    return Other((first[1],), True, shown) if _alike(own[first.end() :], names) else Other()


def _alike(tail: str, names: Sequence[str]) -> bool:
    """Whether what follows the first word is named as the others are."""
    pieces = tail.split()
    return any(len(piece) > 1 and piece in name for piece in pieces for name in names)
