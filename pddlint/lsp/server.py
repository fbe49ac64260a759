"""The language server: what an editor sees of pddlint, over standard input and output.

The loop only keeps books. Linting happens in a thread of its own; what it finds is published when it is done, unless
something newer has been asked for.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from pddlint import __version__, config
from pddlint.checkers.base import Lang, Text
from pddlint.errors import UsageError
from pddlint.i18n import fill, language
from pddlint.lsp import features
from pddlint.lsp.desk import Desk
from pddlint.lsp.diagnostics import Item, items, nowhere, path_of, uri_of
from pddlint.lsp.project import Project, Stale, project_for
from pddlint.lsp.text import Units
from pddlint.report import Report

T = TypeVar("T")
_TYPING = 0.3  # seconds without a keystroke before a file is linted as it is typed
_SAVING = 0.05  # seconds in which several changes on disk make one run
_PATIENCE = 0.5  # seconds a run takes before the editor shows its progress
_RUNNING = Text("正在检查商品目录", "linting the catalog")
_DONE = Text("已看 {count} 个商品", "{count} listings")


class Document:
    """A file open in the editor. `items` is what was found in its text, None while that is as on disk."""

    def __init__(self, uri: str, path: Path, project: Project) -> None:
        self.uri, self.path, self.project = uri, path, project
        self.dirty = False
        self.turn = 0  # of the text to be linted; what has an older one is stale
        self.items: list[Item] | None = None
        self.timer: asyncio.Task[None] | None = None


class Run:
    """The runs over one project: what the last one found, by real path, and the one under way."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.found: dict[str, list[Item]] = {}
        self.number = 0  # of the run asked for last; older ones are stale
        self.count = 0  # listings seen by the one under way
        self.ever = False


