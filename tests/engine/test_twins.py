"""Copies of this process that decode: the same prints as without them, whatever becomes of them."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from pddlint import decoding, twins
from pddlint.decoding import TwinnedDecoder, decoder, prints
from pddlint.images.decode import PictureProblem, RawPicture, raw_picture
from pddlint.images.hashes import PicturePrint
from pddlint.twins import AHEAD, LARGEST, Found, Twin
from tests.images import pictures

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")


@pytest.fixture(autouse=True)
def no_warning() -> Iterator[None]:
    """Later Pythons warn of threads that a fork leaves behind: numpy's, which are asleep."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def contents(number: int) -> list[RawPicture]:
    """Pictures of all kinds, no pictures, and files too large to be sent."""
    made = [pictures.encoded(pictures.photo(seed, 64 + seed % 40)) for seed in range(number)]
    made[::9] = [pictures.encoded(pictures.photo(seed, 80), "PNG") for seed in range(0, number, 9)]
    odd = [b"", b"no picture", b"\xff\xd8\xff", pictures.huge_jpeg(), made[1][:-200], made[2] + bytes(LARGEST)]
    return [raw_picture(data) for data in [*made[: number // 2], *odd, *made[number // 2 :]]]


def decoded(with_it: TwinnedDecoder, files: Sequence[RawPicture]) -> dict[bytes, PicturePrint | PictureProblem]:
    found: dict[bytes, PicturePrint | PictureProblem] = {}
    for raw in files:
        with_it.add(raw.digest, raw)
        while with_it.full:
            found.update(with_it.group())
    for raw in files:
        while raw.digest in with_it:
            found.update(with_it.group())
    return found


def expected(files: Sequence[RawPicture]) -> dict[bytes, Found]:
    return dict(zip((raw.digest for raw in files), prints(files), strict=True))


def process(twin: Twin) -> int:
    return twin._process


def gone(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize("number", [1, 3])
def test_prints_are_those_made_without_twins(number: int) -> None:
    files = contents(400)
    several = TwinnedDecoder(number)
    assert decoded(several, files) == expected(files)
    begun = [process(twin) for twin in several._twins or ()]
    assert len(begun) == number
    several.close()
    assert all(map(gone, begun))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_what_a_lost_twin_had_is_done_here(how: signal.Signals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twins, "_PATIENCE", 0.2)
    files = contents(120)
    several = TwinnedDecoder(2)
    for raw in files[:60]:
        several.add(raw.digest, raw)
    begun = [process(twin) for twin in several._twins or ()]
    for number in begun:
        os.kill(number, how)
    assert decoded(several, files) == expected(files)
    several.close()
    assert all(map(gone, begun))


def test_a_twin_that_dies_between_two_files_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    files = contents(120)
    several, real, sent = TwinnedDecoder(1), Twin.send, 0

    def send(twin: Twin, mark: bytes, raw: RawPicture) -> bool:
        nonlocal sent
        sent += 1
        if sent == 40:
            os.kill(process(twin), signal.SIGKILL)
            os.waitpid(process(twin), 0)
        return real(twin, mark, raw)

    monkeypatch.setattr(Twin, "send", send)
    assert decoded(several, files) == expected(files)
    several.close()
    assert sent >= 40


def test_without_processes_to_fork_pictures_are_decoded_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(os, "fork", refuse)
    before = len(list(Path("/proc/self/fd").iterdir()))
    files = contents(80)
    several = TwinnedDecoder(2)
    assert decoded(several, files) == expected(files)
    several.close()
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_picture_that_cannot_be_worked_out_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    files = contents(100)
    cursed = {raw.digest for raw in files[::7]}

    def fail(raw: RawPicture) -> Any:
        if raw.digest in cursed:
            raise RuntimeError("cannot be made")
        return PictureProblem("missing", raw.digest.hex())

    monkeypatch.setattr(decoding, "decode", fail)
    several = TwinnedDecoder(1)
    assert set(decoded(several, files)) == {raw.digest for raw in files} - cursed
    several.close()


def summed(files: Sequence[RawPicture]) -> list[Found]:
    return [PictureProblem("damaged", hashlib.sha256(raw.data).hexdigest()) for raw in files]


@pytest.mark.parametrize("seed", range(2))
def test_files_arrive_as_they_were_sent(seed: int) -> None:
    """The shared memory is used many times over, by files of all sizes."""
    dice = random.Random(seed)
    twin = Twin(summed)
    told: dict[bytes, str] = {}
    files = []
    for number in range(120):
        size = dice.choice([0, 1, 1000, 80_000, 900_000, LARGEST // 3, LARGEST // 2, LARGEST])
        files.append(RawPicture(dice.randbytes(min(size, 4096)) * max(1, size // 4096), number.to_bytes(16, "big")))
    for raw in files:
        while not twin.send(raw.digest, raw):
            told.update((mark, answer.found.detail) for mark, answer in twin.answers(wait=True) if answer.found)  # type: ignore[union-attr]
    while twin._sent:
        told.update((mark, answer.found.detail) for mark, answer in twin.answers(wait=True) if answer.found)  # type: ignore[union-attr]
    assert twin.end() == []
    assert told == {raw.digest: hashlib.sha256(raw.data).hexdigest() for raw in files}
    assert list(told) == [raw.digest for raw in files]


def test_a_twin_is_sent_no_more_than_it_can_hold() -> None:
    twin = Twin(summed)
    os.kill(process(twin), signal.SIGSTOP)
    sent = 0
    while twin.send(bytes([sent]), RawPicture(bytes(1000), bytes(16))):
        sent += 1
    assert sent == AHEAD
    assert not twin.send(b"large", RawPicture(bytes(LARGEST), bytes(16)))
    assert len(twin.end()) == AHEAD


def test_a_process_with_threads_is_not_forked() -> None:
    done = Event()
    thread = Thread(target=done.wait)
    thread.start()
    try:
        assert not twins.possible()
        assert not isinstance(decoder(2), TwinnedDecoder)
    finally:
        done.set()
        thread.join()


def catalog(folder: Path, listings: int) -> Path:
    """Listings of four pictures, some of them shared or broken."""
    folder.mkdir()
    lines = []
    for number in range(listings):
        names = [f"{number}-{slot}.jpg" for slot in range(4)]
        for slot, name in enumerate(names):
            data = pictures.encoded(pictures.photo(number * 3 + slot, 96))
            (folder / name).write_bytes(data if (number + slot) % 17 else data[:50])
        skus = [{"id": "1", "price": 99, "specs": {"颜色": "白"}}]
        record = {"id": str(number), "title": f"第{number}款陶瓷花瓶", "images": names, "shop": "s", "skus": skus}
        lines.append(json.dumps(record))
    (folder / "shop.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


Start = Callable[..., "subprocess.Popen[str]"]

_COUNTING = """
import os, sys
forked, fork = [], os.fork
def counted():
    forked.append(1)
    return fork()
os.fork = counted
os.sched_getaffinity = lambda _: range(3)  # cores
from pddlint.__main__ import main
status = main(sys.argv[1:])
print(len(forked), file=sys.stderr)
sys.exit(status)
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """The command line in a process of its own, on a machine of three cores, which counts its forks."""
    begun: list[subprocess.Popen[str]] = []

    def start(*arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", _COUNTING, "check", "--isolated", "--no-cache", *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "en_US.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
        pipe = subprocess.PIPE
        begun.append(
            subprocess.Popen(
                command, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", env=environment, cwd=tmp_path
            )
        )
        return begun[-1]

    yield start
    for one in begun:
        one.kill()
        one.communicate()


def test_a_run_finds_the_same_with_twins(start: Start, tmp_path: Path) -> None:
    shop = catalog(tmp_path / "shop", 60)
    alone, several = (start(shop, "--format", "concise", *jobs) for jobs in (["--jobs", "1"], []))
    found, forks = alone.communicate(timeout=60)
    again, more = several.communicate(timeout=60)
    assert (int(forks), int(more)) == (0, 2)
    assert found.rsplit("\n", 2)[0] == again.rsplit("\n", 2)[0]
    assert "CAT021" in found


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_twins_end_with_their_run(how: signal.Signals, start: Start, tmp_path: Path) -> None:
    run = start(catalog(tmp_path / "shop", 120))
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    deadline = time.monotonic() + 20
    while not (run.poll() is not None or children.read_text()) and time.monotonic() < deadline:
        time.sleep(0.01)
    begun = children.read_text().split()
    run.send_signal(how)
    _, err = run.communicate(timeout=20)  # would wait for any twin left: it has the same pipes
    assert begun
    assert "Traceback" not in err
