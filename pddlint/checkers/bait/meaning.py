"""What a SKU's own words say it is: other goods than the listing's, a part of them, a lesser make, or the goods.

Of a SKU only those values count that the other SKUs do not share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from pddlint.catalog.model import Sku
from pddlint.checkers.bait import brands
from pddlint.checkers.bait.said import Grades, first_name, grades, said, suffixes, tail, wording
from pddlint.checkers.bait.scanning import Scanner
from pddlint.checkers.bait.settings import PLAIN, Words
from pddlint.checkers.bait.subject import Noun, Subject, belongs, is_flavour, is_sold, named, nouns
from pddlint.text import facets
from pddlint.text.normalise import fold, is_han
from pddlint.text.patterns import Pattern

_MACHINE = Pattern(r"主机|主体|机身|本体|机器|产品|商品", needs="主机本产商")
_EMPTY = Pattern(r"空(?![气调间心运姐白])[\u4e00-\u9fff]{0,3}?[罐瓶盒袋箱桶壳筒管框]", needs="空")
_EXTENSION = Pattern(r"尾|延长|加长|替换|备用", needs="尾延加替备")
_EMPTY_ENDS = "色款装版型码号"
_ROLES = ("goods", "kin", "styled", "parts", "mentioned", "sold", "services")


class Reading(msgspec.Struct, frozen=True):
    """What a SKU's own words say it is. Words are folded; `own` is the text they were read from."""

    own: str
    kept: str = ""  # of these, what says neither what the SKU fits nor what it lacks
    context: str = ""  # what title, category, attributes and the rest of the SKUs say
    others: tuple[str, ...] = ()  # the names of the rest of the SKUs
    goods: tuple[str, ...] = ()  # names of goods the listing does not sell, nor do they belong to what it sells
    kin: bool = False  # they are of a family the listing sells
    styled: bool = False  # they only name a style (台灯款)
    parts: tuple[str, ...] = ()  # parts, refills, packaging
    mentioned: bool = False  # the part stands in the title, too
    sold: tuple[str, ...] = ()  # names of what the listing sells
    marks: tuple[str, ...] = ()  # only, without, spare, empty
    part_words: tuple[str, ...] = ()
    lacks_product: str = ""
    denies: str = ""  # a feature of the title that the SKU denies
    lower: str = ""  # a material or grade below the one the listing claims
    claimed: str = ""
    lesser: tuple[str, ...] = ()
    unbranded: tuple[str, ...] = ()
    brands: brands.Other = brands.Other()  # another maker's
    novelty: int = 0  # how many characters of its words nothing else in the listing has
    novel: str = ""
    variety: bool = False  # most of the rest, too, are named by words the title does not have
    like_part: bool = False  # those words end as names of parts do
    like_make: bool = False  # those words end as names of makes do
    services: tuple[str, ...] = ()  # work, not goods
    flaw: str = ""  # the product's own name with a flaw before it (碎糖, 烂果), or a word of damage (磕扁, 摔过)
    damaged: bool = False  # the flaw is a word of damage
    material: bool = False  # it names a material that the listing does not
    taste: str = ""  # it invites to try: 先喝喝看, 看厚薄
    deal: bool = False  # it speaks of ordering and paying and names no goods
    same_kind: bool = False  # the name ends as those of the product do (小琴 beside 电子琴)


