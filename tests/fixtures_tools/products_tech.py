"""Gadgets, car things, chairs and toys."""

from __future__ import annotations

import numpy as np
from draw import (
    XX,
    YY,
    Colour,
    Sprite,
    blob,
    blur,
    box,
    centred,
    ellipse,
    flat,
    grade,
    noise,
    polygon,
    stroke,
    tint,
    turned,
)
from prints import cat, cloth, mountains, speckled

PEAKS: list[Colour] = [(246, 226, 214), (238, 130, 92), (160, 170, 196), (104, 124, 160), (52, 72, 108)]


def phone_case(model: str) -> Sprite:
    """Printed case seen from behind: "iphone15" (square camera) or "mate60" (round camera): shaped for its phone."""
    s = Sprite.empty()
    iphone = model == "iphone15"
    x0, x1, r = (318, 682, 62) if iphone else (306, 694, 90)
    shape = box(x0, 130, x1, 880, r)
    s.solid(box(x0 - 6, 300, x0 + 6, 380, 4), (70, 80, 100), 5, 0.3)
    s.solid(box(x1 - 6, 320, x1 + 6, 440, 4), (70, 80, 100), 5, 0.3)
    albedo = flat((222, 230, 238))
    albedo = mountains(albedo, x0 - 10, 420, x1 + 10, 900, PEAKS, 301 if iphone else 305)
    albedo = cat(albedo, 540 if iphone else 430, 690, 90, (48, 52, 64))
    if iphone:
        albedo = tint(albedo, centred("慢慢来", 590, 404, 44, 2), (70, 84, 120))
    s.solid(shape, albedo, 26, 0.45, 30)
    if iphone:
        s.solid(box(342, 156, 520, 334, 46), (188, 200, 214), 16, 0.5)
        lenses = [(392, 206), (470, 284)]
    else:
        s.solid(ellipse(500, 280, 150, 150), (54, 58, 68), 20, 0.5)
        s.solid(ellipse(500, 280, 128, 128), (34, 36, 42), 10, 0.6)
        lenses = [(500, 206), (436, 316), (564, 316)]
    for x, y in lenses:
        s.solid(ellipse(x, y, 38, 38), (24, 26, 32), 12, 0.9)
        s.add((60, 90, 140), ellipse(x, y, 20, 20))
        s.add((16, 18, 24), ellipse(x, y, 12, 12))
        s.add((236, 240, 250), ellipse(x - 10, y - 12, 5, 5))
    s.add((252, 246, 220), ellipse(476, 204, 14, 14) if iphone else ellipse(500, 290, 12, 12))
    glare = polygon([(x0, 300), (x0 + 130, 130), (x0 + 190, 130), (x0, 400)])
    return s.add((255, 255, 255), np.minimum(glare, shape) * 0.14)


def cable(colour: Colour = (240, 240, 240)) -> Sprite:
    """Coiled charging cable."""
    s = Sprite.empty()
    t = np.linspace(0, 6 * np.pi, 60)
    coil = [(500 + (190 + 5 * i / 6) * np.cos(a), 470 + (120 + 3 * i / 6) * np.sin(a)) for i, a in enumerate(t)]
    s.solid(stroke(coil, 24), colour, 11, 0.2)
    for x, y, a in ((330, 720, 1), (700, 740, -1)):
        s.solid(stroke([(x + 60 * a, 620), (x, y)], 24), colour, 11, 0.2)
        s.solid(box(x - 34, y, x + 34, y + 100, 14), colour, 20, 0.3)
        s.solid(box(x - 22, y + 100, x + 22, y + 150, 6), (196, 198, 204), 9, 0.9)
    return s


def _brush_head(s: Sprite, x: float, y: float, ring: Colour) -> None:
    s.solid(stroke([(x, y + 40), (x, y + 300)], 40, False), (246, 247, 248), 19, 0.4)
    s.solid(
        polygon([(x - 30, y + 290), (x + 30, y + 290), (x + 40, y + 350), (x - 40, y + 350)]), (246, 247, 248), 22, 0.4
    )
    s.solid(box(x - 34, y - 50, x + 30, y + 80, 26), (246, 247, 248), 22, 0.4)
    for i in range(5):
        for j in range(7):
            s.solid(
                box(x + 24, y - 42 + j * 17, x + 84 - 6 * (j % 2), y - 29 + j * 17, 4),
                (236, 242, 250) if j % 3 else (96, 170, 210),
                5,
                0.1,
            )
        if i:
            break
    s.add(ring, box(x - 40, y + 340, x + 40, y + 356, 3))


