"""Matching a merchant's listings: what it joins, what it keeps apart, whom it keeps, and that order never matters."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest

from pddlint.catalog.formats.plain import listing
from pddlint.matching.fingerprint import Fingerprint, fingerprint
from pddlint.matching.kinds import judge
from pddlint.matching.match import Options, keeper_order, match_merchant

MUG: dict[str, Any] = {
    "title": "手工粗陶咖啡杯带把手大容量复古办公室水杯",
    "category": ["餐具", "杯子", "陶瓷杯"],
    "attributes": [{"name": "材质", "value": "粗陶"}, {"name": "货号", "value": "TC-508"}],
}


def make(identity: str, price: float = 25.9, colour: str = "米白", **fields: Any) -> Fingerprint:
    skus = [{"id": f"{identity}-1", "specs": {"颜色": colour}, "price": price}]
    record = {"id": identity, "shop": "s", "merchant": "m", "skus": skus, **MUG, **fields}
    return fingerprint(listing(record), {})


def pairs(prints: list[Fingerprint], **options: Any) -> set[tuple[str, str, str]]:
    found = match_merchant(prints, Options(**options))
    return {(s.listing.id, s.keeper.id, s.kind) for group in found.groups for s in group.surplus}


def test_a_copy_is_found_and_points_at_the_one_that_sells() -> None:
    assert pairs([make("1", sales=3), make("2", sales=90)]) == {("1", "2", "presentation")}


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"colour": "墨绿"}, "color"),
        ({"title": MUG["title"] + " 送杯垫"}, "gift"),
        ({"shop": "t"}, "cross_shop"),
        ({"title": "复古大容量粗陶咖啡杯 办公室带把手手工水杯"}, "presentation"),
    ],
)
def test_the_kind_is_the_facet_that_differs(change: dict[str, Any], kind: str) -> None:
    assert pairs([make("1", sales=9), make("2", **change)]) == {("2", "1", kind)}


def test_shipping_insurance_is_no_gift() -> None:
    assert pairs([make("1", sales=9), make("2", title=MUG["title"] + " 送运费险")]) == {("2", "1", "presentation")}


@pytest.mark.parametrize(
    "other",
    [
        {"attributes": [{"name": "货号", "value": "TC-990"}], "title": "骨瓷下午茶杯碟套装金边欧式高档"},
        {"title": "双层玻璃杯隔热耐高温家用泡茶杯", "attributes": [{"name": "材质", "value": "玻璃"}]},
        {"title": "原木锅铲不粘锅专用长柄炒菜木铲", "category": ["厨具", "锅铲", "木铲"], "attributes": []},
    ],
)
def test_other_goods_are_left_alone(other: dict[str, Any]) -> None:
    assert pairs([make("1"), make("2", price=68.0, **other)]) == set()


def test_bags_may_be_published_by_size() -> None:
    bag = {"title": "帆布旅行袋大容量手提短途出差", "category": ["箱包皮具", "旅行袋", "手提旅行袋"], "attributes": []}
    small = {"skus": [{"id": "1-1", "specs": {"颜色": "黑色", "尺寸": "小号"}, "price": 39.0, "code": "LX7-S"}]}
    large = {"skus": [{"id": "2-1", "specs": {"颜色": "黑色", "尺寸": "大号"}, "price": 45.0, "code": "LX7-L"}]}
    one = fingerprint(listing({"id": "1", "shop": "s", "merchant": "m", **bag, **small}), {})
    two = fingerprint(listing({"id": "2", "shop": "s", "merchant": "m", **bag, **large}), {})
    assert judge(one, two).exempt is True
    assert pairs([one, two]) == set()


def test_the_exemption_says_when_the_category_is_unknown() -> None:
    assert judge(make("1", category=[]), make("2")).exempt is None


def test_the_keeper_sells_most_then_has_most_skus_then_is_older() -> None:
    few = [{"id": "a", "specs": {"颜色": "黑"}, "price": 9.9}]
    more = [*few, {"id": "b", "specs": {"颜色": "白"}, "price": 9.9}]
    listed = [
        make("30", sales=5),
        make("9", sales=5, skus=more),
        make("100", sales=5, skus=more),
        make("7", sales=80),
    ]
    assert [f.id for f in sorted(listed, key=keeper_order)] == ["7", "9", "100", "30"]


def test_ids_are_compared_as_numbers() -> None:
    assert min([make("1000"), make("999")], key=keeper_order).id == "999"


def test_the_order_of_listings_changes_nothing() -> None:
    listed = [make(str(n), colour=colour) for n, colour in enumerate(("米白", "墨绿", "雾霾蓝", "米白"), 1)]
    expected = match_merchant(listed)
    for seed in range(5):
        random.Random(seed).shuffle(listed)
        assert match_merchant(listed) == expected


def test_a_higher_threshold_reports_no_more() -> None:
    listed = [make("1"), make("2", title="粗陶水杯 复古咖啡杯")]
    assert pairs(listed, threshold=0.999) <= pairs(listed, threshold=0.5)


def test_nothing_and_one_listing_have_no_duplicates() -> None:
    assert match_merchant([]).groups == ()
    assert match_merchant([make("1")]).groups == ()


def test_a_fingerprint_survives_a_round_trip() -> None:
    made = make("1", colour="雾霾蓝", description="赠品：杯垫1个")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(made), type=Fingerprint) == made
    assert made.traits.gifts == ("杯垫",)
