"""Lines of the source around findings, with carets under what is meant, however wide its characters are.

Each file is read once, as far as the last line needed; of a long line (a whole catalog on one) only a window is kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pddlint.catalog.decode import Unreadable, open_regular, utf8_blocks
from pddlint.report import Spot
from pddlint.reports.terminal import display_width, one_line

_LINES = 4  # lines shown of a place that spans several
_BEFORE = 80  # code points kept before the place on a long line
_AFTER = 320


class Excerpts:
    """Source lines for many places. Files that cannot be read any more have none."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        wanted: dict[str, dict[int, set[int]]] = {}
        for spot in spots:
            if spot.path and not spot.picture:
                for number in self.numbers(spot):
                    column = spot.column if number == spot.line else 1
                    wanted.setdefault(spot.path, {}).setdefault(number, set()).add(column)
        self.kept: dict[tuple[str, int, int], tuple[int, str]] = {}
        for path, numbers in wanted.items():
            try:
                self._read(path, numbers)
            except (OSError, ValueError, Unreadable):
                continue

    def numbers(self, spot: Spot) -> list[int]:
        """Numbers of the lines to show for a place."""
        return list(range(spot.line, min(spot.end_line, spot.line + _LINES - 1) + 1))

    def lines(self, spot: Spot, width: int) -> Iterator[tuple[int, str, str]]:
        """(line number, text, carets) for a place, at most `width` terminal columns; carets if it is on one line."""
        single = spot.line == spot.end_line
        for number in self.numbers(spot):
            column = spot.column if number == spot.line else 1
            found = self.kept.get((spot.path, number, column))
            if found is None:
                continue
            start, text = found
            if single:
                yield number, *_marked(text, column - 1 - start, spot.end_column - 1 - start, width, start > 0)
            else:
                yield number, _cut(text, 0, width, start > 0)[0], ""

    def _read(self, path: str, numbers: dict[int, set[int]]) -> None:
        last = max(numbers)
        for number, text in enumerate(source_lines(path), 1):
            for column in numbers.get(number, ()):
                start = max(0, column - 1 - _BEFORE) if len(text) > _BEFORE + _AFTER else 0
                self.kept[path, number, column] = (start, text[start : start + _BEFORE + _AFTER].rstrip("\r\n"))
            if number >= last:
                return


def source_lines(path: str) -> Iterator[str]:
    """The lines of a source file as the reader saw it: unpacked, decoded, split at line feeds only."""
    with open_regular(Path(path)) as file:
        rest = b""
        for block in utf8_blocks(file, os.fstat(file.fileno()).st_size):
            *whole, rest = (rest + block).split(b"\n")
            for line in whole:
                yield line.decode("utf-8", "replace")
        yield rest.decode("utf-8", "replace")


def _marked(text: str, begin: int, end: int, width: int, more_before: bool) -> tuple[str, str]:
    """The text in a window of `width` columns that shows `begin`, carets under begin..end (code point offsets)."""
    begin = min(max(begin, 0), len(text))
    end = min(max(end, begin + 1), max(len(text), begin + 1))
    first = begin
    while first > 0 and display_width(one_line(text[first - 1 : begin])) < width // 3:
        first -= 1
    if display_width(one_line(text)) <= width and not more_before:
        first = 0
    shown, left = _cut(text, first, width, more_before or first > 0)
    offset = left + display_width(one_line(text[first:begin]))
    length = display_width(one_line(text[begin:end])) or 1
    room = display_width(shown) - offset
    return shown, " " * offset + "^" * max(1, min(length, room))


def _cut(text: str, first: int, width: int, more_before: bool) -> tuple[str, int]:
    """The text from `first` on in at most `width` columns, … where cut; and the columns before `first`."""
    lead = "…" if more_before else ""
    body = one_line(text[first:])
    if display_width(lead + body) <= width:
        return lead + body, len(lead)
    columns = len(lead) + 1
    kept = []
    for char in body:
        columns += display_width(char)
        if columns > width:
            break
        kept.append(char)
    return lead + "".join(kept) + "…", len(lead)
