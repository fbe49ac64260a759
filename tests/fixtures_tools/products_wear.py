"""Clothes, shoes and bags."""

from __future__ import annotations

import numpy as np
from draw import (
    YY,
    Colour,
    Image,
    Points,
    Sprite,
    blob,
    blur,
    box,
    centred,
    ellipse,
    flat,
    noise,
    polygon,
    smooth,
    stroke,
    tint,
)
from prints import astronaut, cloth, mountains, sunflower


def _laces(s: Sprite, rows: list[tuple[float, float, float, float]], colour: Colour) -> None:
    for x0, y0, x1, y1 in rows:
        for x, y in ((x0, y0), (x1, y1)):
            s.add((190, 190, 186), ellipse(x, y, 9, 9))
            s.add((60, 60, 60), ellipse(x, y, 4.5, 4.5))
        s.solid(stroke([(x0, y0), ((x0 + x1) / 2, (y0 + y1) / 2 - 6), (x1, y1)], 15), colour, 6, 0.05)


def canvas_low(colour: Colour, sole: Colour = (246, 242, 232)) -> Sprite:
    """Low canvas sneaker with a rubber toe, seen from the side."""
    s = Sprite.empty()
    s.solid(
        blob([(300, 380), (400, 350), (480, 400), (560, 470), (420, 500), (320, 460)]),
        tuple(0.7 * c for c in colour),
        20,
        0,
    )
    upper = blob(
        [
            (130, 660),
            (140, 520),
            (160, 400),
            (215, 368),
            (290, 430),
            (390, 440),
            (480, 420),
            (590, 500),
            (700, 560),
            (820, 600),
            (890, 650),
            (880, 700),
            (500, 712),
            (160, 706),
        ]
    )
    albedo = cloth(colour, 201, 5, 0.07)
    albedo = tint(albedo, blob([(150, 500), (230, 520), (236, 700), (140, 700)]), tuple(0.82 * c for c in colour))
    s.solid(upper, albedo, 70, 0.02, bump=noise(202, 120, 2) * 2)
    s.solid(
        np.minimum(upper, blob([(740, 560), (830, 590), (905, 650), (890, 716), (720, 716), (700, 640)])),
        sole,
        60,
        0.35,
    )
    for dx in (0, 12):
        s.dark(stroke([(246 + dx, 470), (262 + dx, 580), (270 + dx, 690)], 3), 0.4)
    s.dark(stroke([(470, 470), (560, 560), (690, 590)], 4), 0.45)
    s.dark(stroke([(460, 480), (550, 572), (690, 602)], 3), 0.3)
    _laces(s, [(430, 470, 500, 425), (480, 506, 556, 462), (534, 540, 610, 500), (590, 566, 664, 536)], (250, 248, 242))
    s.add((250, 248, 240), ellipse(196, 590, 34, 34))
    s.add(colour, centred("QY", 196, 602, 30, 1, latin=True))
    band = blob(
        [(118, 690), (500, 700), (840, 690), (918, 672), (916, 760), (860, 784), (500, 790), (160, 784), (112, 764)]
    )
    s.solid(band, sole, 22, 0.25, bump=noise(203, 10, 1) * 0.3)
    s.add((190, 62, 54), np.minimum(band, stroke([(110, 722), (500, 730), (840, 722), (926, 702)], 9)))
    for x in range(130, 900, 20):
        s.dark(np.minimum(band, box(x, 762, x + 7, 800)), 0.35)
    return s


def canvas_high(colour: Colour) -> Sprite:
    """High-top with a white stripe and a thick sole: the men's design, another last."""
    s = Sprite.empty()
    s.solid(blob([(300, 180), (430, 170), (470, 260), (440, 330), (330, 300)]), tuple(0.65 * c for c in colour), 20, 0)
    upper = blob(
        [
            (160, 680),
            (170, 480),
            (190, 300),
            (200, 180),
            (290, 172),
            (400, 210),
            (450, 330),
            (510, 430),
            (640, 500),
            (800, 540),
            (885, 600),
            (890, 690),
            (500, 712),
            (180, 706),
        ]
    )
    s.solid(upper, cloth(colour, 211, 6, 0.08), 80, 0.02, bump=noise(212, 100, 2) * 2)
    s.solid(
        np.minimum(upper, blob([(640, 510), (760, 540), (730, 620), (660, 720), (560, 720), (600, 600)])),
        (236, 234, 228),
        10,
        0.1,
    )
    s.solid(np.minimum(upper, stroke([(150, 640), (340, 560), (560, 640), (700, 690)], 34)), (240, 238, 232), 10, 0.1)
    for points in (
        [(210, 200), (226, 420), (230, 690)],
        [(440, 350), (520, 470), (640, 520)],
        [(420, 360), (500, 480), (600, 560)],
    ):
        s.dark(stroke(points, 4), 0.45)
    _laces(
        s,
        [
            (320, 240, 400, 226),
            (334, 292, 420, 280),
            (352, 344, 440, 334),
            (380, 396, 470, 386),
            (416, 446, 510, 436),
            (470, 488, 570, 478),
        ],
        (30, 30, 32),
    )
    s.solid(ellipse(268, 360, 62, 62), (236, 234, 228), 10, 0.1)
    s.add((40, 44, 52), centred("1987", 268, 372, 36, 1, latin=True))
    sole = blob(
        [(140, 680), (500, 700), (870, 668), (926, 660), (930, 780), (850, 816), (500, 822), (180, 816), (128, 780)]
    )
    s.solid(sole, (44, 46, 50), 30, 0.2)
    for i in range(19):
        s.solid(
            np.minimum(
                sole, polygon([(140 + i * 42, 824), (154 + i * 42, 776), (176 + i * 42, 776), (170 + i * 42, 824)])
            ),
            (70, 72, 78),
            8,
            0.2,
        )
    return s


