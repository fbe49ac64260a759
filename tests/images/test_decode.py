from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pddlint.images.decode import (
    MAX_PIXELS,
    MAX_SIDE,
    Decoded,
    PictureProblem,
    RawPicture,
    decode,
    open_picture,
    read_picture,
)
from pddlint.images.pillow import _quiet
from tests.images import pictures


def opened(data: bytes, min_side: int = 64) -> Decoded | PictureProblem:
    return decode(RawPicture(data, b"0" * 16), min_side)


def good(data: bytes, min_side: int = 64) -> Decoded:
    result = opened(data, min_side)
    assert isinstance(result, Decoded), result
    return result


def difference(a: Decoded, b: Image.Image) -> float:
    """Mean absolute difference of grey to a picture shown as the shop page would, both at 32 × 32."""
    x = np.asarray(a.grey.resize((32, 32), Image.Resampling.BOX), np.float32)
    y = np.asarray(b.convert("L").resize((32, 32), Image.Resampling.BOX), np.float32)
    return float(np.abs(x - y).mean())


@pytest.mark.parametrize(
    ("data", "kind", "detail"),
    [
        (b"", "not-a-picture", "empty file"),
        (b"\0" * 3000, "not-a-picture", "only zero bytes"),
        ("这不是图片，只是文字。".encode() * 50, "not-a-picture", "text"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>404</html>", "not-a-picture", "HTML text"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not-a-picture", "XML or SVG text"),
        (b'{"error": "not found"}', "not-a-picture", "text"),
        (bytes(range(1, 200)), "not-a-picture", "unknown bytes"),
        (b"%PDF-1.4 ...", "unsupported", "PDF"),
        (b"II*\0" + b"\0" * 40, "unsupported", "TIFF"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "unsupported", "HEIC container"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "not-a-picture", "text"),
        (b"\xff\xd8\xff", "damaged", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "damaged", "PNG"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "damaged", "WEBP"),
        (b"GIF89a", "damaged", "GIF"),
        (pictures.huge_png(), "too-large", "50000×50000 pixels"),
        (pictures.huge_jpeg(), "too-large", "50000×50000 pixels"),
        (pictures.huge_png(12_000), "too-large", "12000×12000 pixels"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_no_usable_picture_says_why(data: bytes, kind: str, detail: str) -> None:
    problem = opened(data)
    assert isinstance(problem, PictureProblem)
    assert problem.kind == kind
    assert detail.replace("50000×50000 pixels", "") in problem.detail


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.7])
def test_a_truncated_file_is_damaged(kind: str, share: float) -> None:
    data = pictures.encoded(pictures.photo(), kind)
    problem = opened(data[: int(len(data) * share)])
    assert isinstance(problem, PictureProblem)
    assert problem.kind == "damaged"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_every_supported_format_decodes_to_the_picture_it_holds(kind: str) -> None:
    image = pictures.photo()
    result = good(pictures.encoded(image, kind))
    assert (result.width, result.height, result.format, result.animated) == (480, 480, kind, False)
    assert 64 <= min(result.image.size) < 128
    assert difference(result, image) < 4


@pytest.mark.parametrize(
    ("image", "kind", "options"),
    [
        (pictures.photo().convert("CMYK"), "JPEG", {}),
        (pictures.photo(), "JPEG", {"progressive": True}),
        (pictures.photo(), "JPEG", {"subsampling": 0}),
        (pictures.photo().convert("L"), "JPEG", {}),
        (pictures.sixteen_bit(pictures.photo()), "PNG", {}),
        (pictures.photo().convert("P"), "PNG", {}),
        (pictures.photo().convert("1"), "PNG", {}),
        (pictures.see_through(pictures.photo()), "PNG", {}),
        (pictures.see_through(pictures.photo()), "WEBP", {"lossless": True}),
        (pictures.see_through(pictures.photo()).convert("LA"), "PNG", {}),
        (pictures.see_through(pictures.photo()).convert("P"), "PNG", {}),
    ],
    ids=["cmyk", "progressive", "444", "grey", "16-bit", "palette", "1-bit", "alpha", "webp-alpha", "la", "p-alpha"],
)
def test_every_colour_mode_decodes_to_what_a_shop_page_shows(
    image: Image.Image, kind: str, options: dict[str, object]
) -> None:
    assert difference(good(pictures.encoded(image, kind, **options)), pictures.photo()) < 6


def test_an_animation_is_its_first_frame() -> None:
    result = good(pictures.animation())
    assert result.animated
    assert difference(result, pictures.photo(1)) < 6


@pytest.mark.parametrize("orientation", range(2, 9))
def test_exif_rotation_is_undone(orientation: int) -> None:
    upright = pictures.photo().resize((480, 360))
    result = good(pictures.rotated_by_exif(upright, orientation))
    assert (result.width, result.height) == (480, 360)
    assert result.image.width > result.image.height
    assert difference(result, upright) < 4


def test_broken_exif_does_not_spoil_the_picture() -> None:
    data = pictures.encoded(pictures.photo(), exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 20)
    assert difference(good(data), pictures.photo()) < 4


def test_a_large_picture_within_the_limit_is_read() -> None:
    image = Image.new("L", (7000, 7000), 200)
    assert MAX_PIXELS >= 7000 * 7000
    assert good(pictures.encoded(image, "PNG")).width == 7000


def test_odd_sizes_survive() -> None:
    for size in ((1, 1), (1, 3000), (3000, 1), (63, 65), (5, 5)):
        assert good(pictures.encoded(Image.new("RGB", size, "red"), "PNG")).image.mode == "YCbCr"


def test_missing_and_unreadable_files_are_told_apart(tmp_path: Path) -> None:
    assert open_picture(tmp_path / "no.jpg") == PictureProblem("missing")
    folder = tmp_path / "folder.jpg"
    folder.mkdir()
    assert read_picture(folder).kind == "unreadable"  # type: ignore[union-attr]
    assert read_picture("a\0b.jpg").kind == "unreadable"  # type: ignore[union-attr]
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    assert read_picture(pipe) == PictureProblem("unreadable", "not a regular file")


def test_a_file_above_the_byte_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.jpg"
    path.write_bytes(b"\xff\xd8\xff" + b"0" * 5000)
    assert read_picture(path, max_bytes=4096) == PictureProblem("too-large", "5003 bytes")


def test_nothing_is_printed_about_odd_pictures(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    opened(pictures.huge_png(10_000))
    opened(pictures.encoded(pictures.photo(), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff"))
    assert not list(recwarn)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_ever_raises(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "BMP"]))
    whole = bytearray(_SMALL[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    assert isinstance(opened(bytes(whole[:cut] if data.draw(st.booleans()) else whole)), Decoded | PictureProblem)


_SMALL = {kind: pictures.encoded(pictures.photo(side=96), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP")}


def test_hashing_an_ordinary_jpeg_needs_neither_scipy_nor_pillow(tmp_path: Path) -> None:
    pytest.importorskip("simplejpeg")
    path = pictures.save(tmp_path / "a.jpg", pictures.photo(side=96))
    look = f"import sys; from pddlint.images.hashes import picture_print as look; look({str(path)!r})"
    code = f"{look}; print([m for m in ('scipy', 'imagehash', 'PIL') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("options", [{}, {"subsampling": 0}, {"progressive": True}, {"quality": 30}], ids=str)
@pytest.mark.parametrize("size", [(800, 800), (1600, 1200), (479, 333), (65, 900), (30, 20)])
@pytest.mark.parametrize("min_side", [64, 400])
def test_the_quick_way_through_a_jpeg_gives_the_very_samples_of_the_slow_one(
    monkeypatch: pytest.MonkeyPatch, options: dict[str, object], size: tuple[int, int], min_side: int
) -> None:
    data = pictures.encoded(pictures.photo().resize(size), **options)
    quick = good(data, min_side)
    monkeypatch.setattr("pddlint.images.decode.simplejpeg", None)
    slow = good(data, min_side)
    assert np.array_equal(quick.planes, slow.planes)
    assert (quick.width, quick.height, quick.size) == (slow.width, slow.height, slow.size)


def test_luma_is_that_of_the_jpeg_but_for_a_rare_level(tmp_path: Path) -> None:
    path = pictures.save(tmp_path / "a.jpg", pictures.photo(side=800))
    result = open_picture(path)
    assert isinstance(result, Decoded)
    with Image.open(path) as image:
        image.draft("L", (64, 64))
        apart = np.abs(np.asarray(image).astype(np.int16) - result.planes[0])
    assert apart.max() <= 2
    assert np.count_nonzero(apart) < apart.size / 100


@pytest.mark.parametrize("size", [(MAX_SIDE + 1, 1), (1, MAX_SIDE + 1)])
def test_strips_are_too_large_however_thin(size: tuple[int, int]) -> None:
    result = opened(pictures.encoded(Image.new("L", size), "PNG"))
    assert isinstance(result, PictureProblem) and result.kind == "too-large"


def test_the_last_of_several_threads_puts_the_warning_filters_back() -> None:
    before = list(warnings.filters)
    with _quiet:
        inside = list(warnings.filters)
        _quiet.__enter__()
    assert warnings.filters == inside != before
    _quiet.__exit__()
    assert warnings.filters == before


def test_a_file_that_memory_cannot_hold_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(mode: int) -> bool:
        raise MemoryError

    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff")
    monkeypatch.setattr("pddlint.images.decode.stat.S_ISREG", fail)
    found = read_picture(tmp_path / "a.jpg")
    monkeypatch.undo()
    assert found == PictureProblem("too-large", "out of memory")
