"""Scoring pairs: the dearest evidence is left out only where it makes no difference."""

from __future__ import annotations

import numpy as np

from pddlint.matching import clustering
from pddlint.matching.clusters import NOTHING, link_level, unite
from pddlint.matching.comparer import Comparer
from pddlint.matching.fingerprint import Fingerprint
from pddlint.matching.match import order_key
from pddlint.matching.verification import LocalMatch, Verifier
from tests.benchmarks.planted import planted, prints
from tests.matching.test_gallery import shirt


def test_leaving_out_evidence_that_cannot_matter_changes_nothing() -> None:
    ordered = sorted(prints(planted(150, 0.05)), key=order_key)
    pairs = np.column_stack(np.triu_indices(len(ordered), 1))
    hasty, thorough = Comparer(dict(enumerate(ordered))), Comparer(dict(enumerate(ordered)))
    assert hasty.hasty
    thorough.hasty = False
    brief, whole = hasty.score(pairs), thorough.score(pairs)
    differing = brief.odds != whole.odds
    assert differing.any()
    assert (whole.odds[differing] <= min(clustering.VETO, link_level(hasty.weights))).all()
    assert ((brief.odds > NOTHING) == (whole.odds > NOTHING)).all()
    clusters = [unite([scored], hasty.weights) for scored in (brief, whole)]
    assert [one.members for one in clusters[0]] == [one.members for one in clusters[1]] != []
    assert hasty.explain(clusters[0]) == thorough.explain(clusters[1])


def test_what_pictures_might_say_keeps_no_pair_open_where_there_are_none() -> None:
    ordered = sorted(prints(planted(150, 0.05)), key=order_key)
    pairs = np.column_stack(np.triu_indices(len(ordered), 1))
    without, forgotten = Comparer(dict(enumerate(ordered))), Comparer(dict(enumerate(ordered)))
    assert not any(one.shots for one in ordered)
    forgotten.silent = frozenset()
    brief, whole = without.score(pairs), forgotten.score(pairs)
    assert len(without._hastily(pairs)[0]) < len(forgotten._hastily(pairs)[0])
    clusters = [unite([scored], without.weights) for scored in (brief, whole)]
    assert without.explain(clusters[0]) == forgotten.explain(clusters[1]) != ()


def test_listings_with_gaps_in_their_numbers_score_as_those_without() -> None:
    ordered = sorted(prints(planted(120, 0.02)), key=order_key)
    pairs = np.column_stack(np.triu_indices(len(ordered), 1))
    plain = Comparer(dict(enumerate(ordered))).score(pairs)
    spread = Comparer({3 * number + 1: one for number, one in enumerate(ordered)}).score(3 * pairs + 1)
    assert plain.odds.tolist() == spread.odds.tolist()
    assert plain.freed.tolist() == spread.freed.tolist()


class Noting(Verifier):
    """Notes how widely pairs are to be looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.widely: list[bool] = []

    def compare(self, a: Fingerprint, b: Fingerprint, widely: bool = False) -> LocalMatch:
        self.widely.append(widely)
        return LocalMatch()


def test_of_large_galleries_with_nothing_alike_only_the_main_images_are_looked_at() -> None:
    for pictures, wide in ((2, True), (3, False)):
        made = [shirt(n, "T恤", *range(10 * n, 10 * n + pictures)) for n in (1, 2)]
        verifier = Noting()
        Comparer(dict(enumerate(made)), verifier=verifier).score(np.array([(0, 1)]))
        assert verifier.widely == [wide]
