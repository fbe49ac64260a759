"""Whatever the engine does with rows (order, grouping, cuts, repeats), the run finds what a plain run finds."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pddlint import engine
from pddlint.catalog.model import Origin
from pddlint.distributed import giants, portions, storage, wire, work
from pddlint.distributed.run import run
from pddlint.distributed.wire import Piece
from pddlint.errors import UsageError
from tests.benchmarks import catalogs
from tests.distributed.compared import RULES, facts, same, settings
from tests.distributed.flow import Lists


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions of a few listings, and merchants that count as very large."""
    monkeypatch.setattr(portions, "SMALLEST", 2_000)
    monkeypatch.setattr(portions, "LARGEST", 20_000)
    monkeypatch.setattr(giants, "LARGE", 20)
    monkeypatch.setattr(giants, "BLOCK", 13)
    monkeypatch.setattr(giants, "_SHARE", 5)


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """150 listings in three shops, one of them a merchant of its own that is no larger than a few listings."""
    folder = tmp_path_factory.mktemp("shops")
    catalogs.write(folder, 150, 3, 2)
    (folder / "other.json").write_text(json.dumps([listing(n, merchant="other", shop="o") for n in range(3)]), "utf-8")
    return folder


def listing(number: int, **more: Any) -> dict[str, Any]:
    sku = {"id": f"{number}1", "specs": {"颜色": "白色"}, "price": 12.9}
    return {"id": str(number), "title": f"实木筷子家用防滑十双装{number}", "merchant": "m", "skus": [sku], **more}


def lines(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


@pytest.mark.parametrize("folder", [path for path in RULES if path.name.startswith("CAT0")], ids=lambda path: path.name)
def test_broken_files(folder: Path) -> None:
    assert same([folder], Lists(1))["findings"]


def test_merchants_spread_over_many_tasks(shops: Path, small: None) -> None:
    told = same([shops], Lists(3))
    assert {"DUP001", "DUP005"} & {finding["code"] for finding in told["findings"]}


def test_a_merchant_with_pictures_spread_over_many_tasks(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giants, "LARGE", 1)
    monkeypatch.setattr(giants, "BLOCK", 2)
    (folder,) = (path for path in RULES if path.name.startswith("DUP005"))
    assert "DUP005" in {finding["code"] for finding in same([folder], Lists(4))["findings"]}


def test_files_cut_into_pieces(tmp_path: Path, small: None) -> None:
    broken = [listing(n, title="" if n % 7 == 0 else f"搪瓷杯{n}款", images=[f"no{n}.jpg"]) for n in range(90)]
    (tmp_path / "a.jsonl").write_text("\ufeff" + lines(*broken, {"what": 1}, *broken[:5]), "utf-8")
    (tmp_path / "b.jsonl").write_text(lines(*broken[:40]) + '{"id": "1", \n' + lines(*broken[40:]), "utf-8")
    (tmp_path / "c.jsonl").write_bytes(lines(*broken).encode("gb18030"))
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(lines(*broken).encode()))
    (tmp_path / "e.json").write_text("".join(json.dumps(one, indent=1) for one in broken), "utf-8")
    flow = Lists(5)
    told = same([tmp_path], flow)
    assert flow.reads > 12  # they were cut
    assert {"CAT003", "CAT004", "CAT005", "CAT011"} <= {finding["code"] for finding in told["findings"]}


def test_a_file_that_changes_between_its_pieces_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(lines(*(listing(n) for n in range(50))), "utf-8")
    wanted = settings(tmp_path)
    status = file.stat()
    whole = Piece(0, str(file), str(tmp_path), "a.jsonl", status.st_size, modified=status.st_mtime_ns)
    pieces = storage.cut_file(whole, 500, 1 << 20)
    assert len(pieces) > 5
    file.write_text(lines(*(listing(n) for n in range(49))), "utf-8")
    found = list(storage.documents_of(pieces[-1], engine.read_options(wanted)))
    assert getattr(found[-1], "kind", "") == "changed"


def test_repeated_and_contradictory_listings_across_files(tmp_path: Path, small: None) -> None:
    for name, title in (("a", "甲"), ("b", "甲"), ("c", "乙"), ("d", "丙")):
        rows = [listing(n, title=f"{title}款杯子{n}", shop="s") for n in range(1, 31)]
        (tmp_path / f"{name}.jsonl").write_text(lines(*rows, *rows[:3]), "utf-8")
    told = same([tmp_path], Lists(6))
    assert told["counts"].read.repeated == 102
    assert sum(finding["code"] == "CAT008" for finding in told["findings"]) == 30
    same([tmp_path], Lists(6), per_listing=True)


def test_selection_suppressions_and_single_files(shops: Path) -> None:
    same([shops], Lists(7), select=("CAT",))
    same([shops / "other.json", shops / "gone.json"], Lists(8))
    same([shops], Lists(9), ignore=("DUP001",), min_confidence=0.9)
    (folder,) = (path for path in RULES if path.name.startswith("CAT020"))
    assert same([folder], Lists(10))["suppressions"]


@hypothesis_settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6), st.integers(1, 8))
def test_no_order_of_the_engine_changes_anything(shops: Path, seed: int, cores: int) -> None:
    wanted = settings(shops, select=("BAIT", "CAT", "DUP006"))
    first = facts(run(wanted, [shops / "other.json"], flow=Lists(0)), wanted)
    assert facts(run(wanted, [shops / "other.json"], flow=Lists(seed, cores)), wanted) == first


class Failing(Lists):
    """Loses what it does the first times."""

    def __init__(self, error: Exception, times: int) -> None:
        super().__init__()
        self.error, self.times = error, times

    def stream(self, table: Any) -> Any:
        rows = list(super().stream(table))
        yield from rows[:1]
        if self.times:
            self.times -= 1
            raise self.error
        yield from rows[1:]


def test_a_query_that_is_lost_on_the_way_is_done_again_and_nothing_is_told_twice() -> None:
    same([RULES[2]], Failing(ConnectionError("a node is gone"), 2))


def test_after_the_death_of_a_process_listings_are_judged_in_processes_of_their_own() -> None:
    same([RULES[0]], Failing(BrokenPipeError("a process died"), 1))


def test_a_query_that_never_succeeds_is_a_clear_error() -> None:
    with pytest.raises(UsageError, match="a node is gone"):
        run(settings(RULES[2]), [RULES[2]], flow=Failing(ConnectionError("a node is gone"), 9))


def test_a_worker_with_other_rules_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "__version__", "0.0")
    flow = Lists()
    with pytest.raises(UsageError, match="this worker has pddlint"):
        run(settings(RULES[2]), [RULES[2]], flow=flow)
    assert flow.reads == 1  # not tried again


def test_what_travels_survives_names_no_encoding_can_carry_and_any_number() -> None:
    for origin in (Origin("a\udc80\udfff", start=2**80), Origin("\ufdd0d800", start=-(2**70)), Origin("普通")):
        assert wire.unpack(wire.pack(origin), Origin) == origin


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
def test_a_folder_whose_name_is_no_utf8(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb5\xea"))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("the file system allows no such name")
    (folder / "a.jsonl").write_text(lines(*(listing(n, merchant="") for n in range(5))), "utf-8")
    same([folder], Lists())
