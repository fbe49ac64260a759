"""What a listing sells: the product names in its title, the head noun first."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from pddlint.text.facets import extract
from pddlint.text.lexicon import load
from pddlint.text.normalise import fold


class Product(NamedTuple):
    """A product name found in a text: canonical name and department (top, phone_part, food, part …)."""

    name: str
    department: str
    start: int
    end: int


# Behind a product's name these make it the thing something else is for: 行李箱+套, 手机+支架.
_FOR = (*"套壳膜架罩贴轮支用袋垫挂", "专用", "配件", "保护", "充电", "散热", "清洁", "收纳")
_DEVICES = frozenset({"phone", "appliance"})


def products(text: str, category: tuple[str, ...] = (), *, spec: bool = False) -> tuple[Product, ...]:
    """The products that a title or spec names, in order of position; gifts and services are left out."""
    departments = load("products").group
    found = extract(text, category, spec=spec)
    return tuple(
        Product(facet.value, departments.get(facet.value, "fruit"), facet.start, facet.end)
        for facet in found.facets
        if facet.kind == "product"
    )


def department(word: str) -> str:
    """The department of a product's name (any synonym), "" when it is not in the lexicon."""
    return load("products").group.get(fold(word), "")


@lru_cache(maxsize=1 << 14)
def product_words(title: str, category: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Canonical names of what the title sells, likeliest first; the category's leaf leads if the title bears it out.

    Names in front of 套, 膜, 支架 … (what a part is for) and devices behind 适用 come last. Empty: nothing is known.
    """
    folded = fold(title)
    leaf = fold(category[-1]) if category else ""
    leaf = load("products").canonical.get(leaf, leaf)
    marker = min([place for word in ("适用", "适配", "兼容") if (place := folded.find(word)) >= 0], default=len(folded))
    weights: dict[str, int] = defaultdict(int)
    order: dict[str, int] = {}
    groups: dict[str, int] = defaultdict(int)
    hits = products(title, category)
    for index, hit in enumerate(hits):
        modifier = folded.startswith(_FOR, hit.end) or (hit.start > marker and hit.department in _DEVICES)
        joined = index + 1 < len(hits) and hits[index + 1].start == hit.end  # 茶具套装: the last of a run is the head
        weights[hit.name] += 1 if modifier else 5 - joined
        groups[hit.department] += 0 if modifier else 1
        order.setdefault(hit.name, hit.start)
        if leaf and (hit.name == leaf or hit.name in leaf or leaf in hit.name):
            weights[hit.name] += 10
    departments = load("products").group
    names = sorted(weights, key=lambda name: (-weights[name] - groups[departments.get(name, "")], order[name]))
    return tuple(names) if names else ((leaf,) if leaf else ())


def head_noun(title: str, category: tuple[str, ...] = ()) -> str:
    """The likeliest name of what the title sells, the category's leaf when the title names nothing, else ""."""
    return next(iter(product_words(title, category)), "")
