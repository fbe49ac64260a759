"""Blocking against brute force on generated shops: time, candidates and recall, beside rapidfuzz.process.cdist.

    python tests/benchmarks/blocking.py [--listings 2000 10000] [--large 100000] [--sample 500]

A generated shop sells product families whose members re-word, re-colour or re-shuffle one title; every product has its
own attributes, and a third of the shop's wording is common to all. Recall is over the pairs a brute-force comparison of
words would call alike (title and attribute cosine together at least `ALIKE`), on a sample of listings against all;
`tests.benchmarks.recall` has that over the pairs which the product's own comparison would join.
"""

from __future__ import annotations

import argparse
import random
import resource
import time

import numpy as np
from rapidfuzz import fuzz, process
from scipy import sparse

from pddlint.catalog.model import Attribute, Listing
from pddlint.matching import blocking
from pddlint.matching.kin import wholes
from pddlint.matching.textprint import TextPrint, text_print
from pddlint.matching.textual import Book, TextStats

ALIKE = 0.6  # mean of title and attribute cosine
RATIO = 80  # rapidfuzz `ratio` of a rival's match

GOODS = (
    "连衣裙 半身裙 衬衫 卫衣 牛仔裤 阔腿裤 风衣 羽绒服 针织衫 帆布鞋 马丁靴 拖鞋 保温杯 "
    "炒锅 收纳箱 四件套 台灯 耳机 数据线 手机支架 背包 行李箱 腰带 丝巾 遮阳帽 洗面奶 "
    "面霜 唇釉 坚果 红茶 "
)
MARKET = (
    "新款 韩版 百搭 时尚 网红 潮流 学生 宽松 显瘦 高级感 小众 复古 ins风 大容量 家用 "
    "便携 加厚 秋冬 夏季 春秋 透气 女 男 情侣 中老年 高颜值 正品 包邮 爆款 轻奢 "
)
COLOURS = ["黑色", "白色", "雾霾蓝", "奶茶色", "樱花粉", "酒红色", "墨绿色", "卡其色"]
KEYS = ["材质", "风格", "图案", "领型", "袖长", "厚薄", "款式", "适用季节", "功能", "闭合方式"]
SYLLABLES = "云禾森木清欢暖阳星河拾光简素知夏初雪青竹若水南枝北辰朝露晚晴山海白鹿飞鸟安然"


class Shop:
    """Listings of one generated merchant; the same seed makes the same shop."""

    def __init__(self, size: int, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.listings: list[Listing] = []
        while len(self.listings) < size:
            self.family()
        del self.listings[size:]

    def family(self) -> None:
        """One product, published one to five times."""
        draw = self.random
        goods = draw.choice(GOODS.split())
        name = "".join(draw.sample(SYLLABLES, 2)) + draw.choice(["", "", str(draw.randint(100, 9999))])
        words = [name, goods, *draw.sample(MARKET.split(), 6)]
        attributes = {key: f"{key}{int(draw.paretovariate(0.7)) % 40}" for key in draw.sample(KEYS, draw.randint(0, 8))}
        for _ in range(draw.choice([1, 1, 1, 1, 2, 2, 3, 5])):
            mine = [*words]
            draw.shuffle(mine)
            if draw.random() < 0.4:
                mine[draw.randrange(len(mine))] = draw.choice(MARKET.split())
            if draw.random() < 0.5:
                mine.append(draw.choice(COLOURS))
            kept = tuple(Attribute(k, v) for k, v in attributes.items() if draw.random() < 0.9)
            self.listings.append(Listing(id=str(len(self.listings)), title="".join(mine), attributes=kept))


class Item:
    """The part of a fingerprint that blocking reads, for a listing that is words only."""

    codes: tuple[str, ...] = ()
    stem = ""
    shots = ()

    def __init__(self, listing: Listing) -> None:
        self.text = text_print(listing)
        self.wholes = wholes(listing.title, self.text, ())


def unit(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """The matrix with rows of length one."""
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (sparse.diags(1 / np.maximum(length, 1e-9)) @ matrix).tocsr()


def recall(prints: list[TextPrint], pairs: np.ndarray, sample: int) -> tuple[float, int]:
    """Share of the sampled listings' alike pairs that are candidates, and how many alike pairs there were."""
    n = len(prints)
    book = Book(prints, TextStats.fit(prints))
    titles, attributes = unit(book.grams.matrix()), unit(book.values.matrix())
    known = pairs[:, 0] * n + pairs[:, 1]
    alike = found = 0
    for i in random.Random(1).sample(range(n), min(sample, n)):
        likeness = ((titles @ titles[i].T) + (attributes @ attributes[i].T)).toarray().ravel() / 2
        close = np.flatnonzero(likeness >= ALIKE)
        close = close[close != i]
        coded = np.minimum(close, i) * n + np.maximum(close, i)
        alike += len(coded)
        found += int(np.isin(coded, known).sum())
    return found / max(alike, 1), alike


def measure(size: int, sample: int, rival: bool) -> None:
    """Print one line of figures for a shop of `size` listings."""
    shop = Shop(size)
    began = time.process_time()
    items = [Item(listing) for listing in shop.listings]
    prints = [item.text for item in items]
    printed = time.process_time()
    pairs = blocking.candidates(items)
    blocked = time.process_time() - printed
    share, alike = recall(prints, pairs, sample)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    line = f"{size:>8} listings: prints {printed - began:.1f} s, blocking {blocked:.1f} s, "
    line += f"{len(pairs) / size:.1f} candidates a listing, recall {share:.4f} of {alike} sampled pairs, {peak} MB"
    if rival:
        titles = [listing.title for listing in shop.listings]
        began = time.process_time()
        for start in range(0, size, 1000):
            process.cdist(titles[start : start + 1000], titles, scorer=fuzz.ratio, score_cutoff=RATIO, dtype=np.uint8)
        brute = time.process_time() - began
        line += f"; cdist {brute:.1f} s, {brute / blocked:.1f} x"
    print(line, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, nargs="*", default=[2_000, 10_000], help="shop sizes, beside cdist")
    parser.add_argument("--large", type=int, nargs="*", default=[], help="shop sizes measured without cdist")
    parser.add_argument("--sample", type=int, default=300, help="listings whose pairs are compared by brute force")
    arguments = parser.parse_args()
    for size in arguments.listings:
        measure(size, arguments.sample, rival=True)
    for size in arguments.large:
        measure(size, arguments.sample, rival=False)


if __name__ == "__main__":
    main()
