"""Decodes, with Pillow, whatever is no ordinary JPEG, and says what is wrong with what cannot be decoded."""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Callable

import numpy as np
from PIL import Image, UnidentifiedImageError

from pddlint.images.decode import MAX_SIDE, ByteArray, Decoded, PictureProblem, RawPicture, planes_of

_ORIENTATION_TAG = 0x0112
_UPRIGHT: dict[int, Callable[[ByteArray], ByteArray]] = {  # EXIF orientation -> what puts rows × columns right
    2: lambda pixels: pixels[:, ::-1],
    3: lambda pixels: pixels[::-1, ::-1],
    4: lambda pixels: pixels[::-1],
    5: lambda pixels: pixels.swapaxes(0, 1),
    6: lambda pixels: pixels[::-1].swapaxes(0, 1),
    7: lambda pixels: pixels[::-1, ::-1].swapaxes(0, 1),
    8: lambda pixels: pixels.swapaxes(0, 1)[::-1],
}


def decode_any(raw: RawPicture, name: str, min_side: int, max_pixels: int, colours: bool) -> Decoded | PictureProblem:
    """Decode a file of the format that Pillow calls `name`; see `decode.decode`."""
    try:
        with _quiet:
            return _decode(raw, name, min_side, max_pixels, colours)
    except Image.DecompressionBombError:
        return PictureProblem("too-large", "more pixels than can be decoded safely")
    except MemoryError:
        return PictureProblem("too-large", "out of memory")
    except UnidentifiedImageError:  # its own words name an address in memory
        return PictureProblem("damaged", f"{name}: the header cannot be read")
    except Exception as error:  # decoders raise OSError, SyntaxError, ValueError, struct.error, zlib.error and more
        return PictureProblem("damaged", f"{name}: {_one_line(error)}")


class _Quiet:
    """Without Pillow's warnings about odd EXIF, transparency and large canvases: none is the reader's business.

    The filters are the whole process's: the first thread inside sets them, the last one puts them back.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._before = warnings.catch_warnings()

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._before = warnings.catch_warnings()
                self._before.__enter__()
                warnings.simplefilter("ignore")
            self._inside += 1

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._before.__exit__(None, None, None)


_quiet = _Quiet()


def _decode(raw: RawPicture, name: str, min_side: int, max_pixels: int, colours: bool) -> Decoded | PictureProblem:
    with Image.open(io.BytesIO(raw.data), formats=(name,)) as image:
        width, height = image.size
        if width * height > max_pixels or max(width, height) > MAX_SIDE:
            return PictureProblem("too-large", f"{width}×{height} pixels")
        animated = bool(getattr(image, "is_animated", False)) if name != "JPEG" else False
        if animated:
            image.seek(0)
        image.draft("RGB" if colours else "L", (min_side, min_side))
        orientation = _orientation(image)
        side = min(image.size) if name == "JPEG" else min_side  # `draft` has reduced it, no less than simplejpeg does
        pixels: ByteArray = np.asarray(_opaque(image, side))
    if orientation in _UPRIGHT:
        pixels = _UPRIGHT[orientation](pixels)
    if orientation >= 5:
        width, height = height, width
    return Decoded(planes_of(pixels, colours), raw.digest, width, height, len(raw.data), name, animated)


def _opaque(image: Image.Image, min_side: int) -> Image.Image:
    """The picture as RGB, reduced, with anything transparent laid on white as a shop page shows it."""
    if image.mode.startswith("I") or image.mode == "F":
        image = _eight_bit(image)
    if image.mode in ("P", "PA", "LA", "La", "RGBa", "RGBA") or "transparency" in image.info:
        image = _reduced(image.convert("RGBA"), min_side)
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, image).convert("RGB")
    if image.mode not in ("L", "RGB"):
        image = image.convert("RGB")  # CMYK, 1, HSV, LAB
    return _reduced(image, min_side).convert("RGB")


def _reduced(image: Image.Image, min_side: int) -> Image.Image:
    """Averaged down by a power of two, as JPEG scaling does: a PNG and a JPEG of one picture stay comparable."""
    times = min(image.size) // max(min_side, 1)
    return image.reduce(1 << (times.bit_length() - 1)) if times > 1 else image


def _eight_bit(image: Image.Image) -> Image.Image:
    """16-bit grey to 8 bits by scale (Pillow's own conversion clips in some versions)."""
    values = np.asarray(image).astype(np.float32)
    if image.mode != "F" or values.max(initial=0.0) > 255.0:
        values /= 257.0
    return Image.fromarray(np.clip(values + 0.5, 0, 255).astype(np.uint8))


def _orientation(image: Image.Image) -> int:
    """EXIF orientation 1..8; 1 when there is none or the tag block is broken (the picture itself may be fine)."""
    if image.format == "JPEG" and "exif" not in image.info:
        return 1
    try:
        value = image.getexif().get(_ORIENTATION_TAG, 1)
    except Exception:
        return 1
    return value if isinstance(value, int) else 1


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
