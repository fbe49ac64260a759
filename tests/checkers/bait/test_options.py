"""Options: words of one's own, thresholds, categories; and what a finding carries."""

from __future__ import annotations

from typing import Any

from pddlint.checkers.bait import bait001, bait003, bait004, bait005
from pddlint.checkers.base import Context
from pddlint.findings import Finding
from tests.checkers.bait.listings import listing

CHAIR = listing(
    "折叠露营椅户外便携",
    ("卡其", 49),
    ("黑色", 49),
    ("椅脚套4只", 2.9),
    ("拍下不发货", 0.1),
    category="运动户外>露营椅",
)


def run(rule: Any, made: Any = CHAIR, **options: Any) -> list[Finding]:
    return list(rule.check(made, Context({name.replace("_", "-"): value for name, value in options.items()})))


def test_each_rule_reports_its_own_skus_only() -> None:
    assert [finding.skus for finding in run(bait003)] == [("2",)]
    assert [finding.skus for finding in run(bait004)] == [("3",)]
    assert run(bait005) == []


def test_confidence_raises_the_bar() -> None:
    assert run(bait004, confidence=0.9999) == []
    assert run(bait003, confidence=0.2)


def test_a_category_has_its_own_confidence_or_is_off() -> None:
    assert run(bait004, categories=["露营椅=off"]) == []
    assert run(bait004, categories=["运动户外=1.0"]) == []
    assert run(bait004, categories=["家具=off", "露营椅=nonsense"])


def test_words_are_added_and_removed() -> None:
    made = listing("折叠露营椅户外便携", ("卡其", 49), ("黑色", 49), ("嘎嘎件", 25))
    assert run(bait004, made) == []
    assert run(bait004, made, extra_words=["嘎嘎件"])
    cover = listing("折叠露营椅户外便携", ("卡其", 49), ("黑色", 49), ("露营椅收纳袋", 9))
    assert run(bait003, cover)
    assert run(bait003, cover, removed_words=["收纳袋", "袋子"]) == []


def test_words_count_however_they_are_written() -> None:
    made = listing("折叠露营椅户外便携", ("卡其", 49), ("黑色", 49), ("嘎嘎見件", 25))
    assert run(bait004, made, extra_words=["嘎嘎見件", "🎁"])
    cover = listing("折叠露营椅户外便携", ("卡其", 49), ("黑色", 49), ("露營椅收納袋", 9))
    assert run(bait003, cover)
    assert run(bait003, cover, removed_words=["收納袋", "袋子"]) == []


def test_the_familys_words_are_read_from_every_rule() -> None:
    made = listing("折叠露营椅户外便携", ("卡其", 49), ("黑色", 49), ("嘎嘎件", 25))
    rules = {"BAIT004": {"extra-words": ["嘎嘎件"]}}
    assert list(bait001.check(made, Context({}, rules))) == []
    assert list(bait004.check(made, Context(rules["BAIT004"], rules)))


def test_a_finding_names_sku_prices_words_and_a_sku_beside() -> None:
    (finding,) = run(bait004)
    assert finding.arguments["sku"] == "拍下不发货"
    assert finding.arguments["price"] == "¥0.10"
    assert finding.arguments["expected"] == "¥49.00"
    assert "拍下不发" in str(finding.arguments["why_zh"])
    assert finding.evidence["platform_term"] == "低价引流"
    assert finding.evidence["shown_as_listing_price"] is True
    assert finding.place.pointer == "/skus/3"
    assert [place.pointer for place in finding.related] == ["/skus/0"]
    assert bait004.RULE.message.zh.format(**finding.arguments)
    assert bait004.RULE.message.en.format(**finding.arguments)
