"""Pictures of the rules' folders, by name."""

from __future__ import annotations

from collections.abc import Callable

import products_home as home
import products_tech as tech
import products_wear as wear
from draw import Image
from pictures import apples, cushion, fungus, low
from scenes import badge, banner, crop, headline, outdoors, podium, put, stone, studio, table, tiles

SAGE, CORAL = (150, 170, 150), (224, 140, 120)

BLUE = (90, 130, 170)


def _wheel() -> Image:
    return put(studio((232, 232, 230)), tech.wheel_cover((52, 46, 44), (80, 130, 210)), 0.84, 0, 60)


PICTURES: dict[str, Callable[[], Image]] = {
    "DUP001-duplicate-color/images/sage": lambda: put(
        podium((226, 230, 222), (248, 248, 244)), home.thermos(SAGE), 0.74, 0, 170
    ),
    "DUP001-duplicate-color/images/coral": lambda: put(
        podium((226, 230, 222), (248, 248, 244)), home.thermos(CORAL), 0.74, 0, 170
    ),
    "DUP001-duplicate-color/images/other": lambda: put(
        studio((226, 230, 236)), home.sport_bottle((96, 150, 190)), 0.88, 0, 30
    ),
    "DUP002-duplicate-spec/images/bag-250": lambda: put(
        table((232, 226, 214)), fungus("香菇", "250g", "mushroom"), 0.8, 60, 30
    ),
    "DUP002-duplicate-spec/images/bag-1000": lambda: badge(
        put(table((232, 226, 214)), fungus("香菇", "1kg", "mushroom"), 0.8, 60, 30), "家庭装量"
    ),
    "DUP002-duplicate-spec/images/case-20": lambda: put(studio((236, 240, 246)), wear.suitcase(BLUE), 0.9, 0, 30),
    "DUP002-duplicate-spec/images/case-24": lambda: put(
        studio((236, 240, 246)), wear.suitcase(BLUE, 1.18), 0.86, 0, 40
    ),
    "DUP003-duplicate-fitment/images/honda": lambda: headline(_wheel(), "本田通用", "翻毛皮 38CM", x=260),
    "DUP003-duplicate-fitment/images/buick": lambda: headline(_wheel(), "别克通用", "翻毛皮 38CM", x=260),
    "DUP003-duplicate-fitment/images/iphone": lambda: put(
        studio((226, 234, 242)), tech.phone_case("iphone15"), 0.92, 0, 10
    ),
    "DUP003-duplicate-fitment/images/mate": lambda: put(
        studio((226, 234, 242)), tech.phone_case("mate60"), 0.92, 0, 10
    ),
    "DUP004-duplicate-gift/images/pan-spatula": lambda: put(
        put(tiles(), home.pan((190, 182, 168)), 0.78, -40, 20, flat_lay=True),
        home.spatula((90, 120, 90), True),
        0.36,
        330,
        -160,
    ),
    "DUP004-duplicate-gift/images/pan-sponge": lambda: put(
        put(tiles(), home.pan((190, 182, 168)), 0.78, -40, 20, flat_lay=True), home.sponge(), 0.32, 340, -180
    ),
    "DUP004-duplicate-gift/images/bowl": lambda: put(studio((236, 234, 228)), home.bowl(), 0.9, 0, 30),
    "DUP004-duplicate-gift/images/plate": lambda: put(studio((236, 234, 228)), home.plate(), 0.92, flat_lay=True),
    "DUP005-duplicate-presentation/images/car": lambda: put(
        table((222, 226, 230), False), tech.toy_car(BLUE), 0.84, 0, 80
    ),
    "DUP005-duplicate-presentation/images/car-mirrored": lambda: banner(
        crop(put(table((222, 226, 230), False), tech.toy_car(BLUE), 0.84, 0, 80), 40, 60, 960, 980)[:, ::-1].copy(),
        "男孩生日礼物",
    ),
    "DUP005-duplicate-presentation/images/flowers": lambda: put(
        podium((236, 226, 214), (250, 246, 240)), cushion("flowers"), 0.8, 0, 60
    ),
    "DUP005-duplicate-presentation/images/plaid": lambda: put(
        podium((236, 226, 214), (250, 246, 240)), cushion("plaid"), 0.8, 0, 60
    ),
    "DUP006-duplicate-across-shops/images/umbrella-a": lambda: put(
        studio((228, 236, 242)), home.umbrella((92, 148, 176), (40, 52, 70)), 0.9, flat_lay=True
    ),
    "DUP006-duplicate-across-shops/images/umbrella-b": lambda: banner(
        put(outdoors(), home.umbrella((92, 148, 176), (40, 52, 70)), 0.8, 0, 10, flat_lay=True),
        "夏季防晒",
        top=True,
        colour=BLUE,
    ),
    "DUP006-duplicate-across-shops/images/canvas": lambda: put(stone(), low((70, 96, 76)), 0.9, flat_lay=True),
    "DUP006-duplicate-across-shops/images/trainer": lambda: put(
        table((226, 222, 216), False), wear.skate_shoe(), 0.86, 0, 60
    ),
    "CAT011-unresolved-pictures/images/apples": lambda: put(stone(), apples(), 0.9, flat_lay=True),
    "CAT021-unreadable-picture/images/plate": lambda: put(podium((222, 228, 236), (248, 250, 252)), home.plate(), 0.7),
    "CAT022-oversized-picture/images/bottle": lambda: put(tiles(), home.sport_bottle((150, 190, 150)), 0.84, 0, 40),
    "CAT023-picture-outside-limits/images/thumbnail": lambda: put(stone(), cushion("flowers"), 0.9, flat_lay=True),
    "CAT023-picture-outside-limits/images/lamp": lambda: put(tiles(), home.lamp((90, 110, 100)), 0.84, 0, 30),
}

# Pictures that are not 800 pixels a side.
SIDES = {"CAT023-picture-outside-limits/images/thumbnail": 360}
