"""`--format gitlab`: a Code Quality artifact for GitLab, whose merge requests compare it by fingerprint and path.

GitLab wants paths from the repository's root, whatever folder pddlint ran in, and no fingerprint twice.
"""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any

import msgspec

from pddlint.report import Report, Reported
from pddlint.reports import Layout
from pddlint.reports.json import encode

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report, layout: Layout) -> str:
    here = Path.cwd()
    root = repository(here)
    issues = [_issue(finding, here, root) for finding in report.active]
    return msgspec.json.format(encode(issues), indent=2).decode() + "\n"


def repository(folder: Path) -> Path:
    """The root of the repository that holds a folder; the folder itself when it is in none."""
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)


def _issue(finding: Reported, here: Path, root: Path) -> dict[str, Any]:
    return {
        "description": f"{finding.message} ({finding.name})",
        "check_name": finding.code,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": _path(finding.path, here, root), "lines": {"begin": finding.line}},
    }


def _path(path: str, here: Path, root: Path) -> str:
    """A reported path as seen from the root; "." for what no file holds, absolute for what is outside."""
    if not path:
        return "."
    absolute = here / path
    return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else PurePath(path).as_posix()
