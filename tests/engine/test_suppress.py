"""Suppressions: in the listing, in the configuration, with an end; and those that silence nothing."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pddlint import Context, Finding, Listing, Rule, Text, at_listing, at_sku, config, engine
from pddlint.checkers import registry
from pddlint.checkers.registry import Checker, Registry
from pddlint.report import Report
from pddlint.settle import settle

T = Text("字", "text")
TODAY = datetime.date(2026, 6, 1)


def _accuse(listing: Listing, context: Context) -> Iterator[Finding]:
    if "坏" in listing.title:
        yield Finding("TEST001", at_listing(listing, "title"))


def _accuse_skus(listing: Listing, context: Context) -> Iterator[Finding]:
    yield from (Finding("TEST002", at_sku(listing, sku), skus=(sku.id,)) for sku in listing.skus if "坏" in sku.name)


@pytest.fixture(autouse=True)
def two_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules of these tests, beside those about files and plugins."""
    real = registry.load()
    kept = [c for c in real.checkers if c.scope == "file"]
    mine = [
        Checker(Rule("TEST001", "bad-title", "error", T, T, T, T), "", "tests", _accuse),
        Checker(Rule("TEST002", "bad-sku", "warning", T, T, T, T), "", "tests", _accuse_skus),
        Checker(Rule("TEST003", "off", "warning", T, T, T, T, default=False), "", "tests", _accuse),
    ]
    monkeypatch.setattr(registry, "load", lambda: Registry((*kept, *mine)))


def lint(folder: Path, listings: list[dict[str, Any]], toml: str = "", target: str = ".") -> Report:
    catalog = folder / "shop"
    catalog.mkdir(exist_ok=True)
    (catalog / "goods.json").write_text(json.dumps(listings, ensure_ascii=False, indent=1), "utf-8")
    (folder / "pddlint.toml").write_text(toml, "utf-8")
    settings = config.override(config.load(folder / "pddlint.toml"), {"jobs": 1})
    return settle(engine.run(settings, [folder / target]), settings, "en", TODAY)


def listing(number: int, title: str = "好杯子", **more: Any) -> dict[str, Any]:
    return {"id": f"g{number}", "title": title, "skus": [{"id": f"s{number}", "price": 9}], **more}


def states(report: Report) -> dict[str, str]:
    """code@id → how it was suppressed, "" when not."""
    return {
        f"{f.code}@{f.listing.id if f.listing else Path(f.path).name}": f.suppressed.by if f.suppressed else ""
        for f in report.findings
    }


def test_a_listing_suppresses_its_own_finding_with_its_reason(tmp_path: Path) -> None:
    report = lint(tmp_path, [listing(1, "坏", pddlint={"ignore": ["TEST001"], "reason": "知道"}), listing(2, "坏")])
    assert states(report) == {"TEST001@g1": "inline", "TEST001@g2": ""}
    (suppressed,) = [f for f in report.findings if f.suppressed]
    assert suppressed.suppressed and suppressed.suppressed.reason == "知道"
    assert report.status("error") == 1
    assert [f.listing.id for f in report.active if f.listing] == ["g2"]


@pytest.mark.parametrize("selector", ["TEST", "bad-title", "ALL", "test001"])
def test_prefixes_names_and_all_suppress_too(tmp_path: Path, selector: str) -> None:
    assert states(lint(tmp_path, [listing(1, "坏", pddlint={"ignore": [selector]})])) == {"TEST001@g1": "inline"}


@pytest.mark.parametrize(
    "condition",
    [
        'goods_id = "g1"',
        'goods_id = ["x", "g1"]',
        'path = "shop"',
        'path = "shop/*.json"',
        'goods_id = "g1"\npath = "**"',
    ],
)
def test_the_configuration_suppresses_by_listing_and_path(tmp_path: Path, condition: str) -> None:
    report = lint(tmp_path, [listing(1, "坏")], f'[[suppress]]\nrule = "TEST001"\nreason = "r"\n{condition}\n')
    assert states(report) == {"TEST001@g1": "config"}


def test_all_conditions_of_an_entry_must_hold(tmp_path: Path) -> None:
    toml = '[[suppress]]\nrule = "TEST001"\ngoods_id = "g1"\npath = "elsewhere/*"\n'
    assert states(lint(tmp_path, [listing(1, "坏")], toml))["TEST001@g1"] == ""