def toothbrush(colour: Colour) -> Sprite:
    """Electric toothbrush, standing."""
    s = Sprite.empty()
    _brush_head(s, 500, 110, (60, 180, 170))
    mask, n = turned([(466, 46), (480, 58), (600, 66), (900, 62), (930, 54), (940, 40)])
    del n
    albedo = flat(colour)
    albedo = tint(albedo, ellipse(500, 580, 28, 28), (230, 232, 236))
    albedo = tint(albedo, np.clip(ellipse(500, 580, 28, 28) - ellipse(500, 580, 23, 23), 0, 1), (120, 126, 134))
    for i, words in enumerate(("清洁", "亮白", "敏感", "牙龈")):
        albedo = tint(albedo, centred(words, 500, 670 + 36 * i, 22), (235, 238, 242))
        albedo = tint(albedo, ellipse(462, 662 + 36 * i, 5, 5), (80, 220, 160) if i == 0 else (120, 130, 140))
    albedo = tint(albedo, centred("LUMI", 500, 880, 26, 1, latin=True), (235, 238, 242))
    return s.solid(mask, albedo, 60, 0.4, 30)


def brush_heads() -> Sprite:
    """Four replacement heads in a row with coloured rings, in front of their box."""
    s = Sprite.empty()
    card = tint(grade((70, 150, 170), (40, 110, 140)), centred("替换刷头", 500, 270, 92, 5), (250, 250, 250))
    card = tint(card, centred("4 PACK", 500, 350, 48, 2, latin=True), (230, 244, 246))
    s.solid(box(160, 140, 840, 860, 20), card, 16, 0.15)
    s.solid(box(200, 400, 800, 830, 26), (206, 228, 234), 10, 0.4)
    for i, ring in enumerate(((230, 90, 90), (240, 190, 70), (90, 190, 120), (90, 130, 220))):
        _brush_head(s, 275 + 145 * i, 470, ring)
    return s


def earbuds(colour: Colour) -> Sprite:
    """Charging case, open, with both buds."""
    s = Sprite.empty()
    s.solid(box(260, 190, 740, 440, 110), np.asarray(colour) * 0.95, 70, 0.4)
    s.solid(box(296, 226, 704, 430, 84), np.asarray(colour) * 0.6, 30, 0.2)
    for side, x in ((-1, 390), (1, 610)):
        s.solid(box(x - 30, 400, x + 30, 600, 28), colour, 28, 0.5)
        s.solid(ellipse(x, 380, 78, 72, side * 20), colour, 60, 0.55)
        s.solid(ellipse(x - side * 58, 400, 36, 44), (60, 62, 66), 30, 0.3)
        s.add((40, 42, 46), ellipse(x + side * 30, 350, 16, 8, side * 30))
        s.add((200, 170, 110), ellipse(x, 470, 10, 10))
    body = box(250, 480, 750, 850, 140)
    s.solid(body, flat(colour) * (1 + 0.01 * noise(331, 6, 1))[..., None], 110, 0.45, 22)
    s.dark(stroke([(262, 520), (738, 520)], 5, False), 0.4)
    s.add((80, 220, 150), ellipse(500, 580, 10, 10))
    s.add((90, 96, 104), centred("YUELA", 500, 700, 48, 1, latin=True))
    s.add((90, 96, 104), centred("HIFI SOUND", 500, 742, 22, 0, latin=True))
    return s


def band(generation: int) -> Sprite:
    """Smart band: 7 has a pill screen and a sport strap, 8 a big square screen and a clasp bracelet."""
    s = Sprite.empty()
    if generation == 7:
        strap = blob([(440, 40), (560, 40), (580, 300), (580, 700), (560, 960), (440, 960), (420, 700), (420, 300)])
        s.solid(strap, (48, 52, 60), 34, 0.12)
        for y in (800, 838, 876, 914):
            s.dark(ellipse(500, y, 14, 9), 0.7)
        s.solid(box(408, 280, 592, 720, 92), (30, 32, 38), 40, 0.5)
        s.add((8, 10, 14), box(428, 306, 572, 694, 72))
        for i, (words, colour) in enumerate((("10", (255, 255, 255)), ("28", (120, 220, 255)))):
            s.add(colour, centred(words, 500, 430 + 92 * i, 92, 2, latin=True))
        for i, colour in enumerate(((250, 90, 90), (250, 200, 80), (90, 220, 130))):
            s.add(colour, box(452, 560 + 30 * i, 452 + 96 - 22 * i, 574 + 30 * i, 7))
        return s
    for y0, y1 in ((40, 330), (680, 960)):
        s.solid(box(410, y0, 590, y1, 20), (222, 214, 200), 20, 0.3)
        for y in range(y0 + 20, y1, 44):
            s.dark(box(410, y, 590, y + 6), 0.35)
            s.solid(box(470, y + 8, 530, y + 38, 8), (232, 206, 160), 10, 0.8)
    s.solid(box(300, 290, 700, 720, 84), (206, 204, 200), 46, 0.8)
    s.add((10, 12, 18), box(326, 316, 674, 694, 66))
    dial = np.clip(ellipse(500, 505, 150, 150) - ellipse(500, 505, 132, 132), 0, 1)
    s.add((70, 190, 240), dial * (XX > 470))
    s.add((250, 120, 90), dial * (XX <= 470))
    s.add((255, 255, 255), centred("08:36", 500, 520, 68, 1, latin=True))
    s.add((180, 190, 200), centred("6,208 STEPS", 500, 572, 26, 0, latin=True))
    return s


