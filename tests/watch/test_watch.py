"""`pddlint check --watch`, as a program whose files change under it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

from pddlint import config, watch
from pddlint.__main__ import main
from pddlint.settings import Settings

pytest.importorskip("watchfiles")
ROOT = Path(__file__).resolve().parents[2]
GOOD = json.dumps([{"id": "g1", "title": "复古搪瓷杯", "skus": [{"id": "s1", "price": 9}]}], ensure_ascii=False)


class Watched:
    """The running program; `line` waits for a line on stderr that holds a text."""

    def __init__(self, folder: Path, *flags: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pddlint", "check", "--watch", "--select", "CAT", *flags],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "en_US.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.said: Queue[str] = Queue()
        self.out: list[str] = []
        assert self.process.stderr and self.process.stdout
        for stream, take in ((self.process.stderr, self.said.put), (self.process.stdout, self.out.append)):
            threading.Thread(target=lambda s=stream, t=take: [t(one) for one in s], daemon=True).start()

    def line(self, part: str, seconds: float = 60) -> str:
        deadline = time.monotonic() + seconds
        seen = []
        while (left := deadline - time.monotonic()) > 0:
            try:
                seen.append(self.said.get(timeout=left))
            except Empty:
                break
            if part in seen[-1]:
                return seen[-1]
        raise AssertionError(f"no {part!r} in {seen}")

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    started: list[Watched] = []

    def begin(*flags: str) -> Watched:
        started.append(Watched(tmp_path, *flags))
        return started[-1]

    yield begin
    for one in started:
        one.process.kill()
        one.process.wait()


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "a.json").write_text(GOOD, "utf-8")
    return folder


def test_changes_are_linted_until_interrupted(start: Callable[..., Watched], shop: Path) -> None:
    running = start("shop")
    first = running.line("nothing to report")
    assert first.startswith("[") and "waiting for changes" in first
    (shop / "a.json").write_text(GOOD[:-5], "utf-8")  # half saved
    assert "1 new, 0 gone" in running.line("1 error")
    (shop / "a.json").write_text(GOOD, "utf-8")
    assert "0 new, 1 gone" in running.line("nothing to report")
    (shop / "new").mkdir()
    (shop / "new" / "b.json").write_text("[{", "utf-8")
    assert "1 new, 0 gone" in running.line("1 error")
    assert running.interrupt() == 130
    rest = "".join(running.said.queue)
    assert "Traceback" not in rest and "interrupted" in rest
    assert "\x1b" not in "".join(running.out)


def test_a_broken_configuration_is_said_and_waited_for(start: Callable[..., Watched], shop: Path) -> None:
    file = shop.parent / "pddlint.toml"
    file.write_text("selct = []\n")
    running = start("shop")
    running.line("did you mean select")
    running.line("waiting for a change")
    file.write_text("lang = ")
    running.line("not valid TOML")
    running.line("waiting for a change")
    file.write_text('lang = "zh"\n')
    running.line("等待修改")
    assert running.interrupt() == 130


def test_a_configuration_that_appears_counts(start: Callable[..., Watched], shop: Path) -> None:
    running = start()
    running.line("waiting for changes")
    (shop.parent / "pddlint.toml").write_text('lang = "zh"\n')
    running.line("等待修改")


def test_a_configuration_that_appears_above_a_named_folder_counts(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shop / "new").mkdir()
    monkeypatch.chdir(tmp_path)
    for paths in ([Path("shop")], [shop / "new"]):
        scope = watch.scope(Settings(base=tmp_path), paths, None, [])
        assert str(tmp_path) in scope.folders and str(tmp_path.parent) not in scope.folders
        assert scope.counts(str(tmp_path / "pddlint.toml"), True)


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that is in use cannot be deleted there")
def test_when_the_working_folder_is_deleted_it_says_so_and_ends(start: Callable[..., Watched], shop: Path) -> None:
    running = start()
    running.line("waiting for changes")
    shutil.rmtree(shop.parent)
    running.line("the working folder has been deleted")
    assert running.process.wait(timeout=30) == 2


def test_a_wrong_command_line_ends_at_once(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--watch", "--isolated", str(shop), "--select", "NOPE", "--lang", "en"]) == 2
    assert "no rule is called 'NOPE'" in capsys.readouterr().err


def test_without_watchfiles_it_says_what_to_install(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert main(["check", "--watch", str(shop), "--lang", "en"]) == 2
    assert "pip install 'pddlint[watch]'" in capsys.readouterr().err


def test_what_counts_as_a_change(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "pddlint.toml").write_text('[catalog]\nroots = ["shop"]\n[images]\nroots = ["pictures"]\n')
    (tmp_path / "pictures").mkdir()
    settings = config.load(tmp_path / "pddlint.toml")
    scope = watch.scope(settings, [], None, [shop / "report.json"])

    def counts(*names: str) -> list[bool]:
        return [scope.counts(str(tmp_path / name), True) for name in names]

    assert all(counts("shop/a.json", "shop/x/b.jsonl.gz", "shop/x/1.JPG", "pictures/1.png", "pddlint.toml", "shop"))
    assert not any(
        counts("shop/report.json", "shop/a.txt", "shop/.git/a.json", "other.json", "shop/.a.json.swp", "shop/4913")
    )


def test_while_the_configuration_is_broken_nothing_else_is_watched(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "pddlint.toml").write_text("lang = ")
    scope = watch.scope(None, [shop], None, [])
    assert (scope.trees, scope.files) == (frozenset(), {str(tmp_path / "pddlint.toml")})
    assert watch.scope(Settings(base=tmp_path), [shop], None, []).settled is False
