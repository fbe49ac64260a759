"""The page of a rule, in Markdown, made from its card."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from pddlint.checkers.base import Lang, Text
from pddlint.checkers.registry import Checker
from pddlint.i18n import sentence
from pddlint.reports.terminal import SEVERITY_WORDS, Style

_HEADS = {
    "what": Text("是什么", "What it is"),
    "message": Text("报告怎么说", "What the report says"),
    "consequence": Text("平台可能怎么处理", "What the platform may do"),
    "remedy": Text("怎么改", "How to fix it"),
    "bad": Text("违规示例", "Violating example"),
    "good": Text("合规示例", "Clean example"),
    "options": Text("选项", "Options"),
    "suppress": Text("怎么压制", "How to suppress it"),
}
_SCOPES = {
    "listing": Text("逐个商品检查", "looks at one listing at a time"),
    "merchant": Text("比较同一商户的所有商品", "compares all listings of a merchant"),
    "file": Text("读文件或运行时检查", "found while reading files or running"),
}


def page(checker: Checker, lang: Lang) -> str:
    """The page in one language."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_lines(checker, lang))).rstrip() + "\n"


def _lines(checker: Checker, lang: Lang) -> Iterator[str]:
    rule = checker.rule
    yield f"# {rule.code} {rule.name}"
    yield ""
    on = Text("默认开启", "on by default") if rule.default else Text("默认关闭", "off by default")
    facts = [SEVERITY_WORDS[rule.severity].in_(lang), on.in_(lang), _SCOPES[checker.scope].in_(lang)]
    if checker.source != "pddlint":
        facts.append(f"{'来自' if lang == 'zh' else 'from'} {checker.source}")
    yield (" · ").join(facts)
    yield from _section("what", lang, sentence(rule.summary, lang), rule.detail.in_(lang))
    yield from _section("consequence", lang, rule.consequence.in_(lang))
    yield from _section("remedy", lang, rule.remedy.in_(lang))
    for example in rule.examples:
        yield from _section("bad" if example.expect else "good", lang, example.title.in_(lang))
        yield "```json"
        for listing in example.listings:
            yield json.dumps(listing, ensure_ascii=False, indent=2)
        yield "```"
        if example.expect:
            named = "、".join(example.expect) if lang == "zh" else ", ".join(example.expect)
            yield f"→ {rule.code}: {named}"
    if rule.options:
        yield from _section("options", lang)
        for option in rule.options:
            default = f"{'默认' if lang == 'zh' else 'default'} `{json.dumps(option.default, ensure_ascii=False)}`"
            yield f"- `{option.name}` ({option.type}, {default}): {option.help.in_(lang)}"
        yield ""
        yield "```toml"
        yield f"[rules.{rule.code}]"
        yield from (f"{o.name} = {json.dumps(o.default, ensure_ascii=False)}" for o in rule.options)
        yield "```"
    yield from _suppression(checker, lang)


def _section(head: str, lang: Lang, *paragraphs: str) -> Iterator[str]:
    yield from ("", f"## {_HEADS[head].in_(lang)}", "")
    for paragraph in paragraphs:
        if paragraph:
            yield from (paragraph, "")


def _suppression(checker: Checker, lang: Lang) -> Iterator[str]:
    code = checker.rule.code
    inline = Text("在商品里写：", "In the listing itself:") if checker.scope != "file" else None
    yield from _section("suppress", lang)
    reason = "说明原因" if lang == "zh" else "say why"
    if inline:
        yield inline.in_(lang)
        yield ""
        yield "```json"
        yield json.dumps({"pddlint": {"ignore": [code], "reason": reason}}, ensure_ascii=False)
        yield "```"
        yield ""
    elsewhere = (
        Text("或在 pddlint.toml 里：", "Or in pddlint.toml:")
        if inline
        else Text("在 pddlint.toml 里：", "In pddlint.toml:")
    )
    yield elsewhere.in_(lang)
    yield ""
    yield "```toml"
    yield "[[suppress]]"
    yield f'rule = "{code}"'
    yield 'goods-id = "…"' if inline else 'path = "…"'
    yield f'reason = "{reason}"'
    yield "```"


def styled(text: str) -> str:
    """The page for a terminal: headings bold, code dimmed, fences left out."""
    style = Style(True)
    lines: list[str] = []
    code = False
    for line in text.splitlines():
        if line.startswith("```"):
            code = not code
        elif code:
            lines.append(style.dim("    " + line))
        else:
            lines.append(style.bold(line.lstrip("# ")) if line.startswith("#") else line.replace("`", ""))
    return "\n".join(lines) + "\n"
