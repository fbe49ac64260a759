"""Segmentation."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pddlint.text.segment import words


def test_words_of_a_title() -> None:
    assert words("男士【商务】双肩包，防水") == ["男士", "商务", "双肩包", "防水"]


def test_callers_may_change_what_they_get() -> None:
    words("男士双肩包").clear()
    assert words("男士双肩包")


@settings(max_examples=100)
@given(st.text())
def test_segmentation_never_raises(text: str) -> None:
    words(text)
