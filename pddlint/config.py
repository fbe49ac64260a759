"""`pddlint.toml` or `[tool.pddlint]` → `Settings`.

The nearest file upwards from what is linted wins, alone; its paths are relative to its folder. Every mistake in it is
named with the file, the key and, for a mistyped key, the nearest valid one, all mistakes at once.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec

from pddlint.checkers.base import Text
from pddlint.errors import UsageError, did_you_mean
from pddlint.settings import FORMATS, NOT_KEYS, Settings, Suppression

NAMES = ("pddlint.toml", ".pddlint.toml", "pyproject.toml")
_LIST_OR_ONE = {"select", "extend-select", "ignore", "rule", "goods-id", "sku-id", "path", "roots", "exclude"}
_TYPE_WORDS = {
    "str": ("字符串", "a string"),
    "int": ("整数", "an integer"),
    "float": ("数字", "a number"),
    "bool": ("true 或 false", "true or false"),
    "array": ("列表", "an array"),
    "object": ("表", "a table"),
    "date": ("日期（如 2026-12-31）", "a date (such as 2026-12-31)"),
}

_BARE = re.compile(r"[A-Za-z0-9_-]+")

Mistakes = list[tuple[str, Text]]  # (key path, sentence)


def find(targets: Sequence[Path]) -> Path | None:
    """The configuration file nearest upwards from all targets together, or None."""
    start = common_folder(targets)
    for folder in (start, *start.parents):
        for name in NAMES:
            file = folder / name
            if file.is_file() and (name != "pyproject.toml" or _has_table(file)):
                return file
    return None


def common_folder(targets: Sequence[Path]) -> Path:
    """The innermost folder that holds all targets; the working folder when there are none."""
    folders = [target if target.is_dir() else target.parent for target in (t.absolute() for t in targets)]
    return Path(os.path.commonpath(folders)) if folders else Path.cwd()


def load(file: Path) -> Settings:
    """The settings in a file. UsageError with every mistake in it."""
    data = _read(file)
    if file.name == "pyproject.toml":
        data = data.get("tool", {}).get("pddlint", {})
        if not isinstance(data, dict):
            raise UsageError(Text(f"{file}：tool.pddlint 应为表", f"{file}: tool.pddlint: expected a table"))
    prefix = "tool.pddlint." if file.name == "pyproject.toml" else ""
    mistakes: Mistakes = []
    values = _table(data, Settings, "", mistakes)
    _check_format(values, mistakes)
    if mistakes:
        raise UsageError(
            *(Text(f"{file}：{prefix}{key}：{t.zh}", f"{file}: {prefix}{key}: {t.en}") for key, t in mistakes)
        )
    settings: Settings = Settings(**values, base=file.absolute().parent, file=file)
    return settings


def resolve(targets: Sequence[Path], config: Path | None = None, isolated: bool = False) -> Settings:
    """The settings for linting `targets`: of the file named, of the nearest one, or (isolated) the defaults."""
    if config is not None and not config.is_file():
        raise UsageError(Text(f"找不到配置文件 {config}", f"there is no configuration file {config}"))
    file = config or (None if isolated else find(targets))
    return Settings(base=Path.cwd()) if file is None else load(file)


def override(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """Settings with the command line's changes; None means not given. `catalog.x` reaches into the catalog table."""
    top = {key: value for key, value in changes.items() if value is not None and "." not in key}
    inner = {key.split(".", 1)[1]: v for key, v in changes.items() if v is not None and key.startswith("catalog.")}
    if inner:
        top["catalog"] = msgspec.structs.replace(settings.catalog, **inner)
    return msgspec.structs.replace(settings, **top)


def _read(file: Path) -> dict[str, Any]:
    import tomllib  # runs without a configuration need it not

    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise UsageError(
            Text(f"读不了配置文件 {file}：{error.strerror}", f"cannot read the configuration {file}: {error.strerror}")
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(Text(f"{file}：不是合格的 TOML：{error}", f"{file}: not valid TOML: {error}")) from error


def _has_table(file: Path) -> bool:
    import tomllib

    try:
        return "pddlint" in tomllib.loads(file.read_text("utf-8-sig")).get("tool", {})
    except (OSError, ValueError, AttributeError):
        return False  # some other tool's file: not ours to complain about


def _table(data: Mapping[str, Any], kind: type[msgspec.Struct], path: str, mistakes: Mistakes) -> dict[str, Any]:
    """Convert a table's values; what is wrong goes to `mistakes`."""
    fields = {f.encode_name: f for f in msgspec.structs.fields(kind) if f.name not in NOT_KEYS}
    values: dict[str, Any] = {}
    for key, value in data.items():
        field = fields.get(key.replace("_", "-"))
        if field is None:
            zh, en = did_you_mean(key, fields)
            mistakes.append((f"{path}{key}", Text(f"没有这个配置项{zh}", f"no such setting{en}")))
        else:
            converted = _value(value, field.type, f"{path}{key}", field.encode_name, mistakes)
            if converted is not msgspec.UNSET:
                values[field.name] = converted
    for field in fields.values():
        if field.required and not any(key.replace("_", "-") == field.encode_name for key in data):
            mistakes.append((f"{path}{field.encode_name}", Text("必须填写", "is required")))
    return values


def _value(value: Any, kind: Any, path: str, name: str, mistakes: Mistakes) -> Any:
    item = next((a for a in get_args(kind) if isinstance(a, type) and issubclass(a, msgspec.Struct)), None)
    if item is not None and get_origin(kind) is tuple:
        return _tables(value, item, path, mistakes)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        if not isinstance(value, dict):
            mistakes.append((path, _expected("object", value)))
            return msgspec.UNSET
        before = len(mistakes)
        inner = _table(value, kind, f"{path}.", mistakes)
        return kind(**inner) if len(mistakes) == before else msgspec.UNSET
    if name in _LIST_OR_ONE and get_origin(kind) is tuple and isinstance(value, str | int):
        value = [value]
    if name in ("goods-id", "sku-id") and isinstance(value, list):
        value = [str(item) if isinstance(item, int) and not isinstance(item, bool) else item for item in value]
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, dict) and get_origin(kind) is dict:
        inner = get_args(kind)[1]
        entries = {key: _value(item, inner, f"{path}.{key}", "exclude", mistakes) for key, item in value.items()}
        return {key: item for key, item in entries.items() if item is not msgspec.UNSET}
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        mistakes.append(_explain(path, value, kind, str(error)))
        return msgspec.UNSET


