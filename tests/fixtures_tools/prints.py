"""Patterns and pictures printed, woven or painted on products: each returns an albedo to be lit with its carrier."""

from __future__ import annotations

import cv2
import numpy as np
from draw import (
    Colour,
    Image,
    K,
    blob,
    box,
    centred,
    ellipse,
    flat,
    noise,
    polygon,
    stroke,
    text,
    tint,
    weave,
)


def cloth(colour: Colour, seed: int = 1, pitch: float = 5, strength: float = 0.05) -> Image:
    """Woven fabric of one colour, slightly uneven."""
    field = 1 + strength * weave(pitch) + 0.02 * noise(seed, 160)
    return np.clip(flat(colour) * field[..., None], 0, 255)


def speckled(colour: Colour, spots: Colour, seed: int, density: float = 2.1) -> Image:
    """Stoneware glaze: fine dark spots of uneven size."""
    fine, coarse = noise(seed, 9, 1), noise(seed + 1, 22, 1)
    mask = np.clip((fine - density) * 3, 0, 1) + 0.8 * np.clip((coarse - density - 0.1) * 3, 0, 1)
    return tint(flat(colour) * (1 + 0.02 * noise(seed + 2, 300))[..., None], np.clip(mask, 0, 1), spots)


def wood(light: Colour, dark: Colour, seed: int, across: bool = False) -> Image:
    """Grain along x (or along y with `across`)."""
    field = noise(seed, 40, 4, stretch=12)
    fine = noise(seed + 1, 8, 2, stretch=30)
    if across:
        field, fine = field.T, fine.T
    t = np.clip(0.5 + 0.28 * np.sin(field * 2.2) + 0.10 * fine, 0, 1)[..., None]
    return (np.asarray(light, np.float32) * (1 - t) + np.asarray(dark, np.float32) * t).astype(np.float32)


def sunflower(base: Image, cx: float, cy: float, r: float, seed: int = 3) -> Image:
    rng = np.random.default_rng(seed)
    out = base
    out = tint(
        out, stroke([(cx, cy), (cx + 0.15 * r, cy + 1.2 * r), (cx - 0.05 * r, cy + 2.1 * r)], 0.11 * r), (74, 120, 62)
    )
    for side, y in ((-1, 1.15), (1, 1.5)):
        leaf = blob(
            [
                (cx, cy + y * r),
                (cx + side * 0.5 * r, cy + (y - 0.35) * r),
                (cx + side * 0.95 * r, cy + (y - 0.1) * r),
                (cx + side * 0.5 * r, cy + (y + 0.18) * r),
            ]
        )
        out = tint(out, leaf, (96, 146, 74))
    for ring, (n, length, colour) in enumerate(((17, 1.0, (232, 160, 30)), (17, 0.82, (250, 196, 52)))):
        for i in range(n):
            a = 360 / n * (i + 0.5 * ring) + rng.uniform(-4, 4)
            d = length * 0.68 * r
            rad = np.deg2rad(a)
            out = tint(out, ellipse(cx + d * np.cos(rad), cy + d * np.sin(rad), 0.34 * r, 0.115 * r, a), colour)
    out = tint(out, ellipse(cx, cy, 0.42 * r, 0.42 * r), (92, 56, 30))
    for i in range(150):
        a, d = i * 2.39996, 0.39 * r * np.sqrt(i / 150)
        out = tint(out, ellipse(cx + d * np.cos(a), cy + d * np.sin(a), 0.018 * r, 0.018 * r), (140, 92, 44))
    return out


