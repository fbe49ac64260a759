"""Local features: do two pictures hold the same photograph, though cropped, framed, pasted into a scene or overprinted?

For verifying pairs that something else proposed, never for finding them. ORB key points (Rublee et al. 2011) vote for
one similarity transform (RANSAC), and the transform is believed when the aligned pictures agree (`alignment`).
Everything is deterministic and symmetric: the pair is put in the order of its file digests first.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from pddlint.images.alignment import THUMB_SIDE, Agreement, Matrix, View, agreement
from pddlint.images.decode import Decoded, PictureProblem, open_picture, single_thread

VERSION = 4  # raise it when the same picture would get other features, or the same pair another score

SIDE = 400  # pixels of the longer side
_POINTS = 800
_STEP, _LEVELS = 1.4, 5  # of the scale pyramid: finds copies as surely as ORB's own 1.2 and 8, in 2/3 of the time
_BYTES = 16  # of ORB's 32: its tests stand in order of worth, and half of them match as well at two thirds of the time
_PATCH = 31  # pixels of a descriptor's patch
_RATIO = 0.8  # Lowe's ratio test
_TOLERANCE = 4.0  # pixels, of SIDE
_SCOUTS = 256  # strongest points of one picture that look for it in the mirror before all do: 1 copy in 200 is missed
_MIN_SCOUTED = 4  # inliers among them: 1 pair of different pictures in 40 has as many
_MIN_INLIERS = 5  # a similarity has four unknowns, two points give it; five agree by chance in 1 pair of 12
_SCALES = (0.15, 6.5)

ByteArray = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Features:
    """What verifying remembers of a picture, some 250 kB. What only some comparisons ask for is worked out then.

    `planes` are the picture's samples (height × width × 3 for YCbCr, × 1 for Y) in the SIDE frame, `points` the key
    points found there, strongest first, and `descriptors` 16 bytes for each of them.
    """

    digest: bytes
    planes: ByteArray
    points: tuple[cv2.KeyPoint, ...]
    descriptors: bytes

    @property
    def width(self) -> int:
        """Pixels of the SIDE frame."""
        return int(self.planes.shape[1])

    @property
    def height(self) -> int:
        """Pixels of the SIDE frame."""
        return int(self.planes.shape[0])

    @cached_property
    def places(self) -> npt.NDArray[np.float32]:
        """x and y of the key points: n × 2, pixels of the SIDE frame."""
        return np.asarray(cv2.KeyPoint.convert(self.points), np.float32).reshape(-1, 2)

    @cached_property
    def turned(self) -> npt.NDArray[np.float32]:
        """The same places in the mirror."""
        return self.places * np.array((-1, 1), np.float32) + np.array((self.width - 1, 0), np.float32)

    @cached_property
    def scouts(self) -> npt.NDArray[np.intp]:
        """Which of the points are the strongest, in their order."""
        strength = np.array([-point.response for point in self.points], np.float32)
        return np.sort(np.argsort(strength, kind="stable")[:_SCOUTS])

    @cached_property
    def mirrored(self) -> bytes:
        """Descriptors of the points as the mirror shows them."""
        return self._mirrored(range(len(self.points)))

    @cached_property
    def mirrored_scouts(self) -> bytes:
        """Those of the strongest alone, for a third of the time."""
        return self._mirrored(self.scouts.tolist())

    def _mirrored(self, chosen: Sequence[int]) -> bytes:
        points = [self.points[at] for at in chosen]
        last = self.width - 1
        turned = [
            cv2.KeyPoint(last - x, y, p.size, (180 - p.angle) % 360, p.response, p.octave, number)
            for number, (p, (x, y)) in enumerate((p, p.pt) for p in points)
        ]
        kept, seen = _orb().compute(np.ascontiguousarray(self.planes[:, ::-1, 0]), turned)
        descriptors = np.zeros((len(turned), _BYTES), np.uint8)
        if seen is not None:
            descriptors[[p.class_id for p in kept]] = seen[:, :_BYTES]
        return descriptors.tobytes()

    @cached_property
    def view(self) -> View:
        """What alignment needs."""
        thumb = _reduced(self.planes, THUMB_SIDE)
        return View(thumb.reshape(*thumb.shape[:2], -1), self.places * np.float32(thumb.shape[1] / self.width))


class Verification(msgspec.Struct, frozen=True, gc=False):
    """How surely two pictures hold the same photograph.

    `score` is 0..1; 0.9 counts with other evidence, 0.99 keeps false positives under 1e-4 on any two products
    (`lexicons/picture_match.toml` has the rates). It means the photograph, not the item: two garments on one model in
    one pose reach 0.9 in 1 of 200 pairs, and look-alike listings do share photographs.
    `transform` maps the first picture (mirrored first when `mirrored`) to the second: x' = t0·x + t1·y + t2,
    y' = t3·x + t4·y + t5, in units of each picture's longer side; empty when there is none.
    """

    score: float
    inliers: int = 0
    share: float = 0.0  # inliers among the tentative matches
    mirrored: bool = False
    transform: tuple[float, ...] = ()
    agreement: Agreement = Agreement()


def describe(path: str | os.PathLike[str]) -> Features | PictureProblem:
    """Features of a picture file, or what is wrong with it. Colours are not looked at."""
    decoded = open_picture(path, SIDE, colours=False)
    return decoded if isinstance(decoded, PictureProblem) else features_of(decoded)


def features_of(decoded: Decoded) -> Features:
    """Features of a decoded picture; it is reduced to SIDE pixels."""
    single_thread()
    planes = _reduced(np.ascontiguousarray(np.moveaxis(decoded.planes, 0, 2)), SIDE)
    planes = planes.reshape(*planes.shape[:2], -1)  # OpenCV drops the axis of a single channel
    points, descriptors = _detect(np.ascontiguousarray(planes[:, :, 0]))
    return Features(decoded.digest, planes, points, descriptors)


def verify(a: Features, b: Features, mirror: bool = True) -> Verification:
    """Compare two pictures; `verify(b, a)` is the same, with transform inverted and the sides of `agreement` swapped.

    `mirror=False` leaves out the mirrored comparison, at half the cost.
    """
    if a.digest == b.digest:
        full = Agreement(1.0, 1.0, 1.0, 1.0)
        return Verification(1.0, len(a.points), 1.0, False, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0), full)
    if b.digest < a.digest:
        return _swapped(verify(b, a, mirror), b, a)
    single_thread()
    best = _compare(a, b, mirrored=False)
    if mirror and best.score < 0.9:
        best = max(best, _compare(a, b, mirrored=True), key=lambda v: (v.score, not v.mirrored))
    return best


def _compare(a: Features, b: Features, mirrored: bool) -> Verification:
    if mirrored and len(a.points) > _SCOUTS:
        _, scouted, _ = _transform(a.mirrored_scouts, a.turned[a.scouts], b)
        if scouted < _MIN_SCOUTED:
            return Verification(0.0, mirrored=True)
    left, places = (a.mirrored, a.turned) if mirrored else (a.descriptors, a.places)
    matrix, inliers, matches = _transform(left, places, b)
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    if inliers < _MIN_INLIERS or not _SCALES[0] < scale < _SCALES[1]:
        return Verification(0.0, mirrored=mirrored)
    view = a.view.mirrored() if mirrored else a.view
    reduced = b.view.thumb.shape[1] / b.width
    thumb_matrix = matrix.copy()
    thumb_matrix[:, :2] *= reduced / (view.thumb.shape[1] / a.width)
    thumb_matrix[:, 2] *= reduced
    agreed = agreement(view, b.view, thumb_matrix)
    share = inliers / matches
    unit = matrix.copy()
    unit[:, :2] *= max(a.width, a.height) / max(b.width, b.height)
    unit[:, 2] /= max(b.width, b.height)
    return Verification(
        score=_score(inliers, agreed),
        inliers=inliers,
        share=round(share, 4),
        mirrored=mirrored,
        transform=tuple(round(float(x), 6) for x in unit.ravel()),
        agreement=agreed,
    )


def _transform(left: bytes, places: npt.NDArray[np.float32], b: Features) -> tuple[Matrix, int, int]:
    """The similarity that most matches of the points `left`, which are at `places`, with those of `b` vote for; its
    inliers, and the number of matches."""
    nothing = np.zeros((2, 3)), 0, 0
    if min(len(places), len(b.points)) < 2:
        return nothing
    chosen, partner = _matches(_signs(left), _signs(b.descriptors))
    if len(chosen) < 2:
        return nothing
    source, target = places[chosen], b.places[partner]
    matrix, mask = cv2.estimateAffinePartial2D(
        source, target, method=cv2.RANSAC, ransacReprojThreshold=_TOLERANCE, maxIters=1000
    )
    if matrix is None or not np.isfinite(matrix).all():
        return nothing
    kept = mask.ravel().astype(bool)
    # many matches may land on one point; places, not matches, are the evidence
    return np.asarray(matrix, np.float64), min(_spots(source[kept]), _spots(target[kept])), len(chosen)


def _spots(points: npt.NDArray[np.float32]) -> int:
    """How many different pixels the points lie on."""
    return len(set(map(tuple, np.rint(points).tolist())))


@lru_cache(16)  # 400 kB each; the shots of two listings are compared one with every other
def _signs(raw: bytes) -> npt.NDArray[np.float32]:
    """Descriptors as rows of 8 × _BYTES numbers +1 or -1."""
    bits = np.unpackbits(np.frombuffer(raw, np.uint8).reshape(-1, _BYTES), axis=1)
    return bits.astype(np.float32) * np.float32(2) - np.float32(1)


def _matches(
    left: npt.NDArray[np.float32], right: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Rows of `left` whose nearest row of `right` is clearly nearer than the second (ratio test), and that row.

    The product of ±1 rows is their length - 2 × the Hamming distance, exact in float32, and faster than a matcher.
    """
    alike = np.asarray(cv2.gemm(left, right, 1.0, np.empty(0, np.float32), 0.0, flags=cv2.GEMM_2_T), np.float32)
    rows = np.arange(len(alike))
    nearest = alike.argmax(axis=1)
    first = (left.shape[1] - alike[rows, nearest]) / 2
    alike[rows, nearest] = -np.inf
    second = (left.shape[1] - alike.max(axis=1)) / 2
    kept = np.flatnonzero(first < np.float32(_RATIO) * second)
    return kept, nearest[kept]


