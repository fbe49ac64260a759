"""Longest-match scan of a text over all word lexicons at once: one pass, cost independent of the number of words."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple


class Hit(NamedTuple):
    """A lexicon word found at `start:end`, with the kind of its lexicon, its canonical form and its group."""

    start: int
    end: int
    kind: str
    value: str
    group: str


class Scanner:
    """Words to (kind, canonical, group). Where several words match, the longest wins; the first added of equal ones."""

    def __init__(self) -> None:
        self._words: dict[str, tuple[str, str, str]] = {}  # canonical "" stands for the word itself
        self._heads: dict[str, None] = {}  # the first two characters of longer words
        self._every: Sequence[int] = _ONE  # all lengths that words may have, the longest first
        self._sizes: dict[str, tuple[int, ...]] = {}  # the lengths of the words with each head, once that pays
        self._starts: re.Pattern[str] | None = None  # compiled once it pays: on a listing or two it does not
        self._looked = 0  # characters scanned without it

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
        """Index the words by their first two characters; call once after the last `add`."""
        self._heads = dict.fromkeys(map(_HEAD, self._words))
        for word in [head for head in self._heads if len(head) < 2]:
            del self._heads[word]
        self._every = range(max(map(len, self._words), default=1), 0, -1)
        return self

    def _by_head(self) -> dict[str, tuple[int, ...]]:
        """The lengths of the words, the longest first, by their first two characters."""
        sizes: dict[str, int] = {}  # bit n: there is a word of n characters
        words, known = self._words, sizes.get
        for word in words:
            if (size := len(word)) > 1:
                head = word[:2]
                sizes[head] = known(head, word[0] in words and 2) | 1 << size
        return {head: _bits(found) for head, found in sizes.items()}

    def _places(self, text: str) -> Iterable[int]:
        """Where a word may start: at two characters that open longer words (not always the same one), or at a word of
        one; anywhere, as long as little text was looked at.
        """
        if self._starts is None:
            self._looked += len(text)
            if self._looked < _WORTH_COMPILING:
                return range(len(text))
            first, second = _any(head[0] for head in self._heads), _any(head[1] for head in self._heads)
            single = _any(word for word in self._words if len(word) == 1)
            self._starts = re.compile(f"{first}(?={second})|{single}")
            self._sizes = self._by_head()
        return [match.start() for match in self._starts.finditer(text)]

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def entry(self, word: str) -> tuple[str, str, str] | None:
        """(kind, canonical, group) of a word."""
        found = self._words.get(word)
        return found if found is None or found[1] else (found[0], word, found[2])

    def may_hit(self, text: str) -> bool:
        """False only where `scan` finds nothing in `text` (nor in `text` with parts blanked out); much cheaper."""
        words, heads = self._words, self._heads
        return any(text[place : place + 2] in heads or text[place] in words for place in self._places(text))

    def scan(self, text: str, taken: bytearray | None = None) -> list[Hit]:
        """Hits from left to right, not overlapping each other or positions marked in `taken` (one mark a character).

        Words of Latin letters match whole tokens only (a digit may follow: note13).
        """
        hits: list[Hit] = []
        words, heads, every = self._words, self._heads, self._every
        marks = taken if taken is not None and 1 in taken else None
        end = 0
        places, sizes = self._places(text), self._sizes
        lengths = sizes.get if sizes else lambda head, one: every if head in heads else one
        for place in places:
            if place < end or (marks is not None and marks[place]):
                continue
            for size in lengths(text[place : place + 2], _ONE):
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


_ONE = (1,)
_HEAD = itemgetter(slice(2))
_WORTH_COMPILING = 2_000  # characters


@cache
def _bits(found: int) -> tuple[int, ...]:
    """The bits that are set, the highest first."""
    return tuple(bit for bit in range(found.bit_length() - 1, -1, -1) if found >> bit & 1)


def _any(chars: Iterable[str]) -> str:
    """A pattern for one of `chars`; one that never matches where there are none."""
    return f"[{re.escape(''.join(sorted(set(chars))))}]".replace("[]", "(?!)")


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
