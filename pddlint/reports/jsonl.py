"""`--format jsonl`: one finding a line, each as in the JSON report. Nothing to report is an empty output."""

from __future__ import annotations

from pddlint.report import Report
from pddlint.reports import Layout
from pddlint.reports.json import encode, finding_data


def render(report: Report, layout: Layout) -> str:
    return "".join(encode(finding_data(finding)).decode() + "\n" for finding in report.findings)
