"""Picture files of every awkward kind, made on the fly."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

from tests.benchmarks.picture_edits import drawn


def photo(seed: int = 1, side: int = 480) -> Image.Image:
    """A patterned thing on white; another one for every seed."""
    return drawn(seed, side)


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    if kind == "JPEG":
        options = {"quality": 90, **options}
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def save(path: Path, image: Image.Image, kind: str = "JPEG", **options: object) -> Path:
    path.write_bytes(encoded(image, kind, **options))
    return path


def huge_png(side: int = 50_000) -> bytes:
    """A valid PNG header that promises side × side pixels, with hardly any data behind it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100_000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


def huge_jpeg(side: int = 50_000) -> bytes:
    """A JPEG whose frame header was rewritten to promise side × side pixels."""
    data = bytearray(encoded(photo(side=64)))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", side, side)
    return bytes(data)


def animation() -> bytes:
    frames = [photo(seed) for seed in (1, 2, 3)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50)


def sixteen_bit(image: Image.Image) -> Image.Image:
    return Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257)


def see_through(image: Image.Image) -> Image.Image:
    """The picture with its white made transparent, and black hidden under the transparency."""
    pixels = np.asarray(image.convert("RGBA")).copy()
    white = (pixels[:, :, :3] > 250).all(axis=2)
    pixels[white] = (0, 0, 0, 0)
    return Image.fromarray(pixels)


def rotated_by_exif(image: Image.Image, orientation: int) -> bytes:
    """A JPEG stored in another orientation, with the EXIF tag that puts it right."""
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(image.transpose(undo[orientation]), exif=exif.tobytes(), quality=95)
