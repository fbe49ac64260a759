"""Findings as an editor shows them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import msgspec
from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    DiagnosticTag,
    Location,
)
from pygls.uris import from_fs_path, to_fs_path

from pddlint.checkers.base import Lang, Text
from pddlint.findings import Severity
from pddlint.lsp.text import Lines, Units
from pddlint.report import Report, Reported
from pddlint.reports.terminal import ROLES
from pddlint.suppress import UNUSED

SOURCE = "pddlint"
_SEVERITIES: dict[Severity, DiagnosticSeverity] = {
    "error": DiagnosticSeverity.Error,
    "warning": DiagnosticSeverity.Warning,
    "info": DiagnosticSeverity.Information,
}
_REMEDY = Text("怎么改：", "Remedy: ")


class Item(msgspec.Struct, frozen=True):
    """A finding beside what the editor was told of it."""

    reported: Reported
    diagnostic: Diagnostic


def uri_of(path: Path | str) -> str:
    """A path's address. Editors may write the same address in other ways."""
    return from_fs_path(str(Path(path).absolute())) or ""


def path_of(uri: str) -> Path | None:
    """The path that an address names, None where it is no file: what an editor shows of an older version has the same
    path under another scheme."""
    path = to_fs_path(uri) if uri[:5].lower() == "file:" else None
    return Path(path) if path and "\0" not in path else None


def items(report: Report, units: Units, texts: dict[str, str]) -> dict[str, list[Item]]:
    """Real path -> what stands in that file, of the findings that nothing silences.

    `texts` are the files open in the editor, by real path, where they are not as on disk.
    """
    lines = Lines((spot for f in report.active for spot in (f.spot, *f.related)), texts)
    found: dict[str, list[Item]] = {}
    for finding in report.active:
        if finding.path and not finding.spot.picture:
            diagnostic = _diagnostic(finding, report.lang, units, lines)
            found.setdefault(os.path.realpath(finding.path), []).append(Item(finding, diagnostic))
    return found


def nowhere(report: Report) -> Iterable[Reported]:
    """Findings about the run itself, which stand in no file."""
    return (finding for finding in report.active if not finding.path)


def _diagnostic(finding: Reported, lang: Lang, units: Units, lines: Lines) -> Diagnostic:
    page = _page(finding, lang)
    return Diagnostic(
        units.head(finding.spot, lines.of(finding.path), finding.skus),
        f"{finding.message}\n{_REMEDY.in_(lang)}{finding.help}" if finding.help else finding.message,
        _SEVERITIES[finding.severity],
        finding.code,
        CodeDescription(page) if page else None,
        SOURCE,
        [DiagnosticTag.Unnecessary] if finding.name == UNUSED else None,
        [_related(finding, number, lang, units, lines) for number in range(len(finding.related))] or None,
        {"fingerprint": finding.fingerprint},
    )


def _related(finding: Reported, number: int, lang: Lang, units: Units, lines: Lines) -> DiagnosticRelatedInformation:
    spot = finding.related[number]
    named = f"{spot.listing.id} {spot.listing.title}" if spot.listing else ""
    where = Location(uri_of(spot.path), units.head(spot, lines.of(spot.path)))
    return DiagnosticRelatedInformation(where, f"{ROLES[spot.role].in_(lang)} {named}".rstrip())


def _page(finding: Reported, lang: Lang) -> str:
    """The address of the rule's page, "" for a rule that has none here."""
    family = finding.code.rstrip("0123456789").lower()
    page = files("pddlint") / "checkers" / family / ("README.zh-CN.md" if lang == "zh" else "README.md")
    anchor = f"{finding.code.lower()}-{finding.name}"
    return f"{uri_of(str(page))}#{anchor}" if page.is_file() else ""
