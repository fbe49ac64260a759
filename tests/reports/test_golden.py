"""Every format against its golden file. After a wanted change, write them anew and review the diff:

PDDLINT_GOLDEN=write python -m pytest tests/reports
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from pddlint.checkers.base import Lang
from pddlint.reports import FORMATS, Layout, render
from tests.reports.sample import CATALOG, build

GOLDEN = Path(__file__).parent / "golden"
LAYOUTS = {
    "plain": Layout(width=100),
    "narrow": Layout(width=48, show_suppressed=True),
    "colour": Layout(colour=True, width=100),
    "statistics": Layout(statistics=True),
}
PLAIN = [name for name in FORMATS if name != "html"]  # which is a program, tested in a browser
CASES: list[tuple[str, Lang, str]] = [
    *((name, "zh", "plain") for name in PLAIN),
    *((name, "en", "plain") for name in PLAIN),
    ("full", "zh", "narrow"),
    ("full", "zh", "colour"),
    ("concise", "zh", "colour"),
    ("full", "zh", "statistics"),
    ("concise", "en", "statistics"),
]


@pytest.mark.parametrize(("name", "lang", "layout"), CASES)
def test_a_format_prints_what_its_golden_file_holds(
    name: str, lang: Lang, layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(CATALOG, tmp_path / "catalog")
    monkeypatch.chdir(tmp_path)
    text = render(name, build(lang, tmp_path / "catalog"), LAYOUTS[layout]).replace(str(tmp_path), "/work")
    golden = GOLDEN / f"{name}.{lang}.{layout}.txt"
    if os.environ.get("PDDLINT_GOLDEN") == "write":
        golden.write_text(text, "utf-8", newline="\n")
    assert text == golden.read_bytes().decode(), f"see the docstring of {Path(__file__).name}"


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{n}.{lang}.{layout}.txt" for n, lang, layout in CASES}


def test_machine_formats_know_what_is_suppressed(tmp_path: Path) -> None:
    report = json.loads(render("json", build("zh"), Layout()))
    suppressed = [f for f in report["findings"] if f["suppressed"]]
    assert {f["suppressed"]["reason"] for f in suppressed} == {"配件 | 已核对"}
    assert report["summary"]["suppressed"] == len(suppressed) == 2
    assert report["summary"]["findings"]["BBB001"] == 2
