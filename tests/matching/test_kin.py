"""Kin: what two listings have whole in common tells by how few have it, whatever shelf they stand on."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from pddlint.catalog.formats.plain import listing
from pddlint.matching import scoring
from pddlint.matching.comparison import COLUMNS, Merchant
from pddlint.matching.fingerprint import Fingerprint, fingerprint
from tests.benchmarks.planted import planted, prints

WEIGHTS = scoring.weights()
SHEET = {"材质": "雪纺", "领型": "方领", "袖长": "七分袖", "图案": "小雏菊"}


def make(identity: str, title: str = "", price: float = 59.0, **fields: Any) -> Fingerprint:
    skus = [{"id": f"{identity}-{at}", "specs": {"颜色": c}, "price": price} for at, c in enumerate("黑白")]
    return fingerprint(listing({"id": identity, "title": title, "skus": skus, **fields}), {})


def row(**values: float) -> np.ndarray:
    found = np.full(len(COLUMNS), np.nan)
    for name, value in values.items():
        found[COLUMNS.index(name)] = value
    return found


def column(name: str, *listings: Fingerprint) -> float:
    return float(Merchant(listings).compare(np.array([[0, 1]]))[0, COLUMNS.index(name)])


def test_the_order_of_words_does_not_matter_and_numbers_are_words() -> None:
    assert make("1", "云禾连衣裙 夏季 L123").wholes.words == make("2", "夏季L123云禾连衣裙").wholes.words
    assert make("1", "手环 123").wholes.words != make("2", "手环 132").wholes.words


def test_listings_are_kin_by_title_unless_one_costs_far_more() -> None:
    title = "法式方领雪纺连衣裙女夏季新款收腰显瘦"
    assert column("same_words", make("1", title), make("2", title)) == pytest.approx(math.log(2), abs=0.1)
    assert math.isnan(column("same_words", make("1", title), make("2", title, price=159.0)))
    assert math.isnan(column("same_words", make("1", title), make("2", title + "长款")))


def test_a_title_that_many_listings_have_or_that_chance_would_make_tells_less() -> None:
    title = "法式方领雪纺连衣裙女夏季新款收腰显瘦"
    few = column("same_words", make("1", title), make("2", title))
    many = column("same_words", *(make(str(n), title) for n in range(9)))
    short = column("same_words", make("1", "手环"), make("2", "手环"))
    assert few < many and few < short


def test_a_data_sheet_is_all_of_attributes_prices_and_skus() -> None:
    one = make("1", "甲", attributes=SHEET)
    assert column("same_sheet", one, make("2", "乙", attributes=SHEET)) >= math.log(2)
    assert math.isnan(column("same_sheet", one, make("2", "乙", attributes={**SHEET, "图案": "格纹"})))
    assert math.isnan(column("same_sheet", one, make("2", "乙", attributes=SHEET, price=60.0)))
    assert math.isnan(column("same_sheet", make("1", "甲"), make("2", "乙")))


def test_a_crowded_shelf_does_not_hide_a_copy_that_stands_out() -> None:
    known = {"category_near": 1.0, "crowd": math.log(5_000), "price_near": 1.0, "text_title_same": 1.0}
    matrix = np.vstack([row(**known), row(**known, same_words=math.log(2)), row(**known, same_words=math.log(500))])
    lost, found, usual = scoring.log_odds(WEIGHTS, COLUMNS, matrix)
    assert found > 2 > -2 > lost
    assert usual == lost  # half a thousand of one title: the shelf says more


def test_kin_never_lowers_a_score_and_its_waterfall_adds_up() -> None:
    for values in ({"same_words": math.log(2)}, {"same_sheet": math.log(3)}, {"same_words": 9.0}):
        known = {"category_near": 1.0, "crowd": 7.0, "price_near": 0.9, "text_attribute_cosine": 1.0}
        one = row(**known, **values)
        score = scoring.score(WEIGHTS, COLUMNS, one)
        odds = scoring.log_odds(WEIGHTS, COLUMNS, np.vstack([one, row(**known)]))
        assert score.log_odds == pytest.approx(odds[0])
        assert odds[0] >= odds[1]
        assert sum(line.log_odds for line in score.waterfall) == pytest.approx(score.log_odds, abs=0.2)


def test_planted_copies_keep_their_words_unless_reworded() -> None:
    shop = planted(120, 0.02)
    made = {f.id: f for f in prints(shop)}
    same = {way: made[a].wholes.words == made[b].wholes.words for (a, b), way in shop.way.items()}
    assert same["exact"] and same["repriced"] and same["shuffled"] and same["retitled"]
