"""Fits pddlint/lexicons/bait_rules.toml: which rule a bait SKU breaks, from its features.

    python -m tests.benchmarks.fit_bait [CATALOGS LABELS.jsonl ...] [--output FILE] [--check] [--show]

The tests' own labelled listings always take part; CATALOGS is a folder of one merchant, LABELS.jsonl as
`tests.benchmarks.bait` reads them. Multinomial logistic regression with a Gaussian prior, on each bait SKU twice: as it
is, and *blind*, without those words of the lexicons that only its own set has, so that no weight trusts a lexicon more
than unseen wording allows.

--check prints cross-validated figures instead, each set judged by weights fitted on the other sets: as is, and blind.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from pddlint.checkers.bait import naming
from pddlint.checkers.bait.features import features
from pddlint.checkers.bait.judge import judge
from pddlint.checkers.bait.settings import DEFAULT_CONFIDENCE, PLAIN, Words
from pddlint.checkers.bait.subject import Subject
from pddlint.checkers.bait.weighing import Case
from pddlint.text import lexicon
from pddlint.text.lexicon import Extra
from pddlint.text.normalise import fold
from tests.benchmarks import bait

OUTPUT = Path("pddlint/lexicons/bait_rules.toml")
CODES = {kind: code for code, kind in bait.KINDS.items()}
PRECISION = 1.0  # of the prior of each weight
LEAST = 3  # SKUs that must have a feature for it to take part
SMALL = 0.06  # weights below this are left out
CHUNK = 25  # listings of one of the tests' files that count as one set
FOLDS = 8
_LEXICONS = ("goods", "parts", "grades", "sample", "nonexistent", "irregular")
_STRUCTURE: tuple[str, ...] = (
    "belongs",
    "spared",
    "negator",
    "pair",
    "condition",
    "respelled",
    "suffix",
    "plain",
    "class",
    "domain",
)
_STRUCTURE += ("compose", "element")

Floats = NDArray[np.float64]


class Row(NamedTuple):
    """One bait SKU that is found: its set, the place of its rule in CODES, its features, its words, the rule named."""

    set: str
    code: int
    features: Mapping[str, float]
    words: str
    named: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path, nargs="*", help="pairs: folder of a merchant, its labels")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--check", action="store_true", help="cross-validate instead of writing weights")
    parser.add_argument("--show", action="store_true", help="name what cross-validation gets wrong")
    arguments = parser.parse_args()
    sets = _sets(arguments.labelled)
    plain = [row for name, cases in sets.items() for row in _rows(name, cases, PLAIN)]
    blind = [row for name, words in _blind(sets).items() for row in _rows(name, sets[name], words)]
    if arguments.check:
        _check(plain, blind, arguments.show)
    else:
        names, weights = fit([*plain, *blind])
        arguments.output.write_text(_written(names, weights), "utf-8")


def _sets(labelled: Sequence[Path]) -> dict[str, list[bait.Case]]:
    """The labelled listings by set: merchants, and stretches of the tests' own files."""
    sets: dict[str, list[bait.Case]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for case in bait.own_cases():
        sets[f"{case.name}-{counts[case.name] // CHUNK}"].append(case)
        counts[case.name] += 1
    for folder, labels in zip(labelled[::2], labelled[1::2], strict=True):
        sets[folder.name].extend(bait.labelled_listings(folder.name, [folder], labels))
    return dict(sets)


def _rows(name: str, cases: Iterable[bait.Case], words: Words) -> list[Row]:
    """The bait SKUs that are found, with their features."""
    rows = []
    for case in cases:
        seen: dict[str, dict[str, float]] = {}

        def rule(one: Case, about: Subject, extra: Words, said: str, seen: dict[str, Any] = seen) -> str:
            found = features(one, about, extra)
            if said:
                found[f"said:{said}"] = 1.0
            seen[one.sku.id] = found
            return naming.choose(found)

        if not case.bait:
            continue
        with mock.patch.object(naming, "rule", rule):
            fresh = words if words != PLAIN else Words(goods=Extra())  # not what another call remembers
            verdicts = judge(case.listing, fresh)
        for verdict in verdicts:
            key = verdict.sku.id
            if key in seen and key in case.bait and verdict.confidence >= DEFAULT_CONFIDENCE:
                code = naming.CODES.index(CODES[case.bait[key][0]])
                text = f"{case.listing.title[:16]} / {verdict.sku.name}"
                rows.append(Row(name, code, seen[key], text, naming.CODES.index(verdict.code)))
    return rows


def _blind(sets: Mapping[str, Sequence[bait.Case]]) -> dict[str, Words]:
    """Per set, the words to leave out: those of its bait SKUs that no other set has in any of its text."""
    texts = {name: fold(" ".join(_text(case, bait_only=False) for case in cases)) for name, cases in sets.items()}
    baits = {name: fold(" ".join(_text(case, bait_only=True) for case in cases)) for name, cases in sets.items()}
    unique: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in sets}
    for lexicon_name in (*_LEXICONS, "heads", "kits"):
        groups = lexicon.load(f"bait_{lexicon_name}").groups
        words = {word for group, found in groups.items() if not group.startswith(_STRUCTURE) for word in found}
        for word in sorted(words):
            plain = fold(word)
            holders = [name for name, text in texts.items() if plain in text] if len(plain) > 1 else []
            if len(holders) == 1 and plain in baits[holders[0]]:
                target = "parts" if lexicon_name in ("heads", "kits") else lexicon_name
                unique[holders[0]][target].append(word)
    return {
        name: Words(**{key: Extra((), tuple(sorted(set(left_out)))) for key, left_out in found.items()})
        for name, found in unique.items()
    }


