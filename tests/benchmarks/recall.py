"""Recall of candidates in one big shop: blocking against brute force with the product's own comparison and weights.

    python -m tests.benchmarks.recall [--listings 2000 5000 20000 100000] [--sample 300] [--shop plain series uniform]

Some listings of a `planted` shop, half of them with a planted copy, are compared with every other listing as matching
compares candidates. Of the pairs that come out over the threshold, and of those over the lower odds from which on
pictures are looked at, blocking should have proposed all; beside them, how many of all planted copies it proposed.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from pddlint.matching import scoring
from pddlint.matching.blocking import candidates
from pddlint.matching.clusters import link_level
from pddlint.matching.comparer import Comparer
from pddlint.matching.match import Options, order_key
from tests.benchmarks.planted import MAKES, planted, prints

LOWER = float(np.log(0.01 / 0.99))  # log-odds from which on pictures may decide
AT_ONCE = 1 << 18  # pairs

Codes = NDArray[np.int64]


def brute(comparer: Comparer, sample: list[int], n: int) -> tuple[Codes, NDArray[np.float64]]:
    """All pairs of the sampled listings that come to the lower odds at least, as i * n + j with i < j, and their odds.

    Those whose prices cannot lift them so far are left without: `Comparer.score` sees to that.
    """
    others = np.arange(n)
    coded, odds = [], []
    step = max(1, AT_ONCE // n)
    for start in range(0, len(sample), step):
        i, j = (part.ravel() for part in np.meshgrid(sample[start : start + step], others, indexing="ij"))
        code = np.unique((np.minimum(i, j) * n + np.maximum(i, j))[i != j])
        found = comparer.score(np.column_stack([code // n, code % n])).odds
        coded.append(code[found >= LOWER])
        odds.append(found[found >= LOWER])
    every, first = np.unique(np.concatenate(coded), return_index=True)
    return every, np.concatenate(odds)[first]


def measure(size: int, sampled: int, make: str) -> None:
    """Print the figures of one shop."""
    shop = planted(size, make=make)
    made = sorted(prints(shop), key=order_key)
    n = len(made)
    place = {f.id: number for number, f in enumerate(made)}
    copies = {tuple(sorted((place[a], place[b]))): way for (a, b), way in shop.way.items()}
    began = time.process_time()
    pairs = candidates(made)
    blocked = time.process_time() - began
    proposed = pairs[:, 0] * n + pairs[:, 1]
    draw = random.Random(size)
    copied = sorted({at for pair in copies for at in pair})
    half = min(sampled // 2, len(copied))
    rest = sorted(set(range(n)) - set(copied))
    sample = sorted([*draw.sample(copied, half), *draw.sample(rest, min(sampled - half, len(rest)))])
    began = time.process_time()
    comparer = Comparer(dict(enumerate(made)), options=Options(verify=False))
    code, odds = brute(comparer, sample, n)
    brutal = time.process_time() - began
    hit = np.isin(code, proposed)
    print(f"{make} {n} listings: {len(pairs) / n:.1f} candidates a listing, blocking {blocked:.1f} s, ", end="")
    print(f"{len(sample)} by brute force {brutal:.1f} s, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB")
    kin = np.array([shop.family[made[at].id] for at in range(n)])
    akin = kin[code // n] == kin[code % n]
    linked = link_level(scoring.weights())
    for name, over in (
        ("over the threshold", odds >= linked),
        (".. of one family", (odds >= linked) & akin),
        ("over the lower odds", odds >= LOWER),
        (".. of one family", (odds >= LOWER) & akin),
    ):
        print(f"    pairs {name:<20} {int(over.sum()):>7}  proposed {hit[over].mean():.4f}")
    wanted = np.array([i * n + j for i, j in copies])
    found = np.isin(wanted, proposed)
    ways = Counter(copies.values())
    got = Counter(way for way, one in zip(copies.values(), found.tolist(), strict=True) if one)
    each = "  ".join(f"{way} {got[way] / count:.4f}" for way, count in ways.items())
    print(f"    planted copies {len(wanted):>19}  proposed {found.mean():.4f}: {each}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, nargs="*", default=[2_000, 5_000, 20_000])
    parser.add_argument("--sample", type=int, default=300, help="listings compared with all others")
    parser.add_argument("--shop", nargs="*", choices=MAKES, default=["plain"])
    given = parser.parse_args()
    for make in given.shop:
        for size in given.listings:
            measure(size, given.sample, make)


if __name__ == "__main__":
    main()
