"""Every built-in rule's card: complete in both languages, and right on its own examples."""

from __future__ import annotations

import re

import pytest

from pddlint.checkers import registry
from pddlint.checkers.examples import ExampleError, run_examples
from pddlint.checkers.registry import Checker

BUILT_IN = [c for c in registry.load(()).checkers if c.module.startswith("pddlint.")]


def ids(checker: Checker) -> str:
    return checker.rule.code


# What a file or picture rule looks at cannot be written in a card: fixtures/rules holds its examples.
@pytest.mark.parametrize("checker", [c for c in BUILT_IN if c.rule.family not in ("CAT", "PLUG")], ids=ids)
def test_a_rule_names_what_its_examples_expect_and_nothing_else(checker: Checker) -> None:
    assert run_examples(checker.module) >= 2


@pytest.mark.parametrize("checker", BUILT_IN, ids=ids)
def test_a_card_is_complete_in_both_languages(checker: Checker) -> None:
    rule = checker.rule
    for text in (rule.summary, rule.message, rule.consequence, rule.remedy):
        assert re.search(r"[\u4e00-\u9fff]", text.zh)
        assert re.search(r"[a-z]{2}", text.en)
    assert bool(rule.detail.zh) == bool(rule.detail.en)
    for option in rule.options:
        assert option.help.zh and option.help.en
        assert not list(registry.check_options(rule, {option.name: option.default}))


def test_every_rule_of_the_rulebook_is_there() -> None:
    names = {c.rule.code: c.rule.name for c in BUILT_IN}
    assert {f"DUP00{n}" for n in range(1, 7)} | {f"BAIT00{n}" for n in range(1, 6)} <= names.keys()
    assert (names["DUP001"], names["BAIT004"]) == ("duplicate-color", "nonexistent-sku")


def test_an_example_that_does_not_hold_is_named() -> None:
    from types import SimpleNamespace
    from typing import Any, cast

    import msgspec

    (checker,) = [c for c in BUILT_IN if c.rule.code == "BAIT004"]
    lenient: Any = SimpleNamespace(RULE=checker.rule, check=lambda listing, context: ())
    with pytest.raises(ExampleError, match="BAIT004, example"):
        run_examples(cast(Any, lenient))
    lenient.RULE = msgspec.structs.replace(checker.rule, examples=())
    with pytest.raises(ExampleError, match="at least one violating and one clean"):
        run_examples(cast(Any, lenient))
