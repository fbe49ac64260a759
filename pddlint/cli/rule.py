"""`pddlint rule CODE`: the page of a rule."""

from __future__ import annotations

import argparse
import sys

from pddlint.checkers import registry
from pddlint.checkers.base import Lang, Text
from pddlint.cli.output import colours
from pddlint.errors import UsageError, did_you_mean
from pddlint.rulepage import page, styled


def run(arguments: argparse.Namespace, lang: Lang) -> int:
    found = registry.load()
    checker = found.find(arguments.code)
    if checker is None:
        zh, en = did_you_mean(arguments.code, [*found.rules, *(rule.name for rule in found.rules.values())])
        raise UsageError(Text(f"没有规则叫 {arguments.code!r}{zh}", f"no rule is called {arguments.code!r}{en}"))
    text = page(checker, lang)
    print(styled(text) if colours("auto", sys.stdout) else text, end="")
    return 0