def read(values: Sequence[str], rest: Sequence[Sku], about: Subject, words: Words = PLAIN) -> Reading:
    """What a SKU's own spec values say it is, beside what the listing and the rest of its SKUs sell."""
    own = fold(" ".join(values))
    if not own:
        return Reading("")
    alone = said(own, words.grades)
    names = tuple(dict.fromkeys([other.name for other in rest]))
    parts = dict.fromkeys([fold(spec.value) for other in rest for spec in other.specs])
    others = " ".join(parts)
    sold = " ".join([_by_itself(part, words) for part in parts]) if "+" in others else others
    context = f"{about.context} {others}"
    kept = _main_clause(alone.bare, f"{others} {about.title}")
    roles = _sorted_nouns(kept, sold, about, words)
    roles["parts"] += [match[0] for match in _EMPTY.finditer(kept) if match[0] not in context and not roles["parts"]]
    lower, claimed = _lower_grade(alone.grades, context, grades(words.grades))
    novelty, novel = _novelty(kept, context, about)
    if alone.marks and roles["goods"] and not roles["parts"] and not roles["kin"]:
        roles["parts"], roles["goods"] = roles["goods"], []  # 门锁单买: sold for the product, not instead of it
    lacks_product = _lacks_product(alone.lacking, about, *nouns(words.goods, words.parts))
    damage = next((word for word in alone.damage if word not in about.context), "") if alone.damage else ""
    first = first_name(kept)
    return Reading(
        own,
        kept,
        context,
        names,
        goods=tuple(roles["goods"]),
        kin=bool(roles["kin"]),
        styled=bool(roles["styled"]),
        parts=tuple(roles["parts"]),
        mentioned=bool(roles["mentioned"]),
        sold=tuple(roles["sold"]),
        marks=tuple(dict.fromkeys(alone.marks + alone.single)),
        part_words=alone.part_words,
        lacks_product=lacks_product,
        denies=_denied(alone.denials, about.context)
        or ("" if lacks_product else _lacked_feature(alone.lacking, about.title)),
        lower=lower,
        claimed=claimed,
        lesser=_strange(alone.lesser, context),
        unbranded=_strange(alone.unbranded, context),
        brands=brands.other(alone.unfitted, names, about, words.goods.remove if words.goods else ()),
        novelty=novelty,
        novel=novel,
        variety=bool(novelty) and _variety(names, about),
        like_part=first.like_part,
        like_make=first.like_make,
        services=(*roles["services"], *alone.fees),
        flaw=_flaw(alone.flaws, about) or damage,
        damaged=bool(damage),
        material=any(name not in context for name in alone.materials),
        taste=alone.taste,
        deal=alone.deal and not (roles["goods"] or roles["parts"]),
        same_kind=_same_kind(first.head, about),
    )


def _strange(words: Sequence[str], context: str) -> tuple[str, ...]:
    """The words that the rest of the listing does not have, each once."""
    return tuple(dict.fromkeys([word for word in words if word not in context])) if words else ()


def _same_kind(head: str, about: Subject) -> bool:
    """Whether the first name ends in the character that ends a name of the product."""
    if len(head) < 2 or _EXTENSION.search(head):
        return False
    return head[-1] == about.leaf[-1:] or head[-1] in {noun[-1] for noun in about.nouns}


def _sorted_nouns(kept: str, others: str, about: Subject, words: Words) -> dict[str, list[str]]:
    """The names in a SKU's words by role: goods (kin to those sold; styled: before 款), parts, mentioned, sold …"""
    roles: dict[str, list[str]] = {role: [] for role in _ROLES}
    hits = named(kept, words.goods, words.parts)
    if not hits:
        return roles
    scanner, table = nouns(words.goods, words.parts)
    rest_nouns = {hit.word for hit in scanner.scan(others)}
    starts = {hit.start for hit in hits}
    for hit in hits:
        noun = table[hit.word]
        if is_flavour(noun, kept[hit.end :], about):
            continue
        known = is_sold(noun, about, rest_nouns, others)
        openly = known and (about.spare_shop or hit.word in about.leaf or hit.word in rest_nouns)
        if not openly and belongs(noun, about, known):
            roles["parts"].append(hit.word)
            if kept[hit.end : hit.end + 1] in ("款", "版", "型"):
                roles["styled"].append(hit.word)  # 底座款: a lamp on a base
            if known:
                roles["mentioned"].append(hit.word)
        elif known:
            if not _modifies(kept, hit.end):
                roles["sold"].append(hit.word)
        elif noun.families == {"services"}:
            roles["services"].append(hit.word)
        elif (
            _modifies(kept, hit.end)
            and (after := tail(kept[hit.end :]))[-1:] in suffixes()
            and starts.isdisjoint(range(hit.end, hit.end + len(after)))
        ):
            roles["parts"].append(hit.word + after)  # 耳机 in 耳机防尘帽
        else:
            roles["goods"].append(hit.word)
            if kept[hit.end : hit.end + 1] in ("款", "版", "型", "式", "状") or _modifies(kept, hit.end):
                roles["styled"].append(hit.word)
            if noun.families & about.families:
                roles["kin"].append(hit.word)
    return roles


def _modifies(text: str, end: int) -> bool:
    """Whether the noun that ends at `end` only modifies what follows it ("眼镜" in "眼镜布")."""
    after = text[end : end + 1]
    return (
        bool(after)
        and is_han(after)
        and after not in "款版型单套装个只条支件盒袋瓶双对组全整大小每约含和均随任多两一二三四五六七八九十半"
    )


def _by_itself(value: str, words: Words) -> str:
    """`value` without what comes with so many of the product: 3支 of 3支+2个刷头, but all of 餐桌+4椅子."""
    first, _, _ = value.partition("+")
    return value if named(first, words.goods, words.parts) else first


