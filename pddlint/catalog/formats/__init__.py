"""File shapes: what a format module offers, and how the formats are found.

A format is a module (or object) behind an entry point of the group `pddlint.formats`:

    NAME = "my-shop-export"
    RANK = 50                       # formats are asked in ascending order; the more particular a shape, the lower
    SUMMARY = ()                    # byte strings that mark a file as a listing's short form (see read.py)
    PARTIAL = False                 # optional: records that are part of a listing and have no title

    def find(node: Node) -> Iterable[Found] | None      # the records in this JSON value; None: not this shape
    def convert(found: Found, fields: Fields) -> Listing | None

`find` is asked about every JSON document, and about what stands inside known wrappers. `convert` gets one decoded
record and returns the listing without shop, merchant, origin and resolved pictures, which the reader fills in.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache
from typing import Any, Protocol, cast

import msgspec

from pddlint.catalog.fields import Fields
from pddlint.catalog.model import Listing
from pddlint.catalog.node import Node
from pddlint.installed import entry_points

GROUP = "pddlint.formats"


class Found(msgspec.Struct):
    """A record: its node, and whatever else the format needs to convert it (rows of another table, a shop's id).

    `value` is the record already decoded, where a format puts it together from several places of `node`.
    """

    node: Node
    extra: Any = None
    value: dict[str, Any] | None = None


class Format(Protocol):
    """What a format module looks like."""

    NAME: str
    RANK: int
    SUMMARY: tuple[bytes, ...]

    def find(self, node: Node, /) -> Iterable[Found] | None: ...

    def convert(self, found: Found, fields: Fields, /) -> Listing | None: ...


class BrokenFormat(msgspec.Struct, frozen=True):
    """A third party's format that could not be loaded."""

    name: str
    reason: str


@cache
def formats() -> tuple[Format, ...]:
    """Every format, in the order they are asked. Formats that fail to load are left out; see `broken_formats`."""
    return _load()[0]


@cache
def broken_formats() -> tuple[BrokenFormat, ...]:
    return _load()[1]


@cache
def _load() -> tuple[tuple[Format, ...], tuple[BrokenFormat, ...]]:
    found: dict[str, Format] = {}
    broken = []
    for point in entry_points(GROUP):
        try:
            module = cast(Format, point.load())
            found[module.NAME] = module
            _ = (module.RANK, module.find, module.convert)
        except Exception as error:  # a third party's module may fail in any way; the run goes on without it
            broken.append(BrokenFormat(point.name, f"{type(error).__name__}: {error}"))
    for info in pkgutil.iter_modules(__path__):  # the built-in ones, also when run from a checkout without metadata
        if not info.name.startswith("_"):
            module = cast(Format, importlib.import_module(f"{__name__}.{info.name}"))
            found.setdefault(module.NAME, module)
    return tuple(sorted(found.values(), key=lambda one: (one.RANK, one.NAME))), tuple(broken)
