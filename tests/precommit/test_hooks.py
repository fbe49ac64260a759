"""The hooks in real pre-commit, in a real git repository. No network: the hooks' commands run from this checkout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
RULES = "--select=DUP,BAIT,CAT"
TOWEL = {
    "id": "600100",
    "title": "竹语家纺加厚纯棉毛巾吸水不掉毛洗脸巾家用成人",
    "category": ["家居日用", "毛巾"],
    "brand": "竹语",
    "sales": 900,
    "attributes": {"材质": "纯棉", "克重": "110g"},
    "skus": [{"id": "1", "specs": {"颜色": "白色"}, "price": 12.9, "code": "MJ-01-W"}],
}
CUP = {
    "id": "600200",
    "title": "复古搪瓷杯大容量带盖老式茶缸",
    "category": ["家居日用", "杯子"],
    "skus": [{"id": "9", "specs": {"容量": "500ml"}, "price": 15.9, "code": "BZ-77"}],
}
COPY = {**TOWEL, "id": "600101", "sales": 3}


class Repository:
    """A git repository with pre-commit's hooks installed."""

    def __init__(self, folder: Path, hooks: Sequence[tuple[str, Sequence[str]]]) -> None:
        self.folder = folder
        self.environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PRE_COMMIT"))},
            "PYTHONPATH": str(ROOT),
            "PRE_COMMIT_HOME": str(folder.parent / "pre-commit-home"),
            "LANG": "en_US.UTF-8",
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        self.git("init", "--quiet", "--initial-branch=main")
        for key, value in (("user.name", "test"), ("user.email", "test@example.com"), ("commit.gpgsign", "false")):
            self.git("config", key, value)
        published = _published_hooks()
        local = [{**published[name], "args": list(arguments), **_system(published[name])} for name, arguments in hooks]
        # YAML reads JSON
        (folder / ".pre-commit-config.yaml").write_text(json.dumps({"repos": [{"repo": "local", "hooks": local}]}))
        self.run(sys.executable, "-m", "pre_commit", "install").check_returncode()
        self.git("add", ".pre-commit-config.yaml")
        self.git("commit", "--quiet", "-m", "set up", "--no-verify")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )

    def git(self, *arguments: str) -> None:
        self.run("git", *arguments).check_returncode()

    def write(self, name: str, content: Any) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=2)
        path.write_text(text, "utf-8")
        self.git("add", name)

    def commit(self) -> tuple[bool, str]:
        """Whether the commit went through, and what was said."""
        done = self.run("git", "commit", "-m", "change")
        return done.returncode == 0, done.stdout


def _published_hooks() -> dict[str, dict[str, Any]]:
    """The hooks as `.pre-commit-hooks.yaml` offers them, read by pre-commit's own loader."""
    from pre_commit.clientlib import load_manifest

    return {hook["id"]: hook for hook in load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))}


def _system(hook: dict[str, Any]) -> dict[str, Any]:
    """The hook with its command taken from this checkout instead of an environment that pre-commit would build."""
    return {"language": "system", "entry": re.sub(r"^pddlint ", f"{sys.executable} -m pddlint ", hook["entry"])}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "repository").mkdir()
    return tmp_path / "repository"


def test_a_duplicate_split_over_two_commits_is_caught(folder: Path) -> None:
    repository = Repository(folder, [("pddlint", [RULES, "--changed-only"])])
    repository.write("shop/a.json", [TOWEL, CUP])
    passed, said = repository.commit()
    assert passed, said
    repository.write("shop/b.json", [COPY])
    passed, said = repository.commit()
    assert not passed, said
    assert re.search(r"shop/b\.json:\d+:\d+: \w+ DUP00\d", said), said


def test_changed_only_is_silent_about_what_was_there_before(folder: Path) -> None:
    repository = Repository(folder, [("pddlint", [RULES, "--changed-only"])])
    repository.write("shop/a.json", [TOWEL, COPY])
    repository.git("commit", "--quiet", "-m", "old sins", "--no-verify")
    repository.write("shop/a.json", [CUP, COPY, TOWEL])  # moved within the file, not changed
    passed, said = repository.commit()
    assert passed, said
    repository.write("shop/a.json", [CUP, {**COPY, "sales": 4}, TOWEL])
    passed, said = repository.commit()
    assert not passed, said
    assert "DUP00" in said


def test_a_suppressed_finding_passes(folder: Path) -> None:
    repository = Repository(folder, [("pddlint", [RULES])])
    repository.write("shop/a.json", [TOWEL, {**COPY, "pddlint": {"ignore": ["DUP"], "reason": "两个仓库"}}])
    passed, said = repository.commit()
    assert passed, said


def test_a_broken_file_fails_with_its_position(folder: Path) -> None:
    repository = Repository(folder, [("pddlint", [RULES])])
    repository.write("shop/a.json", '[{"id": "1",\n  "title": "搪瓷杯", "price": }]\n')
    passed, said = repository.commit()
    assert not passed
    assert "shop/a.json:2:28: error CAT003" in said, said


def test_the_files_hook_sees_only_staged_files(folder: Path) -> None:
    repository = Repository(folder, [("pddlint-files", ["--select=BAIT,CAT"])])
    (folder / "unstaged.json").write_text("{")
    repository.write("package.json", {"name": "not-a-catalog", "version": "1.0.0"})
    repository.write("shop/a.json", [TOWEL, COPY])  # a duplicate is not this hook's business
    passed, said = repository.commit()
    assert passed, said
    bait = {"id": "5", "specs": {"颜色": "补差价专拍 拍错不发货"}, "price": 0.1}
    repository.write("shop/c.json", [{**CUP, "skus": [*CUP["skus"], bait]}])
    passed, said = repository.commit()
    assert not passed, said
    assert "shop/c.json" in said
    assert "BAIT004" in said
