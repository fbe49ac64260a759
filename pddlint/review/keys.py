"""Answers from the user: one key on a terminal, a line each where answers are piped in."""

from __future__ import annotations

import contextlib
import sys
import unicodedata
from collections.abc import Callable
from typing import TextIO

Ask = Callable[[str], str | None]  # a prompt -> the answer; None: there will be no more


def one_key(prompt: str, source: TextIO | None = None) -> str | None:
    """The key pressed, in lower case; of a piped line the first character, "" for an empty one. None at the end."""
    source = source or sys.stdin
    sys.stdout.write(prompt)
    sys.stdout.flush()
    if not source.isatty():
        text = source.readline()
        answer = None if not text else text.strip()[:1]
    else:
        answer = _pressed(source)
    answer = None if answer is None else unicodedata.normalize("NFKC", answer).lower()
    _echo("" if answer is None or not answer.isprintable() else answer)
    return answer


def line(prompt: str, source: TextIO | None = None) -> str | None:
    """A line of text without its end, "" for an empty one. None at the end."""
    source = source or sys.stdin
    if source is sys.stdin and source.isatty():
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401 - input() edits by characters, Chinese ones too
        try:
            return input(prompt).strip()
        except EOFError:
            _echo("")
            return None
    sys.stdout.write(prompt)
    sys.stdout.flush()
    text = source.readline()
    _echo(text.strip())
    return text.strip() if text else None


def _echo(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _pressed(source: TextIO) -> str | None:
    """One character, read without waiting for the end of the line. Ctrl-C is KeyboardInterrupt, Ctrl-D the end."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        import msvcrt

        return _checked(msvcrt.getwch())  # type: ignore[attr-defined,unused-ignore]
    handle = source.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle)
        return _checked(_character(handle))
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def _character(handle: int) -> str:
    """One character in UTF-8, past any buffer. Of a key that sends several (an arrow) the rest is thrown away."""
    import os
    import termios

    data = os.read(handle, 1)
    if data[:1] >= b"\xc0":
        data += os.read(handle, 1 if data < b"\xe0" else 2 if data < b"\xf0" else 3)
    if data == b"\x1b":
        termios.tcflush(handle, termios.TCIFLUSH)
    return data.decode("utf-8", "replace")


def _checked(key: str) -> str | None:
    if key == "\x03":
        raise KeyboardInterrupt
    return None if key in ("", "\x04", "\x1a") else key
