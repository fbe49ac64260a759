"""The parts of the READMEs that the program itself writes. `python tests/readme_parts.py` brings both up to date."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from pddlint.checkers import registry
from pddlint.checkers.base import Lang

ROOT = Path(__file__).resolve().parents[1]
FILES: dict[Lang, Path] = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
SHOWN = ("DUP001", "DUP003", "BAIT002", "CAT023")  # the first finding of each goes into the sample
_HEADS = {"en": ("code", "name", "finds"), "zh": ("代码", "名字", "找什么")}


def rules(lang: Lang) -> str:
    """The table of all rules."""
    rows = [_HEADS[lang], ("---",) * 3]
    rows += [(rule.code, rule.name, rule.summary.in_(lang)) for rule in registry.load().rules.values()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows).replace("| --- | --- | --- |", "|---|---|---|")


def sample(lang: Lang) -> str:
    """Some of what linting the demo shop prints, and the line that sums it up."""
    command = [sys.executable, "-m", "pddlint", "check", "fixtures/demo-shop", "--isolated"]
    run = subprocess.run(
        [*command, "--format", "full", "--lang", lang],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
        check=False,
    )
    printed = run.stdout.strip("\n").split("\n\n")
    chosen = [next(p for p in printed if re.match(rf"\S+ {code} ", p)) for code in SHOWN]
    return "```text\n" + "\n\n…\n\n".join([*chosen, printed[-1]]) + "\n```"


PARTS = {"rules": rules, "sample": sample}


def part(text: str, name: str) -> str:
    """A part as it stands in a README, between its marks."""
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", text, re.S)
    if not found:
        raise ValueError(f"no part {name}")
    return found[1]


def main() -> None:
    for lang, path in FILES.items():
        text = path.read_text("utf-8")
        for name, make in PARTS.items():
            text = text.replace(part(text, name), make(lang))
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