def _tables(value: Any, kind: type[msgspec.Struct], path: str, mistakes: Mistakes) -> Any:
    if not isinstance(value, list):
        mistakes.append((path, _expected("array", value)))
        return msgspec.UNSET
    rows = []
    for index, row in enumerate(value):
        if not isinstance(row, dict):
            mistakes.append((f"{path}[{index}]", _expected("object", row)))
            continue
        if kind is Suppression and "rules" in row:
            row = {"rule" if key == "rules" else key: item for key, item in row.items()}
        before = len(mistakes)
        values = _table(row, kind, f"{path}[{index}].", mistakes)
        if len(mistakes) == before:
            rows.append(kind(**values))
    return tuple(rows)


def _explain(path: str, value: Any, kind: Any, error: str) -> tuple[str, Text]:
    """msgspec's sentence ("Expected `str`, got `int` - at `$[0]`") in ours."""
    sentence, _, where = error.partition(" - at `$")
    path += where.rstrip("`").replace("[...]", "")
    if sentence.startswith("Invalid enum value"):
        allowed = ", ".join(str(word) for word in _literals(kind))
        return path, Text(f"不认识的值 {value!r}（可用：{allowed}）", f"{value!r} is none of {allowed}")
    if "`" in sentence and sentence.startswith("Expected `") and ", got `" in sentence:
        expected = sentence.split("`")[1].split(" | ")[0]
        return path, _expected(expected, value, got=sentence.split("`")[3])
    return path, Text(f"值 {value!r} 不合格：{sentence}", f"bad value {value!r}: {sentence}")


def _literals(kind: Any) -> tuple[Any, ...]:
    """The words a `Literal`, or a union with one, allows."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    return tuple(word for inner in get_args(kind) for word in _literals(inner))


def _expected(kind: str, value: Any, got: str = "") -> Text:
    zh, en = _TYPE_WORDS.get(kind, (kind, kind))
    got_zh, got_en = _TYPE_WORDS.get(got, ("", ""))
    shown = "" if isinstance(value, list | dict) and got else f" {value!r}"
    return Text(f"应为{_spaced(zh)}，写的是{got_zh}{shown}", f"expected {en}, got {got_en}{shown}".replace("  ", " "))


def _spaced(zh: str) -> str:
    """A space between Chinese and what is not."""
    return f" {zh}" if zh[:1].isascii() else zh


def _check_format(values: Mapping[str, Any], mistakes: Mistakes) -> None:
    name = values.get("format", FORMATS[0])
    if name not in FORMATS:
        zh, en = did_you_mean(name, FORMATS)
        names = ", ".join(FORMATS)
        mistakes.append(
            ("format", Text(f"没有格式 {name}{zh}（有：{names}）", f"no format {name}{en} (there are: {names})"))
        )


def show(settings: Settings) -> Iterator[str]:
    """The settings as TOML lines, defaults included."""
    data = msgspec.to_builtins(settings, builtin_types=(datetime.date,), enc_hook=str)
    for name in NOT_KEYS:
        data.pop(name, None)
    if settings.file:
        yield f"# {settings.file}"
    tables = {key: value for key, value in data.items() if isinstance(value, dict)}
    arrays = {k: v for k, v in data.items() if isinstance(v, list | tuple) and v and isinstance(v[0], dict)}
    yield from _toml_lines({k: v for k, v in data.items() if k not in tables and k not in arrays})
    for key, value in tables.items():
        nested = {k: v for k, v in value.items() if isinstance(v, dict)}
        yield from ("", f"[{key}]", *_toml_lines({k: v for k, v in value.items() if k not in nested}))
        for inner, table in nested.items():
            yield from ("", f"[{key}.{inner}]", *_toml_lines(table))
    for key, rows in arrays.items():
        for row in rows:
            yield from ("", f"[[{key}]]", *_toml_lines(row))


def _toml_lines(values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        if value is not None:
            shown = value.isoformat() if isinstance(value, datetime.date) else msgspec.json.encode(value).decode()
            yield f"{key if _BARE.fullmatch(key) else msgspec.json.encode(key).decode()} = {shown}"
