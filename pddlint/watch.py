"""Lint again whenever something changes: catalog files, pictures, the configuration.

Folders are watched from before a run reads them, so that what changes during a run is seen after it. A run that cannot
take place (a configuration that is half written) is said, and the next change awaited.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue

import msgspec

from pddlint import config, engine, pictures
from pddlint.catalog import pictures as folders
from pddlint.catalog.discover import ENDINGS, SKIPPED
from pddlint.changed import PICTURES
from pddlint.checkers.base import Lang, Text
from pddlint.errors import UsageError
from pddlint.i18n import fill
from pddlint.report import Report
from pddlint.reports.terminal import Style, totals
from pddlint.settings import Settings

_QUIET = 100  # milliseconds without a change before a run starts
_MISSING = Text(
    "--watch 需要 watchfiles：pip install 'pddlint[watch]'", "--watch needs watchfiles: pip install 'pddlint[watch]'"
)


class Scope(msgspec.Struct, frozen=True):
    """What to watch: folders with all below them, folders alone, files that count whatever their name; and the files
    that the runs themselves write. `settled`: a run's settings come from some of these files, not the command line
    alone."""

    trees: frozenset[str]
    folders: frozenset[str]
    files: frozenset[str]
    written: frozenset[str]
    settled: bool

    def counts(self, path: str, there: bool) -> bool:
        """Whether a change of `path` may change what a run finds."""
        if os.path.realpath(path) in self.written:
            return False
        top = next((tree for tree in self.trees if path.startswith(tree + os.sep)), "")
        parts = Path(path[len(top) :]).parts
        if path in self.files or path in self.trees or (parts[-1] in config.NAMES and not SKIPPED.intersection(parts)):
            return True
        if not top or SKIPPED.intersection(parts):
            return False
        name = parts[-1].lower()
        folder = "." not in name and (not there or Path(path).is_dir())  # moved in or out with all that is in it
        return folder or name.endswith((*ENDINGS, *PICTURES))


def scope(settings: Settings | None, paths: Sequence[Path], chosen: Path | None, written: Iterable[Path]) -> Scope:
    """What runs over `paths` read; the configuration alone while it is broken (`settings` None). `chosen`: --config."""
    configuration = chosen or (settings.file if settings else config.find(paths or [Path()]))
    sources = [configuration] if configuration else []
    roots: list[Path] = []
    if settings is not None:
        sources += [settings.base / settings.baseline] if settings.baseline else []
        roots = [*engine.targets(settings, paths), *(settings.base / root for root in settings.images.roots)]
    trees = {_normal(root) for root in roots if root.is_dir()}
    files = {_normal(file) for file in (*sources, *roots)} - trees
    around = config.common_folder(paths)
    here = [one for one in around.parents if one.is_relative_to(Path.cwd())]  # where a configuration may appear
    folders = {_existing(Path(file).parent) for file in files} | {around, *here}
    return Scope(
        frozenset(trees),
        frozenset(str(one) for one in folders if not any(one.is_relative_to(tree) for tree in trees)),
        frozenset(files),
        frozenset(os.path.realpath(file) for file in written),
        bool(sources),
    )


def _normal(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - links stay as they are


def _existing(folder: Path) -> Path:
    return next((one for one in (folder, *folder.parents) if one.is_dir()), folder)


class Watcher:
    """Tells when something in a scope changes. A context manager; its threads end with it."""

    def __init__(self) -> None:
        try:
            import watchfiles  # noqa: F401
        except ImportError as error:
            raise UsageError(_MISSING) from error
        self._scope: Scope | None = None
        self._news: SimpleQueue[Exception | None] = SimpleQueue()
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Watcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def follow(self, scope: Scope) -> None:
        """Watch this scope from now on; what has changed before is forgotten."""
        if scope != self._scope:
            self._end()
            self._scope, self._stop = scope, threading.Event()
            for folders, deep in ((scope.trees, True), (scope.folders, False)):
                if folders:
                    work = threading.Thread(
                        target=self._watch, args=(sorted(folders), deep, scope, self._stop), daemon=True
                    )
                    work.start()
                    self._threads.append(work)
        self._drain()

    def wait(self) -> None:
        """Return once something has changed since `follow`. Raises what the watching itself raised."""
        news = self._news.get()
        self._drain()
        if news is not None:
            raise news

    def _watch(self, folders: list[str], deep: bool, scope: Scope, stop: threading.Event) -> None:
        from watchfiles import Change, watch

        try:
            for _ in watch(
                *folders,
                watch_filter=lambda change, path: scope.counts(path, change is not Change.deleted),
                step=_QUIET,
                stop_event=stop,
                rust_timeout=500,
                recursive=deep,
                ignore_permission_denied=True,
            ):
                self._news.put(None)
        except Exception as error:
            if not stop.is_set():
                self._news.put(UsageError(Text(f"没法监视文件：{error}", f"cannot watch files: {error}")))

    def _drain(self) -> None:
        try:
            while True:
                self._news.get_nowait()
        except Empty:
            pass

    def _end(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=2)
        self._threads.clear()


def watch(
    look: Callable[[], Scope],
    run: Callable[[], Report],
    say: Callable[[str], None],
    clear: Callable[[], None],
    lang: Lang,
) -> None:
    """Run, wait for a change, run again, until KeyboardInterrupt.

    `look` says what to watch and raises nothing; `run` lints and reports. A UsageError of a run is told with `say`, as
    is the line between two runs; one that no change of a file can mend ends the watch.
    """
    known: frozenset[str] | None = None
    with Watcher() as watcher:
        while True:
            _require_folder()
            now = look()
            watcher.follow(now)
            pictures.forget()
            folders.forget()
            clear()
            try:
                report = run()
            except UsageError as error:
                if not now.settled:
                    raise
                for line in error.lines(lang):
                    say(f"pddlint: {line}")
                say(_stamped(Text("没有检查，等待修改", "not linted, waiting for a change"), lang))
            else:
                marks = frozenset(finding.fingerprint for finding in report.active)
                say(_stamped(_summary(report, marks, known), report.lang))
                known = marks
            watcher.wait()


def _require_folder() -> None:
    """UsageError when the working folder is gone, and with it what relative paths mean."""
    try:
        Path.cwd()
    except FileNotFoundError as error:
        raise UsageError(Text("当前目录已被删除", "the working folder has been deleted")) from error


def _summary(report: Report, marks: frozenset[str], known: frozenset[str] | None) -> Text:
    found = totals(report, Style(False)).strip()
    zh = en = ""
    if known is not None and marks != known:
        fresh, gone = len(marks - known), len(known - marks)
        zh, en = f"；新增 {fresh} 个，消失 {gone} 个", f"; {fresh} new, {gone} gone"
    return Text(f"{found}{zh}；等待修改，Ctrl-C 结束", f"{found}{en}; waiting for changes, Ctrl-C ends")


def _stamped(text: Text, lang: Lang) -> str:
    return fill(Text("[{time}] {what}", "[{time}] {what}"), lang, time=time.strftime("%H:%M:%S"), what=text.in_(lang))
