"""`pddlint lsp`: the language server."""

from __future__ import annotations

import argparse
import sys

from pddlint.checkers.base import Lang, Text
from pddlint.errors import UsageError


def run(arguments: argparse.Namespace, lang: Lang) -> int:
    try:
        import pygls.lsp.server  # noqa: F401 - of the extra `lsp`; older versions have no such module
    except ImportError as error:
        raise UsageError(
            Text("lsp 需要 pygls：pip install 'pddlint[lsp]'", "lsp needs pygls: pip install 'pddlint[lsp]'")
        ) from error
    from pddlint.lsp.server import serve

    if sys.stdin.isatty():
        waiting = Text(
            "等编辑器从标准输入发来消息；Ctrl-C 结束", "waiting for an editor on standard input; Ctrl-C ends"
        )
        print(f"pddlint: {waiting.in_(lang)}", file=sys.stderr)
    serve(getattr(arguments, "lang", None))
    return 0
