"""What is installed beside pddlint: the versions of libraries, and entry points.

`importlib.metadata` tells it, too, and is asked wherever there is more to tell than the names of folders say; but it
loads the standard library's mail parser and reads every description, and runs that look at one listing should not.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_OURS = "pddlint"  # installed itself; what it would find through the door of third parties it finds anyway
_KNOWN = frozenset({"_frozen_importlib_external", "importlib._bootstrap_external"})  # the import system's own finder
_MARK = b"pddlint."  # how the groups of entry points begin


class _Installed(msgspec.Struct, frozen=True):
    versions: dict[str, str]  # by normalised name; of a name met twice the first, as imports go
    plugged: bool  # some other distribution has entry points for pddlint


def entry_points(group: str) -> Iterable[EntryPoint]:
    """The entry points of a group, of all distributions; nothing where only pddlint itself has any."""
    found = _installed(*sys.path)
    if found is not None and not found.plugged:
        return ()
    from importlib import metadata

    return metadata.entry_points(group=group)


def version(name: str) -> str:
    """The version of a distribution, "" when it is not installed."""
    found = _installed(*sys.path)
    if found is not None:
        return found.versions.get(_plain(name), "")
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


@cache
def _installed(*path: str) -> _Installed | None:
    """What the folders on the path say; None where they do not say all (archives, other ways to import)."""
    finders = [finder for finder in sys.meta_path if hasattr(finder, "find_distributions")]
    if any(finder.__module__ not in _KNOWN for finder in finders) or any(one.endswith(".egg") for one in path):
        return None
    versions: dict[str, str] = {}
    plugged = False
    for folder in dict.fromkeys(path):
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 - once a start, where Path costs more than all else here
        except NotADirectoryError:
            return None
        except OSError:
            continue
        for name in sorted(name for name in names if name.endswith((".dist-info", ".egg-info"))):
            stem, _, ending = name.rpartition(".")
            distribution, _, number = stem.partition("-")
            if not number[:1].isdigit() or ending == "egg-info":  # none, or a name that itself has a hyphen
                return None
            distribution = _plain(distribution)
            versions.setdefault(distribution, number)
            plugged = plugged or (distribution != _OURS and _plugs(os.path.join(folder, name)))  # noqa: PTH118
    return _Installed(versions, plugged)


def _plugs(folder: str) -> bool:
    """Whether a distribution may have entry points for pddlint."""
    try:
        with open(os.path.join(folder, "entry_points.txt"), "rb") as file:  # noqa: PTH118, PTH123
            return _MARK in file.read()
    except FileNotFoundError:
        return False
    except OSError:
        return True
