"""The review itself: finding after finding is shown, one key decides, and every suppression is written down at once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from pddlint.checkers.base import Lang, Text
from pddlint.errors import UsageError
from pddlint.i18n import fill
from pddlint.reports.concise import line as concise_line
from pddlint.reports.terminal import Style
from pddlint.review.keys import Ask
from pddlint.review.questions import Question, no_finding
from pddlint.review.record import Record
from pddlint.settings import Suppression

_KEYS = {
    "a": Text("属实，待改", "accept"),
    "s": Text("压制", "suppress"),
    "n": Text("", ""),  # what it says depends on the rule
    "k": Text("跳过", "skip"),
    "b": Text("上一个", "back"),
    "q": Text("结束", "quit"),
    "?": Text("说明", "help"),
}
_HELP = {
    "a": Text("属实：不压制，结束时列入待改的问题", "it is true: leave it, and list it at the end as one to fix"),
    "s": Text("压制：写明原因，可以写截止日期", "suppress it, with a reason and, if you like, a last day"),
    "n": Text("{why}：以此为原因压制", "{why}: suppress it for that reason"),
    "k": Text("跳过：先不决定", "skip: decide nothing now"),
    "b": Text("回到上一个，可以改主意", "back to the one before, to decide anew"),
    "q": Text("结束；已做的决定都已写入", "quit; what was decided is already written"),
    "?": Text("这份说明", "this help"),
}
_TOLD = Text(
    "属实 {accepted} 个，压制 {suppressed} 个，未决定 {open} 个",
    "{accepted} to fix, {suppressed} suppressed, {open} left",
)
_CANNOT = Text("这个问题没法在配置里压制", "no entry of the configuration can suppress this one")
_REASON = Text("原因：", "reason: ")
_UNTIL = Text("截止日期（如 2026-12-31，空：长期）：", "last day (such as 2026-12-31; empty: for good): ")
_NO_REASON = Text("没有写原因，未压制", "no reason given, not suppressed")
_BAD_DATE = Text("应为今天或以后的日期", "expected today or a later day")


class Decision(msgspec.Struct, frozen=True):
    """What was decided on a question. `entry` is the suppression, None where the finding stays."""

    kind: Literal["accepted", "suppressed"]
    entry: Suppression | None = None


class Terminal(msgspec.Struct, frozen=True):
    """How the review speaks: a key, a line of text, and printing."""

    key: Ask
    line: Ask
    say: Callable[[str], None]
    style: Style
    lang: Lang


class Review:
    """One walk through the questions. `show` words a question; `open_record` gives the file, None when refused."""

    def __init__(
        self,
        asked: Sequence[Question],
        terminal: Terminal,
        show: Callable[[Question], str],
        open_record: Callable[[], Record | None],
        today: datetime.date,
    ) -> None:
        self.asked, self.terminal, self.show, self.today = asked, terminal, show, today
        self.decisions: dict[int, Decision] = {}
        self._open_record = open_record
        self._record: Record | None = None

    def run(self) -> None:
        """Ask until every question has been passed, or the user ends it. KeyboardInterrupt passes through."""
        at = 0
        while at < len(self.asked):
            step = self._ask(at)
            if step is None:
                return
            at = max(0, at + step)

    def summary(self) -> list[str]:
        """What was decided, in lines; the findings to fix by name."""
        kinds = [decision.kind for decision in self.decisions.values()]
        accepted, suppressed = kinds.count("accepted"), kinds.count("suppressed")
        counts = {"accepted": accepted, "suppressed": suppressed, "open": len(self.asked) - len(kinds)}
        lines = [self._text(_TOLD, **counts)]
        for at, decision in sorted(self.decisions.items()):
            if decision.kind == "accepted":
                lines += ["  " + concise_line(f, self.terminal.style, self.lang) for f in self.asked[at].findings]
        if self._record is not None and suppressed:
            lines.append(self._text(Text("已写入 {file}", "written to {file}"), file=_short(self._record.file)))
        return lines

    @property
    def lang(self) -> Lang:
        return self.terminal.lang

    def _text(self, text: Text, **arguments: object) -> str:
        return fill(text, self.lang, **arguments)

    def _ask(self, at: int) -> int | None:
        """Show a question and act on the answer. How far to go on from it; None to end."""
        question, say, style = self.asked[at], self.terminal.say, self.terminal.style
        say(style.dim(f"── {at + 1}/{len(self.asked)} " + "─" * 20))
        say(self.show(question).rstrip("\n"))
        if question.entry is None:
            say(style.dim(self._text(_CANNOT)))
        while True:
            if at in self.decisions:
                say(style.dim(self._so_far(self.decisions[at])))
            key = self.terminal.key(self._prompt(question))
            if key is None or key == "q":
                return None
            if key == "b":
                return -1
            if key == "k":
                return 1
            if key not in ("a", "s", "n") or key not in self._offered(question):
                say(self._help(question))
            elif self._decide(question, at, key):
                return 1

    def _decide(self, question: Question, at: int, key: str) -> bool:
        """Take a decision down; False when none came of it."""
        if key == "a":
            return self._keep(at, Decision("accepted"))
        if question.entry is None or self._file() is None:
            return False
        why = no_finding(question.head.code)
        if key == "n" and why is not None:
            entry: Suppression | None = msgspec.structs.replace(question.entry, reason=self._text(why))
        else:
            entry = self._with_reason(question.entry)
        return entry is not None and self._keep(at, Decision("suppressed", entry))

    def _with_reason(self, entry: Suppression) -> Suppression | None:
        reason = self.terminal.line(self._text(_REASON))
        if not reason:
            self.terminal.say(self._text(_NO_REASON))
            return None
        while True:
            text = self.terminal.line(self._text(_UNTIL))
            if not text:
                return msgspec.structs.replace(entry, reason=reason)
            try:
                until = datetime.date.fromisoformat(text)
            except ValueError:
                until = datetime.date.min
            if until >= self.today:
                return msgspec.structs.replace(entry, reason=reason, until=until)
            self.terminal.say(self._text(_BAD_DATE))

    def _keep(self, at: int, decision: Decision) -> bool:
        decided = {**self.decisions, at: decision}
        if self._record is not None:
            try:
                self._record.keep([d.entry for _, d in sorted(decided.items()) if d.entry is not None])
            except UsageError as error:
                self.terminal.say("\n".join(error.lines(self.lang)))
                return False
        self.decisions = decided
        return True

    def _file(self) -> Record | None:
        if self._record is None:
            try:
                self._record = self._open_record()
            except UsageError as error:
                self.terminal.say("\n".join(error.lines(self.lang)))
        return self._record

    def _offered(self, question: Question) -> list[str]:
        without = "" if question.entry else "sn"
        return [k for k in _KEYS if k not in without and (k != "n" or no_finding(question.head.code))]

    def _prompt(self, question: Question) -> str:
        why = no_finding(question.head.code) or Text("", "")
        words = [
            f"{self.terminal.style.bold(key)} {(why if key == 'n' else _KEYS[key]).in_(self.lang)}"
            for key in self._offered(question)
        ]
        return " · ".join(words) + " > "

    def _help(self, question: Question) -> str:
        why = no_finding(question.head.code) or Text("", "")
        offered = self._offered(question)
        lines = [f"  {k}  {self._text(_HELP[k], why=why.in_(self.lang))}" for k in offered]
        return "\n".join(lines)

    def _so_far(self, decision: Decision) -> str:
        if decision.entry is None:
            return self._text(Text("已定：属实", "decided: accepted"))
        return self._text(
            Text("已定：压制（{reason}）", "decided: suppressed ({reason})"), reason=decision.entry.reason
        )


def _short(file: Path) -> str:
    from pddlint.catalog.discover import shown

    return shown(file, Path.cwd())
