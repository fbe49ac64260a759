"""Scores are sums of levels: monotone, explainable, and silent about what is missing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pddlint.matching import scoring
from pddlint.matching.comparison import COLUMNS

WEIGHTS = scoring.weights()


def row(**values: float) -> np.ndarray:
    found = np.full(len(COLUMNS), np.nan)
    for name, value in values.items():
        found[COLUMNS.index(name)] = value
    return found


def test_shipped_weights_name_only_comparisons_that_are_made() -> None:
    for profile in WEIGHTS.profiles.values():
        assert {step.name for step in profile.steps} <= set(COLUMNS)
        assert set(profile.linear) <= set(COLUMNS)


@pytest.mark.parametrize("name", ["full", "text"])
def test_levels_cover_all_values_with_a_name_and_a_weight_each(name: str) -> None:
    for step in WEIGHTS.profiles[name].steps:
        assert len(step.levels) == len(step.log_odds) == len(step.cuts) + 1
        assert list(step.cuts) == sorted(step.cuts)


@pytest.mark.parametrize("name", ["full", "text"])
def test_better_evidence_never_weighs_less(name: str) -> None:
    for step in WEIGHTS.profiles[name].steps:
        falling = step.name.endswith("_conflict") or step.name == "strange"  # the more, the worse
        odds = step.log_odds[::-1] if falling else step.log_odds
        assert list(odds) == sorted(odds), step.name


def test_what_is_missing_weighs_nothing() -> None:
    for step in WEIGHTS.profiles["full"].steps:
        assert step.weigh(np.array([math.nan]))[0] == 0.0
        assert step.level(math.nan) == "missing"


def test_pairs_with_words_only_are_weighed_by_their_own_profile() -> None:
    matrix = np.vstack([row(text_title_cosine=0.9), row(text_title_cosine=0.9, price_near=1.0)])
    assert scoring.profile_of(WEIGHTS, COLUMNS, matrix).tolist() == [True, False]


def test_waterfall_adds_up_to_the_log_odds() -> None:
    one = row(category_near=1.0, crowd=1.0, price_near=1.0, model=0.0, local_main=0.99, text_title_cosine=0.5)
    score = scoring.score(WEIGHTS, COLUMNS, one)
    assert score.log_odds == pytest.approx(scoring.log_odds(WEIGHTS, COLUMNS, one[None, :])[0])
    assert sum(line.log_odds for line in score.waterfall) == pytest.approx(score.log_odds, abs=0.2)
    assert score.waterfall[0].evidence == "prior"


@given(st.floats(-2, 2), st.floats(0, 1), st.floats(0, 1))
def test_probabilities_stay_between_nothing_and_certainty(stance: float, near: float, picture: float) -> None:
    score = scoring.score(WEIGHTS, COLUMNS, row(category_near=near, model=stance, picture=picture, price_near=near))
    assert 0.0 <= score.probability <= 1.0
