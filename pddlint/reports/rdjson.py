"""`--format rdjson`: the Reviewdog Diagnostic Format (reviewdog/reviewdog, proto/rdf/reviewdog.proto), one object.

Its columns count bytes of UTF-8 from 1, so the lines that findings stand on are read again to turn code points into
bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

import msgspec

from pddlint.catalog.decode import Unreadable
from pddlint.checkers.base import Lang
from pddlint.report import Report, Reported, Spot
from pddlint.reports import Layout
from pddlint.reports.excerpt import source_lines
from pddlint.reports.json import encode
from pddlint.reports.terminal import ROLES

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render(report: Report, layout: Layout) -> str:
    columns = ByteColumns(spot for finding in report.active for spot in (finding.spot, *finding.related))
    data = {
        "source": {"name": "pddlint"},
        "diagnostics": [_diagnostic(finding, columns, report.lang) for finding in report.active],
    }
    return msgspec.json.format(encode(data), indent=2).decode() + "\n"


def _diagnostic(finding: Reported, columns: ByteColumns, lang: Lang) -> dict[str, Any]:
    return {
        "message": f"{finding.message}\n{finding.help}" if finding.help else finding.message,
        "location": _location(finding.spot, columns),
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code},
        "related_locations": [
            {"message": _role(spot, lang), "location": _location(spot, columns)} for spot in finding.related
        ],
    }


def _role(spot: Spot, lang: Lang) -> str:
    listing = f" {spot.listing.id} {spot.listing.title}".rstrip() if spot.listing else ""
    return f"{ROLES[spot.role].in_(lang)}{listing}"


def _location(spot: Spot, columns: ByteColumns) -> dict[str, Any]:
    """The place; without a range for what no line of a file holds."""
    if not spot.path or spot.picture:
        return {"path": PurePath(spot.path).as_posix()}
    start = columns.of(spot.path, spot.line, spot.column)
    end = columns.of(spot.path, spot.end_line, spot.end_column)
    first, last = {"line": spot.line}, {"line": spot.end_line}
    if start is not None and end is not None:  # without columns on both ends whole lines are meant
        first["column"], last["column"] = start, end
    return {"path": PurePath(spot.path).as_posix(), "range": {"start": first, "end": last}}


class ByteColumns:
    """Columns of many places, counted in bytes. Each file is read once, as far as the last line needed."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        wanted: dict[str, dict[int, set[int]]] = {}
        for spot in spots:
            if spot.path and not spot.picture:
                for line, column in ((spot.line, spot.column), (spot.end_line, spot.end_column)):
                    wanted.setdefault(spot.path, {}).setdefault(line, set()).add(column)
        self.found: dict[tuple[str, int, int], int] = {}
        for path, lines in wanted.items():
            try:
                for line, column, byte in _byte_columns(path, lines):
                    self.found[path, line, column] = byte
            except (OSError, ValueError, Unreadable):
                continue

    def of(self, path: str, line: int, column: int) -> int | None:
        """The column in bytes, from 1; None when the file no longer tells."""
        return self.found.get((path, line, column))


def _byte_columns(path: str, lines: dict[int, set[int]]) -> Iterator[tuple[int, int, int]]:
    last = max(lines)
    for number, text in enumerate(source_lines(path), 1):
        done = byte = 0
        for column in sorted(lines.get(number, ())):
            byte += len(text[done : column - 1].encode("utf-8", "surrogatepass"))
            done = max(done, column - 1)
            yield number, column, byte + 1
        if number >= last:
            return
