"""Findings about the files themselves. The cards that word them are in `pddlint/checkers/cat/`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from pddlint.catalog.decode import Trouble
from pddlint.catalog.discover import Refusal
from pddlint.catalog.fields import LONGEST, FieldProblem, shown
from pddlint.catalog.model import Listing, Origin, Picture
from pddlint.catalog.node import Node
from pddlint.findings import Finding, Place, at_listing, listing_ref
from pddlint.text.patterns import Pattern

UNREADABLE, ENCODING, SYNTAX, UNKNOWN, MISSING, ILL_TYPED = "CAT001", "CAT002", "CAT003", "CAT004", "CAT005", "CAT006"
FORMAT_FAILED = "CAT013"
REPEATED_KEY, CONFLICT, OUTSIDE, UNSAFE, UNRESOLVED, CHANGED = (
    "CAT007",
    "CAT008",
    "CAT009",
    "CAT010",
    "CAT011",
    "CAT012",
)

_CODES = {
    "unreadable": UNREADABLE,
    "encoding": ENCODING,
    "syntax": SYNTAX,
    "bomb": UNSAFE,
    "large": UNSAFE,
    "changed": CHANGED,
    "outside": OUTSIDE,
}
_CHINESE = {
    "is a directory": "这是一个文件夹",
    "not a regular file": "不是普通文件",
    "link loop": "符号链接成环",
    "No such file or directory": "文件或文件夹不存在",
    "Permission denied": "没有读取权限",
    "Too many levels of symbolic links": "符号链接成环",
    "broken link": "符号链接失效",
    "cannot be listed": "无法列出内容",
    "File name too long": "文件名过长",
    "out of memory": "内存不足",
    "damaged gzip": "gzip 压缩包损坏或不完整",
    "empty file": "文件是空的",
    "unexpected end of file": "文件到此中断，内容不完整",
    "unexpected end of line": "这一行到此中断，内容不完整",
    "invalid character": "出现了不该有的字符",
    "nested too deeply": "嵌套过深",
    "trailing comma in object": "对象末尾多了逗号",
    "trailing comma in array": "数组末尾多了逗号",
    "expected ',' or '}'": "此处应为逗号或 }",
    "expected ',' or ']'": "此处应为逗号或 ]",
    "expected ':'": "此处应为冒号",
    "invalid character in unicode escape": "转义写法有误",
    'expected `"`': "此处应为双引号",
    "object keys must be strings": "对象的键必须是字符串",
    "invalid number": "数字写法有误",
    "invalid escaped character": "转义写法有误",
    "invalid escape character in string": "转义写法有误",
}
MAX_RELATED = 3


def _places(number: int) -> dict[str, str | int | float]:
    if number == 1:
        return {"places_zh": "", "places_en": ""}
    return {"places_zh": f"（共 {number} 处）", "places_en": f" ({number} places)"}


def _reason(text: str) -> dict[str, str | int | float]:
    chinese = _CHINESE.get(text) or re.sub(
        r"unpacks to more than (\d+) times its size", r"解压后超过原大小的 \1 倍", text
    )
    return {
        "reason_en": text,
        "reason_zh": re.sub(r"one JSON value of more than (\d+) MiB", r"单个 JSON 值超过 \1 MiB", chinese),
    }


def counted(number: int) -> dict[str, str | int | float]:
    """`count`, and what a message needs to speak of one thing or of several."""
    one = number == 1
    return {
        "count": number,
        "s": "" if one else "s",
        "such_zh": "：" if one else "，例如 ",
        "such_en": ": " if one else ", such as ",
    }


def refusal(one: Refusal) -> Finding:
    return Finding(
        _CODES[one.kind], Place("primary", Origin(one.shown)), arguments={"path": one.shown, **_reason(one.reason)}
    )


def of_file(shown: str, trouble: Trouble) -> Finding:
    origin = Origin(shown, start=trouble.start, end=trouble.start + 1 if trouble.kind in ("syntax", "large") else 0)
    return Finding(
        _CODES[trouble.kind],
        Place("primary", origin),
        arguments={"path": shown, **_reason(trouble.reason)},
        span=trouble.span,
    )


def undecodable(origin: Origin, reason: str) -> Finding:
    deep = "recursion" in reason
    return Finding(
        SYNTAX,
        Place("primary", origin),
        arguments={"path": origin.path, **_reason("nested too deeply" if deep else reason)},
    )


_BROKEN = Pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffd]",
    needs=lambda text: not text.isprintable() or "\ufffd" in text,
)


def broken_format(name: str, error: str, origin: Origin | None = None, count: int = 0) -> Finding:
    """A file format that cannot be loaded (count 0), or that raised while it read records."""
    return Finding(
        FORMAT_FAILED,
        Place("primary", origin or Origin("")),
        arguments={"format": name, "error": error, **counted(count)},
    )


def ill_typed(listing: Listing, problems: list[FieldProblem]) -> Iterator[Finding]:
    """One finding a field name: at the first place, with the number of places."""
    found: dict[str, list[FieldProblem]] = {}
    if broken := _BROKEN.search(listing.title):
        start = max(broken.start() - 8, 0)
        value = _BROKEN.sub(lambda match: f"\\u{ord(match[0]):04x}", listing.title[start : start + 20])
        found["title"] = [FieldProblem("ill-typed", "title", listing.pointer("title"), value)]
    for problem in problems:
        found.setdefault(problem.field, []).append(problem)
    for name, same in found.items():
        yield Finding(
            ILL_TYPED,
            Place("primary", listing.origin, same[0].pointer, listing_ref(listing)),
            arguments={
                "field": name,
                "value": same[0].value,
                **_wrong(same[0]),
                **counted(len(same)),
                **_places(len(same)),
            },
            evidence={"pointers": [one.pointer for one in same[:MAX_RELATED]]},
        )


def _wrong(problem: FieldProblem) -> dict[str, str | int | float]:
    """What is wrong with a field."""
    value, length = problem.value, problem.length
    if problem.kind != "long":
        return {"wrong_zh": f" {value} 无法使用", "wrong_en": f"cannot be {value}"}
    return {
        "wrong_zh": f"有 {length} 个字符，只看前 {LONGEST} 个：{value}",
        "wrong_en": f"has {length:,} characters, of which only the first {LONGEST:,} are read: {value}",
    }


def repeated_keys(listing: Listing, node: Node, data: dict[str, Any]) -> Iterator[Finding]:
    """Keys written twice in one object. Decoders keep the last silently.

    Counting colons after quotes is cheap and shows that something may be repeated; only then is the record read again.
    """
    if _colons(node.data, node.start, node.end) == _colons(encoded := _encoded(data), 0, len(encoded)):
        return
    repeated: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in items]
        if len(set(names)) < len(names):
            repeated.extend(dict.fromkeys(name for name in names if names.count(name) > 1))
        return dict(items)

    import json  # hardly any run needs it

    text = node.data[node.start : node.end].decode("utf-8", "replace")
    try:
        json.loads(text, object_pairs_hook=pairs, strict=False, parse_int=len, parse_float=len)
    except (ValueError, RecursionError):
        return
    for name in dict.fromkeys(repeated):
        yield Finding(
            REPEATED_KEY,
            Place("primary", listing.origin, _first_pointer(data, name), listing_ref(listing)),
            arguments={"key": name, "count": repeated.count(name)},
        )


def _colons(text: bytes, start: int, end: int) -> int:
    """Keys, near enough: colons after a quote, with or without a space. Text values count alike on both sides."""
    return text.count(b'":', start, end) + text.count(b'" :', start, end)


def _encoded(data: dict[str, Any]) -> bytes:
    try:
        return msgspec.json.encode(data)
    except (TypeError, ValueError, RecursionError):
        return b""


def _first_pointer(value: Any, name: str, at: str = "") -> str:
    """Pointer of the first key of that name, "" when there is none."""
    if isinstance(value, dict):
        if name in value:
            return f"{at}/{name.replace('~', '~0').replace('/', '~1')}"
        children: Any = value.items()
    else:
        children = enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        if isinstance(child, (dict, list)):
            found = _first_pointer(child, name, f"{at}/{str(key).replace('~', '~0').replace('/', '~1')}")
            if found:
                return found
    return ""


def conflict(second: Listing, origin: Origin, fields: tuple[str, ...]) -> Finding:
    return Finding(
        CONFLICT,
        at_listing(second, "title" if "title" in fields else ""),
        arguments={"id": second.id, "fields": ", ".join(fields), "path": origin.path},
        related=(Place("keeper", origin, "", listing_ref(second)),),
        evidence={"fields": list(fields)},
    )


class Noted(msgspec.Struct):
    """Something met in a file: how often, the first places (at most MAX_RELATED + 1), and the first one's detail."""

    count: int = 0
    places: list[Place] = []
    detail: tuple[str, ...] = ()

    def add(self, place: Place, *detail: str) -> None:
        self.merge(Noted(1, [place], detail))

    def merge(self, later: Noted) -> None:
        """Add what was met further down in the file."""
        if not self.count:
            self.detail = later.detail
        self.count += later.count
        if len(self.places) <= MAX_RELATED:
            self.places += later.places[: MAX_RELATED + 1 - len(self.places)]


