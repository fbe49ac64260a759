"""Where products stand: studio, table, stone, tiles, outdoors; and what sellers do to a picture afterwards."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from draw import (
    SIZE,
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
    extent,
    flat,
    grade,
    noise,
    polygon,
    stroke,
    text,
    text_width,
    tint,
)
from numpy.typing import NDArray
from prints import wood

FLOOR = 640  # where the wall ends and the table begins


def studio(colour: Colour = (248, 248, 248)) -> Image:
    """Seamless paper, light from the upper left."""
    c = np.asarray(colour, np.float32)
    image = grade(tuple(np.minimum(c * 1.02, 255)), tuple(c * 0.9))
    image = image * (1 - 0.10 * np.clip(((XX - 420) ** 2 + (YY - 420) ** 2) / 620**2, 0, 1))[..., None]
    return np.clip(image, 0, 255)


def podium(wall: Colour, stand: Colour) -> Image:
    """Coloured wall with an arch and a round stand."""
    image = studio(wall)
    image = tint(
        image, np.maximum(ellipse(500, 430, 330, 330), box(170, 430, 830, 800)), tuple(0.93 * np.asarray(wall))
    )
    image = tint(image, box(0, 790, 1000, 1000), tuple(0.97 * np.asarray(wall)))
    image = tint(image, blur(ellipse(540, 880, 420, 90), 22) * 0.4, tuple(0.6 * np.asarray(wall)))
    for dy, k in ((46, 0.78), (0, 1.0)):
        image = tint(image, ellipse(500, 850 + dy, 400, 84), tuple(k * np.asarray(stand)))
    return image


def table(wall: Colour = (226, 220, 208), plant: bool = True) -> Image:
    """Wooden table before a wall with window light and a plant out of focus."""
    image = grade(wall, tuple(0.92 * np.asarray(wall)))
    light = np.zeros((SIZE, SIZE), np.float32)
    for i in range(2):
        for j in range(2):
            x, y = 520 + 190 * i, 60 + 220 * j
            light = np.maximum(light, polygon([(x, y), (x + 165, y + 26), (x + 145, y + 220), (x - 20, y + 194)]))
    image = np.clip(image * (1 + 0.14 * blur(light, 9))[..., None], 0, 255)
    if plant:
        leaves = Sprite.empty()
        for i in range(9):
            a = -2.6 + 0.26 * i
            x, y = 120 + 250 * np.cos(a), 330 + 260 * np.sin(a)
            leaves.solid(
                blob(
                    [(120, 560), ((120 + x) / 2 - 26, (560 + y) / 2), (x, y), ((120 + x) / 2 + 30, (560 + y) / 2 + 14)]
                ),
                (96 + 6 * i, 138, 92),
                20,
                0.2,
            )
        leaves.solid(polygon([(40, 520), (210, 520), (188, 680), (62, 680)]), (214, 204, 190), 40, 0.1)
        alpha = blur(leaves.alpha, 5)
        image = image * (1 - alpha[..., None]) + cv2.GaussianBlur(leaves.rgb, (0, 0), 5) * alpha[..., None]
    top = wood((206, 164, 116), (164, 118, 74), 501)
    planks = np.clip((np.abs(np.sin((YY - FLOOR) / 60)) - 0.985) * 60, 0, 1)
    top = top * (1 - 0.35 * planks[..., None])
    return tint(image, np.clip(YY - FLOOR, 0, 1), top)


def stone() -> Image:
    """White marble from above."""
    veins = np.abs(noise(511, 420, 5))
    image = flat((240, 238, 236)) * (1 - 0.16 * np.exp(-((veins / 0.06) ** 2)))[..., None]
    return np.clip(image * (1 + 0.012 * noise(512, 200))[..., None], 0, 255)


def tiles() -> Image:
    """Kitchen: white tiles behind a grey worktop."""
    image = flat((232, 234, 232))
    for row, y in enumerate(range(-20, FLOOR, 110)):
        for x in range(-220 + 110 * (row % 2), 1000, 220):
            shade = 1 + 0.03 * np.sin(x * 3.1 + y * 1.7)
            image = tint(image, box(x + 4, y + 4, x + 216, y + 106, 6), tuple(shade * np.array((242, 243, 240))))
    top = flat((120, 122, 124)) * (1 + 0.05 * noise(521, 12, 2))[..., None]
    return tint(image, np.clip(YY - FLOOR, 0, 1), np.clip(top, 0, 255))


def outdoors() -> Image:
    """Lawn and trees out of focus under a pale sky."""
    image = grade((178, 208, 232), (232, 238, 230), 0, 560)
    trees = np.clip((noise(531, 260, 4) + (YY - 330) / 90) * 2, 0, 1)
    image = tint(image, blur(trees.astype(np.float32), 12), (112, 146, 96))
    rng = np.random.default_rng(532)
    for _ in range(26):
        x, y, r = rng.uniform(0, 1000), rng.uniform(160, 560), rng.uniform(14, 44)
        image = tint(image, blur(ellipse(x, y, r, r), 4) * 0.22, (244, 248, 214))
    lawn = flat((116, 154, 76)) * (1 + 0.10 * noise(533, 26, 3))[..., None]
    return tint(image, blur(np.clip(YY - 590, 0, 1), 8), np.clip(lawn, 0, 255))


def cabin() -> Image:
    """Inside a car: dashboard and windscreen out of focus."""
    image = grade((176, 198, 214), (224, 226, 222), 0, 400)
    image = tint(
        image, blur(blob([(-80, 330), (250, 270), (700, 270), (1080, 330), (1080, 1080), (-80, 1080)]), 8), (58, 58, 62)
    )
    image = tint(image, blur(box(540, 420, 960, 640, 40), 8), (30, 32, 38))
    image = tint(image, blur(box(580, 450, 920, 600, 20), 10), (70, 110, 150))
    return np.clip(image * (1 + 0.02 * noise(541, 8, 2))[..., None], 0, 255)


def put(
    image: Image,
    sprite: Sprite,
    scale: float = 0.86,
    dx: float = 0,
    dy: float = 0,
    angle: float = 0,
    mirror: bool = False,
    flat_lay: bool = False,
) -> Image:
    """Places a product with its shadow: on the floor, or all round when it lies flat."""
    s = sprite.moved(scale, dx, dy, angle, mirror)
    if flat_lay:
        shift = np.array([[1, 0, 12], [0, 1, 16]], np.float32)
        shade = blur(cv2.warpAffine(s.alpha, shift, (SIZE, SIZE)), 14) * 0.4
    else:
        rows, columns = extent(s.alpha)
        foot, width = rows.stop * 1000 / SIZE, (columns.stop - columns.start) * 1000 / SIZE
        cx = (columns.start + columns.stop) / 2 * 1000 / SIZE
        shade = blur(ellipse(cx + width * 0.06, foot - width * 0.02, width * 0.48, width * 0.075), width * 0.035) * 0.55
        shade = np.maximum(shade, blur(ellipse(cx, foot - 5, width * 0.36, 12), 7) * 0.5)
    image = image * (1 - shade[..., None] * 0.75)
    return image * (1 - s.alpha[..., None]) + s.rgb * s.alpha[..., None]


def banner(
    image: Image,
    words: str,
    price: str = "",
    colour: Colour = (226, 46, 54),
    top: bool = False,
    accent: Colour = (255, 214, 96),
) -> Image:
    """A promotion strip along the bottom (or top), with an optional price flag."""
    y0, y1 = (0, 118) if top else (872, 1000)
    strip = grade(colour, tuple(0.82 * np.asarray(colour)), y0, y1)
    image = tint(image.copy(), box(-20, y0, 1020, y1), strip)
    room = 640 if price else 940
    size = min(66.0, 66.0 * room / max(text_width(words, 66), 1))
    image = tint(image, centred(words, 350 if price else 500, (y0 + y1) / 2 + size * 0.36, size, 3), (255, 255, 255))
    if price:
        image = tint(image, polygon([(700, y0 - 26), (1010, y0 - 26), (1010, y1 + 10), (660, y1 + 10)]), accent)
        image = tint(image, centred("到手价", 850, y0 + 22, 34, 1), (150, 20, 20))
        image = tint(image, centred(price, 850, y0 + 104, 78, 2, latin=True), (200, 20, 24))
    return image


def badge(image: Image, words: str, colour: Colour = (226, 46, 54), corner: str = "left") -> Image:
    """A ribbon in an upper corner."""
    cx = 150 if corner == "left" else 850
    image = image.copy()
    for r, c in ((122, colour), (110, (255, 246, 226)), (102, colour)):
        image = tint(image, ellipse(cx, 148, r, r), c)
    for i, line in enumerate((words[: (len(words) + 1) // 2], words[(len(words) + 1) // 2 :])):
        image = tint(image, centred(line, cx, 140 + 62 * i, 54, 3), (255, 255, 255))
    return image


def headline(image: Image, words: str, small: str = "", colour: Colour = (70, 60, 54), x: float = 300) -> Image:
    """Two lines of plain type in the upper left."""
    image = tint(image.copy(), centred(words, x, 130, 74, 4), colour)
    if small:
        image = tint(image, centred(small, x, 196, 38, 1), colour)
        image = tint(image, box(x - 60, 222, x + 60, 228), colour)
    return image


def crop(image: Image, x0: float, y0: float, x1: float, y1: float) -> Image:
    """The part of the picture between the given corners, enlarged."""
    k = SIZE / 1000
    part = image[round(y0 * k) : round(y1 * k), round(x0 * k) : round(x1 * k)]
    return cv2.resize(part, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC)


def size_chart(columns: list[str], rows: list[list[str]], title: str = "尺码参考") -> Image:
    """The table every clothes listing of a shop shares."""
    image = flat((250, 249, 247))
    image = tint(image, centred(title, 500, 120, 72, 4), (50, 46, 44))
    image = tint(image, centred("手工平铺测量，误差1-3cm属正常范围", 500, 180, 30), (140, 134, 130))
    w, h = 880 / len(columns), 84.0
    for r, row in enumerate([columns, *rows]):
        y = 230 + r * h
        image = tint(
            image, box(60, y, 940, y + h - 4), (92, 84, 78) if r == 0 else (238, 234, 228) if r % 2 else (248, 246, 243)
        )
        for c, cell in enumerate(row):
            image = tint(
                image,
                centred(cell, 60 + w * (c + 0.5), y + 54, 34, 1 if r == 0 else 0),
                (255, 255, 255) if r == 0 else (70, 64, 60),
            )
    return image


def promise_card(shop: str) -> Image:
    """The shop's after-sale card: shown in many galleries, proof of nothing."""
    image = grade((252, 240, 226), (246, 222, 196))
    image = tint(image, box(70, 90, 930, 910, 40), (255, 252, 246))
    image = tint(image, centred(shop, 500, 220, 84, 5), (170, 80, 50))
    for i, (head, line) in enumerate(
        (
            ("48小时发货", "现货速发 全国包邮"),
            ("7天无理由", "不满意随时退"),
            ("破损包赔", "签收拍照 联系客服"),
            ("售后无忧", "在线客服 9:00-23:00"),
        )
    ):
        y = 300 + 145 * i
        image = tint(image, ellipse(190, y + 50, 48, 48), (220, 120, 80))
        image = tint(image, stroke([(168, y + 50), (186, y + 70), (216, y + 30)], 12, False), (255, 255, 255))
        image = tint(image, text(head, 270, y + 46, 52, 3), (90, 60, 46))
        image = tint(image, text(line, 272, y + 100, 34), (150, 120, 104))
    return image


def finish(image: Image, size: int = 800) -> NDArray[np.uint8]:
    """The picture as a camera would hand it over: a trace of grain, `size` pixels square."""
    grain = np.random.default_rng(7).normal(0, 0.8, (SIZE, SIZE, 1)).astype(np.float32)
    out = np.clip(image + grain, 0, 255).astype(np.uint8)
    return out if size == SIZE else cv2.resize(out, (size, size), interpolation=cv2.INTER_AREA)


def save(image: Image | NDArray[np.uint8], path: Path, quality: int = 82, size: int = 800, limit: int = 60_000) -> None:
    """Writes a JPEG; quality gives way where the picture would pass `limit` bytes."""
    pixels = image if image.dtype == np.uint8 else finish(image, size)
    path.parent.mkdir(parents=True, exist_ok=True)
    for q in range(quality, 39, -6):
        ok, data = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, q, cv2.IMWRITE_JPEG_OPTIMIZE, 1])
        if ok and len(data) <= limit:
            break
    path.write_bytes(data.tobytes())
