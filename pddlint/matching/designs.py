"""Design words: which of several mutually exclusive designs, varieties and forms a listing names.

The lexicon groups words of which an item bears one; a listing's designs are its words by group.
"""

from __future__ import annotations

from functools import lru_cache

from pddlint.text.lexicon import load
from pddlint.text.scanner import Scanner

_DENYING = frozenset("不非无免未没")  # 不入耳 is no 入耳


@lru_cache(maxsize=1)
def _scanner() -> Scanner:
    lexicon = load("designs")
    groups: dict[str, list[str]] = {}
    for group, words in lexicon.groups.items():
        for word in words:
            groups.setdefault(word, []).append(group)
    scanner = Scanner()
    scanner.add(((word, lexicon.canonical[word], " ".join(its)) for word, its in groups.items()), "design")
    return scanner.freeze()


def designs(*texts: str) -> tuple[str, ...]:
    """The design words of folded texts as "group:word", sorted."""
    return tuple(sorted(set().union(*map(_designs, texts))))


@lru_cache(maxsize=1 << 12)
def _designs(text: str) -> frozenset[str]:
    """Those of one text: listings have many attributes in common."""
    hits = [hit for hit in _scanner().scan(text) if not hit.start or text[hit.start - 1] not in _DENYING]
    return frozenset(f"{group}:{hit.value}" for hit in hits for group in hit.group.split())