def astronaut(base: Image, cx: float, cy: float, r: float) -> Image:
    """A little astronaut on a crescent, with stars."""
    out = base
    rng = np.random.default_rng(9)
    for _ in range(26):
        x, y, s = cx + rng.uniform(-1.6, 1.6) * r, cy + rng.uniform(-1.7, 1.9) * r, rng.uniform(0.02, 0.06) * r
        out = tint(
            out,
            polygon(
                [
                    (x, y - 2 * s),
                    (x + s * 0.4, y - s * 0.4),
                    (x + 2 * s, y),
                    (x + s * 0.4, y + s * 0.4),
                    (x, y + 2 * s),
                    (x - s * 0.4, y + s * 0.4),
                    (x - 2 * s, y),
                    (x - s * 0.4, y - s * 0.4),
                ]
            ),
            (240, 196, 84),
        )
    moon = np.clip(
        ellipse(cx, cy + 0.7 * r, 1.15 * r, 1.15 * r) - ellipse(cx + 0.35 * r, cy + 0.25 * r, 1.05 * r, 1.05 * r), 0, 1
    )
    out = tint(out, moon, (246, 212, 110))
    for part in (
        ellipse(cx, cy + 0.35 * r, 0.42 * r, 0.5 * r),
        stroke([(cx - 0.3 * r, cy + 0.2 * r), (cx - 0.75 * r, cy - 0.1 * r)], 0.22 * r),
        stroke([(cx + 0.3 * r, cy + 0.25 * r), (cx + 0.7 * r, cy + 0.55 * r)], 0.22 * r),
        stroke([(cx - 0.18 * r, cy + 0.7 * r), (cx - 0.3 * r, cy + 1.15 * r)], 0.25 * r),
        stroke([(cx + 0.18 * r, cy + 0.7 * r), (cx + 0.25 * r, cy + 1.15 * r)], 0.25 * r),
        ellipse(cx, cy - 0.38 * r, 0.52 * r, 0.48 * r),
    ):
        out = tint(out, part, (238, 240, 244))
    out = tint(out, ellipse(cx, cy - 0.36 * r, 0.38 * r, 0.32 * r), (44, 58, 104))
    out = tint(out, ellipse(cx - 0.13 * r, cy - 0.47 * r, 0.1 * r, 0.06 * r, -30), (176, 200, 240))
    out = tint(out, box(cx - 0.18 * r, cy + 0.28 * r, cx + 0.18 * r, cy + 0.48 * r, 8), (226, 92, 70))
    return tint(out, box(cx - 0.1 * r, cy + 0.53 * r, cx + 0.1 * r, cy + 0.6 * r, 3), (80, 120, 190))


def cat(base: Image, cx: float, cy: float, r: float, colour: Colour = (60, 54, 52)) -> Image:
    """A sitting cat, painted with a brush."""
    out = base
    body = blob(
        [
            (cx - 0.1 * r, cy - 0.1 * r),
            (cx + 0.42 * r, cy + 0.35 * r),
            (cx + 0.5 * r, cy + 1.0 * r),
            (cx - 0.5 * r, cy + 1.0 * r),
            (cx - 0.45 * r, cy + 0.4 * r),
        ]
    )
    head = ellipse(cx, cy - 0.25 * r, 0.45 * r, 0.38 * r)
    ears = np.maximum(
        polygon([(cx - 0.42 * r, cy - 0.35 * r), (cx - 0.38 * r, cy - 0.85 * r), (cx - 0.05 * r, cy - 0.55 * r)]),
        polygon([(cx + 0.42 * r, cy - 0.35 * r), (cx + 0.38 * r, cy - 0.85 * r), (cx + 0.05 * r, cy - 0.55 * r)]),
    )
    tail = stroke(
        [
            (cx + 0.4 * r, cy + 0.95 * r),
            (cx + 0.85 * r, cy + 0.8 * r),
            (cx + 0.78 * r, cy + 0.3 * r),
            (cx + 0.95 * r, cy + 0.1 * r),
        ],
        0.13 * r,
    )
    out = tint(out, np.maximum.reduce([body, head, ears, tail]), colour)
    out = tint(
        out,
        blob(
            [
                (cx - 0.16 * r, cy + 0.25 * r),
                (cx + 0.2 * r, cy + 0.25 * r),
                (cx + 0.16 * r, cy + 0.8 * r),
                (cx - 0.16 * r, cy + 0.8 * r),
            ]
        ),
        (244, 236, 222),
    )
    for side in (-1, 1):
        out = tint(out, ellipse(cx + side * 0.18 * r, cy - 0.28 * r, 0.09 * r, 0.1 * r), (238, 200, 90))
        out = tint(out, ellipse(cx + side * 0.18 * r, cy - 0.28 * r, 0.035 * r, 0.09 * r), (20, 18, 18))
        for k in (-0.06, 0.02, 0.1):
            out = tint(
                out,
                stroke([(cx + side * 0.12 * r, cy - 0.08 * r), (cx + side * 0.62 * r, cy + (k - 0.1) * r)], 0.02 * r),
                (235, 228, 220),
            )
    return tint(out, ellipse(cx, cy - 0.12 * r, 0.06 * r, 0.045 * r), (222, 130, 130))


