"""`--format junit`: JUnit XML as Jenkins, GitLab and Azure read it. A suite for each file, a case for each finding.

Errors and warnings are failures, infos pass with their message as output, suppressed findings are skipped. A clean run
has one passing case, because consumers take a file without any for a broken build.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree as Xml

from pddlint.report import Report, Reported, Spot
from pddlint.reports import Layout
from pddlint.reports.evidence import evidence_line
from pddlint.reports.terminal import ROLES, Style, one_line, totals


def render(report: Report, layout: Layout) -> str:
    suites = Xml.Element("testsuites", name="pddlint")
    for path, group in groupby(report.findings, key=lambda finding: finding.path):
        _suite(suites, path or "pddlint", list(group), report)
    if not report.findings:
        suite = Xml.SubElement(suites, "testsuite", {"name": "pddlint", **_counts(())})
        case = Xml.SubElement(suite, "testcase", classname="pddlint", name="check")
        Xml.SubElement(case, "system-out").text = one_line(totals(report, Style(False)).strip())
    suites.attrib |= {**_counts(report.findings), "time": f"{report.summary.seconds:.3f}"}
    Xml.indent(suites)
    text: str = Xml.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _counts(findings: Sequence[Reported]) -> dict[str, str]:
    failures = sum(_fails(finding) for finding in findings)
    skipped = sum(finding.suppressed is not None for finding in findings)
    return {"tests": str(len(findings) or 1), "failures": str(failures), "errors": "0", "skipped": str(skipped)}


def _fails(finding: Reported) -> bool:
    return finding.suppressed is None and finding.severity != "info"


def _suite(suites: Xml.Element, path: str, findings: list[Reported], report: Report) -> None:
    suite = Xml.SubElement(suites, "testsuite", {"name": one_line(path), **_counts(findings)})
    for finding in findings:
        case = Xml.SubElement(
            suite,
            "testcase",
            classname=f"pddlint.{finding.code}",
            name=one_line(_subject(finding)),
            file=one_line(finding.path),
            line=str(finding.line),
        )
        if finding.suppressed is not None:
            why = finding.suppressed.reason or finding.suppressed.by
            Xml.SubElement(case, "skipped", message=one_line(why))
        elif _fails(finding):
            failure = Xml.SubElement(case, "failure", message=one_line(finding.message), type=finding.severity)
            failure.text = _body(finding, report)
        else:
            Xml.SubElement(case, "system-out").text = _body(finding, report)


def _subject(finding: Reported) -> str:
    """The case's name: rule and ids, so that a case keeps its name from run to run."""
    listing = finding.listing
    about = [listing.shop, listing.id] if listing else [finding.fingerprint[:8]]
    return " ".join([finding.code, finding.name, "/".join(part for part in (*about, *finding.skus) if part)])


def _body(finding: Reported, report: Report) -> str:
    lines = [f"{_place(finding.spot)}: {finding.message}"]
    lines += [f"{ROLES[spot.role].in_(report.lang)} {_place(spot)}" for spot in finding.related]
    lines += [evidence_line(finding.evidence, report.lang), finding.help]
    return "\n".join(one_line(line) for line in lines if line)


def _place(spot: Spot) -> str:
    return f"{spot.path}:{spot.line}:{spot.column}" if spot.path else "pddlint"
