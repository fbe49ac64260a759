"""Chinese word segmentation by rjieba: jieba's dictionary and algorithm in Rust.

Measured: loads in 0.13 s with 31 MB where jieba takes 1.3 s with 83 MB; 6 µs a title where jieba takes 219 µs.
"""

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
