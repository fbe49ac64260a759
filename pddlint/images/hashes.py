"""The print of a picture: everything duplicate detection remembers of it, in about 300 bytes.

Grey hashes (pHash, dHash) find re-encoded, resized and recoloured copies; the trimmed pHash ignores uniform borders;
each has its mirror. The colour grid and histogram, which grey hashes cannot see, tell a recolour from the same picture.

pHash is the algorithm of imagehash (DCT-II of a Lanczos-resized grey picture, low frequencies above their median),
equal to it bit for bit on the same grey input, but with the DCT as two small matrix products: scipy is never imported.

False-positive rates on 727,261 pairs of different products among 1,200 photographs (FPR), on the 218,835 of them that
are both of models on white, and recall for 80 photographs under sellers' edits (see tests/benchmarks/pictures.py):

    distance        FPR     white   jpeg, flip, grey  borders  badge  banner  crop 10 %  2°   other colour
    trimmed ≤ 40    0       0       1.0               .98      .17    .09     .21        .24  .79
    trimmed ≤ 60    3.7e-5  1.2e-4  1.0               1.0      .23    .17     .21        .51  .91
    phash ≤ 4       1.2e-5  4.1e-5  1.0               0        .20    .05     0          .46  .49
    phash ≤ 8       4.0e-4  1.3e-3  1.0               .04      .39    .33     .07        .84  .70
    phash ≤ 10      1.2e-3  4.1e-3  1.0               .14      .51    .54     .24        .97  .78
    dhash ≤ 4       8.9e-4  3.0e-3  1.0               .02      .86    .30     .17        .66  .79
    dhash ≤ 8       1.0e-2  3.3e-2  1.0               .17      1.0    .93     .35        .97  .93
    `near`          4.7e-3  1.6e-2  1.0               1.0      .97    .84     .60        .99  .93
"""

from __future__ import annotations

import os
from functools import cache, lru_cache
from typing import Any, Literal

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from pddlint.images.decode import Decoded, open_picture
from pddlint.images.prints import PicturePrint as PicturePrint
from pddlint.images.prints import PictureProblem
from pddlint.images.resample import reduce

VERSION = 4  # raise it when the same picture would get another print: caches key on it

SAME = 40  # trimmed distance: no false pair in 727,261
NEAR = 60  # trimmed distance: 3.7e-5
LIKELY_PHASH = 10  # with NEAR and LIKELY_DHASH, the net for candidates: 4.7e-3
LIKELY_DHASH = 6

GRID = 6  # the colour grid is GRID × GRID cells of (Y, Cb, Cr)
_TRIM_TOLERANCE = 14  # grey levels; JPEG noise of a plain background stays below
_FRAMES = 3  # borders within borders
_HUES = 12
_GREYS = 6

FloatArray = npt.NDArray[np.float64]
ByteArray = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]


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


class ColourShift(msgspec.Struct, frozen=True, gc=False):
    """Colour difference of two pictures of one structure.

    `recoloured` holds for 93 % of 414 pairs of colour variants, 5 % of same-coloured edits, and half of the copies made
    clearly brighter, which no print can tell from a lighter colour.
    """

    kind: Literal["same", "recoloured", "unclear"]
    tint: float  # mean chroma difference, 0..181
    luma: float  # mean brightness difference, 0..255
    colours: float  # half the L1 distance of the colour histograms, 0..1


def picture_print(path: str | os.PathLike[str]) -> PicturePrint | PictureProblem:
    """The print of a picture file, or what is wrong with it. Never raises for what the file holds."""
    decoded = open_picture(path)
    return decoded if isinstance(decoded, PictureProblem) else print_of(decoded)


def print_of(decoded: Decoded) -> PicturePrint:
    """The print of a decoded picture."""
    luma = decoded.planes[0]
    values = luma.astype(np.float64)
    box, content, plain = trim(luma)
    left, top, right, bottom = box
    square, steps = reduce(luma, values, ((32, 32), (9, 8)))
    phash, phash_mirrored = _phash(square, 8)
    trimmed, trimmed_mirrored = _phash(values[top:bottom, left:right], 16)
    dhash, dhash_mirrored = _dhash(steps)
    return PicturePrint(
        digest=decoded.digest,
        width=decoded.width,
        height=decoded.height,
        size=decoded.size,
        format=decoded.format,
        animated=decoded.animated,
        phash=int.from_bytes(phash, "big"),
        phash_mirrored=int.from_bytes(phash_mirrored, "big"),
        dhash=int.from_bytes(dhash, "big"),
        dhash_mirrored=int.from_bytes(dhash_mirrored, "big"),
        trimmed=trimmed,
        trimmed_mirrored=trimmed_mirrored,
        grid=_grid(decoded.planes[:, top:bottom, left:right]),
        colours=_colours(decoded.planes[:, top:bottom, left:right], plain),
        contrast=_contrast(luma),
        content=round(1000 * content),
    )


