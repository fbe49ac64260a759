"""Opens a picture file without trusting it: one read, one small decode, and never an exception for bad content.

A picture is decoded no larger than it will be looked at: JPEG by libjpeg's DCT scaling, everything else in full and
then averaged down. What a file would cost is read off its header before anything is decoded. What cannot be decoded
comes back as a `PictureProblem` that says why.
"""

from __future__ import annotations

import hashlib
import os
import stat
from functools import cache, cached_property
from typing import TYPE_CHECKING

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from pddlint.images.prints import PictureProblem as PictureProblem

if TYPE_CHECKING:
    from PIL import Image

try:
    import simplejpeg
except ImportError:  # no wheel for this system
    simplejpeg = None

ByteArray = npt.NDArray[np.uint8]

MAX_PIXELS = 50_000_000  # more than any shop photograph; an RGBA canvas of this size takes 200 MB
MAX_SIDE = 65_535  # pixels, as in JPEG: a strip of millions, however thin, takes gigabytes to look at
MAX_FILE_BYTES = 64 * 1024 * 1024
SMALL_SIDE = 64  # pixels: the shorter side a decode is reduced to may not fall below it

_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class RawPicture(msgspec.Struct, frozen=True, gc=False):
    """The bytes of a picture file and their digest (SHA-256, its first 16 bytes), before any decoding."""

    data: bytes
    digest: bytes


class Decoded(msgspec.Struct, frozen=True, dict=True):
    """A picture made small: `planes` are its Y, Cb and Cr samples (3 × height × width; Y alone where colours were not
    asked for), upright, on white; `width` and `height` are the file's own, upright.

    Its shorter side is at least the `min_side` asked for, unless the file's own is shorter.
    """

    planes: ByteArray
    digest: bytes
    width: int
    height: int
    size: int  # bytes of the file
    format: str  # Pillow's name: JPEG, PNG, WEBP, GIF, BMP
    animated: bool

    @cached_property
    def image(self) -> Image.Image:
        """The samples as a `YCbCr` picture."""
        from PIL import Image

        return Image.merge("YCbCr", [Image.fromarray(plane) for plane in self.planes])

    @property
    def grey(self) -> Image.Image:
        """Luma as an 8-bit `L` picture: for a JPEG its Y plane, one level off where a colour left the range of RGB."""
        from PIL import Image

        return Image.fromarray(self.planes[0])


