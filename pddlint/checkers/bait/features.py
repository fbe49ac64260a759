"""What speaks for one rule or another about a SKU that is bait: its words, the ending of its name and its amounts.

Features are names with a strength (mostly 1); `naming` weighs them. Only what the SKU's own words have and the rest of
the listing lacks counts, so a word that the title has, too, tells nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pddlint.checkers.bait import brands, ladder, wording
from pddlint.checkers.bait.scanning import Scanner, folded
from pddlint.checkers.bait.settings import Words
from pddlint.checkers.bait.subject import Subject
from pddlint.checkers.bait.weighing import Case
from pddlint.text import lexicon
from pddlint.text.lexicon import Extra
from pddlint.text.normalise import fold_all
from pddlint.text.patterns import Pattern

_HAN = Pattern(r"[\u4e00-\u9fff]+")
_COUNTED = Pattern(
    r"(?:(?:[0-9]+|[一二两三四五六七八九十半单散整几])[个只支根条片枚颗粒块套包张卷双对副把袋盒瓶本份节段截边组捆版串株朵扎芽]|[大小长短]号|加长|随机|均码|通用)+$",
    needs="个只支根条片枚颗粒块套包张卷双对副把袋盒瓶本份节段截边组捆版串株朵扎芽号长机码用",
)
_IMITATION = Pattern(
    r"(?:代|仿|假|类|人造|合成|复合|再生|镀|包|混|拼|非|伪)([\u4e00-\u9fff]{1,3})", needs="代仿假类造成复再镀包混拼非伪"
)
_MADE_OF = Pattern(
    r"[铝铁钢铜锌锡银金钛木竹藤塑胶皮革布棉麻丝毛绒瓷陶玻纸石玉蜡](?:管|制|质|料|材|款|身|杆|框|合金|芯|胎|底|板|面|编|壳|条|皮|的)|尼龙|涤纶|化纤|腈纶|丙纶|树脂|塑料|塑胶|亚克力|玻璃|合金|密胺|硅胶|橡胶|海绵|pvc|abs|pp|pu(?![a-z])",
    needs="铝铁钢铜锌锡银金钛木竹藤塑胶皮革布棉麻丝毛绒瓷陶玻纸石玉蜡龙纶纤脂克胺绵pb",
)
_ONE = Pattern(
    r"(?:^|[^0-9.])[一1单][个只支根条片枚颗粒块张双对副把节段截本芽株朵袋包](?![装盒])|单[个只支片条根把件]",
    needs="一1单",
)
_REPLACES = Pattern(
    r"(?:断|坏|破|丢|旧|老化|磨|失灵|用完)\S{0,3}(?:换|配|补)(?![下过了货回])|自己换|自行换|换新用|替换",
    needs="换配补",
)
_NUMBER = Pattern(r"(\d+(?:\.\d+)?)\s?([a-z]+|[\u4e00-\u9fff])")
_BRANDED = Pattern(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fffa-z]{1,2}[^品]牌(?![子照])|杂牌|白牌|无牌|贴牌|别牌", needs="牌")
_PRICE_BANDS = (0.01, 0.02, 0.04, 0.07, 0.1, 0.14, 0.2, 0.3, 0.45)
_PARTS = frozenset(("component", "cover", "cord", "packaging", "printed", "consumable", "tool"))
_GOODS = ("wear", "food", "plant", "animal", "device", "vessel", "home", "beauty", "play")


@lru_cache(maxsize=8)
def _kinds(extra: Extra | None) -> Scanner:
    """Kinds of goods by the names titles call them."""
    groups = folded("kits", extra)
    return Scanner(groups={g.removeprefix("class."): words for g, words in groups.items() if g.startswith("class.")})


@lru_cache(maxsize=512)
def _goes_with(kind: str, extra: Extra | None) -> Scanner:
    """What goes with goods of a kind."""
    return Scanner(folded("kits", extra)[f"kit.{kind}"])


@lru_cache(maxsize=8)
def _heads(extra: Extra | None) -> dict[str, tuple[str, ...]]:
    """Endings of names -> the classes they stand in."""
    table: dict[str, tuple[str, ...]] = {}
    for group, words in folded("heads", extra).items():
        if group.startswith("head."):
            for word in words:
                table[word] = (*table.get(word, ()), group.removeprefix("head."))
    return table


@lru_cache(maxsize=8)
def _words(extra: Extra | None) -> dict[str, Scanner]:
    groups = folded("heads", extra)
    return {g.removeprefix("word."): Scanner(words) for g, words in groups.items() if g.startswith("word.")}


@lru_cache(maxsize=1)
def _domains() -> Mapping[str, str]:
    """Family of bait_goods -> department."""
    groups = lexicon.load("bait_heads").groups
    return {f: g.removeprefix("domain.") for g, words in groups.items() if g.startswith("domain.") for f in words}


@lru_cache(maxsize=1)
def _brands() -> Scanner:
    """Makers of the general list, which a model's name may follow."""
    return Scanner(fold_all(word for word in lexicon.load("brands").words() if len(word) > 1))


