"""Real listings with known identity, as pairs to fit and to judge by; the file is given by path and stays where it is.

One JSON object a line: `title`, `category` (list, root first), `attrs` (name -> value), `seller` ("" unknown) and
`cluster` (the true item). Three ways to make shops of them:

- "shop": every seller is a merchant; all pairs inside it. 服饰配件 (a root category holding 配件) is left out.
- "catalog": all listings together are one merchant; the candidate pairs of blocking.
- "mixed": made-up merchants of 40, 150, 600 and 2,500 listings in which most items occur once and few up to four times,
  as in shops that lint clean but for some listings.

    python -m tests.benchmarks.real_listings LISTINGS.jsonl     prints what each mode holds and how plain scores do on
    it
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from pddlint.catalog.model import Attribute, Listing
from pddlint.matching import nearest
from pddlint.matching.blocking import Limits
from pddlint.matching.textprint import TextPrint, name_values, text_print, unpack_all
from pddlint.matching.textual import FEATURES, TextStats, compare_many
from pddlint.matching.traits import traits

Floats = NDArray[np.float64]
Pairs = NDArray[np.int64]
Mode = Literal["shop", "catalog", "mixed"]

ALL_PAIRS = Limits().all_pairs
MADE_UP = ((40, 25), (150, 8), (600, 3), (2500, 2))  # listings of a made-up merchant, merchants
FOLDS = 5


class Row(msgspec.Struct):
    """One line of the file."""

    title: str
    category: list[str]
    attrs: dict[str, str]
    cluster: int
    seller: str = ""
    id: str = ""


class Shop(msgspec.Struct):
    """One merchant: indices into the file's rows, candidate pairs (indices into `members`) and their true answers."""

    members: NDArray[np.int64]
    pairs: Pairs
    same: NDArray[np.bool_]
    matches: int  # true pairs, also those that are no candidates


@lru_cache(maxsize=2)
def load_rows(path: str) -> tuple[Row, ...]:
    """All rows of the file, in order."""
    with Path(path).open("rb") as lines:
        return tuple(msgspec.json.decode(line, type=Row) for line in lines if line.strip())


def listing_of(row: Row) -> Listing:
    """The row as pddlint sees a listing."""
    attributes = tuple(Attribute(name, value) for name, value in row.attrs.items())
    brand = row.attrs.get("品牌", "")
    return Listing(row.id, row.title, category=tuple(row.category), attributes=attributes, brand=brand)


@lru_cache(maxsize=2)
def load_prints(path: str) -> tuple[TextPrint, ...]:
    """The text prints of all rows, in order."""
    listings = [listing_of(row) for row in load_rows(path)]
    return tuple(text_print(listing, traits(listing)[0].core) for listing in listings)


def shops(path: str, mode: Mode) -> Iterator[Shop]:
    """The merchants of a mode, always the same for the same file."""
    rows, prints = load_rows(path), load_prints(path)
    clusters = np.array([row.cluster for row in rows])
    for members in _members(rows, mode):
        index = np.array(members, np.int64)
        n = len(index)
        if n <= ALL_PAIRS:
            pairs = np.column_stack(np.triu_indices(n, 1)).astype(np.int64)
        else:
            mine = [prints[i] for i in members]
            grams = nearest.Words(*unpack_all([text.grams for text in mine]))
            coded = nearest.neighbours(grams, nearest.Words(*name_values(mine)), Limits().neighbours)
            pairs = np.column_stack([coded // n, coded % n])
        items = clusters[index]
        matches = sum(c * (c - 1) // 2 for c in Counter(items.tolist()).values())
        yield Shop(index, pairs, items[pairs[:, 0]] == items[pairs[:, 1]], matches)


def _members(rows: tuple[Row, ...], mode: Mode) -> Iterator[list[int]]:
    if mode == "catalog":
        yield list(range(len(rows)))
    elif mode == "shop":
        sellers: dict[str, list[int]] = defaultdict(list)
        for index, row in enumerate(rows):
            if row.seller and "配件" not in row.category[0]:
                sellers[row.seller].append(index)
        yield from (members for members in sellers.values() if len(members) > 1)
    else:
        draw = random.Random(20260101)
        for size, times in MADE_UP:
            for _ in range(times):
                yield _made_up(rows, size, draw)


def _made_up(rows: tuple[Row, ...], size: int, draw: random.Random) -> list[int]:
    of_cluster: dict[int, list[int]] = defaultdict(list)
    for index in draw.sample(range(len(rows)), len(rows)):
        of_cluster[rows[index].cluster].append(index)
    names = sorted(of_cluster)
    members: list[int] = []
    while len(members) < min(size, len(rows)):
        held = of_cluster[draw.choice(names)]
        members += [held.pop() for _ in range(min(draw.choice((1, 1, 1, 1, 2, 2, 3, 4)), len(held)))]
    return sorted(members[:size])


def load_pairs(path: str | Path, mode: Mode) -> tuple[Floats, NDArray[np.bool_], NDArray[np.int64]]:
    """Features (pairs, FEATURES), labels (same item?), and each pair's two folds (pairs, 2) of FOLDS for
    cross-validation.

    Folds are of clusters: fit on pairs with both folds outside k, judge pairs whose first fold is k.
    """
    features, labels, folds = [], [], []
    rows, prints = load_rows(str(path)), load_prints(str(path))
    fold = np.array([_fold(row.cluster) for row in rows])
    for shop in shops(str(path), mode):
        mine = [prints[i] for i in shop.members]
        features.append(compare_many(mine, shop.pairs, TextStats.fit(mine)))
        labels.append(shop.same)
        folds.append(fold[shop.members[shop.pairs]])
    return np.concatenate(features), np.concatenate(labels), np.concatenate(folds)


def _fold(cluster: int) -> int:
    return (cluster * 2_654_435_761 >> 7) % FOLDS


def recall_at(precision: float, labels: NDArray[np.bool_], scores: Floats, matches: int) -> float:
    """The largest share of `matches` found by a cut of the scores whose finds are true to at least `precision`."""
    order = np.argsort(-scores, kind="stable")
    found = np.cumsum(labels[order])
    cut = np.append(scores[order][1:] != scores[order][:-1], True)
    good = cut & (found >= precision * np.arange(1, len(found) + 1))
    return float(found[good].max() / matches) if good.any() else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("listings", help="JSON Lines file of labelled listings")
    path: Any = parser.parse_args().listings
    modes: tuple[Mode, ...] = ("shop", "mixed", "catalog")
    for mode in modes:
        features, labels, _ = load_pairs(path, mode)
        matches = sum(shop.matches for shop in shops(path, mode))
        print(f"{mode}: {len(labels)} pairs, {matches} true, {labels.sum() / matches:.3f} of them candidates")
        title, attribute = (np.nan_to_num(features[:, FEATURES.index(f"{n}_cosine")]) for n in ("title", "attribute"))
        blend = 0.6 * title + 0.4 * attribute
        for name, scores in (("titles", title), ("attributes", attribute), (".6 titles + .4 attributes", blend)):
            print(f"    {name:<26} recall {recall_at(0.95, labels, scores, matches):.3f} at precision .95")


if __name__ == "__main__":
    main()
