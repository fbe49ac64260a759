"""The files of a catalog as one stream: records found but not decoded, with a mark where a file begins and ends."""

# ruff: noqa: PTH202
# Strings and os.path on purpose: this runs once a file, where Path costs ten times as much.

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pddlint.catalog.decode import documents
from pddlint.catalog.read import Entry, Plan, Raw, ReadOptions, raws
from pddlint.findings import Finding
from pddlint.profile import stage


class Begin(msgspec.Struct, frozen=True):
    """A file begins; `shown` is its path as reports show it."""

    shown: str


class End(msgspec.Struct, frozen=True):
    """The file that began last ends."""


Item = Raw | Entry | Finding | Begin | End


class Ahead:
    """Iterates over the items of all files, in order; meanwhile `left` tells how much there is still to come."""

    def __init__(self, plan: Plan, options: ReadOptions) -> None:
        self._plan = plan
        self._options = options
        self._sizes = [_size(source.path) for source in plan.sources]
        self._total = sum(self._sizes)
        self._before = 0  # bytes of the files that are read
        self._inside = 0  # bytes read of the present one

    def left(self) -> float:
        """How many times as much as was read so far is still to be read, by bytes."""
        done = self._before + self._inside
        return (self._total - done) / max(done, 1)

    def __iter__(self) -> Iterator[Item]:
        for source, size in zip(self._plan.sources, self._sizes, strict=True):
            yield Begin(source.shown)
            found = raws(documents(Path(source.path), self._options.max_document), source)
            while True:
                with stage("find"):
                    item = next(found, None)
                if item is None:
                    break
                if isinstance(item, Raw):
                    self._inside = min(item.origin.end, size)
                yield item
            yield End()
            self._before, self._inside = self._before + size, 0


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except (OSError, ValueError):
        return 0