def read_picture(path: str | os.PathLike[str], max_bytes: int = MAX_FILE_BYTES) -> RawPicture | PictureProblem:
    """Read a regular file of at most `max_bytes` once. Pipes and devices are refused, so that a read cannot hang.

    A URL is fetched; only a distributed run that was asked to read object storage resolves pictures to URLs.
    """
    if isinstance(path, str) and "://" in path[:12]:
        from pddlint.distributed.remote import picture

        return picture(path, max_bytes)
    try:
        with os.fdopen(os.open(path, _READ_FLAGS), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return PictureProblem("unreadable", "not a regular file")
            if status.st_size > max_bytes:
                return PictureProblem("too-large", f"{status.st_size} bytes")
            data = file.read(status.st_size + 1)  # a generous limit instead would be allocated whole
    except FileNotFoundError:
        return PictureProblem("missing")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return PictureProblem("unreadable", getattr(error, "strerror", None) or str(error))
    except MemoryError:
        return PictureProblem("too-large", "out of memory")
    if len(data) > status.st_size:
        return PictureProblem("unreadable", "grew while being read")
    return raw_picture(data)


def raw_picture(data: bytes) -> RawPicture:
    """The bytes of a picture file with their digest; of the safe digests, the one that most processors compute."""
    return RawPicture(data, hashlib.sha256(data).digest()[:16])


def open_picture(
    path: str | os.PathLike[str], min_side: int = SMALL_SIDE, *, colours: bool = True
) -> Decoded | PictureProblem:
    """Read and decode a picture file. Never raises for anything the file holds."""
    raw = read_picture(path)
    return raw if isinstance(raw, PictureProblem) else decode(raw, min_side, colours=colours)


def decode(
    raw: RawPicture, min_side: int = SMALL_SIDE, max_pixels: int = MAX_PIXELS, *, colours: bool = True
) -> Decoded | PictureProblem:
    """Decode bytes already read, as small as `min_side` allows. Never raises for anything the bytes hold."""
    sniffed = sniff(raw.data)
    if isinstance(sniffed, PictureProblem):
        return sniffed
    if sniffed == "JPEG" and (plain := _plain_jpeg(raw, min_side, max_pixels, colours)):
        return plain
    from pddlint.images.pillow import decode_any  # Pillow takes a while to load, and most catalogs need it for nothing

    return decode_any(raw, sniffed, min_side, max_pixels, colours)


def _plain_jpeg(raw: RawPicture, min_side: int, max_pixels: int, colours: bool) -> Decoded | None:
    """An ordinary JPEG, decoded by simplejpeg to the very samples that Pillow would give, a quarter faster.

    None for all that needs a closer look: other colours, a large canvas, EXIF (it may turn the picture), any damage.
    """
    if simplejpeg is None or _has_exif(raw.data):
        return None
    try:
        height, width, space, _ = simplejpeg.decode_jpeg_header(raw.data)
        if space != "YCbCr" or not 0 < width * height <= max_pixels:
            return None
        times = next((n for n in (8, 4, 2) if min(width, height) // min_side >= n), 1)  # as Pillow's `draft` has it
        shape = (-(-height // times), -(-width // times), 3 if colours else 1)
        space = "RGB" if colours else "GRAY"
        pixels = simplejpeg.decode_jpeg(raw.data, space, min_height=shape[0], min_width=shape[1])
    except (ValueError, MemoryError):
        return None
    if pixels.shape != shape:
        return None
    planes = planes_of(pixels, colours) if colours else pixels.transpose(2, 0, 1)
    return Decoded(planes, raw.digest, width, height, len(raw.data), "JPEG", False)


def _has_exif(data: bytes) -> bool:
    """Whether a JPEG's header has an EXIF segment, or is laid out too oddly to tell."""
    at = 2
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data):
        kind = data[at + 1]
        if kind == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0":
            return True
        if kind == 0xDA:  # the samples start
            return False
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return True


def planes_of(pixels: ByteArray, colours: bool) -> ByteArray:
    """RGB (height × width × 3) to Y, Cb and Cr (3 × height × width) as JFIF defines them, to the nearest level; to Y
    alone without `colours`. OpenCV counts in whole numbers, so that every processor rounds alike."""
    single_thread()
    pixels = np.ascontiguousarray(pixels)
    if not colours:
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)[np.newaxis]
    planes = np.empty((3, *pixels.shape[:2]), np.uint8)
    cv2.split(cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb), [planes[0], planes[2], planes[1]])
    return planes


@cache
def single_thread() -> None:
    """OpenCV's own threads only get in the way of the engine's, and of reproducible timing."""
    cv2.setNumThreads(1)


_UNSUPPORTED = (
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"8BPS", "Photoshop"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP archive"),
    (b"\x1f\x8b", "gzip"),
    (b"\0\0\x01\0", "ICO"),
)


def sniff(data: bytes) -> str | PictureProblem:
    """Pillow's format name from the first bytes, else the problem. Only the five formats listed are ever decoded:
    some of Pillow's other decoders call outside programs."""
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "GIF"
    if data[:2] == b"BM" and len(data) > 26 and data[6:10] == b"\0\0\0\0":
        return "BMP"
    if not data.strip(b"\0"):
        return PictureProblem("not-a-picture", "empty file" if not data else "only zero bytes")
    if data[4:8] == b"ftyp":
        return PictureProblem("unsupported", f"{data[8:12].decode('ascii', 'replace').strip().upper()} container")
    for magic, name in _UNSUPPORTED:
        if data.startswith(magic):
            return PictureProblem("unsupported", name)
    return PictureProblem("not-a-picture", _looks_like(data[:512]))


def _looks_like(head: bytes) -> str:
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return "unknown bytes"
        text = head[: error.start].decode("utf-8")
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html")):
        return "HTML text"
    if start.startswith(("<svg", "<?xml")):
        return "XML or SVG text"
    return "text" if not any(c < " " and c not in "\t\r\n\f" for c in text) else "unknown bytes"
