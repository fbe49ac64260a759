"""Digests of what computes the cached values: pddlint's own files by their content, the libraries by their versions,
plugins by their files.

Contents, not dates: a checkout that is edited never serves what the old code found, and a cache restored on another
machine still serves the same release.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from pddlint.cache.store import digest
from pddlint.installed import version

_LIBRARIES = (
    "msgspec",
    "numpy",
    "opencv-python-headless",
    "opencv-python",
    "pillow",
    "rapidfuzz",
    "rjieba",
    "scipy",
    "simplejpeg",
)
_OWN = Path(__file__).parent.parent
_PICTURES = ("images", "lexicons/picture_match.toml")  # what picture prints and verifications are computed by
_ASIDE = ("cli", "reports", "cache")  # what changes no value that is kept (records and matches have FORMATs)
_MOST_FILES = 5000


@cache
def libraries() -> bytes:
    """Python and the libraries that values depend on, by version."""
    found = [f"python {sys.version_info[:2]} {sys.byteorder}"]
    found += [f"{name} {number}" for name in _LIBRARIES if (number := version(name))]
    return digest(*(text.encode() for text in found))


@cache
def pictures() -> bytes:
    """What looks at pictures."""
    return digest(libraries(), *_contents(_OWN, _PICTURES))


@cache
def code() -> bytes:
    """All of pddlint that decides what is found."""
    tops = sorted(entry.name for entry in os.scandir(_OWN) if entry.name not in _ASIDE)
    return digest(libraries(), *_contents(_OWN, tops))


def plugins(modules: Iterable[str]) -> bytes | None:
    """The packages of third parties' modules, by the content of all their files; None where it cannot be told."""
    parts: list[bytes] = []
    for package in sorted({name.partition(".")[0] for name in modules}):
        module = sys.modules.get(package)
        folders = list(getattr(module, "__path__", ()))
        file = getattr(module, "__file__", None)
        if not folders and not file:
            return None
        parts.append(package.encode())
        try:
            if folders:
                for folder in folders:
                    parts += _contents(Path(folder), (".",))
            else:
                parts.append(Path(str(file)).read_bytes())
        except OSError:
            return None
    return digest(*parts)


def _contents(folder: Path, tops: Sequence[str]) -> list[bytes]:
    """Names and contents of the files below some entries of a folder, in order. OSError where one cannot be read."""
    found: list[bytes] = []
    for path in _files([folder / top for top in tops]):
        found += (os.fsencode(path.relative_to(folder)), path.read_bytes())
        if len(found) > 2 * _MOST_FILES:
            raise OSError("more files than a plugin has")
    return found


def _files(tops: Iterable[Path]) -> Iterator[Path]:
    for top in tops:
        if top.is_file():
            yield top
            continue
        for place, folders, names in os.walk(top):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            yield from (Path(place, name) for name in sorted(names) if not name.endswith((".pyc", ".md")))
