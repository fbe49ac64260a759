"""Household things: mugs, pans, bottles, bowls, lamps, cushions."""

from __future__ import annotations

import numpy as np
from draw import (
    XX,
    YY,
    Colour,
    Image,
    Sprite,
    blob,
    blur,
    box,
    centred,
    ellipse,
    flat,
    grade,
    inflate,
    lit,
    noise,
    normals,
    polygon,
    smooth,
    stroke,
    tint,
    turned,
)
from prints import blossoms, cat, cloth, fine_print, speckled, waves, wood


def mug(glaze: Colour, inside: Colour = (246, 240, 228), spoon: bool = True) -> Sprite:
    """Tall mug with a two-tone glaze, embossed word, wooden lid and spoon."""
    s = Sprite.empty()
    if spoon:
        s.solid(stroke([(612, 330), (700, 110)], 20, False), (214, 176, 92), 10, 0.8)
        s.solid(ellipse(712, 84, 34, 52, 20), (220, 182, 98), 22, 0.8)
    handle = np.clip(
        blob([(690, 420), (800, 400), (868, 480), (858, 600), (790, 690), (680, 700)])
        - blob([(690, 478), (780, 462), (812, 520), (802, 590), (760, 636), (680, 640)]),
        0,
        1,
    )
    s.solid(handle, np.asarray(glaze) * 0.96, 26, 0.5, 30)
    mask, n = turned([(330, 214), (345, 220), (640, 220), (760, 208), (800, 190), (812, 170)])
    albedo = speckled(glaze, tuple(0.55 * c for c in glaze), 11, 2.3)
    rim = YY + 14 * np.sin(XX / 47) + 8 * np.sin(XX / 19)
    albedo = tint(albedo, np.clip((392 - rim) / 5, 0, 1), inside)
    drip = np.clip((410 - rim) / 5, 0, 1) * np.clip((rim - 388) / 4, 0, 1)
    albedo = tint(albedo, drip * 0.5, (120, 96, 70))
    albedo = tint(
        albedo, centred("good morning", 480, 590, 50, 2, latin=True), tuple(0.35 * np.asarray(inside) + 0.65 * 235)
    )
    albedo = tint(albedo, centred("N O R D I C", 480, 650, 26, 1, latin=True), inside)
    for i, x in enumerate((400, 440, 480, 520, 560)):
        albedo = tint(albedo, polygon([(x - 16, 500), (x, 470 - 8 * (i % 2)), (x + 16, 500)]), inside)
    s.add(lit(albedo, n, 0.55, 36), mask)
    top = ellipse(500, 332, 218, 40)
    s.add(lit(wood((222, 178, 122), (178, 128, 76), 4), normals(inflate(top, 14)), 0.15), top)
    s.solid(ellipse(500, 318, 210, 36), wood((226, 184, 128), (182, 132, 80), 5), 12, 0.15)
    s.solid(ellipse(500, 296, 40, 22), wood((216, 170, 112), (170, 120, 70), 6), 20, 0.2)
    return s


def cat_mug() -> Sprite:
    """Squat stoneware mug, painted cats, bamboo handle: another design altogether."""
    s = Sprite.empty()
    s.solid(
        stroke([(250, 470), (120, 480), (110, 640), (250, 690)], 44), wood((206, 156, 92), (150, 104, 56), 8), 22, 0.2
    )
    mask, n = turned([(380, 262), (394, 270), (520, 286), (650, 280), (740, 236), (778, 190)])
    albedo = speckled((240, 232, 214), (120, 96, 74), 31, 1.9)
    albedo = tint(albedo, np.clip((YY - 690 - 10 * np.sin(XX / 30)) / 6, 0, 1), (150, 96, 66))
    albedo = cat(albedo, 440, 530, 120)
    albedo = cat(albedo, 640, 560, 82, (206, 138, 72))
    for i in range(9):
        albedo = tint(albedo, ellipse(330 + 50 * i, 436 + 10 * (i % 2), 9, 9), (196, 90, 80))
    s.add(lit(albedo, n, 0.35, 28), mask)
    s.add(lit((224, 214, 196), normals(inflate(ellipse(500, 382, 262, 62), 16)), 0.4), ellipse(500, 382, 262, 62))
    inner = ellipse(500, 388, 236, 50)
    s.add(grade((120, 84, 56), (74, 46, 28), 330, 440), inner)
    s.dark(np.clip(inner - blur(ellipse(500, 402, 230, 42), 8), 0, 1), 0.4)
    return s


