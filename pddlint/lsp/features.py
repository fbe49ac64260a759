"""What the server answers to: opened, changed and saved files, hovers and quick fixes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from pddlint.catalog.discover import shown
from pddlint.checkers import registry
from pddlint.checkers.base import Lang
from pddlint.errors import UsageError
from pddlint.lsp import actions
from pddlint.lsp.diagnostics import SOURCE, Item, uri_of
from pddlint.lsp.text import Units
from pddlint.report import Reported, Spot
from pddlint.review.configuration import NAME, read, with_suppressions
from pddlint.review.questions import suppression
from pddlint.rulepage import page
from pddlint.settings import Suppression

if TYPE_CHECKING:
    from pddlint.lsp.server import Document, Server

_PLACE = re.compile(r"at line (\d+), column (\d+)")
_WATCHED = "**/*.{json,jsonl,ndjson,gz,toml,jpg,jpeg,png,webp,gif,bmp}"
_QUICK = lsp.CodeActionKind.QuickFix


def register(server: Server) -> None:
    """Teach the server what to answer."""

    @server.feature(lsp.INITIALIZE)
    def _initialize(ls: Server, params: lsp.InitializeParams) -> None:
        ls.begin(params)

    @server.feature(lsp.INITIALIZED)
    async def _initialized(ls: Server, params: lsp.InitializedParams) -> None:
        ls.lint_configured()
        await _watch(ls)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def _open(ls: Server, params: lsp.DidOpenTextDocumentParams) -> None:
        ls.open(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def _change(ls: Server, params: lsp.DidChangeTextDocumentParams) -> None:
        if document := ls.document(params.text_document.uri):
            ls.type(document)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def _save(ls: Server, params: lsp.DidSaveTextDocumentParams) -> None:
        if document := ls.document(params.text_document.uri):
            document.dirty = False  # what is said of its text stands until its project has been linted
        ls.lint_concerned([params.text_document.uri])

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def _close(ls: Server, params: lsp.DidCloseTextDocumentParams) -> None:
        if document := ls.document(params.text_document.uri):
            ls.close(document)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _watched(ls: Server, params: lsp.DidChangeWatchedFilesParams) -> None:
        ls.lint_configured()
        ls.lint_concerned(change.uri for change in params.changes)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def _folders(ls: Server, params: lsp.DidChangeWorkspaceFoldersParams) -> None:
        ls.folders_changed(params.event)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def _hover(ls: Server, params: lsp.HoverParams) -> lsp.Hover | None:
        document = ls.document(params.text_document.uri)
        lang = document.project.language(ls.asked) if document else ls.lang
        return hover(ls.items_of(params.text_document.uri), params.position, lang)

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[_QUICK]))
    async def _actions(ls: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        only = params.context.only
        if only and not any(_QUICK.value.startswith(getattr(kind, "value", kind)) for kind in only):
            return []
        return await quick_fixes(ls, params)

    @server.feature(lsp.SHUTDOWN)
    def _shutdown(ls: Server, params: None) -> None:
        ls.end()


async def _watch(server: Server) -> None:
    """Ask the editor to tell of changes made outside it."""
    workspace = server.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if watched and watched.dynamic_registration:
        options = lsp.DidChangeWatchedFilesRegistrationOptions([lsp.FileSystemWatcher(_WATCHED)])
        registration = lsp.Registration("pddlint-files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        await server.client_register_capability_async(lsp.RegistrationParams([registration]))


def hover(items: list[Item], position: lsp.Position, lang: Lang) -> lsp.Hover | None:
    """The pages of the rules whose findings stand at a position."""
    here = [item for item in items if _holds(item.diagnostic.range, position)]
    found = registry.load()
    checkers = [checker for code in dict.fromkeys(item.reported.code for item in here) if (checker := found.find(code))]
    if not checkers:
        return None
    text = "\n---\n\n".join(page(checker, lang) for checker in checkers)
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text), here[0].diagnostic.range)


async def quick_fixes(server: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Ways to suppress the findings that stand on the lines asked about."""
    document = server.document(params.text_document.uri)
    if document is None:
        return []
    first, last = params.range.start.line, params.range.end.line
    here = [
        item
        for item in server.items_of(params.text_document.uri)
        if item.diagnostic.range.start.line <= last and first <= item.diagnostic.range.end.line
    ]
    text, units = server.text(document), server.units
    version = server.workspace.get_text_document(document.uri).version
    lang = document.project.language(server.asked)

    def work() -> list[lsp.CodeAction]:
        found: list[lsp.CodeAction] = []
        for item in here:
            found += _in_record(document, item, text, version, units, lang)
            found += _in_configuration(server, document, item, units, lang)
        return found

    return await server.in_thread(work)


