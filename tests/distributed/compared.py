"""A distributed run beside a plain one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pddlint import config, engine
from pddlint.distributed.run import run
from pddlint.engine import Result
from pddlint.reports import Layout, render
from pddlint.settings import Settings
from pddlint.settle import settle

ROOT = Path(__file__).parent.parent.parent
DEMO = ROOT / "fixtures" / "demo-shop"
RULES = sorted(path for path in (ROOT / "fixtures" / "rules").iterdir() if path.is_dir())


def settings(path: Path, **changes: Any) -> Settings:
    return config.override(config.resolve([path], None, False), {"jobs": 1, "cache": False, **changes})


def facts(result: Result, wanted: Settings) -> dict[str, Any]:
    """All that a report says but the time it took, and what a run counts and remembers."""
    report: dict[str, Any] = json.loads(render("json", settle(result, wanted, "en"), Layout(show_suppressed=True)))
    del report["summary"]["seconds"]
    return {
        **report,
        "counts": result.counts,
        "suppressions": list(result.suppressions.items()),
        "ids": result.ids,
        "partial": result.partial,
    }


def same(paths: Sequence[Path], flow: Any = None, per_listing: bool = False, **changes: Any) -> dict[str, Any]:
    """Assert that a run on the flow (None: Daft) tells the same as a plain one; what they tell."""
    wanted = settings(paths[0], **changes)
    plain = facts(engine.run(wanted, paths, per_listing=per_listing), wanted)
    assert facts(run(wanted, paths, per_listing=per_listing, flow=flow), wanted) == plain
    return plain