def skate_shoe() -> Sprite:
    """Chunky white trainer with coloured panels."""
    s = Sprite.empty()
    upper = blob(
        [
            (120, 620),
            (130, 480),
            (180, 390),
            (270, 372),
            (350, 420),
            (450, 400),
            (560, 450),
            (700, 520),
            (830, 560),
            (890, 620),
            (870, 680),
            (160, 690),
        ]
    )
    s.solid(upper, flat((240, 240, 238)) * (1 + 0.02 * noise(221, 8, 2))[..., None], 70, 0.15)
    s.solid(
        np.minimum(upper, blob([(110, 470), (250, 440), (300, 560), (260, 700), (110, 700)])), (86, 140, 170), 20, 0.2
    )
    s.solid(
        np.minimum(upper, blob([(640, 520), (760, 530), (910, 610), (900, 700), (620, 700), (700, 610)])),
        (206, 210, 214),
        26,
        0.2,
    )
    for k in range(3):
        s.solid(
            np.minimum(upper, stroke([(330 + 60 * k, 680), (400 + 60 * k, 540), (470 + 50 * k, 470)], 26)),
            (86, 140, 170),
            9,
            0.3,
        )
    for x in range(700, 850, 24):
        for y in range(570, 650, 22):
            s.dark(ellipse(x, y, 5, 5), 0.5)
    _laces(s, [(380, 440, 450, 410), (430, 464, 500, 430), (480, 488, 556, 456), (532, 512, 606, 484)], (250, 250, 250))
    sole = blob(
        [
            (90, 640),
            (300, 690),
            (600, 680),
            (900, 640),
            (946, 690),
            (930, 800),
            (700, 830),
            (420, 800),
            (200, 836),
            (90, 790),
        ]
    )
    s.solid(sole, (250, 249, 245), 50, 0.3)
    for points in ([(110, 720), (300, 750), (600, 736), (920, 706)], [(150, 780), (300, 790), (420, 760)]):
        s.dark(stroke(points, 6), 0.2)
    s.add((232, 120, 70), np.minimum(sole, stroke([(110, 700), (200, 724), (300, 734)], 16)))
    return s


def _tee_shape(women: bool) -> Points:
    waist, hem, sleeve = (336, 316, 150) if women else (290, 290, 96)
    half = [
        (430, 170),
        (330, 200),
        (240, 236),
        (sleeve - 20, 400),
        (sleeve + 90, 460),
        (270, 390),
        (waist - 30 if women else 280, 620),
        (hem - 40 if women else 278, 870),
    ]
    right = [(1000 - x, y) for x, y in reversed(half)]
    neck = smooth([(570, 170), (500, 240 if women else 214), (430, 170)], closed=False)
    return [*half, (500, 882), *right, *neck]


