"""The rules' pages as files beside the checkers, written from the rules' cards like `pddlint rule CODE`.

    python tests/rule_pages.py      brings them up to date

`pddlint/checkers/README.md` is the index; each family's folder has the pages of its rules. All of it in both languages.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from pddlint.checkers import registry  # noqa: E402
from pddlint.checkers.base import Lang, Rule, Text  # noqa: E402
from pddlint.reports.terminal import SEVERITY_WORDS  # noqa: E402
from pddlint.rulepage import page  # noqa: E402

CHECKERS = ROOT / "pddlint" / "checkers"
FILES: dict[Lang, str] = {"en": "README.md", "zh": "README.zh-CN.md"}
FAMILIES = {
    "DUP": Text("重复铺货", "Duplicate listings"),
    "BAIT": Text("低价引流", "Low-price bait SKUs"),
    "CAT": Text("目录文件与图片", "Catalog files and pictures"),
    "PLUG": Text("插件", "Plugins"),
}
_TITLE = Text("pddlint 的规则", "pddlint's rules")
_INTRO = Text(
    "每条规则一节：是什么、平台可能怎么处理、怎么改、违规与合规示例、选项、怎么压制。"
    "`pddlint rule 代码` 打印同样的内容。",
    "A section for each rule: what it is, what the platform may do, how to fix it, a violating and a clean example, "
    "options, how to suppress it. `pddlint rule CODE` prints the same.",
)
_OTHER = Text("[English]({})", "[中文]({})")
_BACK = Text("[所有规则](../{})", "[all rules](../{})")
_HEADS = Text("| 代码 | 名字 | 级别 | 找什么 |", "| code | name | severity | finds |")


def pages() -> Iterator[tuple[Path, str]]:
    """Every file and what it must hold."""
    rules = list(registry.load().rules.values())
    for lang, name in FILES.items():
        yield CHECKERS / name, _index(rules, lang)
        for family in FAMILIES:
            yield CHECKERS / family.lower() / name, _family(family, rules, lang)


def _index(rules: list[Rule], lang: Lang) -> str:
    lines = [f"# {_TITLE.in_(lang)}", "", _other(lang), "", _INTRO.in_(lang), ""]
    for family, title in FAMILIES.items():
        lines += [f"## {title.in_(lang)} ({family})", "", _HEADS.in_(lang), "|---|---|---|---|"]
        for rule in (r for r in rules if r.family == family):
            link = f"{family.lower()}/{FILES[lang]}#{_anchor(rule)}"
            severity = SEVERITY_WORDS[rule.severity].in_(lang)
            lines.append(f"| [{rule.code}]({link}) | {rule.name} | {severity} | {rule.summary.in_(lang)} |")
        lines.append("")
    return "\n".join(lines)


def _family(family: str, rules: list[Rule], lang: Lang) -> str:
    """The pages of a family's rules on one page, their headings a level down."""
    head = [f"# {FAMILIES[family].in_(lang)} ({family})", "", f"{_other(lang)} · {_BACK.in_(lang).format(FILES[lang])}"]
    loaded = registry.load()
    bodies = []
    for rule in (r for r in rules if r.family == family):
        checker = loaded.find(rule.code)
        assert checker is not None
        bodies.append(_lowered(page(checker, lang)).rstrip())
    return "\n\n".join(["\n".join(head), *bodies]) + "\n"


def _lowered(text: str) -> str:
    """Markdown with every heading one level deeper; code blocks as they are."""
    parts = re.split(r"(^```.*?^```$)", text, flags=re.M | re.S)
    return "".join(part if part.startswith("```") else re.sub(r"^#", "##", part, flags=re.M) for part in parts)


def _other(lang: Lang) -> str:
    return _OTHER.in_(lang).format(FILES["en" if lang == "zh" else "zh"])


def _anchor(rule: Rule) -> str:
    """The anchor that Markdown renderers give the rule's heading."""
    return f"{rule.code} {rule.name}".lower().replace(" ", "-")


def main() -> None:
    for path, text in pages():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
