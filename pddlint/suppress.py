"""Suppressions: which findings are known and accepted, and which suppressions silence nothing any more.

A suppression applies to the listing a finding is *about* (the surplus one of a duplicate pair), never to the keeper.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from pddlint.catalog.discover import excluded
from pddlint.catalog.model import Origin
from pddlint.checkers.base import Rule
from pddlint.engine import Result
from pddlint.findings import Finding, Place
from pddlint.report import Suppressed
from pddlint.selectors import means, specificity
from pddlint.settings import Settings, Suppression

_HEADING = re.compile(r"^[ \t]*(\[\[\s*(?:tool\.pddlint\.)?suppress\s*\]\])", re.MULTILINE)
UNUSED = "unused-suppression"  # the name of the rule that reports them


class Suppressions:
    """All suppressions of a run; remembers which of them have silenced something."""

    def __init__(self, result: Result, settings: Settings, today: datetime.date) -> None:
        self.result = result
        self.rules = result.registry.rules
        self.entries = settings.suppress
        self.file = settings.file
        self.today = today
        self.used: set[tuple[object, str]] = set()

    def silence(self, finding: Finding) -> Suppressed | None:
        """The suppression that silences a finding, or None. The listing's own come first."""
        rule = self.rules[finding.code]
        found: Suppressed | None = None
        inline = self.result.suppressions.get(finding.place.origin)
        for own in inline.entries if inline else ():
            for code in own.codes:
                if specificity(code, rule) >= 0:
                    self.used.add((finding.place.origin, code))
                    found = found or Suppressed("inline", own.reason)
        for index, entry in enumerate(self.entries):
            if self._alive(entry) and self._applies(entry, finding, rule):
                self.used |= {(index, code) for code in entry.rule if specificity(code, rule) >= 0}
                found = found or Suppressed("config", entry.reason)
        return found

    def _alive(self, entry: Suppression) -> bool:
        return entry.until is None or self.today <= entry.until

    def _applies(self, entry: Suppression, finding: Finding, rule: Rule) -> bool:
        listing = finding.place.listing
        return (
            means(entry.rule, rule)
            and (not entry.goods_id or (listing is not None and listing.id in entry.goods_id))
            and (not entry.sku_id or (bool(finding.skus) and set(finding.skus) <= set(entry.sku_id)))
            and (not entry.path or excluded(finding.place.origin.path, entry.path))
        )

    def unused(self) -> Iterator[Finding]:
        """A finding for each suppressed rule that ran and had nothing to silence, and for each entry past its end."""
        card = self.result.registry.find(UNUSED)
        if card is None or card.rule.code not in self.result.active:
            return
        code = card.rule.code
        for origin, inline in self.result.suppressions.items():
            for own in inline.entries:
                place = Place("primary", origin, own.pointer, inline.listing)
                for selector in own.codes:
                    if (origin, selector) not in self.used and self._has_run(selector):
                        known = any(specificity(selector, rule) >= 0 for rule in self.rules.values())
                        yield _finding(code, selector, own.reason, place, known, "")
        for index, entry in enumerate(self.entries):
            for selector in entry.rule:
                if (index, selector) not in self.used and self._has_run(selector) and self._was_read(entry):
                    until = entry.until.isoformat() if entry.until and not self._alive(entry) else ""
                    place = Place("primary", Origin(self.file.name if self.file else ""))
                    yield _finding(code, selector, entry.reason, place, True, until, self._span(index))

    def _span(self, index: int) -> tuple[int, int, int, int] | None:
        """Where the entry's `[[suppress]]` stands in the configuration; None when it is written in another way."""
        text = self.file.read_text("utf-8-sig") if self.file and self.file.is_file() else ""
        headings = list(_HEADING.finditer(text))
        if index >= len(headings):
            return None
        line = text.count("\n", 0, headings[index].start(1)) + 1
        column = headings[index].start(1) - (text.rfind("\n", 0, headings[index].start(1)) + 1) + 1
        return (line, column, line, column + len(headings[index][1]))

    def _has_run(self, selector: str) -> bool:
        """Whether the selector's rules ran, on enough to say that it silences nothing."""
        meant = [c for c in self.result.registry.checkers if specificity(selector, c.rule) >= 0]
        if not meant:
            return not self.result.registry.problems  # it may mean a rule that could not be loaded
        ran = [c for c in meant if c.rule.code in self.result.active]
        return bool(ran) and not (self.result.partial and any(c.scope == "merchant" for c in ran))

    def _was_read(self, entry: Suppression) -> bool:
        if entry.goods_id:
            return any(i in self.result.ids for i in entry.goods_id)
        if entry.path:
            return any(excluded(path, entry.path) for path in self.result.counts.paths)
        return bool(self.result.counts.listings)


def _finding(
    code: str,
    selector: str,
    reason: str,
    place: Place,
    known: bool,
    until: str,
    span: tuple[int, int, int, int] | None = None,
) -> Finding:
    evidence = {"selector": selector, "reason": reason, "known": known, **({"until": until} if until else {})}
    why_zh, why_en = ("没有压制任何问题", "silences nothing")
    if until:
        why_zh, why_en = (f"已在 {until} 到期", f"ended on {until}")
    elif not known:
        why_zh, why_en = ("不是任何规则的代码或名字", "names no rule")
    arguments: dict[str, str | int | float] = {"rule": selector, "reason": reason, "why_zh": why_zh, "why_en": why_en}
    return Finding(code, place, arguments=arguments, evidence=evidence, span=span)
