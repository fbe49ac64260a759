"""A unified diff made from edits, so that its cost follows the edits and not the file.

Lines too long to read (a catalog in one line) are cut down to what changes in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pddlint.plan.apply import Change
from pddlint.plan.edit import Edit, splice
from pddlint.reports.terminal import one_line

CONTEXT = 3
LONGEST = 400  # characters of a line shown whole
_AROUND = 60  # characters shown on each side of a change in a longer line


def unified(change: Change) -> Iterator[str]:
    """The lines of the diff, without line breaks. It is a patch unless a line was cut (…)."""
    yield f"--- {change.file.shown}"
    yield f"+++ {change.file.shown}"
    text, shift = change.file.text, 0
    lines = _Lines(text)
    for first, last, edits in _hunks(lines, change.edits):
        start, end = lines.starts[first], lines.starts[last + 1]
        old = _split(text[start:end])
        new = _split(splice(text[start:end], [Edit(e.start - start, e.end - start, e.replacement) for e in edits]))
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        before = lines.between(max(0, first + head - CONTEXT), first + head)
        stop = last + 1 - tail
        after = lines.between(stop, min(stop + CONTEXT, lines.count))
        removed, added = old[head : len(old) - tail], new[head : len(new) - tail]
        at, size = first + head - len(before), len(before) + len(after)
        yield f"@@ -{_range(at, size + len(removed))} +{_range(at + shift, size + len(added))} @@"
        yield from (f" {_whole(line)}" for line in before)
        shown = list(_cut(removed, added)) if any(len(line) > LONGEST for line in removed + added) else None
        yield from shown or [*(f"-{_whole(line)}" for line in removed), *(f"+{_whole(line)}" for line in added)]
        yield from (f" {_whole(line)}" for line in after)
        shift += len(added) - len(removed)


class _Lines:
    def __init__(self, text: bytes) -> None:
        self.text = text
        self.starts = [0]
        at = text.find(b"\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = text.find(b"\n", at + 1)
        if self.starts[-1] < len(text):
            self.starts.append(len(text))
        self.count = len(self.starts) - 1

    def number(self, offset: int) -> int:
        from bisect import bisect_right

        return max(0, min(bisect_right(self.starts, offset) - 1, self.count - 1))

    def between(self, first: int, stop: int) -> list[bytes]:
        return _split(self.text[self.starts[first] : self.starts[stop]]) if stop > first else []


def _hunks(lines: _Lines, edits: Sequence[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """(first line, last line, edits) of edits so near that their context would touch."""
    group: list[Edit] = []
    first = last = 0
    for edit in edits:
        start, end = lines.number(edit.start), lines.number(edit.end)
        if group and start > last + 2 * CONTEXT:
            yield first, last, group
            group = []
        first = first if group else start
        last = max(last, end) if group else end
        group.append(edit)
    if group:
        yield first, last, group


def _split(text: bytes) -> list[bytes]:
    lines = text.split(b"\n")
    return lines[:-1] if lines[-1] == b"" else lines


def _common(a: Sequence[bytes], b: Sequence[bytes]) -> int:
    count = 0
    while count < min(len(a), len(b)) and a[count] == b[count]:
        count += 1
    return count


def _range(start: int, length: int) -> str:
    return f"{start + 1 if length else start},{length}"


def _whole(line: bytes) -> str:
    text = line.decode("utf-8", "replace").rstrip("\r")
    return one_line(text if len(text) <= LONGEST else f"{text[:_AROUND]}…{text[-_AROUND:]}")


def _cut(removed: Sequence[bytes], added: Sequence[bytes]) -> Iterator[str]:
    """Long lines: of each pair only the stretch that differs, with a little around it."""
    for index in range(max(len(removed), len(added))):
        old = removed[index].decode("utf-8", "replace") if index < len(removed) else ""
        new = added[index].decode("utf-8", "replace") if index < len(added) else ""
        head = _common_text(old, new)
        tail = _common_text(old[head:][::-1], new[head:][::-1])
        for mark, text in (("-", old), ("+", new)):
            if text:
                yield mark + one_line(_excerpt(text, head, len(text) - tail))


def _excerpt(text: str, start: int, end: int) -> str:
    left, right = max(0, start - _AROUND), min(len(text), end + _AROUND)
    middle = text[left:right]
    if len(middle) > 2 * LONGEST:
        middle = f"{middle[:LONGEST]}…{middle[-LONGEST:]}"
    return f"{'…' if left else ''}{middle}{'…' if right < len(text) else ''}"


def _common_text(a: str, b: str) -> int:
    """Length of the common start. Halving, so that long lines cost little."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[:middle] == b[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
