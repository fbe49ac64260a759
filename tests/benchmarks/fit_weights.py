"""Fits pddlint/lexicons/match_weights.json from labelled catalogs.

    python -m tests.benchmarks.fit_weights LABELLED_CATALOGS TEXT_LISTINGS.jsonl [--write]

LABELLED_CATALOGS is a folder with labels.jsonl (`{"type": "duplicate", "ids": [...]}`, ...) and one sub-folder a
merchant; TEXT_LISTINGS.jsonl holds listings with title, category, attrs, seller and cluster (true item).

The model is an additive logistic one over ordered levels: each comparison has a weight for its lowest level (at most
0) and steps upward (at least 0), so that better evidence never lowers a score. Weights are a maximum a posteriori
estimate with Gaussian priors: zero for most, and what trade knowledge says for identity conflicts, which are rare in
any labelled set (two model numbers on one item are nearly never one item, however few such pairs were labelled).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from pddlint.matching.scoring import Profile, Step

Floats = NDArray[np.float64]


class Scale(msgspec.Struct, frozen=True):
    """How a comparison is cut into levels: upper cuts, level names, prior means of the lowest level and of each
    step.
    """

    name: str
    cuts: tuple[float, ...]
    levels: tuple[str, ...]
    base: float = 0.0
    steps: tuple[float, ...] = ()
    stiff: float = 1.0  # multiplies the prior's precision
    falling: bool = False  # the lower the better (counts of conflicts): base and steps then run from the top downwards


def stance(name: str, conflict: float, partial: float = 0.0, agree: float = 0.0, stiff: float = 4.0) -> Scale:
    """A comparison of values an item has once: conflict, overlap, agreement, with the log-odds expected of each."""
    steps = (max(0.0, partial - conflict), max(0.0, agree - partial))
    return Scale(name, (0.4, 0.9), ("differ", "overlap", "agree"), conflict, steps, stiff)


def bands(name: str, *cuts: float) -> Scale:
    """A comparison cut at the given values, without expectations."""
    edges = [f"{cut:g}" for cut in cuts]
    levels = (f"< {edges[0]}", *(f"{a} – {b}" for a, b in pairwise(edges)), f">= {edges[-1]}")
    return Scale(name, cuts, levels)


def expected(name: str, cuts: tuple[float, ...], base: float, steps: tuple[float, ...], stiff: float = 3.0) -> Scale:
    """A comparison cut at the given values, with the log-odds expected of its lowest level and of each step."""
    plain = bands(name, *cuts)
    return Scale(name, cuts, plain.levels, base, steps, stiff)


FULL: tuple[Scale, ...] = (
    Scale("category_near", (0.2, 0.5, 0.7, 0.9), ("apart", "same root", "siblings", "near siblings", "same leaf")),
    Scale("ladder", (0.2, 0.5, 0.7, 0.9), ("differ", "one price", "same shape", "two prices", "three prices and more")),
    bands("price_near", 0.6, 0.8, 0.9, 0.95, 0.985, 0.999),
    bands("variants", 0.15, 0.35, 0.6, 0.9),
    bands("picture", 0.3, 0.5, 0.7, 0.9),
    expected("local_main", (0.05, 0.2, 0.5, 0.8, 0.95), -2.0, (0.5, 1.0, 1.5, 1.0, 0.5)),
    bands("local", 0.05, 0.2, 0.5, 0.8, 0.95),
    Scale("code", (0.01, 0.5), ("differ", "some shared", "most shared"), steps=(2.0, 1.5), stiff=2.0),
    Scale("stem", (1.0,), ("differ", "same style number"), base=-0.5, steps=(3.0,), stiff=4.0),
    expected("text_title_cosine", (0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8), -0.8, (0.2, 0.2, 0.2, 0.2, 0.2, 0.3, 0.5)),
    bands("text_core_dice", 0.2, 0.4, 0.6, 0.8),
    bands("text_title_rarest", 1.5, 2.2, 2.8),
    bands("text_attribute_cosine", 0.1, 0.3, 0.6),
    stance("text_brand", -1.5, 0.0, 0.3),
    stance("text_number", -0.3),
    stance("text_style", -0.5, 0.5, 2.0),
    Scale("design", (0.0, 1.0), ("differ twice", "differ", "agree"), -3.0, (1.5, 1.8), 4.0),
    stance("article", -1.0, 0.5, 2.5),
    stance("model", -4.0, -1.0, 0.5),
    stance("generation", -7.0, -0.5, 0.5),
    Scale("contrast", (-3.5, -1.5, -0.5), ("4 and more", "2 – 3", "1", "none"), -1.2, (0.5, 0.5, 0.4), 2.0),
    stance("product", -1.0, 0.0, 0.3),
    stance("audience", -1.5, 0.0, 0.2),
    stance("material", -1.2, -0.3, 0.4),
    stance("parameter", -0.5, 0.0, 0.4),
    stance("form", -1.0, 0.0, 0.3),
    stance("edition", -0.3, 0.0, 0.2),
    Scale(
        "fitment", (-0.5, 0.4, 0.9), ("shaped parts differ", "differ", "overlap", "agree"), -4.0, (3.7, 0.3, 0.3), 4.0
    ),
    stance("title_brand", -1.5, 0.0, 0.3),
)


# For titles and attributes alone: finer steps, fitted on thousands of real pairs, so hardly any expectation.
WORDS: tuple[Scale, ...] = (
    Scale("category_near", (0.2, 0.5, 0.7, 0.9), ("apart", "same root", "siblings", "near siblings", "same leaf")),
    bands("text_title_cosine", 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
    bands("text_title_cover", 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
    bands("text_title_shared", 3, 5, 6, 7, 8, 9, 10),
    bands("text_title_rarest", 1.5, 2.2, 2.6, 2.9),
    Scale("text_title_same", (1.0,), ("differ", "same")),
    bands("text_core_dice", 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8),
    bands("text_attribute_cosine", 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97),
    bands("text_attribute_agree", 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
    bands("text_attribute_shared", 1, 2, 3, 4, 5, 6, 7),
    *(
        Scale(f"text_{kind}_conflict", (0.5, 1.5, 2.5, 3.5), ("none", "1", "2", "3", "4 and more"), falling=True)
        for kind in ("shape", "material", "season", "taste", "other")
    ),
    Scale("text_price", (1.0,), ("differ", "same")),
    bands("text_style", 0.4, 0.9),
    Scale("text_model", (1.0,), ("differ", "shared")),
    bands("text_brand", 0.4, 0.9),
    bands("text_number", 0.4, 0.9),
    Scale("design", (0.0, 1.0), ("differ twice", "differ", "agree")),
    stance("product", -0.3, 0.0, 0.1, 1.0),
    stance("article", -1.0, 0.5, 1.5, 1.0),
    stance("model", -1.0, -0.3, 0.2, 1.0),
    stance("audience", -1.0, 0.0, 0.1, 1.0),
    stance("material", -0.5, -0.1, 0.1, 1.0),
    stance("parameter", -0.2, 0.0, 0.1, 1.0),
    stance("form", -0.2, 0.0, 0.1, 1.0),
    stance("title_brand", -0.5, 0.0, 0.1, 1.0),
)


def design(matrix: Floats, columns: Sequence[str], scales: Sequence[Scale]) -> Floats:
    """One column for "observed" and one a cut, for each scale; zeros where the comparison is missing."""
    parts = []
    for scale in scales:
        values = matrix[:, columns.index(scale.name)]
        seen = ~np.isnan(values)
        with np.errstate(invalid="ignore"):
            passed = (
                [values < cut for cut in reversed(scale.cuts)] if scale.falling else [values >= c for c in scale.cuts]
            )
        parts += [seen.astype(float), *(one.astype(float) for one in passed)]
    return np.column_stack(parts)


def fit(
    matrix: Floats,
    truth: Floats,
    weight: Floats,
    columns: Sequence[str],
    scales: Sequence[Scale],
    linear: dict[str, float],
    precision: float = 0.1,
) -> Profile:
    """The profile that best explains `truth` (0 or 1 per row) under the priors of `scales`."""
    x = design(matrix, columns, scales)
    offset = sum(slope * np.nan_to_num(matrix[:, columns.index(name)]) for name, slope in linear.items())
    mean, stiff = [0.0], [0.0]
    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    for scale in scales:
        steps = scale.steps or (0.0,) * len(scale.cuts)
        mean += [scale.base, *steps]
        stiff += [scale.stiff] * (1 + len(steps))
        bounds += [(None, 0.0), *((0.0, None) for _ in steps)]
    prior, strength = np.array(mean), precision * np.array(stiff) / 2

    def loss(p: Floats) -> tuple[float, Floats]:
        score = p[0] + x @ p[1:] + offset
        error = weight * (1 / (1 + np.exp(-np.clip(score, -40, 40))) - truth)
        apart = p - prior
        value = float((weight * (np.logaddexp(0, score) - truth * score)).sum() + (strength * apart**2).sum())
        return value, np.concatenate([[error.sum()], x.T @ error]) + 2 * strength * apart

    found = minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200}).x
    steps_, place = [], 1
    for scale in scales:
        width = len(scale.cuts) + 1
        odds = tuple(round(float(v), 3) for v in np.cumsum(found[place : place + width]))
        steps_.append(Step(scale.name, scale.cuts, scale.levels, odds[::-1] if scale.falling else odds))
        place += width
    return Profile(round(float(found[0]), 3), linear, tuple(steps_))