class Server(LanguageServer):
    """What the server knows: projects, open documents, and what the editor has been told."""

    def __init__(self, lang: Lang | None) -> None:
        super().__init__("pddlint", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.asked, self.lang = lang, lang or language()
        self.folders: list[Path] = []
        self.runs: dict[tuple[Path | None, Path, Path | None], Run] = {}
        self.documents: dict[str, Document] = {}  # by real path
        self.told: dict[str, list[lsp.Diagnostic]] = {}  # by address
        self.said: set[str] = set()
        self.tasks: set[asyncio.Task[None]] = set()
        self.desk = Desk()
        self.reader = ThreadPoolExecutor(1, "reader")

    @property
    def units(self) -> Units:
        return Units(str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding)))

    # What there is to lint

    def begin(self, params: lsp.InitializeParams) -> None:
        if self.asked is None and params.locale:
            self.lang = language("zh" if params.locale.lower().startswith("zh") else "en")
            self.asked = self.lang
        roots = [folder.uri for folder in params.workspace_folders or ()] or [params.root_uri or ""]
        self.folders = [path for root in roots if (path := path_of(root))]

    def folders_changed(self, event: lsp.WorkspaceFoldersChangeEvent) -> None:
        gone = {path_of(folder.uri) for folder in event.removed}
        self.folders = [folder for folder in self.folders if folder not in gone]
        self.folders += [path for folder in event.added if (path := path_of(folder.uri))]
        for key, run in list(self.runs.items()):
            if run.project.folder in gone and not any(d.project is run.project for d in self.documents.values()):
                run.number += 1
                del self.runs[key]
        self.publish()
        self.lint_configured()

    def lint_configured(self) -> None:
        """Lint the workspace folders that have a configuration; others once a file in them is opened."""
        for folder in self.folders:
            file = config.find([folder])
            if file is not None:
                run = self.run_of(Project(file, file.parent))
                if not run.ever:
                    self.lint(run.project)

    def run_of(self, project: Project) -> Run:
        key = (project.file, project.folder, project.single)
        return self.runs.setdefault(key, Run(project))

    def open(self, uri: str) -> None:
        path = path_of(uri)
        if path is None:
            return
        run = self.run_of(project_for(path, self.folders))
        self.documents[os.path.realpath(path)] = Document(uri, path, run.project)
        if not run.ever or _changed_since(path, run.project.started):
            self.lint(run.project)
        else:
            self.publish()

    def close(self, document: Document) -> None:
        """What was typed and not saved is gone; a file that was linted alone is let go of."""
        document.dirty = False
        document.turn += 1
        del self.documents[os.path.realpath(document.path)]
        if document.project.single is not None:
            run = self.run_of(document.project)
            run.number += 1
            self.runs = {key: one for key, one in self.runs.items() if one is not run}
        self.publish()

    def document(self, uri: str) -> Document | None:
        path = path_of(uri)
        return None if path is None else self.documents.get(os.path.realpath(path))

    def text(self, document: Document) -> str:
        return self.workspace.get_text_document(document.uri).source

    def items_of(self, uri: str) -> list[Item]:
        """What stands in a file now."""
        path = path_of(uri)
        if path is None:
            return []
        real = os.path.realpath(path)
        document = self.documents.get(real)
        if document is not None and document.items is not None:
            return document.items
        return [item for run in self.runs.values() for item in run.found.get(real, ())]

    # Linting

    def lint(self, project: Project) -> None:
        """Lint a project from disk soon; a run under way is stale."""
        run = self.run_of(project)
        run.number += 1
        run.ever = True
        self.start(self._lint(run, run.number))

    def lint_concerned(self, uris: Iterable[str]) -> None:
        """Lint the projects that files belong to which were changed outside the editor."""
        paths = [path for uri in uris if (path := path_of(uri))]
        for run in list(self.runs.values()):
            if any(run.project.concerned(path) for path in paths):
                self.lint(run.project)

    def type(self, document: Document) -> None:
        """Lint a document's text once the typing pauses."""
        document.dirty = True
        document.turn += 1
        if document.timer is not None:
            document.timer.cancel()
        document.timer = self.start(self._type(document))

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    async def _lint(self, run: Run, number: int) -> None:
        await asyncio.sleep(_SAVING)
        if number != run.number:
            return
        run.count = 0
        units = self.units

        def progress(stage: str, done: int) -> None:
            self.desk.attend()
            run.count = done if stage == "listings" else run.count

        def work() -> tuple[Report, dict[str, list[Item]]]:
            if number != run.number:
                raise Stale
            report = run.project.lint(self.asked, lambda: number == run.number, progress)
            return report, items(report, units, {})

        future = self.desk.later(work)
        showing = self.start(self._show_progress(run, number, future))
        try:
            report, found = await future
        except Stale:
            return
        except UsageError as error:
            self._cannot(run, error)
            return
        except Exception as error:
            self._failed(error)
            return
        finally:
            await asyncio.wait([showing])
        if number == run.number:
            run.found = found
            for finding in nowhere(report):
                self._tell_once(finding.message)
            for document in self.documents.values():
                if document.project is run.project and document.dirty:
                    self.start(self._type(document, 0))
                elif document.project is run.project:
                    document.items = None
            self.publish()

    async def _type(self, document: Document, delay: float = _TYPING) -> None:
        await asyncio.sleep(delay)
        if not document.dirty:
            return
        text, units, turn = self.text(document), self.units, document.turn

        def work() -> list[Item] | None:
            report = document.project.lint_text(document.path, text, self.asked, lambda: turn == document.turn)
            if report is None:
                return None
            found = items(report, units, {os.path.realpath(document.path): text})
            return [item for here in found.values() for item in here]

        try:
            found = await self.desk.soon(work)
        except (Stale, UsageError):
            return  # a wrong configuration is told of by the run over the catalog
        except Exception as error:
            self._failed(error)
            return
        if document.dirty and document in self.documents.values() and text == self.text(document):
            document.items = found
            self.publish()

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Do what only reads beside the linting."""
        return await asyncio.get_running_loop().run_in_executor(self.reader, work)

    async def _show_progress(self, run: Run, number: int, future: asyncio.Future[Any]) -> None:
        window = self.client_capabilities.window
        await asyncio.wait([future], timeout=_PATIENCE)
        if future.done() or not (window and window.work_done_progress):
            return
        token = f"pddlint-{id(run)}-{number}"
        bar, lang = self.work_done_progress, self.lang
        try:
            await asyncio.wait_for(bar.create_async(token), 5)
        except Exception:  # an editor that cannot after all
            return
        bar.begin(token, lsp.WorkDoneProgressBegin(_RUNNING.in_(lang)))
        while not future.done():
            bar.report(token, lsp.WorkDoneProgressReport(message=fill(_DONE, lang, count=run.count)))
            await asyncio.wait([future], timeout=_PATIENCE)
        bar.end(token, lsp.WorkDoneProgressEnd())

    # Telling the editor

    def publish(self) -> None:
        """Tell the editor what has changed since it was told last, of open files and of others."""
        uris = {real: uri_of(here[0].reported.path) for run in self.runs.values() for real, here in run.found.items()}
        uris |= {real: document.uri for real, document in self.documents.items()}
        now = {uri: [item.diagnostic for item in self.items_of(uri)] for _, uri in sorted(uris.items())}
        for uri, diagnostics in now.items():
            if self.told.get(uri, []) != diagnostics or uri not in self.told:
                self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, diagnostics))
        for uri in self.told.keys() - now.keys():
            if self.told[uri]:
                self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))
        self.told = now

    def _cannot(self, run: Run, error: UsageError) -> None:
        """A wrong configuration: what was found before stands, the mistakes are shown in the file."""
        file = run.project.file
        if file is not None:
            found = features.mistakes(error, self.lang, str(file.absolute()))
            run.found = {**run.found, os.path.realpath(file): found}
            self.publish()
        else:
            self._tell_once("\n".join(error.lines(self.lang)))

    def _failed(self, error: Exception) -> None:
        from pddlint.judging import describe

        logging.getLogger(__name__).error("pddlint: %s", describe(error), exc_info=error)
        self._tell_once(f"pddlint: {describe(error)}")

    def _tell_once(self, message: str) -> None:
        if message not in self.said:
            self.said.add(message)
            self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, message))

    def end(self) -> None:
        """Let nothing more be begun, and what is under way end soon."""
        for run in self.runs.values():
            run.number += 1
        for document in self.documents.values():
            document.turn += 1
        for task in self.tasks:
            task.cancel()
        self.desk.close()
        self.reader.shutdown(wait=False, cancel_futures=True)


def _changed_since(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_mtime >= moment
    except OSError:
        return True


def serve(lang: Lang | None) -> None:
    """Speak with the editor until it ends. Nothing else may write to its channel: what prints, prints to stderr."""
    source, channel = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR)
    server = Server(lang)
    features.register(server)
    try:
        server.start_io(source, channel)
    finally:
        server.end()