def _text(case: bait.Case, bait_only: bool) -> str:
    names = [sku.name for sku in case.listing.skus if not bait_only or sku.id in case.bait]
    return " ".join(names if bait_only else [case.listing.title, *case.listing.category, *names])


def _design(rows: Sequence[Row], names: Sequence[str]) -> Floats:
    places = {name: place for place, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for line, row in zip(matrix, rows, strict=True):
        for name, strength in row.features.items():
            if name in places:
                line[places[name]] = strength
    return matrix


def fit(rows: Sequence[Row]) -> tuple[list[str], Floats]:
    """Feature names and their weights, one column a rule."""
    counts = Counter(name for row in rows for name in row.features)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    matrix, size = _design(rows, names), len(naming.CODES)
    codes = np.array([row.code for row in rows])
    truth = np.eye(size)[codes]
    prior = np.array([[0.05 if name == "bias" else PRECISION] for name in names])

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(len(names), size)
        scores = matrix @ weights
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        value = -np.log(chances[np.arange(len(codes)), codes] + 1e-12).sum() + 0.5 * (prior * weights**2).sum()
        return float(value), np.asarray(matrix.T @ (chances - truth) + prior * weights).ravel()

    found = minimize(loss, np.zeros(len(names) * size), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return names, np.asarray(found.x).reshape(len(names), size)


def _check(plain: Sequence[Row], blind: Sequence[Row], show: bool) -> None:
    """Cross-validated shares of SKUs under the right rule, beside those of the weights in use."""
    names = sorted({row.set for row in plain})
    fold_of = {name: place % FOLDS for place, name in enumerate(names)}
    print("in use, on what they were fitted to:")
    for label, rows in (("as is", plain), ("blind", blind)):
        print(f"  {label} {np.mean([row.code == row.named for row in rows]):.3f} of {len(rows)}")
    hits: dict[str, list[bool]] = defaultdict(list)
    for number in range(FOLDS):
        others = [row for row in (*plain, *blind) if fold_of[row.set] != number]
        features_used, weights = fit(others)
        for label, rows in (("as is", plain), ("blind", blind)):
            mine = [row for row in rows if fold_of[row.set] == number]
            best = (_design(mine, features_used) @ weights).argmax(axis=1)
            for row, code in zip(mine, best, strict=True):
                hits[label].append(row.code == code)
                hits[f"{label} {row.set.split('-')[0]}"].append(row.code == code)
                if show and row.code != code:
                    print(f"  {label} {naming.CODES[row.code]} named {naming.CODES[code]}: {row.words}")
    print("cross-validated:")
    for label, right in sorted(hits.items()):
        print(f"  {label} {np.mean(right):.3f} of {len(right)}")


def _written(names: Sequence[str], weights: Floats) -> str:
    lines = [
        "# Weights of features for naming the rule of a bait SKU: rows are features, columns BAIT001 to BAIT005.",
        "# Fitted by tests.benchmarks.fit_bait; do not edit by hand. The highest sum names the rule.",
        "",
        "[meta]",
        'source = "fitted for pddlint on its own labelled catalogs"',
        'licence = "MIT"',
        "",
        "[weights]",
    ]
    for name, row in zip(names, weights, strict=True):
        if np.abs(row).max() >= SMALL:
            lines.append(f'"{name}" = [{", ".join(f"{value + 0.0:.2f}" for value in row)}]')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
