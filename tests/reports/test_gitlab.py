"""GitLab's Code Quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pddlint.report import Report
from pddlint.reports import Layout, render
from tests.reports.odd import empty_report, odd_report

SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def issues(report: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(render("gitlab", report, Layout()))
    return found


def test_every_issue_has_what_gitlab_requires() -> None:
    report = odd_report(30)
    found = issues(report)
    assert len(found) == len(report.active)
    for issue in found:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert all(isinstance(issue[key], str) and issue[key] for key in ("description", "check_name", "fingerprint"))
        assert issue["severity"] in SEVERITIES
        assert set(issue["location"]) == {"path", "lines"}
        assert isinstance(issue["location"]["lines"]["begin"], int)
    assert len({issue["fingerprint"] for issue in found}) == len(found)


def test_nothing_to_report_is_an_empty_list() -> None:
    assert issues(empty_report()) == []


def test_paths_start_at_the_root_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "shops" / "a").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "shops" / "a")
    assert issues(odd_report(1))[0]["location"]["path"] == "shops/a/目录/a b.json"
    first = odd_report(1).findings[0]
    outside = msgspec.structs.replace(first.spot, path=str(tmp_path / "shops" / "b.json"))
    moved = msgspec.structs.replace(first, spot=outside)
    assert issues(msgspec.structs.replace(odd_report(1), findings=(moved,)))[0]["location"]["path"] == "shops/b.json"


def test_what_no_file_holds_is_at_the_root() -> None:
    report = odd_report(1)
    nowhere = msgspec.structs.replace(report.findings[0].spot, path="")
    moved = msgspec.structs.replace(report.findings[0], spot=nowhere)
    assert issues(msgspec.structs.replace(report, findings=(moved,)))[0]["location"]["path"] == "."
