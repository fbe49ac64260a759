"""From what a run found to what is reported: selection, suppressions, thresholds, then line and column and wording for
those that remain.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from pddlint.catalog import troubles
from pddlint.catalog.discover import excluded, shown
from pddlint.catalog.locate import START, locate
from pddlint.checkers.base import Lang, Rule
from pddlint.engine import Result
from pddlint.findings import Finding, Place, Severity
from pddlint.i18n import fill
from pddlint.report import Report, Reported, Spot, Summary, Suppressed, at_least
from pddlint.selectors import means, specificity
from pddlint.settings import Settings
from pddlint.suppress import Suppressions

# Findings that say that something was not read, or not checked. Selecting other rules does not silence them.
UNREAD = frozenset({troubles.UNREADABLE, troubles.ENCODING, troubles.SYNTAX, troubles.UNSAFE})
ALWAYS = UNREAD | {troubles.FORMAT_FAILED, "PLUG001"}
_ABOUT_RULES = frozenset({"PLUG001", "CAT020"})  # told apart by what their evidence names, not by the listing alone


def settle(
    result: Result,
    settings: Settings,
    lang: Lang,
    today: datetime.date | None = None,
    wanted: Callable[[Finding], bool] | None = None,
) -> Report:
    """The report of a run. `wanted` restricts it further (to findings that touch what has changed)."""
    rules = result.registry.rules
    chosen = [f for f in result.findings if _is_selected(f, rules[f.code], result.active, settings)]
    chosen = [f for f in chosen if not _ignored_in_file(f, rules[f.code], settings)]
    suppressions = Suppressions(result, settings, today or datetime.date.today())
    silenced = [(finding, suppressions.silence(finding)) for finding in chosen]
    silenced += [
        (finding, None)
        for finding in suppressions.unused()
        if not _ignored_in_file(finding, rules[finding.code], settings)
    ]
    marks = fingerprints(finding for finding, _ in silenced)
    wording = _Wording(rules, settings, lang)
    reported = [
        wording.report(finding, by, mark)
        for (finding, by), mark in zip(silenced, marks, strict=True)
        if finding.confidence >= settings.min_confidence
        and at_least(severity_of(rules[finding.code], settings), settings.min_severity)
        and (wanted is None or wanted(finding))
    ]
    reported.sort(key=lambda r: (r.path, r.spot.line, r.spot.column, r.code, r.fingerprint))
    unread = any(f.code in UNREAD and by is None for f, by in silenced)
    return Report(tuple(reported), rules, _summary(result), lang, unread)


def severity_of(rule: Rule, settings: Settings) -> Severity:
    """The rule's severity, as configured by the selector that means it most closely."""
    ranked = [(specificity(selector, rule), severity) for selector, severity in settings.severity.items()]
    closest = max(ranked, key=lambda pair: pair[0], default=(-1, rule.severity))
    return closest[1] if closest[0] >= 0 else rule.severity


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """A stable mark for each finding, from what it is about: rule, listing and SKU ids; never lines or paths.

    Keeper, titles and prices stay out of it, so that a finding survives being moved, reformatted and reworded. A second
    finding about the same thing gets its shop, or its number, mixed in.
    """
    marks: list[str] = []
    seen: set[str] = set()
    for finding in findings:
        listing = finding.place.listing
        field = re.sub(r"(?<=/)[0-9]+(?=/|$)", "*", finding.place.pointer)
        about = [listing.id or listing.title] if listing else [PurePosixPath(finding.place.origin.path).name]
        if finding.place.picture:
            about.append(PurePosixPath(finding.place.picture).name)
        if not listing or finding.code in _ABOUT_RULES:
            about += [str(value) for _, value in sorted(finding.evidence.items()) if isinstance(value, str)]
        parts = [finding.code, *about, field, *sorted(finding.skus)]
        mark = _digest(parts)
        if mark in seen and listing:
            mark = _digest([*parts, listing.merchant, listing.shop])
        number = 2
        while mark in seen:
            mark = _digest([*parts, str(number)])
            number += 1
        seen.add(mark)
        marks.append(mark)
    return marks


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _is_selected(finding: Finding, rule: Rule, active: frozenset[str], settings: Settings) -> bool:
    return finding.code in active or (rule.code in ALWAYS and not means(settings.ignore, rule))


def _ignored_in_file(finding: Finding, rule: Rule, settings: Settings) -> bool:
    path = finding.place.origin.path
    return any(
        excluded(path, (pattern,)) and means(codes, rule) for pattern, codes in settings.per_file_ignores.items()
    )


class _Wording:
    """Findings put into words and given line and column. Paths are shown from the working folder."""

    def __init__(self, rules: dict[str, Rule], settings: Settings, lang: Lang) -> None:
        self.rules, self.settings, self.lang = rules, settings, lang
        self.here = Path.cwd()

    def report(self, finding: Finding, by: Suppressed | None, mark: str) -> Reported:
        rule = self.rules[finding.code]
        spot = self.spot(finding.place, finding.span)
        own = finding.place.origin.path
        arguments = {n: spot.path if own and value == own else value for n, value in finding.arguments.items()}
        return Reported(
            finding.code,
            rule.name,
            severity_of(rule, self.settings),
            round(finding.confidence, 4),
            " ".join(fill(rule.message, self.lang, **arguments).split()),
            rule.remedy.in_(self.lang),
            spot,
            finding.skus,
            tuple(self.spot(place) for place in finding.related),
            finding.evidence,
            mark,
            by,
        )

    def spot(self, place: Place, span: tuple[int, int, int, int] | None = None) -> Spot:
        origin = place.origin
        line, column, end_line, end_column = span or self._position(place)
        return Spot(
            place.role,
            self._shown(origin.path or place.picture),
            origin.pointer + place.pointer,
            line,
            column,
            end_line,
            end_column,
            place.listing,
            self._shown(place.picture),
            origin.document,
        )

    def _position(self, place: Place) -> tuple[int, int, int, int]:
        return locate(place.origin, place.pointer, self.settings.base) if place.origin.path else START

    def _shown(self, path: str) -> str:
        return shown(self.settings.base / path, self.here) if path else ""


def _summary(result: Result) -> Summary:
    counts = result.counts
    return Summary(counts.read.files, counts.listings, counts.skus, counts.images, round(result.seconds, 3))
