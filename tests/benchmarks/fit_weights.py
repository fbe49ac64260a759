"""Fits pddlint/lexicons/match_weights.json from labelled catalogs.

    python -m tests.benchmarks.fit_weights LABELLED_CATALOGS TEXT_LISTINGS.jsonl [--output FILE]

LABELLED_CATALOGS is a folder with labels.jsonl (`{"type": "duplicate", "ids": [...]}`, ...) and one sub-folder a
merchant; TEXT_LISTINGS.jsonl holds listings with title, category, attrs, seller and cluster (true item).

The model is an additive logistic one over ordered levels: each comparison has a weight for its lowest level (at most
0) and steps upward (at least 0), so that better evidence never lowers a score. Weights are a maximum a posteriori
estimate with Gaussian priors: zero for most, and what trade knowledge says for identity conflicts, which are rare in
any labelled set (two model numbers on one item are nearly never one item, however few such pairs were labelled).
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations, pairwise
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize

from pddlint.matching import scoring
from pddlint.matching.comparison import COLUMNS, Merchant
from pddlint.matching.fingerprint import Fingerprint, fingerprint
from pddlint.matching.kin import Kin
from pddlint.matching.scoring import Profile, Step, Weights
from pddlint.matching.tally import digests
from tests.benchmarks import labelled, real_listings
from tests.benchmarks.labelled import Table

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
    Scale("strange", (1.5, 2.5), ("one", "two", "three and more"), -1.4, (0.8, 0.9), 10.0, falling=True),
    Scale("shared", (1.5, 2.5), ("one", "two", "three and more"), steps=(1.5, 1.0), stiff=3.0),
    expected("local_main", (0.05, 0.2, 0.5, 0.8, 0.95), -2.0, (0.5, 1.0, 1.5, 1.0, 0.5)),
    Scale("code", (0.01, 0.5), ("differ", "some shared", "most shared"), steps=(2.0, 1.5), stiff=2.0),
    Scale("codes", (2.5, 7.5), ("0 – 2", "3 – 7", "8 and more"), steps=(3.0, 4.5), stiff=8.0),
    Scale("stem", (1.0,), ("differ", "same style number"), base=-0.5, steps=(3.0,), stiff=4.0),
    expected("text_title_cosine", (0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8), -0.8, (0.2, 0.2, 0.2, 0.2, 0.2, 0.3, 0.5)),
    bands("text_core_dice", 0.2, 0.4, 0.6, 0.8),
    bands("text_title_rarest", 1.5, 2.2, 2.8),
    Scale("text_title_same", (1.0,), ("differ", "same"), steps=(2.5,), stiff=4.0),
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


ABOUT = (
    "Log-odds weights of duplicate evidence, level by level. Written by tests/benchmarks/fit_weights.py from labelled "
    "catalogs; MIT, as pddlint."
)
BEYOND = ("picture", "local_main", "ladder", "price_near", "variants", "code", "stem")
THRESHOLD = 0.65  # least probability at which cross-validated precision stays above .95 with room to spare
CROWD_FULL = {"crowd": -1.0}
CROWD_WORDS = {"crowd": -0.3}  # between the prior of small shops and that of one crowded catalog
RIVALS_WORDS = 0.07  # chosen by cross-validation: precision of one crowded catalog against recall of small shops
PRECISION_FULL, PRECISION_WORDS = 0.5, 0.2


def fit_full(table: Table, leave_out: int | None = None) -> Profile:
    """The profile for listings with SKUs or pictures; `leave_out` is the number of a merchant not to learn from."""
    kept = np.ones(len(table.truth), bool) if leave_out is None else table.merchant != leave_out
    return fit(table.matrix[kept], table.truth[kept], table.weight[kept], COLUMNS, FULL, CROWD_FULL, PRECISION_FULL)


# Set: groups of n copies grow rare like a power of n, and meetings by chance grow with its square; of one data sheet,
# series of designs more so.
KIN_SLOPES = {"same_words": -3.0, "same_sheet": -6.0}
KIN_OF = 4  # listings of a whole at most, from which its prior is learnt
COPIED = 0.05  # set: share of a big shop's listings that have a copy; the labelled sellers were chosen for theirs
TITLE = ("text_title_cosine", "text_core_dice", "text_title_rarest", "text_title_same")
SHEET = ("text_attribute_cosine", "ladder", "price_near", "variants")


def fit_kin(profile: Profile, path: str) -> Profile:
    """The profile with the priors of kin, learnt from pairs of one seller within all real listings as one crowded shop.

    Only where `KIN_OF` listings at most have the same, or would by chance: where more have, they are copies of one
    item, as a real shop hardly has so many. Each listing counts once, however many kin it has; half a pair of either
    kind is added, so that a title that never failed is not thought infallible. The listings have no prices: of data
    sheets the attributes alone are learnt from, which can only be less sure than the whole.
    """
    rows = real_listings.load_rows(path)
    prints = [fingerprint(msgspec.structs.replace(real_listings.listing_of(row), merchant="m"), {}) for row in rows]
    made = Merchant(prints)
    sellers: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if row.seller:
            sellers[row.seller].append(number)
    pairs = np.array([pair for members in sellers.values() for pair in combinations(members, 2)], np.int64)
    truth = np.array([rows[i].cluster == rows[j].cluster for i, j in pairs.tolist()], float)
    copied = len(np.unique(pairs[truth > 0])) / sum(map(len, sellers.values()))
    shift = float(np.log(COPIED / (1 - COPIED)) - np.log(copied / (1 - copied)))
    attributes = digests([(f.text.names, f.text.values) if f.text.names else 0 for f in prints])
    sheet = Kin(attributes, made.book.value_moments[1], np.full(len(rows), len(rows)), lambda _, here: here)
    found = []
    for name, kin, spent in (("same_words", made.same_words, TITLE), ("same_sheet", sheet, SHEET)):
        crowd = kin.compare(*pairs.T)
        at = np.flatnonzero(crowd <= np.log(KIN_OF))
        steps = tuple(step for step in profile.steps if step.name not in spent)
        rest = Weights("", 1, THRESHOLD, BEYOND, dict.fromkeys(("full", "text"), Profile(0.0, {}, steps)))
        odds = scoring.log_odds(rest, COLUMNS, made.compare(pairs[at])) + KIN_SLOPES[name] * crowd[at]
        times = np.bincount(pairs[at].ravel(), minlength=len(rows))
        prior = _level(odds, truth[at], (1 / times[pairs[at]]).mean(axis=1))
        print(f"{name}: {len(at)} pairs of one seller, {int(truth[at].sum())} one item: {prior:.2f} {shift:+.2f}")
        most = np.log((truth[at].sum() + 0.5) / ((1 - truth[at]).sum() + 0.5))
        found.append(scoring.Kin(name, round(prior + shift, 3), KIN_SLOPES[name], round(float(most), 3), spent))
    return msgspec.structs.replace(profile, kin=tuple(found))


def _level(odds: Floats, truth: Floats, weight: Floats) -> float:
    """What to add to the log-odds for them to expect as many true pairs as there are, and half a pair of each kind."""
    odds = np.append(odds, [np.median(odds)] * 2)
    truth, weight = np.append(truth, [1.0, 0.0]), np.append(weight, [0.5, 0.5])
    return float(brentq(lambda shift: (weight * (scoring.probability(odds + shift) - truth)).sum(), -60, 60))


class Words(msgspec.Struct):
    """Pairs of real listings with titles and attributes only, sampled: evidence, truth, weight, fold of the item."""

    matrix: Floats
    truth: Floats
    weight: Floats
    fold: NDArray[np.int64]


def words_table(path: str) -> Words:
    """Pairs of the three kinds of shops that `real_listings` makes of a file of real listings."""
    rows = real_listings.load_rows(path)
    prints = [fingerprint(msgspec.structs.replace(real_listings.listing_of(row), merchant="m"), {}) for row in rows]
    sellers = np.array([row.seller for row in rows])
    fold = np.array([row.cluster * 2_654_435_761 >> 7 for row in rows]) % real_listings.FOLDS
    parts = []
    modes: tuple[tuple[real_listings.Mode, float], ...] = (("shop", 1.0), ("mixed", 0.3), ("catalog", 0.1))
    for mode, share in modes:
        shops = real_listings.shops(path, mode)
        parts += [_sampled(shop, share, mode == "catalog", prints, sellers, fold) for shop in shops]
    return Words(*(np.concatenate([part[i] for part in parts]) for i in range(4)))


def _sampled(
    shop: real_listings.Shop,
    share: float,
    strangers: bool,
    prints: list[Fingerprint],
    sellers: NDArray[np.str_],
    fold: NDArray[np.int64],
) -> tuple[Floats, Floats, Floats, NDArray[np.int64]]:
    """Rows of one shop. Large shops are thinned, most where pairs are plainly different; weights make up for it.
    `strangers` leaves out pairs of one seller, which are learnt from as such."""
    members = [prints[i] for i in shop.members]
    matrix = Merchant(members).compare(shop.pairs)
    truth = shop.same.astype(float)
    chance = np.ones(len(truth))
    if share < 1.0:
        cosines = (np.nan_to_num(matrix[:, COLUMNS.index(f"text_{name}_cosine")]) for name in ("title", "attribute"))
        chance = np.where(truth > 0, 0.2, np.where(sum(cosines) > 0.8, 0.25, 0.02))
    kept = np.random.default_rng(len(truth)).random(len(truth)) < chance
    if strangers:
        left, right = (sellers[shop.members[shop.pairs[:, side]]] for side in (0, 1))
        kept &= (left != right) | (left == "")
    return matrix[kept], truth[kept], (share / chance)[kept], fold[shop.members[shop.pairs[:, 0]]][kept]


def fit_words(table: Words, leave_out: int | None = None) -> Profile:
    """The profile for listings of which only words are known; `leave_out` is a fold not to learn from."""
    kept = np.ones(len(table.truth), bool) if leave_out is None else table.fold != leave_out
    found = fit(table.matrix[kept], table.truth[kept], table.weight[kept], COLUMNS, WORDS, CROWD_WORDS, PRECISION_WORDS)
    return msgspec.structs.replace(found, rivals=RIVALS_WORDS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalogs", type=Path, help="labelled catalogs")
    parser.add_argument("listings", help="JSON Lines file of real listings with known identity")
    parser.add_argument("--output", type=Path, default=Path("pddlint/lexicons/match_weights.json"))
    arguments = parser.parse_args()
    full = fit_full(labelled.table(labelled.load(arguments.catalogs), labelled.Remembering()))
    full = fit_kin(full, arguments.listings)
    words = fit_words(words_table(arguments.listings))
    weights = Weights(ABOUT, 1, THRESHOLD, BEYOND, {"full": full, "text": words})
    arguments.output.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
    for name, profile in weights.profiles.items():
        print(f"{name}: intercept {profile.intercept}")
        for kin in profile.kin:
            print(f"    {kin.name:<24} {kin.prior:6.2f}")
        for step in profile.steps:
            print(f"    {step.name:<24} {' '.join(f'{v:6.2f}' for v in step.log_odds)}")


if __name__ == "__main__":
    main()
