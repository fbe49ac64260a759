"""From evidence to probability: a generalised Fellegi-Sunter score whose weights are data.

Every comparison is a number (or NaN: nothing to compare) that falls into one of a few ordered levels; every level has a
log-odds weight, and a pair's log-odds is the profile's intercept plus the weights of its levels (Fellegi and Sunter
1969, section 2; levels fitted jointly as in an additive logistic model, because real evidence is never independent).
The sum read level by level is the *waterfall* that explains a finding.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, isnan
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from pddlint.matching import company

Floats = NDArray[np.float64]
Pairs = NDArray[np.int64]
Evidence = Mapping[str, Floats]  # comparisons by name, each (pairs,)
_NOTHING: Floats = np.empty(0)
_WEIGHTS = Path(__file__).parent.parent / "lexicons" / "match_weights.json"


class Step(msgspec.Struct, frozen=True):
    """The weights of one comparison. Level i holds values v with cuts[i-1] <= v < cuts[i]; `missing` weighs NaN."""

    name: str
    cuts: tuple[float, ...]
    levels: tuple[str, ...]
    log_odds: tuple[float, ...]
    missing: float = 0.0

    def weigh(self, values: Floats) -> Floats:
        """Log-odds of each value; shape kept."""
        known = np.array([*self.log_odds[: len(self.cuts) + 1], self.missing])
        level = np.zeros(len(values), np.uint8)
        for cut in self.cuts:  # they are few: quicker than searching
            level += (values >= cut).view(np.uint8)
        np.putmask(level, np.isnan(values), len(known) - 1)
        weighed: Floats = known[level]
        return weighed

    def level(self, value: float) -> str:
        if value != value:
            return "missing"
        return self.levels[bisect_right(self.cuts, value)]

    def weight(self, value: float) -> float:
        """Log-odds of one value."""
        return self.log_odds[bisect_right(self.cuts, value)] if value == value else self.missing


class Kin(msgspec.Struct, frozen=True):
    """Another prior for pairs that have something whole in common (`kin`): `prior` plus `slope` times the comparison's
    value, in place of intercept and linear terms. The steps named `spent` are about what is the same, and left out. The
    sum speaks for a pair by `most` at most: no surer than there were labels to learn from."""

    name: str
    prior: float
    slope: float
    most: float
    spent: tuple[str, ...] = ()


class Profile(msgspec.Struct, frozen=True):
    """Weights for pairs that offer one kind of evidence. `linear` are comparisons weighed in proportion to their
    value. Of the priors, that of the shelf and those of `kin`, the one that speaks most for the pair counts.
    """

    intercept: float
    linear: dict[str, float]
    steps: tuple[Step, ...]
    kin: tuple[Kin, ...] = ()
    rivals: float = 0.0  # log-odds a pair loses for each further listing that one side matches and the other does not


class Weights(msgspec.Struct, frozen=True):
    """`pddlint/lexicons/match_weights.json`: written by tests/benchmarks/fit_weights.py, read here.

    Profile `full` is for pairs with something beyond words to compare, `text` for those whose `beyond` comparisons
    are all missing (titles and attributes only). `threshold` is the probability from which a pair counts as a
    duplicate.
    """

    about: str
    version: int
    threshold: float
    beyond: tuple[str, ...]
    profiles: dict[str, Profile]


class Contribution(msgspec.Struct, frozen=True):
    """One line of the waterfall."""

    evidence: str
    level: str
    log_odds: float


class Score(msgspec.Struct, frozen=True):
    """A pair's probability of being the same item, and why."""

    probability: float
    log_odds: float
    waterfall: tuple[Contribution, ...]


@cache
def weights() -> Weights:
    """The shipped weights. Raises msgspec.ValidationError when the file was edited into nonsense."""
    return msgspec.json.decode(_WEIGHTS.read_bytes(), type=Weights)


def profile_of(weights: Weights, columns: Sequence[str], matrix: Floats) -> NDArray[np.bool_]:
    """Which rows have nothing but words to compare (profile `text`); shape (pairs,)."""
    places = [columns.index(name) for name in weights.beyond]
    return np.asarray(np.isnan(matrix[:, places]).all(axis=1), np.bool_)


