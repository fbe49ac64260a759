"""Words that no lexicon knows still tell a colour or a scent by their ending."""

import pytest

from pddlint.catalog.formats.plain import listing
from pddlint.matching import kinds
from pddlint.matching.fingerprint import fingerprint


def judged(left: str, right: str) -> str:
    a, b = (
        fingerprint(listing({"id": str(i), "title": title, "shop": "s", "category": ["家居"], "skus": []}), {})
        for i, title in enumerate((left, right), 1)
    )
    return kinds.judge(a, b).kind


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("厨房油污清洁剂 柚子花香型", "厨房油污清洁剂 竹炭香型", "spec"),
        ("极简壁灯 白框", "极简壁灯 黑框", "color"),
        ("耐热水杯 透明", "耐热水杯 烟霞色", "color"),
        ("耐热水杯 家用", "耐热水杯 待客", "presentation"),
        ("耐热水杯 出色", "耐热水杯 特色", "presentation"),
    ],
)
def test_kind_by_the_ending_of_an_unlisted_word(left: str, right: str, kind: str) -> None:
    assert judged(left, right) == kind
