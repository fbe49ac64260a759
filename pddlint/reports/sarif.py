"""`--format sarif`: SARIF 2.1.0 (OASIS), one run. Columns count Unicode code points, as in every other format."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from pddlint import __version__
from pddlint.checkers.base import Lang, Rule
from pddlint.i18n import sentence
from pddlint.report import Report, Reported, Spot
from pddlint.reports import Layout
from pddlint.reports.json import encode

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_TAGS = {"DUP": "duplicate-listing", "BAIT": "low-price-bait", "CAT": "catalog-file"}


def render(report: Report, layout: Layout) -> str:
    used = sorted({finding.code for finding in report.findings})
    index = {code: number for number, code in enumerate(used)}
    driver = {
        "name": "pddlint",
        "version": __version__,
        "semanticVersion": __version__,
        "language": "zh-CN" if report.lang == "zh" else "en-US",
        "rules": [_rule(report.rules[code], report.lang) for code in used],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"uri": Path.cwd().as_uri().rstrip("/") + "/"}},
        "invocations": [_invocation(report, index)],
        "results": [_result(finding, index) for finding in report.findings if finding.path],
        "properties": {"summary": report.summary},
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(encode(log), indent=2).decode() + "\n"


def _rule(rule: Rule, lang: Lang) -> dict[str, Any]:
    other: Lang = "en" if lang == "zh" else "zh"
    languages = (lang, other)
    help_text = "\n\n".join(f"{rule.consequence.in_(one)}\n{rule.remedy.in_(one)}" for one in languages)
    markdown = "\n\n---\n\n".join(_markdown(rule, one) for one in languages)
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": sentence(rule.summary, lang)},
        "fullDescription": {"text": sentence(rule.detail if rule.detail.zh else rule.summary, lang)},
        "help": {"text": help_text, "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
        "properties": {"tags": [_TAGS.get(rule.family, rule.family.lower())], "precision": "high"},
    }


def _markdown(rule: Rule, lang: Lang) -> str:
    parts = (rule.summary, rule.detail, rule.consequence, rule.remedy)
    return "\n\n".join([f"**{rule.code} {rule.name}**", *(part.in_(lang) for part in parts if part.in_(lang))])


def _result(finding: Reported, index: dict[str, int]) -> dict[str, Any]:
    result = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVELS[finding.severity],
        "rank": round(100 * finding.confidence, 1),
        "message": {"text": finding.message},
        "locations": [_location(finding.spot)],
        "relatedLocations": [
            {"id": number, **_location(spot), "message": {"text": _role(spot)}}
            for number, spot in enumerate(finding.related, 1)
            if spot.path
        ],
        "partialFingerprints": {"pddlint/v1": finding.fingerprint},
        "suppressions": _suppressions(finding),
        "properties": {
            "confidence": finding.confidence,
            "help": finding.help,
            "listing": finding.listing,
            "skus": finding.skus,
            "evidence": finding.evidence,
        },
    }
    return {key: value for key, value in result.items() if value != [] or key == "suppressions"}


def _suppressions(finding: Reported) -> list[dict[str, str]]:
    if finding.suppressed is None:
        return []
    kind = "inSource" if finding.suppressed.by == "inline" else "external"
    return [{"kind": kind, "status": "accepted", "justification": finding.suppressed.reason or finding.suppressed.by}]


def _location(spot: Spot) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": _artifact(spot.path),
            "region": {
                "startLine": spot.line,
                "startColumn": max(1, spot.column),
                "endLine": spot.end_line,
                "endColumn": max(1, spot.end_column),
            },
        }
    }
    if spot.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": spot.pointer, "kind": "object"}]
    return location


def _artifact(path: str) -> dict[str, str]:
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(path), "uriBaseId": "SRCROOT"}


def _role(spot: Spot) -> str:
    listing = f" {spot.listing.id} {spot.listing.title}".rstrip() if spot.listing else ""
    return f"{spot.role}{listing}"


def _invocation(report: Report, index: dict[str, int]) -> dict[str, Any]:
    """How the run went; findings about no file at all (a rule that could not be loaded) are notifications."""
    notes = [
        {
            "descriptor": {"id": finding.code},
            "associatedRule": {"id": finding.code, "index": index[finding.code]},
            "level": _LEVELS[finding.severity],
            "message": {"text": finding.message},
        }
        for finding in report.findings
        if not finding.path
    ]
    invocation: dict[str, Any] = {"executionSuccessful": not report.unread}
    if notes:
        invocation["toolExecutionNotifications"] = notes
    return invocation
