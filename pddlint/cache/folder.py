"""Where the cache lies: a folder beside the configuration, marked so that backup tools, git and pddlint itself know it.

CACHEDIR.TAG follows https://bford.info/cachedir/. Only a folder that bears our tag is ever cleaned away.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

import msgspec

from pddlint.cache.store import FILE, Kind, Store
from pddlint.settings import Settings

NAME = ".pddlint_cache"
TAG = "CACHEDIR.TAG"
_SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55"
_TAG = _SIGNATURE + b"\n# This folder is the cache of pddlint; it may be deleted at any time.\n"


class Contents(msgspec.Struct, frozen=True):
    """What lies in a cache: bytes on disk, and entries with their bytes by kind."""

    size: int
    entries: dict[Kind, tuple[int, int]]


def place(settings: Settings) -> Path:
    """The cache's folder: the one configured, else `.pddlint_cache` beside the configuration."""
    return settings.base / (settings.cache_dir or NAME)


def open_store(folder: Path) -> tuple[Store | None, str]:
    """The store in a folder, made when missing; None and the reason when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _mark(folder)
    except OSError as error:
        return None, f"{folder}: {error.strerror or error}"
    store = Store(folder)
    return (None, store.trouble) if store.trouble else (store, "")


def _mark(folder: Path) -> None:
    """Tag the folder when it is new (empty); a folder with other things in it is used, but never tagged as ours."""
    if (folder / TAG).exists() or any(not entry.name.startswith((FILE, ".gitignore")) for entry in os.scandir(folder)):
        return
    (folder / ".gitignore").write_bytes(b"*\n")
    (folder / TAG).write_bytes(_TAG)  # last: what bears the tag is complete


def is_ours(folder: Path) -> bool:
    """Whether a folder bears the tag that pddlint writes."""
    try:
        return (folder / TAG).read_bytes() == _TAG
    except OSError:
        return False


def contents(folder: Path) -> Contents | None:
    """What lies in a cache; None when there is none. Nothing is created."""
    if not (folder / FILE).is_file():
        return None
    store = Store(folder)
    entries = store.counts()
    store.close()
    return Contents(_bytes(folder), entries)


def clean(folder: Path) -> int:
    """Remove a cache; returns the bytes freed. OSError when it cannot be removed."""
    size = _bytes(folder)
    shutil.rmtree(folder)
    return size


def _bytes(folder: Path) -> int:
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(path, name)).st_size  # noqa: PTH118
    return total
