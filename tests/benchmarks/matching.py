"""Matching of one shop's listings beside its rivals: CPU a listing and a pair, recall and precision of planted copies.

    python -m tests.benchmarks.matching [--listings 1000 5000] [--skus 5]

A generated shop publishes part of its products again, reworded, recoloured or reshuffled, at the same prices; other
products of the same kind and wording are not copies. Three ways to find the copies, in one run, on the same listings:

- pddlint: `match_merchant` on fingerprints (making them is not counted: every run makes them for its other rules too);
- cdist: `rapidfuzz.process.cdist` over all titles (`ratio` of their characters in order, cut at `RATIO`: titles are
  reshuffled, and Chinese has no blanks to find words by);
- splink: Splink on DuckDB, blocked on product word and price, trained by expectation maximisation as its guide says:
  told to block on the very price that copies share here, so its recall is what it can be at best.
  It is left out where it is not installed; it wants an environment of its own, since it brings DuckDB:
  `python -m venv V && V/bin/pip install -e . 'splink>=5' pyarrow`.

CPU is that of this process, all threads; the ratios are what counts.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any

import msgspec
import numpy as np
from rapidfuzz import fuzz, process

from pddlint.catalog.formats.plain import listing
from pddlint.matching.fingerprint import Fingerprint, fingerprint
from pddlint.matching.match import match_merchant
from tests.benchmarks.blocking import COLOURS, GOODS, Shop

RATIO = 85  # of rapidfuzz, 0..100
LEAF = 600  # listings of a shop for each further leaf category of a kind of goods
SURE = 0.5  # probability from which Splink's pairs count

Pair = tuple[str, str]


class Families(Shop):
    """A shop that remembers which listings are one product: `family_of` by the listing's place."""

    def __init__(self, size: int, seed: int) -> None:
        self.family_of: list[int] = []
        self.families = 0
        super().__init__(size, seed)

    def family(self) -> None:
        before = len(self.listings)
        super().family()
        self.family_of += [self.families] * (len(self.listings) - before)
        self.families += 1


class Copies(msgspec.Struct):
    """The listings of a shop as records, and the pairs that are copies."""

    records: list[dict[str, Any]]
    same: set[Pair]


class Answer(msgspec.Struct):
    """What a way of matching found, and what it took."""

    name: str
    found: set[Pair]
    compared: int
    seconds: float


def planted(size: int, skus: int, seed: int = 11) -> Copies:
    """A shop whose families share category and prices."""
    shop = Families(size, seed)
    records = []
    members: dict[int, list[str]] = {}
    for number, (one, family) in enumerate(zip(shop.listings, shop.family_of, strict=False)):
        draw = random.Random(family)
        goods = next((word for word in GOODS.split() if word in one.title), "日用")
        base = draw.randint(990, 29900)
        members.setdefault(family, []).append(str(number))
        records.append(
            {
                "id": str(number),
                "title": one.title,
                "shop": "s",
                "merchant": "m",
                "category": ["百货", goods, f"{goods}{family % (size // LEAF + 1)}"],
                "attributes": {a.name: a.value for a in one.attributes},
                "skus": [
                    {
                        "id": f"{number}-{place}",
                        "specs": {"颜色": COLOURS[place % len(COLOURS)]},
                        "price": round(base * (1 + place // 2 / 5) / 100, 2),
                    }
                    for place in range(skus)
                ],
            }
        )
    return Copies(records, {pair for ids in members.values() for pair in combinations(sorted(ids), 2)})


def ours(made: list[Fingerprint]) -> tuple[set[Pair], int]:
    """Pairs of listings in one group."""
    matches = match_merchant(made)
    groups = [[group.keeper.id, *(s.listing.id for s in group.surplus)] for group in matches.groups]
    return within(groups), matches.compared


def brute(records: list[dict[str, Any]]) -> tuple[set[Pair], int]:
    """Pairs whose titles are alike enough."""
    titles = ["".join(sorted(record["title"])) for record in records]
    found: set[Pair] = set()
    for start in range(0, len(titles), 500):
        some = titles[start : start + 500]
        alike = process.cdist(some, titles, scorer=fuzz.ratio, score_cutoff=RATIO, dtype=np.uint8)
        left, right = np.nonzero(alike)
        found |= {ordered(str(i), str(j)) for i, j in zip(left + start, right, strict=True) if i != j}
    return found, len(titles) * (len(titles) - 1) // 2


def splink(records: list[dict[str, Any]]) -> tuple[set[Pair], int]:
    """Pairs that Splink thinks more likely than not. Raises ImportError where it is not installed."""
    import pyarrow
    import splink.comparison_library as compare
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    table = pyarrow.Table.from_pylist(
        [
            {
                "unique_id": record["id"],
                "title": record["title"],
                "goods": record["category"][-1],
                "price": record["skus"][0]["price"] if record["skus"] else None,
                "words": sorted(record["attributes"].values()),
            }
            for record in records
        ]
    )
    rules = [block_on("goods", "price"), block_on("goods", "substr(title, 1, 4)")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.JaccardAtThresholds("title", [0.9, 0.7, 0.5]),
            compare.ExactMatch("price"),
            compare.ArrayIntersectAtSizes("words", [5, 3, 1]),
        ],
        blocking_rules_to_generate_predictions=rules,
    )
    linker = Linker(DuckDBAPI().register(table), settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match(rules[:1], recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(rules[0])
    linker.training.estimate_parameters_using_expectation_maximisation(rules[1])
    rows = linker.inference.predict().as_record_list()
    sure = [row for row in rows if row["match_probability"] >= SURE]
    return {ordered(row["unique_id_l"], row["unique_id_r"]) for row in sure}, len(rows)


def within(groups: Iterable[list[str]]) -> set[Pair]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def ordered(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def timed(name: str, work: Callable[[Any], tuple[set[Pair], int]], subject: Any) -> Answer:
    began = time.process_time()
    found, compared = work(subject)
    return Answer(name, found, compared, time.process_time() - began)


def measure(size: int, skus: int) -> None:
    """Print a table for a shop of `size` listings."""
    shop = planted(size, skus)
    made = [fingerprint(listing(record), {}) for record in shop.records]
    match_merchant(made[:50])  # loads what is loaded once
    answers = [timed("pddlint", ours, made), timed("cdist", brute, shop.records)]
    try:
        answers.append(timed("splink", splink, shop.records))
    except ImportError:
        print("splink is not installed")
    print(f"{size} listings, {len(shop.same)} pairs of copies")
    print(f"{'':10}{'CPU s':>8}{'x pddlint':>11}{'ms/listing':>12}{'us/pair':>9}{'pairs':>12}", end="")
    print(f"{'recall':>8}{'precision':>11}")
    for answer in answers:
        right = len(answer.found & shop.same)
        print(
            f"{answer.name:10}{answer.seconds:8.2f}{answer.seconds / answers[0].seconds:11.2f}"
            f"{answer.seconds / size * 1e3:12.3f}{answer.seconds / max(answer.compared, 1) * 1e6:9.2f}"
            f"{answer.compared:12}{right / max(len(shop.same), 1):8.3f}{right / max(len(answer.found), 1):11.3f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, nargs="*", default=[1_000, 5_000])
    parser.add_argument("--skus", type=int, default=5)
    given = parser.parse_args()
    for size in given.listings:
        measure(size, given.skus)


if __name__ == "__main__":
    main()
