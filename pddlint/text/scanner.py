"""Longest-match scan of a text over all word lexicons at once: one pass, cost independent of the number of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
        self._words: dict[str, tuple[str, str, str]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}

    def add(self, words: Iterable[tuple[str, str, str]], kind: str) -> None:
        """Add (word, canonical, group) triples under `kind`; words already known keep their first meaning."""
        for word, canonical, group in words:
            if word not in self._words:
                self._words[word] = (kind, canonical, group)

    def freeze(self) -> Scanner:
        """Index the words by first character; call once after the last `add`."""
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}
        return self

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def scan(self, text: str, taken: bytearray) -> Iterator[Hit]:
        """Hits from left to right, not overlapping each other or positions marked in `taken`.

        Words of Latin letters match whole tokens only (a digit may follow: note13).
        """
        place, end = 0, len(text)
        words, lengths = self._words, self._lengths
        while place < end:
            sizes = lengths.get(text[place])
            if sizes is None or taken[place]:
                place += 1
                continue
            for size in sizes:
                word = text[place : place + size]
                entry = words.get(word)
                if entry is None or len(word) < size:
                    continue
                stop = place + size
                if 1 in taken[place:stop] or not _whole(text, place, stop):
                    continue
                yield Hit(place, stop, *entry)
                place = stop
                break
            else:
                place += 1


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a word with Latin edges is not cut out of a longer token."""
    first, last = text[start], text[end - 1]
    if (first.isascii() and first.isalnum()) and start and text[start - 1].isascii() and text[start - 1].isalnum():
        return False
    if last.isascii() and last.isalpha():
        return not (end < len(text) and text[end].isascii() and text[end].isalpha())
    if last.isdigit():
        return not (end < len(text) and text[end].isdigit())
    return True
