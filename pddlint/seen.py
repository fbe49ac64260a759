"""What comes out of the map step, record by record: the listing read, judged alone, and packed for comparing.

`Looker` does that step wherever a record is: in this process, in a pool of processes. It keeps what it worked out in
the cache and recalls it from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from pddlint import pictures
from pddlint.catalog import identity
from pddlint.catalog.ahead import Begin, End, Item
from pddlint.catalog.discover import Source
from pddlint.catalog.model import Listing
from pddlint.catalog.read import Entry, FileReader, Raw, ReadOptions
from pddlint.catalog.sidecar import Sidecar
from pddlint.findings import Finding
from pddlint.judging import Judge, Judged, Packed, pack, picture_paths
from pddlint.profile import stage

if TYPE_CHECKING:
    from pddlint.cache.store import Store
    from pddlint.matching.fingerprint import Fingerprint

_PICTURE = 0.25  # of what a bare listing costs, beside the decoding that threads do


class Begun(msgspec.Struct):
    """A record that was read, and what it is kept under in the cache."""

    raw: Raw
    entry: Entry
    key: bytes


class Seen(msgspec.Struct):
    """A record once it has been looked at. `judged` is None for what is no listing on sale, and for a repetition."""

    entry: Entry  # its listing only names the listing, its title's place and its SKUs' number
    known: identity.Known | None = None
    judged: Judged | None = None  # without fingerprint: that is packed
    fingerprint: Packed | Fingerprint | None = None
    skus: int = 0


Looked = Seen | Finding | Begin | End


class Looker:
    """Reads and judges records, or recalls what came of them. `weight` adds up what had to be worked out.

    Records come in batches, so that all pictures of one are known before the first is needed. `threads` decode them.
    `expecting` is whether all of them will be looked at: surely for fingerprints, else as the last listing's were.
    """

    def __init__(
        self,
        judge: Judge,
        options: ReadOptions,
        sidecars: dict[str, Sidecar],
        store: Store | None = None,
        version: tuple[bytes, bool] | None = None,
        threads: int = 0,
    ) -> None:
        self.judge = judge
        self.threads = threads
        self.options = options
        self.sidecars = sidecars
        self.weight = 0.0
        self.expecting = bool(judge.per_merchant)
        self._readers: dict[Source, FileReader] = {}
        self._records = None
        if store is not None and version is not None:
            from pddlint.cache.records import Records

            self._records = Records(store, *version)

    def look(self, items: Sequence[Item], repeats: Callable[[Listing], bool] | None = None) -> Iterator[Looked]:
        """Read and judge a batch; all but records passes through. A listing that `repeats` another is not judged."""
        return self.finish(self.begin(items), repeats)

    def begin(self, items: Sequence[Item]) -> list[Begun | Entry | Looked]:
        """Read the records of a batch, or recall what came of them, and start on their pictures."""
        begun: list[Begun | Entry | Looked] = [self._begin(one) if isinstance(one, Raw) else one for one in items]
        if self.expecting:
            entries = (one.entry if isinstance(one, Begun) else one for one in begun)
            listings = (entry.listing for entry in entries if isinstance(entry, Entry))
            wanted = (picture_paths(listing) for listing in listings if listing and self.judge.wants(listing))
            pictures.expect(chain.from_iterable(wanted), self.threads)
        return begun

    def finish(
        self, begun: Iterable[Begun | Entry | Looked], repeats: Callable[[Listing], bool] | None = None
    ) -> Iterator[Looked]:
        """Judge what `begin` gave, in its order."""
        for one in begun:
            if isinstance(one, Begun):
                yield self._finish(one, repeats)
            else:
                yield self.judged(one, repeats) if isinstance(one, Entry) else one

    def _begin(self, raw: Raw) -> Begun | Seen:
        reader = self.reader(raw.source)
        key = self._records.key(reader, raw) if self._records else b""
        if self._records and key:
            with stage("cache"):
                recalled = self._records.recall(key, reader, raw)
            if recalled is not None:
                return recalled
        with stage("convert"):
            return Begun(raw, reader.read(raw), key)

    def _finish(self, begun: Begun, repeats: Callable[[Listing], bool] | None) -> Seen:
        with pictures.noted() as looked:
            seen = self.judged(begun.entry, repeats)
        if seen.judged is not None and seen.judged.images:
            self.expecting = len(looked) >= seen.judged.images
        if self._records and begun.key:
            with stage("cache"):
                self._records.keep(begun.key, self.reader(begun.raw.source), begun.entry, seen, looked)
        return seen

    def judged(self, entry: Entry, repeats: Callable[[Listing], bool] | None = None) -> Seen:
        """Judge what was read."""
        listing = entry.listing
        if listing is None:
            return Seen(entry)
        known, size = identity.known(listing), len(listing.skus)
        slim = named(entry)
        if repeats is not None and repeats(listing):
            return Seen(slim, known, skus=size)
        judged = self.judge.listing(listing)
        if judged is None:
            return Seen(slim, known, skus=size)
        self.weight += 1 + _PICTURE * judged.images
        with stage("fingerprints"):
            packed = pack(judged.fingerprint) if judged.fingerprint is not None else None
        return Seen(slim, known, msgspec.structs.replace(judged, fingerprint=None), packed, size)

    def reader(self, source: Source) -> FileReader:
        """The reader of a file; those of the files before it are let go."""
        found = self._readers.get(source)
        if found is None:
            if len(self._readers) > 64:
                self._readers.clear()
            found = self._readers[source] = FileReader(source, self.options, self.sidecars[source.root])
        return found


def named(entry: Entry) -> Entry:
    """The entry with no more of its listing than its name: what counting, comparing identities and naming it need."""
    listing = entry.listing
    if listing is None:
        return entry
    title = listing.pointer("title")
    stub = Listing(
        listing.id,
        listing.title,
        listing.shop,
        listing.merchant,
        origin=listing.origin,
        pointers={"title": title} if title else {},
    )
    return msgspec.structs.replace(entry, listing=stub)
