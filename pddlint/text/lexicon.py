"""Word lists as data: loads `pddlint/lexicons/<name>.toml`, once, typed, and lets a caller add or remove words.

A lexicon file holds `[meta]` (source, licence), `[groups]` (group name -> words separated by blanks; `a=b=c` makes b
and c synonyms of the canonical a; `_` stands for a blank) and, for a character table, `[table]` with `from` and `to` of
equal length.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

import msgspec


class Extra(msgspec.Struct, frozen=True):
    """A user's changes to a lexicon: `add` maps group names to words (`a=b` for synonyms), `remove` lists words."""

    add: tuple[tuple[str, tuple[str, ...]], ...] = ()
    remove: tuple[str, ...] = ()


class Lexicon(msgspec.Struct, frozen=True):
    """Words by group; `canonical` maps every word to the first of its synonyms, `group` every word to its group."""

    name: str
    groups: Mapping[str, tuple[str, ...]]
    canonical: Mapping[str, str]
    group: Mapping[str, str]
    source: str = ""
    licence: str = ""

    def __contains__(self, word: str) -> bool:
        return word in self.canonical

    def words(self, *groups: str) -> frozenset[str]:
        """The words of the named groups (KeyError when there is no such group), or all words."""
        if not groups:
            return frozenset(self.canonical)
        return frozenset(word for group in groups for word in self.groups[group])


@lru_cache(maxsize=128)
def load(name: str, extra: Extra | None = None) -> Lexicon:
    """The lexicon called `name`. FileNotFoundError when there is none, ValueError when the file is not a lexicon."""
    data = document(name)
    raw: dict[str, list[str]] = {group: str(words).split() for group, words in data.get("groups", {}).items()}
    removed: frozenset[str] = frozenset()
    if extra is not None:
        for group, words in extra.add:
            raw.setdefault(group, []).extend(words)
        removed = frozenset(extra.remove)
    groups: dict[str, tuple[str, ...]] = {}
    canonical: dict[str, str] = {}
    of_group: dict[str, str] = {}
    for group, entries in raw.items():
        members: list[str] = []
        for entry in entries:
            if "=" not in entry and "_" not in entry:
                if entry not in removed:
                    canonical.setdefault(entry, entry)
                    of_group.setdefault(entry, group)
                    members.append(entry)
                continue
            first, *others = entry.split("=")
            for word in (first, *others):
                spaced = word.replace("_", " ")
                if spaced in removed or not spaced:
                    continue
                canonical.setdefault(spaced, first.replace("_", " "))
                of_group.setdefault(spaced, group)
                members.append(spaced)
        groups[group] = tuple(members)
    meta = data.get("meta", {})
    return Lexicon(name, groups, canonical, of_group, str(meta.get("source", "")), str(meta.get("licence", "")))


@lru_cache(maxsize=8)
def load_table(name: str) -> Mapping[str, str]:
    """The character table called `name`: one character to one character."""
    table = document(name).get("table", {})
    source, target = "".join(str(table["from"]).split()), "".join(str(table["to"]).split())
    if len(source) != len(target):
        raise ValueError(f"lexicon {name}: table rows of different length ({len(source)} and {len(target)})")
    return dict(zip(source, target, strict=True))


@lru_cache(maxsize=16)
def document(name: str) -> dict[str, Any]:
    """The parsed TOML of a lexicon. FileNotFoundError when there is none; do not change what is returned."""
    text = resources.files("pddlint.lexicons").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
