"""Food in bags, fruit, books."""

from __future__ import annotations

import numpy as np
from draw import (
    XX,
    YY,
    Colour,
    Sprite,
    blob,
    box,
    centred,
    ellipse,
    flat,
    grade,
    noise,
    polygon,
    stroke,
    text,
    tint,
)
from prints import cloth, fine_print, label, mountains, speckled


def pouch(title: str, weight: str, kind: str) -> Sprite:
    """Stand-up kraft pouch with a window on its contents: "fungus" or "mushroom"."""
    s = Sprite.empty()
    shape = blob(
        [
            (250, 130),
            (500, 124),
            (750, 130),
            (764, 300),
            (790, 600),
            (800, 880),
            (640, 906),
            (500, 900),
            (360, 906),
            (200, 880),
            (210, 600),
            (236, 300),
        ]
    )
    shape = np.minimum(shape, box(196, 126, 804, 906, 18))
    kraft: Colour = (206, 164, 112) if kind == "fungus" else (226, 214, 186)
    albedo = speckled(kraft, tuple(0.8 * c for c in kraft), 401, 1.7)
    window = ellipse(500, 690, 220, 150) if kind == "fungus" else box(300, 560, 700, 840, 60)
    inside = flat((70, 54, 46) if kind == "fungus" else (150, 110, 76))
    rng = np.random.default_rng(402 if kind == "fungus" else 403)
    for _ in range(90):
        x, y = rng.uniform(280, 720), rng.uniform(540, 850)
        if kind == "fungus":
            r = rng.uniform(20, 40)
            lobe = blob(
                [
                    (x + r * rng.uniform(0.6, 1.2) * np.cos(a), y + r * rng.uniform(0.5, 1.1) * np.sin(a))
                    for a in np.linspace(0, 2 * np.pi, 7, endpoint=False)
                ]
            )
            inside = tint(inside, lobe, tuple(rng.uniform(0.5, 1.2) * np.array((48, 38, 34))))
            inside = tint(inside, stroke([(x - r / 2, y), (x, y - r / 3), (x + r / 2, y)], 4), (112, 92, 78))
        else:
            r = rng.uniform(26, 44)
            tone = rng.uniform(0.75, 1.1)
            inside = tint(inside, ellipse(x, y, r, r * 0.72), tuple(tone * np.array((146, 96, 58))))
            inside = tint(inside, ellipse(x, y - 4, r * 0.8, r * 0.5), tuple(tone * np.array((176, 124, 80))))
            inside = tint(inside, stroke([(x - r / 2, y - 6), (x, y - 14), (x + r / 2, y - 4)], 3), (226, 200, 160))
    albedo = tint(albedo, window, inside)
    if kind == "fungus":
        albedo = label(
            albedo,
            320,
            250,
            680,
            520,
            (246, 238, 220),
            (90, 40, 30),
            [(title, 74), ("东北秋木耳 · 小碗肉厚", 28), ("HEILONGJIANG", 24)],
        )
        albedo = mountains(
            albedo, 320, 170, 680, 244, [(232, 206, 168), (200, 80, 60), (120, 110, 90), (80, 74, 62)], 404
        )
    else:
        albedo = tint(albedo, box(250, 180, 750, 520), (120, 60, 44))
        albedo = tint(albedo, centred(title, 500, 330, 110, 7), (246, 232, 200))
        albedo = tint(albedo, centred("深山椴木 · 肉厚味浓", 500, 410, 40, 2), (246, 232, 200))
        albedo = fine_print(albedo, 290, 450, 420, 2, (220, 190, 160), 405, 18)
    albedo = tint(albedo, centred(f"净含量 {weight}", 500, 876, 38, 2), (80, 40, 30))
    folds = noise(406, 180, 3) * 4 + 5 * np.sin((XX - 500) / 70) * np.clip((YY - 780) / 120, 0, 1)
    s.solid(shape, albedo, 70, 0.12, 12, bump=folds)
    s.dark(box(196, 160, 804, 166), 0.3)
    s.dark(box(196, 196, 804, 199), 0.3)
    s.dark(ellipse(500, 146, 30, 9), 0.6)
    return s


