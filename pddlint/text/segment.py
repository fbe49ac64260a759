"""Chinese word segmentation (rjieba: jieba's dictionary and algorithm in Rust; loads in 0.13 s where jieba takes 1.3 s)."""

from __future__ import annotations

from functools import lru_cache

from pddlint.text.normalise import fold


def words(text: str) -> list[str]:
    """The words of the folded `text`, in order, blanks and punctuation left out."""
    return list(_words(text))


@lru_cache(maxsize=1 << 14)
def _words(text: str) -> tuple[str, ...]:
    import rjieba  # loads a 30 MB dictionary: only runs that segment pay for it

    return tuple(word for word in rjieba.cut(fold(text)) if any(char.isalnum() for char in word))
