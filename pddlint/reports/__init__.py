"""Report formats: each module is a function from a settled report to text; `render` finds it by the format's name."""

from __future__ import annotations

from importlib import import_module

import msgspec

from pddlint.report import Report

FORMATS = ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "markdown", "html")
ILLUSTRATED = frozenset({"html"})  # show the listings themselves, which are read again for them
TERMINAL = frozenset({"full", "concise"})  # read by people: coloured, and followed by the totals


class Layout(msgspec.Struct, frozen=True):
    """How a report is to look, where the format leaves a choice."""

    colour: bool = False
    width: int = 100  # terminal columns
    statistics: bool = False  # totals per rule instead of the findings
    show_suppressed: bool = False


def render(name: str, report: Report, layout: Layout) -> str:
    """The report in a format of `FORMATS`, ending in a line break unless empty."""
    module = import_module(f"pddlint.reports.{name}")
    text: str = module.render(report, layout)
    return text
