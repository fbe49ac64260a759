"""Pictures decoded ahead: each content once, only what is looked at, and the same prints whoever decodes."""

from __future__ import annotations

import concurrent.futures
import json
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from pddlint import decoding, lint, pending
from pddlint.catalog.ahead import Item
from pddlint.catalog.read import Raw
from pddlint.decoding import Decoder
from pddlint.images import decode as decoders
from pddlint.images import hashes
from pddlint.images.decode import Decoded, PictureProblem, RawPicture, raw_picture
from pddlint.images.hashes import PicturePrint, print_of
from pddlint.seen import Looker
from tests.images import pictures

Decodes = Counter[bytes]


@pytest.fixture
def decodes(monkeypatch: pytest.MonkeyPatch) -> Decodes:
    """How often each content is decoded for its print."""
    counted: Decodes = Counter()
    real = decoders.decode

    def decode(raw: RawPicture) -> Decoded | PictureProblem:
        counted[raw.digest] += 1
        return real(raw)

    monkeypatch.setattr(decoding, "decode", decode)
    monkeypatch.setattr(decoders, "decode", decode)
    return counted


def catalog(folder: Path, listings: int, contents: int) -> list[bytes]:
    """Listings of two pictures, each under a name of its own, that show few contents; the contents."""
    made = [pictures.encoded(pictures.photo(seed, 96)) for seed in range(contents)]
    with (folder / "shop.jsonl").open("w", encoding="utf-8") as file:
        for number in range(listings):
            names = [f"{number}-{slot}.jpg" for slot in range(2)]
            for slot, name in enumerate(names):
                (folder / name).write_bytes(made[(number + slot) % contents])
            record = {"id": str(number + 1), "title": f"第{number}款陶瓷花瓶", "images": names}
            skus = [{"id": "1", "price": 99, "specs": {"颜色": "白"}}]
            file.write(json.dumps({**record, "on_sale": number % 5 != 4, "shop": "s", "skus": skus}) + "\n")
    return made


@pytest.mark.parametrize("threads", [0, 2])
def test_prints_are_the_same_whoever_decodes(threads: int) -> None:
    made = [pictures.encoded(pictures.photo(seed, 80 + seed)) for seed in range(30)] + [b"no picture", b"\xff\xd8\xff"]
    decoder = Decoder(threads)
    for number, data in enumerate(made):
        decoder.add(bytes([number]), raw_picture(data))
    found: dict[bytes, PicturePrint | PictureProblem] = {}
    while bytes([len(made) - 1]) in decoder:
        found.update(decoder.group())
    decoder.close()
    assert list(found) == [bytes([number]) for number in range(len(made))]
    for data, seen in zip(made, found.values(), strict=True):
        decoded = decoders.decode(raw_picture(data))
        assert seen == (decoded if isinstance(decoded, PictureProblem) else print_of(decoded))


@pytest.mark.parametrize("started", [False, True])
def test_threads_that_die_are_not_waited_for(started: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    class Dead(ThreadPoolExecutor):
        def submit(self, decode: Any) -> Future[Any]:  # type: ignore[override]
            if started:
                decode.__self__._begun.acquire()
            return Future()

    monkeypatch.setattr(concurrent.futures, "ThreadPoolExecutor", Dead)
    monkeypatch.setattr(pending, "_PATIENCE", 0.01)
    decoder = Decoder(2)
    decoder.add(b"a", raw := raw_picture(pictures.encoded(pictures.photo(1, 80))))
    (found,) = decoder.group()
    assert isinstance(found[1], PicturePrint) and found[1].digest == raw.digest
    decoder.close()


def test_without_threads_to_start_pictures_are_decoded_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(thread: Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", start)
    decoder = Decoder(2)
    decoder.add(b"a", raw_picture(pictures.encoded(pictures.photo(1, 80))))
    assert [mark for mark, _ in decoder.group()] == [b"a"]
    decoder.close()


def test_a_decoder_says_when_enough_is_waiting() -> None:
    decoder = Decoder()
    raw = raw_picture(pictures.encoded(pictures.photo(1, 64)))
    added = 0
    while not decoder.full and added < 100_000:
        decoder.add(added.to_bytes(4, "big"), raw)
        added += 1
    assert 16 < added < 1000
    while decoder.full:
        list(decoder.group())
    decoder.close()


@pytest.mark.parametrize("jobs", [0, 1])
def test_a_content_is_decoded_once_under_however_many_names(jobs: int, decodes: Decodes, tmp_path: Path) -> None:
    made = catalog(tmp_path, 60, 7)
    lint(tmp_path, isolated=True, jobs=jobs)
    assert decodes == {raw_picture(data).digest: 1 for data in made}


def test_pictures_of_listings_off_sale_are_left_alone(decodes: Decodes, tmp_path: Path) -> None:
    catalog(tmp_path, 60, 120)  # every picture another one: the fifth listings' are shown by no other
    report = lint(tmp_path, isolated=True, jobs=1)
    assert report.summary.listings == 48
    assert len(decodes) < 120


def test_pictures_that_no_rule_looks_at_are_left_alone(decodes: Decodes, tmp_path: Path) -> None:
    catalog(tmp_path, 60, 30)
    lint(tmp_path, isolated=True, jobs=1, select=["CAT001"])
    assert not decodes


def test_a_print_that_cannot_be_made_costs_its_listing_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = catalog(tmp_path, 60, 60)
    cursed = raw_picture(made[31]).digest

    def fail(decoded: Decoded) -> PicturePrint:
        if decoded.digest == cursed:
            raise RuntimeError("cannot be made")
        return print_of(decoded)

    monkeypatch.setattr(decoding, "print_of", fail)
    monkeypatch.setattr(hashes, "print_of", fail)
    report = lint(tmp_path, isolated=True, jobs=1, select=["DUP", "PLUG"])
    failures = [finding for finding in report.findings if finding.code == "PLUG001"]
    assert failures
    assert {finding.listing.id for finding in failures if finding.listing} <= {"31", "32"}
    assert report.summary.listings == 48


@pytest.mark.parametrize("folder", ["there", "missing"])
def test_processes_without_a_cache_leave_nothing_behind(
    folder: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shop, temporary = tmp_path / "shop", tmp_path / "there"
    shop.mkdir()
    temporary.mkdir()
    catalog(shop, 60, 7)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / folder))
    several = lint(shop, isolated=True, jobs=2)
    monkeypatch.undo()
    assert [f.fingerprint for f in several.findings] == [f.fingerprint for f in lint(shop, isolated=True).findings]
    assert not list(temporary.glob("pddlint-*"))


def test_few_records_wait_where_they_are_large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    begin, batches = Looker.begin, []

    def counting(looker: Looker, items: Sequence[Item]) -> Any:
        batches.append(sum(isinstance(item, Raw) for item in items))
        return begin(looker, items)

    monkeypatch.setattr(Looker, "begin", counting)
    record = {"title": "陶瓷花瓶", "shop": "s", "skus": [], "more": "x" * 700_000}
    rows = (json.dumps({"id": str(number), **record}) + "\n" for number in range(6))
    (tmp_path / "shop.jsonl").write_text("".join(rows), "utf-8")
    assert lint(tmp_path, isolated=True, jobs=1).summary.listings == sum(batches) == 6
    assert max(batches) == 2
