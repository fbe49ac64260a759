"""Which pictures of two galleries are compared by local features."""

from __future__ import annotations

import math
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from pddlint.images.features import Features, describe
from pddlint.images.hashes import picture_print
from pddlint.images.prints import PicturePrint, PictureProblem
from pddlint.matching.gallery import Shot
from pddlint.matching.verification import Alike, LocalMatch, Verifier
from tests.images import pictures

PLAIN = PicturePrint(
    digest=b"",
    width=800,
    height=800,
    size=1,
    format="JPEG",
    animated=False,
    phash=0,
    phash_mirrored=0x5555555555555555,
    dhash=0,
    dhash_mirrored=0x5555555555555555,
    trimmed=bytes(32),
    trimmed_mirrored=b"\x55" * 32,
    grid=bytes(108),
    colours=bytes(18),
    contrast=50,
    content=900,
)
MAIN = {(f"a{x}", f"b{y}") for x in range(4) for y in range(4) if 0 in (x, y)}  # what a main image takes part in
UNLIKE = {"phash": 0x3333333333333333, "dhash": 0x3333333333333333, "trimmed": b"\x33" * 32}


class Scripted(Verifier):
    """Pairs score what `scores` says, else 0; notes which were compared."""

    def __init__(self, scores: dict[tuple[str, str], float]) -> None:
        super().__init__()
        self.scores = scores
        self.asked: list[tuple[str, str]] = []
        self.mirrored: list[tuple[str, str]] = []

    def pair(self, left: Shot, right: Shot, mirror: bool = True) -> Alike | None:
        self.asked.append((left.path, right.path))
        if mirror:
            self.mirrored.append((left.path, right.path))
        return Alike(self.scores.get((left.path, right.path), 0.0))


def gallery(name: str, prints: list[PicturePrint]) -> Any:
    shots = [
        Shot(f"{name}{at}", "", at, msgspec.structs.replace(one, digest=f"{name}{at}".encode()))
        for at, one in enumerate(prints)
    ]
    return SimpleNamespace(shots=tuple(shots))


def two(alike: tuple[int, ...] = (), blank: tuple[int, ...] = ()) -> tuple[Any, Any]:
    """Galleries of four pictures; those of `alike` have prints like all of the first gallery."""
    other = [PLAIN if at in alike else msgspec.structs.replace(PLAIN, **UNLIKE) for at in range(4)]
    first = [msgspec.structs.replace(PLAIN, contrast=0) if at in blank else PLAIN for at in range(4)]
    return gallery("a", first), gallery("b", other)


def test_galleries_without_likeness_are_given_up_after_the_main_images() -> None:
    verifier = Scripted({("a1", "b0"): 1.0})
    found = verifier.compare(*two())
    assert verifier.asked == [("a0", "b0")]
    assert found.score == 0.0


def test_main_images_are_held_against_pictures_with_alike_prints() -> None:
    verifier = Scripted({})
    verifier.compare(*two(alike=(2,)))
    assert verifier.asked == [("a0", "b0"), ("a0", "b2")]


def test_a_shared_picture_holds_every_other_against_the_main_images() -> None:
    verifier = Scripted({("a0", "b2"): 0.9, ("a3", "b0"): 0.97})
    found = verifier.compare(*two(alike=(2,)))
    assert set(verifier.asked) == MAIN
    assert found == LocalMatch(score=0.97, left=3, right=0)


def test_main_images_that_surely_match_settle_it() -> None:
    verifier = Scripted({("a0", "b0"): 0.99})
    found = verifier.compare(*two(alike=(0, 1, 2, 3)))
    assert verifier.asked == [("a0", "b0")]
    assert found == LocalMatch(score=0.99, left=0, right=0)


@pytest.mark.parametrize("blank", [(0,), (0, 1)])
def test_blank_pictures_are_passed_over(blank: tuple[int, ...]) -> None:
    verifier = Scripted({})
    verifier.compare(*two(blank=blank))
    assert verifier.asked == [(f"a{len(blank)}", "b0")]


def test_nothing_to_compare_says_nothing() -> None:
    found = Scripted({}).compare(*two(blank=(0, 1, 2, 3)))
    assert math.isnan(found.score) and found.left == -1


def test_listings_alike_otherwise_have_their_first_two_pictures_held_against_the_main_images() -> None:
    verifier = Scripted({})
    verifier.compare(*two(), widely=True)
    assert set(verifier.asked) == {("a0", "b0"), ("a0", "b1"), ("a1", "b0")}
    assert verifier.mirrored == verifier.asked


def test_unlike_pictures_of_unlike_listings_are_not_sought_in_the_mirror() -> None:
    verifier = Scripted({})
    verifier.compare(*two(alike=(2,)))
    assert verifier.mirrored == [("a0", "b2")]


def test_once_a_picture_is_shared_every_picture_is_held_against_the_main_images() -> None:
    verifier = Scripted({("a1", "b0"): 0.97})
    found = verifier.compare(*two(), widely=True)
    assert set(verifier.asked) == MAIN
    assert found.score == 0.97


@pytest.mark.parametrize("widely", [False, True])
def test_threads_change_nothing_and_describe_each_picture_once(widely: bool, tmp_path: Path) -> None:
    shots = []
    for at in range(8):
        path = pictures.save(tmp_path / f"{at}.jpg", pictures.photo(at % 5, 200))
        seen = picture_print(path)
        assert isinstance(seen, PicturePrint)
        shots.append(Shot(str(path), "", at % 4, msgspec.structs.replace(seen, digest=bytes([at]) * 16)))
    galleries: list[Any] = [SimpleNamespace(shots=tuple(shots[at : at + 4])) for at in (0, 4)]
    described: Counter[str] = Counter()

    def look(path: str) -> Features | PictureProblem:
        described[path] += 1
        found = describe(path)
        return found if isinstance(found, PictureProblem) else replace(found, digest=path.encode())

    with ThreadPoolExecutor(2) as threads:
        beside = Verifier(look, threads)
        beside.prepare(*galleries)
        there = beside.compare(galleries[0], galleries[1], widely)
    assert set(described.values()) == {1}
    assert there == Verifier(look).compare(galleries[0], galleries[1], widely)


def test_descriptions_that_nobody_asks_for_do_not_pile_up() -> None:
    with ThreadPoolExecutor(1) as threads:
        verifier = Verifier(lambda path: PictureProblem("missing"), threads)
        for at in range(200):
            verifier.prepare(gallery(f"a{at}-", [PLAIN]), gallery(f"b{at}-", [PLAIN]))
        assert len(verifier._coming) < 100
        assert verifier.compare(gallery("a0-", [PLAIN]), gallery("b0-", [PLAIN])) == LocalMatch()
