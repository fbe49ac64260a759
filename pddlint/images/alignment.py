"""Do two aligned pictures show the same thing? Compares edge directions, pixel by pixel, and then colours.

A shared face, logo or banner gives local features that match perfectly inside otherwise different pictures; so, after
the transform is known, everything else on the pictures must agree as well. Edge *directions* without sign or strength
survive recolouring, inversion and exposure. Method: smoothed doubled-angle gradient fields (Bigün & Granlund 1987, the
structure tensor), compared by their cosine.
"""

from __future__ import annotations

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

ByteArray = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float32]
Matrix = npt.NDArray[np.float64]

THUMB_SIDE = 160  # pixels of the longer side of the thumbnails compared
_QUIET = 1.0  # grey levels per pixel: weaker edges are noise
_MIN_OVERLAP = 100  # pixels of the thumbnail frame


class Agreement(msgspec.Struct, frozen=True, gc=False):
    """How well the overlap of two aligned pictures agrees. Shares are 0..1.

    `edges_*`: share of that picture's edge strength inside the overlap whose direction the other confirms.
    `covered_*`: share of all that picture's key points, inside the overlap or not, that the other confirms.
    `tint`, `luma`: colour (chroma plane) and brightness difference where the pictures agree, 70th percentile, in 8-bit
    levels; 0 where one of them was described without colours. Measured on verified pairs: tint is at least 4 for 88 %
    of colour variants of one garment and never for copies that were compressed, cropped, framed, rotated or
    overprinted; cut out on a scene it is for three in four.
    """

    edges_a: float = 0.0
    edges_b: float = 0.0
    covered_a: float = 0.0
    covered_b: float = 0.0
    tint: float = 0.0
    luma: float = 0.0

    def swapped(self) -> Agreement:
        return Agreement(self.edges_b, self.edges_a, self.covered_b, self.covered_a, self.tint, self.luma)


class View(msgspec.Struct, frozen=True, gc=False):
    """What alignment needs of a picture: a thumbnail (height × width × 3 for YCbCr, × 1 for Y) and key points (n × 2, x
    and y in thumbnail pixels)."""

    thumb: ByteArray
    points: FloatArray

    def mirrored(self) -> View:
        turned = self.points * np.array((-1, 1), np.float32) + np.array((self.thumb.shape[1] - 1, 0), np.float32)
        return View(np.ascontiguousarray(self.thumb[:, ::-1]), turned)


def agreement(a: View, b: View, transform: Matrix) -> Agreement:
    """Compare `a`, moved by `transform` (2 × 3, thumbnail pixels of `a` to those of `b`), with `b`.

    The comparison happens in the frame where the common content is smaller, so that the sharper picture is reduced.
    """
    scale = float(np.hypot(transform[0, 0], transform[1, 0]))
    if scale > 1.0:
        return agreement(b, a, np.asarray(cv2.invertAffineTransform(transform), np.float64)).swapped()
    height, width = b.thumb.shape[:2]
    moved = _warp(a.thumb, transform, scale, (width, height))
    frame = np.full(a.thumb.shape[:2], 255, np.uint8)
    overlap = cv2.erode(cv2.warpAffine(frame, transform, (width, height)), np.ones((5, 5), np.uint8)) > 127
    if np.count_nonzero(overlap) < _MIN_OVERLAP:
        return Agreement()
    fields = _edge_field(moved[:, :, 0]), _edge_field(b.thumb[:, :, 0])
    confirmed = _confirmed(*fields) * overlap
    weights = fields[0][:, :, 2] * overlap, fields[1][:, :, 2] * overlap
    coloured = min(moved.shape[2], b.thumb.shape[2]) == 3
    tint, luma = _colour_difference(moved, b.thumb, confirmed) if coloured else (0.0, 0.0)
    return Agreement(
        edges_a=_share(confirmed, weights[0]),
        edges_b=_share(confirmed, weights[1]),
        covered_a=_covered(confirmed, a.points @ transform[:, :2].T + transform[:, 2]),
        covered_b=_covered(confirmed, b.points),
        tint=tint,
        luma=luma,
    )


