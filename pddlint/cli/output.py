"""Where reports go. All are made before any is written, and a file is replaced in one step: an interrupted run leaves
the old file or the new one, never half of one."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import msgspec

from pddlint.checkers.base import Text
from pddlint.errors import UsageError
from pddlint.reports import TERMINAL


class Target(msgspec.Struct, frozen=True):
    """A report to make: its format, and its file (None: standard output)."""

    format: str
    path: Path | None = None


def open_targets(
    asked: Sequence[tuple[str | None, str | None]], configured: str | None, terminal: bool
) -> list[Target]:
    """The reports asked for, checked before the run so that a mistake costs no waiting."""
    default = configured or ("full" if terminal else "concise")
    targets = [
        Target(name or configured or "full", None if output in (None, "-") else Path(str(output)))
        for name, output in asked
    ] or [Target(default)]
    on_stdout = [target.format for target in targets if target.path is None]
    if len(on_stdout) > 1:
        raise UsageError(
            Text(
                f"{'、'.join(on_stdout)} 都要写到标准输出：在它们的 --format 后面各写上 --output 文件，至多留一个",
                f"{', '.join(on_stdout)} would all go to standard output: give all but one an --output FILE, "
                "right after its --format",
            )
        )
    for target in targets:
        if target.path and not (target.path.absolute().parent.is_dir() and not target.path.is_dir()):
            raise UsageError(
                Text(
                    f"--output：写不了 {target.path}：没有这个文件夹，或它本身是文件夹",
                    f"--output: cannot write {target.path}: its folder does not exist, or it is a folder itself",
                )
            )
    return targets


def deliver(reports: Sequence[tuple[Target, str]]) -> None:
    """Write the reports: files first, standard output last."""
    for target, text in reports:
        if target.path:
            replace_file(target.path, encoded(text))
    for target, text in reports:
        if target.path is None:
            _to_stdout(text, target.format)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file by renaming a finished one over it, keeping its permissions."""
    import tempfile  # most reports go to standard output

    try:
        if path.exists() and not path.is_file():  # /dev/stdout, a pipe
            path.write_bytes(data)
            return
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        real = Path(os.path.realpath(path))
        handle, name = tempfile.mkstemp(prefix=f".{real.name}.", dir=real.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(mode)
            Path(name).replace(real)
        except BaseException:
            Path(name).unlink()
            raise
    except OSError as error:
        raise UsageError(Text(f"写不了 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}")) from error


def encoded(text: str) -> bytes:
    """UTF-8; lone surrogates, which it cannot carry, become U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()


def colours(choice: str, stream: TextIO) -> bool:
    """Whether to colour: as asked, else on a terminal unless NO_COLOR is set (https://no-color.org)."""
    if choice != "auto":
        return choice == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _to_stdout(text: str, name: str) -> None:
    if not hasattr(sys.stdout, "buffer"):  # text that somebody captures
        sys.stdout.write(encoded(text).decode())
        return
    encoding = sys.stdout.encoding or "utf-8"
    data = encoded(text)
    if name in TERMINAL and encoding.lower().replace("-", "") != "utf8":
        data = data.decode().encode(encoding, "replace")
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        forget_stdout()
        reason = error.strerror
        raise UsageError(Text(f"写不了标准输出：{reason}", f"cannot write standard output: {reason}")) from error


def forget_stdout() -> None:
    """Send what is still buffered nowhere, so that the interpreter does not fail on it while it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
