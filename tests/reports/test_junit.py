"""JUnit XML as its consumers read it: counts that add up, one failure a finding, well-formed whatever titles hold."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from pddlint.report import Report
from pddlint.reports import Layout, render
from tests.reports.odd import empty_report, odd_report

CASE_CHILDREN = {"failure", "skipped", "system-out"}


def parsed(report: Report) -> ElementTree.Element:
    return ElementTree.fromstring(render("junit", report, Layout()).encode())


def test_counts_add_up_and_every_case_says_how_it_ended() -> None:
    report = odd_report(30)
    root = parsed(report)
    assert root.tag == "testsuites"
    cases = root.findall("./testsuite/testcase")
    assert len(cases) == len(report.findings) == int(root.attrib["tests"])
    for key, tag in (("failures", "failure"), ("skipped", "skipped"), ("errors", "error")):
        assert int(root.attrib[key]) == len(root.findall(f".//{tag}"))
        assert sum(int(suite.attrib[key]) for suite in root) == int(root.attrib[key])
    for case in cases:
        assert {"classname", "name", "file", "line"} <= case.attrib.keys()
        assert [child.tag for child in case if child.tag in CASE_CHILDREN] != []
    for failure in root.iter("failure"):
        assert failure.attrib["message"] and failure.attrib["type"] in {"error", "warning"} and failure.text


def test_a_clean_run_has_one_passing_case() -> None:
    root = parsed(empty_report("en"))
    (case,) = root.findall("./testsuite/testcase")
    assert (root.attrib["tests"], root.attrib["failures"]) == ("1", "0")
    assert "nothing to report" in (case.findtext("system-out") or "")


@given(st.text(alphabet=st.characters(exclude_categories=()), min_size=1, max_size=30))
def test_any_text_stays_well_formed(text: str) -> None:
    parsed(odd_report(7, texts=(text,)))
