"""Picture evidence between galleries: every picture of one listing against every picture of the other.

A picture that many listings of the merchant show (size chart, logo, after-sales card) is worth little, as a frequent
word is: its weight falls with the number of listings that show it. Those of which it is the main picture, and which are
copies of each other by what else they show or sell (`mains`), count as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from pddlint.images.prints import PicturePrint
from pddlint.matching.sets import Floats, Ints

Bits = NDArray[np.uint64]

NAN = float("nan")
HINT = 0.30  # likeness of prints that suggests one photograph: 1 in 50 pairs of different photographs reaches it
SKU_SLOT = 100  # from which on slots are SKU pictures
_SAME = 0.7  # likeness of prints from which two shots are taken for one picture
_SLOTS = 9  # pictures of a listing compared at most: main image, gallery, then SKU pictures
_COPIES = 4  # listings that may show a picture before it counts as common property


class Shot(msgspec.Struct, frozen=True, array_like=True):
    """A picture of a listing: its print, where the file is, and its place (0 the main image; 100 and up: SKU
    pictures).
    """

    path: str
    ref: str
    slot: int
    print: PicturePrint


class Album(msgspec.Struct, frozen=True):
    """All pictures of a merchant as arrays, for comparing many pairs at once."""

    first: NDArray[np.int64]  # index of each listing's first shot, and one past the end
    phash: Bits  # (shots,)
    turned: Bits
    dhash: Bits
    dhash_turned: Bits
    trimmed: Bits  # (shots, 4)
    trimmed_turned: Bits
    blank: NDArray[np.bool_]
    listings: NDArray[np.int64]  # how many listings show this very picture, copies with it as the main one as one
    fellows: NDArray[np.int64]  # of main pictures: how many further copies count as one

    def main_listings(self, pairs: Ints, apart: NDArray[np.bool_]) -> Ints:
        """How many listings show the main pictures of both of each pair, the larger; all have pictures. Those `apart`
        are no copies of each other, whatever else is a copy of them."""
        main = self.first[pairs]
        shown: Ints = (self.listings[main] + np.where(apart[:, None], self.fellows[main], 0)).max(axis=1)
        return shown


def marks(gallery: Sequence[Shot]) -> set[bytes]:
    """What tells that a listing shows a picture: the digests of its first pictures and their trimmed hashes."""
    return {mark for shot in gallery[:_SLOTS] for mark in (shot.print.digest, shot.print.trimmed)}


def album(
    galleries: Sequence[Sequence[Shot]], shown: Mapping[Hashable, int] | None = None, copies: Ints | None = None
) -> Album:
    """Arrays over the first shots of every gallery, in order; `shown` is how many of the merchant's listings have each
    of their marks (None: the galleries are all there are), `copies` how many copies by its main picture each has."""
    if shown is None:
        shown = Counter(mark for gallery in galleries for mark in marks(gallery))
    shots = [shot.print for gallery in galleries for shot in gallery[:_SLOTS]]
    sizes = [min(len(gallery), _SLOTS) for gallery in galleries]
    first = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64)
    listings = np.array([max(shown[s.digest], shown[s.trimmed]) for s in shots], np.int64)
    fellows = np.zeros(len(shots), np.int64)
    if copies is not None:
        shows = np.flatnonzero(sizes)
        fellows[first[shows]] = copies[shows] - 1
    return Album(
        first=first,
        phash=np.array([s.phash for s in shots], np.uint64),
        turned=np.array([s.phash_mirrored for s in shots], np.uint64),
        dhash=np.array([s.dhash for s in shots], np.uint64),
        dhash_turned=np.array([s.dhash_mirrored for s in shots], np.uint64),
        trimmed=_words([s.trimmed for s in shots]),
        trimmed_turned=_words([s.trimmed_mirrored for s in shots]),
        blank=np.array([s.blank for s in shots], bool),
        listings=listings - fellows,
        fellows=fellows,
    )


def _words(hashes: list[bytes]) -> Bits:
    if not hashes:
        return np.zeros((0, 4), np.uint64)
    return np.frombuffer(b"".join(hashes), ">u8").astype(np.uint64).reshape(len(hashes), 4)


class HashEvidence(msgspec.Struct, frozen=True):
    """Per pair: best likeness by hashes (0..1, NaN when one side has no picture) and which shots.

    `strange` is how many pictures both have at least where no two look alike, common or not, else NaN: sellers redo
    the first picture of a copy, hardly ever all. Of 96 labelled copies with one picture 34 % had none alike, of 90 with
    two or more 8 %. `shared` is how many pictures of either gallery the other one has too, each counted by its worth,
    NaN where none: of 76 labelled pairs that share one 59 were copies, of 18 that share more 17.
    """

    likeness: NDArray[np.float64]
    strange: NDArray[np.float64]
    shared: NDArray[np.float64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]


def compare(book: Album, pairs: NDArray[np.int64], apart: NDArray[np.bool_] | None = None) -> HashEvidence:
    """Compare all pictures of both listings of every pair; `pairs` has shape (n, 2). Those `apart` are no copies of
    each other, whatever else is a copy of them."""
    n = len(pairs)
    likeness = np.full(n, NAN)
    best, shared = np.full(n, NAN), np.full(n, NAN)  # likeness, however common the pictures are; see HashEvidence
    left, right = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    sizes = np.diff(book.first)
    if not len(book.phash):
        return HashEvidence(likeness, likeness, likeness, left, right)
    for start in range(0, n, 200_000):
        part = slice(start, min(n, start + 200_000))
        a, b = pairs[part, 0], pairs[part, 1]
        number = sizes[a] * sizes[b]
        which = np.repeat(np.arange(len(a)), number)
        if not len(which):
            continue
        begin = np.cumsum(number) - number
        inner = np.arange(len(which)) - begin[which]
        x = book.first[a][which] + inner // sizes[b][which]
        y = book.first[b][which] + inner % sizes[b][which]
        alike = _likeness(book, x, y)
        filled = np.flatnonzero(number)
        begin = begin[filled]
        rows = filled + start
        best[rows] = np.maximum.reduceat(alike, begin)
        listings = np.maximum(book.listings[x], book.listings[y])
        if apart is not None and apart[part].any():
            every = np.maximum(book.listings[x] + book.fellows[x], book.listings[y] + book.fellows[y])
            listings = np.where(apart[part][which], every, listings)
        worths = worth(listings)
        value = alike * worths
        same = np.flatnonzero(alike >= _SAME)
        shared[part] = _shared(which[same], (x[same], y[same]), worths[same], len(a))
        likeness[rows] = np.maximum.reduceat(value, begin)
        top = np.flatnonzero(value == likeness[part][which])
        head = top[np.searchsorted(top, begin)]  # of several, the first of the first listing's
        left[rows], right[rows] = x[head], y[head]
    showing = np.add.reduceat(np.append(~book.blank, False), book.first[:-1], dtype=np.int64) * (sizes > 0)
    both = np.minimum(showing[pairs[:, 0]], showing[pairs[:, 1]])
    strange = np.where((best < HINT) & (both > 0), both, NAN)
    has = left >= 0
    left[has] -= book.first[pairs[has, 0]]
    right[has] -= book.first[pairs[has, 1]]
    return HashEvidence(likeness, strange, shared, left, right)


def _shared(which: Ints, shots: tuple[Ints, Ints], worths: Floats, pairs: int) -> Floats:
    """How many pictures each pair shares, counted by worth; `which` pair has the two `shots` that look the same."""
    sides = []
    for side in shots:
        order = np.lexsort((-worths, side, which))
        place = np.column_stack([which, side])[order]
        once = np.append(True, (place[1:] != place[:-1]).any(axis=1))[: len(order)]
        sides.append(np.bincount(which[order][once], worths[order][once], pairs))
    least = np.minimum(*sides)
    return np.where(least > 0, least, NAN)


def _likeness(book: Album, x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.float64]:
    """1 - distance, the best of the hashes that are safe at that distance; blank pictures are worth nothing."""
    ones = np.bitwise_count
    trimmed = np.minimum(
        ones(book.trimmed[x] ^ book.trimmed[y]).sum(axis=1, dtype=np.int64),
        ones(book.trimmed[x] ^ book.trimmed_turned[y]).sum(axis=1, dtype=np.int64),
    )
    phash = np.minimum(ones(book.phash[x] ^ book.phash[y]), ones(book.phash[x] ^ book.turned[y])).astype(np.int64)
    dhash = np.minimum(ones(book.dhash[x] ^ book.dhash[y]), ones(book.dhash[x] ^ book.dhash_turned[y])).astype(np.int64)
    value = 1.0 - np.minimum(trimmed / 128.0, np.maximum(phash, dhash) / 26.0).clip(0.0, 1.0)
    return np.where(book.blank[x] | book.blank[y], 0.0, value)


def worth(listings: NDArray[np.int64]) -> NDArray[np.float64]:
    """Factor on the likeness of pictures that so many listings show: a few copies of one item count in full, a size
    chart or a logo hardly.
    """
    return np.asarray(1.0 / (1.0 + 0.5 * np.maximum(0, listings - _COPIES)), np.float64)
