"""The two shared steps over many records and merchants, in this process or in several; the results come in the same
order either way.

This process finds the records in the files, which is little work; they are decoded, converted and judged where they
are sent, a batch at a time, so that memory stays bounded and every core is busy. Processes are started only when there
is work enough for them. A process that dies (killed, out of memory, a picture that crashes its decoder) takes nothing
with it: what it had under way is tried again in smaller portions, and a listing that kills every process that looks at
it is named.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from pddlint import pictures, profile, worker
from pddlint.catalog import identity
from pddlint.catalog.ahead import Ahead, Item
from pddlint.catalog.model import Listing
from pddlint.catalog.read import Entry, Raw
from pddlint.findings import Finding, Place, at_listing, listing_ref
from pddlint.judging import Failure, Judge, Judged, Matched, Packed, picture_paths
from pddlint.profile import stage
from pddlint.seen import Begun, Looked, Looker, Seen, named
from pddlint.signals import undisturbed
from pddlint.worker import Done, Record, Setup

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
    from tempfile import TemporaryDirectory

    from pddlint.cache.matches import Matches
    from pddlint.cache.store import Store
    from pddlint.matching.fingerprint import Fingerprint

T = TypeVar("T")
R = TypeVar("R")

_BATCH = 48  # records sent to a process at once, or
_BATCH_BYTES = 1 << 20  # this many bytes of them
_PICTURE = 1  # a picture costs about as much as this many bare listings
_BATCH_HERE = 16  # records of which the pictures are decoded at once by this process's threads
_WORTH_A_POOL = 3000  # below this much work, starting processes costs more than they save
_SAMPLE = 200  # so much is done here before the rest is estimated
_WORTH_MATCHING = 2000  # listings to compare, in several merchants, before matching is shared out


class Workers:
    """Processes for a run, started on demand. `jobs` 0 decides by the amount of work; 1 keeps everything here.

    `store` is this process's cache, `matches` what it knows of merchants; both may be missing.
    """

    def __init__(
        self,
        judge: Judge,
        jobs: int,
        setup: Setup | None = None,
        store: Store | None = None,
        matches: Matches | None = None,
    ) -> None:
        setup = setup or Setup()
        self.here = judge
        self.jobs = jobs or cores()
        self.forced = jobs > 1
        self.setup = setup
        threads = self.jobs if self.jobs > 1 and not self.forced else 0
        self.looker = Looker(judge, setup.options, setup.sidecars, store, setup.version, threads)
        self.store = store
        self.matches = matches
        self.executor: ProcessPoolExecutor | None = None
        self._lent: TemporaryDirectory[str] | None = None
        self._threads: ThreadPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop(at_once=kind is not None)  # nobody waits for what they have under way
        pictures.end()
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
        if self._lent is not None:
            self._lent.cleanup()

    def look(self, ahead: Ahead, repeats: Callable[[Listing], bool]) -> Iterator[Looked]:
        """Look at every record of the files; all else passes through. `repeats` says which listings came before."""
        items = iter(ahead)
        if not self.forced and not (yield from self._look_here(items, ahead, repeats)):
            return
        batches = iter(lambda: list(_batch(self._sendable(items, repeats))), [])
        for outcome in self._map(worker.look_batch, batches, self._look_again):
            yield from outcome

    def _look_here(
        self, items: Iterator[Item], ahead: Ahead, repeats: Callable[[Listing], bool]
    ) -> Generator[Looked, None, bool]:
        """Look at records in this process, until none are left or there is work for several; says which."""
        begun: deque[list[Begun | Entry | Looked]] = deque()  # while one batch is judged, the next one's pictures come
        wanted = _SAMPLE
        shared = False
        while not shared and (batch := list(_batch(items, _BATCH_HERE))):
            begun.append(self.looker.begin(batch))
            if len(begun) > 1 or not self.looker.expecting:  # nothing comes, or it is not known yet
                yield from self.looker.finish(begun.popleft(), repeats)
            if self.jobs > 1 and self.looker.weight >= wanted:
                shared = self.looker.weight * ahead.left() >= _WORTH_A_POOL
                wanted *= 2
        for last in begun:
            yield from self.looker.finish(last, repeats)
        return shared

    def _sendable(self, items: Iterator[Item], repeats: Callable[[Listing], bool]) -> Iterator[Item]:
        """Records ready to be sent. Those that need more than their bytes are read here."""
        for item in items:
            if not isinstance(item, Raw):
                yield item
            elif item.portable:
                yield item.sent()
            else:
                yield self.looker.reader(item.source).read(item)

    def judge(self, records: Iterable[Record]) -> Iterator[Judged | Finding]:
        """Judge every listing among the records; findings among them pass through."""
        stream = iter(records)
        if self.jobs == 1:
            yield from worker.judged(self.here, stream)
            return
        ahead: list[Record] = []
        weight = 0
        for record in stream:
            ahead.append(record)
            weight += 1 + _PICTURE * len(picture_paths(record)) if isinstance(record, Listing) else 1
            if self.forced or weight >= _WORTH_A_POOL:
                break
        else:
            yield from worker.judged(self.here, ahead)
            return
        records = chain(ahead, stream)
        batches = iter(lambda: list(islice(records, _BATCH)), [])
        for outcome in self._map(worker.judge_batch, batches, self._judge_again):
            yield from outcome

    def match(self, merchants: dict[str, list[Fingerprint | Packed]]) -> Iterator[Matched]:
        """Compare each merchant's listings, in the order of the merchants' names. Empties `merchants`."""
        names = sorted(merchants)
        known: dict[str, Matched] = {}
        with stage("cache"):
            for name in names if self.matches else ():
                if self.matches and (found := self.matches.recall(name, merchants[name])) is not None:
                    known[name] = found
        left = [name for name in names if name not in known]
        total = sum(len(merchants[name]) for name in left)
        shared = self.jobs > 1 and bool(left) and (self.forced or (len(left) > 1 and total >= _WORTH_MATCHING))
        groups = (merchants[name] for name in left)
        again = self.here.merchant
        fresh = self._map(worker.match, groups, again) if shared else map(self._compare, groups)
        for name in names:
            matched = known.pop(name, None)
            if matched is None:
                matched = next(fresh)
                if self.matches:
                    with stage("cache"):
                        self.matches.keep(name, matched)
            del merchants[name]
            yield matched

    def _compare(self, group: Sequence[Fingerprint | Packed]) -> Matched:
        return worker.compared(self.here, self.store, group, self._describers())

    def _describers(self) -> ThreadPoolExecutor | None:
        if self._threads is None and self.looker.threads:
            from concurrent.futures import ThreadPoolExecutor

            self._threads = ThreadPoolExecutor(self.looker.threads, "pddlint-describe")
        return self._threads

    def _map(self, work: Callable[[T], Done[R]], portions: Iterator[T], again: Callable[[T], R]) -> Iterator[R]:
        """`work` on each portion, in order, a few portions ahead. `again` does those that a dying process lost."""
        from concurrent.futures.process import BrokenProcessPool

        waiting: deque[tuple[T, Future[Done[R]]]] = deque()
        while True:
            lost: list[T] = []
            try:
                while len(waiting) < 3 * self.jobs and (portion := next(portions, None)) is not None:
                    lost.append(portion)
                    waiting.append((portion, self._submit(work, portion)))
                    lost.clear()
                if not waiting:
                    return
                with stage("waiting"):
                    done = waiting[0][1].result()
                yield _home(done)
                waiting.popleft()
            except BrokenProcessPool:
                self._stop()
                lost = [portion for portion, _ in waiting] + lost
                waiting.clear()
                yield from map(again, lost)

    def _judge_again(self, batch: Sequence[Record]) -> list[Judged | Finding]:
        """A lost batch once more, in a process of its own; halved until the listing that kills it stands alone."""
        from concurrent.futures.process import BrokenProcessPool

        try:
            with self._start(1) as single:
                return _home(single.submit(worker.judge_batch, batch).result())
        except BrokenProcessPool:
            if len(batch) > 1:
                middle = len(batch) // 2
                return self._judge_again(batch[:middle]) + self._judge_again(batch[middle:])
        return [_dead(record) if isinstance(record, Listing) else record for record in batch]

    def _look_again(self, batch: Sequence[Item]) -> list[Looked]:
        """As `_judge_again`, for records that are still to be read."""
        from concurrent.futures.process import BrokenProcessPool

        try:
            with self._start(1) as single:
                return _home(single.submit(worker.look_batch, batch).result())
        except BrokenProcessPool:
            if len(batch) > 1:
                middle = len(batch) // 2
                return self._look_again(batch[:middle]) + self._look_again(batch[middle:])
        return [_unseen(self.looker, one) if isinstance(one, Raw | Entry) else one for one in batch]

    def _submit(self, work: Callable[[T], Done[R]], portion: T) -> Future[Done[R]]:
        """Send off a portion. That may start a process, which nobody would know of where a signal came in between."""
        with undisturbed():
            if self.executor is None:
                self.executor = self._start(self.jobs)
            return self.executor.submit(work, portion)

    def _start(self, processes: int) -> ProcessPoolExecutor:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        active = frozenset(c.rule.code for c in (*self.here.per_listing, *self.here.per_merchant))
        if self.setup.folder is None and processes > 1:
            self.setup = msgspec.structs.replace(self.setup, folder=self._lend())
        return ProcessPoolExecutor(
            processes, context, initializer=worker.begin, initargs=(self.here.settings, active, self.setup)
        )

    def _lend(self) -> Path | None:
        """Where the processes of a run without cache tell each other what they made of pictures, so that none is
        decoded by several; gone with the run."""
        from tempfile import TemporaryDirectory

        try:
            self._lent = TemporaryDirectory(prefix="pddlint-", ignore_cleanup_errors=True)
        except OSError:  # then each decodes for itself
            return None
        return Path(self._lent.name)

    def _stop(self, at_once: bool = False) -> None:
        if self.executor is not None:
            if at_once:
                _kill(self.executor)
            self.executor.shutdown(wait=True, cancel_futures=True)
            self.executor = None


def _kill(executor: Any) -> None:
    """End the processes of a pool, whatever they have under way. Before Python 3.14 only its private parts allow it."""
    for process in list((getattr(executor, "_processes", None) or {}).values()):
        process.terminate()
    results = getattr(getattr(executor, "_result_queue", None), "_writer", None)
    if results is not None:
        results.close()  # else this process would wait for the rest of a result that one of them was writing


def cores() -> int:
    """How many processes may run at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def _batch(items: Iterator[Item], most: int = _BATCH) -> Iterator[Item]:
    """The next records: as many as are sent, or looked at, at once."""
    size = 0
    for item in islice(items, most):
        yield item
        size += len(item.data) if isinstance(item, Raw) else 0
        if size > _BATCH_BYTES:
            return


def _dead(listing: Listing) -> Judged:
    place: Place = at_listing(listing)
    error = (
        "ProcessDied: the process died while it looked at this listing (memory, or a picture that crashes its decoder)"
    )
    failure = Failure("–", "pddlint", error, place)
    return Judged(
        (), (failure,), None, listing.suppressions, listing.origin, listing_ref(listing), len(listing.skus), 0
    )


def _unseen(looker: Looker, lost: Raw | Entry) -> Seen:
    """A record whose listing nobody could look at."""
    entry = looker.reader(lost.source).read(lost) if isinstance(lost, Raw) else lost
    if entry.listing is None:
        return Seen(entry)
    judged = _dead(entry.listing)
    return Seen(named(entry), identity.known(entry.listing), judged, None, judged.skus)


def _home(done: Done[R]) -> R:
    if done.spent is not None and profile.profile is not None:
        profile.profile.merge(done.spent)
    return done.value
