"""What a distributed run reads: local catalogs as a plain run does, Parquet beside them, and object storage."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from pddlint.catalog import read as reader
from pddlint.catalog import sidecar, troubles
from pddlint.catalog.discover import SKIPPED, Refusal, Source, excluded, shown
from pddlint.catalog.read import Plan, ReadOptions
from pddlint.catalog.sidecar import HEAD, Sidecar
from pddlint.distributed import remote
from pddlint.distributed.wire import Piece
from pddlint.findings import Finding

_FETCHES = 16


def plan(roots: Sequence[Path], urls: Sequence[str], options: ReadOptions) -> tuple[Plan, list[Piece]]:
    """The plan of a run, and its files as pieces in reading order."""
    prepared = reader.plan(roots, options) if roots else Plan([], [], {})
    known = {source.path for source in prepared.sources}
    for source in _tables(roots, options):
        if source.path not in known:
            prepared.sources.append(source)
            prepared.sidecars.setdefault(source.root, Sidecar())
    pieces = [_local(number, source) for number, source in enumerate(prepared.sources)]
    for url in urls:
        found, refusals, said = _remote(url, options)
        prepared.refusals += refusals
        prepared.sidecars.update({one.source.root: said for one in found})
        for one in found:
            source = one.source
            pieces.append(Piece(len(pieces), source.path, source.root, source.shown, one.size))
    return prepared, pieces


def _local(number: int, source: Source) -> Piece:
    try:
        status = Path(source.path).stat()
    except OSError:  # its reader will say so
        return Piece(number, source.path, source.root, source.shown)
    return Piece(number, source.path, source.root, source.shown, status.st_size, modified=status.st_mtime_ns)


def _tables(roots: Sequence[Path], options: ReadOptions) -> Iterator[Source]:
    """Parquet files below the folders among the roots."""
    for root in roots:
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if name not in SKIPPED)
            for name in sorted(names):
                path = str(Path(folder, name))
                display = shown(path, options.folder)
                hidden = excluded(display, options.exclude) or excluded(shown(path, root), options.exclude)
                if name.lower().endswith(remote.PARQUET) and not hidden:
                    yield Source(path, str(root), display)


def _remote(url: str, options: ReadOptions) -> tuple[list[remote.Remote], list[Finding], Sidecar]:
    found: list[remote.Remote] = []
    refusals: list[Finding] = []
    for one in remote.discover(url, options.exclude):
        if isinstance(one, Refusal):
            refusals.append(troubles.refusal(one))
        else:
            found.append(one)
    if not found and not refusals:
        refusals.append(troubles.refusal(Refusal("unreadable", url, "No such file or directory")))
    said, brief = _survey([one for one in found if not one.source.path.lower().endswith(remote.PARQUET)])
    return sorted(found, key=lambda one: one.source.path in brief), refusals, said


def _survey(files: Sequence[remote.Remote]) -> tuple[Sidecar, frozenset[str]]:
    """What the files say about categories, and which hold only listings' short form, from their first 64 KiB; those
    that describe categories or single SKUs are fetched whole.
    """
    with TemporaryDirectory(prefix="pddlint-") as folder:

        def copied(number: int) -> Source:
            source = files[number].source
            path = Path(folder, f"{number}.json")
            try:
                path.write_bytes(remote.fetch(source.path, HEAD))
                if files[number].size > HEAD and sidecar.describes(str(path)):
                    path.write_bytes(remote.fetch(source.path, files[number].size))
            except OSError:  # its reader will say so
                path.write_bytes(b"")
            return msgspec.structs.replace(source, path=str(path))

        with ThreadPoolExecutor(_FETCHES) as pool:
            copies = list(pool.map(copied, range(len(files))))
        said, brief = sidecar.survey(copies)
        names = {copy.path: one.source.path for copy, one in zip(copies, files, strict=True)}
        return said, frozenset(names[path] for path in brief)