@cache
def _weights() -> dict[str, float]:
    import tomllib  # most pairs differ too much to be weighed

    text = resources.files("pddlint.lexicons").joinpath("picture_match.toml").read_text("utf-8")
    weights: dict[str, float] = tomllib.loads(text)["weights"]
    return weights


def _score(inliers: int, agreed: Agreement) -> float:
    weights = _weights()
    total = (
        weights["intercept"]
        + weights["log_inliers"] * math.log(max(inliers, 1))
        + weights["edges_best"] * max(agreed.edges_a, agreed.edges_b)
        + weights["covered_best"] * max(agreed.covered_a, agreed.covered_b)
    )
    return round(1.0 / (1.0 + math.exp(-total)), 4)


def _swapped(result: Verification, first: Features, second: Features) -> Verification:
    """The verification of (first, second) as that of (second, first)."""
    if not result.transform:
        return result
    matrix = np.array(result.transform).reshape(2, 3)
    if result.mirrored:  # T·F maps first to second; its inverse is F·T⁻¹ = (F·T⁻¹·F)·F
        width = (first.width - 1) / max(first.width, first.height)
        flip = np.array(((-1.0, 0.0, width), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)))
        other = (second.width - 1) / max(second.width, second.height)
        unflip = np.array(((-1.0, 0.0, other), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)))
        inverse = (flip @ np.linalg.inv(np.vstack((matrix, (0, 0, 1)))) @ unflip)[:2]
    else:
        inverse = np.linalg.inv(np.vstack((matrix, (0, 0, 1))))[:2]
    transform = tuple(round(float(x), 6) for x in inverse.ravel())
    return msgspec.structs.replace(result, transform=transform, agreement=result.agreement.swapped())


def _detect(grey: ByteArray) -> tuple[tuple[cv2.KeyPoint, ...], bytes]:
    """Key points, strongest first, and their descriptors."""
    if min(grey.shape) < 2 * _PATCH:  # no point lies far enough from every edge
        return (), b""
    found, descriptors = _orb().detectAndCompute(grey, None)
    if descriptors is None or not found:
        return (), b""
    return tuple(found), np.ascontiguousarray(descriptors[:, :_BYTES]).tobytes()


def _orb() -> cv2.ORB:
    return cv2.ORB.create(nfeatures=_POINTS, scaleFactor=_STEP, nlevels=_LEVELS, fastThreshold=10)


def _reduced(pixels: ByteArray, side: int) -> ByteArray:
    height, width = pixels.shape[:2]
    factor = side / max(height, width)
    if factor >= 1.0:
        return pixels
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    method = cv2.INTER_AREA if factor <= 0.5 else cv2.INTER_LINEAR  # averaging by an odd factor costs ten times as much
    return np.asarray(cv2.resize(pixels, size, interpolation=method), np.uint8)
