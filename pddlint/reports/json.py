"""`--format json`: one object, the contract with programs. Additions are compatible; nothing is renamed or removed."""

from __future__ import annotations

from typing import Any

import msgspec

from pddlint import __version__
from pddlint.report import Report, Reported, Spot, by_code
from pddlint.reports import Layout

FORMAT = "pddlint-report"
VERSION = 1


def render(report: Report, layout: Layout) -> str:
    data = {**header(), "findings": [finding_data(f) for f in report.findings], "summary": summary_data(report)}
    return msgspec.json.format(encode(data), indent=2).decode() + "\n"


def header() -> dict[str, Any]:
    return {"format": FORMAT, "version": VERSION, "tool": {"name": "pddlint", "version": __version__}}


def finding_data(finding: Reported) -> dict[str, Any]:
    """A finding as the contract has it."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "message": finding.message,
        "help": finding.help,
        **_spot_data(finding.spot),
        "skus": finding.skus,
        "related": [{"role": spot.role, **_spot_data(spot)} for spot in finding.related],
        "evidence": finding.evidence,
        "fingerprint": finding.fingerprint,
        "suppressed": finding.suppressed,
    }


def summary_data(report: Report) -> dict[str, Any]:
    summary = report.summary
    return {
        "files": summary.files,
        "listings": summary.listings,
        "skus": summary.skus,
        "images": summary.images,
        "findings": by_code(report.active),
        "suppressed": len(report.findings) - len(report.active),
        "seconds": summary.seconds,
    }


def encode(data: Any) -> bytes:
    """JSON in UTF-8. Lone surrogates, which no encoding can carry, become U+FFFD."""
    try:
        return msgspec.json.encode(data, enc_hook=_other)
    except UnicodeEncodeError:
        return msgspec.json.encode(_mended(msgspec.to_builtins(data, enc_hook=_other)))


def _spot_data(spot: Spot) -> dict[str, Any]:
    data: dict[str, Any] = {
        "path": spot.path,
        "document": spot.document,
        "pointer": spot.pointer,
        "line": spot.line,
        "column": spot.column,
        "end_line": spot.end_line,
        "end_column": spot.end_column,
        "listing": spot.listing,
    }
    if spot.picture:
        data["picture"] = spot.picture
    return data


def _other(value: Any) -> Any:
    """Values that a third party's evidence may hold beyond JSON's: numbers of numpy, sets, anything with a name."""
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    item = getattr(value, "item", None)
    return item() if callable(item) else str(value)


def _mended(data: Any) -> Any:
    if isinstance(data, str):
        return data.encode("utf-8", "replace").decode("utf-8") if data.isascii() else _without_surrogates(data)
    if isinstance(data, dict):
        return {_mended(key): _mended(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_mended(item) for item in data]
    return data


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
