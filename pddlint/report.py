"""A settled result: everything a report says, in the user's language, with line and column. Reports only lay it out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from pddlint.baseline import Entry
from pddlint.catalog.model import Listing
from pddlint.checkers.base import Lang, Rule
from pddlint.findings import SEVERITIES, ListingRef, Role, Severity
from pddlint.i18n import fill


class Suppressed(msgspec.Struct, frozen=True):
    """By what a finding is suppressed ("inline", "config", "baseline") and why."""

    by: str
    reason: str = ""


class Spot(msgspec.Struct, frozen=True):
    """A place made concrete. Lines and columns count from 1, columns in Unicode code points; the end is exclusive."""

    role: Role
    path: str
    pointer: str
    line: int
    column: int
    end_line: int
    end_column: int
    listing: ListingRef | None = None
    picture: str = ""
    document: int = 0


class Reported(msgspec.Struct, frozen=True):
    """One finding as reported."""

    code: str
    name: str
    severity: Severity
    confidence: float
    message: str
    help: str
    spot: Spot
    skus: tuple[str, ...]
    related: tuple[Spot, ...]
    evidence: dict[str, Any]
    fingerprint: str
    suppressed: Suppressed | None = None
    arguments: dict[str, str | int | float] = {}  # what `message` was made with

    @property
    def path(self) -> str:
        return self.spot.path

    @property
    def line(self) -> int:
        return self.spot.line

    @property
    def column(self) -> int:
        return self.spot.column

    @property
    def listing(self) -> ListingRef | None:
        return self.spot.listing


class Summary(msgspec.Struct, frozen=True):
    """What was looked at. `suppressed` counts findings that a suppression silenced."""

    files: int = 0
    listings: int = 0
    skus: int = 0
    images: int = 0
    seconds: float = 0.0


class Report(msgspec.Struct, frozen=True):
    """All findings in order (path, line, column, code), suppressed ones among them, and the cards of their rules."""

    findings: tuple[Reported, ...]
    rules: dict[str, Rule]
    summary: Summary
    lang: Lang
    unread: bool = False  # nothing was found to read, or something could not be read
    unneeded: tuple[Entry, ...] = ()  # entries of the baseline whose findings are gone
    listings: dict[ListingRef, Listing] = {}  # those that findings name; only where a report shows them

    @property
    def active(self) -> tuple[Reported, ...]:
        """The findings that no suppression silenced."""
        return tuple(f for f in self.findings if f.suppressed is None)

    def status(self, fail_on: Severity, exit_zero: bool = False) -> int:
        """The exit status: 3 when input was missing or unreadable, 1 when a finding is at least `fail_on`, else 0."""
        if self.unread:
            return 3
        return int(not exit_zero and any(at_least(f.severity, fail_on) for f in self.active))


def worded(finding: Reported, rule: Rule, lang: Lang) -> str:
    """The finding's message in a language."""
    return " ".join(fill(rule.message, lang, **finding.arguments).split())


def at_least(severity: Severity, floor: Severity) -> bool:
    return SEVERITIES.index(severity) >= SEVERITIES.index(floor)


def by_code(findings: Iterable[Reported]) -> dict[str, int]:
    """How many findings each rule has, in the order of the codes."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    return dict(sorted(counts.items()))
