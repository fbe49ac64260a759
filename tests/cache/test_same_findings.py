"""Whatever changes in a catalog, a run with the cache finds what a run without it finds; and it works out no more than
what changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pddlint.cache import versions
from pddlint.checkers.bait import bait004
from tests.cache.conftest import FIXTURES, ROOT, Linter, row


def settle_times(folder: Path) -> None:
    """Make all files look old: only then their times may be trusted."""
    for path in folder.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def test_a_second_run_works_out_nothing_and_finds_the_same(linter: Linter) -> None:
    expected = linter.plain()
    assert linter.cached() == expected
    assert linter.judged > 30
    assert linter.compared > 0
    assert linter.cached() == expected
    assert (linter.judged, linter.compared) == (0, 0)


def test_a_run_that_only_recalls_loads_no_library_of_numbers(tmp_path: Path) -> None:
    catalog = tmp_path / "goods.jsonl"
    catalog.write_text("\n".join(json.dumps(row(number)) for number in range(1, 40)), encoding="utf-8")
    check = ["check", str(catalog), "--isolated", "--exit-zero", "--jobs", "1", "--cache-dir", str(tmp_path / "cache")]
    script = f"import sys; from pddlint.__main__ import main; main({check!r}); print('numpy' in sys.modules)"
    command = [sys.executable, "-c", script]
    runs = [subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True) for _ in range(2)]
    assert [run.stdout.splitlines()[-1] for run in runs] == ["True", "False"]


@pytest.mark.slow
def test_the_fixtures_of_all_rules_are_found_the_same_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(FIXTURES / "rules", folder, symlinks=True)
    monkeypatch.chdir(tmp_path)
    Linter(folder, monkeypatch).agree()


def test_processes_share_the_cache_and_find_the_same(small: Linter) -> None:
    expected = small.plain()
    assert small.cached(jobs=2) == expected
    assert small.cached(jobs=1) == expected
    assert (small.judged, small.compared) == (0, 0)
    assert small.cached(jobs=2) == expected


def test_one_changed_listing_is_judged_alone(small: Linter) -> None:
    small.agree()
    file = small.folder / "a.jsonl"
    lines = file.read_text("utf-8").splitlines()
    lines[7] = json.dumps(row(7, title="实木筷子家用防滑防霉十双装"), ensure_ascii=False)
    file.write_text("\n".join(lines), "utf-8")
    expected = small.plain()
    assert small.cached() == expected
    assert (small.judged, small.compared) == (1, 1)


def test_listings_that_only_moved_are_not_judged_again(small: Linter) -> None:
    small.agree()
    file = small.folder / "a.jsonl"
    first, *rest = file.read_text("utf-8").splitlines()
    file.write_text("\n\n" + "\n".join([*rest, first]), "utf-8")
    expected = small.plain()
    assert small.cached() == expected
    assert (small.judged, small.compared) == (0, 0)


@pytest.mark.slow
def test_any_change_is_noticed(linter: Linter) -> None:
    """A day in the life of a catalog, each step compared with a run that remembers nothing."""
    folder = linter.folder
    files = sorted(folder.rglob("*.json*"))
    pictures = sorted(p for p in folder.rglob("*") if p.suffix in (".jpg", ".png", ".webp"))
    linter.agree()
    settle_times(folder)
    linter.agree()

    data, status = pictures[0].read_bytes(), pictures[0].stat()
    pictures[0].write_bytes(data[:-40] + bytes(40))  # another content of the same size and the same date
    os.utime(pictures[0], ns=(status.st_atime_ns, status.st_mtime_ns))
    linter.agree()
    pictures[0].write_bytes(b"no picture")
    linter.agree()
    pictures[0].unlink()
    linter.agree()
    pictures[0].write_bytes(data)
    linter.agree()
    shutil.copy(pictures[1], pictures[2])
    linter.agree()
    files[0].rename(files[0].with_name("renamed" + files[0].suffix))
    linter.agree()
    settle_times(folder)
    linter.agree(ignore=("BAIT",))
    linter.agree(rules={"DUP005": {"threshold": 0.99}})
    files[-1].write_text(files[-1].read_text("utf-8")[:-3], "utf-8")  # broken JSON
    linter.agree()
    files[-1].unlink()
    linter.agree()


def test_what_other_files_say_about_a_listing_counts(small: Linter) -> None:
    record = row(1, category_id="77")
    (small.folder / "b.json").write_text(json.dumps([record], ensure_ascii=False), "utf-8")
    small.agree()
    tree = {"goods_cats_get_response": {"goods_cats_list": [{"cat_id": 77, "cat_name": "杯子", "parent_cat_id": 0}]}}
    (small.folder / "cats.json").write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    small.agree()
    tree["goods_cats_get_response"]["goods_cats_list"][0]["cat_name"] = "服饰配件"
    (small.folder / "cats.json").write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    small.agree()


def test_a_repeated_listing_is_told_the_same(small: Linter) -> None:
    (small.folder / "b.jsonl").write_text(
        "\n".join(json.dumps(row(n, title="别的标题"), ensure_ascii=False) for n in range(0, 30, 3)), "utf-8"
    )
    small.agree()
    small.agree(jobs=2)


def test_listings_off_the_shelf_stay_off(small: Linter) -> None:
    (small.folder / "b.jsonl").write_text(
        "\n".join(json.dumps(row(n, on_sale=n % 2 == 0), ensure_ascii=False) for n in range(50, 60)), "utf-8"
    )
    small.agree()
    assert '"listings": 35' in small.cached()
    assert small.judged == 0


def test_another_picture_under_the_same_name_is_noticed(small: Linter) -> None:
    picture = FIXTURES / "demo-shop"
    first, second = sorted(p for p in picture.rglob("*.jpg"))[:2]
    shown = small.folder / "cup.jpg"
    (small.folder / "a.jsonl").write_text(
        "\n".join(json.dumps(row(n, images=["cup.jpg", "none.jpg"]), ensure_ascii=False) for n in range(2)), "utf-8"
    )
    shutil.copy(first, shown)
    settle_times(small.folder)
    small.agree()
    shutil.copy(second, shown)
    small.agree()
    shown.write_bytes(b"no picture")
    small.agree()
    shown.unlink()
    small.agree()
    shutil.copy(first, small.folder / "none.jpg")
    small.agree()


def test_other_code_works_everything_out_anew(small: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = small.cached()
    monkeypatch.setattr(versions, "code", lambda: b"another version")
    assert small.cached() == expected
    assert (small.judged, small.compared) == (30, 1)


def test_what_a_rule_failed_on_is_tried_again(small: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    good = bait004.check

    def bad(*given: object) -> object:
        raise MemoryError("for the moment")

    monkeypatch.setattr(bait004, "check", bad)
    assert "PLUG001" in small.cached()
    monkeypatch.setattr(bait004, "check", good)
    assert small.cached() == small.plain()


def test_the_code_digest_covers_every_file_that_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "pddlint"
    shutil.copytree(versions._OWN, own, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(versions, "_OWN", own)

    def code() -> bytes:
        versions.code.cache_clear()
        return versions.code()

    before = code()
    assert code() == before
    for name in ("lexicons/colours.toml", "matching/match.py", "settings.py", "catalog/formats/plain.py"):
        if (own / name).exists():
            (own / name).write_bytes((own / name).read_bytes() + b"\n")
            assert code() != before, name
            before = code()
    versions.code.cache_clear()
