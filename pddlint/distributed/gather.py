"""From what the groups came to back to a run's result, in the order in which a plain run would have met it all."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from pddlint.catalog import troubles
from pddlint.catalog.model import Origin
from pddlint.distributed.wire import LAST, At, Entry, Outcome
from pddlint.engine import Inline, Street
from pddlint.findings import Finding

_ONCE_A_FILE = frozenset({troubles.CHANGED, troubles.UNREADABLE})  # every piece of a file may say so


class Gatherer:
    """Takes outcomes in any order; `finish` puts them in order into the street of a run."""

    def __init__(self, street: Street) -> None:
        self.street = street
        self.told: list[tuple[At, Finding]] = []
        self.notes: list[tuple[int, int, troubles.Notes]] = []
        self.entries: list[Entry] = []
        self.suppressions: list[tuple[At, Origin, Inline]] = []
        self.merchants: list[Outcome] = []
        self.seconds: list[float] = []

    def take(self, outcome: Outcome) -> None:
        counts = self.street.counts
        counts.read.add(outcome.told.counts)
        counts.paths |= outcome.paths
        counts.listings += outcome.listings
        counts.skus += outcome.skus
        counts.images += outcome.images
        self.told += outcome.told.findings
        self.notes += outcome.told.notes
        self.entries += outcome.entries
        self.suppressions += outcome.suppressions
        self.street.ids |= outcome.ids
        self.seconds.append(outcome.seconds)
        if outcome.findings or outcome.failures:
            self.merchants.append(outcome)

    def finish(self) -> None:
        self.told += _of_whole_files(self.notes)
        events: list[tuple[At, Finding | Entry]] = [*_once(self.told), *((entry.at, entry) for entry in self.entries)]
        for _, event in sorted(events, key=lambda one: one[0]):
            if isinstance(event, Finding):
                self.street.take(event)
            else:
                self.street.findings += event.findings
                self.street.failures += event.failures
        for _, origin, inline in sorted(self.suppressions, key=lambda one: one[0]):
            self.street.suppressions[origin] = inline
        for outcome in sorted(self.merchants, key=lambda one: one.merchant):
            self.street.findings += outcome.findings
            self.street.failures += outcome.failures


def _of_whole_files(notes: list[tuple[int, int, troubles.Notes]]) -> list[tuple[At, Finding]]:
    """What is said once a file, from the notes of its pieces."""
    found: list[tuple[At, Finding]] = []
    for file, pieces in groupby(sorted(notes, key=lambda one: one[:2]), key=lambda one: one[0]):
        first, *rest = (piece[2] for piece in pieces)
        for later in rest:
            first.merge(later)
        found += [((file, LAST, number), finding) for number, finding in enumerate(first.findings())]
    return found


def _once(told: Iterable[tuple[At, Finding]]) -> list[tuple[At, Finding]]:
    """What the reader said, without what several pieces of one file said alike."""
    seen: set[tuple[int, str]] = set()
    kept: list[tuple[At, Finding]] = []
    for at, finding in sorted(told, key=lambda one: one[0]):
        if finding.code in _ONCE_A_FILE:
            if (at[0], finding.code) in seen:
                continue
            seen.add((at[0], finding.code))
        kept.append((at, finding))
    return kept
