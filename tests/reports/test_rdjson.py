"""The Reviewdog Diagnostic Format: https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from pddlint import lint
from pddlint.report import Report
from pddlint.reports import Layout, render
from tests.reports.odd import empty_report, odd_report

DIAGNOSTIC = {"message", "location", "severity", "code", "related_locations"}


def parsed(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render("rdjson", report, Layout()))
    return found


def check_location(location: dict[str, Any]) -> None:
    assert isinstance(location["path"], str)
    assert set(location) <= {"path", "range"}
    for position in location.get("range", {}).values():
        assert set(position) <= {"line", "column"}
        assert all(isinstance(number, int) and number >= 1 for number in position.values())


def test_every_message_is_one_of_the_published_format() -> None:
    report = odd_report(30)
    data = parsed(report)
    assert set(data) == {"source", "diagnostics"} and data["source"] == {"name": "pddlint"}
    assert len(data["diagnostics"]) == len(report.active)
    for diagnostic in data["diagnostics"]:
        assert set(diagnostic) == DIAGNOSTIC
        assert diagnostic["severity"] in {"ERROR", "WARNING", "INFO"}
        assert set(diagnostic["code"]) == {"value"} and isinstance(diagnostic["message"], str)
        check_location(diagnostic["location"])
        for related in diagnostic["related_locations"]:
            assert set(related) == {"message", "location"}
            check_location(related["location"])
    assert parsed(empty_report())["diagnostics"] == []


@pytest.mark.parametrize("packed", [False, True])
def test_columns_count_bytes(tmp_path: Path, packed: bool) -> None:
    text = '[{"id": "1", "title": "毛巾🧣", "pddlint": {"ignore": ["NOPE"]}, "skus": []}]'
    if packed:
        (tmp_path / "a.json.gz").write_bytes(gzip.compress(text.encode()))
    else:
        (tmp_path / "a.json").write_text(text, "utf-8")
    report = lint(tmp_path, isolated=True, select=["CAT020"])
    (diagnostic,) = parsed(report)["diagnostics"]
    span = diagnostic["location"]["range"]
    raw = text.encode()
    assert raw[span["start"]["column"] - 1 : span["end"]["column"] - 1] == b'{"ignore": ["NOPE"]}'


def test_a_file_that_is_gone_leaves_whole_lines() -> None:
    (diagnostic, *_) = parsed(odd_report())["diagnostics"]
    assert diagnostic["location"]["range"] == {"start": {"line": 1}, "end": {"line": 1}}