def wheel_cover(colour: Colour, stitch: Colour) -> Sprite:
    """Steering-wheel cover: a padded ring, perforated grips, contrast seams."""
    s = Sprite.empty()
    ring = np.clip(ellipse(500, 500, 400, 400) - ellipse(500, 500, 296, 296), 0, 1)
    angle = np.arctan2(YY - 500, XX - 500)
    albedo = flat(colour) * (1 + 0.04 * noise(341, 7, 2))[..., None]
    grip = (np.abs(np.cos(angle)) > 0.82).astype(np.float32)
    albedo = tint(albedo, blur(grip, 2), tuple(0.72 * c for c in colour))
    dots = ((np.sin(XX * 0.42) > 0.55) & (np.sin(YY * 0.42) > 0.55)).astype(np.float32) * grip
    albedo = tint(albedo, blur(dots, 1) * 0.8, (16, 16, 18))
    s.solid(ring, albedo, 52, 0.25, 14, bump=noise(342, 30, 2) * 0.8)
    for a in np.linspace(0, 2 * np.pi, 84, endpoint=False):
        c, d = np.cos(a), np.sin(a)
        s.add(
            stitch,
            stroke(
                [(500 + 312 * c, 500 + 312 * d), (500 + 326 * np.cos(a + 0.03), 500 + 326 * np.sin(a + 0.03))], 5, False
            ),
        )
    for a in (0.6, 2.54, 3.74, 5.68):
        c, d = np.cos(a), np.sin(a)
        s.solid(stroke([(500 + 300 * c, 500 + 300 * d), (500 + 398 * c, 500 + 398 * d)], 9, False), stitch, 4, 0.2)
    s.solid(box(462, 838, 538, 872, 6), (200, 202, 206), 6, 0.8)
    s.add((60, 60, 64), centred("SPORT", 500, 862, 18, 0, latin=True))
    return s


def camp_chair(colour: Colour) -> Sprite:
    """Low folding camp chair: fabric sling over crossed aluminium tubes."""
    s = Sprite.empty()
    tubes = [[(220, 900), (690, 560)], [(780, 900), (310, 560)], [(160, 890), (330, 520)], [(840, 890), (670, 520)]]
    for t in tubes:
        s.solid(stroke([(float(x), float(y)) for x, y in t], 24, False), (70, 74, 80), 11, 0.5)
    for x, y in ((220, 902), (780, 902), (160, 892), (840, 892)):
        s.solid(ellipse(x, y, 30, 18), (40, 42, 46), 12, 0.2)
    back = blob([(240, 130), (500, 108), (760, 130), (790, 330), (770, 560), (500, 600), (230, 560), (210, 330)])
    s.solid(back, cloth(tuple(0.9 * c for c in colour), 351, 6, 0.08), 60, 0, bump=noise(352, 200, 2) * 4)
    mesh = box(330, 220, 670, 420, 40)
    holes = ((np.sin(XX * 0.5) > 0) & (np.sin(YY * 0.5) > 0)).astype(np.float32)
    s.dark(mesh * 0.6 + mesh * holes * 0.4, 0.45)
    seat = blob([(200, 560), (500, 600), (800, 560), (830, 650), (740, 740), (500, 780), (260, 740), (170, 650)])
    s.solid(seat, cloth(colour, 353, 6, 0.08), 70, 0, bump=noise(354, 160, 2) * 5)
    for points in (
        [(250, 160), (500, 140), (750, 160)],
        [(220, 600), (500, 640), (780, 600)],
        [(250, 715), (500, 752), (750, 715)],
    ):
        s.add((226, 200, 150), stroke([(float(x), float(y)) for x, y in points], 4))
    s.solid(box(436, 470, 564, 528, 8), (226, 200, 150), 6, 0.1)
    s.add((70, 60, 44), centred("YEQU", 500, 514, 34, 1, latin=True))
    return s


