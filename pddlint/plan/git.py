"""Whether git could bring files back as they are: they are committed, and nothing in their repository waits."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from pddlint.checkers.base import Text

OUTSIDE = Text("不在 git 仓库里", "it is in no git repository")
UNTRACKED = Text("git 没有跟踪它", "git does not track it")
UNWATCHED = Text(
    "git 被告知不看它的改动（assume-unchanged 或 skip-worktree）",
    "git was told not to look at its changes (assume-unchanged or skip-worktree)",
)
CHANGED = Text("有未提交的改动", "it has uncommitted changes")
ELSEWHERE = Text("同一仓库里它有未提交的改动", "it has uncommitted changes, in the same repository")


def unsafe(paths: Sequence[Path]) -> list[tuple[Path, Text]]:
    """(path, why) of the files that could not be brought back, then of other changed files in their repositories."""
    found: list[tuple[Path, Text]] = []
    tops: dict[Path, set[Path]] = {}
    for path in paths:
        top = _top(path.parent)
        if top is None:
            found.append((path, OUTSIDE))
        elif not (
            mark := _git(path.parent, "--literal-pathspecs", "ls-files", "-v", "--error-unmatch", "--", str(path))
        ):
            found.append((path, UNTRACKED))
        elif not mark.startswith(b"H"):
            found.append((path, UNWATCHED))
        else:
            tops.setdefault(top, set()).add(path)
    for top, mine in sorted(tops.items()):
        changed = _changed(top)
        found += [(path, CHANGED) for path in sorted(mine) if path in changed]
        found += [(path, ELSEWHERE) for path in sorted(changed - mine)]
    return found


def _changed(top: Path) -> set[Path]:
    """The tracked files with changes, staged or not."""
    said = _git(top, "status", "--porcelain", "-z", "--untracked-files=no", "--no-renames") or b""
    return {Path(os.path.realpath(top / os.fsdecode(entry[3:]))) for entry in said.split(b"\0") if len(entry) > 3}


def _top(folder: Path) -> Path | None:
    said = _git(folder, "rev-parse", "--show-toplevel")
    return Path(os.fsdecode(said.rstrip(b"\n"))) if said else None


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git says, None when it fails or is not there."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout
