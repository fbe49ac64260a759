"""Longest-match scan of a text over all word lexicons at once: one pass, cost independent of the number of words."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby, repeat
from operator import concat, itemgetter
from typing import Any

import msgspec

_WORDS_A_CHARACTER = 2  # that are indexed in the time in which a character is scanned without index
_LONG = 4_000  # characters of a text above which its pairs are not remembered
_Pairs = tuple[tuple[str, ...], tuple[str, ...]]


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A lexicon word found at `start:end`, with the kind of its lexicon, its canonical form and its group."""

    start: int
    end: int
    kind: str
    value: str
    group: str


class Scanner:
    """Words to (kind, canonical, group). Where several words match, the longest wins; the first added of equal ones.

    The words are indexed once it takes less time than to go on without: a run that looks at a few texts needs no index.
    """

    def __init__(self) -> None:
        self._words: dict[str, tuple[str, str, str]] = {}  # canonical "" stands for the word itself
        self._lengths: tuple[int, ...] = ()  # of the words, the longest first
        self._patience = 0  # characters that are still scanned without index; -1 once there is one
        self._single: set[str] = set()  # the words of one character
        self._heads: set[str] = set()  # the first two characters of longer words
        self._sizes = _Sizes([])

    def add(self, words: Iterable[tuple[str, str, str]], kind: str) -> None:
        """Add (word, canonical, group) triples under `kind`; words already known keep their first meaning."""
        known = self._words
        for word, canonical, group in words:
            if word not in known:
                known[word] = (kind, canonical, group)

    def add_plain(self, words: Iterable[str], group: str, kind: str) -> None:
        """Add words that are canonical themselves: as `add`, but hardly any work."""
        deque(map(self._words.setdefault, words, repeat((kind, "", group))), maxlen=0)

    def freeze(self) -> Scanner:
        """Get ready to scan; call once after the last `add`."""
        self._lengths = tuple(sorted({*map(len, self._words)} - {0}, reverse=True))
        self._patience = len(self._words) // _WORDS_A_CHARACTER
        return self

    def _index(self) -> None:
        """Index the words by their first two characters."""
        heads = [(size, set(map(_HEAD, words))) for size, words in groupby(sorted(self._words, key=len), len) if size]
        self._single = next((found for size, found in heads if size == 1), set())
        self._heads = set().union(*(found for size, found in heads if size > 1))
        self._sizes = _Sizes(heads[::-1])
        self._patience = -1

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def entry(self, word: str) -> tuple[str, str, str] | None:
        """(kind, canonical, group) of a word."""
        found = self._words.get(word)
        return found if found is None or found[1] else (found[0], word, found[2])

    def may_hit(self, text: str) -> bool:
        """False only where `scan` finds nothing in `text` (nor in `text` with parts blanked out); much cheaper."""
        if self._patience >= 0:
            self._index()
        pairs, chars = _pairs(text)
        return not self._heads.isdisjoint(pairs) or not self._single.isdisjoint(chars)

    def scan(self, text: str, taken: bytearray | None = None) -> list[Hit]:
        """Hits from left to right, not overlapping each other or positions marked in `taken` (one mark a character).

        Words of Latin letters match whole tokens only (a digit may follow: note13).
        """
        starts: Iterable[tuple[int, tuple[int, ...]]]  # where a word may begin, and how long it may be
        if len(text) <= self._patience:
            self._patience -= len(text)
            starts = zip(range(len(text)), repeat(self._lengths))
        elif not self.may_hit(text):  # as of most texts and lexicons
            return []
        else:
            starts = self._starts(_pairs(text)[0])
        hits: list[Hit] = []
        words = self._words
        marks = taken if taken is not None and 1 in taken else None
        end = 0
        for place, lengths in starts:
            if place < end or (marks is not None and marks[place]):
                continue
            for size in lengths:
                entry = words.get(text[place : place + size])
                if entry is None:
                    continue
                stop = place + size
                if stop <= len(text) and (marks is None or 1 not in marks[place:stop]) and _whole(text, place, stop):
                    kind, canonical, group = entry
                    hits.append(Hit(place, stop, kind, canonical or text[place:stop], group))
                    end = stop
                    break
        return hits

    def _starts(self, pairs: Iterable[str]) -> list[tuple[int, tuple[int, ...]]]:
        """Where words may begin in a text of such pairs of characters, and how long they may be."""
        heads, single, sizes = self._heads, self._single, self._sizes
        if single:
            found = [one for one in enumerate(pairs) if one[1] in heads or one[1][0] in single]
        else:
            found = [one for one in enumerate(pairs) if one[1] in heads]
        return [(place, sizes[pair] if pair in heads else _ONE) for place, pair in found]


def _pairs(text: str) -> _Pairs:
    """Each character of `text` with the one behind it, and alone: for the many lexicons that a text is looked up in.

    Those of long texts, which take a hundred times their memory, are not remembered.
    """
    return _remembered(text) if len(text) <= _LONG else _paired(text)


def _paired(text: str) -> _Pairs:
    pairs: Iterable[Any] = map(concat, text, text[1:] + "\n")
    return tuple(pairs), tuple(text)


_remembered = lru_cache(maxsize=1 << 9)(_paired)


_ONE = (1,)
_HEAD = itemgetter(slice(2))


class _Sizes(dict[str, tuple[int, ...]]):
    """The lengths of the words that begin with two characters, the longest first; found when they are first met."""

    def __init__(self, heads: list[tuple[int, set[str]]]) -> None:
        """`heads` are the first two characters of the words of each length, the longest first."""
        self._by_size = heads

    def __missing__(self, head: str) -> tuple[int, ...]:
        self[head] = found = tuple(size for size, heads in self._by_size if head[:size] in heads)
        return found


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a word with Latin edges is not cut out of a longer token."""
    first, last = text[start], text[end - 1]
    if first < "\u0080" and start and first.isalnum() and text[start - 1] < "\u0080" and text[start - 1].isalnum():
        return False
    if last < "\u0080" and end < len(text):
        after = text[end]
        if last.isalpha():
            return not (after < "\u0080" and after.isalpha())
        return not (last.isdigit() and after.isdigit())
    return True
