"""The print of a picture: everything duplicate detection remembers of it, in about 300 bytes.

Grey hashes (pHash, dHash) find re-encoded, resized and recoloured copies; the trimmed pHash ignores uniform borders; each
has its mirror. The colour grid and histogram, which grey hashes cannot see, tell a recolour from the same picture.

pHash is the algorithm of imagehash (DCT-II of a Lanczos-resized grey picture, low frequencies above their median), equal
to it bit for bit on the same grey input, but with the DCT as two small matrix products, so that scipy is never imported.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from PIL import Image

from pddlint.images.decode import Decoded, PictureProblem, decode, open_picture, read_picture

VERSION = 1  # raise it when the same picture would get another print: caches key on it

GRID = 6  # the colour grid is GRID × GRID cells of (Y, Cb, Cr)
_TRIM_TOLERANCE = 14  # grey levels; JPEG noise of a plain background stays below
_HUES = 12
_GREYS = 6

FloatArray = npt.NDArray[np.float64]
ByteArray = npt.NDArray[np.uint8]


class PicturePrint(msgspec.Struct, frozen=True, gc=False, tag="print"):
    """What is kept of a picture. Hashes are big-endian in reading order, as imagehash's hexadecimal form writes them."""

    digest: bytes  # BLAKE2b of the file, 16 bytes: equal digests are equal files
    width: int
    height: int
    size: int  # bytes of the file
    format: str
    animated: bool
    phash: int  # 64 bits, of the whole picture
    phash_mirrored: int
    dhash: int  # 64 bits
    dhash_mirrored: int
    trimmed: bytes  # 256-bit pHash after cutting off the uniform border, 32 bytes
    trimmed_mirrored: bytes
    grid: bytes  # mean Y, Cb, Cr of GRID × GRID cells of the trimmed picture
    colours: bytes  # shares (sum 255) of 12 hues and 6 greys in what is not background
    contrast: int  # standard deviation of grey, 0..127
    content: int  # per mille of pixels that are not background

    @property
    def blank(self) -> bool:
        """Nearly nothing on it: hashes of such pictures agree by chance and prove nothing."""
        return self.contrast < 8 or self.content < 15


class PictureDistance(msgspec.Struct, frozen=True, gc=False):
    """How far two prints are apart; each hash distance is the smaller of upright and mirrored."""

    same_file: bool
    phash: int  # of 64
    dhash: int  # of 64
    trimmed: int  # of 256
    mirrored: bool  # the mirrored comparison is the closer one
    grid: float  # mean absolute difference of the luma grid, 0..255
    tint: float  # mean chroma difference of the grid, 0..181
    colours: float  # half the L1 distance of the colour histograms, 0..1
    blank: bool  # one of the two is nearly empty


def picture_print(path: str | os.PathLike[str]) -> PicturePrint | PictureProblem:
    """The print of a picture file, or what is wrong with it. Never raises for what the file holds."""
    decoded = open_picture(path)
    return decoded if isinstance(decoded, PictureProblem) else print_of(decoded)


def print_of(decoded: Decoded) -> PicturePrint:
    """The print of a decoded picture."""
    grey = decoded.grey
    pixels = np.asarray(decoded.image)
    luma = pixels[:, :, 0]
    box, content = trim_box(luma)
    phash, phash_mirrored = _phash_bits(grey, 8)
    trimmed, trimmed_mirrored = _phash_bits(grey.crop(box) if box[2:] != grey.size or any(box[:2]) else grey, 16)
    dhash, dhash_mirrored = _dhash_bits(grey)
    left, top, right, bottom = box
    return PicturePrint(
        digest=decoded.digest,
        width=decoded.width,
        height=decoded.height,
        size=decoded.size,
        format=decoded.format,
        animated=decoded.animated,
        phash=_integer(phash),
        phash_mirrored=_integer(phash_mirrored),
        dhash=_integer(dhash),
        dhash_mirrored=_integer(dhash_mirrored),
        trimmed=np.packbits(trimmed).tobytes(),
        trimmed_mirrored=np.packbits(trimmed_mirrored).tobytes(),
        grid=decoded.image.resize((GRID, GRID), Image.Resampling.BOX, box=(left, top, right, bottom)).tobytes(),
        colours=_colours(pixels[top:bottom, left:right], _background(luma)),
        contrast=min(127, round(float(luma.std()))),
        content=round(1000 * content),
    )


def compare(a: PicturePrint, b: PicturePrint) -> PictureDistance:
    """Distances between two prints; symmetric."""
    straight = _distance(a.trimmed, b.trimmed)
    turned = min(_distance(a.trimmed, b.trimmed_mirrored), _distance(a.trimmed_mirrored, b.trimmed))
    mirrored = turned < straight
    luma, tint = _grid_difference(a.grid, b.grid, mirrored)
    left, right = a.colours, b.colours
    return PictureDistance(
        same_file=a.digest == b.digest,
        phash=min(
            (a.phash ^ b.phash).bit_count(),
            (a.phash ^ b.phash_mirrored).bit_count(),
            (a.phash_mirrored ^ b.phash).bit_count(),
        ),
        dhash=min(
            (a.dhash ^ b.dhash).bit_count(),
            (a.dhash ^ b.dhash_mirrored).bit_count(),
            (a.dhash_mirrored ^ b.dhash).bit_count(),
        ),
        trimmed=min(straight, turned),
        mirrored=mirrored,
        grid=luma,
        tint=tint,
        colours=sum(abs(x - y) for x, y in zip(left, right, strict=True)) / 510.0,
        blank=a.blank or b.blank,
    )


