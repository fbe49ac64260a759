"""`--changed-only`: what a commit touches, by content."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pddlint.catalog.model import Origin
from pddlint.changed import Changes, staged
from pddlint.errors import UsageError
from pddlint.findings import Finding, ListingRef, Place
from pddlint.settings import Settings


def listing(number: int, **more: Any) -> dict[str, Any]:
    return {"id": f"g{number}", "title": f"杯子 {number}", "skus": [{"id": f"s{number}", "price": 9}], **more}


class Repository:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet")
        for key, value in (("user.name", "test"), ("user.email", "t@example.com"), ("commit.gpgsign", "false")):
            self.git("config", key, value)

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.folder, check=True, capture_output=True)

    def write(self, name: str, rows: Any, indent: int | None = None) -> None:
        (self.folder / name).write_text(json.dumps(rows, ensure_ascii=False, indent=indent), "utf-8")
        self.git("add", name)

    def commit(self) -> None:
        self.git("commit", "--quiet", "--allow-empty", "-m", "x")

    @property
    def changes(self) -> Changes:
        return staged(Settings(base=self.folder), [self.folder])

    @property
    def touched(self) -> set[tuple[str, str]]:
        return set(self.changes.listings)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "PRE_COMMIT_FROM_REF"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return Repository(tmp_path)


def test_before_the_first_commit_everything_staged_is_new(repository: Repository) -> None:
    repository.write("a.json", [listing(1)])
    assert repository.touched == {("a.json", "g1")}


def test_only_listings_whose_content_differs_are_touched(repository: Repository) -> None:
    repository.write("a.json", [listing(1), listing(2), listing(3)])
    repository.commit()
    repository.write("a.json", [listing(3), listing(2, title="新标题"), listing(1), listing(4)], indent=2)
    assert repository.touched == {("a.json", "g2"), ("a.json", "g4")}


def test_what_is_not_staged_is_not_touched(repository: Repository) -> None:
    repository.write("a.json", [listing(1)])
    repository.commit()
    (repository.folder / "b.json").write_text(json.dumps([listing(2)]))
    assert repository.touched == set()


def test_moving_and_renaming_touch_nothing(repository: Repository) -> None:
    repository.write("a.json", [listing(1), listing(2)])
    repository.write("b.json", [listing(3)])
    repository.commit()
    repository.write("a.json", [listing(1)])
    repository.git("mv", "b.json", "c.json")
    repository.write("d.json", {"listings": [listing(2)]})
    assert repository.touched == set()
    assert repository.changes.files == {"a.json", "c.json", "d.json"}


def test_a_staged_picture_touches_the_listings_that_show_it(repository: Repository) -> None:
    repository.write("a.json", [listing(1, images=["x.jpg"]), listing(2, images=["y.jpg"])])
    (repository.folder / "x.jpg").write_bytes(b"\xff\xd8\xff")
    repository.git("add", "x.jpg")
    repository.commit()
    (repository.folder / "x.jpg").write_bytes(b"\xff\xd8\xff\xff")
    repository.git("add", "x.jpg")
    assert repository.touched == {("a.json", "g1")}


def test_a_duplicate_is_about_both_of_its_listings(repository: Repository) -> None:
    repository.write("a.json", [listing(1)])
    changes = repository.changes

    def place(path: str, number: int) -> Place:
        return Place("primary", Origin(path), "", ListingRef("m", "s", f"g{number}", ""))

    assert changes.touches(Finding("DUP005", place("old.json", 9), related=(place("a.json", 1),)))
    assert not changes.touches(Finding("DUP005", place("old.json", 9), related=(place("a.json", 2),)))
    assert changes.touches(Finding("CAT003", Place("primary", Origin("a.json"))))
    assert not changes.touches(Finding("CAT003", Place("primary", Origin("old.json"))))
    assert changes.touches(Finding("PLUG001", Place("primary", Origin(""))))


def test_a_broken_file_in_head_makes_its_listings_new(repository: Repository) -> None:
    (repository.folder / "a.json").write_text("[{")
    repository.git("add", "a.json")
    repository.commit()
    repository.write("a.json", [listing(1)])
    assert repository.touched == {("a.json", "g1")}


def test_outside_a_repository_it_is_a_usage_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="git says"):
        staged(Settings(base=tmp_path), [tmp_path])
