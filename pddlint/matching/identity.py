"""Identity evidence: does what the listings say they *are* agree, or does one say what the other denies?

Model, generation, volume, audience, material, form: values that one item has once. Each comparison is a stance: 1 the
values agree (one side may say more), .5 they overlap, 0 each says something else, NaN when a side says nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pddlint.matching.traits import Traits

NAN = float("nan")

_ARTICLE = re.compile(r"[a-z]{1,3}\d{2,5}[a-z]{0,2}|\d{4,6}")
_BOTH = frozenset({"男女"})
_SEXES = (("男", "男童"), ("女", "女童"))
_AGES = (("儿童", "男童", "女童", "婴儿", "大童", "小童"), ("成人", "男", "女", "青年"))
_ANIMALS = (("成猫",), ("幼猫",), ("成犬",), ("幼犬",), ("老年犬",))


def stance(a: frozenset[str], b: frozenset[str]) -> float:
    """1 when one side's values are among the other's, .5 on overlap, 0 when disjoint, NaN when a side has none."""
    if not a or not b:
        return NAN
    if a <= b or b <= a:
        return 1.0
    return 0.5 if a & b else 0.0


def audience(a: Traits, b: Traits) -> float:
    """1 same sex and age, .5 one is open, 0 men's against women's, children's against adults', kittens' against
    cats'.
    """
    x, y = a.stated("audience"), b.stated("audience")
    if not x or not y:
        return NAN
    if x & _BOTH or y & _BOTH:
        return 0.5
    for classes in (_SEXES, _AGES, _ANIMALS):
        left = {i for i, words in enumerate(classes) if not x.isdisjoint(words)}
        right = {i for i, words in enumerate(classes) if not y.isdisjoint(words)}
        if left and right and not left & right:
            return 0.0
    return 1.0 if x & y else 0.5


def articles(traits: Traits) -> frozenset[str]:
    """Article numbers named in title or attributes (yr925, dl10, 8801): letters and digits that are no device
    series.
    """
    named = [*traits.stated("model"), *traits.stated("fitment"), *traits.attributes.get("size", ())]
    return frozenset(value for value in named if _ARTICLE.fullmatch(value))


def shared_article(a: frozenset[str], b: frozenset[str], listings: Counter[str]) -> float:
    """1 when both name an article number that few listings name, .5 a commoner one, 0 different ones, NaN unnamed."""
    if not a or not b:
        return NAN
    shared = a & b
    if not shared:
        return 0.0
    return 1.0 if min(listings[code] for code in shared) <= 6 else 0.5


def fitment(a: Traits, b: Traits) -> float:
    """Stance of what the listings fit; a listing that fits everything agrees by half with any other."""
    x, y = a.stated("fitment"), b.stated("fitment")
    if a.universal or b.universal:
        return 0.5
    return stance(x, y)


def merged(traits: Traits, kinds: Iterable[str]) -> frozenset[str]:
    """Values of several kinds, each marked with its kind."""
    return frozenset(f"{kind}:{value}" for kind in kinds for value in traits.stated(kind))
