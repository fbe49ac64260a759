"""The flags of `lsp`."""

from __future__ import annotations

import argparse
from collections.abc import Callable

Say = Callable[[str, str], str]


def add(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "--stdio",
        action="store_true",
        help=say("通过标准输入输出通信（总是如此）", "talk over standard input and output (it always does)"),
    )
    parser.add_argument("--clientProcessId", help=argparse.SUPPRESS)  # what VS Code's client library passes
