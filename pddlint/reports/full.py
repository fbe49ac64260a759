"""`--format full`: for people at a terminal. The source with both places of a duplicate, the evidence in one line, and
what to do. Findings of one rule about one listing stand together, said once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pddlint.checkers.base import Text
from pddlint.report import Report, Reported, Spot
from pddlint.reports import Layout
from pddlint.reports.evidence import evidence_line
from pddlint.reports.excerpt import Excerpts
from pddlint.reports.terminal import (
    ROLES,
    SEVERITY_WORDS,
    Style,
    display_width,
    fitted,
    one_line,
    statistics,
    totals,
    wrapped,
)

_EVIDENCE = Text("依据", "evidence")
_REMEDY = Text("怎么改", "remedy")
_SILENCED = Text("已压制", "suppressed")
_MOST = 12  # findings shown of one rule about one listing


def render(report: Report, layout: Layout) -> str:
    style = Style(layout.colour)
    if layout.statistics:
        return statistics(report, style)
    shown = report.findings if layout.show_suppressed else report.active
    return some(shown, report, layout) + totals(report, style)


def some(findings: tuple[Reported, ...], report: Report, layout: Layout) -> str:
    """Some of the report's findings, without the totals."""
    groups = [list(group) for _, group in groupby(_together(findings), key=_subject)]
    spots = [spot for group in groups for spot in (group[0].spot, *group[0].related)]
    writer = _Writer(report, layout, Style(layout.colour), Excerpts(spots))
    return "".join(f"{line}\n" for group in groups for line in writer.group(group))


def _subject(finding: Reported) -> tuple[str, str, str, str]:
    listing = finding.listing
    if listing is None:
        return (finding.code, finding.path, finding.fingerprint, "")
    return (finding.code, finding.path, listing.shop, listing.id or finding.spot.pointer)


def _together(findings: tuple[Reported, ...]) -> list[Reported]:
    """The findings with those about one subject next to each other, at the place of the first."""
    first: dict[tuple[str, str, str, str], int] = {}
    for index, finding in enumerate(findings):
        first.setdefault(_subject(finding), index)
    return sorted(findings, key=lambda f: first[_subject(f)])


class _Writer:
    def __init__(self, report: Report, layout: Layout, style: Style, excerpts: Excerpts) -> None:
        self.report, self.style, self.excerpts = report, style, excerpts
        self.lang = report.lang
        self.width = layout.width

    def group(self, findings: list[Reported]) -> Iterator[str]:
        """The lines for findings of one rule about one listing (most often one finding)."""
        head = findings[0]
        style = self.style
        word = SEVERITY_WORDS[head.severity].in_(self.lang)
        title = style.severity(head.severity, f"{word} {head.code} {head.name}")
        unsure = style.dim(f"  {head.confidence:.0%}") if head.confidence < 0.995 and len(findings) == 1 else ""
        count = style.dim(f"  × {len(findings)}") if len(findings) > 1 else ""
        yield f"{title}{unsure}{count}"
        for finding in findings[:_MOST]:
            place = f"{finding.line}:{finding.column}  " if len(findings) > 1 else ""
            first, *rest = wrapped(one_line(finding.message), self.width - 2 - len(place)) or [""]
            yield f"  {style.dim(place)}{first}{self._silenced(finding) if not rest else ''}"
            for number, line in enumerate(rest, 1):
                yield f"  {' ' * len(place)}{line}{self._silenced(finding) if number == len(rest) else ''}"
        if len(findings) > _MOST:
            more = len(findings) - _MOST
            yield style.dim(f"  …… 还有 {more} 个" if self.lang == "zh" else f"  … {more} more")
        lines = [number for spot in (head.spot, *head.related) for number in self.excerpts.numbers(spot)]
        gutter = max((len(str(number)) for number in lines), default=1) + 2
        yield from self._spot(head.spot, gutter, "╭")
        for spot in head.related:
            yield from self._spot(spot, gutter, "├")
        if head.evidence and len(findings) == 1:
            yield from self._note(_EVIDENCE, evidence_line(head.evidence, self.lang), gutter, cut=True)
        yield from self._note(_REMEDY, head.help, gutter)
        yield ""

    def _spot(self, spot: Spot, gutter: int, corner: str) -> Iterator[str]:
        style = self.style
        role = f"{ROLES[spot.role].in_(self.lang)} " if spot.role != "primary" else ""
        what = ""
        if spot.listing:
            shop = f"{spot.listing.shop} / " if spot.listing.shop else ""
            what = f"  {one_line(shop + spot.listing.id)} {one_line(spot.listing.title)}".rstrip()
        place = f"{one_line(spot.path)}:{spot.line}:{spot.column}" if spot.path else "pddlint"
        room = self.width - gutter - 3 - display_width(role + place)
        yield (
            " " * gutter + style.dim(f"{corner}─ ") + role + style.bold(place) + style.dim(fitted(what, max(room, 12)))
        )
        for number, text, marks in self.excerpts.lines(spot, self.width - gutter - 2):
            yield style.dim(f"{number:>{gutter - 1}} │ ") + text
            if marks:
                yield style.dim(" " * gutter + "│ ") + style.severity("error" if corner == "╭" else "info", marks)

    def _note(self, head: Text, text: str, gutter: int, cut: bool = False) -> Iterator[str]:
        if not text:
            return
        label = f"{head.in_(self.lang)}{'：' if self.lang == 'zh' else ': '}"
        room = max(self.width - gutter - 2 - display_width(label), 20)
        first, *rest = [fitted(one_line(text), room)] if cut else wrapped(one_line(text), room)
        yield self.style.dim(" " * gutter + "= ") + self.style.bold(label) + first
        yield from (" " * (gutter + 2 + display_width(label)) + line for line in rest)

    def _silenced(self, finding: Reported) -> str:
        if finding.suppressed is None:
            return ""
        reason = f": {finding.suppressed.reason}" if finding.suppressed.reason else ""
        return self.style.dim(f" [{_SILENCED.in_(self.lang)} {finding.suppressed.by}{one_line(reason)}]")
