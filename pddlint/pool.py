"""The two shared steps over many listings and merchants, in this process or in several; the results come in the same
order either way.

Processes are started only when there is work enough for them. A process that dies (killed, out of memory, a picture
that crashes its decoder) takes nothing with it: what it had under way is tried again in smaller portions, and a listing
that kills every process that looks at it is named.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from pddlint.catalog.model import Listing
from pddlint.findings import Finding, Place, at_listing, listing_ref
from pddlint.judging import Failure, Judge, Judged, Matched, picture_paths
from pddlint.settings import Settings

if TYPE_CHECKING:
    from pddlint.matching.fingerprint import Fingerprint

Record = Listing | Finding
T = TypeVar("T")
R = TypeVar("R")

_BATCH = 48  # records sent to a process at once
_PICTURE = 8  # a picture costs about as much as this many bare listings
_WORTH_A_POOL = 3000  # below this much work, starting processes costs more than they save
_WORTH_MATCHING = 2000  # listings to compare, in several merchants, before matching is shared out

_judge: Judge | None = None  # in a worker process: its own rules, loaded once


class Workers:
    """Processes for a run, started on demand. `jobs` 0 decides by the amount of work; 1 keeps everything here."""

    def __init__(self, judge: Judge, jobs: int) -> None:
        self.here = judge
        self.jobs = jobs or cores()
        self.forced = jobs > 1
        self.executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def judge(self, records: Iterable[Record]) -> Iterator[Judged | Finding]:
        """Judge every listing among the records; findings among them pass through."""
        stream = iter(records)
        if self.jobs == 1:
            yield from _judged(self.here, stream)
            return
        ahead: list[Record] = []
        weight = 0
        for record in stream:
            ahead.append(record)
            weight += 1 + _PICTURE * len(picture_paths(record)) if isinstance(record, Listing) else 1
            if self.forced or weight >= _WORTH_A_POOL:
                break
        else:
            yield from _judged(self.here, ahead)
            return
        records = chain(ahead, stream)
        batches = iter(lambda: list(islice(records, _BATCH)), [])
        for outcome in self._map(_judge_batch, batches, self._judge_again):
            yield from outcome

    def match(self, merchants: dict[str, list[Fingerprint]]) -> Iterator[Matched]:
        """Compare each merchant's listings, in the order of the merchants' names. Empties `merchants`."""
        names = sorted(merchants)
        groups = (merchants.pop(name) for name in names)
        many = len(names) > 1 and sum(map(len, merchants.values())) >= _WORTH_MATCHING
        if self.jobs > 1 and (many or self.forced):
            yield from self._map(_match, groups, lambda group: self.here.merchant(group))
        else:
            yield from map(self.here.merchant, groups)

    def _map(self, work: Callable[[T], R], portions: Iterator[T], again: Callable[[T], R]) -> Iterator[R]:
        """`work` on each portion, in order, a few portions ahead. `again` does those that a dying process lost."""
        waiting: deque[tuple[T, Future[R]]] = deque()
        while True:
            lost: list[T] = []
            try:
                while len(waiting) < 3 * self.jobs and (portion := next(portions, None)) is not None:
                    lost.append(portion)
                    waiting.append((portion, self._running().submit(work, portion)))
                    lost.clear()
                if not waiting:
                    return
                yield waiting[0][1].result()
                waiting.popleft()
            except BrokenProcessPool:
                self._stop()
                lost = [portion for portion, _ in waiting] + lost
                waiting.clear()
                yield from map(again, lost)

    def _judge_again(self, batch: Sequence[Record]) -> list[Judged | Finding]:
        """A lost batch once more, in a process of its own; halved until the listing that kills it stands alone."""
        try:
            with self._start(1) as single:
                return single.submit(_judge_batch, batch).result()
        except BrokenProcessPool:
            if len(batch) > 1:
                middle = len(batch) // 2
                return self._judge_again(batch[:middle]) + self._judge_again(batch[middle:])
        return [_dead(record) if isinstance(record, Listing) else record for record in batch]

    def _running(self) -> ProcessPoolExecutor:
        if self.executor is None:
            self.executor = self._start(self.jobs)
        return self.executor

    def _start(self, processes: int) -> ProcessPoolExecutor:
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        active = frozenset(c.rule.code for c in (*self.here.per_listing, *self.here.per_merchant))
        return ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(self.here.settings, active))

    def _stop(self) -> None:
        if self.executor is not None:
            self.executor.shutdown(wait=True, cancel_futures=True)
            self.executor = None


def cores() -> int:
    """How many processes may run at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def _judged(judge: Judge, records: Iterable[Record]) -> Iterator[Judged | Finding]:
    for record in records:
        judged = record if isinstance(record, Finding) else judge.listing(record)
        if judged is not None:
            yield judged


def _dead(listing: Listing) -> Judged:
    place: Place = at_listing(listing)
    error = (
        "ProcessDied: the process died while it looked at this listing (memory, or a picture that crashes its decoder)"
    )
    failure = Failure("–", "pddlint", error, place)
    return Judged(
        (), (failure,), None, listing.suppressions, listing.origin, listing_ref(listing), len(listing.skus), 0
    )


def _begin(settings: Settings, active: frozenset[str]) -> None:
    global _judge
    import signal

    from pddlint.engine import load_rules

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _judge = Judge(load_rules(settings)[0], active, settings)


def _judge_batch(batch: Sequence[Record]) -> list[Judged | Finding]:
    assert _judge is not None
    return list(_judged(_judge, batch))


def _match(fingerprints: Sequence[Fingerprint]) -> Matched:
    assert _judge is not None
    return _judge.merchant(fingerprints)
