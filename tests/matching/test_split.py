"""A merchant taken apart, however, gives what it gives in one piece."""

from __future__ import annotations

import pickle
import random
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from pddlint.catalog.formats.plain import listing
from pddlint.catalog.model import Listing
from pddlint.catalog.read import ReadOptions, read_catalog
from pddlint.judging import picture_paths
from pddlint.matching import blocking, scoring, split
from pddlint.matching.blocking import Limits
from pddlint.matching.fingerprint import Fingerprint, fingerprint
from pddlint.matching.match import MerchantMatches, match_merchant, order_key
from pddlint.matching.verification import LocalMatch, Verifier
from pddlint.pictures import look
from tests.benchmarks.catalogs import records

DEMO = Path(__file__).parents[2] / "fixtures" / "demo-shop"


class Remembering(Verifier):
    """Looks at each pair of galleries once, however often it is asked: the tests ask for each way of splitting."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[tuple[str, str], LocalMatch] = {}

    def compare(self, a: Fingerprint, b: Fingerprint, widely: bool = False) -> LocalMatch:
        key = (a.place.origin.path + a.id, b.place.origin.path + b.id)
        if key not in self.known:
            self.known[key] = super().compare(a, b, widely)
        return self.known[key]


def shop(size: int, seed: int) -> list[Fingerprint]:
    """A generated shop, some of its listings without SKUs, some without a category."""
    draw = random.Random(seed)
    made: list[Fingerprint] = []
    for record in records("shop", size, 3, seed):
        known: dict[str, Any] = {**record}
        if draw.random() < 0.3:
            known["skus"] = []
        if draw.random() < 0.2:
            known["category"] = []
        made.append(fingerprint(listing(known), {}))
    return sorted(made, key=order_key)


@pytest.fixture(scope="module")
def demo() -> list[Fingerprint]:
    read = read_catalog([DEMO], ReadOptions(base=str(DEMO)))
    made = [
        fingerprint(one, {path: look(path) for path in picture_paths(one)})
        for one in read
        if isinstance(one, Listing) and one.on_sale
    ]
    return sorted(made, key=order_key)


@pytest.mark.parametrize("blocks", [1, 2, 3, 7])
@pytest.mark.parametrize(("size", "seed"), [(120, 3), (460, 4)])
def test_a_generated_shop_in_blocks_matches_as_in_one_piece(size: int, seed: int, blocks: int) -> None:
    made = shop(size, seed)
    assert split.match_in_blocks(made, blocks) == match_merchant(made)


def test_a_shop_with_pictures_in_blocks_matches_as_in_one_piece(demo: list[Fingerprint]) -> None:
    verifier = Remembering()
    whole = match_merchant(demo, verifier=verifier)
    assert any(s.picture for group in whole.groups for s in group.surplus)
    for blocks in (1, 2, 5):
        assert split.match_in_blocks(demo, blocks, verifier=verifier) == whole


def test_all_that_travels_between_workers_survives_the_journey() -> None:
    """Each step in a worker of its own that knows only what it is sent."""
    made, blocks = shop(460, 5), 3
    parts = [made[:200], made[200:]]
    counted = [travelled(split.Statistics.fit(part)) for part in parts]
    statistics = travelled(split.Statistics.merge(counted))
    rows = travelled(split.Rows.join([travelled(split.Rows.of(part)) for part in parts]))
    shares = [travelled(split.share(rows, part=part, parts=4)) for part in range(4)]
    pairs = split.union(shares, len(made))
    scored = []
    for tile in map(travelled, split.tiles(pairs, len(made), blocks)):
        sent = {number: shipped(made[number]) for number in tile.numbers()}
        scored.append(travelled(split.score(tile.pairs, sent, statistics)))
    clusters = travelled(split.unite(scored[::-1], scoring.weights()))
    groups = []
    for cluster in clusters:
        groups += split.explain([cluster], {number: shipped(made[number]) for number in cluster.members}, statistics)
    looked = sum(len(part.looked) for part in scored)
    assert MerchantMatches(made[0].merchant, tuple(groups), len(pairs), looked) == match_merchant(made)


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_shares_of_the_candidates_unite_to_all_of_them(parts: int) -> None:
    made = shop(700, 6)
    rows = split.Rows.join([split.Rows.of(made[:50]), split.Rows.of(made[50:50]), split.Rows.of(made[50:])])
    shares = [split.share(rows, part=part, parts=parts) for part in range(parts)]
    assert np.array_equal(split.union(shares, len(made)), blocking.candidates(made))


def test_shares_cost_about_their_part() -> None:
    rows = split.Rows.of(shop(700, 6))
    sizes = [len(split.share(rows, Limits(all_pairs=10), part, 2)) for part in range(2)]
    assert max(sizes) < 0.85 * sum(sizes)


def shipped(one: Fingerprint) -> Fingerprint:
    return msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Fingerprint)


def travelled(thing: Any) -> Any:
    return pickle.loads(pickle.dumps(thing))