def compare(a: PicturePrint, b: PicturePrint) -> PictureDistance:
    """Distances between two prints; symmetric."""
    phash, dhash, trimmed, mirrored = _hash_distances(a, b)
    luma, tint = _grid_difference(a.grid, b.grid, mirrored)
    left, right = a.colours, b.colours
    return PictureDistance(
        same_file=a.digest == b.digest,
        phash=phash,
        dhash=dhash,
        trimmed=trimmed,
        mirrored=mirrored,
        grid=luma,
        tint=tint,
        colours=sum(abs(x - y) for x, y in zip(left, right, strict=True)) / 510.0,
        blank=a.blank or b.blank,
    )


def likeness(a: PicturePrint, b: PicturePrint) -> float:
    """1 for equal hashes down to 0 for unrelated ones: 1 - distance, by the best of the hashes that are safe."""
    phash, dhash, trimmed, _ = _hash_distances(a, b)
    return max(0.0, 1.0 - min(trimmed / 128, max(phash, dhash) / 26))


def _hash_distances(a: PicturePrint, b: PicturePrint) -> tuple[int, int, int, bool]:
    """Of pHash, dHash and trimmed pHash, each the smaller of upright and mirrored; whether the last is mirrored."""
    straight = _distance(a.trimmed, b.trimmed)
    turned = min(_distance(a.trimmed, b.trimmed_mirrored), _distance(a.trimmed_mirrored, b.trimmed))
    phash = min(
        (a.phash ^ b.phash).bit_count(),
        (a.phash ^ b.phash_mirrored).bit_count(),
        (a.phash_mirrored ^ b.phash).bit_count(),
    )
    dhash = min(
        (a.dhash ^ b.dhash).bit_count(),
        (a.dhash ^ b.dhash_mirrored).bit_count(),
        (a.dhash_mirrored ^ b.dhash).bit_count(),
    )
    return phash, dhash, min(straight, turned), turned < straight


def same(a: PicturePrint, b: PicturePrint) -> bool:
    """Surely one picture, re-encoded, resized, mirrored, bordered or recoloured."""
    return a.digest == b.digest or (not (a.blank or b.blank) and compare(a, b).trimmed <= SAME)


def near(a: PicturePrint, b: PicturePrint) -> bool:
    """Worth verifying: close by any of the hashes. Misses cuttings, collages and scenes, which only features find."""
    if a.digest == b.digest:
        return True
    distance = compare(a, b)
    return not distance.blank and (
        distance.trimmed <= NEAR or distance.phash <= LIKELY_PHASH or distance.dhash <= LIKELY_DHASH
    )


def colour_shift(a: PicturePrint, b: PicturePrint) -> ColourShift | None:
    """How the colours of two pictures of one structure differ; None when their structures are not NEAR."""
    distance = compare(a, b)
    if distance.trimmed > NEAR:
        return None
    kind: Literal["same", "recoloured", "unclear"] = "unclear"
    if distance.tint >= 5 or distance.grid > 12:
        kind = "recoloured"
    elif distance.tint < 2 and distance.grid < 5:
        kind = "same"
    return ColourShift(kind, distance.tint, distance.grid, distance.colours)


def _distance(a: bytes, b: bytes) -> int:
    return (int.from_bytes(a, "big") ^ int.from_bytes(b, "big")).bit_count()


def _grid_difference(a: bytes, b: bytes, mirrored: bool) -> tuple[float, float]:
    x = np.frombuffer(a, np.uint8).reshape(GRID, GRID, 3).astype(np.int16)
    y = np.frombuffer(b, np.uint8).reshape(GRID, GRID, 3).astype(np.int16)
    difference = np.abs(x - (y[:, ::-1] if mirrored else y))
    chroma = np.hypot(difference[:, :, 1], difference[:, :, 2])
    return round(float(difference[:, :, 0].mean()), 2), round(float(chroma.mean()), 2)


@lru_cache(512)
def _dct_basis(size: int, frequencies: int) -> FloatArray:
    """Rows of the unnormalised DCT-II (scipy.fftpack's scaling): `frequencies` × `size`."""
    k = np.arange(frequencies)[:, None]
    n = np.arange(size)[None, :]
    return np.asarray(2.0 * np.cos(np.pi * k * (2 * n + 1) / (2 * size)))


def _phash(pixels: FloatArray, side: int) -> tuple[bytes, bytes]:
    """pHash of grey samples and of their mirror image, `side` × `side` bits each.

    Low DCT frequencies need no resized picture: the basis is sampled at whatever size the samples have. On a 32 × 32
    Lanczos reduction with `side` 8 this is imagehash.phash. Mirroring negates the odd coefficients, so one transform
    serves both.
    """
    height, width = pixels.shape
    low = _dct_basis(height, side) @ pixels @ _dct_basis(width, side).T
    turned = low.copy()
    turned[:, 1::2] *= -1.0
    return _above_median(low), _above_median(turned)


def _above_median(values: FloatArray) -> bytes:
    ordered = np.sort(values, axis=None)
    middle = ordered.size // 2
    return np.packbits(values > (ordered[middle - 1] + ordered[middle]) / 2).tobytes()


def _dhash(pixels: FloatArray) -> tuple[bytes, bytes]:
    turned = pixels[:, ::-1]
    return np.packbits(pixels[:, 1:] > pixels[:, :-1]).tobytes(), np.packbits(turned[:, 1:] > turned[:, :-1]).tobytes()


