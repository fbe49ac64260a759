"""Design words: which of several mutually exclusive designs, varieties and forms a listing names.

The lexicon groups words of which an item bears one; a listing's designs are its words by group.
"""

from __future__ import annotations

from functools import lru_cache

from pddlint.text.lexicon import load
from pddlint.text.scanner import Scanner

NAN = float("nan")
_DENYING = frozenset("不非无免未没")  # 不入耳 is no 入耳


@lru_cache(maxsize=1)
def _scanner() -> Scanner:
    lexicon = load("designs")
    scanner = Scanner()
    for group, words in lexicon.groups.items():
        scanner.add(((word, lexicon.canonical[word], group) for word in words), "design")
    return scanner.freeze()


def designs(*texts: str) -> tuple[str, ...]:
    """The design words of folded texts as "group:word", sorted."""
    scanner = _scanner()
    found = set()
    for text in texts:
        for hit in scanner.scan(text, bytearray(len(text))):
            if not hit.start or text[hit.start - 1] not in _DENYING:
                found.add(f"{hit.group}:{hit.value}")
    return tuple(sorted(found))


def stance(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """1 the groups both name agree, 0 one is disjoint, -1 two or more are; NaN when they name none in common."""
    if not a or not b:
        return NAN
    left, right = _by_group(a), _by_group(b)
    agree = conflict = 0
    for group in left.keys() & right.keys():
        if left[group] & right[group]:
            agree += 1
        else:
            conflict += 1
    if not agree and not conflict:
        return NAN
    return 1.0 if not conflict else 0.0 if conflict == 1 else -1.0


def _by_group(found: tuple[str, ...]) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for item in found:
        group, _, word = item.partition(":")
        groups.setdefault(group, set()).add(word)
    return groups
