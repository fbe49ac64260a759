"""Word lists as data: loads `pddlint/lexicons/<name>.toml`, once, typed, and lets a caller add or remove words.

A lexicon file holds `[meta]` (source, licence), `[groups]` (group name -> words separated by blanks; `a=b=c` makes b
and c synonyms of the canonical a; `_` stands for a blank, `≥` for `>=`) and, for a character table, `[table]` with
`from` and `to` of equal length. The words of `bait_*` are kept as folding leaves them, so that nothing need fold them.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import groupby, repeat
from pathlib import Path
from typing import Any

import msgspec

_FOLDER = Path(__file__).parent.parent / "lexicons"
# What lexicons are written in, nearly all of them throughout: comments, tables, and keys with a string, a number or
# numbers. The TOML parser of the standard library takes ten times as long for it.
_LINE = re.compile(
    r"""[ \t]*(?:\#[^\n]*)?\n
    |\[(?P<table>[A-Za-z0-9_.-]+)\][ \t]*(?:\#[^\n]*)?\n
    |(?:"(?P<quoted>[^"\\\n]*)"|(?P<bare>[A-Za-z0-9_-]+))\ =\ (?:\"""\n?(?P<long>[^"\\]*)\"""
        |(?P<json>"[^"\\\n]*"|-?(?:0|[1-9]\d*)(?:\.\d+)?|\[[-0-9.,\ ]*\]))[ \t]*(?:\#[^\n]*)?\n""",
    re.VERBOSE | re.ASCII,
)


class Extra(msgspec.Struct, frozen=True):
    """A user's changes to a lexicon: `add` maps group names to words (`a=b` for synonyms), `remove` lists words."""

    add: tuple[tuple[str, tuple[str, ...]], ...] = ()
    remove: tuple[str, ...] = ()


class Lexicon:
    """Words by group; `canonical` maps every word to the first of its synonyms, `group` every word to its group."""

    def __init__(self, name: str, raw: Mapping[str, str], removed: frozenset[str], meta: Mapping[str, Any]) -> None:
        """`raw` are the entries of each group as the file has them, `removed` words that are not to be known."""
        self.name = name
        self.source, self.licence = str(meta.get("source", "")), str(meta.get("licence", ""))
        self._raw, self._removed = raw, removed
        self.groups: Mapping[str, tuple[str, ...]] = {group: self._members(entries) for group, entries in raw.items()}

    def _members(self, entries: str) -> tuple[str, ...]:
        words = entries.replace("=", " ").split()
        if words and ("_" in entries or "≥" in entries):
            words = _word("\n".join(words)).split("\n")  # all at once: no word holds a line break
        return tuple(word for word in words if word not in self._removed) if self._removed else tuple(words)

    @cached_property
    def canonical(self) -> Mapping[str, str]:
        found: dict[str, str] = {}

        def keep(words: Sequence[str]) -> None:
            deque(map(found.setdefault, words, words), maxlen=0)

        for group, entries in self._raw.items():
            if "=" not in entries:
                keep(self.groups[group])
                continue
            for plain, run in groupby(entries.split(), str.isalnum):
                if plain:
                    keep([word for word in run if word not in self._removed])
                    continue
                for names in ([_word(name) for name in entry.split("=")] for entry in run):
                    for word in names:
                        if word and word not in self._removed:
                            found.setdefault(word, names[0])
        return found

    @cached_property
    def group(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for group, words in self.groups.items():
            deque(map(found.setdefault, words, repeat(group)), maxlen=0)
        return found

    def __contains__(self, word: str) -> bool:
        return word in self.canonical

    def words(self, *groups: str) -> frozenset[str]:
        """The words of the named groups (KeyError when there is no such group), or all words."""
        return frozenset(word for group in groups or self.groups for word in self.groups[group])


def _word(written: str) -> str:
    """A word, or words, as entries write them; no entry can hold blanks or the sign between synonyms."""
    return written.replace("_", " ").replace("≥", ">=")


def load(name: str, extra: Extra | None = None) -> Lexicon:
    """The lexicon called `name`. FileNotFoundError when there is none, ValueError when the file is not a lexicon."""
    return _loaded(name, extra)


@lru_cache(maxsize=128)
def _loaded(name: str, extra: Extra | None) -> Lexicon:
    data = document(name)
    raw = {group: str(words) for group, words in data.get("groups", {}).items()}
    if extra is not None:
        for group, words in extra.add:
            raw[group] = " ".join((raw.get(group, ""), *("_".join(word.split()) for word in words)))
    return Lexicon(name, raw, frozenset(extra.remove if extra else ()), data.get("meta", {}))


@lru_cache(maxsize=8)
def load_table(name: str) -> Mapping[str, str]:
    """The character table called `name`: one character to one character."""
    table = document(name).get("table", {})
    source, target = "".join(str(table["from"]).split()), "".join(str(table["to"]).split())
    if len(source) != len(target):
        raise ValueError(f"lexicon {name}: table rows of different length ({len(source)} and {len(target)})")
    return dict(zip(source, target, strict=True))


@lru_cache(maxsize=64)
def document(name: str) -> dict[str, Any]:
    """The parsed TOML of a lexicon. FileNotFoundError when there is none; do not change what is returned."""
    text = (_FOLDER / f"{name}.toml").read_bytes().decode()
    plain = _plain(text)
    if plain is None:
        import tomllib

        return tomllib.loads(text)
    return plain


def _plain(text: str) -> dict[str, Any] | None:
    """The content of TOML that is as plain as lexicons are; None of other."""
    content: dict[str, Any] = {}
    table, place = content, 0
    while place < len(text):
        match = _LINE.match(text, place)
        if match is None:
            return None
        place = match.end()
        name, key = match["table"], match["bare"] or match["quoted"]
        if name is not None:
            table = content
            for part in name.split("."):
                table = table.setdefault(part, {})
        elif key is not None:
            table[key] = match["long"] if match["json"] is None else msgspec.json.decode(match["json"])
    return content
