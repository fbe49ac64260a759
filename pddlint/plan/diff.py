"""A unified diff made from edits, so that its cost follows the edits and not the file.

Lines too long to read (a catalog in one line) are cut down to what changes in them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import msgspec

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
    lines, shift = _Lines(change.file.text), 0
    for blocks in _hunks(_blocks(lines, change.edits)):
        first, stop = blocks[0].first - CONTEXT, blocks[-1].stop + CONTEXT
        at, body, grown = max(0, first), list[str](), 0
        start = at
        for block in blocks:
            body += [f" {_whole(line)}" for line in lines.between(at, block.first)]
            body += _changed(block)
            grown += len(block.new) - len(block.old)
            at = block.stop
        stop = min(stop, lines.count)
        body += [f" {_whole(line)}" for line in lines.between(at, stop)]
        size = stop - start
        yield f"@@ -{_range(start, size)} +{_range(start + shift, size + grown)} @@"
        yield from body
        shift += grown


class _Block(msgspec.Struct, frozen=True):
    """Lines `first` up to `stop` of the old text, and what becomes of them."""

    first: int
    stop: int
    old: list[bytes]
    new: list[bytes]


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
        return max(0, min(bisect_right(self.starts, offset) - 1, self.count - 1))

    def between(self, first: int, stop: int) -> list[bytes]:
        return _split(self.text[self.starts[first] : self.starts[stop]]) if stop > first else []


def _blocks(lines: _Lines, edits: Sequence[Edit]) -> Iterator[_Block]:
    """What changes, as whole lines: edits that touch the same lines together."""
    run: list[Edit] = []
    for edit in edits:
        if run and lines.number(edit.start) > lines.number(run[-1].end):
            yield _block(lines, run)
            run = []
        run.append(edit)
    if run:
        yield _block(lines, run)


def _block(lines: _Lines, edits: Sequence[Edit]) -> _Block:
    first, last = lines.number(edits[0].start), lines.number(edits[-1].end)
    start, end = lines.starts[first], lines.starts[last + 1]
    old = _split(lines.text[start:end])
    new = _split(splice(lines.text[start:end], [Edit(e.start - start, e.end - start, e.replacement) for e in edits]))
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    return _Block(first + head, last + 1 - tail, old[head : len(old) - tail], new[head : len(new) - tail])


def _hunks(blocks: Iterable[_Block]) -> Iterator[list[_Block]]:
    """Blocks so near that their context would touch, together."""
    group: list[_Block] = []
    for block in blocks:
        if group and block.first > group[-1].stop + 2 * CONTEXT:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _changed(block: _Block) -> Iterator[str]:
    if any(len(line) > LONGEST for line in block.old + block.new):
        yield from _cut(block.old, block.new)
        return
    yield from (f"-{_whole(line)}" for line in block.old)
    yield from (f"+{_whole(line)}" for line in block.new)


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
