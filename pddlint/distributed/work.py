"""What the workers of a distributed run do: read and judge a portion of files; compare the listings of one merchant.

Plain functions from bytes to bytes. The rules are loaded once a process, on first use: the engine keeps no state.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import islice
from threading import Lock

import msgspec

from pddlint import __version__, engine, pictures
from pddlint.catalog import identity, troubles
from pddlint.catalog.discover import Source
from pddlint.catalog.model import Listing
from pddlint.catalog.read import read_documents, use_resolver
from pddlint.distributed import remote, storage
from pddlint.distributed.wire import LAST, At, Entry, Job, Outcome, Piece, Portion, Row, Told, pack, unpack
from pddlint.engine import Inline
from pddlint.findings import Finding, ListingRef
from pddlint.images.decode import MAX_FILE_BYTES
from pddlint.judging import Judge, Judged, picture_paths
from pddlint.matching.fingerprint import Fingerprint
from pddlint.pool import Workers

_TELLERS = 64  # groups over which what portions tell of their files is spread
_AHEAD = 32  # listings whose pictures are fetched at once
_one_at_a_time = Lock()  # threads of one process gain nothing from judging at once


class Bench(msgspec.Struct):
    """A worker's own rules, and the job it does."""

    judge: Judge
    job: Job
    mentioned: frozenset[str]


class Mismatch(RuntimeError):
    """A worker has another pddlint, or other rules, than the machine that started the run."""


@lru_cache(2)
def bench(job_data: bytes) -> Bench:
    """Rules and settings of a job, made once a process. Mismatch when the installation is not the driver's."""
    pictures.begin(None)  # files may have changed since an earlier run
    remote.forget()
    job = unpack(job_data, Job)
    registry, _ = engine.load_rules(job.settings)
    if __version__ != job.version or tuple(registry.rules) != job.rules:
        raise Mismatch(
            f"this worker has pddlint {__version__} with {len(registry.rules)} rules, the driver {job.version}"
        )
    return Bench(Judge(registry, job.active, job.settings), job, engine.mentioned_ids(job.settings))


def read(job: bytes, portion: bytes) -> list[tuple[str, str, bytes]]:
    """Judge the listings of a portion: rows with the merchant for a key; and a row of what the files told."""
    with _one_at_a_time:
        return list(_read(bench(job), unpack(portion, Portion)))


def _read(here: Bench, portion: Portion) -> Iterator[tuple[str, str, bytes]]:
    told = Told()
    compares = bool(here.judge.per_merchant)
    with ExitStack() as stack:
        judge = stack.enter_context(Workers(here.judge, 2)).judge if here.job.careful else partial(_judged, here.judge)
        for piece in portion.pieces:
            for row in _judge(here, judge, piece, told):
                yield (*group_of(row.listing, compares), pack(row))
    yield f"f{portion.number % _TELLERS}", "", pack(told)


def group_of(listing: ListingRef, compares: bool) -> tuple[str, str]:
    """(key, part): the merchant and one of many parts of it that keep the records of one listing together. Where no
    rule compares listings the merchant does not matter.
    """
    own = _digest(listing.merchant, listing.shop, listing.id)
    return (f"m{_digest(listing.merchant)}" if compares else f"k{own[:3]}"), own[:2]


