"""`--format concise`: one line a finding, `path:line:column: CODE message`, and the totals."""

from __future__ import annotations

from pddlint.checkers.base import Lang
from pddlint.report import Report, Reported
from pddlint.reports import Layout
from pddlint.reports.terminal import SEVERITY_WORDS, Style, one_line, statistics, totals


def render(report: Report, layout: Layout) -> str:
    style = Style(layout.colour)
    if layout.statistics:
        return statistics(report, style)
    return "".join(line(finding, style, report.lang) + "\n" for finding in report.active) + totals(report, style)


def line(finding: Reported, style: Style, lang: Lang) -> str:
    """A finding in one line, the place first, so that editors and terminals can jump to it."""
    spot = finding.spot
    place = f"{style.bold(one_line(spot.path))}:{spot.line}:{spot.column}" if spot.path else "pddlint"
    unsure = f" [{finding.confidence:.0%}]" if finding.confidence < 0.995 else ""
    label = f"{SEVERITY_WORDS[finding.severity].in_(lang)} {finding.code}"
    return f"{place}: {style.severity(finding.severity, label)} {one_line(finding.message)}{style.dim(unsure)}"