@lru_cache(maxsize=1)
def _wholes() -> frozenset[str]:
    """Names of goods, which are of use by themselves even where they come as extras."""
    others = {*lexicon.load("bait_parts").words(), *folded("heads")["no_whole"]}
    return lexicon.load("bait_goods").words() - others


def head(run: str, extra: Extra | None = None) -> tuple[str, tuple[str, ...]]:
    """The ending of a name that is known, and its classes; ("", ()) where none is."""
    bare = _COUNTED.sub("", run) or run
    table = _heads(extra)
    for start in range(max(0, len(bare) - 4), len(bare)):
        classes = table.get(bare[start:])
        if classes is not None:
            return bare[start:], classes
    return "", ()


def features(case: Case, about: Subject, words: Words) -> dict[str, float]:
    """The features of a SKU whose meaning has been read, by name; a user's removed words tell nothing."""
    context, kept = case.reading.context, case.reading.kept
    extra = Extra((), words.parts.remove) if words.parts is not None and words.parts.remove else None
    found: dict[str, float] = {"bias": 1.0}
    for name, value in (
        *_read(case),
        *_said(case, about),
        *_money(case),
        *_name(case, about, context, kept, extra),
        *_in_words(case, context, extra),
        *_kit(about, context, kept, extra),
        *_compared(case, about, context),
    ):
        found[name] = max(found.get(name, 0.0), value)
    return found


def _read(case: Case) -> Iterator[tuple[str, float]]:
    """What the lexicons of goods, parts and grades know of the words."""
    r = case.reading
    wholes = _wholes()
    flags = {
        "goods": bool(r.goods),
        "goods-kin": bool(r.goods) and r.kin,
        "goods-styled": bool(r.goods) and r.styled,
        "part": bool(r.parts),
        "part-whole": any(word in wholes for word in r.parts),
        "part-mentioned": r.mentioned,
        "part-styled": bool(r.parts) and r.styled,
        "goods+part": bool(r.goods and r.parts),
        "sold": bool(r.sold),
        "only": bool(r.marks),
        "accessory-word": bool(r.part_words),
        "lacks-product": bool(r.lacks_product),
        "denies": bool(r.denies),
        "lower": bool(r.lower),
        "lesser": bool(r.lesser),
        "unbranded": bool(r.unbranded),
        "service": bool(r.services),
        "flaw": bool(r.flaw),
        "damaged": r.damaged,
        "material": r.material,
        "taste": bool(r.taste),
        "deal": r.deal,
        "same-kind": r.same_kind,
        "like-part": r.like_part,
        "like-make": r.like_make,
        "novel-none": r.novelty == 0,
        "novel-some": 0 < r.novelty < 3,
        "novel-much": r.novelty >= 5,
    }
    yield from ((name, 1.0) for name, there in flags.items() if there)


