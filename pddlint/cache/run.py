"""The cache during one run: opened, asked, tidied and closed; or nothing of the kind, where it is off or fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pddlint.profile import stage
from pddlint.settings import Settings

if TYPE_CHECKING:
    from pddlint.cache.matches import Matches
    from pddlint.cache.store import Store
    from pddlint.catalog.read import ReadOptions
    from pddlint.judging import Judge


class Memory:
    """`store` is None when there is no cache; `trouble` says why, where one was wanted."""

    def __init__(self, folder: Path | None) -> None:
        self.store: Store | None = None
        self.trouble = ""
        self.folder = folder
        if folder is not None:
            from pddlint.cache.folder import open_store

            self.store, self.trouble = open_store(folder)
            self.folder = folder if self.store is not None else None

    def version(self, judge: Judge, options: ReadOptions) -> tuple[bytes, bool] | None:
        """What the kept work of a run depends on besides its input; None when nothing is to be kept."""
        if self.store is None:
            return None
        from pddlint.cache.records import version

        return version(judge, options)

    def matches(self, version: tuple[bytes, bool] | None) -> Matches | None:
        """What is kept of merchants' comparisons."""
        if self.store is None or version is None:
            return None
        from pddlint.cache.matches import Matches

        return Matches(self.store, *version)

    def close(self) -> None:
        """Write what is waiting and drop what is old."""
        if self.store is not None:
            self.store.tidy()
            self.store.close()
            self.trouble = self.trouble or self.store.trouble


@contextmanager
def remembering(settings: Settings) -> Iterator[Memory]:
    """The cache of the settings, for one run."""
    folder = None
    if settings.cache:
        from pddlint.cache.folder import place

        folder = place(settings)
    memory = Memory(folder)
    try:
        yield memory
    finally:
        with stage("cache"):
            memory.close()
