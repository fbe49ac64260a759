"""What ends a run before it can judge anything: a wrong command line or configuration (exit status 2)."""

from __future__ import annotations

from collections.abc import Iterable

from pddlint.checkers.base import Lang, Text


class UsageError(Exception):
    """The command line or the configuration is wrong. `texts` hold one sentence per mistake, in both languages."""

    def __init__(self, *texts: Text) -> None:
        super().__init__("; ".join(text.en for text in texts))
        self.texts = texts

    def lines(self, lang: Lang) -> list[str]:
        return [text.in_(lang) for text in self.texts]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word a mistyped one most likely stands for, or None when nothing is near."""
    from difflib import get_close_matches

    by_shape = {name.lower().replace("_", "-"): name for name in known}
    found = get_close_matches(word.lower().replace("_", "-"), by_shape, n=1, cutoff=0.6)
    return by_shape[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, str]:
    """The tail of an error message, (Chinese, English), naming the nearest known word; empty when none is near."""
    near = nearest(word, known)
    return (f"，是不是 {near}？", f"; did you mean {near}?") if near else ("", "")
