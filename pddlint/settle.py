"""From what a run found to what is reported: selection, suppressions, thresholds, then line and column and wording for
those that remain.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from pddlint import baseline
from pddlint.baseline import Entry
from pddlint.catalog import troubles
from pddlint.catalog.discover import excluded, shown
from pddlint.catalog.locate import START, Span, locate
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
    position: Callable[[Place], Span] | None = None,
) -> Report:
    """The report of a run. `wanted` restricts it further (to findings that touch what has changed); `position` gives
    line and column of a place, where files on disk are not what was linted."""
    rules = result.registry.rules
    silenced, unneeded = _known_before(_silenced(result, settings, today), result, settings)
    marks = fingerprints(finding for finding, _ in silenced)
    wording = _Wording(rules, settings, lang, position)
    reported = [
        wording.report(finding, by, mark)
        for (finding, by), mark in zip(silenced, marks, strict=True)
        if _counts(finding, rules, settings) and (wanted is None or wanted(finding))
    ]
    reported.sort(key=lambda r: (r.path, r.spot.line, r.spot.column, r.code, r.fingerprint))
    unread = any(f.code in UNREAD and by is None for f, by in silenced)
    return Report(tuple(reported), rules, _summary(result), lang, unread, unneeded)


def fresh(result: Result, settings: Settings, today: datetime.date | None = None) -> list[Finding]:
    """The findings that a baseline written now would hold: all that are reported, except that something was not read
    or not checked, which nobody can accept unseen."""
    rules = result.registry.rules
    silenced = _silenced(result, settings, today)
    return [f for f, by in silenced if by is None and f.code not in ALWAYS and _counts(f, rules, settings)]


Silenced = list[tuple[Finding, Suppressed | None]]


def _silenced(result: Result, settings: Settings, today: datetime.date | None) -> Silenced:
    """The findings of the rules selected, each with the suppression that silences it."""
    rules = result.registry.rules
    chosen = [f for f in result.findings if _is_selected(f, rules[f.code], result.active, settings)]
    chosen = [f for f in chosen if not _ignored_in_file(f, rules[f.code], settings)]
    suppressions = Suppressions(result, settings, today or datetime.date.today())
    silenced = [(finding, suppressions.silence(finding)) for finding in chosen]
    unused = [f for f in suppressions.unused() if not _ignored_in_file(f, rules[f.code], settings)]
    return silenced + [(finding, None) for finding in unused]


def _counts(finding: Finding, rules: dict[str, Rule], settings: Settings) -> bool:
    """Whether a finding is certain and severe enough to be reported."""
    severity = severity_of(rules[finding.code], settings)
    return finding.confidence >= settings.min_confidence and at_least(severity, settings.min_severity)


def _known_before(silenced: Silenced, result: Result, settings: Settings) -> tuple[Silenced, tuple[Entry, ...]]:
    """The findings, those in the baseline suppressed by it; and the entries of the baseline that are not needed.

    An entry counts as not needed only when its rule ran over all that the baseline was written for. What could not be
    read or checked is never taken for known.
    """
    if settings.baseline is None:
        return silenced, ()
    file = settings.base / settings.baseline
    known = baseline.load(file)
    absorber = baseline.Absorber(known)
    fresh = [finding for finding, by in silenced if by is None and finding.code not in ALWAYS]
    absorbed = iter(absorber.absorb([entry(finding) for finding in fresh]))
    marked = [
        (finding, Suppressed("baseline") if by is None and finding.code not in ALWAYS and next(absorbed) else by)
        for finding, by in silenced
    ]
    if any(f.code in ALWAYS for f in result.findings) or not baseline.covers(known, file.parent, result.roots):
        return marked, ()
    return marked, tuple(left for left in absorber.unneeded() if left.rule in result.active)


def entry(finding: Finding) -> Entry:
    """A finding as a baseline has it."""
    listing = finding.place.listing
    return Entry(
        finding.code,
        listing.id or listing.title if listing else "",
        listing.shop if listing else "",
        tuple(sorted(finding.skus)),
        "" if listing else PurePosixPath(finding.place.origin.path).name,
        _digest(_about(finding)),
    )


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
        parts = _about(finding)
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


def _about(finding: Finding) -> list[str]:
    """What a finding is about: rule, listing and SKU ids, and the field; for what is no listing, the file's name."""
    listing = finding.place.listing
    field = re.sub(r"(?<=/)[0-9]+(?=/|$)", "*", finding.place.pointer)
    about = [listing.id or listing.title] if listing else [PurePosixPath(finding.place.origin.path).name]
    if finding.place.picture:
        about.append(PurePosixPath(finding.place.picture).name)
    if not listing or finding.code in _ABOUT_RULES:
        about += [str(value) for _, value in sorted(finding.evidence.items()) if isinstance(value, str)]
    return [finding.code, *about, field, *sorted(finding.skus)]


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

    def __init__(
        self, rules: dict[str, Rule], settings: Settings, lang: Lang, position: Callable[[Place], Span] | None
    ) -> None:
        self.rules, self.settings, self.lang, self.position = rules, settings, lang, position
        self.here = Path.cwd()
        self._paths: dict[str, str] = {}  # as shown

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
            arguments,
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

    def _position(self, place: Place) -> Span:
        if self.position is not None:
            return self.position(place)
        return locate(place.origin, place.pointer, self.settings.base) if place.origin.path else START

    def _shown(self, path: str) -> str:
        known = self._paths.get(path)
        if known is None:
            url = not path or "://" in path[:12]
            known = self._paths[path] = path if url else shown(self.settings.base / path, self.here)
        return known


def _summary(result: Result) -> Summary:
    counts = result.counts
    return Summary(counts.read.files, counts.listings, counts.skus, counts.images, round(result.seconds, 3))