def _said(case: Case, about: Subject) -> Iterator[tuple[str, float]]:
    """Phrases of the wording lexicons; single characters of them only where a name begins or ends with one."""
    runs = _HAN.findall(case.reading.own)
    for name, signs in (("no", case.nonexistent), ("bad", case.irregular), ("sample", case.sample)):
        for sign in signs:
            if len(sign.word) > 1 or any(run[0] == sign.word or run[-1] == sign.word for run in runs):
                yield f"{name}-{'strong' if sign.strong else 'weak' if len(sign.word) > 1 else 'hint'}", 1.0
    senses = {sign.sense for sign in case.irregular}
    paired = about.paired or any(noun.endswith(wording.family("irregular", None).pairs) for noun in about.nouns)
    if "single" in senses:
        yield "single-of-pair" if paired else "single", 1.0
    if senses - {"single"} and any(sign.strong for sign in case.irregular if sign.sense != "single"):
        yield "bad-state", 1.0
    if any(sign.strong and sign.sense in ("no_shipping", "top_up", "claim", "deposit") for sign in case.nonexistent):
        yield "no-sure", 1.0


def _money(case: Case) -> Iterator[tuple[str, float]]:
    money = case.money
    if money is None:
        yield "unpriced", 1.0
        return
    for band in _PRICE_BANDS:
        if money.ratio < band:
            yield f"price<{band:g}", 1.0
    if money.quantity:
        kind = "count" if money.quantity.startswith("count") else money.quantity
        yield f"by-{kind}", 1.0
        if money.smaller > 1:
            yield f"smaller-{kind}", min(6.0, math.log2(money.smaller)) / 2
        if money.explained:
            yield "explained", 1.0


def _runs(novel: str, kept: str) -> list[str]:
    return _HAN.findall(novel) or _HAN.findall(kept)


def _name(case: Case, about: Subject, context: str, kept: str, extra: Extra | None) -> Iterator[tuple[str, float]]:
    """What the endings of the names say, and whether those of goods belong to another department."""
    runs = _runs(_unbranded(case.reading.novel), _unbranded(kept))
    sold = {domain for family in about.families if (domain := _domains().get(family))}
    known = False
    for place, run in enumerate(runs[:3]):
        strength = 1.0 if place == 0 else 0.5
        word, classes = head(run, extra)
        if place == 0:
            kind = "unknown" if not word else "part" if _PARTS.intersection(classes) else "other"
            for domain in sorted(sold) or ("?",):
                yield f"{kind}@{domain}", 1.0
            bare = _COUNTED.sub("", run) or run
            if len(bare) > 2 and bare[-2:] in about.title:
                yield "tail-in-title", 1.0
        known = known or bool(word)
        there = len(word) > 1 and word in context
        for name in classes:
            yield (f"head-sold:{name}" if there else f"head:{name}"), strength / len(classes) ** 0.5
            if len(word) > 1:
                yield f"head2:{name}", strength / len(classes) ** 0.5
            if name in _GOODS and sold and not there:
                yield ("department-same" if name in sold else "department-other"), strength
        if word and place == 0 and any(noun.endswith(word) for noun in about.nouns):
            yield "head-of-product", 1.0
    if runs and not known:
        yield "head-unknown", 1.0
    if not runs:
        yield "no-name", 1.0


def _unbranded(text: str) -> str:
    """`text` without brands that a model's name follows: 小米 in 小米4c is no food."""
    for hit in reversed(list(_brands().scan(text))):
        after = text[hit.end : hit.end + 1]
        if after.isascii() and after.isalnum():
            text = text[: hit.start] + " " + text[hit.end :]
    return text


def _in_words(case: Case, context: str, extra: Extra | None) -> Iterator[tuple[str, float]]:
    """Words of state, deal, trial, lesser make anywhere in the name, unless the listing has them, too."""
    own = wording.mask(case.reading.own, wording.family("irregular", None))
    for name, scanner in _words(extra).items():
        count = sum(hit.word not in context for hit in scanner.scan(own))
        if count:
            yield f"word:{name}", min(2.0, count)


