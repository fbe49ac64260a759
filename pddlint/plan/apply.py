"""Carrying out the certain steps of a plan in local catalog files.

All edits of a file are computed, checked and shown before anything is written; then each file is replaced in one step.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from pddlint.catalog.decode import Document, Splitter
from pddlint.catalog.discover import shown
from pddlint.checkers.base import Rule, Text
from pddlint.errors import UsageError, did_you_mean
from pddlint.plan import files, git, shapes
from pddlint.plan.edit import Edit, splice
from pddlint.plan.files import TextFile
from pddlint.plan.model import Group, Plan, Record, Step
from pddlint.selectors import means, refuse_unknown


class Change(msgspec.Struct, frozen=True):
    """What becomes of one file: its edits in order, and its new text."""

    file: TextFile
    edits: tuple[Edit, ...]
    text: bytes
    steps: tuple[str, ...]


def codes_of(selectors: Sequence[str], rules: Sequence[Rule]) -> frozenset[str]:
    """The codes of the rules that codes, prefixes and names mean. UsageError for one that means none."""
    refuse_unknown(selectors, rules, "--only")
    return frozenset(rule.code for rule in rules if means(selectors, rule))


def chosen(plan: Plan, only: Collection[str] = (), ids: Sequence[str] = ()) -> tuple[Step, ...]:
    """The certain steps, narrowed to rules, by their codes, and step ids. UsageError for an id that is not there, or
    that of a step that is not certain."""
    by_id = {step.id: step for step in plan.steps}
    for wanted in ids:
        if wanted not in by_id:
            zh, en = did_you_mean(wanted, by_id)
            raise UsageError(Text(f"--id：没有步骤 {wanted}{zh}", f"--id: there is no step {wanted}{en}"))
        step = by_id[wanted]
        if step.certainty != "certain":
            why = step.doubt or Text("要人来做", "for a person to do")
            raise UsageError(
                Text(f"--id：{wanted} 不能自动改：{why.zh}", f"--id: {wanted} is not edited automatically: {why.en}")
            )
    return tuple(
        step
        for step in plan.steps
        if step.certainty == "certain" and (not only or step.finding.code in only) and (not ids or step.id in ids)
    )


def changes(plan: Plan, steps: Collection[Step]) -> list[Change]:
    """What the steps change, file by file in order of their paths. Nothing is written. UsageError when a file cannot be
    edited, or is no longer what was read."""
    ids = {step.id for step in steps}
    drafts: dict[str, _Draft] = {}
    for group in plan.groups:
        mine = [step for step in group.steps if step.id in ids]
        if mine and group.record is not None:
            _Drafting(drafts).group(group, mine)
    return [draft.change() for _, draft in sorted(drafts.items())]


class _Draft:
    """One file and the edits gathered for it."""

    def __init__(self, record: Record) -> None:
        self.file = files.load(Path(record.path), shown(record.path, Path.cwd()), Path(record.root))
        self.edits: list[Edit] = []
        self.steps: list[str] = []

    def add(self, edits: Iterable[Edit], step: str) -> None:
        self.edits += edits
        if step not in self.steps:
            self.steps.append(step)

    def change(self) -> Change:
        # Two steps may set one value alike (a listing taken down for two reasons).
        edits = tuple(sorted(dict.fromkeys(self.edits), key=lambda e: (e.start, e.end)))
        text = splice(self.file.text, edits)
        _check(self.file, text)
        return Change(self.file, edits, text, tuple(self.steps))


class _Drafting:
    def __init__(self, drafts: dict[str, _Draft]) -> None:
        self.drafts = drafts

    def group(self, group: Group, steps: Sequence[Step]) -> None:
        assert group.record is not None
        if group.kind == "bait":
            skus = [sku for step in steps for sku in step.finding.skus]
            for record in (group.record, *group.record.copies):
                draft = self.draft(record)
                for step in steps:
                    draft.add(shapes.without_skus(shapes.node_of(record, draft.file.text), record, skus) or (), step.id)
            return
        for step in steps:
            source = group.sources[step.id]
            if step.add:
                self.merge(group.record, source, step)
            for record in (source, *source.copies):
                draft = self.draft(record)
                draft.add(shapes.off_shelf(shapes.node_of(record, draft.file.text), record) or (), step.id)

    def merge(self, keeper: Record, source: Record, step: Step) -> None:
        there, here = self.draft(keeper), self.draft(source)
        edits = shapes.with_skus(
            shapes.node_of(keeper, there.file.text),
            keeper,
            shapes.node_of(source, here.file.text),
            source,
            [one.pointer for one in step.add],
        )
        there.add(edits or (), step.id)

    def draft(self, record: Record) -> _Draft:
        """The draft of a record's file, which must hold the record as it was read."""
        if record.path not in self.drafts:
            self.drafts[record.path] = _Draft(record)
        draft = self.drafts[record.path]
        if draft.file.text[record.start : record.end] != record.text:
            raise UsageError(
                Text(
                    f"{draft.file.shown} 在读过之后被改动了，或不是规范的 JSON，不改",
                    f"{draft.file.shown} was changed after it was read, or is no strict JSON; it is not edited",
                )
            )
        return draft


def _check(file: TextFile, text: bytes) -> None:
    """The new text must hold as many documents as the old one, and no new mistake."""

    def outline(one: bytes) -> list[bool]:
        return [isinstance(part, Document) for part in Splitter(iter([one])).run()]

    if outline(text) != outline(file.text):
        raise UsageError(Text(f"{file.shown} 改不了", f"{file.shown} cannot be edited"))


def refuse_unsafe(found: Sequence[Change], force: bool) -> list[TextFile]:
    """The files that git could not bring back, to be copied first. UsageError for them, and for other uncommitted
    changes in their repositories, unless forced."""
    unsafe = git.unsafe([change.file.path for change in found])
    if unsafe and not force:
        raise UsageError(
            *(Text(f"{path}：{why.zh}", f"{path}: {why.en}") for path, why in unsafe[:8]),
            Text(
                "先提交，再改；--force 照改（git 找不回来的文件先另存为 .orig）",
                "commit first; --force edits all the same (files that git could not bring back are kept as .orig)",
            ),
        )
    lost = {path for path, why in unsafe if why is not git.ELSEWHERE}
    return [change.file for change in found if change.file.path in lost]


def write(found: Sequence[Change], keep: Sequence[TextFile]) -> Iterator[Text]:
    """Replace the files, those in `keep` copied first, and tell what was written. All are looked at and written aside
    before the first is replaced: when one is no longer what was read, or cannot be written, nothing is."""
    for change in found:
        if not files.unchanged(change.file):
            raise files.changed(change.file)
    with contextlib.ExitStack() as staged:
        ready = []
        for change in found:
            ready.append((change, files.stage(change.file, change.file.encoded(change.text))))
            staged.callback(ready[-1][1].unlink, missing_ok=True)
        for change, path in ready:
            if change.file in keep:
                copy = shown(files.keep_copy(change.file), Path.cwd())
                yield Text(f"原文件另存为 {copy}", f"kept the file as it was as {copy}")
            files.replace(change.file, path)
            count = len(change.steps)
            yield Text(
                f"已改 {change.file.shown}（{count} 步）",
                f"edited {change.file.shown} ({count} step{'s' if count > 1 else ''})",
            )
