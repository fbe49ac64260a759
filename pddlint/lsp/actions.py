"""Quick fixes: suppress a finding, in the listing's own record or in the configuration, with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lsprotocol.types import (
    CreateFile,
    CreateFileOptions,
    OptionalVersionedTextDocumentIdentifier,
    Range,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from pddlint.catalog.model import Listing
from pddlint.catalog.node import Node, Undecodable
from pddlint.checkers.base import Lang, Text
from pddlint.lsp.diagnostics import uri_of
from pddlint.lsp.project import Project
from pddlint.lsp.text import Units
from pddlint.plan.edit import Edit, add_member, append_elements, find, literal, set_value, splice
from pddlint.report import Reported
from pddlint.review.questions import no_finding

KNOWN = Text("已知，接受", "known and accepted")


def reasons(finding: Reported) -> list[Text]:
    """The reasons offered for suppressing a finding, the likeliest first. They are there to be put more precisely."""
    return [text for text in (no_finding(finding.code), KNOWN) if text is not None]


def in_record(project: Project, path: Path, text: str, finding: Reported, reason: str) -> list[Edit] | None:
    """The edits, as bytes of the text, that make the listing's record suppress the finding; None where it cannot."""
    data = text.encode("utf-8", "surrogatepass")
    mark = 3 if text.startswith("\ufeff") else 0
    listing = _listing(project, path, text, finding)
    if listing is None or data[mark + listing.origin.start : mark + listing.origin.start + 1] != b"{":
        return None  # also JSON inside a string
    record = Node(data, mark + listing.origin.start, mark + listing.origin.end)
    around = listing.pointer("title").rpartition("/")[0]
    for holder in dict.fromkeys(("", around)):
        node = find(record, holder)
        edits = _ignoring(node, finding.code, reason) if node is not None else None
        if edits and _silences(project, path, splice(data, edits).decode("utf-8", "surrogatepass"), finding):
            return edits
    return None


def _ignoring(record: Node, code: str, reason: str) -> list[Edit] | None:
    """The edits that add a code to what a record ignores. What its author wrote there stays."""
    block = record.child("pddlint")
    if block is None:
        return [add_member(record, "pddlint", {"ignore": [code], "reason": reason})] if record.members() else None
    if block.kind != "object":
        return None
    if not block.members():
        return [set_value(block, {"ignore": [code], "reason": reason})]
    said = [] if "reason" in block.members() else [add_member(block, "reason", reason)]
    ignored = block.child("ignore")
    if ignored is None:
        return [add_member(block, "ignore", [code]), *said]
    try:
        before = ignored.value()
    except Undecodable:
        return None
    if isinstance(before, str):
        return [set_value(ignored, [before, code]), *said]
    if not isinstance(before, list):
        return None
    return [*(append_elements(ignored, [literal(code)]) if before else [set_value(ignored, [code])]), *said]


def _listing(project: Project, path: Path, text: str, finding: Reported) -> Listing | None:
    ref = finding.listing
    if ref is None:
        return None
    return next((one for one in project.listings(path, text) if one.id == ref.id and one.shop == ref.shop), None)


def _silences(project: Project, path: Path, text: str, finding: Reported) -> bool:
    """Whether the text, once edited, has the listing suppress the finding; not every shape of file can say that."""
    listing = _listing(project, path, text, finding)
    return listing is not None and any(finding.code in own.codes for own in listing.suppressions)


def text_edits(text: str, edits: Sequence[Edit], units: Units) -> list[TextEdit]:
    """Byte edits as the editor takes them."""
    data = text.encode("utf-8", "surrogatepass")

    def at(offset: int) -> int:
        return len(data[:offset].decode("utf-8", "surrogatepass"))

    return [
        TextEdit(
            Range(units.offset(text, at(edit.start)), units.offset(text, at(edit.end))),
            edit.replacement.decode("utf-8", "surrogatepass"),
        )
        for edit in edits
    ]


def replaced(before: str, after: str, units: Units) -> TextEdit:
    """One edit that makes `before` into `after`, no longer than it must be."""
    start = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    tail = 0
    while tail < min(len(before), len(after)) - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    end = len(before) - tail
    return TextEdit(Range(units.offset(before, start), units.offset(before, end)), after[start : len(after) - tail])


def in_file(file: Path, uri: str, version: int | None, edit: TextEdit, new: bool) -> WorkspaceEdit:
    """An edit of the configuration, which is created first when it is new."""
    target = OptionalVersionedTextDocumentIdentifier(uri or uri_of(file), version)
    change = TextDocumentEdit(target, [edit])
    if not new:
        return WorkspaceEdit(document_changes=[change])
    return WorkspaceEdit(
        document_changes=[CreateFile(target.uri, options=CreateFileOptions(ignore_if_exists=True)), change]
    )


def titles(finding: Reported, reason: Text, lang: Lang, file: str = "") -> str:
    """What a quick fix is called."""
    why = reason.in_(lang)
    if file:
        return (
            f"在 {file} 里压制 {finding.code}：{why}" if lang == "zh" else f"Suppress {finding.code} in {file}: {why}"
        )
    return f"在商品里压制 {finding.code}：{why}" if lang == "zh" else f"Suppress {finding.code} in the listing: {why}"
