"""One line on stderr that says how far a long run is; silent when stderr is no terminal or the run is short."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from pddlint.checkers.base import Lang

_PATIENCE = 1.0  # seconds before the line appears
_STAGES = {
    "listings": ("正在检查商品：已看 {} 个", "looking at listings: {} so far"),
    "merchants": ("正在比较商品：已比 {} 家商户", "comparing listings: {} merchants so far"),
}


class Progress:
    """Call it with (stage, how many are done) as often as you like."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.on = sys.stderr.isatty()
        self.next = time.monotonic() + _PATIENCE
        self.shown = False

    def __call__(self, stage: str, done: int) -> None:
        if not self.on or time.monotonic() < self.next:
            return
        self.next = time.monotonic() + 0.1
        zh, en = _STAGES[stage]
        sys.stderr.write("\r\x1b[K" + (zh if self.lang == "zh" else en).format(done))
        sys.stderr.flush()
        self.shown = True

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