def tee(colour: Colour, design: str = "", women: bool = False) -> Sprite:
    """T-shirt laid flat; `design` is "peak", "bloom" or ""."""
    s = Sprite.empty()
    shape = polygon(_tee_shape(women))
    albedo = cloth(colour, 231, 4, 0.04)
    if design == "peak":
        albedo = mountains(
            albedo,
            360,
            340,
            640,
            600,
            [(250, 220, 180), (236, 110, 70), (150, 120, 130), (90, 100, 120), (46, 60, 80)],
            232,
        )
        albedo = tint(albedo, centred("OUTSIDE", 500, 660, 56, 2, latin=True), (46, 60, 80))
        albedo = tint(albedo, centred("向山而行", 500, 716, 40, 2), (46, 60, 80))
    elif design == "bloom":
        albedo = sunflower(albedo, 500, 400, 120)
        albedo = tint(albedo, centred("bonjour", 500, 720, 54, 2, latin=True), (150, 90, 60))
    folds = noise(233, 260, 3, stretch=0.5) * 5 + noise(234, 90, 2) * 1.5
    s.solid(shape, albedo, 60, 0, bump=folds)
    for side in (-1, 1):
        s.dark(blur(stroke([(500 + side * 250, 250), (500 + side * 236, 330), (500 + side * 226, 400)], 5), 2), 0.35)
        s.dark(blur(stroke([(500 + side * 215, 430), (500 + side * 170, 560)], 20), 12), 0.16)
    collar = np.clip(
        polygon(
            smooth(
                [
                    (424, 168),
                    (500, 262 if women else 236),
                    (576, 168),
                    (560, 160),
                    (500, 232 if women else 208),
                    (440, 160),
                ]
            )
        ),
        0,
        1,
    )
    s.solid(collar, tuple(0.9 * c for c in colour), 10, 0)
    s.solid(np.clip(ellipse(500, 172, 68, 22), 0, 1), tuple(0.6 * c for c in colour), 6, 0)
    s.add((250, 250, 250), box(482, 172, 518, 192, 3))
    s.dark(stroke([(280, 848), (500, 860), (720, 848)], 3), 0.25)
    return s


def tote(design: str) -> Sprite:
    """Canvas tote: "sunflower" on natural or "astronaut" on navy."""
    s = Sprite.empty()
    base: Colour = (234, 222, 196) if design == "sunflower" else (44, 56, 92)
    for shift, dark in ((18, 0.75), (0, 1.0)):
        strap = stroke(
            [(370 + shift, 400), (375 + shift, 180), (500, 90 + shift), (625 - shift, 180), (630 - shift, 400)], 40
        )
        s.solid(strap, cloth(tuple(dark * c for c in base), 241, 5), 10, 0)
    shape = blob([(230, 372), (500, 364), (770, 372), (790, 640), (800, 900), (500, 914), (200, 900), (212, 640)])
    shape = np.minimum(shape, box(190, 366, 810, 912, 12))
    albedo = cloth(base, 242, 6, 0.07)
    albedo = sunflower(albedo, 490, 560, 128) if design == "sunflower" else astronaut(albedo, 500, 620, 128)
    s.solid(shape, albedo, 46, 0, bump=noise(243, 220, 3) * 4)
    s.dark(stroke([(226, 398), (500, 392), (776, 398)], 3, True), 0.3)
    for x in (370, 630):
        s.solid(box(x - 22, 372, x + 22, 432, 4), cloth(base, 244, 5), 6, 0)
        s.dark(stroke([(x - 14, 380), (x + 14, 424)], 2.5, False), 0.3)
        s.dark(stroke([(x + 14, 380), (x - 14, 424)], 2.5, False), 0.3)
    return s


def suitcase(colour: Colour, tall: float = 1.0) -> Sprite:
    """Ribbed trolley case, telescopic handle out."""
    s = Sprite.empty()
    top = 860 - 560 * tall
    for x in (420, 580):
        s.solid(stroke([(x, top - 130), (x, top + 20)], 16, False), (196, 198, 202), 7, 0.9)
    s.solid(box(396, top - 160, 604, top - 116, 18), (52, 54, 58), 16, 0.3)
    for x in (320, 400, 600, 680):
        s.solid(ellipse(x, 884, 30, 36), (44, 46, 50), 22, 0.3)
        s.add((150, 152, 156), ellipse(x, 888, 11, 13))
    shell = box(276, top, 724, 866, 62)
    ribs: Image = np.zeros(shell.shape, np.float32)
    for i in range(8):
        x = 322 + i * 51
        ribs = np.maximum(ribs, blur(box(x - 12, top + 40, x + 12, 830, 12), 4))
    s.solid(shell, flat(colour) * (1 + 0.015 * noise(251, 5, 1))[..., None], 54, 0.35, 18, bump=ribs * 14)
    s.dark(box(276, (top + 866) / 2 - 8, 724, (top + 866) / 2 + 8), 0.45)
    s.solid(box(440, top - 22, 560, top + 14, 14), (52, 54, 58), 12, 0.3)
    s.solid(box(700, (top + 866) / 2 - 66, 738, (top + 866) / 2 + 66, 10), (70, 72, 76), 10, 0.5)
    s.add((214, 214, 210), box(452, top + 56, 548, top + 88, 6))
    s.add((60, 60, 60), centred("MANTU", 500, top + 80, 20, 0, latin=True))
    for x, y in ((300, top + 22), (700, top + 22), (300, 844), (700, 844)):
        s.solid(ellipse(x, y, 30, 30) * (shell > 0.5), (64, 66, 70), 18, 0.4)
    s.dark(np.clip((YY - 780) / 200, 0, 1) * shell, 0.2)
    return s
