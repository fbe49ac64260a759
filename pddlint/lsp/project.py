"""What is linted together: a configuration and its catalog, as it is on disk; and one of its files as it is typed.

While a file is being typed only what can be said of its text alone is found anew. What comparing listings found when
the files were last saved is carried along to where the listings stand now.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from pddlint import config, engine, pictures
from pddlint.catalog import pictures as folders
from pddlint.catalog.decode import Splitter
from pddlint.catalog.discover import SKIPPED, Source
from pddlint.catalog.locate import Locator, Span, locate
from pddlint.catalog.model import Listing, Origin
from pddlint.catalog.read import Counts, Once, Plan, plan, read_documents
from pddlint.catalog.troubles import Notes
from pddlint.checkers.base import Lang
from pddlint.engine import Result, Street
from pddlint.findings import Finding, Place
from pddlint.judging import Judge
from pddlint.report import Report
from pddlint.settings import Settings
from pddlint.settle import settle


class Stale(Exception):
    """The run is no longer wanted."""


class Project:
    """A catalog: its settings, and what the last run over it found. What lints is called from one thread only; a text
    may be linted within the `progress` of a run."""

    def __init__(self, file: Path | None, folder: Path, single: Path | None = None) -> None:
        self.file, self.folder, self.single = file, folder, single
        self.settings = Settings(base=folder)
        self.started = 0.0  # when the last run that ended began, seconds since the epoch
        self._result: Result | None = None
        self._plan: Plan | None = None
        self._sources: dict[str, Source] = {}  # by real path

    def lint(self, lang: Lang | None, wanted: Callable[[], bool], progress: engine.Progress) -> Report:
        """Lint all of it from disk. Raises Stale once it is no longer wanted, UsageError for a wrong configuration."""

        def step(stage: str, done: int) -> None:
            if not wanted():
                raise Stale
            progress(stage, done)

        started = time.time()
        pictures.forget()
        folders.forget()
        self.settings = self._load()
        paths = self._paths()
        result = engine.run(self.settings, paths, step)
        step("listings", result.counts.listings)
        prepared = plan(engine.targets(self.settings, paths), engine.read_options(self.settings))
        report = settle(result, self.settings, self.language(lang))
        self._sources = {os.path.realpath(source.path): source for source in prepared.sources}
        self._result, self._plan, self.started = result, prepared, started
        return report

    def lint_text(self, path: Path, text: str, lang: Lang | None, wanted: Callable[[], bool]) -> Report | None:
        """Lint one file as it is typed; what it reports is about that file only. None when it is no part of this.
        Raises Stale once it is no longer wanted, UsageError for a wrong configuration."""
        source = self._source(path)
        if source is None or self._result is None:
            return None
        started = time.perf_counter()
        registry, active = engine.load_rules(self.settings)
        judge = Judge(registry, active - engine.comparing(registry), self.settings)
        street = Street(judge, engine.mentioned_ids(self.settings), None)
        data = text.removeprefix("\ufeff").encode("utf-8", "replace")
        places: dict[tuple[str, str], Origin] = {}
        for record in self._read(source, data):
            if not wanted():
                raise Stale
            if isinstance(record, Listing):
                places[record.shop, record.id] = record.origin
                judged = judge.listing(record)
                if judged is not None:
                    street.take(judged)
            else:
                street.take(record)
        result = engine.finish(street, registry, active, [Path(source.path)], started)
        carried = _carried(self._result, engine.comparing(registry), source.shown, places)
        together = tuple(sorted((*result.findings, *carried), key=engine.order))
        locator = Locator(source.path, data)

        def position(place: Place) -> Span:
            if place.origin.path == source.shown:
                return locator.locate(place.origin, place.pointer)
            return locate(place.origin, place.pointer, self.settings.base)

        merged = msgspec.structs.replace(result, findings=together)
        report = settle(merged, self.settings, self.language(lang), position=position)
        mine = tuple(f for f in report.findings if f.path and os.path.realpath(f.path) == os.path.realpath(source.path))
        return msgspec.structs.replace(report, findings=mine)

    def listings(self, path: Path, text: str) -> Iterator[Listing]:
        """The listings of one of its files, given its text."""
        source = self._source(path)
        if source is not None:
            records = self._read(source, text.removeprefix("\ufeff").encode("utf-8", "replace"))
            yield from (record for record in records if isinstance(record, Listing))

    def concerned(self, path: Path) -> bool:
        """Whether a change of a file may change what is found."""
        below = (self.settings.base / root for root in (*self.settings.catalog.roots, *self.settings.images.roots))
        roots = [self.single] if self.single is not None else [self.folder, *below]
        real = Path(os.path.realpath(path))
        inside = [top for root in roots if real.is_relative_to(top := os.path.realpath(root))]
        return any(not SKIPPED.intersection(real.relative_to(top).parts) for top in inside)

    def language(self, asked: Lang | None) -> Lang:
        from pddlint.i18n import language

        return language(asked or self.settings.lang)

    def _load(self) -> Settings:
        if self.file is not None and self.file.is_file():
            return config.load(self.file)
        return Settings(base=self.folder)

    def _paths(self) -> list[Path]:
        if self.single is not None:
            return [self.single]
        return [] if self.settings.catalog.roots else [self.folder]

    def _source(self, path: Path) -> Source | None:
        return self._sources.get(os.path.realpath(path))

    def _read(self, source: Source, data: bytes) -> Iterator[Listing | Finding]:
        assert self._plan is not None
        options, notes, once = engine.read_options(self.settings), Notes(source.shown), Once()
        stream = Splitter(iter([data]), options.max_document).run()
        sidecar = self._plan.sidecars[source.root]
        for record in read_documents(stream, source, options, sidecar, Counts(), notes):
            yield from once.admit(record)
        yield from notes.findings()


def project_for(path: Path, folders: list[Path]) -> Project:
    """The project a file belongs to: that of the nearest configuration, else of the innermost workspace folder that
    holds it, else the file alone."""
    file = config.find([path])
    if file is not None:
        return Project(file, file.parent)
    around = [folder for folder in folders if path.is_relative_to(folder)]
    if around:
        return Project(None, max(around, key=lambda folder: len(folder.parts)))
    return Project(None, path.parent, path)


def _carried(
    last: Result, codes: frozenset[str], path: str, places: dict[tuple[str, str], Origin]
) -> Iterator[Finding]:
    """What comparing listings had found about a file, moved to where its listings stand now."""

    def moved(place: Place) -> Place | None:
        if place.origin.path != path or place.listing is None:
            return place
        origin = places.get((place.listing.shop, place.listing.id))
        return None if origin is None else msgspec.structs.replace(place, origin=origin)

    for finding in last.findings:
        if finding.code in codes and finding.place.origin.path == path:
            place = moved(finding.place)
            related = [there for place_ in finding.related if (there := moved(place_)) is not None]
            if place is not None:
                yield msgspec.structs.replace(finding, place=place, related=tuple(related))
