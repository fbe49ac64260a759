"""The baseline: findings that are known from before, so that later runs report only what is new.

It is a multiset. An entry is a rule and what the finding is about (listing and SKU ids, in the digest that reports call
fingerprint), with how many such findings there were; it absorbs that many and not one more. No path and no line is in
it, so that files may be moved and reformatted.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from pddlint.checkers.base import Text
from pddlint.errors import UsageError

FORMAT = "pddlint-baseline"
VERSION = 1
DEFAULT = "pddlint-baseline.json"


class Entry(msgspec.Struct, frozen=True, order=True, omit_defaults=True):
    """Findings of one rule about one thing. `fingerprint` decides; the ids are there to be read, and the shop tells
    between equal fingerprints. `file` names the thing when it is no listing.
    """

    rule: str
    goods_id: str = ""
    shop: str = ""
    sku_ids: tuple[str, ...] = ()
    file: str = ""
    fingerprint: str = ""
    count: int = 1

    def __str__(self) -> str:
        return " ".join([self.rule, "/".join(part for part in (self.goods_id or self.file, *self.sku_ids) if part)])


class Baseline(msgspec.Struct, frozen=True):
    """What a baseline file holds. `roots` are the folders it was written for, relative to its own folder."""

    entries: tuple[Entry, ...]
    roots: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True):
    format: str
    version: int
    findings: tuple[Entry, ...]
    roots: tuple[str, ...] = ()


class Absorber:
    """Takes findings one by one and says which are known. Made for one run."""

    def __init__(self, baseline: Baseline) -> None:
        self.entries = baseline.entries
        self.left: Counter[tuple[str, str]] = Counter()
        for entry in baseline.entries:
            self.left[entry.fingerprint, entry.shop] += entry.count

    def absorb(self, findings: Sequence[Entry]) -> list[bool]:
        """Whether each of the findings (entries of count 1) is known. Findings of the same shop come first; an entry
        whose shop has been renamed serves another."""
        known = [self._take(finding.fingerprint, finding.shop) for finding in findings]
        shops: dict[str, list[str]] = {}
        for mark, shop in sorted(key for key, count in self.left.items() if count > 0):
            shops.setdefault(mark, []).append(shop)
        for index, finding in enumerate(findings):
            if not known[index]:
                known[index] = any(self._take(finding.fingerprint, shop) for shop in shops.get(finding.fingerprint, ()))
        return known

    def unneeded(self) -> tuple[Entry, ...]:
        """What of the baseline absorbed nothing: the entries, with the count that is left over."""
        left = Counter(self.left)
        rest = []
        for entry in sorted(self.entries):
            count = min(entry.count, left[entry.fingerprint, entry.shop])
            if count > 0:
                left[entry.fingerprint, entry.shop] -= count
                rest.append(msgspec.structs.replace(entry, count=count))
        return tuple(rest)

    def _take(self, mark: str, shop: str) -> bool:
        if self.left[mark, shop] <= 0:
            return False
        self.left[mark, shop] -= 1
        return True


def collected(findings: Iterable[Entry]) -> tuple[Entry, ...]:
    """Findings as entries, equal ones counted, in the order of the file."""
    counts: Counter[Entry] = Counter()
    for finding in findings:
        counts[msgspec.structs.replace(finding, count=1)] += finding.count
    return tuple(msgspec.structs.replace(entry, count=count) for entry, count in sorted(counts.items()))


def without(baseline: Baseline, unneeded: Iterable[Entry]) -> Baseline:
    """The baseline less what is no longer needed. Nothing is added."""
    less: Counter[Entry] = Counter()
    for entry in unneeded:
        less[msgspec.structs.replace(entry, count=1)] += entry.count
    kept = []
    for entry in collected(baseline.entries):
        count = entry.count - less[msgspec.structs.replace(entry, count=1)]
        if count > 0:
            kept.append(msgspec.structs.replace(entry, count=count))
    return msgspec.structs.replace(baseline, entries=tuple(kept))


def covers(baseline: Baseline, folder: Path, roots: Sequence[Path]) -> bool:
    """Whether a run over `roots` sees all that the baseline was written for, so that what it did not find is gone.

    `folder` is the one the baseline's file lies in. A root that no longer exists holds nothing to miss.
    """
    seen = [root.resolve() for root in roots]
    for name in baseline.roots:
        root = (folder / name).resolve()
        if root.exists() and not any(root.is_relative_to(one) for one in seen):
            return False
    return True


def relative_roots(folder: Path, roots: Sequence[Path]) -> tuple[str, ...]:
    """The roots of a run as a baseline in `folder` names them."""
    names = set()
    for root in roots:
        try:
            names.add(Path(os.path.relpath(root.resolve(), folder.resolve())).as_posix())
        except ValueError:  # on another drive
            names.add(root.resolve().as_posix())
    return tuple(sorted(names))


def load(file: Path) -> Baseline:
    """The baseline in a file. UsageError when it cannot be read or is none."""
    try:
        data = file.read_bytes()
    except OSError as error:
        hint = (f"；先运行 pddlint baseline --output {file}", f"; write one with pddlint baseline --output {file}")
        zh, en = hint if isinstance(error, FileNotFoundError) else ("", "")
        raise UsageError(
            Text(f"读不了基线 {file}：{error.strerror}{zh}", f"cannot read the baseline {file}: {error.strerror}{en}")
        ) from error
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(Text(f"{file} 不是基线文件：{error}", f"{file} is not a baseline: {error}")) from error
    if found.format != FORMAT or found.version != VERSION:
        was = f"{found.format} {found.version}"
        raise UsageError(
            Text(
                f"{file}：应为 {FORMAT} {VERSION}，写的是 {was}；用 pddlint baseline 重新生成",
                f"{file}: expected {FORMAT} {VERSION}, got {was}; write it anew with pddlint baseline",
            )
        )
    return Baseline(found.findings, found.roots)


def dump(baseline: Baseline) -> bytes:
    """The file's bytes: one entry a line, in order, so that versions differ by as little as the findings do."""
    head: dict[str, Any] = {"format": FORMAT, "version": VERSION, "roots": baseline.roots}
    lines = [_encoded(entry) for entry in collected(baseline.entries)]
    opening = b",\n ".join(_encoded(key) + b": " + _encoded(value) for key, value in head.items())
    rows = b",\n  ".join(lines)
    return b"{" + opening + b',\n "findings": [' + (b"\n  " + rows + b"\n " if rows else b"") + b"]}\n"


def _encoded(value: Any) -> bytes:
    from pddlint.reports.json import encode

    return encode(value)
