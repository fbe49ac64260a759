"""Runs on Daft, embedded in this process: every catalog of the tests, the command line, and what is written."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pddlint import engine
from pddlint.__main__ import main
from pddlint.distributed import giants, portions
from pddlint.distributed.run import run
from tests.benchmarks import catalogs
from tests.distributed.compared import DEMO, ROOT, RULES, facts, same, settings

pytest.importorskip("daft", reason="Daft is not installed (pip install 'pddlint[daft]')")
Check = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _native(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAFT_RUNNER", raising=False)


@pytest.fixture
def check(capfd: pytest.CaptureFixture[str]) -> Check:
    def run(*arguments: str | Path) -> tuple[int, str, str]:
        capfd.readouterr()
        status = main(["check", "--lang", "en", "--jobs", "1", "--no-cache", *map(str, arguments)])
        return status, *capfd.readouterr()

    return run


def test_the_demo_shop_is_told_as_without_an_engine(check: Check, tmp_path: Path) -> None:
    plain = check(DEMO, "--format", "json")
    out = tmp_path / "findings"
    lines = tmp_path / "lines"
    spread = check(
        DEMO, "--engine", "daft", "--format", "json",
        "--format", "parquet", "--output", out, "--format", "jsonl", "--output", f"{lines}/",
    )  # fmt: skip
    assert spread[0] == plain[0] == 1
    told, expected = json.loads(spread[1]), json.loads(plain[1])
    assert told["findings"] == expected["findings"]
    assert len(told["findings"]) > 10
    import pyarrow.parquet

    rows = pyarrow.parquet.read_table(out).to_pylist()
    assert [row["fingerprint"] for row in rows] == [finding["fingerprint"] for finding in told["findings"]]
    assert json.loads(rows[0]["evidence"]) == told["findings"][0]["evidence"]
    assert rows[0]["listing"] == told["findings"][0]["listing"]["id"]
    (part,) = lines.iterdir()
    assert [json.loads(line) for line in part.read_text("utf-8").splitlines()] == told["findings"]


@pytest.mark.parametrize("folder", RULES, ids=lambda path: path.name)
def test_every_rules_examples(folder: Path) -> None:
    same([folder])


def test_a_generated_catalog_with_a_very_large_merchant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogs.write(tmp_path, 100, 3, 2)
    monkeypatch.setattr(giants, "LARGE", 30)
    monkeypatch.setattr(giants, "BLOCK", 20)
    monkeypatch.setattr(portions, "SMALLEST", 8_000)
    assert same([tmp_path])["findings"]


@pytest.mark.slow
def test_in_processes_of_the_engine(tmp_path: Path) -> None:
    catalogs.write(tmp_path, 300, 3, 2)
    plain = settings(tmp_path)
    expected = facts(engine.run(plain, [tmp_path]), plain)
    wanted = settings(tmp_path, jobs=2)
    assert facts(run(wanted, [tmp_path]), wanted) == expected


@pytest.mark.parametrize("text", [True, False], ids=["a column of JSON", "a column a key"])
def test_parquet_is_read_as_json_lines_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: bool) -> None:
    import pyarrow
    import pyarrow.parquet

    monkeypatch.setattr(portions, "SMALLEST", 2_000)
    records = [json.loads(line) for line in (DEMO / "anju" / "new.jsonl").read_text("utf-8").splitlines()]
    records = [{key: value for key, value in one.items() if "image" not in key} for one in records] * 2
    lines, table = tmp_path / "l" / "shop", tmp_path / "t" / "shop"
    lines.mkdir(parents=True)
    table.mkdir(parents=True)
    (lines / "a.jsonl").write_text("".join(json.dumps(one) + "\n" for one in records), "utf-8")
    rows = [{"record": json.dumps(one)} for one in records] if text else records
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), table / "a.parquet", row_group_size=3)

    def told(path: Path) -> list[Any]:
        wanted = settings(path.parent)
        found = facts(run(wanted, [path.parent]), wanted)["findings"]
        names = ("code", "message", "document", "skus", "evidence", "fingerprint")
        return sorted([finding[name] for name in names] for finding in found if finding["code"] != "CAT007")

    assert told(table) == told(lines) != []


def test_a_broken_table_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 but no more than that")
    wanted = settings(tmp_path)
    (finding,) = facts(run(wanted, [tmp_path]), wanted)["findings"]
    assert (finding["code"], finding["path"].rsplit("/", 1)[-1]) == ("CAT001", "a.parquet")


def test_a_folder_that_holds_something_is_not_written_to(check: Check, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("mine")
    status, _, err = check(RULES[0], "--engine", "daft", "--format", "parquet", "--output", tmp_path)
    assert status == 2
    assert "is not empty" in err
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_tables_need_the_engine_and_a_folder(check: Check, tmp_path: Path) -> None:
    assert "needs --engine daft" in check(RULES[0], "--format", "parquet", "--output", tmp_path / "out")[2]
    assert "written to a folder" in check(RULES[0], "--engine", "daft", "--format", "parquet")[2]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_daft_the_remedy_is_named(lang: str, tmp_path: Path) -> None:
    (tmp_path / "daft.py").write_text("raise ImportError('none here')")
    program = [sys.executable, "-m", "pddlint", "check", "--lang", lang, "--engine", "daft", str(RULES[0])]
    path = f"{tmp_path}:{ROOT}"
    ended = subprocess.run(program, capture_output=True, encoding="utf-8", env={"PYTHONPATH": path}, check=False)
    assert ended.returncode == 2
    assert "pip install 'pddlint[daft]'" in ended.stderr
    assert "Traceback" not in ended.stderr
