"""Where the cache lies, how it shows itself, how large it may get."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from pddlint.__main__ import main
from pddlint.cache import folder, store
from pddlint.cache.store import FILE, Kind, Store, digest
from tests.cache.conftest import Linter, row


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pddlint.toml").write_text("[catalog]\nroots = ['goods']\n")
    (tmp_path / "goods" / "inner").mkdir(parents=True)
    (tmp_path / "goods" / "inner" / "a.json").write_text(json.dumps([row(1)], ensure_ascii=False), "utf-8")
    monkeypatch.chdir(tmp_path / "goods" / "inner")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return tmp_path


def test_it_lies_beside_the_configuration_tagged_and_ignored(shop: Path) -> None:
    assert main(["check"]) == 1
    place = shop / ".pddlint_cache"
    assert (place / "CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172789f06886806bc55")
    assert (place / ".gitignore").read_text() == "*\n"
    assert (place / FILE).is_file()


@pytest.mark.parametrize("off", [["--no-cache"], []])
def test_it_can_be_turned_off(off: list[str], shop: Path) -> None:
    if not off:
        (shop / "pddlint.toml").write_text("cache = false\n[catalog]\nroots = ['goods']\n")
    assert main(["check", *off]) == 1
    assert not (shop / ".pddlint_cache").exists()


def test_the_configured_folder_is_relative_to_the_configuration_the_flag_to_the_working_folder(shop: Path) -> None:
    (shop / "pddlint.toml").write_text("cache-dir = 'kept'\n[catalog]\nroots = ['goods']\n")
    main(["check"])
    assert (shop / "kept" / FILE).is_file()
    main(["check", "--cache-dir", "here"])
    assert (shop / "goods" / "inner" / "here" / FILE).is_file()


def test_it_is_never_linted(shop: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["check"])
    (shop / ".pddlint_cache" / "a.json").write_text("{broken")
    capfd.readouterr()
    assert main(["check", str(shop), "--format", "json"]) == 1
    assert json.loads(capfd.readouterr().out)["summary"]["files"] == 1


def test_the_command_shows_and_cleans_it(shop: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["cache"]) == 0
    assert "there is none yet" in capfd.readouterr().out
    main(["check"])
    capfd.readouterr()
    assert main(["cache"]) == 0
    shown = capfd.readouterr().out
    assert "listings: 1 " in shown
    assert str(shop / ".pddlint_cache") in shown
    assert main(["cache", "clean", "--lang", "zh"]) == 0
    assert "已删除" in capfd.readouterr().out
    assert not (shop / ".pddlint_cache").exists()
    assert main(["cache", "clean"]) == 0


def test_a_folder_that_is_not_its_own_is_never_cleaned(shop: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "clean", "--cache-dir", str(shop / "goods")]) == 2
    assert "nothing was removed" in capfd.readouterr().err
    main(["check", "--cache-dir", str(shop / "goods")])
    assert main(["cache", "clean", "--cache-dir", str(shop / "goods")]) == 2
    assert (shop / "goods" / "inner" / "a.json").is_file()
    assert not (shop / "goods" / ".gitignore").exists()


def test_entries_not_used_for_long_are_dropped_those_used_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [digest(str(n).encode()) for n in range(10)]
    first = Store(tmp_path)
    for key in keys:
        first.put(Kind.PRINT, key, b"x")
    first.tidy()
    first.close()
    now = store.time.time()
    for days in (15, 40):
        monkeypatch.setattr(store.time, "time", lambda days=days: now + days * 86400)
        later = Store(tmp_path)
        assert later.get(Kind.PRINT, keys[0]) == b"x"
        later.tidy()
        later.close()
    last = Store(tmp_path)
    assert [last.get(Kind.PRINT, key) for key in keys] == [b"x"] + 9 * [None]
    last.close()


def test_it_stays_within_its_limit(tmp_path: Path) -> None:
    filled = Store(tmp_path, limit=400_000)
    for number in range(2000):
        filled.put(Kind.RECORD, digest(str(number).encode()), bytes(1000))
    filled.tidy()
    filled.close()
    link = sqlite3.connect(tmp_path / FILE)
    assert 50 < link.execute("SELECT count(*) FROM entry").fetchone()[0] < 400
    link.close()
    assert folder._bytes(tmp_path) < 1_500_000


def test_the_api_keeps_none_unless_asked(small: Linter, tmp_path: Path) -> None:
    small.plain()
    assert not list(tmp_path.rglob("*.db"))