def _distance(a: bytes, b: bytes) -> int:
    return (int.from_bytes(a, "big") ^ int.from_bytes(b, "big")).bit_count()


def _grid_difference(a: bytes, b: bytes, mirrored: bool) -> tuple[float, float]:
    x = np.frombuffer(a, np.uint8).reshape(GRID, GRID, 3).astype(np.int16)
    y = np.frombuffer(b, np.uint8).reshape(GRID, GRID, 3).astype(np.int16)
    difference = np.abs(x - (y[:, ::-1] if mirrored else y))
    chroma = np.hypot(difference[:, :, 1], difference[:, :, 2])
    return round(float(difference[:, :, 0].mean()), 2), round(float(chroma.mean()), 2)


def _integer(bits: npt.NDArray[np.bool_]) -> int:
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


@cache
def _dct_basis(size: int, frequencies: int) -> FloatArray:
    """Rows of the unnormalised DCT-II (scipy.fftpack's scaling): `frequencies` × `size`."""
    k = np.arange(frequencies)[:, None]
    n = np.arange(size)[None, :]
    return np.asarray(2.0 * np.cos(np.pi * k * (2 * n + 1) / (2 * size)))


def _phash_bits(grey: Image.Image, side: int) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """pHash of a grey picture and of its mirror image, each `side` × `side` bits.

    Mirroring a signal negates its odd DCT-II coefficients, so one transform serves both.
    """
    pixels = np.asarray(grey.resize((side * 4, side * 4), Image.Resampling.LANCZOS), dtype=np.float64)
    basis = _dct_basis(side * 4, side)
    low = basis @ pixels @ basis.T
    turned = low.copy()
    turned[:, 1::2] *= -1.0
    return low > np.median(low), turned > np.median(turned)


def _dhash_bits(grey: Image.Image) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    pixels = np.asarray(grey.resize((9, 8), Image.Resampling.LANCZOS))
    turned = pixels[:, ::-1]
    return pixels[:, 1:] > pixels[:, :-1], turned[:, 1:] > turned[:, :-1]


def _background(luma: ByteArray) -> int | None:
    """Grey level of a plain background: the four corners agree on it; None when they do not."""
    depth = max(1, min(luma.shape) // 24)
    corners = [
        float(patch.mean())
        for patch in (
            luma[:depth, :depth],
            luma[:depth, -depth:],
            luma[-depth:, :depth],
            luma[-depth:, -depth:],
        )
    ]
    if max(corners) - min(corners) > _TRIM_TOLERANCE:
        return None
    return round(sum(corners) / 4)


def trim_box(luma: ByteArray) -> tuple[tuple[int, int, int, int], float]:
    """(left, top, right, bottom) of what is not plain background, and the share of pixels inside that are not.

    The whole picture when the corners disagree (no plain background), or when almost nothing would remain.
    """
    height, width = luma.shape
    whole = (0, 0, width, height)
    background = _background(luma)
    if background is None:
        return whole, 1.0
    mask = np.abs(luma.astype(np.int16) - background) > _TRIM_TOLERANCE
    content = float(mask.mean())
    rows = np.flatnonzero(mask.any(axis=1))
    columns = np.flatnonzero(mask.any(axis=0))
    if rows.size < height * 0.1 or columns.size < width * 0.1:
        return whole, content
    return (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1), content


def _colours(pixels: ByteArray, background: int | None) -> bytes:
    """Histogram of 12 hue sectors (chroma plane angle) and 6 grey levels over the foreground, scaled to sum 255."""
    flat = pixels.reshape(-1, 3).astype(np.int16)
    if background is not None:
        kept = (np.abs(flat[:, 0] - background) > _TRIM_TOLERANCE) | (np.abs(flat[:, 1:] - 128).max(axis=1) > 12)
        if kept.any():
            flat = flat[kept]
    blue, red = flat[:, 1] - 128, flat[:, 2] - 128
    hue = ((np.arctan2(red, blue) / (2 * np.pi) + 0.5) * _HUES).astype(np.int64) % _HUES
    grey = _HUES + flat[:, 0] // (256 // _GREYS + 1)
    vivid = blue.astype(np.int32) ** 2 + red.astype(np.int32) ** 2 > 14**2
    counts = np.bincount(np.where(vivid, hue, grey), minlength=_HUES + _GREYS)
    return np.round(counts * (255.0 / counts.sum())).astype(np.uint8).tobytes()


def as_image_hash(bits: int | bytes) -> Any:
    """A hash of a print as an `imagehash.ImageHash`, for use with that library's tools (imports imagehash)."""
    import imagehash

    raw = bits.to_bytes(8, "big") if isinstance(bits, int) else bits
    flags = np.unpackbits(np.frombuffer(raw, np.uint8)).astype(bool)
    side = round(flags.size**0.5)
    return imagehash.ImageHash(flags.reshape(side, side))


__all__ = [
    "GRID",
    "VERSION",
    "PictureDistance",
    "PicturePrint",
    "as_image_hash",
    "compare",
    "decode",
    "picture_print",
    "print_of",
    "read_picture",
    "trim_box",
]
