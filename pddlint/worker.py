"""What a process of the pool does: it looks at batches of records, judges listings, and compares merchants.

Nothing here knows of other processes; what comes in and goes home is what can be sent.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from pddlint import pictures, profile
from pddlint.catalog.ahead import Item
from pddlint.catalog.model import Listing
from pddlint.catalog.read import ReadOptions
from pddlint.catalog.sidecar import Sidecar
from pddlint.findings import Finding
from pddlint.judging import Judge, Judged, Matched, Packed
from pddlint.profile import stage
from pddlint.seen import Looked, Looker
from pddlint.settings import Settings

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from pddlint.cache.store import Store
    from pddlint.matching.fingerprint import Fingerprint

Record = Listing | Finding
R = TypeVar("R")


class Setup(msgspec.Struct, frozen=True):
    """What a process needs besides the rules to look at records: how they are read, and where the cache is (without
    `version`, one for pictures alone)."""

    options: ReadOptions = ReadOptions()
    sidecars: dict[str, Sidecar] = {}
    folder: Path | None = None
    version: tuple[bytes, bool] | None = None
    measured: bool = False


class Done(msgspec.Struct, Generic[R]):
    """What a process sends home: the result, and the time it took by stage where that is measured."""

    value: R
    spent: dict[str, profile.Spent] | None = None


class _Process(msgspec.Struct):
    """What a worker process holds."""

    judge: Judge
    looker: Looker
    store: Store | None


_process: _Process | None = None


def begin(settings: Settings, active: frozenset[str], setup: Setup) -> None:
    """Make a process ready: what it needs stays with it."""
    global _process
    import signal
    from threading import Thread

    from pddlint.engine import load_rules

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(500_000)  # as in the parent: most of what a process makes stays
    if setup.measured:
        profile.begin()
    with stage("start"):
        judge = Judge(load_rules(settings)[0], active, settings)
    store = None
    if setup.folder is not None:
        from pddlint.cache.folder import open_store

        store, _ = open_store(setup.folder)
    pictures.begin(store)
    _process = _Process(judge, Looker(judge, setup.options, setup.sidecars, store, setup.version), store)


def _end_with_parent() -> None:
    """A parent that was killed sends no more work, and says nothing of it either."""
    import multiprocessing
    import os

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def look_batch(batch: Sequence[Item]) -> Done[list[Looked]]:
    """Read and judge records."""
    assert _process is not None
    looker = _process.looker
    found = list(looker.look(batch))
    if _process.store is not None:
        _process.store.flush()
    return _done(found)


def judge_batch(batch: Sequence[Record]) -> Done[list[Judged | Finding]]:
    """Judge listings that were read elsewhere."""
    assert _process is not None
    return _done(list(judged(_process.judge, batch)))


def match(fingerprints: Sequence[Fingerprint | Packed]) -> Done[Matched]:
    """Compare the listings of one merchant."""
    assert _process is not None
    matched = compared(_process.judge, _process.store, fingerprints)
    if _process.store is not None:
        _process.store.flush()
    return _done(matched)


def _done(value: R) -> Done[R]:
    return Done(value, profile.profile.taken() if profile.profile is not None else None)


def judged(judge: Judge, records: Iterable[Record]) -> Iterator[Judged | Finding]:
    """What becomes of each record that is on sale; findings pass through."""
    for record in records:
        found = record if isinstance(record, Finding) else judge.listing(record)
        if found is not None:
            yield found


def compared(
    judge: Judge,
    store: Store | None,
    group: Sequence[Fingerprint | Packed],
    threads: ThreadPoolExecutor | None = None,
) -> Matched:
    """Compare the listings of one merchant, with what is known of their pictures."""
    if store is None:
        from pddlint.matching.verification import Verifier

        return judge.merchant(group, Verifier(threads=threads))
    from pddlint.cache.pairs import KeepingVerifier

    return judge.merchant(group, KeepingVerifier(store, threads))