def log_odds(weights: Weights, columns: Sequence[str], matrix: Floats) -> Floats:
    """Log-odds of each row of `matrix` (pairs x comparisons, named by `columns`); shape (pairs,)."""
    total = np.empty(len(matrix))
    bare = profile_of(weights, columns, matrix)
    for name, rows in (("full", np.flatnonzero(~bare)), ("text", np.flatnonzero(bare))):
        mine = matrix if len(rows) == len(matrix) else matrix[rows]
        evidence = {column: mine[:, at] for at, column in enumerate(columns)}
        total[rows] = profile_odds(weights.profiles[name], evidence, len(rows))
    return total


def collective(weights: Weights, columns: Sequence[str], matrix: Floats, pairs: Pairs, odds: Floats) -> Floats:
    """The log-odds once the other pairs have had their say (`company.rivals`); `pairs` are all compared ones, (n,
    2).
    """
    return in_company(weights, profile_of(weights, columns, matrix), pairs, odds)


def in_company(weights: Weights, bare: NDArray[np.bool_], pairs: Pairs, odds: Floats) -> Floats:
    """The same, told which pairs have nothing but words to compare (`profile_of`)."""
    slope = np.where(bare, weights.profiles["text"].rivals, weights.profiles["full"].rivals)
    if not len(pairs) or not slope.any():
        return odds
    return np.asarray(odds - slope * company.rivals(pairs, probability(odds), int(pairs.max()) + 1))


def profile_odds(profile: Profile, evidence: Evidence, pairs: int) -> Floats:
    """Log-odds of so many pairs, all to be weighed by one profile; shape (pairs,). Evidence left out counts as NaN."""
    total = _shelf_odds(profile, evidence, pairs)
    for step in profile.steps:
        values = evidence.get(step.name)
        if values is None:
            total += step.missing
        elif step.missing or not np.isnan(values).all():
            total += step.weigh(values)
    best = total
    for kin in profile.kin:
        values = evidence.get(kin.name, _NOTHING)
        rows = np.flatnonzero(~np.isnan(values))
        if len(rows):
            mine = {name: column[rows] for name, column in evidence.items()}
            odds = total[rows] - _shelf_odds(profile, mine, len(rows)) + kin.prior + kin.slope * values[rows]
            for step in profile.steps:
                if step.name in kin.spent:
                    odds -= step.weigh(mine[step.name]) if step.name in mine else step.missing
            best = best.copy() if best is total else best
            best[rows] = np.maximum(best[rows], np.minimum(odds, kin.most))
    return best


def _shelf_odds(profile: Profile, evidence: Evidence, pairs: int) -> Floats:
    """The prior log-odds of two listings of one shelf."""
    total = np.full(pairs, profile.intercept)
    for name, slope in profile.linear.items():
        if name in evidence:
            total += slope * np.nan_to_num(evidence[name])
    return total


def probability(odds: Floats) -> Floats:
    """Logistic function, safe for large magnitudes."""
    return 1.0 / (1.0 + np.exp(-np.clip(odds, -40.0, 40.0)))


def score(weights: Weights, columns: Sequence[str], row: Floats) -> Score:
    """One pair with its waterfall: the prior, then the evidence by weight; what weighs nothing is left out."""
    known = dict(zip(columns, row.tolist(), strict=True))
    bare = all(isnan(known[name]) for name in weights.beyond)
    profile = weights.profiles["text" if bare else "full"]
    prior = profile.intercept
    for name, slope in profile.linear.items():
        prior += slope * (0.0 if isnan(known[name]) else known[name])
    lines = every = [
        Contribution(step.name, step.level(known[step.name]), step.weight(known[step.name])) for step in profile.steps
    ]
    total = prior + sum(line.log_odds for line in every)
    for kin in profile.kin:
        value = known[kin.name]
        if not isnan(value):
            rest = [line for line in every if line.evidence not in kin.spent]
            others = sum(line.log_odds for line in rest)
            odds = min(kin.prior + kin.slope * value + others, kin.most)
            if odds > total:
                total, lines = odds, [*rest, Contribution(kin.name, "same", odds - others - prior)]
    told = [
        Contribution(line.evidence, line.level, round(line.log_odds, 2)) for line in lines if abs(line.log_odds) >= 0.05
    ]
    told.sort(key=lambda line: (-abs(line.log_odds), line.evidence))
    first = Contribution("prior", "two listings of one shelf", round(prior, 2))
    return Score(1.0 / (1.0 + exp(-max(-40.0, min(40.0, total)))), total, (first, *told))
