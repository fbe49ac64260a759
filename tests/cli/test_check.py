"""`pddlint check`: exit statuses, formats and files, flags over configuration."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pddlint.reports import FORMATS
from tests.cli.conftest import ROOT, Cli

Program = Callable[..., "subprocess.Popen[bytes]"]
ONLY = ("--select", "CAT")


def clean(catalog: Path) -> Path:
    (catalog / "a.json").write_text(
        '[{"id": "g1", "title": "复古搪瓷杯", "skus": [{"id": "s1", "price": 9}]}]', "utf-8"
    )
    return catalog


@pytest.mark.parametrize("name", FORMATS)
def test_the_exit_status_is_the_same_for_every_format(cli: Cli, catalog: Path, name: str) -> None:
    assert cli("check", catalog, *ONLY, "--format", name).status == 1
    assert cli("check", catalog, *ONLY, "--format", name, "--exit-zero").status == 0
    assert cli("check", catalog, *ONLY, "--format", name, "--fail-on", "error").status == 0
    assert cli("check", catalog, "--format", name, "--select", "NOPE").status == 2
    assert cli("check", "missing", *ONLY, "--format", name).status == 3
    (catalog / "b.json").write_text("[{")
    assert cli("check", catalog, *ONLY, "--format", name, "--exit-zero").status == 3
    (catalog / "b.json").unlink()
    assert cli("check", clean(catalog), *ONLY, "--format", name).status == 0


def test_an_unreadable_file_is_named_and_the_others_findings_still_come_out(cli: Cli, catalog: Path) -> None:
    (catalog / "b.json").write_text("[{")
    ended = cli("check", catalog, *ONLY, "--format", "json")
    assert ended.status == 3
    assert {(f["code"], Path(f["path"]).name) for f in ended.report["findings"]} == {
        ("CAT003", "b.json"),
        ("CAT020", "a.json"),
    }


def test_a_file_that_could_not_be_read_counts_whatever_is_selected_unless_ignored(cli: Cli, catalog: Path) -> None:
    (catalog / "b.json").write_text("[{")
    assert cli("check", catalog, "--select", "PLUG").status == 3
    assert cli("check", catalog, "--select", "PLUG", "--ignore", "CAT").status == 0


def test_nothing_to_read_says_so(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ended = cli("check", "empty")
    assert (ended.status, "nothing to read in empty" in ended.err) == (3, True)
    (tmp_path / "empty" / "x.json").write_text('{"name": "x"}')
    ended = cli("check", "empty")
    assert (ended.status, "no listings were found in empty" in ended.err) == (3, True)


def test_the_default_is_the_configured_catalog_else_here(cli: Cli, catalog: Path, tmp_path: Path) -> None:
    assert cli("check", *ONLY, "--format", "json").report["summary"]["listings"] == 2
    (tmp_path / "pddlint.toml").write_text('[catalog]\nroots = ["other"]\n')
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.json").write_text('[{"id": "1", "title": "碗", "skus": [{"id": "2", "price": 1}]}]')
    assert cli("check", *ONLY, "--format", "json").report["summary"]["listings"] == 1


def test_a_report_that_is_no_terminal_is_concise(cli: Cli, catalog: Path) -> None:
    ended = cli("check", catalog, *ONLY)
    assert ended.out.splitlines()[0].startswith("goods/a.json:")
    assert ": warning CAT020 " in ended.out.splitlines()[0]


def test_several_formats_go_to_their_own_files(cli: Cli, catalog: Path, tmp_path: Path) -> None:
    ended = cli(
        "check", catalog, *ONLY, "--format", "sarif", "--output", "a.sarif", "--format", "json", "--output", "a.json",
        "--format", "concise",
    )  # fmt: skip
    assert json.loads((tmp_path / "a.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["format"] == "pddlint-report"
    assert "CAT020" in ended.out
    assert not list(tmp_path.glob(".a.*"))


def test_two_formats_for_standard_output_are_refused(cli: Cli, catalog: Path) -> None:
    ended = cli("check", catalog, "--format", "json", "--format", "concise")
    assert ended.status == 2
    assert "--output" in ended.err


def test_a_report_that_cannot_be_written_is_an_error_before_the_run(cli: Cli, catalog: Path) -> None:
    ended = cli("check", catalog, "--format", "json", "--output", "nowhere/x.json")
    assert ended.status == 2
    assert "nowhere" in ended.err


def test_a_replaced_file_keeps_its_permissions_and_its_link(cli: Cli, catalog: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.json"
    real.write_text("old")
    real.chmod(0o640)
    (tmp_path / "link.json").symlink_to(real)
    cli("check", catalog, *ONLY, "--format", "json", "--output", "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads(real.read_text("utf-8"))
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_the_report_names_files_from_the_working_folder(
    cli: Cli, catalog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pddlint.toml").write_text('select = ["CAT"]\nper-file-ignores = {"goods/b.json" = ["ALL"]}\n')
    (catalog / "b.json").write_bytes((catalog / "a.json").read_bytes().replace(b'"g', b'"h'))
    assert {f["path"] for f in cli("check", "--format", "json").report["findings"]} == {"goods/a.json"}
    monkeypatch.chdir(catalog)
    assert {f["path"] for f in cli("check", "--format", "json").report["findings"]} == {"a.json"}


def test_flags_win_over_the_configuration(cli: Cli, catalog: Path, tmp_path: Path) -> None:
    (tmp_path / "pddlint.toml").write_text('select = ["PLUG"]\nfail-on = "error"\nlang = "zh"\n')
    assert cli("check", catalog).status == 0
    ended = cli("check", catalog, "--select", "CAT", "--fail-on", "warning", "--lang", "en")
    assert (ended.status, "the suppression of DUP1" in ended.out) == (1, True)
    assert "对 DUP1 的压制" in cli("check", catalog, "--select", "CAT").out
    assert cli("check", catalog, "--isolated", *ONLY).status == 1


def test_excluded_files_stay_excluded_when_named(cli: Cli, catalog: Path, tmp_path: Path) -> None:
    (tmp_path / "pddlint.toml").write_text('[catalog]\nexclude = ["goods/old*"]\n')
    (catalog / "old.json").write_text("[{")
    assert cli("check", *ONLY).status == 1
    assert cli("check", "goods/old.json", "goods/a.json", *ONLY).status == 1
    assert cli("check", *ONLY, "--exclude", "a.json").status == 3


def test_files_and_settings_are_shown_without_linting(cli: Cli, catalog: Path, tmp_path: Path) -> None:
    (catalog / "z.json").write_text("[{")
    assert cli("check", "--show-files") == (0, "goods/a.json\ngoods/z.json\n", "")
    (tmp_path / "pddlint.toml").write_text('select = ["CAT"]\n')
    ended = cli("check", "--show-settings", "--min-confidence", "0.5")
    assert 'select = ["CAT"]' in ended.out
    assert "min-confidence = 0.5" in ended.out


def test_statistics_replace_the_findings(cli: Cli, catalog: Path) -> None:
    ended = cli("check", catalog, *ONLY, "--statistics")
    assert ended.out.startswith("1  CAT020  unused-suppression")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--no-such-flag"], "unrecognized arguments: --no-such-flag"),
        (["--format", "jsn"], "invalid choice: 'jsn'"),
        (["--jobs", "many"], "--jobs"),
        (["--jobs", "-1"], "--jobs"),
        (["--min-confidence", "7"], "--min-confidence"),
        (["--per-file-ignores", "DUP"], "PATTERN:RULES"),
        (["--config", "missing.toml"], "missing.toml"),
        (["--ignore", "DUPP001"], "ignore: no rule is called 'DUPP001'"),
    ],
)
def test_a_wrong_command_line_is_explained(cli: Cli, arguments: list[str], said: str) -> None:
    ended = cli("check", *arguments)
    assert ended.status == 2
    assert said in ended.err
    assert "Traceback" not in ended.err


def test_an_internal_error_is_no_traceback(cli: Cli, catalog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("pddlint.engine.run", fail)
    ended = cli("check", catalog)
    assert ended.status == 2
    assert "ZeroDivisionError: oops" in ended.err
    assert "Traceback" not in ended.err


def test_interrupting_leaves_the_old_report_and_no_other_file(program: Program, tmp_path: Path) -> None:
    goods = tmp_path / "goods"
    goods.mkdir()
    rows = ",".join(f'{{"id": "{n}", "title": "杯子 {n}", "skus": []}}' for n in range(60_000))
    (goods / "a.json").write_text(f"[{rows}]", "utf-8")
    report = tmp_path / "report.json"
    report.write_text("old")
    run = program("check", "goods", "--format", "json", "--output", "report.json", "--jobs", "1")
    time.sleep(1.5)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=30)
    assert run.returncode == 130, err
    assert report.read_text() == "old"
    assert b"Traceback" not in err
    assert not list(tmp_path.glob(".report*"))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_ending_a_run_ends_its_processes(how: signal.Signals, program: Program, tmp_path: Path) -> None:
    goods, temporary = tmp_path / "goods", tmp_path / "temporary"
    goods.mkdir()
    temporary.mkdir()
    rows = "".join(f'{{"id": "{n}", "title": "杯子 {n}", "skus": []}}\n' for n in range(60_000))
    (goods / "a.jsonl").write_text(rows, "utf-8")
    run = program("check", "goods", "--format", "json", "--jobs", "2", "--no-cache", TMPDIR=str(temporary))
    deadline = time.monotonic() + 20
    while not list(temporary.glob("pddlint-*/*.db")) and time.monotonic() < deadline:  # the processes are at work
        time.sleep(0.05)
    run.send_signal(how)
    out, err = run.communicate(timeout=20)  # would wait for any process left: it has the same pipes
    assert run.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -9}[how], err
    assert not out
    assert b"Traceback" not in err
    assert how == signal.SIGKILL or not list(temporary.iterdir())


def test_a_reader_that_stops_early_is_no_error(program: Program, catalog: Path, tmp_path: Path) -> None:
    rows = [{"id": f"g{n}", "title": f"杯 {n}", "pddlint": {"ignore": ["NOPE"]}, "skus": []} for n in range(400)]
    (catalog / "a.json").write_text(json.dumps(rows), "utf-8")
    run = program("check", "goods", "--select", "CAT", "--format", "json")
    assert run.stdout and run.stderr
    run.stdout.read(10)
    run.stdout.close()
    err = run.stderr.read()
    run.stderr.close()
    run.wait(30)
    assert err == b""


def test_a_terminal_that_knows_no_chinese_gets_question_marks_not_a_crash(program: Program, catalog: Path) -> None:
    run = program("check", "goods", "--select", "CAT", "--lang", "zh", PYTHONIOENCODING="ascii")
    out, err = run.communicate(timeout=30)
    assert (run.returncode, err) == (1, b"")
    assert b"CAT020" in out
    assert b"DUP1 ????" in out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("name", FORMATS)
def test_a_pipe_is_named_in_every_format_and_blocks_none(cli: Cli, catalog: Path, name: str) -> None:
    os.mkfifo(catalog / "pipe.json")
    ended = cli("check", catalog, "--format", name)
    assert ended.status == 3
    assert "CAT001" in ended.out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_to_be_full(catalog: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "en_US.UTF-8"}
    command = [sys.executable, "-m", "pddlint", "check", str(catalog)]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment, cwd=tmp_path, check=False)
    assert (ended.returncode, ended.stderr) == (2, b"pddlint: cannot write standard output: No space left on device\n")


def test_a_closed_standard_output_still_gives_the_status(catalog: Path, tmp_path: Path) -> None:
    command = f"exec {sys.executable} -m pddlint check {catalog} >&-"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "en_US.UTF-8"}
    ended = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, env=environment, cwd=tmp_path, check=False)
    assert (ended.returncode, ended.stderr) == (1, b"")
