"""Identity evidence: does what the listings say they *are* agree, or does one say what the other denies?

Model, generation, volume, audience, material, form: values that one item has once. Each comparison is a stance: 1 the
values agree (one side may say more), .5 they overlap, 0 each says something else, NaN when a side says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from pddlint.matching.keys import distinct
from pddlint.matching.sets import Builder, Floats, Ints, Sets, batched, numbered
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
_SETS = (
    "letters",
    "products",
    "articles",
    "model",
    "material",
    "parameter",
    "form",
    "edition",
    "fitment",
    "brand",
)
_SERIES = ("generation", "volume_no", "age")
_FORM = ("form", "grade", "processing")
_BOTH = frozenset({"男女"})
_NOTHING: Words = frozenset()
_CLASSES = tuple(
    tuple(frozenset(words) for words in classes)
    for classes in (
        (("男", "男童"), ("女", "女童")),
        (("儿童", "男童", "女童", "婴儿", "大童", "小童"), ("成人", "男", "女", "青年")),
        (("成猫",), ("幼猫",), ("成犬",), ("幼犬",), ("老年犬",)),
    )
)


class Identity(msgspec.Struct, frozen=True, gc=False):
    """What one listing says it is, ready for many comparisons. `classes` are the indices of its audience by
    classification (sex, age, animals), `designs` its design words by group."""

    letters: Words
    products: tuple[str, ...]
    articles: Words
    model: Words
    series: Mapping[str, Words]
    audience: Words
    classes: tuple[frozenset[int], ...]
    material: Words
    parameter: Words
    form: Words
    edition: Words
    fitment: Words
    universal: bool
    shaped: bool
    brand: Words
    designs: Mapping[str, Words]


def identity(traits: Traits) -> Identity:
    """The identity of a listing's traits."""
    stated = {kind: traits.stated(kind) for kind in (*traits.title, *traits.attributes)}
    audience = stated.get("audience", _NOTHING)
    groups: dict[str, set[str]] = {}
    for design in traits.designs:
        group, _, word = design.partition(":")
        groups.setdefault(group, set()).add(word)
    named = [*stated.get("model", ()), *stated.get("fitment", ()), *traits.attributes.get("size", ())]
    return Identity(
        letters=frozenset(filter(str.isalnum, traits.core)),
        products=traits.products,
        articles=frozenset(value for value in named if _ARTICLE.fullmatch(value)),
        model=stated.get("model", _NOTHING),
        series=_series(stated),
        audience=audience,
        classes=_classified(audience),
        material=stated.get("material", _NOTHING),
        parameter=stated.get("parameter", _NOTHING),
        form=_merged(stated, _FORM),
        edition=stated.get("edition", _NOTHING),
        fitment=stated.get("fitment", _NOTHING),
        universal=traits.universal,
        shaped=traits.shaped,
        brand=stated.get("brand", _NOTHING),
        designs={group: frozenset(words) for group, words in groups.items()},
    )


@lru_cache(maxsize=1 << 12)
def _classified(audience: Words) -> tuple[frozenset[int], ...]:
    """The indices of an audience's words by classification."""
    return tuple(
        frozenset(i for i, words in enumerate(classes) if not audience.isdisjoint(words)) for classes in _CLASSES
    )


def _merged(stated: Mapping[str, Words], kinds: Iterable[str]) -> Words:
    """Values of several kinds, each marked with its kind."""
    return frozenset(f"{kind}:{value}" for kind in kinds for value in stated.get(kind, ()))


def _series(stated: Mapping[str, Words]) -> dict[str, Words]:
    """Generations, volumes and ages by what they count (上册 and 下册 both 册, 3代 代): one item has one of each."""
    groups: dict[str, set[str]] = {}
    for kind in _SERIES:
        for value in stated.get(kind, ()):
            unit = value[-1] if not value[-1].isdigit() else kind
            groups.setdefault(unit, set()).add(value)
    return {unit: frozenset(values) for unit, values in groups.items()}


class Identities:
    """What the listings of a merchant say they are, as arrays.

    `few` says of article numbers, given how many of the listings at hand name each, which ones few of the merchant's
    listings name.
    """

    def __init__(self, traits: Iterable[Traits], few: Callable[[Sequence[Hashable], Ints], Bools]) -> None:
        made = {name: Builder() for name in _SETS}
        designs, series = _Groups(-1.0), _Groups(0.0)
        audience: list[Audience] = []
        flags: list[tuple[bool, bool]] = []
        for some in batched(map(identity, traits)):
            for name, builder in made.items():
                builder.extend([getattr(one, name) for one in some])
            designs.extend([one.designs for one in some])
            series.extend([one.series for one in some])
            audience += [(one.audience, one.classes) for one in some]
            flags += [(one.universal, one.shaped) for one in some]
        self.sets = {name: builder.sets() for name, builder in made.items()}
        self.designs, self.series = designs.done(), series.done()
        self.head = self._heads(self.sets["products"])
        articles = self.sets["articles"]
        self.rare = articles.kept(few(list(made["articles"].numbers), articles.listings()))
        digits = [any(char.isdigit() for char in str(word)) for word in made["fitment"].numbers]
        self.numbered_fitment = self.sets["fitment"].kept(np.array(digits, bool))
        self.audience, self.audiences = numbered(audience)
        self.universal, self.shaped = np.array(flags, bool).reshape(-1, 2).T

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
    """Values of which one item has one in each group."""

    def __init__(self, worst: float) -> None:
        self.worst = worst
        self._groups, self._words = Builder(), Builder()

    def extend(self, held: Sequence[Mapping[str, Words]]) -> None:
        """The next listings' values by group."""
        self._groups.extend(held)
        self._words.extend([[(group, word) for group, words in one.items() for word in words] for one in held])

    def done(self) -> _Groups:
        """The same once all listings are in, ready to be compared."""
        self.groups, self.words = self._groups.sets(), self._words.sets()
        names = self._groups.numbers
        self.group = np.array([names[word[0]] for word in self._words.numbers if isinstance(word, tuple)], np.int64)
        return self

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
