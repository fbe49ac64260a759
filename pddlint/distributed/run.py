"""`engine.run` on a distributed engine: the same arguments, the same result."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from uuid import uuid4

import msgspec

from pddlint import __version__, engine
from pddlint.catalog import troubles
from pddlint.catalog.formats import broken_formats
from pddlint.catalog.read import ReadOptions
from pddlint.checkers.base import Text
from pddlint.distributed import giants, planning, remote, storage, work
from pddlint.distributed import portions as cutting
from pddlint.distributed.dataflow import Flow, Row
from pddlint.distributed.gather import Gatherer
from pddlint.distributed.wire import Job, Outcome, Piece, Portion, pack, unpack
from pddlint.engine import Progress, Result, Street
from pddlint.errors import UsageError
from pddlint.judging import Judge
from pddlint.settings import Settings

_ATTEMPTS = 3
_LISTING = 200  # bytes of the smallest listing: a catalog with fewer for each cannot hold a very large merchant
_WORTH_PROCESSES = 1 << 20  # bytes of catalog files below which starting processes costs more than it saves


def run(
    settings: Settings,
    paths: Sequence[Path] = (),
    progress: Progress | None = None,
    per_listing: bool = False,
    flow: Flow | None = None,
) -> Result:
    """Lint what `paths` name on Daft, or on another `flow`. UsageError when it is not installed, or for wrong
    settings.
    """
    started = time.perf_counter()
    settings = msgspec.structs.replace(settings, base=settings.base.absolute())
    registry, active = engine.load_rules(settings)
    if per_listing:
        active -= engine.comparing(registry)
    street = Street(Judge(registry, active, settings), engine.mentioned_ids(settings), progress)
    urls = [url for path in paths if (url := remote.url_of(path))]
    here = [path for path in paths if not remote.url_of(path)]
    roots = engine.targets(settings, here) if here or not urls else []
    options = _read_options(settings)
    prepared, pieces = planning.plan(roots, urls, options)
    for finding in (*prepared.refusals, *(troubles.broken_format(one.name, one.reason) for one in broken_formats())):
        street.take(finding)
    job = Job(uuid4().hex, __version__, tuple(registry.rules), settings, active, options, prepared.sidecars)
    total = sum(piece.size for piece in pieces)
    flow = flow or Flow(processes=settings.jobs > 1 or (settings.jobs == 0 and total > _WORTH_PROCESSES))
    gatherer = Gatherer(street)
    if pieces:
        size = cutting.size_of_portions(total, flow.cores)
        whole = cutting.portions(_cut(flow, pieces, size, options.max_document), size)
        for outcome in _finish(flow, job, street.judge, whole, progress or (lambda stage, done: None)):
            gatherer.take(outcome)
    gatherer.finish()
    return engine.finish(street, registry, active, roots, started)


def _read_options(settings: Settings) -> ReadOptions:
    """The reader's options; image roots that are URLs stay URLs."""
    options = engine.read_options(settings)
    roots = tuple(remote.url_of(root) or str(settings.base / root) for root in settings.images.roots)
    return msgspec.structs.replace(options, image_roots=roots)


def _cut(flow: Flow, pieces: list[Piece], size: int, limit: int) -> list[Piece]:
    """The pieces in reading order, large files cut."""
    large = cutting.worth_cutting(pieces, size)
    if not large:
        return pieces
    cut: dict[int, list[Piece]] = {}
    for _, _, data in flow.stream(flow.read([pack(piece) for piece in large], partial(_cut_one, size, limit))):
        piece = unpack(data, Piece)
        cut.setdefault(piece.file, []).append(piece)
    for some in cut.values():
        some.sort(key=lambda piece: piece.piece)
    return [part for piece in pieces for part in cut.get(piece.file, [piece])]


def _cut_one(size: int, limit: int, data: bytes) -> list[Row]:
    return [("piece", "", pack(piece)) for piece in storage.cut_file(unpack(data, Piece), size, limit)]


def _finish(
    flow: Flow, job: Job, judge: Judge, whole: Sequence[Portion], progress: Callable[[str, int], None]
) -> list[Outcome]:
    """Run the query to its end, again where a worker was lost on the way; only a whole query counts."""
    for attempt in range(1, _ATTEMPTS + 1):
        outcomes: list[Outcome] = []
        try:
            for outcome in _outcomes(flow, job, judge, whole):
                outcomes.append(outcome)
                progress("merchants", len(outcomes))
            return outcomes
        except (UsageError, MemoryError):
            raise
        except Exception as error:
            if attempt == _ATTEMPTS or any(isinstance(cause, work.Mismatch) for cause in _causes(error)):
                raise _failed(error) from error
            # Where a process died, a listing may have killed it: judge in processes of their own, so that it is named.
            job = msgspec.structs.replace(job, careful=job.careful or flow.lost_process(error))
    raise AssertionError


def _outcomes(flow: Flow, job: Job, judge: Judge, whole: Sequence[Portion]) -> Iterator[Outcome]:
    """What every merchant's listings come to: most in one task each, those of very large merchants in many."""
    blob = pack(job)
    rows = flow.read([pack(one) for one in whole], partial(work.read, blob))
    large: list[str] = []
    if judge.per_merchant and sum(cutting.weight(p) for one in whole for p in one.pieces) > giants.LARGE * _LISTING:
        rows = flow.held(rows)
        large = sorted(key for key, size in flow.sizes(rows).items() if size > giants.LARGE and key.startswith("m"))
    small = flow.only(rows, large, without=True) if large else rows
    for _, _, data in flow.stream(flow.reduced([small], partial(work.compare, blob))):
        yield unpack(data, Outcome)
    for key in large:
        yield from giants.compare(flow, job, judge, flow.only(rows, [key]))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _failed(error: Exception) -> UsageError:
    said = " ".join(str(error).split())[-500:]
    return UsageError(
        Text(
            f"分布式引擎没能完成：{type(error).__name__}：{said}",
            f"the distributed engine could not finish: {type(error).__name__}: {said}",
        )
    )
