"""Finding lexicon words in text: plain words by the longest match, and words with a gap ("拍~不发")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat

import msgspec

from pddlint.text import lexicon, scanner
from pddlint.text.lexicon import Extra
from pddlint.text.normalise import fold_all, fold_groups

GAP = 6  # how many characters "~" may stand for


@lru_cache(maxsize=64)
def folded(name: str, extra: Extra | None = None) -> Mapping[str, Sequence[str]]:
    """The words of lexicon `bait_<name>` by group, folded (as the files hold them), with a user's changes."""
    if extra is None:
        return lexicon.load(f"bait_{name}").groups
    extra = Extra(extra.add, (*extra.remove, *fold_all(extra.remove)))
    groups = fold_groups(lexicon.load(f"bait_{name}", extra).groups)
    return {group: [word for word in words if word] for group, words in groups.items()}


class Membership:
    """The groups that each word stands in. Iterates over the words, each once."""

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        self._first: dict[str, str] = {}
        self._more: dict[str, list[str]] = {}
        for group, words in groups.items():
            first = list(map(self._first.setdefault, words, repeat(group)))
            if first.count(group) < len(first):
                for word in words:
                    if self._first[word] != group:  # of few words
                        self._more.setdefault(word, []).append(group)

    def __iter__(self) -> Iterator[str]:
        return iter(self._first)

    def of(self, word: str) -> list[str]:
        """The groups of a known word, in order."""
        return [self._first[word], *self._more.get(word, ())]


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A word found: its place in the scanned text, the word as the lexicon has it, and its group."""

    start: int
    end: int
    word: str
    group: str = ""


class Scanner:
    """Finds folded words, all groups in one pass. A word holding "~" matches with up to six characters in its place.

    A word of several groups counts for the first of them.
    """

    def __init__(self, words: Iterable[str] = (), groups: Mapping[str, Sequence[str]] | None = None) -> None:
        self._plain = scanner.Scanner()
        self._gapped: list[tuple[str, str, str]] = []  # the longest part of a word, the word, its group
        for group, members in ({"": tuple(words)} | dict(groups or {})).items():
            gapped = sorted({word for word in members if "~" in word}) if "~" in " ".join(members) else []
            self._plain.add_plain([word for word in members if word not in gapped] if gapped else members, group, "")
            self._gapped += [(max(word.split("~"), key=len), word, group) for word in gapped]
        self._plain.freeze()
        self._needed = tuple(needed for needed, *_ in self._gapped)

    def __contains__(self, word: str) -> bool:
        return word in self._plain

    def may_hit(self, text: str) -> bool:
        """False only where `scan` finds nothing in `text` (nor in `text` with parts blanked out); much cheaper."""
        return self._plain.may_hit(text) or any(map(text.__contains__, self._needed))

    def scan(self, text: str) -> Iterator[Hit]:
        """Plain words in `text`, the longest at each place, not overlapping; then those with a gap."""
        for hit in self._plain.scan(text):
            yield Hit(hit.start, hit.end, hit.value, hit.group)
        for needed, word, group in self._gapped:
            if needed in text and (match := _gapped(word).search(text)):
                yield Hit(match.start(), match.end(), word, group)


@cache
def _gapped(word: str) -> re.Pattern[str]:
    return re.compile(f".{{0,{GAP}}}?".join(map(re.escape, word.split("~"))))
