"""The command line: one module per command, no logic. `run` turns every way of ending into an exit status."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pddlint.errors import UsageError
from pddlint.i18n import language

_CANNOT_WRITE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def run(argv: Sequence[str]) -> int:
    """Run a command line; returns the exit status. Never a traceback, unless PDDLINT_TRACEBACK is set."""
    # Read when numpy and OpenCV load. Their products are small: a thread per core for each spins longer than it works.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(500_000)  # most of what a run makes stays: looking for garbage took a tenth of a short one
    lang = language(asked_language(argv))
    if sys.stdout is None or sys.stderr is None:  # started with the stream closed
        sys.stdout, sys.stderr = (stream or Path(os.devnull).open("w") for stream in (sys.stdout, sys.stderr))  # noqa: SIM115 - for the life of the process
    try:
        from pddlint.cli.parser import build

        try:
            arguments = build(lang).parse_args(list(argv))
            status: int = arguments.run(arguments, lang)
        except SystemExit as error:  # argparse: --help and mistakes
            status = error.code if isinstance(error.code, int) else 2
        sys.stdout.flush()
        return status
    except UsageError as error:
        for line in error.lines(lang):
            print(f"pddlint: {line}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\npddlint: 已中断" if lang == "zh" else "\npddlint: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader (head, a pager) has had enough
        from pddlint.cli.output import forget_stdout

        forget_stdout()
        return 141
    except OSError as error:
        if error.filename is not None or error.errno not in _CANNOT_WRITE:
            return _internal(error, lang)
        from pddlint.cli.output import forget_stdout

        forget_stdout()  # a full disk behind the shell's `>`
        what = "写不了标准输出" if lang == "zh" else "cannot write standard output"
        print(f"pddlint: {what}: {error.strerror or error}", file=sys.stderr)
        return 2
    except Exception as error:
        return _internal(error, lang)


def asked_language(argv: Sequence[str]) -> str | None:
    """The value of --lang, read before the parser exists because the parser itself speaks that language."""
    for index, word in enumerate(argv):
        if word == "--lang":
            return argv[index + 1] if index + 1 < len(argv) else None
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return None


def _internal(error: Exception, lang: str) -> int:
    if os.environ.get("PDDLINT_TRACEBACK"):
        raise error
    from pddlint.judging import describe

    what = describe(error)
    if lang == "zh":
        text = (
            f"pddlint 内部错误，没有完成检查：{what}\n"
            "这是 pddlint 的缺陷。设置 PDDLINT_TRACEBACK=1 再运行一次，把输出附在反馈里。"
        )
    else:
        text = (
            f"pddlint failed on an internal error and did not finish: {what}\n"
            "This is a bug in pddlint. Run again with PDDLINT_TRACEBACK=1 and attach the output to your report."
        )
    print(text, file=sys.stderr)
    return 2
