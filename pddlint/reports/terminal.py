"""What the formats for people share: colour, display width of mixed scripts, harmless text, and the totals."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from pddlint.checkers.base import Text
from pddlint.findings import Role, Severity
from pddlint.i18n import fill
from pddlint.report import Report, by_code

_COLOURS = {"error": "31", "warning": "33", "info": "36"}
SEVERITY_WORDS: dict[Severity, Text] = {
    "error": Text("错误", "error"),
    "warning": Text("警告", "warning"),
    "info": Text("提示", "info"),
}
ROLES: dict[Role, Text] = {
    "primary": Text("这里", "here"),
    "keeper": Text("标杆商品", "keeper"),
    "duplicate": Text("重复的商品", "duplicate"),
    "evidence": Text("依据", "evidence"),
}


class Style:
    """ANSI colours, or none."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def paint(self, text: str, codes: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if self.colour and text else text

    def bold(self, text: str) -> str:
        return self.paint(text, "1")

    def dim(self, text: str) -> str:
        return self.paint(text, "2")

    def severity(self, severity: Severity, text: str) -> str:
        return self.paint(text, f"1;{_COLOURS[severity]}")


def one_line(text: str) -> str:
    """Text that cannot disturb a terminal: line breaks become spaces; control, direction and surrogate characters
    are written out as escapes."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\u3000\u200d\u00a0" else _visible(c) for c in text)


def _visible(char: str) -> str:
    if char in "\t\n\r\v\f\u2028\u2029":
        return " "
    if char == "\ufe0f":
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


@lru_cache(8192)
def char_width(char: str) -> int:
    """Terminal columns of one character: 2 for East Asian wide and emoji, 0 for combining and joining ones, else 1."""
    if char.isascii():
        return 1
    if char == "\u200d" or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def display_width(text: str) -> int:
    """Terminal columns of a text. A joined emoji sequence takes the columns of its first picture."""
    if text.isascii():
        return len(text)
    width = 0
    joined = False
    previous = 0
    for char in text:
        own = char_width(char)
        if char == "\ufe0f" and previous == 1:
            own = 1  # the picture form of a character that is narrow as text
        elif joined or ("\U0001f3fb" <= char <= "\U0001f3ff" and previous == 2):
            own = 0
        joined = char == "\u200d"
        width += own
        previous = own or previous
    return width


def fitted(text: str, columns: int) -> str:
    """The text cut to at most so many terminal columns, with … where something is missing."""
    if display_width(text) <= columns:
        return text
    kept = ""
    for char in text:
        if display_width(kept + char) > columns - 1:
            break
        kept += char
    return kept + "…"


@cache
def _pieces() -> re.Pattern[str]:
    return re.compile(r"[\x21-\u2fff]+[，。：、；！？）」”]*|\s+|[\u3000-\U0010ffff][，。：、；！？）」”]*")


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines of at most so many terminal columns: broken at spaces and between Chinese characters, never
    before closing punctuation. A longer word stands alone on its line."""
    lines = [""]
    for piece in _pieces().findall(text):
        if display_width(lines[-1] + piece.rstrip()) > columns and lines[-1]:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def totals(report: Report, style: Style) -> str:
    """The closing line: what was looked at and how many findings there are."""
    zh = report.lang == "zh"
    counts = {severity: sum(f.severity == severity for f in report.active) for severity in SEVERITY_WORDS}
    summary = report.summary
    seen = fill(
        Text(
            "{files} 个文件，{listings} 个商品，{skus} 个 SKU，{images} 张图片",
            "{files} files, {listings} listings, {skus} SKUs, {images} pictures",
        ),
        report.lang,
        files=summary.files,
        listings=summary.listings,
        skus=summary.skus,
        images=summary.images,
    )
    parts = [
        style.severity(severity, f"{count} 个{SEVERITY_WORDS[severity].zh}" if zh else _counted(count, severity))
        for severity, count in counts.items()
        if count
    ]
    found = ("，" if zh else ", ").join(parts) or style.bold("没有发现问题" if zh else "nothing to report")
    silenced = len(report.findings) - len(report.active)
    hidden = "" if not silenced else f"，另有 {silenced} 个已压制" if zh else f", {silenced} more suppressed"
    return f"{found}{hidden}{'（' if zh else ' ('}{seen}{'）' if zh else ')'}\n"


def _counted(count: int, severity: Severity) -> str:
    return f"{count} {severity}{'s' if count != 1 and severity != 'info' else ''}"


def statistics(report: Report, style: Style) -> str:
    """Findings counted by rule, the most frequent first."""
    counts = sorted(by_code(report.active).items(), key=lambda pair: (-pair[1], pair[0]))
    wide = max((len(str(count)) for _, count in counts), default=0)
    lines = [
        f"{count:>{wide}}  {style.severity(report.rules[code].severity, code)}  {report.rules[code].name}  "
        f"{report.rules[code].summary.in_(report.lang)}\n"
        for code, count in counts
    ]
    return "".join(lines) + totals(report, style)
