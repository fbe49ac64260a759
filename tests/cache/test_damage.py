"""Whatever happens to the cache's files, at any moment, no finding changes and no run stops."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pddlint.cache import store
from pddlint.cache.store import FILE, Kind, Store, digest
from tests.cache.conftest import ROOT, Linter


def _garbage(file: Path) -> None:
    file.write_bytes(b"this is no database" * 500)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _cut_unevenly(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5001])


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _zeros(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096 : len(data) // 2] = bytes(len(data) // 2 - 4096)
    file.write_bytes(data)


def _other_table(file: Path) -> None:
    file.unlink()
    link = sqlite3.connect(file)
    link.execute("CREATE TABLE entry (something TEXT)")
    link.commit()
    link.close()


def _wrong_types(file: Path) -> None:
    link = sqlite3.connect(file)
    link.execute("UPDATE entry SET value = 'text', day = 'never'")
    link.commit()
    link.close()


def _swapped(file: Path) -> None:
    """Every value under the key of another."""
    link = sqlite3.connect(file)
    rows = link.execute("SELECT rowid, value FROM entry ORDER BY rowid").fetchall()
    values = [value for _, value in rows[1:]] + [rows[0][1]]
    link.executemany(
        "UPDATE entry SET value = ? WHERE rowid = ?", [(v, r[0]) for v, r in zip(values, rows, strict=True)]
    )
    link.commit()
    link.close()


def _stray_log(file: Path) -> None:
    file.with_name(FILE + "-wal").write_bytes(random.Random(1).randbytes(40_000))
    file.with_name(FILE + "-shm").write_bytes(random.Random(2).randbytes(32_768))


@pytest.mark.parametrize(
    "damage",
    [_garbage, _empty, _cut, _cut_unevenly, _folder, _zeros, _other_table, _wrong_types, _swapped, _stray_log],
)
def test_a_damaged_cache_changes_nothing(damage: Callable[[Path], None], small: Linter) -> None:
    expected = small.plain()
    assert small.cached() == expected
    damage(small.cache / FILE)
    for _ in range(3):
        assert small.cached() == expected


def test_flipped_bytes_change_nothing(small: Linter) -> None:
    expected = small.plain()
    small.cached()
    whole = (small.cache / FILE).read_bytes()
    for seed in range(12):
        draw = random.Random(seed)
        data = bytearray(whole)
        for _ in range(draw.choice((1, 20, 400))):
            data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        shutil.rmtree(small.cache)
        small.cache.mkdir()
        (small.cache / FILE).write_bytes(data)
        assert small.cached() == expected, seed
        assert small.cached() == expected, seed


def test_a_value_with_any_byte_changed_is_absent(tmp_path: Path) -> None:
    first = Store(tmp_path)
    key = digest(b"key")
    first.put(Kind.PRINT, key, b"a value")
    first.close()
    link = sqlite3.connect(tmp_path / FILE)
    (value,) = link.execute("SELECT value FROM entry").fetchone()
    for place in range(len(value)):
        changed = bytearray(value)
        changed[place] ^= 1
        link.execute("UPDATE entry SET value = ?", (bytes(changed),))
        link.commit()
        again = Store(tmp_path)
        assert again.get(Kind.PRINT, key) is None
        again.close()
    link.execute("UPDATE entry SET value = ?", (value,))
    link.commit()
    again = Store(tmp_path)
    assert again.get(Kind.PRINT, key) == b"a value"
    assert again.get(Kind.PAIR, key) is None
    again.close()


class _Full:
    """A connection to a disk on which nothing more can be written."""

    def __init__(self, link: sqlite3.Connection) -> None:
        self.link = link

    def executemany(self, *given: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.link, name)


def test_a_write_that_fails_loses_nothing(small: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = small.plain()
    connect = sqlite3.connect
    with monkeypatch.context() as patched:
        patched.setattr(sqlite3, "connect", lambda *given, **named: _Full(connect(*given, **named)))
        assert small.cached() == expected
    assert small.cached() == expected


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("needs the right to mount a file system")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_changes_nothing(small: Linter, full_disk: Path) -> None:
    expected = small.plain()
    small.cache = full_disk / "cache"
    for _ in range(2):
        assert small.cached() == expected
    small.cache = full_disk / "other"
    assert small.cached() == expected


def test_a_place_that_cannot_be_made_is_said_once(tmp_path: Path, small: Linter) -> None:
    (tmp_path / "file").write_text("")
    ended = pddlint(tmp_path, "--cache-dir", "file/cache", "--jobs", "2")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "the cache is not used" in ended.stderr


def test_a_folder_without_write_permission_changes_nothing(small: Linter) -> None:
    expected = small.cached()
    small.cache.chmod(0o500)
    (small.cache / FILE).chmod(0o400)
    try:
        assert small.cached() == expected
    finally:
        small.cache.chmod(0o700)


def pddlint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), cwd=folder, env=environ(), capture_output=True, text=True)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pddlint", "check", "goods", "--isolated", "--format", "concise", *arguments]


def environ() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "en_US.UTF-8"}


def test_another_version_locks_nobody_out(small: Linter) -> None:
    expected = small.cached()
    link = sqlite3.connect(small.cache / FILE, isolation_level=None)
    link.execute("PRAGMA user_version = 99")
    link.execute("INSERT OR REPLACE INTO state VALUES ('tidied', 'never')")
    link.close()
    assert small.cached() == expected


def test_a_cache_that_stays_locked_is_done_without(small: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_WAIT", 0.05)
    expected = small.plain()
    small.cached()
    link = sqlite3.connect(small.cache / FILE, isolation_level=None)
    link.execute("BEGIN EXCLUSIVE")
    assert small.cached() == expected
    link.execute("ROLLBACK")
    link.close()
    assert small.cached() == expected


@pytest.mark.slow
def test_runs_at_once_find_the_same(small: Linter, tmp_path: Path) -> None:
    expected = pddlint(tmp_path, "--no-cache", "--jobs", "1").stdout
    assert expected.count("BAIT004") == 30
    for jobs in ("1", "2"):
        runs = [
            subprocess.Popen(command("--jobs", jobs), cwd=tmp_path, env=environ(), stdout=-1, stderr=-1, text=True)
            for _ in range(3)
        ]
        for run in runs:
            out, err = run.communicate()
            assert (out, err) == (expected, "")


@pytest.mark.slow
def test_killed_at_any_moment_the_next_run_finds_the_same(small: Linter, tmp_path: Path) -> None:
    expected = pddlint(tmp_path, "--no-cache", "--jobs", "1").stdout
    started = time.monotonic()
    pddlint(tmp_path, "--cache-dir", "measure", "--jobs", "1")
    whole = time.monotonic() - started
    draw = random.Random(7)
    for turn in range(12):
        jobs = "2" if turn % 4 == 3 else "1"
        run = subprocess.Popen(
            command("--jobs", jobs), cwd=tmp_path, env=environ(), stdout=-3, stderr=-3, start_new_session=True
        )
        time.sleep(draw.uniform(0.5, 1.1) * whole)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        if turn % 3 == 2:
            ended = pddlint(tmp_path, "--jobs", "1")
            assert (ended.stdout, ended.stderr) == (expected, "")
            shutil.rmtree(tmp_path / ".pddlint_cache")
