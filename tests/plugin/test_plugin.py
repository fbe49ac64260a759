"""A third party's rules: really installed by pip, really found, and never able to end a run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SHOUTING = {"id": "1", "title": "清仓！！！毛巾", "shop": "a", "skus": [{"id": "11", "price": 9.9}]}
QUIET = {"id": "2", "title": "搪瓷杯", "shop": "a", "skus": [{"id": "21", "price": 19.9}]}


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which pip has installed the sample package."""
    target = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--target", target, HERE / "sample"], check=True, cwd=target)
    return target


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    folder = tmp_path / "catalog"
    folder.mkdir()
    (folder / "goods.json").write_text(json.dumps([SHOUTING, QUIET], ensure_ascii=False), "utf-8")
    return folder


def check(site: Path, *arguments: str | Path) -> tuple[int, dict[str, Any], str]:
    """(exit status, JSON report, stderr) of a run that sees the packages in `site`."""
    environ = {**os.environ, "PYTHONPATH": f"{site}{os.pathsep}{ROOT}", "LANG": "en_US.UTF-8"}
    command = [sys.executable, "-m", "pddlint", "check", "--isolated", "--format", "json", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, env=environ, text=True, encoding="utf-8")
    return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr


def package(site: Path, name: str, source: str, entry: str = "") -> Path:
    """Put a one-module package with a `pddlint.checkers` entry point into `site`."""
    site.mkdir(exist_ok=True)
    (site / f"{name}.py").write_text(source, "utf-8")
    info = site / f"{name}-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[pddlint.checkers]\n{name} = {entry or name}\n")
    return site


RULE = """
from pddlint import Finding, Rule, Text, at_listing
T = Text("字", "text")
RULE = Rule("{code}", "{name}", "error", T, T, T, T)
"""


def test_an_installed_rule_is_found_and_runs(installed: Path, catalog: Path) -> None:
    status, report, _ = check(installed, "--select", "SHOUT", catalog)
    assert status == 1
    (finding,) = report["findings"]
    assert (finding["code"], finding["listing"]["id"]) == ("SHOUT001", "1")
    assert finding["message"] == "3 exclamation marks in the title, at most 1"


def test_the_sample_passes_the_public_examples_runner(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(installed))
    from pddlint import run_examples

    assert run_examples("pddlint_shouting.shout001") == 2


