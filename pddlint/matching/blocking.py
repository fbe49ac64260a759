"""Which pairs of a merchant's listings are worth comparing.

A pair is a candidate when it shares a key that few others hold (merchant code, picture, price ladder, SKU table,
style number), when two pictures are near, or when one listing is among the other's nearest by words. Small merchants
skip all that: every pair is a candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from pddlint.matching import hamming, nearest
from pddlint.matching.gallery import Shot
from pddlint.matching.keys import Coded, Indices, Keys, code, grouped
from pddlint.matching.textprint import TextPrint, unpack
from pddlint.matching.variants import SkuPrint


class Blockable(Protocol):
    """What blocking reads of a fingerprint."""

    @property
    def text(self) -> TextPrint: ...
    @property
    def codes(self) -> tuple[str, ...]: ...
    @property
    def stem(self) -> str: ...
    @property
    def shots(self) -> tuple[Shot, ...]: ...
    @property
    def skus(self) -> tuple[SkuPrint, ...]: ...


class Limits(msgspec.Struct, frozen=True):
    """How far blocking goes.

    `all_pairs`: merchants of so many listings compare every pair. `neighbours`: nearest listings by words.
    `group`: a key shared by up to so many listings pairs them all; by more, each with the next `window` in order; by
    more than `common` of them (at least), it is dropped as saying nothing. `distance`: Hamming distance of near
    pictures.
    """

    all_pairs: int = 400
    neighbours: int = 40
    group: int = 60
    window: int = 12
    common: int = 2_000
    distance: int = 10


DEFAULT = Limits()


def candidates(fingerprints: Sequence[Blockable], limits: Limits = DEFAULT) -> NDArray[np.int64]:
    """Candidate pairs (i, j), i < j, unique and sorted, shape (pairs, 2); depends on nothing but the listings and
    their order."""
    n = len(fingerprints)
    if n <= limits.all_pairs:
        return np.column_stack(np.triu_indices(n, 1)).astype(np.int64)
    found = [_grouped(*keys, n, limits) for keys in _keys(fingerprints)]
    found += _pictures(fingerprints, limits)
    found.append(nearest.neighbours([f.text for f in fingerprints], limits.neighbours))
    coded = np.unique(np.concatenate(found))
    return np.column_stack([coded // n, coded % n])


def _grouped(listings: Indices, keys: Keys, n: int, limits: Limits) -> Coded:
    return grouped(listings, keys, n, group=limits.group, window=limits.window, common=limits.common)


def _keys(fingerprints: Sequence[Blockable]) -> list[tuple[Indices, Keys]]:
    """(listing, key) columns of every kind of shared key, apart from words and near pictures."""
    kinds: tuple[Callable[[Blockable], Iterable[int]], ...] = (
        lambda f: (_hash(c) for c in {*f.codes, f.stem} - {""}),
        lambda f: {s.print.digest: _hash(s.print.digest) for s in f.shots}.values(),
        lambda f: _ladder(f.skus),
        lambda f: _table(f.skus),
        lambda f: [x for x in (f.text.title, f.text.style ^ 1 if f.text.style else 0) if x],
        lambda f: set(unpack(f.text.models).tolist()),
    )
    return [_columns(kind, fingerprints) for kind in kinds]


def _columns(kind: Callable[[Blockable], Iterable[int]], fingerprints: Sequence[Blockable]) -> tuple[Indices, Keys]:
    listings: list[int] = []
    keys: list[int] = []
    for index, fingerprint in enumerate(fingerprints):
        held = list(kind(fingerprint))
        keys += held
        listings += [index] * len(held)
    return np.array(listings, np.int64), np.array(keys, np.uint64)


def _ladder(skus: Sequence[SkuPrint]) -> list[int]:
    """The set of prices, where three or more make chance unlikely."""
    prices = sorted({sku.price_fen for sku in skus if sku.price_fen})
    return [_hash(repr(prices))] if len(prices) >= 3 else []


def _table(skus: Sequence[SkuPrint]) -> list[int]:
    """The set of variants, where three or more SKUs make chance unlikely."""
    rows = sorted({sku.values for sku in skus if sku.values})
    return [_hash(repr(rows))] if len(rows) >= 3 else []


def _hash(value: str | bytes) -> int:
    raw = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(raw, digest_size=8).digest(), "little")


def _pictures(fingerprints: Sequence[Blockable], limits: Limits) -> list[Coded]:
    """Pairs whose galleries hold near pictures, any slot against any, upright or mirrored; blank pictures prove
    nothing."""
    n = len(fingerprints)
    shown = [(i, shot.print) for i, f in enumerate(fingerprints) for shot in f.shots if not shot.print.blank]
    rows = [(i, found.phash, found.phash_mirrored) for i, found in shown]
    if not rows:
        return []
    owners = np.array([row[0] for row in rows], np.int64)
    upright, which = np.unique(np.array([row[1] for row in rows], np.uint64), return_inverse=True)
    mirrored, turned = np.unique(np.array([row[2] for row in rows], np.uint64), return_inverse=True)
    found = [_grouped(*_once(owners, which), n, limits)]
    for hashes, holders in ((upright, which), (mirrored, turned)):
        i, j = hamming.near(upright, hashes, limits.distance)
        if hashes is upright:
            i, j = i[i < j], j[i < j]
        found.append(_expand(i, j, *_once(owners, which), *_once(owners, holders), n, limits))
    return found


def _once(owners: Indices, keys: Indices) -> tuple[Indices, Keys]:
    """Each (owner, key) once, ordered by key."""
    both = np.unique(np.column_stack([keys, owners]), axis=0)
    return both[:, 1], both[:, 0].astype(np.uint64)


def _expand(
    i: Indices, j: Indices, left: Indices, left_keys: Keys, right: Indices, right_keys: Keys, n: int, limits: Limits
) -> Coded:
    """Near hashes i, j to the pairs of listings that show them; a hash on more than `group` listings is a size chart
    or a logo."""
    begin = np.searchsorted(left_keys, i.astype(np.uint64))
    count = np.searchsorted(left_keys, i.astype(np.uint64), side="right") - begin
    start = np.searchsorted(right_keys, j.astype(np.uint64))
    width = np.searchsorted(right_keys, j.astype(np.uint64), side="right") - start
    few = (count <= limits.group) & (width <= limits.group)
    begin, count, start, width = begin[few], count[few], start[few], width[few]
    size = count * width
    row = np.repeat(np.arange(len(size)), size)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size)
    return np.unique(code(left[begin[row] + offset // width[row]], right[start[row] + offset % width[row]], n))
