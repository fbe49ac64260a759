"""Bait SKUs are told from honest ladders, whatever the order, the options and the other listings."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pddlint.catalog.model import Listing
from pddlint.checkers.bait.judge import judge
from pddlint.checkers.bait.settings import DEFAULT_CONFIDENCE, PLAIN, Words
from pddlint.text.lexicon import Extra
from tests.checkers.bait.listings import FOLDER, Labelled, listing, read

FILES = sorted(FOLDER.glob("cases*.txt"))
CASES = [case for path in FILES for case in read(path)]


def named(made: Listing, words: Words = PLAIN) -> dict[str, str]:
    """SKU id -> code of what is judged bait."""
    return {verdict.sku.id: verdict.code for verdict in judge(made, words) if verdict.confidence >= DEFAULT_CONFIDENCE}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_labelled_listings_are_judged_right(path: Path) -> None:
    hits = misses = false = kinds = 0
    for case in read(path):
        found = named(case.listing)
        hits += len(found.keys() & case.bait.keys())
        kinds += sum(case.bait.get(key) == code for key, code in found.items())
        for key in case.bait.keys() - found.keys():
            misses += 1
            print("missed:", case.listing.title, "/", case.listing.skus[int(key)].name, case.bait[key])
        for key in found.keys() - case.bait.keys():
            false += 1
            print("false alarm:", case.listing.title, "/", case.listing.skus[int(key)].name, found[key])
    assert not false or hits / (hits + false) >= 0.95
    assert not misses or hits / (hits + misses) >= 0.9
    assert kinds >= 0.85 * hits


@pytest.mark.parametrize("case", random.Random(4).sample(CASES, 25), ids=lambda case: case.listing.title[:12])
def test_the_order_of_skus_changes_nothing(case: Labelled) -> None:
    turned = msgspec.structs.replace(case.listing, skus=case.listing.skus[::-1])
    assert named(turned) == named(case.listing)


@pytest.mark.parametrize("case", random.Random(5).sample(CASES, 25), ids=lambda case: case.listing.title[:12])
def test_the_price_level_decides_only_what_costs_less_than_a_yuan(case: Labelled) -> None:
    dearer = tuple(msgspec.structs.replace(sku, price_fen=(sku.price_fen or 0) * 200) for sku in case.listing.skus)
    by_ratio = {key: code for key, code in named(case.listing).items() if code != "BAIT004"}
    raised = named(msgspec.structs.replace(case.listing, skus=dearer))
    assert by_ratio.items() <= raised.items()


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.text(max_size=20), st.integers(0, 10**9)), max_size=5),
    st.lists(
        st.sampled_from([word for case in CASES[:40] for word in (case.listing.title, *case.listing.category)]),
        max_size=2,
    ),
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_judged_without_an_error(title: str, rows: list[tuple[str, int]], path: list[str]) -> None:
    made = listing(title, *((text, fen / 100) for text, fen in rows), category=">".join(path))
    for verdict in judge(made):
        assert 0 <= verdict.confidence <= 1


def test_one_verdict_per_sku() -> None:
    for case in CASES:
        ids = [verdict.sku.id for verdict in judge(case.listing)]
        assert len(ids) == len(set(ids))


def test_bait_listed_once_per_model_is_named_each_time() -> None:
    cases = [(f"颜色={colour};型号={model}", 12.8) for colour in ("黑", "白") for model in ("13", "14", "15", "15Pro")]
    straps = [(f"颜色=手机挂绳;型号={model}", 0.5) for model in ("13", "14", "15", "15Pro")]
    found = named(listing("适用iPhone手机壳防摔全包软壳", *cases, *straps, category="手机配件>手机壳"))
    assert found == {str(number): "BAIT003" for number in range(8, 12)}


def test_a_price_ratio_alone_convicts_nobody() -> None:
    assert named(listing("纯色短袖T恤", ("颜色=白;尺码=M", 1.9), ("颜色=黑;尺码=M", 49), ("颜色=灰;尺码=M", 49))) == {}
    assert named(listing("", ("规格=", 16), ("规格=", 399), ("规格=", 459))) == {}


def test_the_struck_out_price_is_no_reference() -> None:
    plain = listing("桌面收纳盒", ("小号", 9.9), ("大号", 12.9))
    assert named(msgspec.structs.replace(plain, market_price_fen=99900)) == {}


def test_the_categorys_price_range_is_evidence_and_no_verdict() -> None:
    made = listing("折叠露营椅", ("卡其", 49), ("黑色", 49), ("神秘好物", 9.9))
    capped = msgspec.structs.replace(made, price_range_ratio=3.0)
    assert judge(made)[0].confidence < judge(capped)[0].confidence
    flat = listing("纯色T恤", ("白", 9.9), ("黑", 49), ("灰", 49))
    assert judge(msgspec.structs.replace(flat, price_range_ratio=2.0)) == ()


def test_a_sku_named_by_its_own_price_is_a_placeholder() -> None:
    assert named(listing("折叠露营椅", ("卡其", 49), ("黑色", 49), ("0.01", 0.01))) == {"2": "BAIT004"}
    assert named(listing("童鞋", ("36", 49), ("37", 49), ("35", 35))) == {}


def test_an_unset_price_is_no_low_price() -> None:
    assert named(listing("保温饭盒", ("单层 蓝", 0), ("双层 蓝", 39), ("替换盖子", 0))) == {}


def test_what_is_off_sale_is_not_judged() -> None:
    bait = listing("折叠露营椅", ("卡其", 49), ("黑", 49), ("拍下不发货", 0.1))
    assert named(bait) == {"2": "BAIT004"}
    assert named(msgspec.structs.replace(bait, on_sale=False)) == {}
    gone = msgspec.structs.replace(bait.skus[2], on_sale=False)
    assert named(msgspec.structs.replace(bait, skus=(*bait.skus[:2], gone))) == {}


def test_a_listing_judged_before_does_not_answer_for_another() -> None:
    for _ in range(3):  # the same ids and titles, made and dropped again and again
        assert named(listing("折叠椅", ("黑", 49), ("灰", 49), ("补差价专拍", 1))) == {"2": "BAIT004"}
        assert named(listing("折叠椅", ("黑", 49), ("灰", 49), ("蓝", 45))) == {}


def test_options_do_not_leak_between_judgements() -> None:
    made = listing("折叠椅", ("黑", 49), ("灰", 49), ("阿呆款", 30))
    extra = Words(irregular=Extra((("defect.strong", ("阿呆",)),)))
    assert named(made) == {}
    assert named(made, extra) == {"2": "BAIT005"}
    assert named(made) == {}


@pytest.mark.parametrize("text", ["补差价专用", "拍下不发货", "非卖品 单拍不发货"])
def test_a_listing_whose_title_says_there_is_nothing_to_buy_is_named(text: str) -> None:
    assert named(listing(text, ("默认", 1))) == {"0": "BAIT004"}


def test_a_shop_for_postage_or_deposits_is_spared() -> None:
    assert named(listing("补邮费专用", ("1元", 1), ("5元", 5), category="其他>邮费差价")) == {}
    assert named(listing("定金 大闸蟹预售付定金立减", ("定金 4对", 30), ("全款 4对", 268), category="生鲜>预售")) == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("运输磕扁 能用", "BAIT005"),  # damage, though no list has the phrase
        ("拿到先试试看 30g", "BAIT002"),  # an invitation to try
        ("空铁罐 可装米", "BAIT003"),  # an empty container
        ("预约排位 到店付尾", "BAIT004"),  # a deal without goods
    ],
)
def test_words_of_no_list_are_named_by_their_shape(text: str, code: str) -> None:
    made = listing("东北大米长粒香新米真空包装", ("5kg", 49), ("5kg 礼盒", 55), (text, 4.9), category="粮油>大米")
    assert named(made) == {"2": code}


def test_one_of_a_pair_is_no_small_pack() -> None:
    socks = (("3双", 15.9), ("6双", 29.9))
    assert named(listing("羊毛袜男加厚中筒袜", *socks, ("单买一只", 1.9))) == {"2": "BAIT005"}
    assert named(listing("羊毛袜男加厚中筒袜", *socks, ("1双", 5.9))) == {}


def test_a_name_that_ends_as_the_products_do_is_a_lesser_one() -> None:
    made = listing("电子琴61键专业教学", ("61键", 168), ("61键灯光", 199), ("掌心小软琴", 16), category="乐器>电子琴")
    assert named(made) == {"2": "BAIT002"}


def test_bowls_by_the_piece_are_no_bait_beside_sets_of_bowls() -> None:
    bowls = (("单个饭碗", 3.9), ("单个面碗", 7.9), ("单个深盘", 9.9))
    assert named(listing("陶瓷碗盘套装餐具", *bowls, ("18件", 89), ("36件", 168), category="餐具>碗")) == {}


def test_what_sets_add_is_no_goods_of_the_listing_by_itself() -> None:
    sets = (("1支装", 29), ("3支装+2个刷头", 69))
    made = listing("电动牙刷成人软毛", *sets, ("刷头1个", 1.9), category="个护>电动牙刷")
    assert named(made) == {"2": "BAIT003"}


def test_sets_of_goods_are_sold_by_the_piece_too() -> None:
    sets = (("餐桌+4椅子", 899), ("餐桌+6椅子", 1099))
    assert named(listing("北欧餐桌椅实木组合", *sets, ("椅子", 129), category="家具>餐桌")) == {}
