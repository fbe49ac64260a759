"""Bait SKUs: precision, recall and kind by merchant, rule and difficulty, beside three rivals in the same run.

    python -m tests.benchmarks.bait                                        on the tests' own labelled listings
    python -m tests.benchmarks.bait --catalogs DIR --labels LABELS.jsonl   on labelled catalogs, DIR/MERCHANT/...
    python -m tests.benchmarks.bait --honest FILE ...                      on honest catalogs: whom does it accuse?

A label is {"type": "bait", "id": LISTING, "skus": [...], "kind": ..., "difficulty": ...} a line. Rivals: a price under
one yuan; a plain list of words; less than 0.3 of the median of the other SKUs.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from pddlint.catalog.model import Listing, Sku
from pddlint.catalog.read import read_catalog
from pddlint.checkers.bait.judge import judge
from pddlint.checkers.bait.settings import DEFAULT_CONFIDENCE
from tests.checkers.bait.listings import FOLDER, read

KINDS = {
    "BAIT001": "mixed_category",
    "BAIT002": "mixed_spec",
    "BAIT003": "accessory",
    "BAIT004": "nonexistent",
    "BAIT005": "irregular",
}
WORDS = (
    "补差",
    "不发",
    "勿拍",
    "专拍",
    "定金",
    "订金",
    "邮费",
    "运费",
    "配件",
    "样品",
    "小样",
    "二手",
    "样机",
    "瑕疵",
    "试用",
    "体验",
)


class Case(NamedTuple):
    """A listing of a set, and kind and difficulty of its bait SKUs by id."""

    name: str
    listing: Listing
    bait: dict[str, tuple[str, str]]


Judge = Callable[[Listing], dict[str, str]]


def ours(listing: Listing) -> dict[str, str]:
    sure = [verdict for verdict in judge(listing) if verdict.confidence >= DEFAULT_CONFIDENCE]
    return {verdict.sku.id: KINDS[verdict.code] for verdict in sure}


def under_a_yuan(listing: Listing) -> dict[str, str]:
    return {sku.id: "" for sku in listing.live_skus if sku.price_fen and sku.price_fen < 100}


def word_list(listing: Listing) -> dict[str, str]:
    return {sku.id: "" for sku in listing.live_skus if any(word in sku.name for word in WORDS)}


def ratio(listing: Listing) -> dict[str, str]:
    def low(sku: Sku) -> bool:
        others = [other.price_fen for other in listing.live_skus if other is not sku and other.price_fen]
        return bool(sku.price_fen and others and sku.price_fen < 0.3 * median(others))

    return {sku.id: "" for sku in listing.live_skus if low(sku)}


def own_cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("cases*.txt")):
        for listing, bait in read(path):
            yield Case(path.stem, listing, {key: (KINDS[code], "") for key, code in bait.items()})


def labelled_cases(catalogs: Path, labels: Path) -> Iterator[Case]:
    for merchant in sorted(path for path in catalogs.iterdir() if path.is_dir()):
        yield from labelled_listings(merchant.name, [merchant], labels)


def labelled_listings(name: str, paths: Iterable[Path], labels: Path) -> Iterator[Case]:
    """The listings under `paths` as cases of the set `name`."""
    gold: dict[str, dict[str, tuple[str, str]]] = {}
    for line in labels.read_text("utf-8").splitlines():
        label = json.loads(line)
        if label["type"] == "bait":
            gold.setdefault(str(label["id"]), {}).update(
                {str(sku): (label["kind"], label["difficulty"]) for sku in label["skus"]}
            )
    for listing in listings(paths):
        yield Case(name, listing, gold.get(listing.id, {}))


def listings(paths: Iterable[Path]) -> Iterator[Listing]:
    return (record for record in read_catalog(list(paths)) if isinstance(record, Listing))


def figures(counts: Counter[str]) -> str:
    precision = counts["hit"] / max(1, counts["hit"] + counts["false"])
    recall = counts["hit"] / max(1, counts["hit"] + counts["miss"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    absolute = f"(hit {counts['hit']} false {counts['false']} miss {counts['miss']})"
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  {absolute}"


def count(case: Case, found: dict[str, str]) -> Counter[str]:
    return Counter(
        hit=len(found.keys() & case.bait.keys()),
        false=len(found.keys() - case.bait.keys()),
        miss=len(case.bait.keys() - found.keys()),
        kind=sum(case.bait[key][0] == kind for key, kind in found.items() if key in case.bait),
    )


def table(cases: list[Case], show: bool) -> None:
    rivals: dict[str, Judge] = {
        "under 1 yuan": under_a_yuan,
        "word list": word_list,
        "0.3 of median": ratio,
        "pddlint": ours,
    }
    for name, rival in rivals.items():
        total: Counter[str] = Counter()
        for case in cases:
            total += count(case, rival(case.listing))
        print(f"{name:15}", figures(total))
    sets: dict[str, Counter[str]] = {}
    groups: dict[str, Counter[str]] = {}
    confusion: Counter[tuple[str, str]] = Counter()
    for case in cases:
        found = ours(case.listing)
        sets.setdefault(case.name, Counter()).update(count(case, found))
        for key, (kind, difficulty) in case.bait.items():
            for group in filter(None, (kind, difficulty)):
                groups.setdefault(group, Counter())["hit" if key in found else "miss"] += 1
            if key in found and found[key] != kind:
                confusion[kind, found[key]] += 1
        if show:
            for key in found.keys() ^ case.bait.keys():
                sku = case.listing.sku(key)
                print("  missed" if key in case.bait else "  FALSE ", case.listing.title, "/", sku and sku.name)
    print()
    for name, counts in sets.items():
        print(f"{name:15}", figures(counts), f" kind {counts['kind'] / max(1, counts['hit']):.3f}")
    print()
    for name, counts in groups.items():
        print(f"{name:15} recall {counts['hit']}/{counts['hit'] + counts['miss']}")
    for (kind, said), times in confusion.most_common():
        print(f"{kind} named {said}: {times}")


def honest(paths: list[Path]) -> None:
    made = [listing for listing in listings(paths) if len(listing.live_skus) > 1]
    for name, rival in (("0.3 of median", ratio), ("pddlint", ours)):
        accused = [(listing, rival(listing)) for listing in made]
        accused = [(listing, found) for listing, found in accused if found]
        print(f"{name:15} accuses {len(accused)} of {len(made)} listings")
        if name == "pddlint":
            for listing, found in accused:
                names = "; ".join(f"{sku.name} {found[sku.id]}" for sku in listing.live_skus if sku.id in found)
                print("  ", listing.title, "/", names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--catalogs", type=Path, help="folder of labelled merchants")
    parser.add_argument("--labels", type=Path, help="labels of --catalogs (default: labels.jsonl in it)")
    parser.add_argument("--honest", type=Path, nargs="*", default=[], help="catalogs without bait")
    parser.add_argument("--show", action="store_true", help="name each miss and false alarm")
    arguments = parser.parse_args()
    if arguments.catalogs:
        cases = list(labelled_cases(arguments.catalogs, arguments.labels or arguments.catalogs / "labels.jsonl"))
    else:
        cases = list(own_cases())
    started = time.process_time()
    table(cases, arguments.show)
    print(f"\n{len(cases)} listings, {time.process_time() - started:.1f} s of CPU")
    if arguments.honest:
        honest(arguments.honest)


if __name__ == "__main__":
    main()