class Notes(msgspec.Struct):
    """What is said once a file, however many listings it concerns: never more than a few places are kept."""

    shown: str
    missing: dict[str, Noted] = {}
    unknown_shape: Noted = msgspec.field(default_factory=Noted)
    unresolved: Noted = msgspec.field(default_factory=Noted)
    failed: dict[str, dict[str, Noted]] = {}  # by format and error

    def unknown(self, origin: Origin, keys: tuple[str, ...]) -> None:
        self.unknown_shape.add(Place("primary", origin), *keys)

    def failure(self, origin: Origin, name: str, error: str) -> None:
        self.failed.setdefault(name, {}).setdefault(error, Noted()).add(Place("primary", origin))

    def listing(self, listing: Listing, unresolved: list[Picture], titled: bool) -> None:
        if titled and not listing.title.strip():
            self.missing.setdefault("title", Noted()).add(at_listing(listing, "title"))
        for picture in unresolved:
            self.unresolved.add(Place("primary", listing.origin, picture.pointer, listing_ref(listing)), picture.ref)

    def merge(self, later: Notes) -> None:
        """Add the notes of a stretch further down in the same file."""
        self.unknown_shape.merge(later.unknown_shape)
        self.unresolved.merge(later.unresolved)
        for field, noted in later.missing.items():
            self.missing.setdefault(field, Noted()).merge(noted)
        for name, errors in later.failed.items():
            for error, noted in errors.items():
                self.failed.setdefault(name, {}).setdefault(error, Noted()).merge(noted)

    def findings(self) -> Iterator[Finding]:
        for name, errors in self.failed.items():
            for error, noted in errors.items():
                yield broken_format(name, error, noted.places[0].origin, noted.count)
        for field, noted in self.missing.items():
            yield Finding(
                MISSING,
                noted.places[0],
                arguments={"field": field, **counted(noted.count), "path": self.shown},
                related=tuple(msgspec.structs.replace(p, role="evidence") for p in noted.places[1:]),
            )
        if self.unknown_shape.count:
            keys = [shown(key) for key in self.unknown_shape.detail]
            yield Finding(
                UNKNOWN,
                self.unknown_shape.places[0],
                arguments={
                    "path": self.shown,
                    "keys": ", ".join(keys),
                    "keys_zh": f"，顶层字段：{', '.join(keys)}" if keys else "，里面没有字段",
                    "keys_en": f", top-level keys: {', '.join(keys)}" if keys else ", without any keys",
                    **counted(self.unknown_shape.count),
                },
            )
        if self.unresolved.count:
            yield Finding(
                UNRESOLVED,
                self.unresolved.places[0],
                arguments={
                    "path": self.shown,
                    **counted(self.unresolved.count),
                    "example": self.unresolved.detail[0][:120],
                },
            )
