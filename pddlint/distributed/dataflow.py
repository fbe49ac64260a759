"""What a run asks of a distributed engine, done with Daft: to map rows, to bring rows of a key together, to hold them.

A row is a key, a part of it, and bytes. On Ray, a node that is lost takes running tasks with it: Daft repeats them on
another one.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from pddlint.checkers.base import Text
from pddlint.errors import UsageError

Row = tuple[str, str, bytes]  # key, part, data
Read = Callable[[bytes], list[Row]]
Reduce = Callable[[str, str, Sequence[bytes]], list[Row]]  # key, part ("" when whole keys come together), their data
Table = Any  # rows in the engine's hands

_PORTIONS_A_CORE = 3  # tasks for each core of a cluster: starting one costs about two seconds
_SHUFFLED_A_CORE = 2
_QUIET = {"DAFT_ANALYTICS_ENABLED": "0", "DO_NOT_TRACK": "true", "RAY_USAGE_STATS_ENABLED": "0"}


def load() -> Any:
    """The daft module, its telemetry off. UsageError when it is not installed."""
    for name, value in _QUIET.items():
        os.environ[name] = value
    os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
    for name in ("daft_io", "daft_local_execution"):  # they write to stderr what is found missing; we say it ourselves
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        import daft
    except ImportError as error:
        raise UsageError(
            Text(
                f"--engine daft 需要先安装 Daft：pip install 'pddlint[daft]'（{error}）",
                f"--engine daft needs Daft: pip install 'pddlint[daft]' ({error})",
            )
        ) from error
    return daft


class Flow:
    """Runs queries on Daft, in this process or on the Ray cluster that DAFT_RUNNER=ray names.

    `processes` lets every core work; without it all happens in one process of each machine, which starts faster.
    """

    def __init__(self, processes: bool) -> None:
        self.daft = load()
        self.ray = _runner(self.daft) == "ray"
        self.processes = processes
        self.cores = _cluster_cores() if self.ray else (os.cpu_count() or 1)

    def read(self, tasks: Sequence[bytes], work: Read) -> Table:
        """The rows that `work` makes of each task."""
        frame = self.daft.from_pydict({"task": list(tasks)})
        partitions = min(len(tasks), _PORTIONS_A_CORE * self.cores)
        frame = frame.into_partitions(partitions) if self.ray and partitions > 1 else frame

        def rows_of(batch: Any) -> list[list[dict[str, Any]]]:
            return [_structs(work(task)) for task in batch.to_pylist()]

        return self._exploded(frame.select(self._function(rows_of)(self.daft.col("task")).alias("made")))

    def table(self, rows: Sequence[Row]) -> Table:
        """Rows that the driver has."""
        keys, parts, data = ([row[at] for row in rows] for at in range(3))
        return self.daft.from_pydict({"key": keys, "part": parts, "data": data})

    def reduced(self, tables: Sequence[Table], work: Reduce, by_part: bool = False, light: bool = False) -> Table:
        """What `work` makes of all rows of a key (and part) in any of the tables. `light` work starts no processes."""
        col = self.daft.col
        frame = tables[0]
        for other in tables[1:]:
            frame = frame.concat(other)
        names = [col("key"), col("part")] if by_part else [col("key")]
        if self.ray:  # or every shuffle has as many partitions as what it shuffles, and more after each concat
            frame = frame.repartition(_SHUFFLED_A_CORE * self.cores, *names)
        grouped = frame.groupby(*names).agg(col("data").list_agg().alias("some"))

        def rows_of(keys: Any, parts: Any, data: Any) -> list[list[dict[str, Any]]]:
            every = zip(keys.to_pylist(), parts.to_pylist(), data.to_pylist(), strict=True)
            return [_structs(work(key, part, some)) for key, part, some in every]

        part = col("part") if by_part else self.daft.lit("")
        grouped = grouped.select(col("key"), part.alias("part"), col("some"))
        made = self._function(rows_of, light)(col("key"), col("part"), col("some"))
        return self._exploded(grouped.select(made.alias("made")))

    def held(self, table: Table) -> Table:
        """The rows, made now and kept for several uses."""
        with self._configured():
            return table.collect()

    def sizes(self, table: Table) -> dict[str, int]:
        """How many rows each key has."""
        col = self.daft.col
        with self._configured():
            counted = table.groupby("key").agg(col("part").count().alias("rows")).to_pydict()
        return dict(zip(counted["key"], counted["rows"], strict=True))

    def only(self, table: Table, keys: Collection[str], without: bool = False) -> Table:
        """The rows of some keys, or of all others."""
        chosen = self.daft.col("key").is_in(sorted(keys))
        return table.where(~chosen if without else chosen)

    def stream(self, table: Table) -> Iterator[Row]:
        """The rows, in no particular order, as they are made."""
        with self._configured():
            for row in table.iter_rows(results_buffer_size=2 * self.cores, column_format="python"):
                yield row["key"], row["part"], row["data"]

    def lost_process(self, error: Exception) -> bool:
        """Whether a process of a worker died over what it did, as far as the engine's message tells."""
        return "UDF process" in str(error)

    def _exploded(self, frame: Any) -> Table:
        made = self.daft.col("made")
        frame = frame.explode("made").where(made.not_null())
        return frame.select(*(made.get(name).alias(name) for name in ("key", "part", "data")))

    def _function(self, function: Callable[..., Any], light: bool = False) -> Any:
        processes = self.processes and not light
        kind = self.daft.DataType
        row = kind.struct({"key": kind.string(), "part": kind.string(), "data": kind.binary()})
        return self.daft.func.batch(return_dtype=kind.list(row), batch_size=1, use_process=processes)(function)

    def _configured(self) -> Any:
        return self.daft.execution_config_ctx(shuffle_aggregation_default_partitions=_SHUFFLED_A_CORE * self.cores)


