"""`--format markdown`: a comment on a pull request. A table of the rules, then their findings, folded up.

Nothing in a listing can become markup, a mention or a link, and the whole stays below GitHub's limit for a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pddlint.checkers.base import Lang, Text
from pddlint.findings import SEVERITIES
from pddlint.report import Report, Reported, Spot
from pddlint.reports import Layout
from pddlint.reports.terminal import ROLES, SEVERITY_WORDS, Style, one_line, totals

LIMIT = 60_000  # characters; GitHub refuses a comment above 65,536
_ROOM = 400  # kept for the lines that say what was left out
_LONGEST = 600  # characters of a message
_HEADS = (Text("级别", "severity"), Text("规则", "rule"), Text("是什么", "what"), Text("数目", "count"))
_MARKUP = re.compile(r"[\\`*_\[\]<>#|~$&]|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
_LINKS = re.compile(r"([@#]|\bwww|\bhttps?|\bftp|\bmailto|\bxmpp)(?=\S)", re.I)  # what GitHub and GitLab make links of
_BREAK = "\u200b"


def render(report: Report, layout: Layout) -> str:
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    lang = report.lang
    yield f"### pddlint: {escaped(totals(report, Style(False)).strip())}"
    groups = _groups(report)
    if not groups:
        return
    head = "\n".join(["", *_table(groups, report), ""])
    yield head
    left = LIMIT - _ROOM - len(head) - 300
    untold = 0
    for findings in groups:
        rule = report.rules[findings[0].code]
        summary = f"<summary><b>{rule.code}</b> {_html(rule.summary.in_(lang))} × {len(findings)}</summary>"
        opening = ["<details>", summary, "", escaped(rule.remedy.in_(lang)), ""]
        closing = ["", "</details>", ""]
        left -= sum(len(line) + 1 for line in (*opening, *closing)) + 80
        entries: list[str] = []
        for finding in findings:
            entry = _entry(finding, lang)
            if len(entry) + 1 > left:
                break
            left -= len(entry) + 1
            entries.append(entry)
        if not entries:
            untold += len(findings)
            continue
        more = len(findings) - len(entries)
        rest = [f"- …… 还有 {more} 个" if lang == "zh" else f"- … {more} more"] if more else []
        yield "\n".join([*opening, *entries, *rest, *closing])
    if untold:
        yield f"…… 另有 {untold} 个没有列出" if lang == "zh" else f"… {untold} more are not listed"


def _groups(report: Report) -> list[list[Reported]]:
    """The findings by rule, the gravest rules first."""
    by_rule: dict[str, list[Reported]] = {}
    for finding in report.active:
        by_rule.setdefault(finding.code, []).append(finding)
    return sorted(by_rule.values(), key=lambda group: (-SEVERITIES.index(group[0].severity), group[0].code))


def _table(groups: list[list[Reported]], report: Report) -> Iterator[str]:
    yield f"| {' | '.join(head.in_(report.lang) for head in _HEADS)} |"
    yield "|---|---|---|--:|"
    for group in groups:
        rule = report.rules[group[0].code]
        word = SEVERITY_WORDS[group[0].severity].in_(report.lang)
        yield f"| {word} | {rule.code} | {escaped(rule.summary.in_(report.lang))} | {len(group)} |"


def _entry(finding: Reported, lang: Lang) -> str:
    message = finding.message if len(finding.message) <= _LONGEST else finding.message[:_LONGEST] + "…"
    unsure = f" ({finding.confidence:.0%})" if finding.confidence < 0.995 else ""
    about = f" {_about(finding.spot)}" if finding.listing else ""
    lines = [f"- {_place(finding.spot)}{about}  ", f"  {escaped(message)}{unsure}"]
    lines += [f"  → {ROLES[spot.role].in_(lang)} {_place(spot)} {_about(spot)}".rstrip() for spot in finding.related]
    return "  \n".join(line.rstrip() for line in lines)


def _about(spot: Spot) -> str:
    if spot.listing is None:
        return ""
    title = spot.listing.title
    return escaped(f"{spot.listing.id} {title if len(title) <= 80 else title[:80] + '…'}".strip())


def _place(spot: Spot) -> str:
    return code(f"{spot.path}:{spot.line}" if spot.path else "pddlint")


def escaped(text: str) -> str:
    """Text that Markdown shows as it stands: no markup, mention, issue reference or link comes of it."""
    broken = _LINKS.sub(lambda match: match[1] + _BREAK, one_line(text))
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", broken)


def code(text: str) -> str:
    """A code span of the text, whatever backticks are in it."""
    plain = one_line(text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", plain)), default=0))
    padding = " " if plain[:1] == "`" or plain[-1:] == "`" else ""
    return f"{fence}{padding}{plain}{padding}{fence}"


def _html(text: str) -> str:
    return one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