def _contrast(luma: ByteArray) -> int:
    """Standard deviation of the grey levels, at most 127."""
    return min(127, round(float(cv2.meanStdDev(luma)[1][0, 0])))


def background(luma: ByteArray) -> int | None:
    """Grey level of a plain background: the four corners agree on it; None when they do not."""
    depth = max(1, min(luma.shape) // 24)
    corners = [
        int(cv2.sumElems(luma[rows, columns])[0]) // depth**2
        for rows in (slice(depth), slice(-depth, None))
        for columns in (slice(depth), slice(-depth, None))
    ]
    return None if max(corners) - min(corners) > _TRIM_TOLERANCE else round(sum(corners) / 4)


def trim(luma: ByteArray) -> tuple[Box, float, int | None]:
    """Cut plain borders off, one within the other: a frame first, then the white around the thing inside it.

    Returns (left, top, right, bottom) of what remains, the share of the picture that is not background, and the grey
    level of the innermost background, None when there is none.
    """
    left, top, content, plain = 0, 0, 1.0, None
    inner = luma
    for _ in range(_FRAMES):
        level = background(inner)
        if level is None:
            break
        box, share = _trim_once(inner, level)
        plain, content = level, share * inner.size / luma.size
        if box == (0, 0, inner.shape[1], inner.shape[0]):
            break
        inner = inner[box[1] : box[3], box[0] : box[2]]
        left, top = left + box[0], top + box[1]
    return (left, top, left + inner.shape[1], top + inner.shape[0]), content, plain


def _trim_once(luma: ByteArray, level: int) -> tuple[Box, float]:
    """Box of what differs from a background, and its share; the whole picture when almost nothing would remain."""
    height, width = luma.shape
    low, high = max(level - _TRIM_TOLERANCE, 0), min(level + _TRIM_TOLERANCE, 255)
    mask = (luma - np.uint8(low) > high - low).view(np.uint8)  # unsigned wrap-around makes two comparisons one
    content = cv2.countNonZero(mask) / mask.size
    if content < 0.2 and (np.any(mask, axis=1).sum() < height * 0.1 or np.any(mask, axis=0).sum() < width * 0.1):
        return (0, 0, width, height), content
    left, top, width, height = cv2.boundingRect(mask)
    return (left, top, left + width, top + height), content


def _grid(planes: ByteArray) -> bytes:
    """Mean Y, Cb, Cr of GRID × GRID equal cells, which may share samples by parts: cells row by row."""
    height, width = planes.shape[1:]
    means = _cells(height) @ planes.astype(np.float64) @ _cells(width).T
    return (means + 0.5).astype(np.uint8).transpose(1, 2, 0).tobytes()


@lru_cache(512)
def _cells(size: int) -> FloatArray:
    """GRID × `size`: the share of each sample in the mean of each cell."""
    edges = np.arange(GRID + 1)[:, None] * size / GRID
    covered = np.clip(edges - np.arange(size), 0.0, 1.0)
    return np.asarray(np.diff(covered, axis=0) * (GRID / size))


def _colours(planes: ByteArray, plain: int | None) -> bytes:
    """Histogram of 12 hue sectors (chroma plane angle) and 6 grey levels over the foreground, scaled to sum 255."""
    step = max(1, min(planes.shape[1:]) // 32)
    luma, blue, red = planes[:, ::step, ::step].reshape(3, -1)
    place = blue.astype(np.intp)
    place <<= 8
    place |= red
    bins = _sectors().take(place)
    grey = bins == _HUES
    bins += grey * (luma // np.uint8(256 // _GREYS + 1))
    if plain is not None:
        low, high = max(plain - _TRIM_TOLERANCE, 0), min(plain + _TRIM_TOLERANCE, 255)
        kept = bins[(luma - np.uint8(low) > high - low) | ~grey]
        bins = kept if kept.size else bins
    counts = np.bincount(bins, minlength=_HUES + _GREYS)
    return bytes(np.round(counts * (255.0 / bins.size)).astype(np.uint8))


@cache
def _sectors() -> ByteArray:
    """The hue sector of each Cb × 256 + Cr, _HUES where they are too weak to be a colour."""
    blue, red = np.meshgrid(np.arange(-128, 128), np.arange(-128, 128), indexing="ij")
    hue = ((np.arctan2(red, blue, dtype=np.float32) * (1 / (2 * np.pi)) + 0.5) * _HUES).astype(np.int16) % _HUES
    return np.asarray(np.where(blue**2 + red**2 > 14**2, hue, _HUES).ravel(), np.uint8)


def as_image_hash(bits: int | bytes) -> Any:
    """A hash of a print as an `imagehash.ImageHash`, for use with that library's tools (imports imagehash)."""
    import imagehash

    raw = bits.to_bytes(8, "big") if isinstance(bits, int) else bits
    flags = np.unpackbits(np.frombuffer(raw, np.uint8)).astype(bool)
    side = round(flags.size**0.5)
    return imagehash.ImageHash(flags.reshape(side, side))