def _structs(rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [{"key": key, "part": part, "data": data} for key, part, data in rows]


def _runner(daft: Any) -> str:
    """ "native", or "ray" where DAFT_RUNNER says so or this process is part of a Ray cluster already."""
    if os.environ.get("DAFT_RUNNER", "").lower() == "ray":
        _join_cluster()
    runner: str = daft.runners.get_or_create_runner().name
    return runner


def _join_cluster() -> None:
    """Connect to the cluster that RAY_ADDRESS names, else to the one on this machine. UsageError without one."""
    try:
        import ray
    except ImportError as error:
        raise UsageError(
            Text(
                f"DAFT_RUNNER=ray 需要先安装 Ray：pip install 'pddlint[ray]'（{error}）",
                f"DAFT_RUNNER=ray needs Ray: pip install 'pddlint[ray]' ({error})",
            )
        ) from error
    if ray.is_initialized():
        return
    address = os.environ.get("RAY_ADDRESS", "auto")
    quiet = {"env_vars": {name: os.environ[name] for name in (*_QUIET, "DAFT_PROGRESS_BAR")}}
    try:
        _knock(address)
        ray.init(address=address, log_to_driver=False, logging_level="ERROR", runtime_env=quiet)
    except (OSError, RuntimeError) as error:
        raise UsageError(
            Text(
                f"连不上 Ray 集群（{address}）：先在各台机器上 ray start；上次的集群若是被强行结束的，先运行 ray stop",
                f"there is no Ray cluster to reach at {address}: run ray start on its machines first; where the last "
                "one was killed, run ray stop before",
            )
        ) from error


def _knock(address: str) -> None:
    """OSError when nobody answers at a cluster's address, which Ray itself finds out only after minutes. "auto" is the
    address Ray left in a file; a killed cluster leaves it too.
    """
    left = Path("/tmp/ray/ray_current_cluster")
    if address == "auto" and left.is_file():
        address = left.read_text().strip()
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host, int(port)), timeout=10).close()


def _cluster_cores() -> int:
    import ray

    return max(1, int(ray.cluster_resources().get("CPU", 1)))
