"""The settings of a run, typed; each field's name is its key in `pddlint.toml` (`_` and `-` are alike)."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from pddlint.checkers.base import Lang
from pddlint.findings import Severity

FORMATS = ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "markdown", "html")
FailOn = Literal["error", "warning", "info"]
Confidence = Annotated[float, msgspec.Meta(ge=0, le=1)]
Jobs = Annotated[int, msgspec.Meta(ge=0)]


class Table(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """A table of the configuration: its keys are the fields, spelt with hyphens."""


class Shop(Table, frozen=True, kw_only=True):
    """`[[shops]]`: whose shop it is, and which files are its own when the data does not say."""

    id: str
    merchant: str = ""
    path: str = ""


class Suppression(Table, frozen=True, kw_only=True):
    """`[[suppress]]`: findings that are known and accepted. All of the conditions given must hold."""

    rule: tuple[str, ...]
    goods_id: tuple[str, ...] = ()
    sku_id: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    reason: str = ""
    until: datetime.date | None = None  # the last day on which it holds


class CatalogSettings(Table, frozen=True, kw_only=True):
    """`[catalog]`: where the listings are and whose they are."""

    roots: tuple[str, ...] = ()
    merchant: Literal["root", "shop"] = "root"
    include_offline: bool = False
    exclude: tuple[str, ...] = ()


class ImageSettings(Table, frozen=True, kw_only=True):
    """`[images]`: folders in which pictures named by URL are found."""

    roots: tuple[str, ...] = ()


class Settings(Table, frozen=True, kw_only=True):
    """Everything that decides what a run finds and how it is told. Paths and patterns are relative to `base`."""

    catalog: CatalogSettings = CatalogSettings()
    shops: tuple[Shop, ...] = ()
    images: ImageSettings = ImageSettings()
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: dict[str, tuple[str, ...]] = {}
    severity: dict[str, Severity] = {}
    min_confidence: Confidence = 0.0
    min_severity: Severity = "info"
    fail_on: FailOn = "warning"
    rules: dict[str, dict[str, Any]] = {}
    suppress: tuple[Suppression, ...] = ()
    baseline: str | None = None  # a file; what it knows is suppressed
    require_plugins: tuple[str, ...] = ()
    lang: Lang | None = None
    format: str | None = None  # None: full on a terminal, else concise
    jobs: Jobs = 0  # 0: as many as there are cores, once the catalog is large
    cache: bool = True
    cache_dir: str | None = None  # a folder; None: .pddlint_cache beside the configuration
    # Where the settings come from; not keys.
    base: Path = Path()
    file: Path | None = None


NOT_KEYS = frozenset({"base", "file"})
