"""Listings that their pictures make copies of each other, however many they are.

A picture that many listings show is worth little (`gallery`), and the chance that two of a shelf are one item falls as
the shelf fills (`category`). Neither holds for copies of one item: of 549 pairs of real listings of one seller with the
same main picture, in groups of up to 13, all were one item. But a brand's banner, or a card for what is still to be
photographed, is the main picture of all sorts of goods: these go by other products, come with other pictures, or have
titles of one template that name each in turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from pddlint.images.prints import PicturePrint
from pddlint.matching.gallery import SKU_SLOT, Shot
from pddlint.matching.sets import Ints, numbered

Bools = NDArray[np.bool_]

_FRONT = 4  # first pictures of a gallery that copies have in common
_TELLING = 3  # of them, so many tell enough without the product
_TEMPLATE = 3  # letters that two titles of one template have in common at least,
_SHARE = 0.4  # and this share of the shorter one,
_RUN = 2  # in runs of so many
_SLOTS = 2  # places where each has a name instead of the other's
_COMMON = 0.5  # share of the letters that two names of different goods may have in common
_VARYING = ("色", "味", "香")  # ends of words that tell variants apart, not goods
_NOISE = re.compile(r"[\W_]+")


class Good(msgspec.Struct, frozen=True):
    """What a listing is, beside its pictures: category, product words (head first), title without what varies."""

    category: tuple[str, ...]
    products: tuple[str, ...]
    title: str


class Mains:
    """Which of a merchant's listings are copies by their pictures: of one category, with one and the same main picture
    and the same pictures after it; where these are few, with one product too.
    """

    def __init__(
        self,
        galleries: Sequence[Sequence[Shot]],
        goods: Iterable[Good],
        count: Callable[[Sequence[Hashable], Ints], Ints],
    ) -> None:
        """`count` tells how many of the merchant's listings have each mark, given how many of those at hand do."""
        listed = [(_fronts(shots), good) for shots, good in zip(galleries, goods, strict=True)]
        marks = [_front(*one) for one in listed]
        self.number, known = numbered(marks)
        held = count(known, np.bincount(self.number, minlength=len(known)).astype(np.int64))[self.number]
        told = np.array([bool(mark) for mark in marks], bool)
        self.copies: Ints = np.where(told, held, 1)
        self.telling = np.array([len(front) >= _TELLING for front, _ in listed], bool)
        self.titles = [_NOISE.sub("", good.title) for _, good in listed]

    def beside(self, i: Ints, j: Ints) -> tuple[Ints, Ints]:
        """How many listings beside the two of each pair are copies of one or the other; and of how many the two are
        copies, 0 where they are none of each other. Where only their titles speak against it, half of them count."""
        marked = self._marked(i, j)
        apart = self._named(i, j, marked > 0)
        spare = self.copies[i] - 1 + np.where(marked > 0, -1, self.copies[j] - 1)
        return np.where(apart, spare // 2, spare), np.where(apart, 0, marked)

    def apart(self, i: Ints, j: Ints) -> Bools:
        """Which pairs would be copies by their pictures, but for titles that name different goods."""
        return self._named(i, j, self._marked(i, j) > 0)

    def _marked(self, i: Ints, j: Ints) -> Ints:
        """How many listings have the mark that both of each pair have; 0 for none."""
        same = (self.number[i] == self.number[j]) & (self.copies[i] > 1)
        return np.where(same, self.copies[i], 0)

    def _named(self, i: Ints, j: Ints, marked: Bools) -> Bools:
        """Which of the marked pairs have titles that name different goods; not asked where many pictures are the
        same."""
        found = marked & ~self.telling[i]
        for row in np.flatnonzero(found).tolist():
            found[row] = of_one_template(*sorted((self.titles[i[row]], self.titles[j[row]])))
        return np.asarray(found, np.bool_)


@lru_cache(maxsize=1 << 14)
def of_one_template(one: str, other: str) -> bool:
    """Whether two titles, letters only, are the same but for a name or two: 红楼梦正版书籍 and 围城正版书籍.

    Of 549 pairs of real listings with the same main picture, all of them copies, 8 have such titles; of 138 labelled
    copies one. A colour or flavour in place of another names a variant.
    """
    runs = [run for run in _runs(one, other) if run[2] >= _RUN]
    common = sum(size for _, _, size in runs)
    if common < max(_TEMPLATE, _SHARE * min(len(one), len(other))):
        return False
    slots, here, there = 0, 0, 0
    for start, instead, size in (*runs, (len(one), len(other), 0)):
        if here < start or there < instead:
            slots += 1
            name = one[here:start]
            variant = name.endswith(_VARYING) or one.startswith(_VARYING, start)
            if variant or not _other_name(set(name), set(other[there:instead])):
                return False
        here, there = start + size, instead + size
    return 1 <= slots <= _SLOTS


def _runs(one: str, other: str) -> list[tuple[int, int, int]]:
    """Where in both the letters stand that two titles have in common, in order, and how many."""
    shorter = min(len(one), len(other))
    head = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    tail = next((at for at in range(shorter - head) if one[-1 - at] != other[-1 - at]), shorter - head)
    first, second = one[head : len(one) - tail], other[head : len(other) - tail]
    inner = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks() if first and second else []
    between = [(head + here, head + there, size) for here, there, size in inner]
    return [(0, 0, head), *between, (len(one) - tail, len(other) - tail, tail)]


def _other_name(here: set[str], there: set[str]) -> bool:
    return bool(here and there) and len(here & there) <= _COMMON * min(len(here), len(there))


def _front(front: Sequence[PicturePrint], good: Good) -> tuple[Hashable, ...]:
    """What copies with the same first pictures have in common; () for a listing whose main picture tells too little."""
    if not front:
        return ()
    same = (*(picture.trimmed for picture in front), good.category)
    if len(front) >= _TELLING:
        return same
    return (*same, good.products[0]) if good.products else ()


def _fronts(shots: Sequence[Shot]) -> list[PicturePrint]:
    """The first pictures of a gallery; none where its main picture is lost or blank."""
    if not shots or shots[0].slot or shots[0].print.blank:
        return []
    return [shot.print for shot in shots[:_FRONT] if shot.slot < SKU_SLOT]