def pan(colour: Colour = (58, 62, 66), food: bool = True) -> Sprite:
    """Frying pan from three quarters above with a wooden handle."""
    s = Sprite.empty()
    s.solid(stroke([(600, 560), (900, 850)], 62, False), wood((196, 140, 84), (140, 92, 50), 21), 30, 0.25)
    s.solid(stroke([(575, 540), (655, 615)], 46, False), (170, 172, 176), 20, 0.7)
    s.dark(blur(ellipse(872, 822, 13, 13), 1), 0.8)
    outer = ellipse(400, 430, 340, 300)
    wall = ellipse(400, 462, 337, 304)
    s.solid(np.maximum(wall, outer), speckled(colour, (150, 150, 150), 41, 2.2), 60, 0.25)
    s.solid(outer, np.asarray(colour) * 1.5, 10, 0.5)
    inner = ellipse(400, 432, 316, 276)
    albedo = speckled(tuple(0.92 * np.asarray(colour)), (196, 196, 192), 43, 1.9)
    s.add(lit(albedo, normals(-inflate(inner, 90, 6) * 0.35), 0.35, 14), inner)
    for r in (250, 190, 130):
        ring = np.clip(ellipse(400, 440, r, r * 0.87) - ellipse(400, 440, r - 3, (r - 3) * 0.87), 0, 1)
        s.dark(ring, 0.18)
    if food:
        white = blob([(290, 380), (400, 330), (500, 380), (520, 470), (430, 540), (310, 510), (260, 450)])
        s.solid(white, (250, 246, 236), 26, 0.5)
        s.solid(ellipse(395, 435, 66, 60), (246, 178, 40), 46, 0.9, 40)
        for i in range(14):
            a = i * 2.4
            s.add((60, 110, 50), ellipse(395 + 110 * np.cos(a), 440 + 80 * np.sin(a * 1.3), 7, 4, 40 * i))
    return s


def spatula(colour: Colour, wooden: bool) -> Sprite:
    s = Sprite.empty()
    handle: Image | Colour = wood((214, 164, 104), (164, 114, 62), 51, True) if wooden else (54, 56, 60)
    s.solid(stroke([(500, 420), (500, 880)], 40, False), handle, 18, 0.2)
    head = polygon([(440, 130), (560, 130), (590, 330), (530, 430), (470, 430), (410, 330)])
    s.solid(head, wood((214, 164, 104), (164, 114, 62), 52, True) if wooden else colour, 14, 0.25)
    for x in (455, 500, 545):
        s.add((90, 70, 50) if wooden else (30, 30, 32), box(x - 9, 190, x + 9, 330, 9))
    return s


def sponge() -> Sprite:
    s = Sprite.empty()
    s.solid(
        box(250, 420, 750, 620, 40),
        speckled((250, 206, 84), (206, 150, 40), 61, 1.2),
        40,
        0.05,
        bump=noise(62, 12, 2) * 1.2,
    )
    s.solid(box(250, 380, 750, 460, 26), cloth((84, 152, 96), 63, 9, 0.2), 20, 0.02, bump=noise(64, 8, 2) * 1.2)
    return s