def mountains(base: Image, x0: float, y0: float, x1: float, y1: float, palette: list[Colour], seed: int) -> Image:
    """Layered hills with a sun, inside a rectangle."""
    rng = np.random.default_rng(seed)
    frame = box(x0, y0, x1, y1, 14)
    out = tint(base, frame, palette[0])
    w, h = x1 - x0, y1 - y0
    out = tint(out, ellipse(x0 + 0.68 * w, y0 + 0.3 * h, 0.16 * w, 0.16 * w) * frame, palette[1])
    for i, colour in enumerate(palette[2:]):
        level = y0 + h * (0.42 + 0.16 * i)
        points = [(x0 + w * t, level + h * 0.13 * rng.uniform(-1, 1)) for t in np.linspace(-0.1, 1.1, 9)]
        hill = polygon([*points, (x1 + 50, y1 + 10), (x0 - 50, y1 + 10)])
        out = tint(out, hill * frame, colour)
    return out


def blossoms(base: Image, region: Image, colours: list[Colour], seed: int, count: int = 40, size: float = 26) -> Image:
    """Scattered five-petal flowers with leaves inside the region."""
    rng = np.random.default_rng(seed)
    ys, xs = np.nonzero(cv2.resize(region, (200, 200), interpolation=cv2.INTER_AREA) > 0.5)
    out = base
    if not len(xs):
        return out
    for _ in range(count):
        k = rng.integers(len(xs))
        x, y, s = xs[k] * 5 + rng.uniform(0, 5), ys[k] * 5 + rng.uniform(0, 5), size * rng.uniform(0.6, 1.2)
        colour = colours[rng.integers(len(colours))]
        turn = rng.uniform(0, 72)
        out = tint(out, ellipse(x + s * 1.1, y + s * 0.7, s * 0.7, s * 0.26, turn) * region, (92, 132, 96))
        for p in range(5):
            a = np.deg2rad(turn + 72 * p)
            out = tint(
                out,
                ellipse(x + s * 0.5 * np.cos(a), y + s * 0.5 * np.sin(a), s * 0.42, s * 0.3, turn + 72 * p) * region,
                colour,
            )
        out = tint(out, ellipse(x, y, s * 0.2, s * 0.2) * region, (244, 210, 96))
    return out


def waves(base: Image, region: Image, colour: Colour, pitch: float = 60) -> Image:
    """Seigaiha: overlapping scales of concentric arcs."""
    out = np.zeros(region.shape, np.uint8)
    for row, cy in enumerate(np.arange(-pitch, 1000 + pitch, pitch / 2)):
        for cx in np.arange(-pitch + (row % 2) * pitch, 1000 + pitch * 2, pitch * 2):
            at = (round(float(cx) * K), round(float(cy) * K))
            cv2.circle(out, at, round(pitch * K), 0, -1, cv2.LINE_AA)
            for r in (0.92, 0.66, 0.4):
                cv2.circle(out, at, round(pitch * r * K), 255, max(1, round(pitch * 0.09 * K)), cv2.LINE_AA)
    return tint(base, out.astype(np.float32) / 255 * region, colour)


def label(
    base: Image,
    x0: float,
    y0: float,
    x1: float,
    y1: float,
    paper: Colour,
    ink: Colour,
    lines: list[tuple[str, float]],
    radius: float = 10,
) -> Image:
    """A paper label with centred lines of (text, size)."""
    out = tint(base, box(x0, y0, x1, y1, radius), paper)
    frame = np.clip(box(x0 + 8, y0 + 8, x1 - 8, y1 - 8, radius) - box(x0 + 12, y0 + 12, x1 - 12, y1 - 12, radius), 0, 1)
    out = tint(out, frame, ink)
    y = y0 + 20.0
    for words, size in lines:
        y += size * 1.15
        out = tint(out, centred(words, (x0 + x1) / 2, y, size, bold=size / 16), ink)
    return out


def fine_print(
    base: Image, x: float, y: float, width: float, lines: int, ink: Colour, seed: int, size: float = 15
) -> Image:
    """Lines of small text nobody reads."""
    words = "净含量配料食用方法贮存条件产地生产日期见封口处保质期执行标准生产许可证号阴凉干燥处常温开袋后请尽快"
    rng = np.random.default_rng(seed)
    for i in range(lines):
        n = int(width / size)
        start = int(rng.integers(0, len(words)))
        line = (words * 2)[start : start + n]
        base = tint(base, text(line, x, y + i * size * 1.5, size), ink)
    return base
