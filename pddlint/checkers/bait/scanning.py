"""Finding lexicon words in text: plain words by the longest match, and words with a gap ("拍~不发")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pddlint.text import scanner
from pddlint.text.normalise import fold

GAP = 6  # how many characters "~" may stand for


class Hit(NamedTuple):
    """A word found: its place in the scanned text, the word as the lexicon has it, and its group."""

    start: int
    end: int
    word: str
    group: str = ""


class Scanner:
    """Finds words, folded, all groups in one pass. A word holding "~" matches with up to six characters in its place.

    A word of several groups counts for the first of them.
    """

    def __init__(self, words: Iterable[str] = (), groups: Mapping[str, Iterable[str]] | None = None) -> None:
        self._plain = scanner.Scanner()
        self._gapped: list[tuple[str, re.Pattern[str], str, str]] = []
        for group, members in {"": words, **(groups or {})}.items():
            folded = sorted({fold(word) for word in members} - {""})
            self._plain.add(((word, word, group) for word in folded if "~" not in word), "")
            for word in folded:
                if "~" in word:
                    parts = word.split("~")
                    pattern = re.compile(f".{{0,{GAP}}}?".join(map(re.escape, parts)))
                    self._gapped.append((max(parts, key=len), pattern, word, group))
        self._plain.freeze()

    def __contains__(self, word: str) -> bool:
        return word in self._plain

    def may_hit(self, text: str) -> bool:
        """False only where `scan` finds nothing in `text` (nor in `text` with parts blanked out); much cheaper."""
        return self._plain.may_hit(text) or any(needed in text for needed, *_ in self._gapped)

    def scan(self, text: str) -> Iterator[Hit]:
        """Plain words in `text`, the longest at each place, not overlapping; then those with a gap."""
        for hit in self._plain.scan(text):
            yield Hit(hit.start, hit.end, hit.value, hit.group)
        for needed, pattern, word, group in self._gapped:
            if needed in text and (match := pattern.search(text)):
                yield Hit(match.start(), match.end(), word, group)
