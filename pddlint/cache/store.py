"""The cache's file: values by key in SQLite, each with a checksum over its key and content.

Everything may go wrong with it: locked by another run, on a full or read-only disk, cut short, overwritten with other
bytes. The first error turns the store off for the rest of the run (`trouble` says why), a value whose checksum fails
is as good as absent, and a file that is no database any more is removed so that the next run starts a new one.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import struct
import time
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path

FILE = "entries-1.db"  # another layout of the table gets another name
_SCHEMA = """
    CREATE TABLE IF NOT EXISTS entry (key BLOB PRIMARY KEY, kind INTEGER, day INTEGER, value BLOB);
    CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value INTEGER);
"""
_ERRORS = (sqlite3.Error, OSError, MemoryError, OverflowError, UnicodeError)
_WAIT = 3.0  # seconds for another run's transaction to end
_CHECK = 8  # bytes of checksum before each value
_PENDING = 512  # entries, or
_PENDING_BYTES = 4 << 20  # this much, are written at once
_TOUCHED_AFTER = 5  # days after which a use is noted again
KEPT_DAYS = 30  # entries not used for so long are dropped
LIMIT = 2 << 30  # bytes; beyond it the entries used longest ago are dropped


class Kind(IntEnum):
    """What an entry holds."""

    STAT = 1  # path, size and times of a picture file -> its digest
    PRINT = 2
    PAIR = 3
    RECORD = 4
    MATCH = 5


_SALTS = {int(kind): bytes((kind,)) for kind in Kind}


class Store:
    """Values by (kind, key); keys are digests. Nothing here raises: what fails is the same as not being there."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.trouble = ""
        self._file = folder / FILE
        self._limit = limit
        self._day = int(time.time() // 86400)
        self._pending: dict[bytes, tuple[int, bytes]] = {}
        self._bytes = 0
        self._touched: set[bytes] = set()
        self._full = False
        self._link: sqlite3.Connection | None = None
        with self._guarded():
            self._link = sqlite3.connect(self._file, timeout=_WAIT, isolation_level=None)
            for pragma in ("auto_vacuum=INCREMENTAL", "journal_mode=WAL", "synchronous=NORMAL", "cell_size_check=ON"):
                self._link.execute(f"PRAGMA {pragma}").fetchall()
            self._link.executescript(_SCHEMA)

    def get(self, kind: Kind, key: bytes) -> bytes | None:
        """The value kept under a key, None when there is none or it is damaged."""
        if (waiting := self._pending.get(key)) is not None:
            return waiting[1][_CHECK:]
        row = None
        if self._link is not None:
            try:  # asked once a record: no context manager
                row = self._link.execute("SELECT value, day FROM entry WHERE key = ?", (key,)).fetchone()
            except _ERRORS as error:
                self._failed(error)
        if row is None or not isinstance(row[0], bytes):
            return None
        value = row[0][_CHECK:]
        if row[0][:_CHECK] != _check(kind, key, value):
            return None
        if not isinstance(row[1], int) or not 0 <= self._day - row[1] < _TOUCHED_AFTER:
            self._touched.add(key)
        return value

    def put(self, kind: Kind, key: bytes, value: bytes) -> None:
        """Keep a value; it is written with others, at the latest by `flush`."""
        if self._link is None or self._full:
            return
        self._pending[key] = (kind, _check(kind, key, value) + value)
        self._bytes += len(value)
        if len(self._pending) >= _PENDING or self._bytes >= _PENDING_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting, in one transaction. When another run keeps the file locked it is let go."""
        rows = [(key, kind, self._day, value) for key, (kind, value) in self._pending.items()]
        touched = [(self._day, key) for key in self._touched]
        self._pending.clear()
        self._touched.clear()
        self._bytes = 0
        if not rows and not touched:
            return
        with self._guarded():
            if self._link is None:
                return
            with self._transaction(self._link):
                self._link.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", rows)
                self._link.executemany("UPDATE entry SET day = ? WHERE key = ?", touched)
            self._full = self._size() > 2 * self._limit

    def tidy(self) -> None:
        """Drop what was not used for long, once a day, and what is over the limit."""
        self.flush()
        with self._guarded():
            if self._link is None:
                return
            size = self._size()
            row = self._link.execute("SELECT value FROM state WHERE name = 'tidied'").fetchone()
            if size <= self._limit and row is not None and row[0] == self._day:
                return
            with self._transaction(self._link):
                self._link.execute("INSERT OR REPLACE INTO state VALUES ('tidied', ?)", (self._day,))
                self._link.execute("DELETE FROM entry WHERE day < ? OR day > ?", (self._day - KEPT_DAYS, self._day + 1))
                if size > self._limit:
                    self._drop_oldest(self._link, 1 - 0.75 * self._limit / size)
            self._link.execute("PRAGMA incremental_vacuum").fetchall()

    def close(self) -> None:
        """Write what is waiting and let go of the file."""
        self.flush()
        link, self._link = self._link, None
        if link is not None:
            with contextlib.suppress(sqlite3.Error, OSError):
                link.close()

    def counts(self) -> dict[Kind, tuple[int, int]]:
        """Entries and bytes by kind."""
        found: dict[Kind, tuple[int, int]] = {}
        with self._guarded():
            if self._link is not None:
                query = "SELECT kind, count(*), sum(length(value)) FROM entry GROUP BY kind ORDER BY kind"
                for kind, number, size in self._link.execute(query):
                    if kind in Kind.__members__.values():
                        found[Kind(kind)] = (number, size or 0)
        return found

    @staticmethod
    def _drop_oldest(link: sqlite3.Connection, share: float) -> None:
        """Drop a share (0..1) of all, by size, beginning with what was used longest ago."""
        query = "SELECT day, sum(length(value) + 64) FROM entry GROUP BY day ORDER BY day"
        days = link.execute(query).fetchall()
        excess = share * sum(size for _, size in days)
        for day, size in days:
            if excess <= 0:
                return
            if size <= excess:
                link.execute("DELETE FROM entry WHERE day = ?", (day,))
            else:  # the rows written first
                average = size / link.execute("SELECT count(*) FROM entry WHERE day = ?", (day,)).fetchone()[0]
                link.execute(
                    "DELETE FROM entry WHERE rowid IN (SELECT rowid FROM entry WHERE day = ? ORDER BY rowid LIMIT ?)",
                    (day, int(excess / average) + 1),
                )
            excess -= size

    def _size(self) -> int:
        """Bytes in use by entries (pages freed by deleting do not count)."""
        assert self._link is not None
        pages, free, each = (
            self._link.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * each)

    @staticmethod
    @contextlib.contextmanager
    def _transaction(link: sqlite3.Connection) -> Iterator[None]:
        link.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                link.execute("ROLLBACK")
            raise
        link.execute("COMMIT")

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except _ERRORS as error:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        """Off for the rest of the run. What is no database any more is removed."""
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            return  # another run is writing: this write is lost, nothing else
        self.trouble = self.trouble or f"{self._file}: {error}"
        self._pending.clear()
        link, self._link = self._link, None
        if link is not None:
            with contextlib.suppress(sqlite3.Error, OSError):
                link.close()
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            for ending in ("", "-wal", "-shm"):
                with contextlib.suppress(OSError):
                    self._file.with_name(self._file.name + ending).unlink(missing_ok=True)


def _check(kind: int, key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=_CHECK, key=key[:32], salt=_SALTS[kind]).digest()


def digest(*parts: bytes) -> bytes:
    """16 bytes that stand for the parts and where each ends."""
    lengths = struct.pack(f"<{len(parts) + 1}Q", len(parts), *map(len, parts))
    return hashlib.blake2b(b"".join((lengths, *parts)), digest_size=16).digest()