def test_options_of_an_installed_rule_come_from_the_configuration(installed: Path, catalog: Path) -> None:
    config = catalog / "pddlint.toml"
    config.write_text('select = ["SHOUT"]\n[rules.SHOUT001]\nlimit = 3\n')
    environ = {**os.environ, "PYTHONPATH": f"{installed}{os.pathsep}{ROOT}", "LANG": "en_US.UTF-8"}
    command = [sys.executable, "-m", "pddlint", "check", str(catalog)]
    assert subprocess.run(command, env=environ, capture_output=True).returncode == 0
    config.write_text('[rules.SHOUT001]\nlimits = "3"\n')
    done = subprocess.run(command, env=environ, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 2
    assert "rules.SHOUT001.limits" in done.stderr
    assert "did you mean limit?" in done.stderr


def test_its_findings_are_the_same_from_several_processes(installed: Path, catalog: Path) -> None:
    _, alone, _ = check(installed, "--jobs", "1", catalog)
    _, together, _ = check(installed, "--jobs", "2", catalog)
    assert alone["findings"] == together["findings"]


def test_a_rule_that_cannot_be_imported_is_reported_and_the_others_run(
    installed: Path, catalog: Path, tmp_path: Path
) -> None:
    site = package(tmp_path / "site", "broken_import", "raise SystemExit('no')")
    status, report, _ = check(Path(f"{installed}{os.pathsep}{site}"), catalog)
    assert status == 1
    assert {"PLUG001", "SHOUT001"} <= {f["code"] for f in report["findings"]}
    message = next(f["message"] for f in report["findings"] if f["code"] == "PLUG001")
    assert "broken_import" in message
    assert "SystemExit: no" in message


def test_a_rule_that_raises_is_reported_once_with_a_count_and_the_others_run(
    installed: Path, catalog: Path, tmp_path: Path
) -> None:
    source = RULE.format(code="OOPS001", name="oops") + "def check(listing, context):\n    return 1 / 0\n"
    site = package(tmp_path / "site", "raising", source)
    _, report, _ = check(Path(f"{installed}{os.pathsep}{site}"), catalog)
    failures = [f for f in report["findings"] if f["code"] == "PLUG001"]
    assert len(failures) == 1
    assert "OOPS001" in failures[0]["message"]
    assert "2 times" in failures[0]["message"]
    assert "ZeroDivisionError" in failures[0]["message"]
    assert failures[0]["listing"]["id"] == "1"
    assert any(f["code"] == "SHOUT001" for f in report["findings"])


def test_what_a_rule_found_before_it_raised_counts(catalog: Path, tmp_path: Path) -> None:
    source = RULE.format(code="HALF001", name="half") + (
        "def check(listing, context):\n    yield Finding('HALF001', at_listing(listing))\n    raise RuntimeError('x')\n"
    )
    _, report, _ = check(package(tmp_path / "site", "half", source), "--select", "HALF", catalog)
    assert sorted(f["code"] for f in report["findings"]) == ["HALF001", "HALF001", "PLUG001"]


def test_a_rule_that_yields_something_else_is_reported(catalog: Path, tmp_path: Path) -> None:
    source = RULE.format(code="ODD001", name="odd") + "def check(listing, context):\n    yield 'a string'\n"
    _, report, _ = check(package(tmp_path / "site", "odd", source), catalog)
    assert any(f["code"] == "PLUG001" and "a string" in f["message"] for f in report["findings"])


def test_a_malformed_card_is_reported(catalog: Path, tmp_path: Path) -> None:
    source = RULE.format(code="lower1", name="lower") + "def check(listing, context):\n    return ()\n"
    _, report, _ = check(package(tmp_path / "site", "lower", source), catalog)
    assert any(f["code"] == "PLUG001" and "lower1" in f["message"] for f in report["findings"])


def test_a_code_used_twice_is_a_configuration_error_naming_both(catalog: Path, tmp_path: Path) -> None:
    source = RULE.format(code="PLUG001", name="taken") + "def check(listing, context):\n    return ()\n"
    status, _, stderr = check(package(tmp_path / "site", "taken", source), catalog)
    assert status == 2
    assert "PLUG001" in stderr
    assert "taken" in stderr
    assert "pddlint.checkers.plug.plug001" in stderr


def test_a_required_plugin_that_is_missing_is_a_configuration_error(installed: Path, catalog: Path) -> None:
    config = catalog / "pddlint.toml"
    command = [sys.executable, "-m", "pddlint", "check", str(catalog)]
    environ = {**os.environ, "PYTHONPATH": f"{installed}{os.pathsep}{ROOT}", "LANG": "en_US.UTF-8"}
    config.write_text('require-plugins = ["pddlint-shouting"]\n')
    assert subprocess.run(command, env=environ, capture_output=True).returncode == 1
    environ["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(command, env=environ, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 2
    assert "pddlint-shouting" in done.stderr


def test_a_listing_that_kills_the_process_is_named_and_the_others_are_judged(catalog: Path, tmp_path: Path) -> None:
    source = RULE.format(code="KILL001", name="kill") + (
        "import os\n"
        "def check(listing, context):\n"
        "    if '搪瓷' in listing.title: os._exit(9)\n"
        "    yield Finding('KILL001', at_listing(listing))\n"
    )
    rows = [SHOUTING, QUIET, *({**SHOUTING, "id": f"x{number}"} for number in range(5))]
    (catalog / "goods.json").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    site = package(tmp_path / "site", "killing", source)
    _, report, _ = check(site, "--select", "KILL", "--jobs", "2", catalog)
    codes = [f["code"] for f in report["findings"]]
    assert codes.count("KILL001") == 6
    (failure,) = [f for f in report["findings"] if f["code"] == "PLUG001"]
    assert failure["listing"]["id"] == "2"
    assert "process died" in failure["message"]
