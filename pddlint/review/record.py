"""Decisions kept: each one is in the configuration file before the next question is asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from pddlint.checkers.base import Text
from pddlint.errors import UsageError
from pddlint.review.configuration import read, with_suppressions
from pddlint.settings import Suppression


class Record:
    """The suppressions decided on in this review, and the configuration file they are kept in.

    The file is what it was before the review plus the decisions so far, so that going back undoes. When someone else
    changes it meanwhile, it is taken as it then is, and what had been decided stays in it. `write` replaces a file.
    """

    def __init__(self, file: Path, write: Callable[[Path, bytes], None]) -> None:
        self.file = file
        self._write = write
        self._before = self._written = read(file)
        self._kept: tuple[Suppression, ...] = ()  # in the file as last written
        self._fixed: tuple[Suppression, ...] = ()  # of these, what can no longer be undone

    def keep(self, entries: Sequence[Suppression]) -> None:
        """Make the file say these entries. UsageError when it cannot; it is then as it was."""
        now = read(self.file)
        if now != self._written:
            self._before, self._fixed = now, self._kept
        if any(entry not in entries for entry in self._fixed):
            raise UsageError(
                Text(
                    f"{self.file} 在这期间被改过，已写入的压制请自己删去",
                    f"{self.file} was changed meanwhile: take the suppression out by hand",
                )
            )
        text = with_suppressions(self._before, self.file.name, [e for e in entries if e not in self._fixed])
        if text != now:
            if self.file.exists() and not os.access(self.file, os.W_OK):
                raise UsageError(Text(f"{self.file} 是只读的，没有写", f"{self.file} is write-protected: not written"))
            self._write(self.file, text.encode())
        self._written, self._kept = text, tuple(entries)
