"""Pillow's Lanczos reduction, to the bit, as two small matrix products.

Hashes must equal imagehash's, which resizes with Pillow; Pillow spends most of such a small resize on computing filter
weights, which depend on the sizes only and are kept here. Method: libImaging/Resample.c, weights as integers of 22
bits, each pass rounded to 8 bits; sums stay below 2**53, so float64 products are exact.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image

ByteArray = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float64]

_BITS = 22
_LOBES = 3.0


def reduce(pixels: ByteArray, values: FloatArray, width: int, height: int) -> FloatArray:
    """Grey samples resized to `height` × `width`, whole numbers 0..255; `values` are `pixels` as floats.

    Pictures taller than wide go through Pillow itself, which turns the order of its two passes for some of them.
    """
    if pixels.shape[1] < pixels.shape[0]:
        image = Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS)
        return np.asarray(image, dtype=np.float64)
    across = _rounded(values @ _weights(values.shape[1], width).T)
    return _rounded(_weights(values.shape[0], height) @ across)


def _rounded(sums: FloatArray) -> FloatArray:
    sums += float(1 << (_BITS - 1))
    sums *= 1.0 / (1 << _BITS)
    np.floor(sums, out=sums)
    return np.clip(sums, 0.0, 255.0, out=sums)


@lru_cache(512)
def _weights(size: int, wanted: int) -> FloatArray:
    """`wanted` × `size` integer filter weights."""
    scale = size / wanted
    stretch = max(scale, 1.0)
    support = _LOBES * stretch
    weights = np.zeros((wanted, size))
    for place in range(wanted):
        centre = (place + 0.5) * scale
        first = max(int(centre - support + 0.5), 0)
        last = min(int(centre + support + 0.5), size)
        distance = (np.arange(first, last) - centre + 0.5) / stretch
        values = np.where(np.abs(distance) < _LOBES, np.sinc(distance) * np.sinc(distance / _LOBES), 0.0)
        values = values / values.sum() * (1 << _BITS)
        weights[place, first:last] = np.trunc(values + np.copysign(0.5, values))
    return weights
