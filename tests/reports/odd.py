"""Reports made by hand, with the oddest text a listing may hold."""

from __future__ import annotations

from pddlint.checkers.base import Lang, Rule, Text
from pddlint.findings import ListingRef
from pddlint.report import Report, Reported, Spot, Summary, Suppressed

ODD = (
    "普通标题",
    '<script>alert("x")</script> & </details>',
    "@everyone #1 | `code` **bold** [link](https://example.com) www.example.com",
    "控制\x00\x08\x1b[31m\x7f字符\u2028\u202e\ufffe\ud800",
    "</script><!--<script>]]>",
    "- 列表 1. + = ~~~ $x$ \\",
    "🧣👨‍👩‍👧𠮷",
)


def rule(code: str = "XXX001", name: str = "a-rule") -> Rule:
    same = Text("一条规则 <b>|", "a rule <b>|")
    return Rule(code, name, "error", same, same, same, same)


def odd_report(count: int = len(ODD), lang: Lang = "zh", texts: tuple[str, ...] = ODD) -> Report:
    """`count` findings over the odd texts; the third of every seven is an info, the fourth suppressed."""
    findings = []
    for number in range(count):
        text = texts[number % len(texts)]
        ref = ListingRef("m", "店 & 铺", str(1000 + number), text)
        findings.append(
            Reported(
                "XXX001",
                "a-rule",
                "info" if number % 7 == 2 else "error",
                0.9,
                text,
                "改 " + text,
                Spot("primary", "目录/a b.json", f"/{number}", number + 1, 2, number + 1, 9, ref),
                (f"s{number}",),
                (Spot("keeper", "目录/a b.json", "/0", 1, 2, 1, 9, ref),),
                {"platform_term": text, "signs": [{"sign": text, "weight": 1.0}]},
                f"{number:032x}",
                Suppressed("config", text) if number % 7 == 3 else None,
            )
        )
    return Report(tuple(findings), {"XXX001": rule()}, Summary(1, count, count, 0), lang)


def empty_report(lang: Lang = "zh") -> Report:
    return Report((), {}, Summary(1, 2, 3, 4), lang)