def _digest(*names: str) -> str:
    return blake2b("\0".join(names).encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()


def _judged(judge: Judge, listings: Iterable[Listing]) -> Iterator[Judged | Finding]:
    for listing in listings:
        judged = judge.listing(listing)
        if judged is not None:
            yield judged


def _judge(
    here: Bench, judge: Callable[[Iterable[Listing]], Iterator[Judged | Finding]], piece: Piece, told: Told
) -> Iterator[Row]:
    """The rows of a piece; what else it holds goes to `told`."""
    waiting: deque[tuple[At, identity.Known, str]] = deque()
    notes = troubles.Notes(piece.shown)

    def records() -> Iterator[Listing]:
        for number, record in enumerate(_records(here, piece, told, notes)):
            at = (piece.file, piece.piece, number)
            if isinstance(record, Finding):
                told.findings.append((at, record))
            else:
                waiting.append((at, identity.known(record), record.pointer("title")))
                yield record

    for judged in judge(records()):
        assert isinstance(judged, Judged)
        at, known, title = waiting.popleft()
        assert known.origin == judged.origin  # every listing is judged: those off the shelf are not read
        yield _row(at, known, title, judged)
    if piece.end:
        told.notes.append((piece.file, piece.piece, notes))  # what is said once a file needs all of its pieces
    else:
        told.findings += [((piece.file, LAST, number), one) for number, one in enumerate(notes.findings())]


def _records(here: Bench, piece: Piece, told: Told, notes: troubles.Notes) -> Iterator[Listing | Finding]:
    """The records of a piece, their pictures fetched ahead where they are far away."""
    job = here.job
    told.counts.files += piece.piece == 0
    stream = storage.documents_of(piece, job.options)
    source = Source(piece.path, piece.root, piece.shown)
    records = read_documents(stream, source, job.options, job.sidecars[piece.root], told.counts, notes)
    if not remote.has_urls(piece.root, job.options.image_roots):
        yield from records
        return
    use_resolver(piece.root, job.options.image_roots, remote.RemoteResolver(piece.root, job.options.image_roots))
    while batch := list(islice(records, _AHEAD)):
        paths = [path for one in batch if isinstance(one, Listing) for path in picture_paths(one)]
        remote.fetch_ahead(paths, MAX_FILE_BYTES)
        yield from batch


def _row(at: At, known: identity.Known, title: str, judged: Judged) -> Row:
    return Row(
        at,
        known,
        title,
        judged.findings,
        judged.failures,
        judged.fingerprint,
        judged.suppressions,
        judged.listing,
        judged.skus,
        judged.images,
    )


def compare(job: bytes, key: str, part: str, rows: Sequence[bytes]) -> list[tuple[str, str, bytes]]:
    """What the rows of a key come to, as an `Outcome`."""
    with _one_at_a_time:
        started = time.perf_counter()
        if key.startswith("f"):
            outcome = Outcome(told=_merged(unpack(row, Told) for row in rows))
        else:
            outcome, fingerprints = _alone(bench(job), rows)
            if fingerprints and bench(job).judge.per_merchant:
                matched = bench(job).judge.merchant(fingerprints)
                outcome.findings, outcome.failures = matched.findings, matched.failures
        outcome.seconds = time.perf_counter() - started
        return [("outcome", "", pack(outcome))]


def alone(job: bytes, rows: Sequence[bytes]) -> tuple[Outcome, list[Fingerprint]]:
    """What listings come to before they are compared, each admitted once; and their fingerprints."""
    with _one_at_a_time:
        return _alone(bench(job), rows)


def _merged(parts: Iterable[Told]) -> Told:
    whole = Told()
    for told in parts:
        whole.findings += told.findings
        whole.counts.add(told.counts)
        whole.notes += told.notes
    return whole


def _alone(here: Bench, packed: Sequence[bytes]) -> tuple[Outcome, list[Fingerprint]]:
    rows = sorted((unpack(row, Row) for row in packed), key=lambda row: row.at)
    outcome = Outcome(merchant=rows[0].listing.merchant)
    kept = list(admitted(rows, outcome.told))
    for row in kept:
        take(row, outcome, here.mentioned)
    return outcome, [row.fingerprint for row in kept if row.fingerprint is not None]


def admitted(rows: Iterable[Row], told: Told) -> Iterator[Row]:
    """Each listing once, the first in reading order; where a repetition disagrees with it, `told` says so."""
    seen: dict[tuple[str, str, str], identity.Known] = {}
    for row in rows:
        ref = row.listing
        first = seen.setdefault((ref.merchant, ref.shop, ref.id), row.known)
        if first is row.known:
            yield row
            continue
        told.counts.repeated += 1
        told.counts.listings -= 1
        told.counts.skus -= row.skus
        fields = identity.disagreement(first, row.known)
        if fields and not first.reported:
            first.reported = True
            place = {"title": row.title} if row.title else {}
            second = Listing(ref.id, ref.title, ref.shop, ref.merchant, origin=row.known.origin, pointers=place)
            told.findings.append((row.at, troubles.conflict(second, first.origin, fields)))


def take(row: Row, outcome: Outcome, mentioned: frozenset[str]) -> None:
    """Add what is known of a listing to its group's outcome."""
    if row.findings or row.failures:
        outcome.entries.append(Entry(row.at, row.findings, row.failures))
    outcome.paths.add(row.known.origin.path)
    outcome.listings += 1
    outcome.skus += row.skus
    outcome.images += row.images
    if row.suppressions:
        outcome.suppressions.append((row.at, row.known.origin, Inline(row.listing, row.suppressions)))
    if row.listing.id in mentioned:
        outcome.ids.add(row.listing.id)
