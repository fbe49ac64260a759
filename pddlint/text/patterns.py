"""Regular expressions that are compiled when first needed.

A class of Chinese characters takes 0.3 ms to compile, and the rules have two hundred: longer than reading and judging
a listing, for patterns of which most texts hold nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any


def holds(words: str, ends: str = "") -> Callable[[str], bool]:
    """A function that tells whether a text holds one of `words` or ends (but for a line break) in one of `ends`.

    Both are separated by blanks. As fast as an expression, and there is nothing to compile.
    """
    wanted, last = words.split(), tuple(ends.split())
    if not last:
        return lambda text: any(map(text.__contains__, wanted))
    return lambda text: any(map(text.__contains__, wanted)) or text.removesuffix("\n").endswith(last)


def not_before(chars: str) -> str:
    """An expression for a place with none of `chars` behind it: `(?![...])`, which takes many times as long to compile
    where the characters are Chinese."""
    return "".join(f"(?!{re.escape(char)})" for char in chars)


_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")


class Pattern:
    """A regular expression with, in `needs`, characters of which every match has at least one, or a function that is
    true of every text with a match. Other texts are not searched, and until one with them comes nothing is compiled.
    """

    def __init__(self, source: str | Callable[[], str], needs: str | Callable[[str], bool] = "") -> None:
        """`source` may be a function that makes the expression."""
        self._source = source
        self._vain: Callable[[str], bool] | None = None  # whether a text cannot have a match
        if callable(needs):
            self._vain = lambda text: not needs(text)
        elif needs:
            self._vain = frozenset(needs).isdisjoint

    @cached_property
    def pattern(self) -> str:
        return self._source if isinstance(self._source, str) else self._source()

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        """The expression; once there is one, it answers itself: searching costs no more than looking for `needs`."""
        compiled = re.compile(self.pattern)
        vars(self).update({name: getattr(compiled, name) for name in _METHODS})
        return compiled

    def vain(self, text: str) -> bool:
        """Whether `text` lacks what every match needs."""
        return self._vain is not None and self._vain(text)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        if self._vain is not None and self._vain(text[start:end]):
            return None
        return self._compiled.search(text, start, end)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        return None if not start and self.vain(text) else self._compiled.match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return None if self.vain(text) else self._compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return iter(()) if self._vain is not None and self._vain(text) else self._compiled.finditer(text)

    def findall(self, text: str) -> list[Any]:
        return [] if self.vain(text) else self._compiled.findall(text)

    def split(self, text: str) -> list[str | Any]:
        return [text] if self.vain(text) else self._compiled.split(text)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        return text if self.vain(text) else self._compiled.sub(replacement, text)
