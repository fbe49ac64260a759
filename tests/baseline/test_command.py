"""`pddlint baseline` and `check --baseline`, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pddlint.__main__ import main

BAD = {"pddlint": {"ignore": ["NOPE"]}}  # a warning of its own: CAT020
ONLY = ("--select", "CAT020,CAT003,CAT004")


class Ended(NamedTuple):
    status: int
    out: str
    err: str


Cli = Callable[..., Ended]


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def run(*arguments: str | Path) -> Ended:
        capfd.readouterr()
        status = main([str(argument) for argument in arguments])
        return Ended(status, *capfd.readouterr())

    return run


def listing(number: int, **more: Any) -> dict[str, Any]:
    return {"id": f"g{number}", "title": f"搪瓷杯 {number}", "skus": [{"id": f"s{number}", "price": 9}], **more}


def write(path: Path, *rows: dict[str, Any], indent: int | None = 1) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=indent), "utf-8")


def new(cli: Cli, *arguments: str) -> list[str]:
    """Ids of the listings whose findings are reported beside the baseline."""
    ended = cli("check", *ONLY, "--baseline", "pddlint-baseline.json", "--format", "json", *arguments)
    found = json.loads(ended.out)["findings"]
    assert ended.status == int(any(not f["suppressed"] for f in found))
    return sorted(f["listing"]["id"] for f in found if not f["suppressed"])


def test_what_is_known_is_suppressed_and_what_is_new_reported(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path / "goods" / "a.json", listing(1, **BAD), listing(2))
    ended = cli("baseline", *ONLY)
    assert ended.status == 0 and "wrote 1 finding to pddlint-baseline.json" in ended.err and not ended.out
    assert new(cli) == []
    write(tmp_path / "goods" / "a.json", listing(1, **BAD), listing(2, **BAD))
    assert new(cli) == ["g2"]


@pytest.mark.parametrize("name", ["full", "concise", "sarif", "github", "gitlab", "junit", "rdjson", "markdown"])
def test_every_format_leaves_out_or_marks_what_is_known(cli: Cli, tmp_path: Path, name: str) -> None:
    write(tmp_path / "goods" / "a.json", listing(1, **BAD))
    cli("baseline", *ONLY)
    ended = cli("check", *ONLY, "--baseline", "pddlint-baseline.json", "--format", name)
    assert ended.status == 0
    if name == "sarif":
        (result,) = json.loads(ended.out)["runs"][0]["results"]
        assert result["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "baseline"}]
    elif name == "junit":
        assert '<skipped message="baseline"' in ended.out
    else:
        assert "CAT020" not in ended.out


def test_moving_reordering_and_reformatting_change_nothing(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path / "goods" / "a.json", *(listing(n, **BAD) for n in range(1, 6)))
    cli("baseline", *ONLY)
    (tmp_path / "goods" / "a.json").unlink()
    write(tmp_path / "elsewhere" / "x.json", *(listing(n, **BAD) for n in (4, 2)), indent=None)
    write(tmp_path / "elsewhere" / "y.json", *(listing(n, **BAD) for n in (5, 3, 1)), indent=4)
    assert new(cli) == []
    assert cli("baseline", *ONLY, "--prune").err == "pddlint: the baseline holds nothing that is gone\n"


def test_one_entry_never_absorbs_a_second_finding(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path / "a.json", listing(1, **BAD))
    cli("baseline", *ONLY)
    write(tmp_path / "a.json", listing(1, pddlint={"ignore": ["NOPE", "NADA"]}))
    assert new(cli) == ["g1"]


def test_what_is_gone_is_named_and_pruned_and_nothing_is_added(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path / "goods" / "a.json", listing(1, **BAD), listing(2, **BAD))
    cli("baseline", *ONLY)
    write(tmp_path / "goods" / "a.json", listing(1, **BAD), listing(2), listing(3, **BAD))
    said = cli("check", *ONLY, "--baseline", "pddlint-baseline.json").err
    assert said == (
        "pddlint: the baseline holds 1 finding that is gone: CAT020 g2; pddlint baseline --prune takes them out\n"
    )
    ended = cli("baseline", *ONLY, "--prune")
    assert (ended.status, ended.err) == (0, "pddlint: took 1 finding out of the baseline that is gone: CAT020 g2\n")
    assert new(cli) == ["g3"]
    write(tmp_path / "goods" / "a.json", listing(1, **BAD), listing(2, **BAD))
    assert new(cli) == ["g2"]


def test_what_was_not_looked_at_is_not_gone(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path / "a" / "a.json", listing(1, **BAD))
    write(tmp_path / "b" / "b.json", listing(2, **BAD))
    cli("baseline", *ONLY)
    before = (tmp_path / "pddlint-baseline.json").read_bytes()
    assert "did not see all" in cli("baseline", "a", *ONLY, "--prune").err
    assert "nothing that is gone" in cli("baseline", "--select", "CAT003", "--prune").err
    (tmp_path / "b" / "b.json").write_text("[{")
    ended = cli("baseline", *ONLY, "--prune")
    assert ended.status == 3 and "could not be read" in ended.err
    assert (tmp_path / "pddlint-baseline.json").read_bytes() == before
    assert cli("check", "a", *ONLY, "--baseline", "pddlint-baseline.json").err == ""


def test_what_cannot_be_read_is_never_taken_for_known(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path / "a.json", listing(1))
    (tmp_path / "b.json").write_text("[{")
    ended = cli("baseline", *ONLY)
    assert ended.status == 3 and "wrote 0 findings" in ended.err and "could not be read" in ended.err
    assert cli("check", *ONLY, "--baseline", "pddlint-baseline.json").status == 3


def test_the_configured_baseline_is_used_relative_to_the_configuration(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "pddlint.toml").write_text('baseline = "known/base.json"\n')
    (tmp_path / "known").mkdir()
    write(tmp_path / "goods" / "a.json", listing(1, **BAD))
    missing = cli("check", "goods", *ONLY)
    assert missing.status == 2 and "write one with pddlint baseline" in missing.err
    ended = cli("baseline", "goods", *ONLY)
    assert "known/base.json" in ended.err and "--baseline" not in ended.err
    assert cli("check", "goods", *ONLY).status == 0
    assert 'baseline = "known/base.json"' in cli("check", "--show-settings").out


def test_a_baseline_is_no_catalog_file_and_is_replaced_whole(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path / "a.json", listing(1, **BAD))
    cli("baseline", *ONLY)
    first = (tmp_path / "pddlint-baseline.json").read_bytes()
    assert cli("check", "--select", "CAT004").status == 0
    cli("baseline", *ONLY)
    assert (tmp_path / "pddlint-baseline.json").read_bytes() == first
    left = {path.name for path in tmp_path.iterdir()} - {".pddlint_cache"}
    assert left == {"a.json", "pddlint-baseline.json"}
    assert cli("baseline", *ONLY, "--output", "missing/b.json").status == 2
    assert cli("baseline", *ONLY, "--output", "nope.json", "--prune").status == 2


def test_chinese_users_are_told_in_chinese(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path / "a.json", listing(1, **BAD))
    assert "已把 1 个问题记入 pddlint-baseline.json" in cli("baseline", *ONLY, "--lang", "zh").err
    write(tmp_path / "a.json", listing(1))
    said = cli("check", *ONLY, "--baseline", "pddlint-baseline.json", "--lang", "zh").err
    assert said == "pddlint: 基线里有 1 个已经不在的问题：CAT020 g1；pddlint baseline --prune 删去\n"
    assert "已从基线删去 1 个" in cli("baseline", *ONLY, "--prune", "--lang", "zh").err
