"""Patterns that say what their matches need: no match lacks it, so leaving texts without it alone loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pddlint.checkers.bait import brands, features, ladder, meaning, said, subject, wording
from pddlint.matching import kinds, textprint
from pddlint.text import devices, facets, gifts, quantities, setting, sizes
from pddlint.text.patterns import Pattern, holds, not_before

MODULES = (
    *(brands, features, ladder, meaning, said, subject, textprint, devices, facets, gifts, quantities, setting, sizes),
)
PATTERNS = [
    *(value for module in MODULES for value in vars(module).values() if isinstance(value, Pattern)),
    *kinds._ENDINGS.values(),
    gifts._words().companion,
    *(
        pattern
        for name in ("nonexistent", "irregular", "sample")
        for pattern in (
            wording.family(name, None).composed,
            wording.family(name, None).exempt,
            wording.family(name, None).conditions,
        )
        if pattern is not None
    ),
]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern[:30])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_match_lacks_what_the_pattern_needs(pattern: Pattern, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern._compiled))
    assert not pattern.vain(text) or pattern._compiled.search(text) is None


@pytest.mark.parametrize("used", [False, True])
def test_a_pattern_answers_as_the_expression_does(used: bool) -> None:
    def pattern() -> Pattern:
        made = Pattern("[红蓝]色?", needs="红蓝")
        assert not used or made.search("红")
        return made

    assert pattern().search("大红色裙", 1, 2) and not pattern().search("大红色裙", 2) and pattern().fullmatch("蓝色")
    assert pattern().match("大红", 1) and not pattern().match("大红")
    assert [match[0] for match in pattern().finditer("红蓝色")] == pattern().findall("红蓝色") == ["红", "蓝色"]
    assert pattern().sub("", "红色裙") == "裙" and pattern().split("大红裙") == ["大", "裙"]


def test_texts_without_what_it_needs_are_left_alone() -> None:
    pattern = Pattern("([红蓝])色", needs="红蓝")
    assert not (pattern.search("白") or pattern.match("白") or pattern.fullmatch("白") or pattern.findall("白"))
    assert not list(pattern.finditer("白")) and pattern.sub("黑", "白") == "白" and pattern.split("白") == ["白"]
    assert "_compiled" not in vars(pattern)


def test_none_of_the_characters_may_follow() -> None:
    guarded = Pattern("包" + not_before("邮-臀]"))
    assert guarded.search("包") and guarded.search("包裹") and guarded.search("包邮包")
    assert not any(guarded.search(f"包{char}") for char in "邮-臀]")


def test_fixed_words_are_held_anywhere_or_at_the_end() -> None:
    goods = holds("茶叶 坚果", ends="茶 果")
    assert goods("新茶叶罐") and goods("绿茶") and goods("绿茶\n") and not goods("茶杯") and not goods("")
    assert not holds("茶叶")("绿茶")


def test_an_expression_may_be_made_when_it_is_needed() -> None:
    made: list[str] = []

    def source() -> str:
        made.append("")
        return "红色"

    pattern = Pattern(source, needs="红")
    assert not pattern.search("白色") and not made
    assert pattern.search("红色") and pattern.search("大红色") and len(made) == 1
