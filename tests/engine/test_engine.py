"""A run's result depends on what is in the catalog, and on nothing else."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pddlint import lint
from pddlint.report import Report
from pddlint.reports import Layout, render

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "demo-shop"


def facts(report: Report) -> list[dict[str, Any]]:
    """The findings without what must differ between runs."""
    found: list[dict[str, Any]] = json.loads(render("json", report, Layout()))["findings"]
    return found


def identities(report: Report) -> list[tuple[str, str, tuple[str, ...], str]]:
    """What is found about whom, without paths and lines."""
    return sorted((f.code, f.listing.id if f.listing else "", f.skus, f.fingerprint) for f in report.findings)


@pytest.fixture(scope="module")
def alone() -> Report:
    """The demo shop, linted in one process from here."""
    return lint(FIXTURES, isolated=True, jobs=1)


def test_any_number_of_processes_finds_the_same(alone: Report) -> None:
    assert alone.summary.listings > 30
    assert {"DUP", "BAIT", "CAT"} <= {f.code.rstrip("0123456789") for f in alone.findings}
    assert facts(lint(FIXTURES, isolated=True, jobs=2)) == facts(alone)


def test_moving_the_catalog_and_the_working_folder_changes_neither_findings_nor_fingerprints(
    alone: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "elsewhere" / FIXTURES.name
    shutil.copytree(FIXTURES, there)
    monkeypatch.chdir(tmp_path)
    assert identities(lint(os.path.relpath(there, tmp_path), isolated=True)) == identities(alone)


def test_naming_the_shops_in_any_order_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES)
    shops = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())
    first = lint(shops, isolated=True, ignore=["DUP"])
    assert identities(first) == identities(lint(shops[::-1], isolated=True, ignore=["DUP"]))


def rows() -> list[dict[str, Any]]:
    """Five listings of one shop: a copy, a colour apart, two others; each with a bait SKU."""
    base = [
        {"id": "600100", "title": "竹语家纺加厚纯棉毛巾吸水不掉毛洗脸巾", "sales": 900},
        {"id": "600101", "title": "竹语家纺加厚纯棉毛巾吸水不掉毛洗脸巾", "sales": 3},
        {"id": "600102", "title": "竹语家纺加厚纯棉毛巾吸水不掉毛洗脸巾 灰色", "sales": 7},
        {"id": "600200", "title": "复古搪瓷杯大容量带盖老式茶缸", "sales": 1},
        {"id": "600201", "title": "实木筷子家用防滑防霉十双装", "sales": 1},
    ]
    sku = {"specs": {"颜色": "白色"}, "price": 12.9}
    bait = {"id": "b", "specs": {"颜色": "补差价专拍 拍错不发货"}, "price": 0.1}
    return [
        {**row, "shop": "s", "merchant": "m", "category": ["家居日用"], "skus": [{**sku, "id": f"{row['id']}1"}, bait]}
        for row in base
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(rows()), st.lists(st.integers(1, 4), max_size=3), st.booleans())
def test_order_and_splitting_into_files_never_change_the_findings(
    order: list[dict[str, Any]], cuts: list[int], lines: bool
) -> None:
    bounds = [0, *sorted(set(cuts)), len(order)]
    with tempfile.TemporaryDirectory() as folder:
        for number, (start, end) in enumerate(pairwise(bounds)):
            part = order[start:end]
            text = "\n".join(map(json.dumps, part)) if lines else json.dumps(part, ensure_ascii=False)
            Path(folder, f"{number}.json").write_text(text, "utf-8")
        found = identities(lint(folder, isolated=True, ignore=["CAT"]))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "all.json").write_text(json.dumps(rows()), "utf-8")
        assert found == identities(lint(folder, isolated=True, ignore=["CAT"]))


def test_listings_that_are_off_the_shelf_break_no_rule_unless_asked(tmp_path: Path) -> None:
    listing = {"id": "1", "title": "杯", "on_sale": False, "pddlint": {"ignore": ["NOPE"]}, "skus": []}
    (tmp_path / "a.json").write_text(json.dumps([listing, {**listing, "id": "2", "on_sale": True}]), "utf-8")
    assert [f.listing.id for f in lint(tmp_path, isolated=True, select=["CAT020"]).findings if f.listing] == ["2"]
    (tmp_path / "pddlint.toml").write_text("[catalog]\ninclude_offline = true\n")
    found = lint(tmp_path, select=["CAT020"]).findings
    assert sorted(f.listing.id for f in found if f.listing) == ["1", "2"]