def _warp(thumb: ByteArray, transform: Matrix, scale: float, size: tuple[int, int]) -> ByteArray:
    """Move a thumbnail; a strong reduction averages first, since sampling alone would alias."""
    if scale < 0.6:
        height, width = thumb.shape[:2]
        size_there = (max(2, round(width * scale)), max(2, round(height * scale)))
        reduced = np.asarray(cv2.resize(thumb, size_there, interpolation=cv2.INTER_AREA), np.uint8)
        transform = transform.copy()
        transform[:, 0] *= width / reduced.shape[1]
        transform[:, 1] *= height / reduced.shape[0]
        thumb = reduced
    moved = cv2.warpAffine(thumb, transform, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.uint8).reshape(size[1], size[0], -1)  # OpenCV drops the axis of a single channel


def _edge_field(grey: ByteArray) -> FloatArray:
    """(height, width, 3): doubled-angle edge direction (cosine, sine, each × weight) and weight, smoothed."""
    smooth = cv2.GaussianBlur(grey, (0, 0), 1.0)
    across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=0.125)
    down = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=0.125)
    power = across * across + down * down + np.float32(1e-6)
    weight = np.sqrt(np.maximum(np.sqrt(power) - np.float32(_QUIET), 0))  # root: strong outlines may not rule alone
    unit = weight / power
    field = cv2.merge([(across * across - down * down) * unit, 2 * across * down * unit, weight])
    return np.asarray(cv2.GaussianBlur(field, (0, 0), 1.5), np.float32)


def _confirmed(a: FloatArray, b: FloatArray) -> FloatArray:
    """Per pixel 0..1: directions agree, and neither edge is less than half as strong as the other."""
    dot = a[:, :, 0] * b[:, :, 0] + a[:, :, 1] * b[:, :, 1]
    length = np.hypot(a[:, :, 0], a[:, :, 1]) * np.hypot(b[:, :, 0], b[:, :, 1])
    ratio = np.minimum(a[:, :, 2], b[:, :, 2]) / (np.maximum(a[:, :, 2], b[:, :, 2]) + np.float32(1e-3))
    return np.asarray(np.clip(dot / (length + np.float32(1e-3)), 0, 1) * np.clip(2 * ratio, 0, 1), np.float32)


def _share(confirmed: FloatArray, weight: FloatArray) -> float:
    return round(float((confirmed * weight).sum() / (weight.sum() + 1e-3)), 4)


def _covered(confirmed: FloatArray, points: npt.NDArray[np.floating]) -> float:
    """Share of the points, given in the frame of `confirmed`, that lie on confirmed pixels."""
    if not len(points):
        return 0.0
    height, width = confirmed.shape
    x, y = np.rint(points).astype(np.int64).T
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    return round(float(np.count_nonzero(confirmed[y[inside], x[inside]] > 0.5) / len(points)), 4)


def _colour_difference(a: ByteArray, b: ByteArray, confirmed: FloatArray) -> tuple[float, float]:
    """Chroma and luma difference over the confirmed pixels and what lies within 4 pixels of them.

    The 70th percentile: the median of a recoloured garment may still be the unchanged face, and the 80th of a copy a
    banner.
    """
    near = cv2.dilate((confirmed > 0.5).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    if not near.any():
        return 0.0, 0.0
    x, y = a[near].astype(np.int16), b[near].astype(np.int16)
    plain = (np.minimum(x[:, 0], y[:, 0]) > 235) & (np.abs(x - y).max(axis=1) < 12)  # white paper on both
    if plain.all():
        return 0.0, 0.0
    difference = np.abs(x - y)[~plain]
    tint = np.percentile(np.hypot(difference[:, 1], difference[:, 2]), 70)
    return round(float(tint), 1), round(float(np.percentile(difference[:, 0], 70)), 1)
