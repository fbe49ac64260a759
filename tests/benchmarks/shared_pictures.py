"""Listings that share a picture: copies of one item, and different goods behind one banner. Who is reported?

    python -m tests.benchmarks.shared_pictures [--seeds 20] [--crowd 0 200]

Every shop has one group of listings with the same main picture, and as many others of the same leaf as `--crowd` says.
Pictures are prints of chance bits: equal or not, and no two unequal ones look alike. Of goods that differ no listing
should be reported, of copies all but one. Titles come in several makes, see `TITLES`; prices, SKU tables, numbers and
further pictures are drawn.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import msgspec
import numpy as np

from pddlint.catalog.formats.plain import listing
from pddlint.images.prints import PicturePrint
from pddlint.matching.fingerprint import Fingerprint, fingerprint
from pddlint.matching.gallery import Shot
from pddlint.matching.match import match_merchant
from pddlint.matching.verification import Alike, Verifier

Draw = random.Random


class Goods(msgspec.Struct, frozen=True):
    """What a shop sells: its category, how its titles go, the names that tell its goods apart, words that fit any of
    them, and the values of its SKUs."""

    category: list[str]
    title: str  # {name} and {by} are filled in
    noun: str
    names: list[str]
    by: list[str]
    words: list[str]
    specs: tuple[str, list[str]]


def _goods(category: str, title: str, noun: str, names: str, by: str, words: str, spec: str, values: str) -> Goods:
    return Goods(category.split("/"), title, noun, names.split(), by.split(), words.split(), (spec, values.split()))


SHELVES = {
    "books": _goods(
        "图书/小说",
        "{name}{by}正版书籍包邮",
        "书籍",
        "红楼梦 西游记 水浒传 三国演义 围城 活着 骆驼祥子 边城 呐喊 朝花夕拾 城南旧事 白鹿原 平凡的世界 繁花 雷雨 茶馆",
        "曹雪芹 吴承恩 施耐庵 罗贯中 钱钟书 余华 老舍 沈从文 鲁迅 林海音 陈忠实 路遥 金宇澄 曹禺 巴金 冰心",
        "原著 无删减 完整版 精装 畅销 名著 经典 文学 青少年 课外 阅读 新版",
        "版本",
        "平装 精装",
    ),
    "cases": _goods(
        "数码/手机配件/手机壳",
        "适用华为Mate60手机壳{name}图案{by}硅胶防摔保护套",
        "手机壳",
        "樱花 竹叶 飞鸟 星空 海浪 麦穗 云朵 松果 蝴蝶 银杏 荷塘 石榴 熊猫 柴犬 宇航员 向日葵 山茶 富士山 牡丹 锦鲤",
        "油画 水彩 素描 版画 国画 剪纸",
        "全包 软壳 防摔 网红 个性 创意 超薄 高级 新款 男女 潮牌 简约",
        "型号",
        "Mate60 Mate60Pro",
    ),
    "tea": _goods(
        "茶/茶叶",
        "{name}茶叶新茶{by}产区散装罐装",
        "茶叶",
        "西湖龙井 安溪铁观音 洞庭碧螺春 武夷大红袍 祁门红茶 六安瓜片 信阳毛尖 福鼎白茶 凤凰单丛 云南普洱",
        "狮峰 祥华 东山 星村 历口 独山 浉河 点头 乌岽 勐海",
        "新茶 浓香 特级 罐装 礼盒 散装 送礼 自饮 耐泡 茶农 明前 高山",
        "净含量",
        "100g 250g 500g",
    ),
    "jeans": _goods(
        "女装/牛仔裤",
        "{name}牛仔裤女{by}高腰显瘦百搭",
        "牛仔裤",
        "毛边破洞 刺绣小花 拼接撞色 侧边开叉 系带绑腿 钉珠亮片 贴布补丁 水洗猫须 纽扣排扣 翻边卷脚 斜裁拼缝 双层腰头",
        "阔腿 直筒 小脚 喇叭 哈伦 烟管",
        "新款 宽松 显高 韩版 复古 春秋 薄款 学生 小个子 港风 设计感 垂感",
        "尺码",
        "S M L XL",
    ),
    "screws": _goods(
        "五金/紧固件/螺丝",
        "304不锈钢{name}螺丝{by}标准件",
        "螺丝",
        "内六角 外六角 十字盘头 沉头平头 自攻木牙 膨胀拉爆 羊眼吊环 蝶形手拧 半圆头 法兰面 滚花高头 紧定无头",
        "机械 家具 门窗 吊顶 汽车 模型",
        "加长 加厚 防锈 高强度 家用 整盒 批发 工业 螺杆 螺钉 国标 耐用",
        "规格",
        "M4*10 M5*16 M6*20",
    ),
}


def _template(goods: Goods, name: str, by: str, draw: Draw) -> str:
    """One title for all, but for the name."""
    return goods.title.format(name=name, by="")


def _slots(goods: Goods, name: str, by: str, draw: Draw) -> str:
    """One title for all, but for two names."""
    return goods.title.format(name=name, by=by)


def _stuffed(goods: Goods, name: str, by: str, draw: Draw) -> str:
    """The name, and some of the words that fit all goods, in any order."""
    words = [*draw.sample(goods.words, 3), name]
    draw.shuffle(words)
    return "".join(words) + goods.noun


def _free(goods: Goods, name: str, by: str, draw: Draw) -> str:
    """Names and as few other words as may be."""
    return f"{name}{by}{draw.choice(goods.words)}{goods.noun}"


TITLES: dict[str, Callable[[Goods, str, str, Draw], str]] = {
    "template": _template,
    "two slots": _slots,
    "stuffed": _stuffed,
    "free": _free,
}


def _pool(goods: Goods, draw: Draw) -> Callable[[], str]:
    """Four of a dozen words and the noun, in any order."""

    def title() -> str:
        words = [*draw.sample(goods.words, 4), goods.noun]
        draw.shuffle(words)
        return "".join(words)

    return title


def _reworded(goods: Goods, draw: Draw) -> Callable[[], str]:
    """One title, of whose seven words two are replaced, at times in another order."""
    first = [*draw.sample(goods.words, 5), draw.choice(goods.names), goods.noun]

    def title() -> str:
        words = list(first)
        for at in draw.sample(range(5), 2):
            words[at] = draw.choice(goods.words)
        if draw.random() < 0.5:
            draw.shuffle(words)
        return "".join(words)

    return title


def _extended(goods: Goods, draw: Draw) -> Callable[[], str]:
    """One title with one more word here or there."""
    first = [*draw.sample(goods.words, 3), draw.choice(goods.names), goods.noun]

    def title() -> str:
        words = list(first)
        words.insert(draw.randrange(5), draw.choice(goods.words))
        return "".join(words)

    return title


REWRITTEN: dict[str, Callable[[Goods, Draw], Callable[[], str]]] = {
    "pool": _pool,
    "reworded": _reworded,
    "extended": _extended,
}
GALLERIES = ("main", "main + 1", "main + 3")  # besides the main picture, so many of one's own
COPIED = (*GALLERIES, "all")  # all: the same four pictures
_MAIN = 1  # seed of the shared picture


def picture(seed: int, slot: int = 0, contrast: int = 50) -> Shot:
    """A picture of chance bits: equal seeds are equal pictures."""
    bits = np.random.default_rng(seed).bytes
    words = [int.from_bytes(bits(8), "big") for _ in range(4)]
    made = PicturePrint(
        digest=bits(16),
        width=800,
        height=800,
        size=80_000,
        format="JPEG",
        animated=False,
        phash=words[0],
        phash_mirrored=words[1],
        dhash=words[2],
        dhash_mirrored=words[3],
        trimmed=bits(32),
        trimmed_mirrored=bits(32),
        grid=bits(108),
        colours=bits(18),
        contrast=contrast,
        content=1000,
    )
    return Shot(f"{seed}.jpg", f"{seed}.jpg", slot, made)


class Unlike(Verifier):
    """Finds no two unequal pictures alike."""

    def pair(self, left: Shot, right: Shot, mirror: bool = True) -> Alike | None:
        return Alike(1.0) if left.print.digest == right.print.digest else Alike(0.0)


def listed(
    number: int, goods: Goods, title: str, prices: Sequence[float], values: Sequence[str], seeds: Sequence[int]
) -> Fingerprint:
    skus = [
        {"id": f"{number}-{at}", "specs": {goods.specs[0]: value}, "price": round(price, 1), "code": f"k{number}q{at}"}
        for at, (value, price) in enumerate(zip(values, prices, strict=True))
    ]
    record: dict[str, Any] = {"id": str(number), "shop": "s", "merchant": "m", "category": goods.category}
    made = fingerprint(listing({**record, "title": title, "skus": skus}), {})
    return msgspec.structs.replace(made, shots=tuple(picture(seed, slot) for slot, seed in enumerate(seeds)))


def _ladder(price: float, values: Sequence[str], step: float) -> list[float]:
    return [price * (1 + step * at) for at in range(len(values))]


def _seeds(number: int, gallery: str) -> list[int]:
    if gallery == "all":
        return [_MAIN, 2, 3, 4]
    own = 0 if gallery == "main" else int(gallery[-1])
    return [_MAIN, *(number * 10 + at for at in range(own))]


def different(shelf: str, titles: str, gallery: str, draw: Draw) -> list[Fingerprint]:
    """Different goods behind one banner."""
    goods = SHELVES[shelf]
    names = draw.sample(goods.names, draw.randint(6, len(goods.names)))
    base, step, even = draw.uniform(5, 60), draw.choice((0, 0.15)), draw.random() < 0.3
    values = draw.sample(goods.specs[1], draw.randint(1, len(goods.specs[1])))
    made = []
    for number, name in enumerate(names, 100):
        price = base if even else base * draw.uniform(0.8, 1.5)
        title = TITLES[titles](goods, name, draw.choice(goods.by), draw)
        made.append(listed(number, goods, title, _ladder(price, values, step), values, _seeds(number, gallery)))
    return made


def copies(shelf: str, titles: str, gallery: str, draw: Draw) -> list[Fingerprint]:
    """One item, published again and again."""
    goods = SHELVES[shelf]
    price, step = draw.uniform(5, 60), draw.choice((0, 0.15))
    values = goods.specs[1]
    title = REWRITTEN[titles](goods, draw)
    redone = draw.random() < 0.5
    return [
        listed(
            number,
            goods,
            title(),
            _ladder(price * (draw.choice((0.9, 0.95, 1, 1.05)) if redone else 1), values, step),
            values,
            _seeds(number, gallery),
        )
        for number in range(100, 100 + draw.choice((3, 8, 14, 25)))
    ]


def crowd(shelf: str, size: int, draw: Draw) -> list[Fingerprint]:
    """Others of the same leaf, with pictures of their own."""
    goods = SHELVES[shelf]
    made = []
    for number in range(1_000, 1_000 + size):
        title = _stuffed(goods, draw.choice(goods.names), "", draw)
        values = draw.sample(goods.specs[1], draw.randint(1, len(goods.specs[1])))
        prices = _ladder(draw.uniform(5, 90), values, draw.choice((0, 0.1, 0.2)))
        made.append(listed(number, goods, title, prices, values, [number * 10, number * 10 + 1]))
    return made


Make = Callable[[str, str, str, Draw], list[Fingerprint]]


def reported(group: Sequence[Fingerprint], others: Sequence[Fingerprint]) -> int:
    """How many listings of the group are reported as copies of others of the group."""
    members = {one.id for one in group}
    found = match_merchant([*group, *others], verifier=Unlike())
    return sum(
        len(members.intersection([g.keeper.id, *(s.listing.id for s in g.surplus)])) - 1
        for g in found.groups
        if not members.isdisjoint([g.keeper.id, *(s.listing.id for s in g.surplus)])
    )


def tell(title: str, make: Make, arguments: argparse.Namespace) -> None:
    """Print the share of listings reported, by titles and gallery."""
    titles, galleries = (TITLES, GALLERIES) if make is different else (REWRITTEN, COPIED)
    for size in arguments.crowd:
        print(f"{title}, {size} others: share reported")
        for how, gallery in product(titles, galleries):
            line, every, told = [], 0, 0
            for shelf in SHELVES:
                mine = known = 0
                for seed in range(arguments.seeds):
                    draw = random.Random(f"{shelf}{how}{gallery}{seed}")
                    group = make(shelf, how, gallery, draw)
                    mine += reported(group, crowd(shelf, size, draw))
                    known += len(group) - 1
                line.append(f"{shelf} {mine / known:.2f}")
                every, told = every + known, told + mine
            print(f"    {how:10} {gallery:9} {told / every:.3f}   {'  '.join(line)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--crowd", type=int, nargs="*", default=[0, 60])
    arguments = parser.parse_args()
    tell("different goods", different, arguments)
    tell("copies", copies, arguments)


if __name__ == "__main__":
    main()