def thermos(colour: Colour) -> Sprite:
    """Slim vacuum flask with a steel ring and a printed temperature display."""
    s = Sprite.empty()
    mask, n = turned([(150, 96), (165, 104), (300, 108), (304, 112)])
    s.add(lit((44, 46, 50), n, 0.5, 40), mask)
    for y in (196, 214, 232, 250):
        s.dark(mask * np.clip(1 - abs(YY - y) / 4, 0, 1), 0.35)
    mask, n = turned([(302, 120), (330, 122)])
    s.add(lit((206, 208, 212), n, 1.0, 18), mask)
    mask, n = turned([(330, 118), (360, 136), (400, 142), (860, 142), (888, 134), (900, 118)])
    albedo = flat(colour) * (1 + 0.03 * noise(71, 6, 1))[..., None]
    albedo = tint(albedo, centred("316", 470, 560, 84, 3, latin=True), (236, 234, 226))
    albedo = tint(albedo, centred("STAINLESS", 470, 606, 24, 1, latin=True), (236, 234, 226))
    albedo = tint(albedo, centred("轻量保温", 470, 660, 40, 2), (236, 234, 226))
    for i, x in enumerate((410, 440, 470, 500, 530)):
        albedo = tint(albedo, box(x - 5, 740 - 12 * i, x + 5, 780, 4), (230, 190, 110))
    s.add(lit(albedo, n, 0.5, 22), mask)
    mask, n = turned([(868, 143), (886, 136)])
    s.add(lit((180, 182, 186), n, 0.9, 18), mask)
    return s


def sport_bottle(colour: Colour, wide: float = 1.0) -> Sprite:
    """Big straight bottle with measuring marks and a carrying loop."""
    s = Sprite.empty()
    s.solid(np.clip(ellipse(500, 190, 120, 90) - ellipse(500, 196, 86, 60), 0, 1), (70, 74, 82), 14, 0.3)
    w = 168 * wide
    mask, n = turned([(200, 100), (214, 112), (300, 116)])
    s.add(lit((64, 68, 76), n, 0.45, 30), mask)
    for i in range(18):
        s.dark(mask * box(390 + i * 13, 222, 394 + i * 13, 296), 0.3)
    mask, n = turned([(300, 104), (322, 108), (390, w), (840, w), (880, w - 12), (896, w - 40)])
    albedo = grade(tuple(np.asarray(colour) * 1.18), colour, 320, 880)
    for i in range(9):
        y = 800 - i * 46
        albedo = tint(albedo, box(590, y, 590 + (56 if i % 2 == 0 else 32), y + 5), (255, 255, 255))
        if i % 2 == 0:
            albedo = tint(albedo, centred(f"{200 * (i // 2 + 1)}", 556, y + 12, 24, 1, latin=True), (255, 255, 255))
    for i, words in enumerate(("多", "喝", "水")):
        albedo = tint(albedo, centred(words, 420, 520 + 96 * i, 78, 5), (255, 255, 255))
    albedo = tint(albedo, stroke([(370, 760), (410, 790), (450, 760), (490, 790)], 8), (255, 255, 255))
    s.add(lit(albedo, n, 0.6, 26), mask)
    return s


def bowl() -> Sprite:
    """Hand-painted rice bowl."""
    s = Sprite.empty()
    mask, n = turned([(430, 330), (470, 326), (600, 280), (700, 200), (752, 130), (760, 120), (800, 118)])
    albedo = flat((242, 240, 232)) * (1 + 0.02 * noise(81, 120))[..., None]
    albedo = waves(albedo, ((YY > 520) & (YY < 700)).astype(np.float32), (54, 86, 148), 54)
    albedo = tint(albedo, box(100, 492, 900, 504), (54, 86, 148))
    albedo = tint(albedo, box(100, 470, 900, 476), (54, 86, 148))
    s.add(lit(albedo, n, 0.55, 34), mask)
    s.solid(ellipse(500, 430, 330, 96), (238, 236, 228), 12, 0.6)
    inner = ellipse(500, 436, 312, 84)
    s.add(lit((232, 230, 222), normals(-inflate(inner, 120, 5) * 0.5), 0.5), inner)
    s.add((54, 86, 148), np.clip(ellipse(500, 432, 318, 88) - ellipse(500, 434, 311, 83), 0, 1))
    for i in range(9):
        a = i / 9 * 2 * np.pi
        s.solid(
            ellipse(500 + 150 * np.cos(a), 450 + 26 * np.sin(a), 120, 42),
            (252, 250, 244),
            40,
            0.1,
            bump=noise(83 + i, 16, 2) * 2,
        )
    return s


