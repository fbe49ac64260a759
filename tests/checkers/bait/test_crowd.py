"""Beyond all measure: a title of 200 kB and a listing of 20,000 SKUs are judged like others, at bounded work."""

from __future__ import annotations

import msgspec
import pytest

from pddlint.catalog.formats import plain
from pddlint.catalog.model import Listing
from pddlint.checkers.bait import crowd, judge, ladder


def made(count: int, title: str = "不锈钢保温杯大容量水杯") -> Listing:
    """`count` regular SKUs of about one price, and one for the price difference."""
    rows = [
        {"id": f"r{place}", "specs": {"颜色": f"第{place}款"}, "price": 39 + place % 7, "stock": 5}
        for place in range(count)
    ]
    bait = {"id": "bait", "specs": {"颜色": "补差价专拍 拍下不发货"}, "price": 0.1, "stock": 5}
    rows.insert(count // 2, bait)
    return plain.listing({"id": "1", "title": title, "category": ["家居", "保温杯"], "skus": rows})


def test_a_listing_of_many_skus_is_judged_by_its_cheapest_and_a_sample_of_the_others() -> None:
    listing = made(20_000)
    few = crowd.judged(listing)
    assert len(few.skus) == crowd.MOST
    assert few.sku("bait") is not None
    places = [listing.skus.index(sku) for sku in few.skus]
    assert places == sorted(places)
    verdicts = judge.judge(listing)
    assert [verdict.sku.id for verdict in verdicts if verdict.confidence > 0.6] == ["bait"]
    assert verdicts[0].code == "BAIT004"


def test_a_listing_of_real_size_is_judged_whole() -> None:
    listing = made(crowd.MOST - 1)
    assert crowd.judged(listing) is listing
    gone = [msgspec.structs.replace(sku, on_sale=False) for sku in made(crowd.MOST).skus]
    halved = msgspec.structs.replace(listing, skus=(*listing.skus, *gone))
    assert crowd.judged(halved) is halved


def test_the_work_stops_growing_with_the_number_of_skus(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    money = ladder.money

    def counted(listing: Listing, sku: object, rest: list[object], below: float) -> object:
        compared.append(len(rest))
        return money(listing, sku, rest, below)  # type: ignore[arg-type]

    monkeypatch.setattr(ladder, "money", counted)
    for count in (2_000, 8_000):
        judge.judge(made(count))
        assert 0 < sum(compared) <= crowd.MOST**2
        compared.clear()


def test_a_title_of_200_kilobytes_is_no_obstacle() -> None:
    title = "不锈钢保温杯 500ml 送杯刷 补差价 iPhone15 " * 5000
    assert len(title.encode()) > 200_000
    assert "bait" in {verdict.sku.id for verdict in judge.judge(made(3, title)) if verdict.confidence > 0.6}
