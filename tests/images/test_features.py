from __future__ import annotations

import random
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pddlint.images.decode import Decoded, PictureProblem, decode, raw_picture
from pddlint.images.features import SIDE, Features, Verification, describe, features_of, verify
from tests.benchmarks.picture_edits import EDITS, TEMPLATES
from tests.images import pictures


def features(image: Image.Image) -> Features:

    data = pictures.encoded(image)
    decoded = decode(raw_picture(data), SIDE)
    assert isinstance(decoded, Decoded)
    return features_of(decoded)


@pytest.fixture(scope="module")
def described() -> list[Features]:
    return [features(pictures.photo(seed, 640)) for seed in range(5)]


@pytest.mark.parametrize("edit", EDITS)
def test_every_edit_is_recognised(edit: str, described: list[Features]) -> None:
    edited = features(EDITS[edit](pictures.photo(0, 640), random.Random(7)))
    assert verify(described[0], edited).score > 0.9


def test_different_pictures_are_told_apart(described: list[Features]) -> None:
    for a, b in combinations(described, 2):
        assert verify(a, b).score < 0.5


@pytest.mark.parametrize("edit", TEMPLATES)
def test_a_shared_template_makes_nothing_alike(edit: str) -> None:
    dressed = [features(EDITS[edit](pictures.photo(seed, 640), random.Random(7))) for seed in (1, 2, 3)]
    for a, b in combinations(dressed, 2):
        assert verify(a, b).score < 0.5


@pytest.mark.parametrize("edit", ["flip", "rotate 2°", "crop to 60 %", "badge"])
def test_verifying_is_symmetric(edit: str, described: list[Features]) -> None:
    edited = features(EDITS[edit](pictures.photo(0, 640), random.Random(7)))
    there, back = verify(described[0], edited), verify(edited, described[0])
    assert (there.score, there.inliers, there.share, there.mirrored) == (
        back.score,
        back.inliers,
        back.share,
        back.mirrored,
    )
    assert there.agreement == back.agreement.swapped()
    assert verify(described[0], edited) == there


@pytest.mark.parametrize("edit", ["flip", "crop to 60 %"])
def test_the_transform_leads_there_and_back(edit: str, described: list[Features]) -> None:
    edited = features(EDITS[edit](pictures.photo(0, 640), random.Random(7)))
    there, back = verify(described[0], edited), verify(edited, described[0])
    for point in ((0.5, 0.5), (0.3, 0.6)):
        moved = _move(back, _move(there, point))
        assert moved == pytest.approx(point, abs=0.01)


def _move(result: Verification, point: tuple[float, float]) -> tuple[float, float]:
    x, y = point
    if result.mirrored:
        x = (SIDE - 1) / SIDE - x
    t = result.transform
    return t[0] * x + t[1] * y + t[2], t[3] * x + t[4] * y + t[5]


def test_a_half_size_frame_says_so_in_its_transform(described: list[Features]) -> None:
    result = verify(described[0], features(EDITS["framed at half size"](pictures.photo(0, 640), random.Random(7))))
    scale = float(np.hypot(result.transform[0], result.transform[3]))
    assert scale == pytest.approx(0.5, abs=0.02)


def test_a_recolour_is_told_from_a_copy(described: list[Features]) -> None:
    image = pictures.photo(0, 640)
    recoloured = verify(described[0], features(EDITS["hue +150°"](image, random.Random(7))))
    copied = verify(described[0], features(EDITS["jpeg 30"](image, random.Random(7))))
    assert recoloured.score > 0.9
    assert recoloured.agreement.tint > 15 > 5 > copied.agreement.tint


def test_the_same_file_is_certain_and_a_blank_one_says_nothing(described: list[Features]) -> None:
    assert verify(described[0], described[0]).score == 1.0
    blank = features(Image.new("RGB", (480, 480), "white"))
    assert verify(described[0], blank).score == 0.0
    assert verify(blank, features(Image.new("RGB", (480, 480), "black"))).score == 0.0


def test_tiny_and_long_pictures_are_described(described: list[Features]) -> None:
    for size in ((1, 1), (3, 900), (900, 3), (40, 40)):
        assert verify(described[0], features(Image.new("RGB", size, "red"))).score == 0.0


def test_problems_come_back_instead_of_features(tmp_path: Path) -> None:
    assert describe(tmp_path / "no.jpg") == PictureProblem("missing")


def test_another_process_finds_exactly_the_same(tmp_path: Path) -> None:
    image = pictures.photo(0, 640)
    a = pictures.save(tmp_path / "a.jpg", image)
    b = pictures.save(tmp_path / "b.jpg", EDITS["badge"](EDITS["flip"](image, random.Random(7)), random.Random(7)))
    code = (
        "import sys; from pddlint.images.features import describe, verify;"
        "print(repr(verify(describe(sys.argv[1]), describe(sys.argv[2]))))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(a), str(b)], capture_output=True, text=True, check=True)
    first, second = describe(a), describe(b)
    assert isinstance(first, Features)
    assert isinstance(second, Features)
    assert done.stdout.strip() == repr(verify(first, second))