def plate() -> Sprite:
    """Dinner plate of the same painted set, seen from above."""
    s = Sprite.empty()
    rim = ellipse(500, 500, 400, 400)
    albedo = flat((242, 240, 232)) * (1 + 0.02 * noise(91, 140))[..., None]
    ring = np.clip(ellipse(500, 500, 372, 372) - ellipse(500, 500, 270, 270), 0, 1)
    albedo = waves(albedo, ring, (54, 86, 148), 54)
    for r in (384, 262):
        albedo = tint(albedo, np.clip(ellipse(500, 500, r, r) - ellipse(500, 500, r - 8, r - 8), 0, 1), (54, 86, 148))
    albedo = tint(
        albedo, blob([(380, 520), (470, 450), (590, 470), (640, 520), (590, 566), (460, 580)]), (92, 128, 180)
    )
    albedo = tint(albedo, polygon([(636, 520), (716, 462), (704, 522), (716, 580)]), (92, 128, 180))
    for x in range(430, 620, 38):
        albedo = tint(albedo, stroke([(x, 486), (x + 20, 520), (x, 552)], 6), (242, 240, 232))
    albedo = tint(albedo, ellipse(424, 508, 10, 10), (30, 40, 70))
    s.add(lit(albedo, normals(inflate(rim, 26) - inflate(ellipse(500, 500, 280, 280), 70, 8) * 0.5), 0.5, 30), rim)
    return s


def lamp(colour: Colour) -> Sprite:
    """LED desk lamp with a jointed arm."""
    s = Sprite.empty()
    s.solid(ellipse(430, 850, 210, 58), colour, 40, 0.35)
    s.solid(ellipse(430, 838, 190, 46), np.asarray(colour) * 0.97, 16, 0.35)
    s.add((60, 180, 120), ellipse(430, 850, 9, 6))
    s.solid(stroke([(430, 830), (330, 480)], 34, False), np.asarray(colour) * 0.95, 16, 0.4)
    s.solid(stroke([(330, 480), (560, 210)], 30, False), colour, 15, 0.4)
    s.solid(ellipse(330, 480, 34, 34), (206, 168, 118), 30, 0.6)
    s.solid(ellipse(560, 212, 26, 26), (206, 168, 118), 24, 0.6)
    head = blob([(520, 200), (600, 170), (780, 250), (850, 320), (800, 360), (640, 300), (530, 250)])
    s.solid(head, colour, 40, 0.4)
    s.add((255, 250, 214), blob([(600, 290), (700, 300), (815, 356), (790, 372), (680, 336), (600, 306)]))
    for i in range(7):
        s.dark(stroke([(640 + 22 * i, 222 + 12 * i), (625 + 22 * i, 262 + 12 * i)], 5, False), 0.25)
    return s


def cushion(kind: str) -> Sprite:
    """Square cushion: "flowers" or "plaid"."""
    s = Sprite.empty()
    shape = blob(
        [
            (180, 190),
            (340, 216),
            (500, 206),
            (660, 216),
            (820, 190),
            (800, 340),
            (806, 500),
            (800, 660),
            (820, 810),
            (660, 790),
            (500, 800),
            (340, 790),
            (180, 810),
            (200, 660),
            (194, 500),
            (200, 340),
        ]
    )
    if kind == "flowers":
        albedo = blossoms(
            cloth((238, 228, 206), 101, 6), shape, [(214, 106, 96), (232, 160, 140), (176, 90, 120)], 102, 46, 40
        )
    else:
        albedo = cloth((150, 62, 56), 103, 6)
        for p in range(0, 1000, 110):
            for mask in (box(p, 0, p + 46, 1000), box(0, p, 1000, p + 46)):
                albedo = tint(albedo, mask * 0.45, (40, 52, 70))
            for mask in (box(p + 70, 0, p + 76, 1000), box(0, p + 70, 1000, p + 76)):
                albedo = tint(albedo, mask * 0.8, (236, 214, 160))
    s.solid(shape, albedo, 240, 0.02, bump=noise(104, 200, 2) * 6, soften=26)
    return s


