"""The listings that a report shows are read again: those that findings name, with SKUs and pictures, no others."""

from __future__ import annotations

import json
from pathlib import Path

from pddlint import config, engine
from pddlint.exhibits import with_listings
from pddlint.report import Report
from pddlint.settle import settle


def report(folder: Path) -> Report:
    settings = config.override(config.resolve([folder], isolated=True), {"jobs": 1, "select": ("CAT020",)})
    result = engine.run(settings, [folder])
    return with_listings(settle(result, settings, "en"), result, settings)


def test_only_the_listings_that_findings_name_are_kept(tmp_path: Path) -> None:
    rows = [{"id": f"g{n}", "title": f"搪瓷杯 {n}", "skus": [{"id": f"s{n}", "price": 9}]} for n in range(4)]
    rows[2]["pddlint"] = {"ignore": ["NOPE"]}
    (tmp_path / "a.json").write_text(json.dumps(rows), "utf-8")
    (tmp_path / "b.json").write_text(json.dumps([{**rows[0], "id": "other"}]), "utf-8")
    found = report(tmp_path).listings
    assert [(ref.id, one.skus[0].price_fen) for ref, one in found.items()] == [("g2", 900)]


def test_a_report_without_listings_reads_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"id": "1", "title": "杯", "skus": [{"id": "2", "price": 9}]}]', "utf-8")
    assert report(tmp_path).listings == {}
