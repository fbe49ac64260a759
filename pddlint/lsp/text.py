"""Places as editors count them: lines and columns from 0, columns in the units agreed on with the client.

Reports count code points from 1. An editor counts UTF-16 code units unless both sides agree on something else.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from itertools import accumulate, islice

from lsprotocol.types import Position, Range

from pddlint.catalog.decode import Unreadable
from pddlint.report import Spot
from pddlint.reports.excerpt import source_lines

_HEAD = 5  # lines of a record that is marked in an editor, at most
_STEP = 4096  # code points: of a longer line (a whole catalog on one) the width is noted this often
_WIDTHS: dict[str, Callable[[str], int]] = {
    "utf-8": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "utf-16": lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    "utf-32": len,
}


class Units:
    """Columns in the units of one encoding: "utf-8", "utf-16" or "utf-32"."""

    def __init__(self, encoding: str) -> None:
        self.width = _WIDTHS[encoding]
        self._noted: dict[str, list[int]] = {}

    def position(self, lines: dict[int, str], line: int, column: int) -> Position:
        """A report's line and column, both from 1, as the client counts."""
        return Position(line - 1, self._before(lines.get(line, ""), column - 1))

    def _before(self, line: str, count: int) -> int:
        """Width of the first code points of a line."""
        if count < _STEP:
            return self.width(line[:count])
        noted = self._noted.get(line)
        if noted is None:
            steps = (self.width(line[at : at + _STEP]) for at in range(0, len(line), _STEP))
            noted = self._noted[line] = [0, *accumulate(steps)]
        step = min(count // _STEP, len(noted) - 1)
        return noted[step] + self.width(line[step * _STEP : count])

    def offset(self, text: str, offset: int) -> Position:
        """A code point offset in a text."""
        start = text.rfind("\n", 0, offset) + 1
        return Position(text.count("\n", 0, offset), self.width(text[start:offset]))

    def head(self, spot: Spot, lines: dict[int, str], skus: tuple[str, ...] = ()) -> Range:
        """What is marked for a place: all of it where it is on one line; of a longer one the lines as far as the title,
        or the SKU's id, so that a whole record is not underlined."""
        start = self.position(lines, spot.line, spot.column)
        if spot.end_line == spot.line:
            return Range(start, self.position(lines, spot.line, max(spot.end_column, spot.column)))
        named = [*skus, spot.listing.title if spot.listing else "", spot.listing.id if spot.listing else ""]
        last = spot.line + (lines.get(spot.line, "")[spot.column - 1 :].strip() in ("{", "["))
        for number in range(spot.line, min(spot.line + _HEAD, spot.end_line)):
            if any(name and name in lines.get(number, "") for name in named):
                last = number
        text = lines.get(last, "").rstrip()
        return Range(start, Position(last - 1, max(self.width(text), start.character if last == spot.line else 0)))


class Lines:
    """The lines of files that places name, read once a file. `texts` are those open in the editor, by real path."""

    def __init__(self, spots: Iterable[Spot], texts: dict[str, str]) -> None:
        wanted: dict[str, set[int]] = {}
        for spot in spots:
            if spot.path:
                end = min(spot.end_line, spot.line + _HEAD)
                wanted.setdefault(spot.path, set()).update(range(spot.line, end + 1))
        self._kept: dict[str, dict[int, str]] = {}
        for path, numbers in wanted.items():
            self._kept[path] = _chosen(path, numbers, texts.get(os.path.realpath(path)))

    def of(self, path: str) -> dict[int, str]:
        return self._kept.get(path, {})


def _chosen(path: str, numbers: set[int], text: str | None) -> dict[int, str]:
    try:
        source = source_lines(path) if text is None else iter(text.split("\n"))
        chosen = enumerate(islice(source, max(numbers)), 1)
        return {number: line.rstrip("\r") for number, line in chosen if number in numbers}
    except (OSError, ValueError, Unreadable):
        return {}
