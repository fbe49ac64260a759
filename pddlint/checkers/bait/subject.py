"""What a listing sells, read from its title (without gift clauses), category, brand and attributes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain

import msgspec

from pddlint.catalog.model import Listing
from pddlint.checkers.bait.scanning import Hit, Membership, Scanner, folded
from pddlint.checkers.bait.settings import PLAIN, Words
from pddlint.text import facets, lexicon
from pddlint.text.gifts import gift_clauses
from pddlint.text.lexicon import Extra
from pddlint.text.normalise import fold
from pddlint.text.patterns import Pattern, holds

_SERVICE = holds("维修 家政 培训 课程 充值 票务 代办 租赁 洗护 鉴定 设计")
_SERVING = Pattern(r"上门(?!安装)|服务(?!员|器)", needs=holds("上门 服务"))
_PAIRED = Pattern(r"[一1两2]对|对装|双装|成对|[两2]只装|一双|[0-9十]双|左右", needs="对双只右")
# Goods that are no mere extra unless they belong to the product: a cable in a listing of phone cases is other goods.
_NO_GOODS = frozenset(
    {"fitment", "brand", "model", "gift", "colour", "flavour"}
)  # what the goods fit, not what they are
_ALONE = frozenset(["belts", "cables", "chargers", "power_banks", "earphones", "baby_feeding", "hosiery", "towels"])
_EDIBLE = frozenset(
    [
        "fruit",
        "vegetables",
        "meat",
        "seafood",
        "snacks",
        "nuts",
        "grains",
        "oils_sauces",
        "tea",
        "drinks",
        "plants",
        "supplements",
    ]
)
_SPARE = holds("配件 替换 耗材 补充装 补充液 零件 空盒 空瓶 散件")
_SPARE_LEAF = holds("包装 维修")
_COLOURING = (*"红橙黄绿青蓝紫黑白灰棕粉金银咖杏色味风", "香型", "图案", "印花", "同款图")


class Noun(msgspec.Struct, frozen=True):
    """A name of goods or of a part, with the families (lexicon groups) it stands in."""

    word: str
    families: frozenset[str]
    part: bool


class Subject(msgspec.Struct, frozen=True):
    """What the listing sells, as far as its own words tell."""

    title: str  # folded, without gift clauses
    leaf: str  # last category name, folded
    context: str  # title, categories, brand and attributes, folded
    nouns: frozenset[str]
    families: frozenset[str]
    spare_shop: bool  # openly parts, refills or packaging
    service: bool
    paired: bool  # sold by the pair
    brand: str
    category: tuple[str, ...]


class Nouns(dict[str, Noun]):
    """What is known of each name of goods or a part, put together when it is asked for."""

    def __init__(self, goods: Mapping[str, Sequence[str]], parts: Mapping[str, Sequence[str]]) -> None:
        self.families = Membership({**goods, **parts})
        self.parts = frozenset(chain.from_iterable(parts.values()))

    def __missing__(self, word: str) -> Noun:
        self[word] = noun = Noun(word, frozenset(self.families.of(word)), word in self.parts)
        return noun


@lru_cache(maxsize=16)
def nouns(goods: Extra | None, parts: Extra | None) -> tuple[Scanner, Nouns]:
    """All names of goods and parts, and what is known of each, with a user's additions and removals."""
    others = {group: words for group, words in folded("parts", parts).items() if group.startswith("part.")}
    table = Nouns(folded("goods", goods), others)
    return Scanner([word for word in table.families if len(word) > 1]), table


@lru_cache(maxsize=256)
def companions(families: frozenset[str]) -> frozenset[str]:
    """The families whose goods come as extras to goods of `families`."""
    groups = lexicon.load("bait_parts").groups
    return frozenset(other for family in families for other in groups.get(f"belongs.{family}", ()))


def without_gifts(title: str) -> str:
    """A folded title without what it gives along."""
    for gift in reversed(gift_clauses(title)):
        title = title[: gift.start] + " " + title[gift.end :]
    return title


@lru_cache(maxsize=1 << 13)
def named(text: str, goods: Extra | None, parts: Extra | None) -> tuple[Hit, ...]:
    """The names of goods and parts in folded `text`."""
    return tuple(nouns(goods, parts)[0].scan(text))


def subject(listing: Listing, words: Words = PLAIN) -> Subject:
    """What `listing` sells."""
    _, table = nouns(words.goods, words.parts)
    title = without_gifts(fold(listing.title))
    path = [fold(name) for name in listing.category]
    leaf = path[-1] if path else ""
    category, brand = fold(" ".join(listing.category)), fold(listing.brand)
    attributes = " ".join([fold(attribute.value) for attribute in listing.attributes])
    plain = facets.extract(listing.title, listing.category).without(_NO_GOODS)
    found = {hit.word for hit in named(plain, words.goods, words.parts)}
    # 手机 in 手机配件 is what the goods are for: of a category's name only the end says what is sold.
    for name in path[-2:]:
        found.update(hit.word for hit in named(name, words.goods, words.parts) if hit.end == len(name))
    return Subject(
        title,
        leaf,
        " ".join((title, category, brand, attributes)),
        frozenset(found),
        frozenset(family for word in found for family in table[word].families if not table[word].part),
        _SPARE(title + leaf) or _SPARE_LEAF(leaf),
        _SERVICE(category) or any(_SERVING.search(text) for text in (category, title)),
        bool(_PAIRED.search(title)),
        brand,
        listing.category,
    )


def is_sold(noun: Noun, about: Subject, rest_nouns: set[str], others: str) -> bool:
    """Whether the listing sells what `noun` names: it stands in title, category or other SKUs, or ends in what does."""
    if noun.word in about.title or noun.word in about.leaf or noun.word in others:
        return True
    if len(about.leaf) == 1 and noun.word.endswith(about.leaf):
        return True
    known = about.nouns | rest_nouns
    return any(noun.word.endswith(word) or word.endswith(noun.word) for word in known if len(word) > 1)


def belongs(noun: Noun, about: Subject, known: bool) -> bool:
    """Whether `noun` is a part, refill, packaging or companion of what the listing sells, rather than other goods."""
    families = {family for family in noun.families if not family.startswith("part.")}
    if noun.part and (not families or not about.families or "part.packaging" in noun.families):
        return True
    extras = companions(about.families)
    if noun.part and (families & about.families or noun.families & extras or not families & _ALONE):
        return True
    return not known and bool(families & extras)


def is_flavour(noun: Noun, after: str, about: Subject) -> bool:
    """Whether a plant or food names a colour, scent or pattern here ("樱桃红", "柠檬味", 栀子花 among perfumes)."""
    families = {family for family in noun.families if not family.startswith("part.")}
    if not families or not families <= _EDIBLE:
        return after[:1] in ("色", "味")
    return after.startswith(_COLOURING) or bool(about.families and not about.families & _EDIBLE)