def folding_chair(colour: Colour) -> Sprite:
    """Upright folding chair with slats and armrests: another chair."""
    s = Sprite.empty()
    for x0, x1 in ((330, 250), (650, 730)):
        s.solid(stroke([(x0, 120), (x1, 900)], 30, False), (206, 208, 212), 14, 0.7)
    for x0, x1 in ((300, 720), (690, 270)):
        s.solid(stroke([(x0, 560), (x1, 910)], 26, False), (180, 182, 186), 12, 0.7)
    for i in range(4):
        s.solid(
            box(312 - 6 * i, 140 + 86 * i, 668 + 6 * i, 200 + 86 * i, 12),
            speckled(colour, tuple(0.6 * c for c in colour), 361 + i, 1.9),
            14,
            0.1,
        )
    for i in range(3):
        s.solid(
            polygon(
                [
                    (270 - 22 * i, 560 + 44 * i),
                    (710 + 22 * i, 560 + 44 * i),
                    (722 + 22 * i, 598 + 44 * i),
                    (258 - 22 * i, 598 + 44 * i),
                ]
            ),
            speckled(colour, tuple(0.6 * c for c in colour), 366 + i, 1.9),
            12,
            0.1,
        )
    for x in (200, 736):
        s.solid(box(x, 470, x + 66, 512, 18), (90, 62, 40), 16, 0.3)
        s.solid(stroke([(x + 33, 510), (x + 33, 600)], 18, False), (206, 208, 212), 8, 0.7)
    return s


def toy_car(colour: Colour) -> Sprite:
    """Die-cast model of an off-road car, three quarters flat."""
    s = Sprite.empty()
    body = blob(
        [
            (90, 640),
            (100, 540),
            (170, 500),
            (320, 480),
            (400, 330),
            (480, 300),
            (720, 300),
            (800, 350),
            (850, 470),
            (905, 520),
            (915, 650),
            (880, 690),
            (120, 690),
        ]
    )
    s.solid(body, flat(colour) * (1 + 0.01 * noise(371, 5, 1))[..., None], 60, 0.7, 30)
    for points in (
        [(370, 476), (430, 350), (560, 340), (560, 476)],
        [(584, 340), (704, 340), (716, 476), (584, 476)],
        [(740, 344), (790, 380), (820, 476), (742, 476)],
    ):
        s.solid(
            polygon([(float(x), float(y)) for x, y in points]), grade((70, 90, 110), (150, 176, 196), 330, 490), 10, 0.8
        )
    for points in (
        [(572, 330), (574, 640)],
        [(330, 486), (340, 640)],
        [(730, 340), (736, 640)],
        [(100, 560), (900, 560)],
    ):
        s.dark(stroke([(float(x), float(y)) for x, y in points], 4, False), 0.5)
    s.solid(box(80, 600, 920, 680, 24), (52, 54, 58), 20, 0.2)
    for x in (270, 740):
        s.solid(ellipse(x, 680, 122, 122), (24, 24, 26), 10, 0)
        s.solid(np.clip(ellipse(x, 690, 108, 108) - ellipse(x, 690, 60, 60), 0, 1), (40, 41, 44), 22, 0.15)
        for i in range(22):
            a = i * 2 * np.pi / 22
            s.dark(
                stroke(
                    [(x + 92 * np.cos(a), 690 + 92 * np.sin(a)), (x + 108 * np.cos(a), 690 + 108 * np.sin(a))], 7, False
                ),
                0.7,
            )
        s.solid(ellipse(x, 690, 62, 62), (190, 192, 198), 14, 0.9)
        for i in range(6):
            a = i * np.pi / 3
            s.dark(ellipse(x + 36 * np.cos(a), 690 + 36 * np.sin(a), 13, 13), 0.75)
    s.solid(ellipse(128, 552, 36, 26), (252, 246, 214), 16, 0.9)
    s.solid(box(880, 520, 912, 572, 8), (200, 40, 36), 8, 0.6)
    for x in (470, 560, 650, 740):
        s.solid(box(x - 4, 270, x + 8, 306, 2), (50, 52, 56), 4, 0.3)
    s.solid(box(440, 258, 790, 276, 8), (50, 52, 56), 7, 0.4)
    s.add((250, 250, 250), centred("4X4 RALLY", 650, 556, 34, 1, latin=True))
    s.add((250, 250, 250), centred("27", 450, 574, 76, 2, latin=True))
    return s
