"""`--format github`: workflow commands that GitHub Actions turns into annotations on the changed files."""

from __future__ import annotations

from pddlint.checkers.base import Lang
from pddlint.report import Report, Reported
from pddlint.reports import Layout
from pddlint.reports.terminal import ROLES

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, layout: Layout) -> str:
    return "".join(_line(finding, report.lang) + "\n" for finding in report.active)


def _line(finding: Reported, lang: Lang) -> str:
    spot = finding.spot
    properties = {"title": f"{finding.code} ({finding.name})"}
    if spot.path:
        properties |= {"file": spot.path, "line": str(spot.line), "endLine": str(spot.end_line)}
        if spot.line == spot.end_line:  # GitHub accepts columns only within one line
            properties |= {"col": str(spot.column), "endColumn": str(spot.end_column)}
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    places = "".join(f"\n→ {ROLES[r.role].in_(lang)} {r.path}:{r.line}:{r.column}" for r in finding.related)
    return f"::{_COMMANDS[finding.severity]} {said}::{_data(finding.message + places)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
