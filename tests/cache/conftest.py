"""A catalog with a finding of every kind in it, and a way to lint it that tells how much was worked out anew."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pddlint import lint
from pddlint.judging import Judge
from pddlint.reports import Layout, render

ROOT = Path(__file__).parent.parent.parent
FIXTURES = ROOT / "fixtures"


class Linter:
    """Lints one folder with a cache beside it. `judged` and `compared` count what the last run worked out."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.cache = folder.parent / "cache"
        self.judged = self.compared = 0
        listing, merchant = Judge.listing, Judge.merchant

        def counted_listing(judge: Judge, *given: Any) -> Any:
            self.judged += 1
            return listing(judge, *given)

        def counted_merchant(judge: Judge, *given: Any) -> Any:
            self.compared += 1
            return merchant(judge, *given)

        monkeypatch.setattr(Judge, "listing", counted_listing)
        monkeypatch.setattr(Judge, "merchant", counted_merchant)

    def cached(self, **settings: Any) -> str:
        """The JSON report of a run with the cache, without its time."""
        self.judged = self.compared = 0
        return self._run(cache=True, cache_dir=str(self.cache), **settings)

    def plain(self, **settings: Any) -> str:
        """The JSON report of a run without the cache."""
        return self._run(**settings)

    def agree(self, **settings: Any) -> None:
        """With the cache as it is, twice, and without: all the same."""
        expected = self.plain(**settings)
        assert self.cached(**settings) == expected
        assert self.cached(**settings) == expected

    def _run(self, **settings: Any) -> str:
        report = lint(self.folder, isolated=True, lang="en", **settings)
        return re.sub(r'"seconds": ?[0-9.e-]+', "", render("json", report, Layout()))


@pytest.fixture
def linter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Linter:
    """The demo shop in a folder of its own."""
    folder = tmp_path / "shop"
    shutil.copytree(FIXTURES / "demo-shop", folder)
    monkeypatch.chdir(tmp_path)
    return Linter(folder, monkeypatch)


def row(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "title": f"复古搪瓷杯大容量带盖老式茶缸{'二' * (number % 3)}款",
        "shop": "s",
        "merchant": "m",
        "skus": [
            {"id": f"{number}1", "specs": {"容量": "500ml"}, "price": 15.9, "code": f"BZ-{number}"},
            {"id": f"{number}2", "specs": {"容量": "补差价专拍 拍错不发货"}, "price": 0.1},
        ],
        **more,
    }


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Linter:
    """Thirty listings, one a line."""
    folder = tmp_path / "goods"
    folder.mkdir()
    (folder / "a.jsonl").write_text("\n".join(json.dumps(row(n), ensure_ascii=False) for n in range(30)), "utf-8")
    monkeypatch.chdir(tmp_path)
    return Linter(folder, monkeypatch)


Change = Callable[[Path], None]
