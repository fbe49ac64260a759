"""The map step over many listings, in this process or in several; results come in the order of the listings."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice

from pddlint.catalog.model import Listing
from pddlint.findings import Finding
from pddlint.judging import Judge, Judged, picture_paths
from pddlint.settings import Settings

Batch = list[Listing | Finding]
Outcome = list[Judged | Finding]

_BATCH = 48  # records sent to a process at once
_PICTURE = 8  # a picture costs about as much as this many bare listings
_WORTH_A_POOL = 3000  # below this much work, starting processes costs more than they save

_judge: Judge | None = None  # in a worker process: its own rules, loaded once


def judge_all(judge: Judge, records: Iterable[Listing | Finding], jobs: int) -> Iterator[Judged | Finding]:
    """Judge every listing among `records`; findings among them pass through. `jobs` 0: decide by the amount of work."""
    stream = iter(records)
    if jobs == 1 or (jobs == 0 and cores() == 1):
        yield from _here(judge, stream)
        return
    ahead: Batch = []
    weight = 0
    for record in stream:
        ahead.append(record)
        weight += 1 + _PICTURE * len(picture_paths(record)) if isinstance(record, Listing) else 1
        if jobs or weight >= _WORTH_A_POOL:
            break
    else:
        yield from _here(judge, ahead)
        return
    yield from _in_processes(judge, chain(ahead, stream), jobs or cores())


def cores() -> int:
    """How many processes may run at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def _here(judge: Judge, records: Iterable[Listing | Finding]) -> Iterator[Judged | Finding]:
    for record in records:
        judged = record if isinstance(record, Finding) else judge.listing(record)
        if judged is not None:
            yield judged


def _in_processes(judge: Judge, records: Iterator[Listing | Finding], jobs: int) -> Iterator[Judged | Finding]:
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    waiting: deque[tuple[Batch, Future[Outcome]]] = deque()
    executor = ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(judge.settings,))
    try:
        while True:
            while len(waiting) < 3 * jobs and (batch := list(islice(records, _BATCH))):
                waiting.append((batch, executor.submit(_work, batch)))
            if not waiting:
                return
            outcome = waiting[0][1].result()
            waiting.popleft()
            yield from outcome
    except BrokenProcessPool:
        # A process died (killed, out of memory): what was under way is done again here, one listing after another.
        yield from _here(judge, chain(*(batch for batch, _ in waiting), records))
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _start(settings: Settings) -> None:
    global _judge
    import signal

    from pddlint.engine import load_rules

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _judge = Judge(*load_rules(settings), settings)


def _work(batch: Batch) -> Outcome:
    assert _judge is not None
    return list(_here(_judge, batch))
