"""Identity evidence: does what the listings say they *are* agree, or does one say what the other denies?

Model, generation, volume, audience, material, form: values that one item has once. Each comparison is a stance: 1 the
values agree (one side may say more), .5 they overlap, 0 each says something else, NaN when a side says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pddlint.matching.keys import distinct
from pddlint.matching.sets import Floats, Ints, Sets, numbered, sets
from pddlint.matching.traits import Traits

NAN = float("nan")
Words = frozenset[str]
Bools = NDArray[np.bool_]
Audience = tuple[Words, tuple[frozenset[int], ...]]  # the words, and what they say by classification

COLUMNS = (
    "contrast",
    "product",
    "design",
    "article",
    "model",
    "generation",
    "audience",
    "material",
    "parameter",
    "form",
    "edition",
    "fitment",
    "title_brand",
)

_ARTICLE = re.compile(r"[a-z]{1,3}\d{2,5}[a-z]{0,2}|\d{4,6}")
RARE = 6  # listings that may share an article number for it to name one item and its copies
_SKELETON = 0.55  # share of the letters of both titles that they have in common
_PLAIN = ("model", "material", "parameter", "edition", "brand")  # compared as they are
_SERIES = ("generation", "volume_no", "age")
_FORM = ("form", "grade", "processing")
_KINDS = (*_PLAIN, *_SERIES, *_FORM, "fitment", "audience")
_BOTH = frozenset({"男女"})
_CLASSES = tuple(
    tuple(frozenset(words) for words in classes)
    for classes in (
        (("男", "男童"), ("女", "女童")),
        (("儿童", "男童", "女童", "婴儿", "大童", "小童"), ("成人", "男", "女", "青年")),
        (("成猫",), ("幼猫",), ("成犬",), ("幼犬",), ("老年犬",)),
    )
)


@lru_cache(maxsize=1 << 12)
def _classified(audience: Words) -> tuple[frozenset[int], ...]:
    """The indices of an audience's words by classification."""
    return tuple(
        frozenset(i for i, words in enumerate(classes) if not audience.isdisjoint(words)) for classes in _CLASSES
    )


