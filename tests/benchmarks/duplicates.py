"""How well duplicates are found: precision, recall, kinds, calibration, beside the best single rules.

    python -m tests.benchmarks.duplicates [LABELLED_CATALOGS ...] [--words LISTINGS.jsonl] [--photos DIR] [--refit]

Without arguments it runs on the demo shop of the fixtures. `--refit` adds cross-validation: every merchant is judged
by weights fitted on the others (and, with `--words`, every fold of items by weights fitted on the other folds).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from itertools import combinations, pairwise
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from pddlint.matching import clustering, gallery, scoring
from pddlint.matching.comparison import COLUMNS, Merchant
from pddlint.matching.fingerprint import fingerprint
from pddlint.matching.match import match_merchant
from pddlint.matching.scoring import Weights
from tests.benchmarks import fit_weights, labelled, pictures, real_listings
from tests.benchmarks.labelled import IdPair, Labelled, Remembering

ROOT = Path(__file__).resolve().parents[2]
BINS = (0.0, 0.1, 0.3, 0.5, 0.65, 0.8, 0.9, 0.97, 1.0001)
KINDS = {"DUP001": "color", "DUP002": "spec", "DUP003": "fitment", "DUP004": "gift", "DUP005": "presentation"}


class Tally(msgspec.Struct):
    """Counts of pairs: found and true, found and false, missed; kinds right of kinds judged."""

    true: int = 0
    false: int = 0
    missed: int = 0
    kinds: int = 0
    judged: int = 0

    def __str__(self) -> str:
        precision = self.true / max(1, self.true + self.false)
        recall = self.true / max(1, self.true + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        kind = f"  kind {self.kinds / self.judged:.3f}" if self.judged else ""
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}{kind}  ({self.true}/{self.false}/{self.missed})"

    def add(self, found: set[IdPair], truth: set[IdPair]) -> None:
        self.true += len(found & truth)
        self.false += len(found - truth)
        self.missed += len(truth - found)


def judge(merchant: Labelled, weights: Weights | None, verifier: Remembering, tally: Tally) -> None:
    """Run the whole of matching on one merchant and count its pairs and kinds."""
    matches = match_merchant(merchant.fingerprints, verifier=verifier, weights=weights)
    groups = [[g.keeper.id, *(s.listing.id for s in g.surplus)] for g in matches.groups]
    tally.add(labelled.closure(groups), merchant.same)
    for group in matches.groups:
        for surplus in group.surplus:
            low, high = sorted((surplus.listing.id, group.keeper.id))
            if (low, high) in merchant.kinds:
                tally.judged += 1
                tally.kinds += surplus.kind == merchant.kinds[low, high]


def single_rules(merchants: list[Labelled]) -> None:
    """The best a single similarity does, its cut chosen in its favour on the very data."""
    truth, titles, pictures = [], [], []
    for merchant in merchants:
        listed = merchant.fingerprints
        names = [f.place.listing.title if f.place.listing else "" for f in listed]
        pairs = np.column_stack(np.triu_indices(len(listed), 1)).astype(np.int64)
        titles += [fuzz.ratio(names[i], names[j]) / 100 for i, j in pairs.tolist()]
        alike = gallery.compare(gallery.album([f.shots for f in listed]), pairs).likeness
        pictures += np.nan_to_num(alike).tolist()
        truth += [tuple(sorted((listed[i].id, listed[j].id))) in merchant.same for i, j in pairs.tolist()]
    answers = np.array(truth)
    for name, values in (
        ("title ratio", titles),
        ("picture hashes", pictures),
        ("either", np.maximum(titles, pictures)),
    ):
        print(f"    {name:<16} best F1 {_best_f1(answers, np.array(values)):.3f}")


def _best_f1(truth: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    order = np.argsort(-scores)
    found = np.cumsum(truth[order])
    return float((2 * found / (np.arange(1, len(found) + 1) + truth.sum())).max())


def reliability(probability: NDArray[np.float64], truth: NDArray[np.float64], weight: NDArray[np.float64]) -> None:
    """Of pairs given about p, the share that is true."""
    for low, high in pairwise(BINS):
        inside = (probability >= low) & (probability < high)
        if inside.any():
            mean = np.average(probability[inside], weights=weight[inside])
            true = np.average(truth[inside], weights=weight[inside])
            print(
                f"    {low:4.2f} – {min(high, 1):4.2f}  pairs {int(inside.sum()):6}  said {mean:.3f}  true {true:.3f}"
            )


def catalogs(root: Path, refit: bool) -> None:
    merchants = labelled.load(root)
    verifier = Remembering()
    print(f"{root.name}: {len(merchants)} merchants, {sum(len(m.fingerprints) for m in merchants)} listings")
    single_rules(merchants)
    tally = Tally()
    for merchant in merchants:
        judge(merchant, None, verifier, tally)
    print(f"    shipped weights  {tally}")
    if not refit:
        return
    table = labelled.table(merchants, verifier)
    shipped = scoring.weights()
    tally = Tally()
    probability = np.zeros(len(table.truth))
    for number, merchant in enumerate(merchants):
        profile = fit_weights.fit_full(table, number)
        weights = msgspec.structs.replace(shipped, profiles={**shipped.profiles, "full": profile})
        own = Tally()
        judge(merchant, weights, verifier, own)
        print(f"      without {merchant.name:<8} {own}")
        for name in Tally.__struct_fields__:
            setattr(tally, name, getattr(tally, name) + getattr(own, name))
        mine = table.merchant == number
        probability[mine] = scoring.probability(scoring.log_odds(weights, COLUMNS, table.matrix[mine]))
    print(f"    cross-validated  {tally}\n    reliability, cross-validated pairs:")
    reliability(probability, table.truth, table.weight)


def words(path: str, refit: bool) -> None:
    """Real listings: sellers' shops, made-up shops and all as one shop, with groups as the tool makes them."""
    shipped = scoring.weights()
    profiles = [shipped.profiles["text"]] * real_listings.FOLDS
    if refit:
        sample = fit_weights.words_table(path)
        profiles = [fit_weights.fit_words(sample, fold) for fold in range(real_listings.FOLDS)]
    rows = real_listings.load_rows(path)
    prints = [fingerprint(msgspec.structs.replace(real_listings.listing_of(row), merchant="m"), {}) for row in rows]
    clusters = np.array([row.cluster for row in rows])
    print(f"{Path(path).name}: {'each item judged by weights fitted on the others' if refit else 'shipped weights'}")
    modes: tuple[real_listings.Mode, ...] = ("shop", "mixed", "catalog")
    for mode in modes:
        pairs, grouped = Tally(), Tally()
        for shop in real_listings.shops(path, mode):
            members = [prints[i] for i in shop.members]
            matrix = Merchant(members).compare(shop.pairs)
            mine = clusters[shop.members]
            fold = (mine[shop.pairs[:, 0]] * 2_654_435_761 >> 7) % real_listings.FOLDS
            odds = np.zeros(len(matrix))
            for number, profile in enumerate(profiles):
                weights = msgspec.structs.replace(shipped, profiles={**shipped.profiles, "text": profile})
                odds[fold == number] = scoring.log_odds(weights, COLUMNS, matrix[fold == number])
            odds = scoring.collective(shipped, COLUMNS, matrix, shop.pairs, odds)
            _count(shop, mine, odds, float(np.log(shipped.threshold / (1 - shipped.threshold))), pairs, grouped)
        print(f"    {mode:<8} pairs  {pairs}\n             groups {grouped}")


