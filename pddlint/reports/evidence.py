"""A finding's evidence in one line: what weighs most first, in the reader's words.

Evidence is each rule's own. Three shapes are told apart: a list of weighted items (one text, one number: a waterfall,
the signs of a bait SKU), a list of differences (a facet, here and there), and plain values.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from pddlint.checkers.base import Lang

_WEIGHED = 6  # weighted items shown
_UNSAID = frozenset(
    {
        "platform_term",
        "probability",
        "price_fen",
        "group",
        "keeper_reason",
        "exemption",
        "sku",
        "compared_by",
        "pictures",
    }
)


def evidence_line(evidence: dict[str, Any], lang: Lang) -> str:
    """The evidence as `name value` pairs; "" when there is none worth a line."""
    weighed, plain = [], []
    for name, value in evidence.items():
        if name in _UNSAID or value in (None, "", [], {}, ()):
            continue
        rows = value if isinstance(value, list | tuple) and all(isinstance(row, dict) for row in value) else ()
        if rows and all(_weight(row) is not None for row in rows):
            weighed.append(_scale(rows, lang))
        elif rows and all({"facet", "here", "there"} <= row.keys() for row in rows):
            plain += [f"{word(row['facet'], lang)} {_short(row['here'])} ↔ {_short(row['there'])}" for row in rows]
        else:
            plain.append(f"{word(name, lang)} {_short(value)}")
    return " · ".join([*weighed, *plain])


def word(name: str, lang: Lang) -> str:
    """What a part of the evidence is called."""
    known = _words().get(name)
    return known[0 if lang == "zh" else 1] if known else name


@cache
def _words() -> dict[str, list[str]]:
    return tomllib.loads(files("pddlint.i18n").joinpath("evidence.toml").read_text("utf-8"))


def _scale(rows: Any, lang: Lang) -> str:
    """The weightiest items, heaviest first; the prior, which is no evidence, is left out."""
    named = [(next(str(v) for v in row.values() if isinstance(v, str)), _weight(row) or 0.0) for row in rows]
    heavy = sorted((pair for pair in named if pair[0] != "prior"), key=lambda pair: -abs(pair[1]))
    comma = "，" if lang == "zh" else ", "
    return comma.join(f"{word(name, lang)} {weight:+.1f}" for name, weight in heavy[:_WEIGHED])


def _weight(row: dict[str, Any]) -> float | None:
    """The one number of a weighted item that also has a text; None when the row is something else."""
    numbers = [v for v in row.values() if isinstance(v, int | float) and not isinstance(v, bool)]
    return float(numbers[0]) if len(numbers) == 1 and any(isinstance(v, str) for v in row.values()) else None


def _short(value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, dict):
        return " ".join(_short(item) for item in value.values())
    if isinstance(value, list | tuple):
        return "/".join(_short(item) for item in value)
    return str(msgspec.to_builtins(value, enc_hook=str))