class Identities:
    """What the listings of a merchant say they are, as arrays.

    `few` says of article numbers, given how many of the listings at hand name each, which ones few of the merchant's
    listings name.
    """

    def __init__(self, traits: Sequence[Traits], few: Callable[[Sequence[Hashable], Ints], Bools]) -> None:
        stated = _stated(traits)
        self.sets = {kind: sets(stated[kind])[0] for kind in _PLAIN}
        self.sets["letters"] = _letters([one.core for one in traits])
        self.sets["products"] = sets([one.products for one in traits])[0]
        self.sets["form"] = sets(_marked(stated, _FORM, lambda kind, _: kind))[0]
        self.head = self._heads(self.sets["products"])
        fitment, models = stated["fitment"], stated["model"]
        self.sets["fitment"], known = sets(fitment)
        digits = [any(char.isdigit() for char in str(word)) for word in known]
        self.numbered_fitment = self.sets["fitment"].kept(np.array(digits, bool))
        sizes = [one.attributes.get("size", ()) for one in traits]
        named = zip(models, fitment, sizes, strict=True)
        articles, numbers = sets([_articles(*values) if any(values) else () for values in named])
        self.sets["articles"], self.rare = articles, articles.kept(few(numbers, articles.listings()))
        self.designs = _Groups([one.designs for one in traits], -1.0)
        self.series = _Groups(_marked(stated, _SERIES, _unit), 0.0)
        self.audience, audiences = numbered(frozenset(words) for words in stated["audience"])
        self.audiences = [(words, _classified(words)) for words in audiences]
        self.universal = np.array([one.universal for one in traits], bool)
        self.shaped = np.array([one.shaped for one in traits], bool)

    @staticmethod
    def _heads(products: Sets) -> Ints:
        """The first product of each listing, -1 for none."""
        heads = np.full(len(products.size), -1, np.int64)
        heads[products.filled] = products.ids[products.first[:-1][products.filled]]
        return heads

    def compare(self, i: Ints, j: Ints) -> tuple[Floats, ...]:
        """The stances of each pair, in the order of COLUMNS."""
        return (
            self._contrast(i, j),
            self._products(i, j),
            self.designs.compare(i, j),
            self._article(i, j),
            stance(self.sets["model"], i, j),
            self.series.compare(i, j),
            self._audience(i, j),
            stance(self.sets["material"], i, j),
            stance(self.sets["parameter"], i, j),
            stance(self.sets["form"], i, j),
            stance(self.sets["edition"], i, j),
            self._fitment(i, j),
            stance(self.sets["brand"], i, j),
        )

    def _contrast(self, i: Ints, j: Ints) -> Floats:
        """Where two titles share their skeleton (what varies taken out): minus the letters each has that the other
        lacks.

        A rewritten title of one item adds words; two items published from one template swap them. NaN without a
        skeleton.
        """
        shared, a, b = self.sets["letters"].shared(i, j), self.sets["letters"].size[i], self.sets["letters"].size[j]
        bare = (shared == 0) | (shared < _SKELETON * (a + b - shared))
        return np.where(bare, NAN, -(np.minimum(a, b) - shared).astype(float))

    def _products(self, i: Ints, j: Ints) -> Floats:
        """1 the same head noun, .5 one's head is among the other's nouns, 0 neither; NaN when a title names none."""
        a, b = self.head[i], self.head[j]
        found = np.where((a < 0) | (b < 0), NAN, np.where(a == b, 1.0, 0.0))
        rows = np.flatnonzero(found == 0)
        i, j = i[rows], j[rows]
        among = self._named(i, self.head[j]) | self._named(j, self.head[i])
        found[rows[among]] = 0.5
        return found

    def _named(self, i: Ints, product: Ints) -> Bools:
        """Whether the listings i name the products."""
        products = self.sets["products"]
        found = np.zeros(len(i), bool)
        for place in range(products.size.max(initial=0)):
            at = np.minimum(products.first[i] + place, len(products.ids) - 1)
            found |= (place < products.size[i]) & (products.ids[at] == product)
        return found

    def _article(self, i: Ints, j: Ints) -> Floats:
        """1 when both name an article number that few listings name, .5 a commoner one, 0 different ones, NaN
        unnamed."""
        found = np.full(len(i), NAN)
        rows = np.flatnonzero(self.sets["articles"].both(i, j))
        i, j = i[rows], j[rows]
        found[rows] = np.where(
            self.rare.shared(i, j) > 0, 1.0, np.where(self.sets["articles"].shared(i, j) > 0, 0.5, 0.0)
        )
        return found

    def _audience(self, i: Ints, j: Ints) -> Floats:
        both, which = np.unique(self.audience[i] * len(self.audiences) + self.audience[j], return_inverse=True)
        met = [
            (self.audiences[at // len(self.audiences)], self.audiences[at % len(self.audiences)])
            for at in both.tolist()
        ]
        known = np.array([_audience(a, b) for a, b in met], np.float64)
        found: Floats = known[which]
        return found

    def _fitment(self, i: Ints, j: Ints) -> Floats:
        """Stance of what the listings fit: .5 when one fits everything, -1 when parts shaped for one model fit
        others."""
        found = stance(self.sets["fitment"], i, j)
        rows = np.flatnonzero(self.shaped[i] & self.shaped[j] & (found >= 0) & (found < 1))
        # Each names a model that the other lacks, and what both name is at most a maker (no digits in it).
        found[rows[self.numbered_fitment.shared(i[rows], j[rows]) == 0]] = -1.0
        found[self.universal[i] | self.universal[j]] = 0.5
        return found


class _Groups:
    """Values of which one item has one in each group, as "group:value". Where two groups or more are disjoint the
    stance is `worst`."""

    def __init__(self, held: Sequence[Collection[str]], worst: float) -> None:
        self.worst = worst
        self.words, words = sets(held)
        groups = {word: str(word).partition(":")[0] for word in words}
        self.groups, names = sets([{groups[word] for word in mine} if mine else () for mine in held])
        number = {name: at for at, name in enumerate(names)}
        self.group = np.array([number[groups[word]] for word in words], np.int64)

    def compare(self, i: Ints, j: Ints) -> Floats:
        """1 the groups both name agree, 0 one is disjoint, `worst` two or more are; NaN when they name none in
        common."""
        found = np.full(len(i), NAN)
        rows = np.flatnonzero(self.groups.both(i, j))
        if not len(rows):
            return found
        i, j = i[rows], j[rows]
        common = self.groups.shared(i, j)
        shared = self.words.common(i, j)
        agreeing = distinct([shared.row * max(self.groups.values, 1) + self.group[shared.column]])
        conflicts = common - np.bincount(agreeing // max(self.groups.values, 1), minlength=len(rows))
        value = np.where(conflicts == 0, 1.0, np.where(conflicts == 1, 0.0, self.worst))
        found[rows] = np.where(common > 0, value, NAN)
        return found


def stance(held: Sets, i: Ints, j: Ints) -> Floats:
    """1 when one side's values are among the other's, .5 on overlap, 0 when disjoint, NaN when a side has none."""
    found = np.full(len(i), NAN)
    rows = np.flatnonzero(held.both(i, j))
    if len(rows):
        i, j = i[rows], j[rows]
        shared = held.shared(i, j)
        within = shared == np.minimum(held.size[i], held.size[j])
        found[rows] = np.where(shared == 0, 0.0, np.where(within, 1.0, 0.5))
    return found


def _audience(one: Audience, other: Audience) -> float:
    """1 same sex and age, .5 one is open, 0 men's against women's, children's against adults', kittens' against
    cats'.
    """
    (a, classes), (b, others) = one, other
    if not a or not b:
        return NAN
    if a & _BOTH or b & _BOTH:
        return 0.5
    for left, right in zip(classes, others, strict=True):
        if left and right and left.isdisjoint(right):
            return 0.0
    return 0.5 if a.isdisjoint(b) else 1.0


def _stated(traits: Sequence[Traits]) -> dict[str, list[Collection[str]]]:
    """The values of each kind that each listing as a whole states: in its title or its attributes."""
    stated: dict[str, list[tuple[str, ...]]] = {kind: [()] * len(traits) for kind in _KINDS}
    for at, one in enumerate(traits):
        for part in (one.title, one.attributes):
            for kind, values in part.items():
                if kind in stated:
                    stated[kind][at] += values
    return {kind: [values and frozenset(values) for values in mine] for kind, mine in stated.items()}


def _marked(
    stated: Mapping[str, Sequence[Collection[str]]], kinds: Sequence[str], group: Callable[[str, str], str]
) -> list[Collection[str]]:
    """Values of several kinds together, each marked with the group that its kind and itself make."""
    return [
        {f"{group(kind, value)}:{value}" for kind, values in zip(kinds, row, strict=True) for value in values}
        if any(row)
        else ()
        for row in zip(*(stated[kind] for kind in kinds), strict=True)
    ]


def _unit(kind: str, value: str) -> str:
    """What a generation, volume or age counts (上册 and 下册 both 册, 3代 代): one item has one of each."""
    return kind if value[-1].isdigit() else value[-1]


def _articles(*named: Collection[str]) -> frozenset[str]:
    """Which of the models and sizes that a listing names are article numbers."""
    return frozenset(value for values in named for value in values if _ARTICLE.fullmatch(value))


def _letters(cores: Sequence[str]) -> Sets:
    """The letters and digits of each title."""
    points = np.frombuffer("".join(cores).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    owners = np.repeat(np.arange(len(cores)), np.fromiter(map(len, cores), np.int64, len(cores)))
    chars, which = np.unique(points, return_inverse=True)
    telling = np.array([chr(char).isalnum() for char in chars.tolist()], bool)[which]
    cells = distinct([owners[telling] * max(len(chars), 1) + which[telling]])
    size = np.bincount(cells // max(len(chars), 1), minlength=len(cores)).astype(np.int64)
    return Sets(cells % max(len(chars), 1), size, len(chars))