def _kit(about: Subject, context: str, kept: str, extra: Extra | None) -> Iterator[tuple[str, float]]:
    """Whether the name is of what goes with goods of the listing's kind."""
    classes = _kinds(extra)
    kinds = {hit.group for hit in classes.scan(about.leaf)}
    kinds = kinds or {hit.group for hit in classes.scan(about.title)}
    for kind in sorted(kinds):
        for hit in _goes_with(kind, extra).scan(kept):
            ends = not _HAN.match(_COUNTED.sub("", kept[hit.end :])[:1])
            sold = hit.word in about.title or hit.word in about.leaf
            yield ("kit-sold" if sold else "kit-head" if ends else "kit"), 1.0
    others = {hit.group for hit in classes.scan(kept) if hit.word not in context}
    if others - kinds:
        yield "other-kind", 1.0
    if others & kinds:
        yield "own-kind", 1.0
    if not kinds:
        yield "kind-unknown", 1.0


def _compared(case: Case, about: Subject, context: str) -> Iterator[tuple[str, float]]:
    """What the SKU has less of than the listing, of what else it is made, and whose it is."""
    own = case.reading.own
    if any(match[1][:size] in context for match in _IMITATION.finditer(own) for size in range(1, len(match[1]) + 1)):
        yield "imitation", 1.0
    made = [match[0] for match in _MADE_OF.finditer(own) if match[0] not in context]
    if made:
        yield "made-of", 1.0
        if _MADE_OF.search(context):
            yield "made-of-else", 1.0
    if _REPLACES.search(own):
        yield "replaces", 1.0
    if _ONE.search(own):
        yield "one", 1.0
    yield from _numbers(own, context)
    yield from _title_amount(case, about)
    other = case.reading.brands
    branded = bool(about.brand) or bool(brands.claimed(about))
    if case.reading.unbranded and branded:
        yield "brand-lost", 1.0
    if other.words:
        yield "brand-other", 1.0
        if other.stands:
            yield "brand-in-place", 1.0
    elif any(match[0] not in context for match in _BRANDED.finditer(own)):
        yield "brand-other" if branded else "brand", 1.0
    elif any(word not in context for word in brands.known(own)):
        yield "brand", 1.0


def _numbers(own: str, context: str) -> Iterator[tuple[str, float]]:
    """Whether a number of the SKU is less than all the listing's of the same unit."""
    for match in _NUMBER.finditer(own):
        unit, value = match[2], float(match[1])
        rest = [float(other[1]) for other in _numbers_of(context) if other[2] == unit]
        if rest and value * 1.3 < min(rest):
            yield "less", 1.0
            if value * 6 < min(rest):
                yield "far-less", 1.0


@lru_cache(maxsize=8)
def _numbers_of(context: str) -> Sequence[re.Match[str]]:
    return tuple(_NUMBER.finditer(context))


def _title_amount(case: Case, about: Subject) -> Iterator[tuple[str, float]]:
    """How small an amount is, by itself and against the title's."""
    titled = ladder.amounts(about.title)
    # Grams beside millilitres are much the same for what is sold by either.
    around = [*titled.items(), *(pair for name in case.reading.others for pair in ladder.amounts(name).items())]
    least = min((amount for kind, amount in around if kind in ("weight", "volume") and amount), default=0.0)
    for kind, amount in ladder.amounts(case.reading.own).items():
        if kind in ("weight", "volume"):
            if 0 < amount * 12 <= least:
                yield "far-smaller", 1.0
            if amount <= 15:
                yield "tiny", 1.0
            if amount <= 60:
                yield "small", 1.0
        if kind in ("weight", "volume", "length") and titled.get(kind, 0.0) >= 4 * amount > 0:
            yield "below-title", 1.0
