"""What surrounds a text and decides its ambiguous words: is 128g storage or weight, is a brand maker or fitment?"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pddlint.text.devices import device_models, stem
from pddlint.text.gifts import gift_clauses
from pddlint.text.lexicon import load
from pddlint.text.patterns import Pattern, holds, not_before


class Setting(NamedTuple):
    """The kind of goods a title and category speak of; `prefix` is the device series the title is about (iphone)."""

    storage: bool = False
    apparel: bool = False
    book: bool = False
    food: bool = False
    fresh: bool = False  # fruit, nuts, tea …: 草莓 in a spec is the fruit, not a flavour
    scented: bool = False
    accessory: bool = False
    car: bool = False
    prefix: str = ""


_STORAGE = holds(
    "u盘 优盘 硬盘 ssd 内存 存储卡 tf卡 sd卡 轻薄本 游戏本 台式机 电脑主机 一体机 ipad matepad 学习机"
    " 行车记录仪 mp3 mp4 录音笔 游戏机 全网通 固态 耳机 耳麦 手表 手环 摄像头",
)
_DEVICE_ITSELF = Pattern(
    rf"手机{not_before('壳膜套架支散充贴挂防')}|平板{not_before('支壳膜锅车鞋床架保裤')}|笔记本(?!支|电脑包|内胆)",
    needs=holds("手机 平板 笔记本"),
)
_APPAREL = holds(
    "衣 裤 裙 衫 袜 鞋 靴 袄 t恤 外套 文胸 胸罩 夹克 马甲 背心 西装 西服 羽绒服 棉服 睡袍 旗袍 汉服 皮草 斗篷"
    " 家居服 泳装 女装 男装 童装 服饰 服装",
)
_NOT_APPAREL = holds(
    "洗衣 衣架 衣柜 晾衣 鞋架 鞋柜 鞋油 鞋刷 洗鞋 烘衣 衣物 收纳 挂烫 熨 粘毛 鞋套机 鞋盒 擦鞋 防潮 除湿"
    " 留香珠 凝珠 配件 皮带 帽 围巾 手套 鞋垫 鞋带",
)
_BOOK = holds(
    "书籍 小说 图书 绘本 漫画 教材 教辅 杂志 文学 童话 故事 字帖 词典 字典 试卷 童书",
)
_FOOD = holds(
    "食品 零食 坚果 炒货 糖 茶叶 咖啡 饮 酒 面条 大米 食用 粮 奶粉 牛奶 蛋 肉 水产 海鲜 鱼 虾 蟹 水果 蔬菜"
    " 生鲜 酱 调料 调味 月饼 糕 饼干 巧克力 辣条 粉丝 螺蛳粉 保健 营养 滋补 蜂蜜 红枣 速食 罐头 猫粮 狗粮"
    " 猫零食 狗零食",
    ends="茶 果 油 粉 米 面 饼 干",
)
_FRESH = holds(
    "水果 生鲜 蔬菜 坚果 炒货 茶叶 干果 海鲜 水产 肉类 禽蛋 种子 果苗",
)
_SCENTED = holds(
    "香水 香薰 香氛 洗衣 洗发 沐浴 护手霜 身体乳 洗手 香皂 凝珠 柔顺 除臭 空气清新 车载香 线香 蜡烛 猫砂 纸巾"
    " 湿巾 牙膏 唇膏 喷雾",
)
_CAR = holds(
    "汽车 车型 车用 轿车 suv 脚垫 座套 后备箱 尾箱 雨刮 方向盘 专车 遮阳挡 车衣 行车 车钥匙 丰田 本田 日产"
    " 宝马 奔驰 奥迪 比亚迪 吉利 哈弗 奇瑞 别克 福特 特斯拉 雪佛兰 起亚 马自达 五菱 机油 火花塞 刹车片 滤清器",
)
_VOLKSWAGEN = Pattern("大众(?!化)", needs="众")
# A listing whose category ends so sells the device itself, whatever its title promises to fit.
_DEVICE = holds(
    "",
    ends="手机 手环 手表 平板 电脑 笔记本 轻薄本 游戏本 耳机 键盘 鼠标 牙刷 剃须刀 音箱 相机 电视 空调 冰箱"
    " 吸尘器 鞋 衣 裤 裙 衫 包 箱",
)


@lru_cache(maxsize=1 << 14)
def setting(title: str, category: tuple[str, ...] = ()) -> Setting:
    """The setting that a folded title and a category path make. A known category outvotes the title."""
    names, leaf = " ".join(category), category[-1] if category else ""
    plain = title
    for gift in reversed(gift_clauses(title)):
        plain = plain[: gift.start] + " " + plain[gift.end :]
    sold, known = f"{leaf} {plain}", _known(names, leaf)
    models = device_models(title)
    return Setting(
        storage=_STORAGE(sold) or _DEVICE_ITSELF.search(sold) is not None,
        apparel=(known.apparel if names else _APPAREL(title))
        and not (known.worn_with if leaf else _NOT_APPAREL(title)),
        book=known.book,
        food=known.food if category else _FOOD(title),
        fresh=known.fresh if names else _FRESH(title),
        scented=known.scented or _SCENTED(title),
        accessory=not known.device and _accessory(sold),
        car=known.car or _is_car(title),
        prefix=next((found for model in models if (found := stem(model.value))), ""),
    )


class _Known(NamedTuple):
    """What a category says by itself."""

    apparel: bool
    worn_with: bool  # what is worn with, washed or kept like apparel
    book: bool
    food: bool
    fresh: bool
    scented: bool
    car: bool
    device: bool


@lru_cache(maxsize=1 << 12)
def _known(names: str, leaf: str) -> _Known:
    """What a category says, by all its names joined and its last one: of few there are many listings."""
    return _Known(
        _APPAREL(names),
        _NOT_APPAREL(leaf),
        _BOOK(names),
        _FOOD(leaf) or _FOOD(names),
        _FRESH(names),
        _SCENTED(names),
        _is_car(names),
        _DEVICE(leaf),
    )


def _is_car(text: str) -> bool:
    return _CAR(text) or _VOLKSWAGEN.search(text) is not None


def _accessory(text: str) -> bool:
    """Whether `text` names an accessory that is not sold in a set (手机壳, but no 手机壳套装)."""
    named = filter(text.__contains__, load("fitment").groups["accessory"])
    return any(not after.startswith("套装") for word in named for after in text.split(word)[1:])
