"""An editor, as far as the server can tell: a real client that talks to the program over its standard streams."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 60  # seconds; a loaded machine is slow, a hanging server is found out
Diagnostics = Sequence[lsp.Diagnostic]


class Editor:
    """One session. `folder` is the workspace and the server's working folder."""

    def __init__(
        self, folder: Path, *flags: str, encodings: Sequence[str] = (), locale: str = "en", **more: Any
    ) -> None:
        self.folder, self.flags, self.locale = folder, flags, locale
        general = lsp.GeneralClientCapabilities(position_encodings=list(encodings)) if encodings else None  # type: ignore[arg-type]
        self.capabilities = lsp.ClientCapabilities(general=general, **more)
        self.client = LanguageClient("test-editor", "1")
        self.told: dict[str, Diagnostics] = {}
        self.messages: list[str] = []
        self.progress: list[str] = []
        self.registered: list[str] = []
        self._news = asyncio.Condition()
        self._versions: dict[str, int] = {}

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        async def _published(params: lsp.PublishDiagnosticsParams) -> None:
            async with self._news:
                self.told[params.uri] = params.diagnostics
                self._news.notify_all()

        @self.client.feature(lsp.WINDOW_SHOW_MESSAGE)
        def _shown(params: lsp.ShowMessageParams) -> None:
            self.messages.append(params.message)

        @self.client.feature(lsp.WINDOW_WORK_DONE_PROGRESS_CREATE)
        def _created(params: lsp.WorkDoneProgressCreateParams) -> None:
            self.progress.append("create")

        @self.client.feature(lsp.PROGRESS)
        def _progress(params: lsp.ProgressParams) -> None:
            self.progress.append(str(params.value["kind"] if isinstance(params.value, dict) else params.value.kind))

        @self.client.feature(lsp.CLIENT_REGISTER_CAPABILITY)
        def _registered(params: lsp.RegistrationParams) -> None:
            self.registered += [one.method for one in params.registrations]

    async def __aenter__(self) -> Editor:
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "en_US.UTF-8"}
        command = (sys.executable, "-m", "pddlint", "lsp", "--stdio", *self.flags)
        await self.client.start_io(*command, cwd=self.folder, env=environ)
        self.answer = await self.client.initialize_async(
            lsp.InitializeParams(
                self.capabilities,
                locale=self.locale,
                workspace_folders=[lsp.WorkspaceFolder(self.folder.as_uri(), "shop")],
            )
        )
        self.client.initialized(lsp.InitializedParams())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.client._server is not None and self.client._server.returncode is None:
            await asyncio.wait_for(self.client.shutdown_async(None), _PATIENCE)
            self.client.exit(None)
            self.status = await asyncio.wait_for(self.client._server.wait(), _PATIENCE)

    def open(self, path: Path) -> str:
        uri = path.as_uri()
        self._versions[uri] = 1
        document = lsp.TextDocumentItem(uri, "json", 1, path.read_text("utf-8"))
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))
        return uri

    def change(self, uri: str, text: str) -> None:
        self._versions[uri] += 1
        document = lsp.VersionedTextDocumentIdentifier(self._versions[uri], uri)
        whole = lsp.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [whole]))

    def save(self, path: Path, text: str) -> None:
        path.write_text(text, "utf-8")
        self.client.text_document_did_save(lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(path.as_uri())))

    async def until(self, uri: str, holds: Callable[[Diagnostics], bool] = bool) -> Diagnostics:
        """What is told of a file, once it holds."""
        async with self._news:
            try:
                await asyncio.wait_for(
                    self._news.wait_for(lambda: uri in self.told and holds(self.told[uri])), _PATIENCE
                )
            except TimeoutError:
                raise AssertionError(f"{uri}: {self.told.get(uri)} {self.messages}") from None
            return self.told[uri]

    async def fixes(self, uri: str, diagnostic: lsp.Diagnostic) -> list[lsp.CodeAction]:
        params = lsp.CodeActionParams(
            lsp.TextDocumentIdentifier(uri), diagnostic.range, lsp.CodeActionContext([diagnostic])
        )
        answer = await self.client.text_document_code_action_async(params)
        return [one for one in answer or () if isinstance(one, lsp.CodeAction)]

    async def hover(self, uri: str, position: lsp.Position) -> str:
        params = lsp.HoverParams(lsp.TextDocumentIdentifier(uri), position)
        found = await self.client.text_document_hover_async(params)
        return found.contents.value if found and isinstance(found.contents, lsp.MarkupContent) else ""


def edited(text: str, edits: Sequence[Any]) -> str:
    """The text with an editor's edits, columns in UTF-16."""
    lines = text.split("\n")

    def offset(position: lsp.Position) -> int:
        before = sum(len(line) + 1 for line in lines[: position.line])
        line = lines[position.line].encode("utf-16-le")[: position.character * 2]
        return before + len(line.decode("utf-16-le"))

    for edit in sorted(edits, key=lambda e: offset(e.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


def codes(diagnostics: Diagnostics) -> list[str]:
    return sorted(str(one.code) for one in diagnostics)
