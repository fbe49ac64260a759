"""From the paths on the command line to the files to read, in one fixed order.

A folder is walked for `*.json`, `*.jsonl`, `*.ndjson` and their `.gz`; a file named outright is read whatever its name.
Excluded paths stay excluded when named outright. Links are followed only inside the catalog root.
"""

# ruff: noqa: PTH100, PTH112, PTH120
# Strings and os.path on purpose: this runs once a file or a picture, where Path costs ten times as much.

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

ENDINGS = (".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz")
SKIPPED = frozenset({".git", ".hg", ".svn", ".pddlint_cache", "node_modules", ".venv", "__pycache__"})


class Source(msgspec.Struct, frozen=True):
    """A file to read: its path, the catalog root it belongs to (absolute), and the path as reports show it."""

    path: str
    root: str
    shown: str


class Refusal(msgspec.Struct, frozen=True):
    """A path that is not read: `kind` "unreadable" or "outside", `shown` as reports show it."""

    kind: str
    shown: str
    reason: str


def discover(roots: Sequence[Path | str], base: Path | str, exclude: Sequence[str] = ()) -> Iterator[Source | Refusal]:
    """Files below the roots, sorted by path within each root, each file once; and what had to be refused."""
    seen: set[str] = set()
    for given in roots:
        for one in _below(Path(given), Path(base), tuple(exclude)):
            if isinstance(one, Source):
                real = os.path.realpath(one.path)
                if real in seen:
                    continue
                seen.add(real)
            yield one


def shown(path: Path | str, base: Path | str) -> str:
    """A path as reports show it: relative to `base` when below it, with forward slashes, printable."""
    full, top = os.path.abspath(path), os.path.abspath(base)
    if full == top:
        return "."
    below = top if top.endswith(os.sep) else top + os.sep
    text = full[len(below) :] if full.startswith(below) else full
    text = text.replace(os.sep, "/")
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _below(given: Path, base: Path, exclude: tuple[str, ...]) -> Iterator[Source | Refusal]:
    path = given if given.is_absolute() else base / given
    try:
        there, folder = os.path.lexists(path), path.is_dir()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield Refusal("unreadable", str(given).replace("\0", "\ufffd"), str(error))
        return
    if not there:
        yield Refusal("unreadable", shown(path, base).replace("\0", "\ufffd"), "No such file or directory")
    elif excluded(shown(path, base), exclude):
        return
    elif folder:
        yield from _walk(os.path.abspath(path), base, exclude)
    else:
        yield Source(os.path.abspath(path), os.path.dirname(os.path.abspath(path)), shown(path, base))


def _walk(root: str, base: Path, exclude: tuple[str, ...]) -> Iterator[Source | Refusal]:
    inside = os.path.realpath(root)
    stack = [root]
    while stack:
        folder = stack.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Refusal("unreadable", shown(folder, base), error.strerror or "cannot be listed")
            continue
        folders = []
        for entry in entries:
            display = shown(entry.path, base)
            if excluded(display, exclude) or excluded(shown(entry.path, root), exclude):
                continue
            if entry.is_symlink():
                yield from _link(entry, inside, root, display)
            elif entry.is_dir():
                if entry.name not in SKIPPED:
                    folders.append(entry.path)
                    if entry.name.lower().endswith(ENDINGS):
                        yield Refusal("unreadable", display, "is a directory")
            elif entry.name.lower().endswith(ENDINGS):
                yield Source(entry.path, root, display)
        stack.extend(reversed(folders))


def _link(entry: os.DirEntry[str], inside: str, root: str, display: str) -> Iterator[Source | Refusal]:
    """A link inside the catalog needs no reading: its target is met by its own path. Others are named, not followed."""
    named = entry.name.lower().endswith(ENDINGS)
    try:
        target = os.path.realpath(entry.path, strict=True)
    except OSError as error:
        yield Refusal("unreadable", display, error.strerror or "broken link")
        return
    folder = os.path.isdir(target)
    if target == inside or inside.startswith(target.rstrip(os.sep) + os.sep):
        yield Refusal("unreadable", display, "link loop")
    elif target.startswith(inside.rstrip(os.sep) + os.sep):
        if folder and entry.path.startswith(_inside(root, inside, target) + os.sep):
            yield Refusal("unreadable", display, "link loop")
        elif named and not folder and not target.lower().endswith(ENDINGS):
            yield Source(entry.path, root, display)
    elif named or folder:
        yield Refusal("outside", display, target.replace(os.sep, "/"))


def _inside(root: str, inside: str, target: str) -> str:
    return root + target[len(inside) :]


def excluded(path: str, patterns: Sequence[str]) -> bool:
    """Whether a forward-slashed path, or a folder above it, matches one of the globs."""
    return any(_pattern(pattern).search(path) for pattern in patterns)


_GLOB = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


@lru_cache(maxsize=512)
def _pattern(glob: str) -> re.Pattern[str]:
    """`*` and `?` stay within a path component, `**` spans them; without a slash any component may match."""
    text = glob.strip().removeprefix("./").rstrip("/")
    anchored = "/" in text
    text = text.lstrip("/")
    pieces, at = [], 0
    for match in re.finditer(r"\*\*/|\*\*|\*|\?|\[[^\]]+\]", text):
        pieces.append(re.escape(text[at : match.start()]))
        pieces.append(_GLOB.get(match[0], match[0].replace("[!", "[^")))
        at = match.end()
    pieces.append(re.escape(text[at:]))
    try:
        return re.compile(("^" if anchored else "(?:^|/)") + "".join(pieces) + "(?:/|$)")
    except re.error:
        return re.compile(re.escape(text))
