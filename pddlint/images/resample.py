"""Pillow's Lanczos reduction, to the bit, as two small matrix products.

Hashes must equal imagehash's, which resizes with Pillow; Pillow spends most of such a small resize on computing filter
weights, which depend on the sizes only and are kept here. Method: libImaging/Resample.c, weights as integers of 22
bits, each pass rounded to 8 bits; sums have fewer than 53 bits, so float64 products are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

ByteArray = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float64]

_BITS = 22
_LOBES = 3.0


def reduce(pixels: ByteArray, values: FloatArray, sizes: Sequence[tuple[int, int]]) -> list[FloatArray]:
    """Grey samples resized to each (width, height), whole numbers 0..255; `values` are `pixels` as floats.

    Pictures taller than wide go through Pillow itself, which turns the order of its two passes for some of them.
    """
    if pixels.shape[1] < pixels.shape[0]:
        from PIL import Image

        image = Image.fromarray(pixels)
        return [np.asarray(image.resize(size, Image.Resampling.LANCZOS), dtype=np.float64) for size in sizes]
    across = _rounded(values @ _all_turned(values.shape[1], tuple(width for width, _ in sizes)))
    both = _rounded(_all_weights(values.shape[0], tuple(height for _, height in sizes)) @ across)
    found, left, top = [], 0, 0
    for width, height in sizes:  # of every height with every width, those that belong together
        found.append(both[top : top + height, left : left + width])
        left, top = left + width, top + height
    return found


def _rounded(sums: FloatArray) -> FloatArray:
    sums += 0.5
    np.floor(sums, out=sums)
    np.maximum(sums, 0.0, out=sums)
    return np.minimum(sums, 255.0, out=sums)


@lru_cache(512)
def _all_weights(size: int, wanted: tuple[int, ...]) -> FloatArray:
    return np.concatenate([_weights(size, one) for one in wanted])


@lru_cache(512)
def _all_turned(size: int, wanted: tuple[int, ...]) -> FloatArray:
    """The same, columns for rows; laid out anew, a product with it takes two thirds of the time."""
    return np.ascontiguousarray(_all_weights(size, wanted).T)


def _weights(size: int, wanted: int) -> FloatArray:
    """`wanted` × `size` filter weights: whole numbers over 2**22."""
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
    return weights / (1 << _BITS)
