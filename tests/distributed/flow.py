"""The engine's part done with lists, in an order drawn at random: what a run must not depend on."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence

from pddlint.distributed.dataflow import Read, Reduce, Row


class Lists:
    """As `pddlint.distributed.dataflow.Flow`."""

    def __init__(self, seed: int = 0, cores: int = 4) -> None:
        self.draw = random.Random(seed)
        self.cores = cores
        self.reads = 0

    def read(self, tasks: Sequence[bytes], work: Read) -> list[Row]:
        self.reads += len(tasks)
        return self._mixed(row for task in tasks for row in work(task))

    def table(self, rows: Sequence[Row]) -> list[Row]:
        return self._mixed(iter(rows))

    def reduced(
        self, tables: Sequence[list[Row]], work: Reduce, by_part: bool = False, light: bool = False
    ) -> list[Row]:
        groups: dict[tuple[str, str], list[bytes]] = {}
        for key, part, data in self._mixed(row for table in tables for row in table):
            groups.setdefault((key, part if by_part else ""), []).append(data)
        return self._mixed(row for (key, part), some in groups.items() for row in work(key, part, some))

    def held(self, table: list[Row]) -> list[Row]:
        return table

    def sizes(self, table: list[Row]) -> dict[str, int]:
        sizes: dict[str, int] = {}
        for key, _, _ in table:
            sizes[key] = sizes.get(key, 0) + 1
        return sizes

    def only(self, table: list[Row], keys: Collection[str], without: bool = False) -> list[Row]:
        return [row for row in table if (row[0] in keys) != without]

    def stream(self, table: list[Row]) -> Iterator[Row]:
        yield from self._mixed(iter(table))

    def lost_process(self, error: Exception) -> bool:
        return isinstance(error, BrokenPipeError)

    def _mixed(self, rows: Iterator[Row]) -> list[Row]:
        mixed = list(rows)
        self.draw.shuffle(mixed)
        return mixed
