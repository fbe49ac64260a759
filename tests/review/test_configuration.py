"""Suppressions added to configuration files: what stood there stands there still."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import pytest

from pddlint import config
from pddlint.errors import UsageError
from pddlint.review.configuration import with_suppressions
from pddlint.settings import Suppression

ENTRY = Suppression(rule=("DUP005",), goods_id=("605",), reason='说"好"了', until=datetime.date(2030, 1, 2))
OTHER = Suppression(rule=("BAIT004",), goods_id=("7",), sku_id=("1", "2"), reason="x")
BEFORE = """# ours
select = ["DUP"]   # only these

[[suppress]]   # an old one
rule = "DUP001"
goods-id = 1

# options of rules
[rules.CAT023]
square = false # squares

# the end"""


def entries(text: str, tmp_path: Path, name: str = "pddlint.toml") -> tuple[Suppression, ...]:
    (tmp_path / name).write_bytes(text.encode())
    return config.load(tmp_path / name).suppress


def test_all_that_stood_there_is_kept_to_the_byte(tmp_path: Path) -> None:
    after = with_suppressions(BEFORE, "pddlint.toml", [ENTRY, OTHER])
    assert after.startswith(BEFORE)
    assert entries(after, tmp_path)[1:] == (ENTRY, OTHER)


@pytest.mark.parametrize("before", ["", "\n", "\ufeff", "# only a comment", "\ufefflang = 'zh'\r\n"])
def test_any_file_may_be_added_to(before: str, tmp_path: Path) -> None:
    after = with_suppressions(before, "pddlint.toml", [ENTRY])
    assert after.startswith(before)
    assert entries(after, tmp_path) == (ENTRY,)
    assert "\r\n" not in before or "\n" not in after.replace("\r\n", "")


@pytest.mark.parametrize(
    "before",
    [
        "[tool.pddlint]\nlang = 'zh'\n\n[tool.ruff]\nline-length = 1\n",
        "[tool.pddlint.catalog]\nroots = ['a']\n[[tool.pddlint.suppress]]\nrule = 'DUP001'\n[project]\nname = 'x'\n",
        "[tool]\npddlint = {lang = 'zh'}  # in line\n",
        "tool.pddlint.lang = 'zh' # dotted\n",
    ],
)
def test_pyproject_in_whatever_way_it_is_written(before: str, tmp_path: Path) -> None:
    after = with_suppressions(before, "pyproject.toml", [ENTRY, OTHER])
    assert entries(after, tmp_path, "pyproject.toml")[-2:] == (ENTRY, OTHER)
    assert all(comment in after for comment in ("# in line", "# dotted") if comment in before)


def test_a_list_written_in_line_is_added_to_in_line(tmp_path: Path) -> None:
    before = "suppress = [ # known\n  {rule = 'DUP001', goods-id = '1'},\n]\nlang = 'zh' # ours\n"
    after = with_suppressions(before, "pddlint.toml", [ENTRY])
    assert entries(after, tmp_path)[1:] == (ENTRY,)
    assert "# known" in after and "lang = 'zh' # ours" in after


def test_a_broken_file_is_refused_and_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not valid TOML"):
        with_suppressions("lang = ", "pddlint.toml", [ENTRY])
    with pytest.raises(UsageError, match="cannot add"):
        with_suppressions("suppress = 3", "pddlint.toml", [ENTRY])


def test_nothing_to_add_changes_nothing() -> None:
    assert with_suppressions(BEFORE, "pddlint.toml", []) == BEFORE
    assert tomllib.loads(BEFORE)
