"""`--changed-only`: which listings a commit touches, judged by their content, not by lines.

A staged file is read in both versions, the one in HEAD and the one in the working tree, by the very reader that lints
it. A listing counts as touched when it is new or its content differs: moving it or reformatting its file touches
nothing. Records whose bytes are in both versions are not even decoded. A staged picture touches the listings that show
it.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from pddlint.catalog.decode import Document, documents
from pddlint.catalog.discover import ENDINGS, shown
from pddlint.catalog.model import Listing, Origin, Picture
from pddlint.catalog.read import FileReader, Raw, plan, raws, read_catalog
from pddlint.checkers.base import Text
from pddlint.engine import read_options
from pddlint.errors import UsageError
from pddlint.findings import Finding, Place
from pddlint.judging import picture_paths
from pddlint.reports.json import encode
from pddlint.settings import Settings

Key = tuple[str, str]  # (path as findings name it, listing id)
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"})


class Changes(msgspec.Struct, frozen=True):
    """The files (as findings name them) and listings that the commit touches."""

    files: frozenset[str]
    listings: frozenset[Key]

    def touches(self, finding: Finding) -> bool:
        """Whether a finding is about anything touched. A duplicate is about both of its listings."""
        return any(self._touched(place) for place in (finding.place, *finding.related)) or not finding.place.origin.path

    def _touched(self, place: Place) -> bool:
        if place.listing is None:
            return place.origin.path in self.files
        return (place.origin.path, place.listing.id) in self.listings


class _Change(msgspec.Struct, frozen=True):
    """A path in the index: what it was called before ("" when new) and is called now ("" when deleted)."""

    before: str
    after: str


def staged(settings: Settings, roots: Sequence[Path]) -> Changes:
    """What the index changes against HEAD; under `pre-commit run --from-ref`, against that commit.

    `roots` are the catalog's. UsageError when the working folder is in no git repository.
    """
    top = Path(os.fsdecode(_git("rev-parse", "--show-toplevel").rstrip(b"\n")))
    against = os.environ.get("PRE_COMMIT_FROM_REF") or _head()
    changes = _changes(against)
    after = [top / change.after for change in changes if change.after]
    now = list(_files([path for path in after if path.name.lower().endswith(ENDINGS)], settings))
    with tempfile.TemporaryDirectory(prefix="pddlint-") as folder:
        old: list[_File] = []
        for number, change in enumerate(changes):
            if change.before and change.before.lower().endswith(ENDINGS):
                copy = Path(folder, str(number), PurePosixPath(change.before).name)
                copy.parent.mkdir()
                copy.write_bytes(_git("cat-file", "blob", f"{against}:{change.before}"))
                old += _files([copy], settings)
        same = _texts(now) & _texts(old)  # most lines of a file of lines: nothing to compare
        fresh, former = list(_records(now, same)), list(_records(old, same))
        marks = {record.mark for record in fresh} & {record.mark for record in former}  # the same bytes
        before = {(one.id, _digest(one)) for record in former if record.mark not in marks and (one := record.listing())}
    touched = {
        (one.origin.path, one.id)
        for record in fresh
        if record.mark not in marks and (one := record.listing()) and (one.id, _digest(one)) not in before
    }
    pictures = {os.path.realpath(path) for path in after if path.suffix.lower() in PICTURES}
    if pictures:
        touched |= {
            (listing.origin.path, listing.id)
            for listing in _listings(roots, settings)
            if any(os.path.realpath(path) in pictures for path in picture_paths(listing))
        }
    return Changes(frozenset(shown(path, settings.base) for path in after), frozenset(touched))


class _Record(msgspec.Struct, frozen=True):
    """A record of a staged file, read only when its bytes are new. `mark` stands for its bytes and shape."""

    reader: FileReader
    raw: Raw
    mark: bytes

    def listing(self) -> Listing | None:
        return self.reader.read(self.raw).listing


class _File(msgspec.Struct, frozen=True):
    """A staged file in one of its versions."""

    reader: FileReader
    documents: list[Document]


def _files(paths: Sequence[Path], settings: Settings) -> Iterator[_File]:
    options = read_options(settings)
    prepared = plan(paths, options)
    for source in prepared.sources:
        reader = FileReader(source, options, prepared.sidecars[source.root])
        found = documents(Path(source.path), options.max_document)
        yield _File(reader, [one for one in found if isinstance(one, Document)])


def _texts(files: Sequence[_File]) -> frozenset[bytes]:
    return frozenset(document.data for file in files for document in file.documents)


def _records(files: Sequence[_File], same: frozenset[bytes]) -> Iterator[_Record]:
    """The records of the files, but for those in documents that are among `same`."""
    for file in files:
        for raw in raws((one for one in file.documents if one.data not in same), file.reader.source):
            if isinstance(raw, Raw) and not (raw.extra is None and raw.data in same):
                beside = msgspec.msgpack.encode(raw.extra) if raw.portable else os.urandom(16)
                yield _Record(file.reader, raw, b"\0".join((raw.format.NAME.encode(), beside, raw.data)))


def _listings(paths: Sequence[Path], settings: Settings) -> Iterator[Listing]:
    if paths:
        yield from (record for record in read_catalog(paths, read_options(settings)) if isinstance(record, Listing))


def _digest(listing: Listing) -> bytes:
    """The listing's content without where it stands: two equal digests are the same listing, moved or reformatted."""

    def bare(picture: Picture) -> Picture:
        return Picture(picture.ref)

    content = msgspec.structs.replace(
        listing,
        shop="",
        merchant="",
        origin=Origin(""),
        pointers={},
        suppressions=tuple(msgspec.structs.replace(s, pointer="") for s in listing.suppressions),
        pictures=tuple(bare(p) for p in listing.pictures),
        detail_pictures=tuple(bare(p) for p in listing.detail_pictures),
        skus=tuple(
            msgspec.structs.replace(sku, pointer="", picture=bare(sku.picture) if sku.picture else None)
            for sku in listing.skus
        ),
    )
    return hashlib.blake2b(encode(content), digest_size=16).digest()


def _changes(against: str) -> list[_Change]:
    words = iter(os.fsdecode(_git("diff", "--cached", "--name-status", "-z", "-M", against)).split("\0"))
    changes = []
    for status in words:
        if not status:
            break
        name = next(words)
        if status[0] in "RC":
            changes.append(_Change(name, next(words)))
        else:
            changes.append(_Change("" if status[0] == "A" else name, "" if status[0] == "D" else name))
    return changes


def _head() -> str:
    """HEAD, or git's empty tree before the first commit."""
    try:
        return _git("rev-parse", "--verify", "--quiet", "HEAD").decode().strip()
    except UsageError:
        return _git("hash-object", "-t", "tree", "/dev/null").decode().strip()


def _git(*arguments: str) -> bytes:
    try:
        return subprocess.run(["git", *arguments], capture_output=True, check=True).stdout
    except FileNotFoundError as error:
        raise UsageError(
            Text("--changed-only 需要 git，没有找到", "--changed-only needs git, which is not there")
        ) from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip()
        raise UsageError(Text(f"--changed-only：git 报错：{said}", f"--changed-only: git says: {said}")) from error