def test_a_sku_suppression_spares_no_other_sku(tmp_path: Path) -> None:
    skus = [{"id": "a", "specs": {"色": "坏 1"}, "price": 1}, {"id": "b", "specs": {"色": "坏 2"}, "price": 1}]
    report = lint(tmp_path, [listing(1, skus=skus)], '[[suppress]]\nrule = "TEST002"\nsku_id = "a"\n')
    assert {f.skus: bool(f.suppressed) for f in report.findings} == {("a",): True, ("b",): False}


def test_an_entry_holds_until_its_last_day_and_is_reported_after_it(tmp_path: Path) -> None:
    entry = '[[suppress]]\nrule = "TEST001"\ngoods_id = "g1"\nuntil = {}\n'
    assert states(lint(tmp_path, [listing(1, "坏")], entry.format("2026-06-01"))) == {"TEST001@g1": "config"}
    report = lint(tmp_path, [listing(1, "坏")], entry.format("2026-05-31"))
    assert states(report) == {"TEST001@g1": "", "CAT020@pddlint.toml": ""}
    (ended,) = [f for f in report.findings if f.code == "CAT020"]
    assert "ended on 2026-05-31" in ended.message
    assert (ended.line, ended.column, ended.spot.end_column) == (1, 1, 13)


def test_a_suppression_that_silences_nothing_is_reported_where_it_stands(tmp_path: Path) -> None:
    report = lint(tmp_path, [listing(1, pddlint={"ignore": ["TEST001", "TEST002"], "reason": "old"})])
    found = [f for f in report.findings if f.code == "CAT020"]
    assert len(found) == 2
    assert found[0].spot.pointer == "/0/pddlint"
    assert found[0].line > 1
    assert found[0].fingerprint != found[1].fingerprint


def test_a_suppression_of_a_rule_that_did_not_run_is_not_reported(tmp_path: Path) -> None:
    rows = [listing(1, pddlint={"ignore": ["TEST003"]})]
    assert states(lint(tmp_path, rows)) == {}
    assert states(lint(tmp_path, rows, 'extend-select = ["TEST003"]')) == {"CAT020@g1": ""}
    assert states(lint(tmp_path, [listing(1, pddlint={"ignore": ["TEST001"]})], 'ignore = ["TEST001"]')) == {}


def test_a_suppression_of_a_listing_that_was_not_read_is_not_reported(tmp_path: Path) -> None:
    toml = '[[suppress]]\nrule = "TEST001"\ngoods_id = "gone"\n[[suppress]]\nrule = "TEST001"\npath = "gone/*"\n'
    assert states(lint(tmp_path, [listing(1)], toml)) == {}


def test_a_suppression_that_names_no_rule_is_reported(tmp_path: Path) -> None:
    report = lint(tmp_path, [listing(1, pddlint={"ignore": ["TEST999"]})])
    assert [f.code for f in report.findings] == ["CAT020"]
    assert "names no rule" in report.findings[0].message


def test_raising_a_threshold_does_not_make_a_suppression_unused(tmp_path: Path) -> None:
    rows = [listing(1, "坏", pddlint={"ignore": ["TEST001"]})]
    toml = 'min-severity = "error"\nseverity = {TEST001 = "info", CAT020 = "error"}\n'
    assert states(lint(tmp_path, rows, toml)) == {}


def test_per_file_ignores_leave_a_rule_out_in_matching_files(tmp_path: Path) -> None:
    rows = [listing(1, "坏")]
    assert states(lint(tmp_path, rows, '[per-file-ignores]\n"shop/*" = ["TEST"]\n')) == {}
    assert states(lint(tmp_path, rows, '[per-file-ignores]\n"other/*" = ["TEST"]\n')) == {"TEST001@g1": ""}


def test_severities_are_overridden_by_the_closest_selector(tmp_path: Path) -> None:
    report = lint(tmp_path, [listing(1, "坏")], 'severity = {ALL = "warning", TEST001 = "info", TEST = "error"}\n')
    assert [f.severity for f in report.findings] == ["info"]
    assert report.status("warning") == 0
    assert report.status("info") == 1
