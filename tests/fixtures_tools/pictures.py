"""Every picture of the demo shop and of the rules' folders, by name: what stands where and what was done to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import products_food as food
import products_home as home
import products_tech as tech
import products_wear as wear
from draw import Image, Sprite, centred, tint
from scenes import (
    badge,
    banner,
    cabin,
    crop,
    headline,
    outdoors,
    podium,
    promise_card,
    put,
    size_chart,
    stone,
    studio,
    table,
    tiles,
)

GREEN, CREAM = (60, 92, 76), (228, 216, 196)

# Drawn once, used in many pictures.
mug = cache(home.mug)
cat_mug = cache(home.cat_mug)
pan = cache(home.pan)
umbrella = cache(lambda: home.umbrella((196, 120, 130), (60, 60, 80)))
cover = cache(lambda: tech.wheel_cover((44, 44, 48), (200, 60, 50)))
camp_chair = cache(lambda: tech.camp_chair((90, 104, 76)))
bottle = cache(lambda: home.sport_bottle((120, 170, 200)))
lamp = cache(lambda: home.lamp((240, 240, 238)))
earbuds = cache(lambda: tech.earbuds((246, 246, 244)))
cushion = cache(home.cushion)
case = cache(tech.phone_case)
fungus = cache(food.pouch)
apples = cache(food.apples)
toy = cache(lambda: tech.toy_car((206, 120, 40)))
suitcase = cache(wear.suitcase)
tee = cache(wear.tee)
tote = cache(wear.tote)
low = cache(wear.canvas_low)
brush_heads = cache(tech.brush_heads)
toothbrush = cache(lambda: tech.toothbrush((40, 60, 90)))
thermos = cache(lambda: home.thermos((150, 170, 150)))
purifier = cache(home.purifier)


def _several(image: Image, *placed: tuple[Sprite, float, float, float]) -> Image:
    for sprite, scale, dx, dy in placed:
        image = put(image, sprite, scale, dx, dy)
    return image


def _pan_with(*gifts: Sprite) -> Image:
    """The pan with what comes free with it."""
    image = put(stone(), pan(), 0.84, -40, -30, flat_lay=True)
    for i, gift in enumerate(gifts):
        image = put(
            image, gift, 0.36, 330 if i == 0 else -300, 60 if i == 0 else 320, 8 if i == 0 else -6, flat_lay=True
        )
    return tint(image, centred("赠品", 900 if len(gifts) == 1 else 330, 900, 54, 3), (214, 50, 50))


def _plastic_cup(image: Image) -> Image:
    """The steel flask and its plastic cousin."""
    return _several(image, (thermos(), 0.8, -140, 60), (home.thermos((236, 170, 150)), 0.56, 210, 150))


PICTURES: dict[str, Callable[[], Image]] = {
    # anju: mugs
    "anju/images/mug-green-1": lambda: headline(put(studio(), mug(GREEN), 0.8, 0, 60), "北欧马克杯", "盖+勺 全套"),
    "anju/images/mug-green-2": lambda: put(table(), mug(GREEN), 0.7, 60, 110),
    "anju/images/mug-cream-1": lambda: headline(
        put(studio(), mug(CREAM, (250, 246, 240)), 0.8, 0, 60), "北欧马克杯", "盖+勺 全套"
    ),
    "anju/images/mug-cream-2": lambda: put(
        podium((236, 214, 206), (250, 246, 240)), mug(CREAM, (250, 246, 240)), 0.62, 0, 170
    ),
    "anju/images/mug-cat-1": lambda: put(table((214, 222, 226), False), cat_mug(), 0.8, 0, 60),
    "anju/images/mug-cat-2": lambda: crop(
        put(table((214, 222, 226), False), cat_mug(), 0.8, 0, 60), 230, 340, 800, 910
    ),
    # anju: dry food and fruit
    "anju/images/fungus-250-1": lambda: banner(
        put(studio((240, 232, 216)), fungus("黑木耳", "250g", "fungus"), 0.84, 0, -30), "东北黑木耳 肉厚无根"
    ),
    "anju/images/fungus-250-2": lambda: crop(
        put(studio((240, 232, 216)), fungus("黑木耳", "250g", "fungus"), 0.84), 260, 300, 740, 780
    ),
    "anju/images/fungus-500-1": lambda: badge(
        put(studio((240, 232, 216)), fungus("黑木耳", "500g", "fungus"), 0.84, 30, 10), "足足一斤", corner="right"
    ),
    "anju/images/fungus-500-2": lambda: put(table(), fungus("黑木耳", "500g", "fungus"), 0.74, 60, 40),
    "anju/images/mushroom-1": lambda: banner(
        put(studio((240, 232, 216)), fungus("香菇", "250g", "mushroom"), 0.84, 0, -30), "深山香菇 肉厚味浓"
    ),
    "anju/images/mushroom-2": lambda: put(table(), fungus("香菇", "250g", "mushroom"), 0.74, 60, 40),
    "anju/images/apples-1": lambda: banner(
        put(podium((250, 232, 200), (255, 250, 240)), apples(), 0.72, 0, 10), "脆甜多汁 坏果包赔", colour=(210, 60, 40)
    ),
    "anju/images/apples-2": lambda: put(table((230, 226, 210)), apples(), 0.66, 60, 110),
    # anju: car
    "anju/images/wheel-vw-1": lambda: headline(
        badge(put(studio((226, 230, 234)), cover(), 0.84, 0, 60), "四季通用"), "大众 专享", "38CM 透气防滑", x=720
    ),
    "anju/images/wheel-vw-2": lambda: put(cabin(), cover(), 0.8, 0, 30),
    "anju/images/wheel-toyota-1": lambda: headline(
        badge(put(studio((226, 230, 234)), cover(), 0.84, 0, 60), "四季通用"), "丰田 专享", "38CM 透气防滑", x=720
    ),
    "anju/images/wheel-toyota-2": lambda: crop(put(studio((226, 230, 234)), cover(), 0.84, 0, 60), 60, 480, 560, 980),
    # anju: phone cases
    "anju/images/case-ip15-1": lambda: headline(
        put(podium((206, 220, 236), (246, 248, 252)), case("iphone15"), 0.82, 0, 60), "iPhone 15", x=220
    ),
    "anju/images/case-ip15-2": lambda: put(stone(), case("iphone15"), 0.9, flat_lay=True, angle=14),
    "anju/images/cable-1": lambda: put(studio(), tech.cable(), 0.9, 0, 30, flat_lay=True),
    "anju/images/case-mate60-1": lambda: headline(
        put(podium((236, 226, 212), (250, 246, 240)), case("mate60"), 0.82, 0, 60), "Mate 60", x=220
    ),
    "anju/images/case-mate60-2": lambda: put(stone(), case("mate60"), 0.9, flat_lay=True, angle=-12),
    # anju: kitchen
    "anju/images/pan-1": lambda: _pan_with(home.spatula((200, 80, 60), True)),
    "anju/images/pan-2": lambda: put(tiles(), pan(), 0.74, 0, 40, flat_lay=True),
    "anju/images/pan-gift-1": lambda: _pan_with(home.spatula((200, 80, 60), False), home.sponge()),
    "anju/images/pan-gift-2": lambda: crop(put(tiles(), pan(), 0.74, 0, 40, flat_lay=True), 90, 120, 790, 820),
    "anju/images/bowl-1": lambda: headline(
        put(table((226, 226, 220), False), home.bowl(), 0.86, 40, 50), "青海波 饭碗", "釉下彩 4.5英寸"
    ),
    "anju/images/bowl-2": lambda: crop(
        put(table((226, 226, 220), False), home.bowl(), 0.86, 40, 50), 250, 380, 830, 960
    ),
    "anju/images/plate-1": lambda: headline(
        put(studio((232, 230, 224)), home.plate(), 0.8, 0, 90, flat_lay=True), "青海波 菜盘", "釉下彩 8英寸", x=280
    ),
    "anju/images/plate-2": lambda: put(stone(), home.plate(), 0.96, flat_lay=True),
    "anju/images/thermos-1": lambda: banner(
        _plastic_cup(studio((232, 236, 232))), "316不锈钢 保温12小时", "59.9", (50, 92, 84)
    ),
    "anju/images/thermos-2": lambda: put(podium((222, 230, 222), (246, 248, 244)), thermos(), 0.74, 0, 170),
    "anju/images/bottle-1": lambda: headline(
        put(studio((222, 236, 246)), bottle(), 0.86, 60, 40), "大容量", "1000ml", (60, 100, 140), 220
    ),
    "anju/images/bottle-2": lambda: put(outdoors(), bottle(), 0.74, -60, 60),
    # anju: outdoors
    "anju/images/camp-1": lambda: banner(
        put(outdoors(), camp_chair(), 0.8, 0, -10), "月亮椅 承重300斤", "49.9", (60, 110, 70)
    ),
    "anju/images/camp-2": lambda: put(studio(), camp_chair(), 0.86),
    "anju/images/camp-b-1": lambda: banner(
        put(outdoors()[:, ::-1].copy(), camp_chair(), 0.86, 10, 10, mirror=True),
        "送运费险 七天无理由",
        colour=(220, 120, 30),
        top=True,
    ),
    "anju/images/camp-b-2": lambda: crop(put(studio(), camp_chair(), 0.86), 120, 60, 880, 820),
    "anju/images/slat-1": lambda: headline(
        put(table((232, 224, 210), False), tech.folding_chair((170, 120, 80)), 0.84, 60, 30), "沙滩椅", "仿实木 可折叠"
    ),
    "anju/images/slat-2": lambda: put(studio(), tech.folding_chair((170, 120, 80)), 0.86),
    "anju/images/umbrella-1": lambda: headline(
        put(studio((240, 228, 230)), umbrella(), 0.86, 0, 90, flat_lay=True),
        "UPF50+",
        "黑胶防晒 晴雨两用",
        (150, 70, 90),
        760,
    ),
    "anju/images/umbrella-2": lambda: put(outdoors(), umbrella(), 0.8, 0, 20, flat_lay=True),
    # anju: gadgets
    "anju/images/brush-1": lambda: headline(
        put(podium((208, 226, 232), (246, 250, 252)), toothbrush(), 0.8, 60, 90),
        "声波震动",
        "四档模式 IPX7",
        (40, 70, 100),
        260,
    ),
    "anju/images/brush-2": lambda: put(tiles(), toothbrush(), 0.86, -60, 40),
    "anju/images/heads-1": lambda: put(studio((224, 236, 240)), brush_heads(), 0.92),
    "anju/images/heads-2": lambda: crop(put(studio((224, 236, 240)), brush_heads(), 0.92), 180, 380, 780, 980),
    "anju/images/buds-1": lambda: headline(
        put(podium((226, 222, 238), (248, 246, 252)), earbuds(), 0.64, 0, 120),
        "主动降噪",
        "续航40小时",
        (80, 70, 120),
        240,
    ),
    "anju/images/buds-2": lambda: put(stone(), earbuds(), 0.86, flat_lay=True, angle=-8),
    "anju/images/band7-1": lambda: headline(
        put(studio((224, 228, 236)), tech.band(7), 0.86, 100, 20, flat_lay=True),
        "LeBu 7",
        "血氧监测 14天续航",
        (40, 46, 60),
        250,
    ),
    "anju/images/band8-1": lambda: headline(
        put(studio((236, 230, 222)), tech.band(8), 0.86, 60, 40, flat_lay=True),
        "LeBu 8",
        "1.74英寸大屏",
        (90, 76, 60),
        220,
    ),
    "anju/images/lamp-1": lambda: headline(
        put(table((222, 222, 226), False), lamp(), 0.8, 60, 10), "学习台灯", "三档色温 可充电"
    ),
    "anju/images/lamp-2": lambda: put(studio(), lamp(), 0.86),
    "anju/images/purifier-1": lambda: headline(
        put(table((216, 222, 226), False), purifier(), 0.74, 120, 40), "除二手烟", "H13滤网 静音", (50, 80, 100), 240
    ),
    "anju/images/toy-1": lambda: headline(
        put(studio((236, 232, 226)), toy(), 0.86, 0, 60), "1:24 合金", "回力 声光 可开门", x=250
    ),
    "anju/images/toy-2": lambda: put(table((210, 218, 224), False), toy(), 0.8, 0, 90, mirror=True),
    # anju: books
    "anju/images/poems-1a": lambda: put(studio((234, 238, 232)), food.book("上册"), 0.92),
    "anju/images/poems-2a": lambda: put(studio((246, 236, 224)), food.book("下册"), 0.92),
    "anju/images/old-books-1": lambda: put(table((214, 206, 192), False), food.old_books(), 0.84, 0, 60),
    "anju/images/promise": lambda: promise_card("安居百货"),
    # qingyi
    "qingyi/images/mug-1": lambda: badge(
        put(podium((206, 216, 208), (246, 248, 244)), mug(GREEN), 0.66, 0, 150), "伴手好礼", (60, 110, 90)
    ),
    "qingyi/images/mug-2": lambda: put(stone(), mug(GREEN), 0.86, 0, 20, -9, flat_lay=True),
    "qingyi/images/umbrella-1": lambda: banner(
        put(podium((214, 226, 236), (248, 250, 252)), umbrella(), 0.78, 0, 10, flat_lay=True),
        "夏日防晒 晴雨两用",
        colour=(80, 120, 170),
    ),
    "qingyi/images/umbrella-2": lambda: crop(
        put(studio((240, 228, 230)), umbrella(), 0.86, 0, 90, flat_lay=True), 60, 160, 780, 880
    ),
    "qingyi/images/low-red-1": lambda: headline(
        put(studio((244, 240, 236)), low((196, 60, 54)), 0.88, 0, 30), "1970低帮", "女款 经典帆布"
    ),
    "qingyi/images/low-red-2": lambda: put(outdoors(), low((196, 60, 54)), 0.84, 0, 60, mirror=True),
    "qingyi/images/high-navy-1": lambda: headline(
        put(studio((236, 240, 244)), wear.canvas_high((46, 58, 84)), 0.86, 0, 60), "硫化高帮", "男款 加厚大底", x=720
    ),
    "qingyi/images/high-navy-2": lambda: put(table((214, 206, 192), False), wear.canvas_high((46, 58, 84)), 0.8, 0, 40),
    "qingyi/images/skate-1": lambda: headline(
        put(studio((228, 236, 242)), wear.skate_shoe(), 0.88, 0, 40), "老爹鞋", "增高5CM 软弹"
    ),
    "qingyi/images/skate-2": lambda: put(podium((214, 224, 232), (248, 250, 252)), wear.skate_shoe(), 0.78, 0, 190),
    "qingyi/images/tee-plain-blue-1": lambda: headline(
        put(studio((238, 238, 240)), tee((120, 140, 160)), 0.9, 0, 50, flat_lay=True), "260g重磅", "精梳纯棉", x=220
    ),
    "qingyi/images/tee-plain-oat-1": lambda: headline(
        put(studio((238, 238, 240)), tee((214, 198, 172)), 0.9, 0, 50, flat_lay=True), "260g重磅", "精梳纯棉", x=220
    ),
    "qingyi/images/tee-plain-detail": lambda: crop(
        put(studio((238, 238, 240)), tee((120, 140, 160)), 0.9, 0, 50, flat_lay=True), 320, 140, 760, 580
    ),
    "qingyi/images/tee-peak-1": lambda: put(stone(), tee((236, 236, 232), "peak"), 0.94, 0, -10, flat_lay=True),
    "qingyi/images/tee-bloom-1": lambda: put(
        podium((246, 232, 226), (252, 246, 242)), tee((240, 214, 210), "bloom", True), 0.86, 0, -30, flat_lay=True
    ),
    "qingyi/images/tote-sun-1": lambda: headline(
        put(studio((240, 236, 226)), tote("sunflower"), 0.82, 0, 70), "帆布手提袋", "可装A4书本"
    ),
    "qingyi/images/tote-sun-2": lambda: put(table(), tote("sunflower"), 0.7, 60, 60),
    "qingyi/images/tote-astro-1": lambda: put(
        podium((206, 212, 230), (240, 242, 250)), tote("astronaut"), 0.78, 0, 40, -7, flat_lay=True
    ),
    "qingyi/images/case20-1": lambda: headline(
        put(studio((246, 236, 238)), suitcase((226, 170, 176)), 0.86, 90, 40), "20寸", "可登机", (150, 80, 96), 200
    ),
    "qingyi/images/case24-1": lambda: headline(
        put(studio((246, 236, 238)), suitcase((226, 170, 176), 1.18), 0.86, 90, 40),
        "24寸",
        "大容量",
        (150, 80, 96),
        200,
    ),
    "qingyi/images/case24-2": lambda: put(outdoors(), suitcase((226, 170, 176), 1.18), 0.8, 0, 30),
    "qingyi/images/cushion-flower-1": lambda: put(studio((240, 234, 226)), cushion("flowers"), 0.96, 0, 0),
    "qingyi/images/cushion-plaid-1": lambda: put(studio((240, 234, 226)), cushion("plaid"), 0.96, 0, 0),
    "qingyi/images/size-chart": lambda: size_chart(
        ["尺码", "衣长", "胸围", "肩宽", "建议体重"],
        [
            ["M", "66", "102", "46", "90-110斤"],
            ["L", "68", "106", "48", "110-130斤"],
            ["XL", "70", "110", "50", "130-150斤"],
            ["2XL", "72", "114", "52", "150-170斤"],
            ["3XL", "74", "118", "54", "170-190斤"],
        ],
    ),
}
