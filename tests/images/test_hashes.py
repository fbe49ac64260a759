from __future__ import annotations

import random
from pathlib import Path

import imagehash
import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pddlint.images.decode import Decoded, PictureProblem, decode, raw_picture
from pddlint.images.hashes import (
    PicturePrint,
    as_image_hash,
    colour_shift,
    compare,
    near,
    picture_print,
    print_of,
    same,
    trim,
)
from tests.benchmarks.picture_edits import EDITS
from tests.images import pictures


def small(image: Image.Image, kind: str = "PNG") -> Decoded:
    data = pictures.encoded(image, kind)
    result = decode(raw_picture(data))
    assert isinstance(result, Decoded)
    return result


def print_for(image: Image.Image, kind: str = "PNG") -> PicturePrint:
    return print_of(small(image, kind))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_hashes_equal_imagehash_bit_for_bit(seed: int, kind: str) -> None:
    decoded = small(pictures.photo(seed), kind)
    result = print_of(decoded)
    assert as_image_hash(result.phash) == imagehash.phash(decoded.grey)
    assert as_image_hash(result.dhash) == imagehash.dhash(decoded.grey)
    assert f"{result.phash:016x}" == str(imagehash.phash(decoded.grey))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(32, 140), st.integers(32, 140))
def test_hashes_equal_imagehash_on_noise(seed: int, width: int, height: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    decoded = small(Image.fromarray(noise))
    result = print_of(decoded)
    assert as_image_hash(result.phash) == imagehash.phash(decoded.grey)
    assert as_image_hash(result.dhash) == imagehash.dhash(decoded.grey)


def test_jpeg_grey_is_that_of_pillows_draft(tmp_path: Path) -> None:
    path = pictures.save(tmp_path / "a.jpg", pictures.photo(side=800))
    with Image.open(path) as image:
        image.draft("L", (64, 64))
        result = picture_print(path)
        assert isinstance(result, PicturePrint)
        assert as_image_hash(result.phash) == imagehash.phash(image)


@pytest.mark.parametrize("seed", range(10))
def test_the_mirrored_hashes_are_those_of_the_mirror_image(seed: int) -> None:
    image = pictures.photo(seed)
    straight, turned = print_for(image), print_for(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    assert straight.dhash_mirrored == turned.dhash
    assert (straight.phash_mirrored ^ turned.phash).bit_count() <= 2
    distance = compare(straight, turned)
    assert distance.mirrored
    assert distance.trimmed <= 6
    assert distance.grid < 2


@pytest.mark.parametrize("edit", ["jpeg 30", "480 px", "flip", "white border", "brighter"])
def test_light_edits_stay_near_and_other_pictures_far(edit: str) -> None:
    image = pictures.photo(3, 640)
    near = compare(print_for(image), print_for(EDITS[edit](image, random.Random(1))))
    far = compare(print_for(image), print_for(pictures.photo(4, 640)))
    assert near.trimmed <= 40
    assert far.trimmed > 70


def test_a_recolour_keeps_the_structure_and_shows_in_the_tint() -> None:
    image = pictures.photo(5, 640)
    recoloured = compare(print_for(image), print_for(EDITS["hue +150°"](image, random.Random(1))))
    squeezed = compare(print_for(image), print_for(EDITS["jpeg 30"](image, random.Random(1))))
    assert recoloured.tint > 10 > squeezed.tint
    assert recoloured.colours > 0.3 > squeezed.colours


@pytest.mark.parametrize("colour", ["white", "black", (200, 30, 30)])
def test_an_empty_picture_is_blank_and_a_filled_one_is_not(colour: str | tuple[int, int, int]) -> None:
    assert print_for(Image.new("RGB", (480, 480), colour)).blank
    assert not print_for(pictures.photo(6)).blank


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 255), st.integers(0, 19), st.integers(0, 19), st.integers(12, 30), st.integers(12, 30))
def test_trimming_finds_exactly_what_is_not_background(level: int, x: int, y: int, width: int, height: int) -> None:
    luma = np.full((60, 60), level, np.uint8)
    luma[5 + y : 5 + y + height, 5 + x : 5 + x + width] = (level + 120) % 256
    assert trim(luma)[0] == (5 + x, 5 + y, 5 + x + width, 5 + y + height)


def test_little_content_is_trimmed_to_only_where_it_spreads_over_a_tenth_of_rows_and_columns() -> None:
    luma = np.full((60, 60), 250, np.uint8)
    luma[range(10, 16), range(20, 26)] = 0
    assert trim(luma)[0] == (20, 10, 26, 16)
    luma[15, 25] = 250
    assert trim(luma)[0] == (0, 0, 60, 60)


def test_a_frame_around_a_plain_background_is_cut_off_too() -> None:
    bare = np.full((48, 48), 250, np.uint8)
    bare[10:40, 14:30] = np.arange(30 * 16, dtype=np.uint8).reshape(30, 16)
    framed = np.full((64, 64), 90, np.uint8)
    framed[8:56, 8:56] = bare
    assert trim(framed)[0] == (22, 18, 38, 48)


def test_prints_survive_the_cache_and_problems_beside_them() -> None:
    both = [print_for(pictures.photo(7)), PictureProblem("damaged", "x")]
    packed = msgspec.msgpack.encode(both)
    assert msgspec.msgpack.decode(packed, type=list[PicturePrint | PictureProblem]) == both
    assert len(msgspec.msgpack.encode(both[0])) < 500


def test_comparing_is_symmetric_and_zero_on_itself() -> None:
    prints = [print_for(pictures.photo(seed)) for seed in range(6)]
    for a in prints:
        for b in prints:
            assert compare(a, b) == compare(b, a)
        same = compare(a, a)
        assert (same.phash, same.dhash, same.trimmed, same.grid, same.tint, same.colours) == (0, 0, 0, 0.0, 0.0, 0.0)


def test_a_print_never_depends_on_the_file_name(tmp_path: Path) -> None:
    image = pictures.photo(8)
    first, second = pictures.save(tmp_path / "a.jpg", image), pictures.save(tmp_path / "b.png", image, "JPEG")
    assert picture_print(first) == picture_print(second)


def test_near_and_same_hold_for_edits_and_not_for_others_or_blanks() -> None:
    image = pictures.photo(3, 640)
    original, bordered = print_for(image), print_for(EDITS["colour border"](image, random.Random(1)))
    assert same(original, bordered)
    assert near(original, print_for(EDITS["rotate 2°"](image, random.Random(1))))
    assert not near(original, print_for(pictures.photo(4, 640)))
    white, paper = (print_for(Image.new("RGB", (480, 480), colour)) for colour in ("white", (250, 250, 250)))
    assert not near(white, paper)


def test_a_colour_shift_is_named_only_between_like_structures() -> None:
    image = pictures.photo(5, 640)
    shifts = {
        edit: colour_shift(print_for(image), print_for(EDITS[edit](image, random.Random(1))))
        for edit in ("hue +150°", "flip")
    }
    assert shifts["hue +150°"] is None or shifts["hue +150°"].kind == "recoloured"
    assert shifts["flip"] is not None
    assert shifts["flip"].kind == "same"
    assert colour_shift(print_for(image), print_for(pictures.photo(6, 640))) is None
