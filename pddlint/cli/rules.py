"""`pddlint rules`: every rule in one table."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from pddlint.checkers import registry
from pddlint.checkers.base import Lang
from pddlint.checkers.registry import Checker
from pddlint.cli.output import colours
from pddlint.reports.json import encode
from pddlint.reports.terminal import SEVERITY_WORDS, Style, display_width


def run(arguments: argparse.Namespace, lang: Lang) -> int:
    found = registry.load()
    if arguments.format == "json":
        print(encode([_data(checker) for checker in found.checkers]).decode())
        return 0
    style = Style(colours("auto", sys.stdout))
    rows = [
        (c.rule.code, c.rule.name, SEVERITY_WORDS[c.rule.severity].in_(lang), c.rule.summary.in_(lang))
        for c in found.checkers
    ]
    widths = [max((display_width(row[column]) for row in rows), default=0) for column in range(3)]
    for checker, row in zip(found.checkers, rows, strict=True):
        cells = [text + " " * (width - display_width(text)) for text, width in zip(row, widths, strict=False)]
        cells[0] = style.severity(checker.rule.severity, cells[0])
        off = "" if checker.rule.default else ("（默认关闭）" if lang == "zh" else " (off by default)")
        print("  ".join([*cells, row[3] + off]))
    for problem in found.problems:
        print(f"pddlint: {problem.module} ({problem.source}): {problem.error}", file=sys.stderr)
    return 0


def _data(checker: Checker) -> dict[str, Any]:
    rule = checker.rule
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity,
        "default": rule.default,
        "scope": checker.scope,
        "source": checker.source,
        "summary": rule.summary,
        "message": rule.message,
        "consequence": rule.consequence,
        "remedy": rule.remedy,
        "detail": rule.detail,
        "options": rule.options,
        "examples": rule.examples,
    }
