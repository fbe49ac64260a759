"""Finding lexicon words in text: plain words by the longest match, and words with a gap ("拍~不发")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pddlint.text import scanner
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
        folded = sorted({fold(word) for word in words} - {""})
        self._plain = scanner.Scanner()
        self._plain.add(((word, word, "") for word in folded if "~" not in word), "")
        self._plain.freeze()
        self._gapped = [
            (re.compile(f".{{0,{GAP}}}?".join(map(re.escape, word.split("~")))), word) for word in folded if "~" in word
        ]

    def __contains__(self, word: str) -> bool:
        return word in self._plain

    def scan(self, text: str) -> Iterator[Hit]:
        """Plain words in `text`, the longest at each place, not overlapping; then those with a gap."""
        for hit in self._plain.scan(text, bytearray(len(text))):
            yield Hit(hit.start, hit.end, hit.value)
        for pattern, word in self._gapped:
            match = pattern.search(text)
            if match:
                yield Hit(match.start(), match.end(), word)