def _main_clause(own: str, context: str) -> str:
    """`own` without what is added by "+" to a known first component."""
    first, plus, _ = own.partition("+")
    bare = first.strip(" ()[]")
    return first if plus and len(bare) > 1 and (bare in context or bare[:2] in context) else own


def _lacks_product(lacking: str, about: Subject, scanner: Scanner, table: Mapping[str, Noun]) -> str:
    """The product's own name among what the SKU says it comes without ("不含内裤", "无杆")."""
    if not lacking:
        return ""
    machine = _MACHINE.search(lacking)
    if machine:
        return machine[0]
    for hit in scanner.scan(lacking):
        if hit.word in about.leaf or (hit.word in about.title and not table[hit.word].part):
            return hit.word
    tail = lacking.strip()[-1:]
    if (
        is_han(tail)
        and len(lacking.strip()) == 1
        and (tail == "机" or any(noun.endswith(tail) for noun in about.nouns))
    ):
        return tail
    return ""


def _flaw(flaws: Sequence[tuple[str, str]], about: Subject) -> str:
    """The product's own name with a flaw before it, where the listing does not say so itself."""
    if not flaws:
        return ""
    ends = {noun[-1] for noun in about.nouns} | set("".join(fold(name) for name in about.category))
    return next((whole for whole, flawed in flaws if flawed in ends and whole not in about.context), "")


def _lacked_feature(lacking: str, title: str) -> str:
    """A feature the title names and the SKU comes without ("无视频")."""
    return next((word for word in lacking.split() if len(word) > 1 and word[:2] in title), "") if lacking else ""


def _denied(denials: Sequence[tuple[str, str]], context: str) -> str:
    """The feature of the title that the SKU denies ("不制冷", "非快充", "不是银"); "" when there is none."""
    for whole, words in denials:
        if len(words) == 1 and is_han(words) and words in context:
            return whole
        for size in (4, 3, 2):
            if len(words) >= size and words[:size] in context and is_han(words[0]):
                return whole
    return ""


def _lower_grade(own: Sequence[str], context: str, grades: Grades) -> tuple[str, str]:
    """A grade word of the SKU below what the listing claims, and the claim; ("", "") when there is none."""
    if not own:
        return "", ""
    worst_of, claims = (_by_ladder(words, grades) for words in (own, [hit.word for hit in grades.any.scan(context)]))
    for name, worded in worst_of.items():
        worst = max(worded, key=lambda pair: pair[0])
        best = min(claims.get(name, [worst]), key=lambda pair: pair[0])
        if worst[0] > best[0] and worst not in claims[name]:
            return worst[1], best[1]
    return "", ""


def _by_ladder(words: Iterable[str], grades: Grades) -> dict[str, list[tuple[int, str]]]:
    """The words on each ladder, with their tiers."""
    found: dict[str, list[tuple[int, str]]] = {}
    for word in words:
        for name, tier in grades.tiers(word):
            found.setdefault(name, []).append((tier, word))
    return found


def _novelty(own: str, context: str, about: Subject) -> tuple[int, str]:
    """How much of the SKU's own wording occurs nowhere else in the listing: (characters not covered, the words).

    Colours, sizes, amounts, flavours and the like are no wording: variants differ in them.
    """
    runs, latin = wording(facets.extract(own, about.category, spec=True, around=about.title).core)
    count, new = 0, []
    for run in runs:
        uncovered = _uncovered(run, context)
        if uncovered:
            count += uncovered
            new.append(run)
    for name in latin:
        if name not in context:
            count += len(name)
            new.insert(0, name)
    return count, " ".join(new)


def _variety(rest: Sequence[str], about: Subject) -> bool:
    """Whether most of the other SKUs' names have words that are new to the listing."""
    names = set(map(fold, rest))
    strange = sum(_unlike(name, about) for name in names)
    return strange * 2 >= len(names) > 0


@lru_cache(maxsize=1 << 10)
def _unlike(name: str, about: Subject) -> bool:
    return _novelty(name, about.context, about)[0] > 1


def _uncovered(run: str, context: str) -> int:
    """How many characters of a run of Chinese no pair of neighbours, known to `context` or empty of meaning, covers."""
    known = [False] * len(run)
    for place in range(len(run) - 1):
        pair = run[place : place + 2]
        if pair in context:
            known[place] = known[place + 1] = True
        elif pair[1] in _EMPTY_ENDS:
            known[place + 1] = True
    if run[0] == "单" and len(run) > 1:  # 单椅, where the others are 一桌四椅
        known[0] = True
        known[1] = known[1] or run[1] in context
    if len(run) == 1:  # 芯, with pens: a part's name alone
        return 2 if run in suffixes() and run not in context else 0
    return known.count(False)
