"""Running the command line in this process, and as a program where the process itself is what is tested."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pddlint.__main__ import main

ROOT = Path(__file__).parent.parent.parent


class Ended(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.out)
        return data


Cli = Callable[..., Ended]


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """Run a command line in `tmp_path`, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    for name in ("PRE_COMMIT_FROM_REF", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str | Path) -> Ended:
        capfd.readouterr()
        status = main([str(argument) for argument in arguments])
        return Ended(status, *capfd.readouterr())

    return run


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Start the program in `tmp_path`."""

    def start(*arguments: str | Path, **environ: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "pddlint", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "en_US.UTF-8", **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    return start


def listing(number: int, title: str = "复古搪瓷杯", **more: Any) -> dict[str, Any]:
    return {"id": f"g{number}", "title": f"{title} {number}", "skus": [{"id": f"s{number}", "price": 9}], **more}


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A catalog with one warning (a misspelt suppression) in it."""
    folder = tmp_path / "goods"
    folder.mkdir()
    rows = [listing(1), listing(2, pddlint={"ignore": ["DUP1"]})]
    (folder / "a.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    return folder
