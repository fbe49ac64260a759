"""What a run costs again: cold, unchanged, with one listing changed, as a pre-commit hook on one staged listing.

    python -m tests.benchmarks.rerun [--listings 20000] [--shops 20] [--skus 5] [--pictures FOLDER]

Costs are CPU seconds (user + system) of whole processes with `--jobs 1`, ratios are of the same session. The findings
of every run are compared with those of a run without a cache. The hook runs on a tenth of the listings, in a git
repository made for it. `--pictures` gives every listing one picture of a folder of JPEGs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.catalogs import write

ROOT = Path(__file__).parent.parent.parent


class Run(NamedTuple):
    """CPU seconds of a process with its children, and what it printed without the time it took."""

    cpu: float
    out: str


def run(folder: Path, *arguments: str) -> Run:
    """Run `pddlint check` in a folder."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pddlint", "check", "--jobs", "1", "--exit-zero", "--format", "json", *arguments]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(command, cwd=folder, env=environ, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(cpu, re.sub(r'"seconds": ?[0-9.e-]+', "", ended.stdout))


def change(folder: Path) -> None:
    """Give one listing in the middle of the catalog another title."""
    files = sorted(folder.glob("*.jsonl"))
    file = files[len(files) // 2]
    lines = file.read_text("utf-8").splitlines()
    row = json.loads(lines[len(lines) // 2])
    row["title"] += " 新款"
    lines[len(lines) // 2] = json.dumps(row, ensure_ascii=False)
    file.write_text("\n".join(lines) + "\n", "utf-8")


def with_pictures(folder: Path, pictures: Path) -> None:
    """Give the listings pictures in turn, one each."""
    found = sorted(pictures.rglob("*.jpg"))
    (folder / "pictures").mkdir()
    for number, picture in enumerate(found):
        shutil.copy(picture, folder / "pictures" / f"{number}.jpg")
    number = 0
    for file in sorted(folder.glob("*.jsonl")):
        rows = []
        for line in file.read_text("utf-8").splitlines():
            rows.append(json.dumps({**json.loads(line), "images": [f"pictures/{number % len(found)}.jpg"]}))
            number += 1
        file.write_text("\n".join(rows) + "\n", "utf-8")


def git(folder: Path, *arguments: str) -> None:
    names = ("-c", "user.name=b", "-c", "user.email=b@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


def report(title: str, rows: Sequence[tuple[str, Run, float]]) -> None:
    print(f"\n{title}\n{'run':<28}{'CPU s':>9}{'ratio':>9}")
    for name, one, base in rows:
        print(f"{name:<28}{one.cpu:>9.2f}{one.cpu / base:>9.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, default=20_000)
    parser.add_argument("--shops", type=int, default=20)
    parser.add_argument("--skus", type=int, default=5)
    parser.add_argument("--pictures", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, given.listings, given.shops, given.skus)
        if given.pictures:
            with_pictures(folder, given.pictures)
        cold = run(folder)
        warm = run(folder)
        assert warm.out == cold.out
        change(folder)
        changed = run(folder)
        warm_again = run(folder)
        plain = run(folder, "--no-cache")
        assert changed.out == warm_again.out == plain.out
        report(
            f"{given.listings} listings in {given.shops} shops",
            [
                ("cold (÷ no cache)", cold, plain.cpu),
                ("unchanged (÷ cold)", warm, cold.cpu),
                ("one changed (÷ unchanged)", changed, warm.cpu),
                ("unchanged again (÷ cold)", warm_again, cold.cpu),
            ],
        )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, given.listings // 10, max(1, given.shops // 5), given.skus)
        git(folder, "init", "--quiet")
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "-m", "catalog")
        cold = run(folder)
        change(folder)
        git(folder, "add", "-u")
        hook = run(folder, "--changed-only")
        assert hook.out == run(folder, "--changed-only", "--no-cache").out
        report(
            f"hook on one of {given.listings // 10} listings",
            [("whole, cold", cold, cold.cpu), ("hook (÷ cold)", hook, cold.cpu)],
        )


if __name__ == "__main__":
    main()
