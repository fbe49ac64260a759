"""What a run on a cluster costs: CPU and bytes a listing and a picture, measured here and extrapolated.

    python -m tests.benchmarks.distributed [--listings 4000] [--shop 500] [--pictures 60] [--skew 4000] [--price 0.04]

Costs are CPU seconds on this machine of the functions that run inside partitions, called by lists in place of an
engine. `--skew` is the size of one merchant beside a tenth as many small ones; the times of the tasks are shown with
that merchant in one task and spread over many.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image

from pddlint import config
from pddlint.distributed import giants, portions
from pddlint.distributed.dataflow import Read, Reduce, Row
from pddlint.distributed.run import run
from pddlint.images.features import describe
from pddlint.images.hashes import picture_print
from tests.benchmarks import catalogs
from tests.distributed.flow import Lists

OVERHEAD = 1.3  # engine, shuffle and idle cores, on top of the CPU measured
PICTURES = 6  # a listing
DESCRIBED = 0.2  # share of pictures looked at a second time, by local features


class Timed(Lists):
    """Notes each task's CPU seconds, and the bytes of the rows it makes."""

    def __init__(self, cores: int) -> None:
        super().__init__(cores=cores)
        self.seconds: dict[str, list[float]] = {}
        self.bytes: dict[str, int] = {}

    def read(self, tasks: Sequence[bytes], work: Read) -> list[Row]:
        return super().read(tasks, lambda task: self._timed(work, task))

    def reduced(
        self, tables: Sequence[list[Row]], work: Reduce, by_part: bool = False, light: bool = False
    ) -> list[Row]:
        return super().reduced(tables, lambda *given: self._timed(work, *given), by_part, light)

    def _timed(self, work: Any, *given: Any) -> list[Row]:
        name = getattr(work, "func", work).__name__
        before = time.process_time()
        rows: list[Row] = work(*given)
        self.seconds.setdefault(name, []).append(time.process_time() - before)
        self.bytes[name] = self.bytes.get(name, 0) + sum(len(data) for _, _, data in rows)
        return rows

    def table_of_tasks(self) -> str:
        lines = ["  step          tasks    CPU s   longest   rows' MB"]
        for name, some in self.seconds.items():
            lines.append(f"  {name:12} {len(some):6} {sum(some):8.1f} {max(some):9.2f} {self.bytes[name] / 1e6:10.1f}")
        return "\n".join(lines)


def timed(folder: Path, cores: int = 8) -> Timed:
    """A run on the catalog in a folder, timed task by task."""
    flow = Timed(cores)
    settings = config.override(config.resolve([folder], None, True), {"jobs": 1, "cache": False})
    settings = msgspec.structs.replace(settings, catalog=msgspec.structs.replace(settings.catalog, merchant="shop"))
    given: Any = flow
    run(settings, [folder], flow=given)
    return flow


def picture_seconds(number: int) -> tuple[float, float]:
    """CPU seconds of hashing a JPEG of 800 × 800, and of describing it by local features."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for seed in range(number):
            noise = Image.effect_noise((100, 100), 60 + seed % 40).resize((800, 800)).convert("RGB")
            paths.append(str(Path(folder, f"{seed}.jpg")))
            noise.save(paths[-1], quality=85)
        seconds = []
        for look in (picture_print, describe):
            before = time.process_time()
            for path in paths:
                look(path)
            seconds.append((time.process_time() - before) / number)
    return seconds[0], seconds[1]


def skewed(folder: Path, size: int) -> None:
    """One merchant of `size` listings beside size / 10 of five."""
    catalogs.write(folder / "large", size, 1, 5)
    encode = msgspec.json.Encoder().encode
    rows = [
        encode({**record, "shop": f"s{n}", "merchant": f"s{n}"}) + b"\n"
        for n in range(size // 10)
        for record in catalogs.records(f"s{n}", 5, 5, 10 + n)
    ]
    (folder / "small.jsonl").write_bytes(b"".join(rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, default=4000)
    parser.add_argument("--shop", type=int, default=500, help="listings of a merchant")
    parser.add_argument("--skus", type=int, default=5)
    parser.add_argument("--pictures", type=int, default=60)
    parser.add_argument("--skew", type=int, default=4000)
    parser.add_argument("--price", type=float, default=0.04, help="of a core-hour")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        catalogs.write(folder, given.listings, given.listings // given.shop, given.skus)
        size = sum(path.stat().st_size for path in folder.iterdir()) / given.listings
        flow = timed(folder)
    read, compare = (sum(flow.seconds[step]) / given.listings for step in ("read", "compare"))
    row = flow.bytes["read"] / given.listings
    hashing, describing = picture_seconds(given.pictures)
    print(f"{given.listings} listings of {given.skus} SKUs in shops of {given.shop}: a listing takes")
    print(
        f"  {size:.0f} bytes in its file, {1000 * read:.2f} ms to read and judge, {1000 * compare:.2f} ms to compare,"
    )
    print(f"  {row:.0f} bytes in the shuffle; {flow.bytes['compare'] / given.listings:.0f} bytes of findings")
    print(f"a picture of 800 × 800: {1000 * hashing:.2f} ms to hash, {1000 * describing:.2f} ms to describe")
    bare = OVERHEAD * (read + compare)
    full = bare + OVERHEAD * PICTURES * (hashing + DESCRIBED * describing)
    print(f"\nextrapolated with {OVERHEAD} × the CPU, {PICTURES} pictures a listing, {given.price} a core-hour:")
    print("  listings   core-hours without pictures   with pictures   price with   shuffle")
    for power in (6, 7, 8, 9):
        hours = [10**power * seconds / 3600 for seconds in (bare, full)]
        print(
            f"  10^{power}      {hours[0]:12,.1f} {hours[1]:27,.1f} {hours[1] * given.price:12,.2f}"
            f" {10**power * row / 1e9:8,.1f} GB"
        )
    if given.skew:
        with tempfile.TemporaryDirectory() as name:
            skewed(Path(name), given.skew)
            print(f"\none merchant of {given.skew} beside {given.skew // 10} of 5, in one task:")
            print(timed(Path(name)).table_of_tasks())
            giants.LARGE, giants.BLOCK, portions.LARGEST = given.skew // 2, given.skew // 4, 1 << 20
            print("spread over many:")
            print(timed(Path(name)).table_of_tasks())


if __name__ == "__main__":
    main()
