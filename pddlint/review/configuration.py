"""Suppressions added to a configuration file, everything else in it left as it stands.

New entries are written as text of their own at the end of the file, where TOML allows them whatever stands before; only
where the list of suppressions is written in line is that list itself edited. Before anything is handed out, the new
text is read and must say what the old one did, and the new entries.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pddlint.checkers.base import Text
from pddlint.errors import UsageError
from pddlint.settings import Suppression

NAME = "pddlint.toml"  # what a new configuration is called
_KEY = "suppress"


def with_suppressions(text: str, name: str, entries: Sequence[Suppression]) -> str:
    """The text of the configuration file called `name` with entries added.

    Raises UsageError when the text is no TOML, or written so that nothing can be added to it.
    """
    if not entries:
        return text
    old = _parsed(text, name)
    rows = [as_table(entry) for entry in entries]
    own = old.get("tool", {}).get("pddlint", {}) if name == "pyproject.toml" else old
    if not isinstance(own, dict) or not isinstance(own.get(_KEY, []), list):
        raise _unwritable(name)
    for make in (_appended, _in_line):
        new = make(text, name, rows)
        if new is not None and _says(new, old, name, rows):
            return new
    raise _unwritable(name)


def as_table(entry: Suppression) -> dict[str, Any]:
    """The entry as a table of the configuration: no empty keys, a list of one as the one."""
    lists = {"rule": entry.rule, "goods-id": entry.goods_id, "sku-id": entry.sku_id, "path": entry.path}
    table: dict[str, Any] = {key: words[0] if len(words) == 1 else list(words) for key, words in lists.items() if words}
    if entry.reason:
        table["reason"] = entry.reason
    if entry.until:
        table["until"] = entry.until
    return table


def read(file: Path) -> str:
    """The file's text, line ends as they are, "" when there is no such file. UsageError when it cannot be read."""
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            Text(f"读不了配置文件 {file}：{error}", f"cannot read the configuration {file}: {error}")
        ) from error


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(Text(f"{name}：不是合格的 TOML：{error}", f"{name}: not valid TOML: {error}")) from error


def _appended(text: str, name: str, rows: list[dict[str, Any]]) -> str | None:
    """The entries as `[[suppress]]` tables at the end of the file."""
    import tomlkit

    heading = f"[[tool.pddlint.{_KEY}]]" if name == "pyproject.toml" else f"[[{_KEY}]]"
    end = "\r\n" if "\r\n" in text else "\n"
    blocks = [f"{heading}\n{tomlkit.dumps(row)}".replace("\n", end) for row in rows]
    before = text if not text or text.endswith("\n") else text + end
    gap = "" if not before.removeprefix("\ufeff").strip() or before.endswith(end * 2) else end
    return before + gap + end.join(blocks)


def _in_line(text: str, name: str, rows: list[dict[str, Any]]) -> str | None:
    """The entries in the list that the file writes in line, `suppress = [{...}]`."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    mark = "\ufeff" if text.startswith("\ufeff") else ""
    try:
        document = tomlkit.parse(text.removeprefix("\ufeff"))
        own: Any = document["tool"]["pddlint"] if name == "pyproject.toml" else document
        if _KEY not in own:
            own[_KEY] = tomlkit.array()
        for row in rows:
            table = tomlkit.inline_table()
            table.update(row)
            own[_KEY].append(table)
        return mark + tomlkit.dumps(document)
    except (TOMLKitError, KeyError, TypeError, AttributeError):
        return None


def _says(new: str, old: dict[str, Any], name: str, rows: list[dict[str, Any]]) -> bool:
    """Whether the new text holds what the old one did, and the new entries."""
    try:
        found = _parsed(new, name)
    except UsageError:
        return False
    expected = old
    if name == "pyproject.toml":
        tool = old.get("tool", {})
        own = tool.get("pddlint", {})
        expected = {**old, "tool": {**tool, "pddlint": {**own, _KEY: [*own.get(_KEY, []), *rows]}}}
    else:
        expected = {**old, _KEY: [*old.get(_KEY, []), *rows]}
    return found == expected


def _unwritable(name: str) -> UsageError:
    return UsageError(
        Text(
            f"{name}：suppress 的写法没法自动添加，请改成 [[suppress]]",
            f"{name}: cannot add to suppress the way it is written; write it as [[suppress]]",
        )
    )
