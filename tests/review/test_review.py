"""`pddlint review`, its answers piped in line by line."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pddlint.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
RULES = ("--select", "DUP,BAIT")
CONFIG = """# ours
lang = "en"   # English

[catalog]
roots = ["shop"]
"""
Answer = Callable[..., tuple[int, str]]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Part of the demo shop, with a configuration beside it."""
    shutil.copytree(ROOT / "fixtures/demo-shop", tmp_path / "shop", ignore=shutil.ignore_patterns("*.jpg"))
    (tmp_path / "pddlint.toml").write_text(CONFIG, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return tmp_path


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Answer:
    def review(*answers: str, flags: tuple[str, ...] = RULES) -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in answers)))
        status = main(["review", *flags])
        return status, capsys.readouterr().out

    return review


def found(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """fingerprint -> (suppressed by, reason) of every finding that `check` has."""
    capsys.readouterr()
    main(["check", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    return {f["fingerprint"]: (f["code"], f["suppressed"]) for f in report["findings"]}


def test_what_was_suppressed_is_silent_afterwards_and_nothing_else_has_changed(
    shop: Path, answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    before = found(capsys)
    status, said = answer("a", "s", "agreed with 小王", "2999-01-31", "n", "s", "for good", "", *["n"] * 40)
    assert status == 0
    assert "1 to fix" in said
    after = found(capsys)
    assert before.keys() == after.keys()  # no CAT020 either
    changed = {mark for mark in before if before[mark] != after[mark]}
    assert len([m for m in changed if after[m][1]]) == len(changed) >= 10
    still = [code for mark, (code, by) in after.items() if by is None and code.startswith(("DUP", "BAIT"))]
    assert len(still) == 1
    reasons = {by["reason"] for _, by in after.values() if by and by["by"] == "config"}
    assert reasons == {"agreed with 小王", "for good", "not a duplicate", "not bait"}
    written = (shop / "pddlint.toml").read_text("utf-8")
    assert written.startswith(CONFIG) and "until = 2999-01-31" in written


def test_each_finding_is_shown_in_full_with_both_places(shop: Path, answer: Answer) -> None:
    _, said = answer("q")
    assert "shop/anju/goods.json:" in said and "├─ keeper shop/anju/goods.json:" in said and "= evidence:" in said
    assert "\x1b" not in said


def test_going_back_lets_one_change_ones_mind(shop: Path, answer: Answer) -> None:
    answer("n", "n", "b", "a", "b", "b", "k", "q")
    assert (shop / "pddlint.toml").read_text("utf-8").count("[[suppress]]") == 1
    answer("b", "b", "q")
    assert (shop / "pddlint.toml").read_text("utf-8").count("[[suppress]]") == 1


def test_unclear_answers_decide_nothing(shop: Path, answer: Answer) -> None:
    status, said = answer("s", "", "s", "why", "soon", "2001-01-01", "2999-01-01", "x", "", "?", "q")
    assert status == 0
    assert "no reason given" in said and said.count("expected today or a later day") == 2
    assert (shop / "pddlint.toml").read_text("utf-8").count("[[suppress]]") == 1


def test_the_end_of_the_answers_is_the_end(shop: Path, answer: Answer) -> None:
    assert answer()[0] == 0
    assert answer("s")[0] == 0
    assert answer("s", "why")[0] == 0
    assert (shop / "pddlint.toml").read_text("utf-8").startswith(CONFIG)


def test_a_configuration_is_created_only_when_agreed_to(shop: Path, answer: Answer) -> None:
    file = shop / "pddlint.toml"
    file.unlink()
    flags = ("shop", *RULES)
    assert "create pddlint.toml?" in answer("n", "no", "q", flags=flags)[1]
    assert not file.exists()
    answer("n", "y", "n", "q", flags=flags)
    assert file.read_text("utf-8").count("[[suppress]]") == 2


def test_findings_about_files_are_suppressed_by_path(
    shop: Path, answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "shop/odd[1].json").write_text("[{")
    (shop / "shop/odd.json").write_text("[{")
    status, _ = answer("s", "ours", "", "q", flags=("--select", "CAT003"))
    assert status == 3
    capsys.readouterr()
    main(["check", "--select", "CAT003", "--format", "json"])
    by = {f["path"]: f["suppressed"] for f in json.loads(capsys.readouterr().out)["findings"]}
    assert by["shop/odd.json"] and not by["shop/odd[1].json"]


def test_what_no_suppression_can_silence_is_not_offered_one(shop: Path, answer: Answer) -> None:
    with (shop / "pddlint.toml").open("a", encoding="utf-8") as file:
        file.write('[[suppress]]\nrule = "CAT007"\npath = "shop/**"\nuntil = 2001-01-01\n')
    _, said = answer("s", "n", "q", flags=("--select", "CAT007,CAT020"))
    assert "CAT020" in said and "s suppress" not in said
    assert (shop / "pddlint.toml").read_text("utf-8").count("[[suppress]]") == 1


def test_a_file_changed_meanwhile_keeps_that_change(shop: Path, tmp_path: Path) -> None:
    from pddlint.cli.output import replace_file
    from pddlint.review.record import Record
    from pddlint.settings import Suppression

    file = shop / "pddlint.toml"
    one, two = (Suppression(rule=("DUP001",), goods_id=(i,), reason="r") for i in "12")
    record = Record(file, replace_file)
    record.keep([one])
    file.write_text(file.read_text("utf-8") + "# theirs\n", "utf-8")
    record.keep([one, two])
    text = file.read_text("utf-8")
    assert "# theirs" in text and text.count("[[suppress]]") == 2


def test_a_write_protected_configuration_is_left_alone(
    shop: Path, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (shop / "pddlint.toml").read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)  # what an administrator is not told
    _, said = answer("n", "q")
    assert "write-protected" in said and "0 suppressed" in said
    assert (shop / "pddlint.toml").read_bytes() == before


def test_an_interruption_loses_nothing_decided(shop: Path) -> None:
    review = subprocess.Popen(
        [sys.executable, "-m", "pddlint", "review", *RULES],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert review.stdin
    review.stdin.write(b"n\na\n")
    review.stdin.flush()
    deadline = time.monotonic() + 60
    while b"[[suppress]]" not in (shop / "pddlint.toml").read_bytes() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.2)
    review.send_signal(signal.SIGINT)
    out, err = review.communicate(timeout=30)
    assert review.returncode == 130
    assert b"Traceback" not in err and b"interrupted" in err and b"1 suppressed" in out


def test_chinese_speaks_chinese(shop: Path, answer: Answer) -> None:
    _, said = answer("n", "q", flags=(*RULES, "--lang", "zh"))
    assert "不是重复商品" in said and "压制 1 个" in said
    assert "不是重复商品" in (shop / "pddlint.toml").read_text("utf-8")
