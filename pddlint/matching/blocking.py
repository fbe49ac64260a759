"""Which pairs of a merchant's listings are worth comparing.

A pair is a candidate when it shares a key that few others hold (merchant code, picture, price ladder, SKU table, style
number, all words of the title, the whole data sheet), when two pictures are near, or when one listing is among the
other's nearest by words. Small merchants skip all that: every pair is a candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from pddlint.matching import hamming, nearest
from pddlint.matching.gallery import Shot
from pddlint.matching.keys import Coded, Indices, Keys, code, distinct, grouped
from pddlint.matching.kin import Wholes
from pddlint.matching.nearest import Words
from pddlint.matching.sets import sets
from pddlint.matching.tally import digests
from pddlint.matching.textprint import TextPrint, name_values, unpack_all

Pairs = NDArray[np.int64]
_MIX = np.uint64(0x9E3779B97F4A7C15)  # spreads keys over shares


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
    def wholes(self) -> Wholes: ...


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


class Rows(msgspec.Struct, frozen=True):
    """What blocking needs of a merchant's listings, or of a part of them in order: a few hundred bytes each.

    `keys` are, for every kind of shared key, the listing and the key of each; `grams` and `values` the words; `owners`
    the listings of the pictures that are not blank, `upright` and `mirrored` their hashes.
    """

    size: int
    keys: tuple[tuple[Indices, Keys], ...]
    grams: Words
    values: Words
    owners: Indices
    upright: Keys
    mirrored: Keys

    @staticmethod
    def of(fingerprints: Sequence[Blockable], *, alone: bool = False) -> Rows:
        """The rows of some listings, numbered from 0; `alone` makes cheaper ones that cannot be joined to others."""
        shown = [(i, shot.print) for i, f in enumerate(fingerprints) for shot in f.shots if not shot.print.blank]
        return Rows(
            size=len(fingerprints),
            keys=(
                *(_columns(kind, fingerprints, alone) for kind in _KINDS),
                _styles(fingerprints),
                _models(fingerprints),
                *(_wholes(fingerprints, name) for name in Wholes.__struct_fields__),
            ),
            grams=Words(*unpack_all([f.text.grams for f in fingerprints])),
            values=Words(*name_values([f.text for f in fingerprints])),
            owners=np.array([i for i, _ in shown], np.int64),
            upright=np.array([found.phash for _, found in shown], np.uint64),
            mirrored=np.array([found.phash_mirrored for _, found in shown], np.uint64),
        )

    @staticmethod
    def join(parts: Sequence[Rows]) -> Rows:
        """The rows of several parts, numbered on."""
        before = np.cumsum([0, *(part.size for part in parts)]).tolist()
        return Rows(
            size=before[-1],
            keys=tuple(_joined(kind, before) for kind in zip(*(part.keys for part in parts), strict=True)),
            grams=Words.join([part.grams for part in parts]),
            values=Words.join([part.values for part in parts]),
            owners=np.concatenate([part.owners + b for part, b in zip(parts, before, strict=False)]),
            upright=np.concatenate([part.upright for part in parts]),
            mirrored=np.concatenate([part.mirrored for part in parts]),
        )


def candidates(fingerprints: Sequence[Blockable], limits: Limits = DEFAULT) -> Pairs:
    """Candidate pairs (i, j), i < j, unique and sorted, shape (pairs, 2); depends on nothing but the listings and
    their order."""
    return share(Rows.of(fingerprints, alone=True), limits)


def share(rows: Rows, limits: Limits = DEFAULT, part: int = 0, parts: int = 1) -> Pairs:
    """One of `parts` shares of the candidate pairs of all rows: the shares' union (`union`) is `candidates`.

    Each costs about its part of the whole. A pair may be in several shares. Sorted, each pair once.
    """
    n = rows.size
    if n <= limits.all_pairs:
        every = np.column_stack(np.triu_indices(n, 1)).astype(np.int64)
        return every if part == 0 else every[:0]
    found = [_grouped(*_every(listings, keys, part, parts), n, limits) for listings, keys in rows.keys]
    found += _pictures(rows, limits, part, parts)
    found.append(nearest.neighbours(rows.grams, rows.values, limits.neighbours, part, parts))
    return _uncode(distinct(found), n)


def union(shares: Sequence[Pairs], listings: int) -> Pairs:
    """The pairs of all shares, sorted, each once."""
    return _uncode(distinct([s[:, 0] * listings + s[:, 1] for s in shares]), listings)


def _uncode(coded: Coded, n: int) -> Pairs:
    return np.column_stack([coded // n, coded % n])


def _joined(parts: Sequence[tuple[Indices, Keys]], before: Sequence[int]) -> tuple[Indices, Keys]:
    """(listing, key) of all parts, the listings numbered on."""
    listings = [part[0] + first for part, first in zip(parts, before, strict=False)]
    return np.concatenate(listings), np.concatenate([part[1] for part in parts])


def _every(listings: Indices, keys: Keys, part: int, parts: int) -> tuple[Indices, Keys]:
    """The rows whose key falls to a share."""
    if parts == 1:
        return listings, keys
    mine = (keys * _MIX >> np.uint64(33)) % np.uint64(parts) == part
    return listings[mine], keys[mine]


def _grouped(listings: Indices, keys: Keys, n: int, limits: Limits) -> Coded:
    return grouped(listings, keys, n, group=limits.group, window=limits.window, common=limits.common)


def _columns(kind: Kind, fingerprints: Sequence[Blockable], alone: bool) -> tuple[Indices, Keys]:
    """(listing, key) of every value of a kind: its digest, or where no other rows will come its number."""
    held, values = sets(map(kind, fingerprints))
    keys = np.arange(held.values, dtype=np.uint64) if alone else digests(values)
    return held.owners(), keys[held.ids]


def _styles(fingerprints: Sequence[Blockable]) -> tuple[Indices, Keys]:
    style = np.array([f.text.style for f in fingerprints], np.uint64)
    stated = np.flatnonzero(style)
    return stated, style[stated]


def _models(fingerprints: Sequence[Blockable]) -> tuple[Indices, Keys]:
    models, size = unpack_all([f.text.models for f in fingerprints])
    return np.repeat(np.arange(len(size)), size), models.astype(np.uint64)


def _wholes(fingerprints: Sequence[Blockable], name: str) -> tuple[Indices, Keys]:
    """(listing, key) of what listings have whole, where they have it."""
    keys = np.array([getattr(f.wholes, name) for f in fingerprints], np.uint64)
    stated = np.flatnonzero(keys)
    return stated, keys[stated]


# The kinds of shared key, apart from style numbers, models, wholes, words and near pictures.
Kind = Callable[[Blockable], Collection[Hashable]]
_KINDS: tuple[Kind, ...] = (
    lambda f: f.codes if f.stem in ("", *f.codes) else (*f.codes, f.stem),
    lambda f: {s.print.digest for s in f.shots},
)


def _pictures(rows: Rows, limits: Limits, part: int, parts: int) -> list[Coded]:
    """Pairs whose galleries hold near pictures, any slot against any, upright or mirrored; blank pictures prove
    nothing."""
    n, owners = rows.size, rows.owners
    if not len(owners):
        return []
    upright, which = np.unique(rows.upright, return_inverse=True)
    mirrored, turned = np.unique(rows.mirrored, return_inverse=True)
    found = [_grouped(*_every(*_once(owners, which), part, parts), n, limits)]
    mine = np.arange(part, len(upright), parts)
    for hashes, holders in ((upright, which), (mirrored, turned)):
        i, j = hamming.near(upright[mine], hashes, limits.distance)
        i = mine[i]
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
    return distinct([code(left[begin[row] + offset // width[row]], right[start[row] + offset % width[row]], n)])
