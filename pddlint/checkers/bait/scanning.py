"""Finding lexicon words in text: the longest word at each place, left to right, without overlaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pddlint.text.normalise import fold

GAP = 6  # how many characters "~" may stand for


class Hit(NamedTuple):
    """A word found: its place in the scanned text, and the word as the lexicon has it."""

    start: int
    end: int
    word: str


class Scanner:
    """Finds the words of a list, folded. A word holding "~" matches with up to six characters in its place."""

    def __init__(self, words: Iterable[str]) -> None:
        folded = {fold(word) for word in words} - {""}
        self._words = {word for word in folded if "~" not in word}
        self._lengths = _lengths_by_first(self._words)
        gapped = [word for word in folded if "~" in word]
        self._gapped = [
            (re.compile(f".{{0,{GAP}}}?".join(map(re.escape, word.split("~")))), word) for word in sorted(gapped)
        ]

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def scan(self, text: str) -> Iterator[Hit]:
        """Hits of the plain words in `text`, longest first at each place, not overlapping; then those of gapped words."""
        place, size = 0, len(text)
        while place < size:
            for length in self._lengths.get(text[place], ()):
                end = place + length
                if end <= size and text[place:end] in self._words and not _cuts_latin(text, place, end):
                    yield Hit(place, end, text[place:end])
                    place = end
                    break
            else:
                place += 1
        for pattern, word in self._gapped:
            match = pattern.search(text)
            if match:
                yield Hit(match.start(), match.end(), word)


def _lengths_by_first(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}


def _cuts_latin(text: str, start: int, end: int) -> bool:
    """Whether the slice begins or ends inside a run of Latin letters ("pu" in "computer" is no material)."""
    return (_latin(text[start : start + 1]) and _latin(text[start - 1 : start] if start else "")) or (
        _latin(text[end - 1 : end]) and _latin(text[end : end + 1])
    )


def _latin(char: str) -> bool:
    return "a" <= char <= "z"
