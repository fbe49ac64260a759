"""What a review asks about: the findings that one suppression would silence are one question.

A suppression names the rule, the listing and, where the finding has any, the SKUs; the file only where listings of one
id stand in several, or where the finding is about no listing.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import msgspec

from pddlint.catalog.discover import shown
from pddlint.checkers.base import Text
from pddlint.report import Report, Reported
from pddlint.settings import Settings, Suppression
from pddlint.suppress import UNUSED

_WILD = re.compile(r"[*?\[\]]|^\s|\s$")


class Question(msgspec.Struct, frozen=True):
    """Findings to decide on together. `entry` silences them and nothing else; None where no suppression can."""

    findings: tuple[Reported, ...]
    entry: Suppression | None

    @property
    def head(self) -> Reported:
        return self.findings[0]


def questions(report: Report, settings: Settings) -> list[Question]:
    """Every finding that is not silenced yet is in one question; in the order of the report."""
    files: dict[tuple[str, str], set[str]] = {}
    for finding in report.active:
        if finding.listing:
            files.setdefault((finding.code, finding.listing.id), set()).add(finding.path)
    together: dict[object, list[Reported]] = {}
    for finding in report.active:
        several = finding.listing is not None and len(files[finding.code, finding.listing.id]) > 1
        together.setdefault(suppression(finding, settings, several) or finding.fingerprint, []).append(finding)
    return [Question(tuple(f), key if isinstance(key, Suppression) else None) for key, f in together.items()]


def suppression(finding: Reported, settings: Settings, with_path: bool = False) -> Suppression | None:
    """The entry of the configuration that silences a finding, without a reason yet; None where none can."""
    if finding.name == UNUSED:
        return None
    path = (pattern(finding.path, settings.base),) if finding.path else ()
    if finding.listing is None or not finding.listing.id:
        return Suppression(rule=(finding.code,), path=path) if path else None
    skus = tuple(sorted(finding.skus))
    here = path if with_path else ()
    return Suppression(rule=(finding.code,), goods_id=(finding.listing.id,), sku_id=skus, path=here)


def pattern(path: str, base: Path) -> str:
    """The glob that matches one file only, given its path from the working folder. Patterns start at `base`."""
    inside = shown(os.path.abspath(path), base)  # noqa: PTH100 - links stay as they are
    text = _WILD.sub("?", inside)
    if Path(inside).is_absolute():
        return f"**{text}"
    return text if "/" in text else f"/{text}"


def no_finding(code: str) -> Text | None:
    """Why a finding is none, for the families where there is one plain reason."""
    if code.startswith("DUP"):
        return Text("不是重复商品", "not a duplicate")
    if code.startswith("BAIT"):
        return Text("不是低价引流", "not bait")
    return None
