"""A small software renderer for product pictures: silhouettes, inflated or turned into solids, lit, textured, layered.

Coordinates run from 0 to 1000 in both directions whatever the working size; colours are RGB in 0..255. Everything is
seeded, so that the same script draws the same pictures.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.float32]
Points = list[tuple[float, float]]
Colour = tuple[float, float, float]

SIZE = 1000
K = SIZE / 1000
LIGHT = np.array([-0.45, -0.6, 0.66], np.float32)
YY, XX = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32) / K


def smooth(points: Points, closed: bool = True, steps: int = 16) -> Points:
    """Catmull-Rom curve through the points."""
    p = np.array(points, float)
    n = len(p)
    at = (lambda i: p[i % n]) if closed else (lambda i: p[min(max(i, 0), n - 1)])
    out = []
    for i in range(n if closed else n - 1):
        p0, p1, p2, p3 = at(i - 1), at(i), at(i + 1), at(i + 2)
        a, b, c = p2 - p0, 2 * p0 - 5 * p1 + 4 * p2 - p3, 3 * p1 - p0 - 3 * p2 + p3
        out.extend(0.5 * (2 * p1 + a * t + b * t**2 + c * t**3) for t in np.linspace(0, 1, steps, endpoint=False))
    if not closed:
        out.append(p[-1])
    return [(float(x), float(y)) for x, y in out]


def polygon(points: Points) -> Image:
    """Filled outline as an anti-aliased mask."""
    mask = np.zeros((SIZE, SIZE), np.uint8)
    fixed = np.round(np.array(points) * K * 16).astype(np.int32)
    cv2.fillPoly(mask, [fixed], 255, cv2.LINE_AA, shift=4)
    return mask.astype(np.float32) / 255


def blob(points: Points) -> Image:
    return polygon(smooth(points))


def ellipse(cx: float, cy: float, rx: float, ry: float, angle: float = 0) -> Image:
    t = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    a = np.deg2rad(angle)
    x, y = rx * np.cos(t), ry * np.sin(t)
    return polygon(list(zip(cx + x * np.cos(a) - y * np.sin(a), cy + x * np.sin(a) + y * np.cos(a), strict=True)))


def box(x0: float, y0: float, x1: float, y1: float, radius: float = 0) -> Image:
    """Rectangle with rounded corners."""
    r = max(radius, 0.01)
    out: Points = []
    for cx, cy, start in ((x1 - r, y0 + r, -90), (x1 - r, y1 - r, 0), (x0 + r, y1 - r, 90), (x0 + r, y0 + r, 180)):
        for a in np.deg2rad(np.linspace(start, start + 90, 24)):
            out.append((cx + r * float(np.cos(a)), cy + r * float(np.sin(a))))
    return polygon(out)


def stroke(points: Points, width: float, curve: bool = True) -> Image:
    """A line of the given width with round ends."""
    pts = smooth(points, closed=False) if curve and len(points) > 2 else points
    mask = np.zeros((SIZE, SIZE), np.uint8)
    fixed = np.round(np.array(pts) * K * 16).astype(np.int32)
    cv2.polylines(mask, [fixed], False, 255, max(1, round(width * K)), cv2.LINE_AA, shift=4)
    return mask.astype(np.float32) / 255


def blur(mask: Image, radius: float) -> Image:
    return cv2.GaussianBlur(mask, (0, 0), max(radius * K, 0.1))


def noise(seed: int, scale: float, octaves: int = 3, stretch: float = 1.0) -> Image:
    """Smooth random field around 0 (deviation about 1); `scale` is the size of its largest features."""
    rng = np.random.default_rng(seed)
    total = np.zeros((SIZE, SIZE), np.float32)
    for o in range(octaves):
        n = max(2, round(1000 / scale * 2**o))
        m = max(2, round(n / stretch))
        grid = rng.standard_normal((n, m)).astype(np.float32)
        total += cv2.resize(grid, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC) / 2**o
    return total


def weave(pitch: float = 5, angle: float = 0) -> Image:
    """Threads of a cloth, around 0."""
    a = np.deg2rad(angle)
    u, v = XX * np.cos(a) + YY * np.sin(a), -XX * np.sin(a) + YY * np.cos(a)
    return (np.sin(u * 2 * np.pi / pitch) * np.sin(v * 2 * np.pi / pitch)).astype(np.float32)


def inflate(mask: Image, radius: float, soften: float = 2) -> Image:
    """Height in pixels of a cushion over the silhouette, round at the rim and flat past `radius`."""
    d = cv2.distanceTransform((mask > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    r = radius * K
    d = np.minimum(d, r)
    return blur(np.sqrt(np.maximum(r * r - (r - d) ** 2, 0)).astype(np.float32), soften)


def normals(height: Image) -> tuple[Image, Image, Image]:
    gx, gy = np.gradient(height, axis=1), np.gradient(height, axis=0)
    n = np.sqrt(gx * gx + gy * gy + 1)
    return -gx / n, -gy / n, 1 / n


def lit(
    albedo: Image | Colour,
    normal: tuple[Image, Image, Image],
    gloss: float = 0.0,
    shine: float = 24,
    ambient: float = 0.52,
    light: NDArray[np.float32] = LIGHT,
) -> Image:
    """Lambert shading with a Blinn highlight and a faint rim; `gloss` 0 is cloth, 1 is glazed."""
    nx, ny, nz = normal
    unit = light / np.linalg.norm(light)
    diffuse = np.clip(nx * unit[0] + ny * unit[1] + nz * unit[2], 0, 1)
    half = unit + np.array([0, 0, 1], np.float32)
    half /= np.linalg.norm(half)
    spec = np.clip(nx * half[0] + ny * half[1] + nz * half[2], 0, 1) ** shine
    rim = (1 - np.clip(nz, 0, 1)) ** 3
    base = np.broadcast_to(np.asarray(albedo, np.float32), (SIZE, SIZE, 3))
    tone = ambient + (1.12 - ambient) * diffuse - 0.10 * rim
    return np.clip(base * tone[..., None] + 255 * gloss * (spec * 0.75 + rim * 0.10)[..., None], 0, 255)


def grade(top: Colour, bottom: Colour, y0: float = 0, y1: float = 1000) -> Image:
    """Vertical gradient."""
    t = np.clip((YY - y0) / (y1 - y0), 0, 1)[..., None]
    return (np.asarray(top, np.float32) * (1 - t) + np.asarray(bottom, np.float32) * t).astype(np.float32)


def flat(colour: Colour) -> Image:
    return np.broadcast_to(np.asarray(colour, np.float32), (SIZE, SIZE, 3)).copy()


def extent(mask: Image) -> tuple[slice, slice]:
    """The rows and columns a mask touches: painting only there makes drawing many small shapes affordable."""
    x, y, w, h = cv2.boundingRect((mask > 0).astype(np.uint8))
    return slice(y, y + h), slice(x, x + w)


def tint(albedo: Image, mask: Image, colour: Image | Colour) -> Image:
    """Paints `colour` onto the albedo, in place, where the mask is."""
    at = extent(mask)
    m = mask[at][..., None]
    paint = np.asarray(colour, np.float32)
    albedo[at] = albedo[at] * (1 - m) + (paint[at] if paint.ndim == 3 else paint) * m
    return albedo


@dataclass
class Sprite:
    """A drawn thing on nothing: straight (not premultiplied) RGB and its coverage."""

    rgb: Image
    alpha: Image

    @staticmethod
    def empty() -> Sprite:
        return Sprite(np.zeros((SIZE, SIZE, 3), np.float32), np.zeros((SIZE, SIZE), np.float32))

    def add(self, rgb: Image | Colour, mask: Image) -> Sprite:
        """Paints on top of what is there."""
        at = extent(mask)
        top = np.broadcast_to(np.asarray(rgb, np.float32), (SIZE, SIZE, 3))[at]
        m = mask[at]
        out = m + self.alpha[at] * (1 - m)
        weight = np.where(out > 1e-4, m / np.maximum(out, 1e-4), 0)[..., None]
        self.rgb[at] = self.rgb[at] * (1 - weight) + top * weight
        self.alpha[at] = out
        return self

    def dark(self, mask: Image, amount: float) -> Sprite:
        """Darkens what is there (creases, ambient shade)."""
        at = extent(mask)
        self.rgb[at] = self.rgb[at] * (1 - amount * mask[at][..., None])
        return self

    def solid(
        self,
        mask: Image,
        albedo: Image | Colour,
        radius: float = 30,
        gloss: float = 0.2,
        shine: float = 24,
        bump: Image | None = None,
        soften: float = 2,
    ) -> Sprite:
        """Adds an inflated part: the workhorse. `bump` adds to the height, in pixels."""
        height = inflate(mask, radius, soften)
        if bump is not None:
            height = height + bump
        return self.add(lit(albedo, normals(height), gloss, shine), mask)

    def moved(self, scale: float = 1, dx: float = 0, dy: float = 0, angle: float = 0, mirror: bool = False) -> Sprite:
        """Scaled and turned about the centre, then moved."""
        m = cv2.getRotationMatrix2D((SIZE / 2, SIZE / 2), -angle, scale)
        if mirror:
            m = m @ np.array([[-1, 0, SIZE], [0, 1, 0], [0, 0, 1]], float)
        m[:, 2] += np.array([dx, dy]) * K
        pre = np.dstack([self.rgb * self.alpha[..., None], self.alpha])
        out = cv2.warpAffine(pre, m, (SIZE, SIZE), flags=cv2.INTER_AREA if scale < 0.6 else cv2.INTER_LINEAR)
        alpha = out[..., 3]
        return Sprite(out[..., :3] / np.maximum(alpha, 1e-4)[..., None], alpha)


def turned(profile: list[tuple[float, float]], cx: float = 500) -> tuple[Image, tuple[Image, Image, Image]]:
    """A solid of revolution seen from the side: its mask and normals. `profile` is [(y, radius), ...] downwards."""
    ys = np.array([p[0] for p in profile])
    rs = np.array([p[1] for p in profile])
    r = np.interp(YY[:, 0], ys, rs).astype(np.float32)
    r = cv2.GaussianBlur(r[:, None], (1, 0), sigmaX=0.1, sigmaY=7 * K, borderType=cv2.BORDER_REPLICATE)[:, 0]
    inside = (YY[:, 0] >= ys[0]) & (YY[:, 0] <= ys[-1])
    radius = np.where(inside, r, 0)[:, None]
    u = np.clip((XX - cx) / np.maximum(radius, 1e-3), -1, 1)
    mask = np.clip((radius - np.abs(XX - cx)) * K + 0.5, 0, 1) * inside[:, None]
    slope = np.gradient(r) * K
    slope = np.clip(slope, -2, 2)[:, None] * np.ones_like(u)
    nz = np.sqrt(np.maximum(1 - u * u, 0))
    ny = -slope
    norm = np.sqrt(u * u + nz * nz + ny * ny)
    return mask.astype(np.float32), (u / norm, ny / norm, nz / norm)


def text(words: str, x: float, y: float, size: float, bold: float = 0, latin: bool = False) -> Image:
    """Mask of a line of text, its baseline starting at (x, y); OpenCV's built-in fonts know Chinese."""
    face = cv2.FontFace("sans" if latin else "uni")
    image = np.zeros((SIZE, SIZE, 3), np.uint8)
    weight = {"weight": 800} if latin else {}
    cv2.putText(image, words, (round(x * K), round(y * K)), (255, 255, 255), face, round(size * K), **weight)
    mask = image[..., 0]
    if bold:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (1 + 2 * round(bold * K / 2),) * 2)
        mask = cv2.dilate(mask, kernel)
    return mask.astype(np.float32) / 255


def text_width(words: str, size: float, latin: bool = False) -> float:
    """Width of a line of text, in picture units."""
    face = cv2.FontFace("sans" if latin else "uni")
    weight = {"weight": 800} if latin else {}
    (_x, _y, w, _h) = cv2.getTextSize((SIZE, SIZE), words, (0, 0), face, round(size * K), **weight)
    return float(w) / K


def centred(words: str, cx: float, y: float, size: float, bold: float = 0, latin: bool = False) -> Image:
    return text(words, cx - text_width(words, size, latin) / 2, y, size, bold, latin)
