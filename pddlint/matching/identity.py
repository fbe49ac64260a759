"""Identity evidence: does what the listings say they *are* agree, or does one say what the other denies?

Model, generation, volume, audience, material, form: values that one item has once. Each comparison is a stance: 1 the
values agree (one side may say more), .5 they overlap, 0 each says something else, NaN when a side says nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from pddlint.matching.traits import Traits

NAN = float("nan")
Words = frozenset[str]

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
_RARE = 6  # listings that may share an article number for it to name one item and its copies
_SKELETON = 0.55  # share of the letters of both titles that they have in common
_SERIES = ("generation", "volume_no", "age")
_FORM = ("form", "grade", "processing")
_BOTH = frozenset({"男女"})
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
    audience = traits.stated("audience")
    groups: dict[str, set[str]] = {}
    for design in traits.designs:
        group, _, word = design.partition(":")
        groups.setdefault(group, set()).add(word)
    named = [*traits.stated("model"), *traits.stated("fitment"), *traits.attributes.get("size", ())]
    return Identity(
        letters=frozenset(char for char in traits.core if char.isalnum()),
        products=traits.products,
        articles=frozenset(value for value in named if _ARTICLE.fullmatch(value)),
        model=traits.stated("model"),
        series=_series(traits),
        audience=audience,
        classes=tuple(
            frozenset(i for i, words in enumerate(classes) if not audience.isdisjoint(words)) for classes in _CLASSES
        ),
        material=traits.stated("material"),
        parameter=traits.stated("parameter"),
        form=_merged(traits, _FORM),
        edition=traits.stated("edition"),
        fitment=traits.stated("fitment"),
        universal=traits.universal,
        shaped=traits.shaped,
        brand=traits.stated("brand"),
        designs={group: frozenset(words) for group, words in groups.items()},
    )


def compare(a: Identity, b: Identity, articles: Counter[str]) -> tuple[float, ...]:
    """The stances of a pair in the order of COLUMNS; `articles` counts the listings that name each article number."""
    return (
        _contrast(a.letters, b.letters),
        _products(a.products, b.products),
        _grouped(a.designs, b.designs, -1.0),
        _article(a.articles, b.articles, articles),
        stance(a.model, b.model),
        _grouped(a.series, b.series, 0.0),
        _audience(a, b),
        stance(a.material, b.material),
        stance(a.parameter, b.parameter),
        stance(a.form, b.form),
        stance(a.edition, b.edition),
        _fitment(a, b),
        stance(a.brand, b.brand),
    )


def stance(a: Words, b: Words) -> float:
    """1 when one side's values are among the other's, .5 on overlap, 0 when disjoint, NaN when a side has none."""
    if not a or not b:
        return NAN
    if a.isdisjoint(b):
        return 0.0
    return 1.0 if a <= b or b <= a else 0.5


def _merged(traits: Traits, kinds: Iterable[str]) -> Words:
    """Values of several kinds, each marked with its kind."""
    return frozenset(f"{kind}:{value}" for kind in kinds for value in traits.stated(kind))


def _contrast(a: Words, b: Words) -> float:
    """Where two titles share their skeleton (what varies taken out): minus the letters each has that the other lacks.

    A rewritten title of one item adds words; two items published from one template swap them. NaN without a skeleton.
    """
    shared = len(a & b)
    if not shared or shared < _SKELETON * len(a | b):
        return NAN
    return -float(min(len(a - b), len(b - a)))


def _grouped(a: Mapping[str, Words], b: Mapping[str, Words], worst: float) -> float:
    """1 the groups both name agree, 0 one is disjoint, `worst` two or more are; NaN when they name none in common."""
    common = a.keys() & b.keys()
    if not common:
        return NAN
    conflicts = sum(a[group].isdisjoint(b[group]) for group in common)
    return 1.0 if not conflicts else 0.0 if conflicts == 1 else worst


def _series(traits: Traits) -> dict[str, Words]:
    """Generations, volumes and ages by what they count (上册 and 下册 both 册, 3代 代): one item has one of each."""
    groups: dict[str, set[str]] = {}
    for kind in _SERIES:
        for value in traits.stated(kind):
            unit = value[-1] if not value[-1].isdigit() else kind
            groups.setdefault(unit, set()).add(value)
    return {unit: frozenset(values) for unit, values in groups.items()}


def _products(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """1 the same head noun, .5 one's head is among the other's nouns, 0 neither; NaN when a title names none."""
    if not a or not b:
        return NAN
    if a[0] == b[0]:
        return 1.0
    return 0.5 if a[0] in b or b[0] in a else 0.0


def _fitment(a: Identity, b: Identity) -> float:
    """Stance of what the listings fit: .5 when one fits everything, -1 when parts shaped for one model fit others."""
    if a.universal or b.universal:
        return 0.5
    if a.shaped and b.shaped and a.fitment and b.fitment and _other_models(a.fitment, b.fitment):
        return -1.0
    return stance(a.fitment, b.fitment)


def _other_models(a: Words, b: Words) -> bool:
    """Whether each side names a model that the other lacks and what both name is at most a maker (no digits in it)."""
    return bool(a - b) and bool(b - a) and not any(char.isdigit() for word in a & b for char in word)


def _article(a: Words, b: Words, listings: Counter[str]) -> float:
    """1 when both name an article number that few listings name, .5 a commoner one, 0 different ones, NaN unnamed."""
    if not a or not b:
        return NAN
    shared = a & b
    if not shared:
        return 0.0
    return 1.0 if min(listings[code] for code in shared) <= _RARE else 0.5


def _audience(a: Identity, b: Identity) -> float:
    """1 same sex and age, .5 one is open, 0 men's against women's, children's against adults', kittens' against
    cats'.
    """
    if not a.audience or not b.audience:
        return NAN
    if a.audience & _BOTH or b.audience & _BOTH:
        return 0.5
    for left, right in zip(a.classes, b.classes, strict=True):
        if left and right and left.isdisjoint(right):
            return 0.0
    return 0.5 if a.audience.isdisjoint(b.audience) else 1.0
