"""Path patterns as in .gitignore-like settings: `*` and `?` inside a name, `**` across folders, `[...]` sets.

A pattern without a slash matches the name of any file or folder on the way; with one it is anchored at the base. A
pattern that matches a folder matches everything below it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePath


def matches(path: str | PurePath, pattern: str) -> bool:
    """Whether a path relative to the base (with `/` or the system's separator) is meant by the pattern."""
    text = PurePath(path).as_posix()
    return _compiled(pattern).match(text) is not None


@lru_cache(1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    pattern = pattern.replace("\\", "/").removeprefix("./").rstrip("/")
    anchored = "/" in pattern
    body = _regex(pattern.lstrip("/"))
    return re.compile(("" if anchored else "(?:.*/)?") + body + r"(?:/.*)?\Z", re.DOTALL)


def _regex(pattern: str) -> str:
    out: list[str] = []
    index = 0
    while index < len(pattern):
        char = pattern[index]
        if pattern.startswith("**/", index):
            out.append("(?:.*/)?")
            index += 3
            continue
        if pattern.startswith("**", index):
            out.append(".*")
            index += 2
            continue
        closing = pattern.find("]", index + 2) if char == "[" else -1
        if closing > 0:
            inner = pattern[index + 1 : closing].replace("\\", "\\\\")
            out.append("[" + ("^" + inner[1:] if inner[0] in "!^" else inner) + "]")
            index = closing + 1
            continue
        out.append("[^/]*" if char == "*" else "[^/]" if char == "?" else re.escape(char))
        index += 1
    return "".join(out)
