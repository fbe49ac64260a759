"""The run as a Daft query: a map over portions, a shuffle by group, a map over groups.

Results come back in a stream. On Ray, a node that is lost takes running tasks with it: Daft repeats them elsewhere, and
where what it held cannot be had again the query is started anew; nothing is reported before a query is whole.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pddlint.checkers.base import Text
from pddlint.errors import UsageError

if TYPE_CHECKING:
    import daft

_PORTIONS_A_CORE = 3  # tasks for each core of a cluster: starting one costs about two seconds
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
    """Runs queries on Daft, in this process or on the Ray cluster that DAFT_RUNNER=ray names."""

    def __init__(self, processes: bool) -> None:
        self.daft = load()
        self.ray = _runner(self.daft) == "ray"
        self.processes = processes
        self.cores = _cluster_cores() if self.ray else (os.cpu_count() or 1)

    def mapped(self, tasks: Sequence[bytes], work: Callable[[bytes], list[bytes]]) -> Iterator[bytes]:
        """All that `work` makes of the tasks, in no particular order."""
        col, kind = self.daft.col, self.daft.DataType
        made = self._function(lambda batch: [work(task) for task in batch.to_pylist()], kind.list(kind.binary()))
        frame = self._source(tasks).select(made(col("task")).alias("made")).explode("made")
        yield from self._stream(frame, "made")

    def grouped(
        self,
        tasks: Sequence[bytes],
        read: Callable[[bytes], list[tuple[str, bytes]]],
        compare: Callable[[str, Sequence[bytes]], bytes],
    ) -> Iterator[bytes]:
        """`read` makes (group, row) of each task, `compare` one result of each group's rows."""
        col, kind = self.daft.col, self.daft.DataType
        row = kind.struct({"group": kind.string(), "row": kind.binary()})

        def rows_of(batch: daft.Series) -> list[list[dict[str, Any]]]:
            return [[{"group": group, "row": data} for group, data in read(task)] for task in batch.to_pylist()]

        def outcomes_of(groups: daft.Series, rows: daft.Series) -> list[bytes]:
            return [compare(group, some) for group, some in zip(groups.to_pylist(), rows.to_pylist(), strict=True)]

        made = self._function(rows_of, kind.list(row))
        outcome = self._function(outcomes_of, kind.binary())
        rows = self._source(tasks).select(made(col("task")).alias("made")).explode("made")
        rows = rows.select(col("made").get("group").alias("group"), col("made").get("row").alias("row"))
        groups = rows.groupby("group").agg(col("row").list_agg())
        yield from self._stream(groups.select(outcome(col("group"), col("row")).alias("outcome")), "outcome")

    def lost_process(self, error: Exception) -> bool:
        """Whether a process of a worker died over what it did, as far as the engine's message tells."""
        return "UDF process" in str(error)

    def _source(self, tasks: Sequence[bytes]) -> daft.DataFrame:
        frame = self.daft.from_pydict({"task": list(tasks)})
        partitions = min(len(tasks), _PORTIONS_A_CORE * self.cores)
        return frame.into_partitions(partitions) if self.ray and partitions > 1 else frame

    def _function(self, function: Callable[..., Any], returns: Any) -> Any:
        return self.daft.func.batch(return_dtype=returns, batch_size=1, use_process=self.processes)(function)

    def _stream(self, frame: daft.DataFrame, column: str) -> Iterator[bytes]:
        with self.daft.execution_config_ctx(shuffle_aggregation_default_partitions=2 * self.cores):
            for row in frame.iter_rows(results_buffer_size=2 * self.cores, column_format="python"):
                yield row[column]


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
        ray.init(address=address, log_to_driver=False, logging_level="ERROR", runtime_env=quiet)
    except (ConnectionError, TimeoutError, RuntimeError) as error:
        raise UsageError(
            Text(
                f"连不上 Ray 集群（{address}）：先在各台机器上 ray start；上次的集群若是被强行结束的，先运行 ray stop",
                f"there is no Ray cluster to reach at {address}: run ray start on its machines first; where the last "
                "one was killed, run ray stop before",
            )
        ) from error


def _cluster_cores() -> int:
    import ray

    return max(1, int(ray.cluster_resources().get("CPU", 1)))