def _in_record(
    document: Document, item: Item, text: str, version: int | None, units: Units, lang: Lang
) -> list[lsp.CodeAction]:
    found: list[lsp.CodeAction] = []
    for reason in actions.reasons(item.reported):
        edits = actions.in_record(document.project, document.path, text, item.reported, reason.in_(lang))
        if not edits:
            break
        target = lsp.OptionalVersionedTextDocumentIdentifier(document.uri, version)
        changes = actions.text_edits(text, edits, units)
        edit = lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(target, list(changes))])
        found.append(_action(actions.titles(item.reported, reason, lang), item, edit, not found))
    return found


def _in_configuration(server: Server, document: Document, item: Item, units: Units, lang: Lang) -> list[lsp.CodeAction]:
    project = document.project
    file = project.file or project.folder / NAME
    entry = suppression(item.reported, project.settings)
    if entry is None:
        return []
    opened = server.document(uri_of(file))
    try:
        before = server.text(opened) if opened else read(file)
    except UsageError:
        return []
    new = not file.exists() and opened is None
    if new and not _may_create(server):
        return []
    found = []
    for reason in actions.reasons(item.reported)[:1]:
        try:
            after = with_suppressions(before, file.name, [_because(entry, reason.in_(lang))])
        except UsageError:
            return []
        version = server.workspace.get_text_document(opened.uri).version if opened else None
        change = actions.replaced(before, after, units)
        edit = actions.in_file(file, opened.uri if opened else "", version, change, new)
        title = actions.titles(item.reported, reason, lang, shown(file, project.folder))
        found.append(_action(title, item, edit, False))
    return found


def _because(entry: Suppression, reason: str) -> Suppression:
    import msgspec

    return msgspec.structs.replace(entry, reason=reason)


def _may_create(server: Server) -> bool:
    workspace = server.client_capabilities.workspace
    edits = workspace.workspace_edit if workspace else None
    return bool(edits and lsp.ResourceOperationKind.Create in (edits.resource_operations or ()))


def _action(title: str, item: Item, edit: lsp.WorkspaceEdit, preferred: bool) -> lsp.CodeAction:
    return lsp.CodeAction(title, _QUICK, [item.diagnostic], preferred or None, edit=edit)


def _holds(where: lsp.Range, position: lsp.Position) -> bool:
    start, end = (where.start.line, where.start.character), (where.end.line, where.end.character)
    return start <= (position.line, position.character) <= end


def mistakes(error: UsageError, lang: Lang, path: str) -> list[Item]:
    """The mistakes of a configuration, shown in it: where it says, else on its first line."""
    found = []
    for line in error.lines(lang):
        place = _PLACE.search(line)
        row, column = (int(place[1]) - 1, int(place[2]) - 1) if place else (0, 0)
        where = lsp.Range(lsp.Position(row, column), lsp.Position(row, column + 1))
        spot = Spot("primary", path, "", row + 1, column + 1, row + 1, column + 2)
        reported = Reported("", "", "error", 1.0, line, "", spot, (), (), {}, "")
        found.append(Item(reported, lsp.Diagnostic(where, line, lsp.DiagnosticSeverity.Error, source=SOURCE)))
    return found