def _apple(s: Sprite, x: float, y: float, r: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    shape = blob(
        [
            (x, y - 0.82 * r),
            (x + 0.5 * r, y - 0.98 * r),
            (x + r, y - 0.3 * r),
            (x + 0.8 * r, y + 0.6 * r),
            (x + 0.3 * r, y + 0.96 * r),
            (x - 0.3 * r, y + 0.96 * r),
            (x - 0.8 * r, y + 0.6 * r),
            (x - r, y - 0.3 * r),
            (x - 0.5 * r, y - 0.98 * r),
        ]
    )
    stripes = noise(seed, 60, 3, stretch=0.12)
    t = np.clip(0.55 + 0.3 * stripes + 0.25 * np.sin((XX - x) / r * 2 + rng.uniform(0, 6)), 0, 1)[..., None]
    albedo = (np.array((198, 34, 40), np.float32) * t + np.array((236, 176, 96), np.float32) * (1 - t)).astype(
        np.float32
    )
    albedo = tint(albedo, np.clip((noise(seed + 1, 10, 1) - 2.2) * 4, 0, 1), (250, 220, 170))
    s.solid(shape, albedo, r, 0.45, 26, soften=6)
    s.dark(ellipse(x, y - 0.78 * r, 0.26 * r, 0.1 * r), 0.5)
    s.solid(
        stroke([(x, y - 0.76 * r), (x + 0.06 * r, y - 1.02 * r), (x + 0.16 * r, y - 1.2 * r)], 0.08 * r),
        (96, 66, 40),
        4,
        0.1,
    )


def apples() -> Sprite:
    """A heap of red apples with a leaf."""
    s = Sprite.empty()
    spots = [
        (300, 430, 130),
        (560, 380, 140),
        (760, 470, 125),
        (190, 640, 140),
        (440, 620, 150),
        (690, 680, 150),
        (330, 800, 130),
        (560, 830, 125),
        (830, 800, 105),
    ]
    for i, (x, y, r) in enumerate(spots):
        _apple(s, x, y, r, 420 + 3 * i)
    for points in ([(560, 250), (640, 190), (730, 200), (660, 260)], [(440, 470), (380, 420), (300, 450), (370, 490)]):
        leaf = blob([(float(x), float(y)) for x, y in points])
        s.solid(leaf, speckled((88, 146, 70), (60, 110, 50), 450, 1.6), 16, 0.3)
        s.dark(
            stroke([(float(points[0][0]), float(points[0][1])), (float(points[2][0]), float(points[2][1]))], 3, False),
            0.3,
        )
    return s


def book(volume: str) -> Sprite:
    """Children's poetry book, volume "上册" or "下册"; the covers differ as a set's covers do."""
    s = Sprite.empty()
    first = volume == "上册"
    s.solid(polygon([(236, 150), (270, 128), (270, 880), (236, 902)]), (150, 146, 138), 6, 0.1)
    for i in range(9):
        s.add(
            (236, 232, 222), polygon([(740 + 2 * i, 140), (744 + 2 * i, 140), (744 + 2 * i, 884), (740 + 2 * i, 884)])
        )
    palette: list[Colour] = (
        [(236, 242, 232), (226, 96, 70), (150, 186, 170), (96, 150, 130), (50, 106, 96)]
        if first
        else [(252, 236, 212), (246, 180, 60), (226, 150, 120), (190, 100, 90), (116, 60, 76)]
    )
    cover = flat(palette[0])
    cover = mountains(cover, 262, 430 if first else 130, 742, 884 if first else 560, palette, 461 if first else 467)
    ty = 300 if first else 680
    cover = tint(cover, text("必背古诗词", 292, ty, 76, 4), palette[4])
    cover = tint(cover, text("小学生", 300, ty - 86 if first else ty + 80, 44, 2), palette[3])
    cover = tint(cover, ellipse(664, ty + 70, 52, 52), palette[1])
    cover = tint(cover, centred(volume, 664, ty + 86, 42, 3), (255, 255, 255))
    cover = fine_print(cover, 300, ty + 120, 300, 2, palette[3], 463 if first else 464, 18)
    if first:
        for i in range(3):
            x, y = 330 + 70 * i, 520 - 30 * i
            cover = tint(cover, stroke([(x - 26, y - 12), (x, y), (x + 26, y - 12)], 7), (60, 70, 70))
    else:
        cover = tint(cover, polygon([(430, 380), (600, 380), (570, 440), (460, 440)]), (110, 66, 46))
        cover = tint(cover, polygon([(515, 250), (515, 376), (600, 366)]), (250, 246, 236))
        cover = tint(cover, polygon([(505, 280), (505, 376), (446, 370)]), (240, 226, 206))
    front = box(258, 128, 742, 886, 6)
    s.solid(front, cover, 8, 0.2, 12)
    s.dark(box(258, 128, 276, 886), 0.14)
    return s


def old_books() -> Sprite:
    """A pile of worn second-hand novels, spines outward."""
    s = Sprite.empty()
    rows: list[tuple[str, Colour, float]] = [
        ("平凡的岁月", (124, 52, 46), 0),
        ("旧城旧事", (52, 80, 96), 26),
        ("南方的河", (88, 104, 66), -14),
        ("黄昏书简", (176, 140, 80), 18),
        ("长夜行船", (70, 58, 84), -22),
        ("故园集", (150, 96, 70), 8),
    ]
    for i, (name, colour, shift) in enumerate(reversed(rows)):
        y0 = 810 - i * 116
        albedo = cloth(colour, 470 + i, 4, 0.06)
        albedo = tint(albedo, np.clip((noise(480 + i, 30, 3) - 1.6) * 2, 0, 1) * 0.5, (222, 206, 176))
        albedo = tint(albedo, text(name, 300 + shift, y0 + 74, 58, 3), (238, 222, 180))
        albedo = tint(albedo, box(230 + shift, y0, 240 + shift, y0 + 110), (238, 222, 180))
        albedo = tint(albedo, text("旧书社", 690 + shift, y0 + 70, 30, 1), (238, 222, 180))
        s.solid(box(190 + shift, y0, 820 + shift, y0 + 106, 10), albedo, 30, 0.1)
        s.add(grade((232, 220, 190), (206, 188, 150), y0, y0 + 106), box(812 + shift, y0 + 10, 830 + shift, y0 + 98))
    return s