def _count(
    shop: real_listings.Shop,
    clusters: NDArray[np.int64],
    odds: NDArray[np.float64],
    link: float,
    pairs: Tally,
    grouped: Tally,
) -> None:
    said = odds >= link
    pairs.true += int((said & shop.same).sum())
    pairs.false += int((said & ~shop.same).sum())
    pairs.missed += shop.matches - int((said & shop.same).sum())
    edges = {(int(i), int(j)): float(v) for (i, j), v in zip(shop.pairs, odds, strict=True)}
    true = false = 0
    for group in clustering.groups(edges, link):
        same = _pairs_in(Counter(clusters[list(group)].tolist()).values())
        true += same
        false += len(group) * (len(group) - 1) // 2 - same
    grouped.true += true
    grouped.false += false
    grouped.missed += shop.matches - true


def _pairs_in(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def demo() -> None:
    """The fixtures' demo shop against what it is there to show."""
    folder = ROOT / "fixtures" / "demo-shop"
    expected = json.loads((ROOT / "fixtures" / "demo-shop.expected.json").read_text("utf-8"))
    rows = [r for part in expected.values() if isinstance(part, list) for r in part if r.get("code", "")[:3] == "DUP"]
    shop = labelled.merchant_of(folder, [])
    shop.same = labelled.closure([row["listing"], row["keeper"]] for row in rows)
    shop.kinds = {
        pair: KINDS.get(row["code"], "cross_shop")
        for row in rows
        for pair in combinations(sorted((row["listing"], row["keeper"])), 2)
    }
    tally = Tally()
    judge(shop, None, Remembering(), tally)
    print(f"demo shop: {len(shop.fingerprints)} listings\n    shipped weights  {tally}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalogs", type=Path, nargs="*", help="folders of labelled merchants")
    parser.add_argument("--words", help="JSON Lines file of real listings with known identity")
    parser.add_argument("--refit", action="store_true", help="cross-validate too")
    parser.add_argument("--photos", type=Path, help="folder of photographs: adds the tables on picture edits")
    arguments = parser.parse_args()
    if not arguments.catalogs and not arguments.words:
        demo()
    for root in arguments.catalogs:
        catalogs(root, arguments.refit)
    if arguments.words:
        words(arguments.words, arguments.refit)
    if arguments.photos:
        pictures.main(["--photos", str(arguments.photos)])


if __name__ == "__main__":
    main()
