"""Reading one record field by field, noting what is ill-typed instead of failing.

A `Fields` wraps a decoded JSON object. Every reader takes the names a field goes by and returns the first that is set.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from pddlint.catalog import units
from pddlint.catalog.decode import NOT_NUMBERS
from pddlint.catalog.node import Undecodable, decode

LONGEST = 1000  # characters of a text that are read; titles have sixty, and no marketplace allows three hundred


class FieldProblem(msgspec.Struct, frozen=True):
    """A field that could not be used: `pointer` inside the record, `kind` "missing", "ill-typed", or "long" (then only
    its beginning is used, and `length` is how many characters it has)."""

    kind: str
    field: str
    pointer: str
    value: str = ""
    length: int = 0


_NOT_NUMBERS = {value[1:-1].decode(): name.decode() for name, value in NOT_NUMBERS.items()}


def shown(value: Any) -> str:
    """A value as a message shows it: short, one line."""
    value = _NOT_NUMBERS.get(value, value) if isinstance(value, str) else value
    text = value if isinstance(value, str) else _number(value) if isinstance(value, float) else _json(value)
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"


def _number(value: float) -> str:
    """Infinity stands for what was written with too many digits to be any amount."""
    return repr(value) if math.isfinite(value) else "∞" if value > 0 else "-∞"


def _json(value: Any) -> str:
    try:
        return msgspec.json.encode(value).decode()
    except (TypeError, ValueError, RecursionError):
        return type(value).__name__


class Fields:
    """A JSON object with its pointer inside the record, and the shared list its problems go to.

    The readers used on every SKU look for the first name that is set by a loop of their own: it is what they mostly do.
    """

    __slots__ = ("at", "data", "problems")

    def __init__(self, data: dict[str, Any], problems: list[FieldProblem], at: str = "") -> None:
        self.data, self.problems, self.at = data, problems, at

    def name(self, *names: str) -> str:
        """The first of the names that is present and not null or empty; "" when none is."""
        data = self.data
        for name in names:
            value = data.get(name)
            if value is not None and value != "":
                return name
        return ""

    def raw(self, *names: str) -> Any:
        data = self.data
        for name in names:
            value = data.get(name)
            if value is not None and value != "":
                return value
        return None

    def where(self, *names: str) -> str:
        """Pointer of the first of the names that is present, "" when none is."""
        for name in names:
            if name in self.data:
                return f"{self.at}/{escape(name)}"
        return ""

    def ill_typed(self, name: str, value: Any) -> None:
        self.problems.append(FieldProblem("ill-typed", name, f"{self.at}/{escape(name)}", shown(value)))

    def missing(self, name: str) -> None:
        self.problems.append(FieldProblem("missing", name, self.at))

    def _read(self, names: tuple[str, ...], convert: Callable[..., Any], *unit: units.Unit) -> Any:
        data = self.data
        for name in names:
            value = data.get(name)
            if value is not None and value != "":
                break
        else:
            return None
        try:
            return convert(value, *unit)
        except units.IllTyped:
            self.ill_typed(name, value)
            return None

    def text(self, *names: str) -> str:
        """Text as written; a number counts as its digits. "" when unset or ill-typed."""
        data = self.data
        for name in names:
            value = data.get(name)
            if value is not None and value != "":
                break
        else:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        self.ill_typed(name, value)
        return ""

    def identity(self, *names: str) -> str:
        """An id or a code: text or a whole number, exact whatever its size. "" when unset (also 0 and "0"), and for
        what is too long to be one."""
        data = self.data
        for name in names:
            value = data.get(name)
            if value is not None and value != "":
                break
        else:
            return ""
        if isinstance(value, str) and len(value) <= LONGEST:
            return "" if value == "0" else value.strip()
        if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() <= LONGEST:
            return str(value) if value else ""
        self.ill_typed(name, value)
        return ""

    def money(self, unit: units.Unit, *names: str) -> int | None:
        result: int | None = None if self.data.keys().isdisjoint(names) else self._read(names, units.money, unit)
        return result

    def count(self, *names: str) -> int | None:
        result: int | None = self._read(names, units.count)
        return result

    def sales(self, *names: str) -> int | None:
        result: int | None = self._read(names, units.sales)
        return result

    def flag(self, *names: str) -> bool | None:
        result: bool | None = None if self.data.keys().isdisjoint(names) else self._read(names, units.flag)
        return result

    def parsed(self, *names: str) -> Any:
        """A list or object, also when it is written as JSON inside a string; anything else as it is."""
        value = self.raw(*names)
        if isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
            try:
                return decode(value.encode("utf-8", "replace"))
            except Undecodable:
                return value
        return value

    def child(self, name: str) -> Fields:
        """The object under a name; an empty one when there is none."""
        value = self.parsed(name)
        return Fields(value if isinstance(value, dict) else {}, self.problems, f"{self.at}/{escape(name)}")

    def objects(self, *names: str) -> Iterator[Fields]:
        """The objects of the list under a name."""
        name = self.name(*names)
        if not name:
            return
        value = self.parsed(name)
        if isinstance(value, dict):
            value = list(value.values()) if all(isinstance(v, dict) for v in value.values()) else [value]
        if not isinstance(value, list):
            self.ill_typed(name, value)
            return
        at = f"{self.at}/{escape(name)}"
        for index, item in enumerate(value):
            if isinstance(item, dict):
                yield Fields(item, self.problems, f"{at}/{index}")

    def strings(self, *names: str) -> list[tuple[str, str]]:
        """(text, pointer) of a list of strings or of objects with a `url`; a lone string is a list of one."""
        name = self.name(*names)
        if not name:
            return []
        value, at = self.parsed(name), f"{self.at}/{escape(name)}"
        if isinstance(value, str):
            return [(value, at)]
        found = []
        for index, item in enumerate(value if isinstance(value, list) else []):
            if isinstance(item, dict):
                key = next((k for k in ("url", "src", "image_url", "img_url", "image", "img") if item.get(k)), "")
                item, place = item.get(key) if key else None, f"{at}/{index}/{key}"
            else:
                place = f"{at}/{index}"
            if isinstance(item, str) and item.strip():
                found.append((item, place))
        return found


def escape(token: str) -> str:
    """A key as one token of a JSON pointer (RFC 6901, section 3)."""
    return token.replace("~", "~0").replace("/", "~1") if "~" in token or "/" in token else token
