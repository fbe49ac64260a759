"""The same program on a Ray cluster of two workers on this machine, and with one of them killed half-way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import catalogs
from tests.distributed.compared import DEMO, ROOT, RULES

pytest.importorskip("daft", reason="Daft is not installed (pip install 'pddlint[ray]')")
pytest.importorskip("ray", reason="Ray is not installed (pip install 'pddlint[ray]')")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

# A process of its own: Daft's runner cannot be changed once it is chosen, and a cluster that fails takes it along.
_PROGRAM = """
import json, sys, threading, time
from pathlib import Path
import ray
from ray.cluster_utils import Cluster

def main():
    order = json.loads(sys.argv[1])
    node = {"num_cpus": 1, "object_store_memory": 200_000_000}
    cluster = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
    second = cluster.add_node(**node)
    ray.init(address=cluster.address, log_to_driver=False)
    from pddlint import engine
    from pddlint.distributed import giants, portions
    from pddlint.distributed.run import run
    from tests.distributed.compared import facts, settings
    portions.SMALLEST = 60_000
    giants.LARGE = order["large"]
    giants.BLOCK = 60
    said = []
    for name in order["folders"]:
        folder = Path(name)
        plain, wanted = settings(folder), settings(folder, jobs=order["jobs"])
        expected = facts(engine.run(plain, [folder]), plain)
        if order["kill"]:
            threading.Timer(order["kill"], cluster.remove_node, (second, False)).start()
        same = facts(run(wanted, [folder]), wanted) == expected
        said.append([folder.name, same, len(expected["findings"]), sum(n["Alive"] for n in ray.nodes())])
    print(json.dumps(said))
    ray.shutdown()
    cluster.shutdown()

main()
"""


def on_cluster(*folders: Path, jobs: int = 1, kill: float = 0, large: int = 10**9) -> list[Any]:
    """[folder, whether the findings are the plain run's, how many, workers alive at the end] for each folder."""
    order = {"folders": list(map(str, folders)), "jobs": jobs, "kill": kill, "large": large}
    quiet = {"DAFT_ANALYTICS_ENABLED": "0", "RAY_USAGE_STATS_ENABLED": "0", "DAFT_PROGRESS_BAR": "0"}
    ended = subprocess.run(
        [sys.executable, "-c", _PROGRAM, json.dumps(order)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **quiet, "DAFT_RUNNER": "ray", "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    told: list[Any] = json.loads(ended.stdout.splitlines()[-1])
    return told


def test_every_catalog_of_the_tests(tmp_path: Path) -> None:
    catalogs.write(tmp_path, 200, 2, 2)
    for name, same, findings, alive in on_cluster(DEMO, *RULES, tmp_path):
        assert same, name
        assert findings, name
        assert alive == 2


def test_in_processes_with_a_very_large_merchant(tmp_path: Path) -> None:
    catalogs.write(tmp_path, 100, 1, 2)
    ((_, same, findings, _),) = on_cluster(tmp_path, jobs=2, large=80)
    assert same
    assert findings


def test_a_worker_that_is_killed_half_way_costs_no_finding(tmp_path: Path) -> None:
    catalogs.write(tmp_path, 1500, 6, 4)
    ((_, same, findings, alive),) = on_cluster(tmp_path, jobs=2, kill=6)
    assert same
    assert findings
    assert alive == 1  # it was killed before the run was over
