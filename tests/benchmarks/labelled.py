"""Labelled catalogs as fingerprints, pairs and truths, for fitting and measuring duplicate detection.

A labelled folder holds one sub-folder a merchant, whose sub-folders are its shops, and `labels.jsonl` with rows
`{"type": "duplicate", "ids": [...], "kind": ..., "difficulty": ...}` (others are passed over). Pairs of one merchant
that no label joins, directly or over others, are different items.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from pddlint.catalog.model import Listing
from pddlint.catalog.read import ReadOptions, read_catalog
from pddlint.judging import picture_paths
from pddlint.matching import kinds
from pddlint.matching.comparison import COLUMNS, Merchant
from pddlint.matching.fingerprint import Fingerprint, fingerprint
from pddlint.matching.verification import LocalMatch, Verifier
from pddlint.pictures import look

Floats = NDArray[np.float64]
IdPair = tuple[str, str]


class Labelled(msgspec.Struct):
    """One merchant: its listings, the pairs that are one item (transitively) and the kind each label gives."""

    name: str
    fingerprints: list[Fingerprint]
    same: set[IdPair]
    kinds: dict[IdPair, str]


class Remembering(Verifier):
    """A verifier that compares each pair of listings once, however often it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[IdPair, LocalMatch] = {}

    def compare(self, a: Fingerprint, b: Fingerprint, widely: bool = False) -> LocalMatch:
        if (a.id, b.id) not in self._known:
            self._known[a.id, b.id] = super().compare(a, b, widely)
        return self._known[a.id, b.id]


def load(root: Path) -> list[Labelled]:
    """The merchants of a labelled folder, by name."""
    rows = [msgspec.json.decode(line) for line in (root / "labels.jsonl").read_bytes().splitlines() if line.strip()]
    duplicates = [row for row in rows if row["type"] == "duplicate"]
    return [merchant_of(folder, duplicates) for folder in sorted(root.iterdir()) if folder.is_dir()]


def merchant_of(folder: Path, duplicates: list[dict[str, Any]]) -> Labelled:
    """The listings below a folder as one merchant, with those of the duplicate labels that are all about them."""
    options = ReadOptions(base=str(folder))
    listings = [record for record in read_catalog([folder], options) if isinstance(record, Listing)]
    made = [
        fingerprint(
            msgspec.structs.replace(one, merchant=folder.name), {path: look(path) for path in picture_paths(one)}
        )
        for one in listings
    ]
    made.sort(key=lambda f: (f.shop, f.id))
    own = {f.id for f in made}
    mine = [row for row in duplicates if own.issuperset(row["ids"])]
    kind = {pair: row["kind"] for row in mine for pair in combinations(sorted(row["ids"]), 2)}
    return Labelled(folder.name, made, closure(row["ids"] for row in mine), kind)


def closure(groups: Iterable[list[str]]) -> set[IdPair]:
    """All pairs that groups join, directly or over common members; each pair sorted."""
    home: dict[str, set[str]] = {}
    for group in groups:
        merged = set(group).union(*(home.get(member, set()) for member in group))
        for member in merged:
            home[member] = merged
    return {pair for group in {id(g): g for g in home.values()}.values() for pair in combinations(sorted(group), 2)}


class Table(msgspec.Struct):
    """All pairs of some merchants: evidence (pairs, COLUMNS), truth, weight, and the merchant each pair is of."""

    matrix: Floats
    truth: Floats
    weight: Floats
    merchant: NDArray[np.int64]


def table(merchants: list[Labelled], verifier: Verifier) -> Table:
    """Evidence of all pairs worth learning from. Far pairs, all alike, stand in by a quarter of weight four.

    Pairs that the exemption of accessories and bags frees are left out: labels call them no duplicates though they
    may be one item.
    """
    parts = [_pairs(labelled, number, verifier) for number, labelled in enumerate(merchants)]
    joined = [np.concatenate([getattr(part, name) for part in parts]) for name in Table.__struct_fields__]
    return Table(*joined)


def _pairs(labelled: Labelled, number: int, verifier: Verifier) -> Table:
    listed = labelled.fingerprints
    pairs = np.column_stack(np.triu_indices(len(listed), 1)).astype(np.int64)
    matrix = Merchant(listed).compare(pairs)
    truth = np.array([tuple(sorted((listed[i].id, listed[j].id))) in labelled.same for i, j in pairs.tolist()], float)
    near = matrix[:, COLUMNS.index("category_near")] >= 0.3
    alike = np.nan_to_num(matrix[:, COLUMNS.index("text_title_cosine")]) >= 0.12
    seen = np.nan_to_num(matrix[:, COLUMNS.index("picture")]) >= 0.5
    far = (truth == 0) & ~near & ~alike & ~seen
    kept = ~far | (np.arange(len(pairs)) % 4 == 0)
    local = COLUMNS.index("local_main")
    for row in np.flatnonzero(kept).tolist():
        a, b = listed[pairs[row, 0]], listed[pairs[row, 1]]
        if truth[row] == 0 and kinds.judge(a, b).exempt:
            kept[row] = False
        elif not far[row] and a.shots and b.shots:
            matrix[row, local] = verifier.compare(a, b, widely=True).score
    weight = np.where(far, 4.0, 1.0)
    return Table(matrix[kept], truth[kept], weight[kept], np.full(int(kept.sum()), number))
