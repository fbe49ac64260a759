"""One main picture on many listings: copies of one item are found, however many; different goods behind one banner are
left alone where their titles tell them apart."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest

from pddlint.matching import split
from pddlint.matching.fingerprint import Fingerprint
from pddlint.matching.gallery import Shot
from pddlint.matching.mains import Good, Mains, of_one_template
from pddlint.matching.match import match_merchant
from tests.benchmarks import shared_pictures as shops


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("红楼梦正版书籍", "围城正版书籍"),
        ("适用手机壳樱花图案硅胶", "适用手机壳竹叶图案硅胶"),
        ("红楼梦正版书籍曹雪芹著", "围城正版书籍钱钟书著"),
        ("304不锈钢内六角螺丝m8", "304不锈钢十字盘头螺丝m8"),
    ],
)
def test_titles_of_one_template_name_different_goods(one: str, other: str) -> None:
    assert of_one_template(one, other) and of_one_template(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("红楼梦正版书籍", "红楼梦正版书籍"),
        ("红楼梦正版书籍", "正版书籍红楼梦"),
        ("红楼梦正版书籍", "红楼梦正版书籍曹雪芹"),
        ("持久口红枫叶色", "持久口红豆沙色"),
        ("韩版宽松t恤百搭", "港风复古t恤时尚"),
        ("夏季韩版宽松t恤女百搭", "春季韩版修身t恤女时尚"),
        ("", "红楼梦正版书籍"),
    ],
)
def test_rewritten_titles_are_of_no_template(one: str, other: str) -> None:
    assert not of_one_template(one, other)


def gallery(*seeds: int) -> Sequence[Shot]:
    return [shops.picture(seed, slot) for slot, seed in enumerate(seeds)]


def test_a_banner_makes_no_copies_of_goods_that_titles_name_and_a_whole_gallery_does() -> None:
    titles = ("红楼梦正版书籍", "围城正版书籍", "文学名著书籍")
    goods = [Good(("图书",), ("书籍",), title) for title in titles]
    i, j = np.array([0, 0, 1]), np.array([1, 2, 2])
    banner = Mains([gallery(1)] * 3, goods, lambda known, here: here)
    assert banner.apart(i, j).tolist() == [True, False, False]
    spare, same = banner.beside(i, j)
    assert (spare.tolist(), same.tolist()) == ([0, 1, 1], [0, 3, 3])
    whole = Mains([gallery(1, 2, 3)] * 3, goods, lambda known, here: here)
    assert not whole.apart(i, j).any()


def found(group: Sequence[Fingerprint], others: Sequence[Fingerprint] = ()) -> int:
    """How many of the group are reported, told that blocks and order change nothing."""
    told = match_merchant([*others, *reversed(group)], verifier=shops.Unlike())
    listed = sorted([*group, *others], key=lambda one: int(one.id))
    assert split.match_in_blocks(listed, 3, verifier=shops.Unlike()).groups == told.groups
    return shops.reported(group, others)


BOOKS = ["红楼梦", "西游记", "水浒传", "三国演义", "围城", "活着", "骆驼祥子", "边城", "呐喊", "朝花夕拾", "城南旧事"]


def test_books_of_different_titles_behind_one_banner_are_left_alone() -> None:
    goods = shops.SHELVES["books"]
    books = [
        shops.listed(number, goods, f"{name}正版书籍包邮", [25 + number % 100], ["平装"], [1])
        for number, name in enumerate(BOOKS, 100)
    ]
    assert found(books) == 0


def test_different_goods_behind_one_card_with_their_own_pictures_are_left_alone() -> None:
    goods, draw = shops.SHELVES["jeans"], random.Random(5)
    group = [
        shops.listed(
            number,
            goods,
            "".join([*draw.sample(goods.words, 4), goods.noun]),
            [59, 59, 62],
            ["S", "M", "L"],
            [1, number * 10, number * 10 + 1],
        )
        for number in range(100, 112)
    ]
    assert found(group) <= 2


def test_a_copy_with_the_same_picture_is_found_in_a_crowd() -> None:
    draw = random.Random(4)
    goods, others = shops.SHELVES["tea"], shops.crowd("tea", 450, draw)
    pair = [
        shops.listed(number, goods, title, [price, price * 2], ["100g", "250g"], [1])
        for number, title, price in ((100, "高山明前茶叶耐泡", 30), (101, "送礼罐装浓香茶叶", 33))
    ]
    assert found(pair, others) == 1


def test_few_goods_of_one_template_are_reported_and_nearly_all_copies() -> None:
    def share(make: shops.Make, titles: Sequence[str], gallery: str) -> float:
        drawn = product(shops.SHELVES, titles, range(1))
        groups = [make(shelf, how, gallery, random.Random(f"{shelf}{how}{seed}")) for shelf, how, seed in drawn]
        return sum(shops.reported(group, []) for group in groups) / sum(len(group) - 1 for group in groups)

    assert share(shops.different, ["template", "two slots"], "main") < 0.35  # nearly all once
    assert share(shops.copies, list(shops.REWRITTEN), "main") > 0.95