def purifier() -> Sprite:
    """Round-cornered air purifier with a perforated lower half and a display."""
    s = Sprite.empty()
    mask, n = turned([(150, 196), (180, 224), (220, 232), (860, 232), (890, 222), (905, 200)])
    albedo = flat((236, 237, 238))
    dots = ((np.sin(XX * 2 * np.pi / 18) > 0.2) & (np.sin(YY * 2 * np.pi / 18) > 0.2) & (YY > 470) & (YY < 850)).astype(
        np.float32
    )
    albedo = tint(albedo, blur(dots, 1.2) * 0.75, (120, 124, 130))
    albedo = tint(albedo, ellipse(500, 330, 66, 66), (26, 30, 36))
    albedo = tint(albedo, np.clip(ellipse(500, 330, 58, 58) - ellipse(500, 330, 52, 52), 0, 1), (74, 214, 150))
    albedo = tint(albedo, centred("012", 500, 342, 36, 1, latin=True), (222, 246, 232))
    albedo = tint(albedo, centred("AIRJOY", 500, 430, 26, 1, latin=True), (120, 124, 130))
    s.add(lit(albedo, n, 0.3, 20), mask)
    s.solid(ellipse(500, 160, 198, 34), (210, 212, 214), 10, 0.3)
    for r in (170, 140, 110, 80, 50):
        s.dark(np.clip(ellipse(500, 160, r, r * 0.16) - ellipse(500, 160, r - 8, (r - 8) * 0.16), 0, 1), 0.5)
    return s


def umbrella(colour: Colour, lining: Colour) -> Sprite:
    """Open sun umbrella with printed blossoms, seen slightly from above."""
    s = Sprite.empty()
    s.solid(stroke([(520, 420), (560, 900)], 16, False), (200, 202, 206), 7, 0.9)
    s.solid(stroke([(560, 880), (566, 940)], 34, False), (70, 52, 42), 14, 0.4)
    apex = (480.0, 150.0)
    rim = [
        (70.0, 520.0),
        (190.0, 590.0),
        (350.0, 640.0),
        (530.0, 650.0),
        (710.0, 610.0),
        (850.0, 540.0),
        (930.0, 440.0),
    ]
    under: list[tuple[float, float]] = [*rim, (760.0, 470.0), (500.0, 520.0), (260.0, 510.0)]
    s.solid(blob(under), lining, 20, 0.05)
    whole = polygon(
        [
            *smooth([(70, 520), (110, 330), (260, 200), apex, (720, 190), (880, 300), (930, 440)], closed=False),
            *reversed(rim),
        ]
    )
    albedo = blossoms(
        cloth(colour, 111, 5, 0.03), whole, [(250, 238, 232), (246, 206, 196), (255, 255, 255)], 112, 44, 34
    )
    for i in range(len(rim) - 1):
        (ax, ay), (bx, by) = rim[i], rim[i + 1]
        sag = ((ax + bx) / 2, (ay + by) / 2 - 26)
        left = smooth([apex, ((apex[0] + ax) / 2 + (ax - 500) * 0.16, (apex[1] + ay) / 2 - 70), (ax, ay)], closed=False)
        right = smooth(
            [apex, ((apex[0] + bx) / 2 + (bx - 500) * 0.16, (apex[1] + by) / 2 - 70), (bx, by)], closed=False
        )
        panel = polygon([*left, *smooth([(ax, ay), sag, (bx, by)], closed=False), *reversed(right)])
        s.solid(panel, albedo * (0.93 + 0.05 * (i % 2)), 46, 0.08)
        s.dark(stroke(left, 3, False), 0.35)
    s.solid(stroke([(480, 152), (478, 112)], 14, False), (90, 80, 74), 6, 0.5)
    return s


def notes(sprite: Sprite, seed: int) -> Sprite:
    """The same thing with a paper tag of fine print hung on it."""
    tag = Sprite.empty()
    paper = fine_print(flat((246, 240, 226)), 300, 360, 400, 12, (90, 80, 70), seed, 26)
    tag.solid(box(280, 300, 720, 800, 20), paper, 8, 0.05)
    small = tag.moved(0.32, 240, 160, 8)
    return sprite.add(small.rgb, small.alpha)
