"""Columns on mixed scripts: what is counted, what is shown, what is underlined."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pddlint import lint
from pddlint.report import Spot
from pddlint.reports.excerpt import Excerpts
from pddlint.reports.terminal import display_width, fitted, one_line, wrapped

ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
PRINTED = st.text(st.sampled_from("ab 中文，。「」🧣🧑\u200d👩é\u0301ｱ１"), max_size=60)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("中文", 4),
        ("，。「」", 8),
        ("ｱ１", 3),
        ("é", 1),
        ("e\u0301", 1),
        ("🧣", 2),
        ("👨‍👩‍👧", 2),
        ("👍🏽", 2),
        ("☀\ufe0f", 2),
        ("🇨🇳", 2),
        ("", 0),
    ],
)
def test_display_width_counts_terminal_columns(text: str, columns: int) -> None:
    assert display_width(text) == columns


@given(ANY)
def test_one_line_never_lets_a_terminal_be_disturbed(text: str) -> None:
    shown = one_line(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in shown)
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2028\u2029") & set(shown)
    shown.encode()


@given(PRINTED, st.integers(4, 40))
def test_fitted_text_fits(text: str, columns: int) -> None:
    assert display_width(fitted(text, columns)) <= columns


@given(PRINTED, st.integers(12, 40))
def test_wrapping_loses_only_spaces(text: str, columns: int) -> None:
    assert "".join("".join(wrapped(text, columns)).split()) == "".join(text.split())


def excerpt(folder: Path, text: str, needle: str, width: int = 60) -> tuple[str, str]:
    """The excerpt and carets for the first occurrence of `needle`."""
    file = folder / "x.json"
    file.write_text(text, "utf-8", newline="")
    before, _, _ = text.partition(needle)
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    spot = Spot("primary", str(file), "", line, column, line, column + len(needle))
    ((_, shown, carets),) = Excerpts([spot]).lines(spot, width)
    return shown, carets


@pytest.mark.parametrize(
    "before", ["", "abc ", "中文 ", "🧣", "👨‍👩‍👧", "e\u0301", "\t", "\u202e", "长" * 500, "x" * 5000]
)
@pytest.mark.parametrize("after", ["", " 尾", "长" * 500])
def test_carets_stand_under_what_is_meant(tmp_path: Path, before: str, after: str) -> None:
    shown, carets = excerpt(tmp_path, f"首行\n{before}【目标】{after}\n末行", "【目标】")
    assert display_width(shown) <= 60
    start = len(carets) - len(carets.lstrip())
    assert carets.strip() == "^" * 8
    assert display_width(shown[: shown.index("【目标】")]) == start


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_columns_in_reports_count_code_points(tmp_path: Path, encoding: str) -> None:
    title = "𠮷🧣 e\u0301毛巾"
    text = '[\n {"id": "1", "title": "' + title + '", "pddlint": {"ignore": ["NOPE"]}, "skus": []}]'
    (tmp_path / "a.json").write_bytes(text.encode(encoding))
    (finding,) = lint(tmp_path, isolated=True, select=["CAT020"]).findings
    line = text.splitlines()[1]
    assert (finding.line, finding.column) == (2, line.index('{"ignore"') + 1)
    assert line[finding.column - 1 : finding.spot.end_column - 1] == '{"ignore": ["NOPE"]}'
    assert json.loads(line[finding.column - 1 : finding.spot.end_column - 1])
