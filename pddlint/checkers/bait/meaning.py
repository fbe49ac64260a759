"""What a listing sells against what a SKU says it is: other goods, a part of the goods, a lesser make, or the goods themselves.

The listing's subject is read from title (without its gift clauses), category, brand, attributes and the other SKUs. Of a
SKU only those values count that the others do not share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from pddlint.catalog.model import Listing, Sku
from pddlint.checkers.bait.scanning import Hit, Scanner
from pddlint.text import lexicon, quantities
from pddlint.text.lexicon import Extra
from pddlint.text.normalise import fold, is_han

_GIFT = re.compile(r"(?:买[一1]送[一1]|附赠|赠送|加赠|下单送|附送|赠品|[送赠])(?!礼|爸|妈|男|女|长辈|朋友|老|人|闺|父|母|运费|货)[^\s,;\[\]()]{1,14}")
_LACK = re.compile(r"(?:不含|不带|不包含|不包括|不送|没有|不配|非主机|除外|无(?!线|糖|味|痕|尘|缝|印|水|火|人|核|籽|骨|盐|油|异|毒|害|机|烟|边|框|钢圈|领|袖))\s?([^\s,;+/()\[\]]{1,8})")
_NOT = re.compile(r"(?:不支持|不是|并非|不能|无法|非(?!遗|洲)|不(?!锈|粘|沾|掉|褪|起|易|伤|退|发|倒|含|带|包|送|配|补|限|同|勒|卡|变|老))([^\s,;+/()\[\]]{1,6})")
_FIT = re.compile(r"(?:适用|适配|适合|兼容|for|搭配|任意品牌)\S{0,12}|\S{0,8}?(?:可用|适用|通用|专用|都能用|均可用|用的)")
_MACHINE = re.compile(r"主机|主体|机身|本体|机器|产品|商品")
_SERVICE = re.compile(r"服务(?!员|器)|维修|家政|培训|课程|充值|票务|代办|租赁|上门(?!安装)|洗护|鉴定|设计")
_EDIBLE = frozenset("fruit vegetables meat seafood snacks nuts grains oils_sauces tea drinks plants supplements".split())
_COLOUR = re.compile(r"^(?:[红橙黄绿青蓝紫黑白灰棕粉金银咖杏]|色|味|香型|风|图案|印花|同款图)")
_SET = re.compile(r"套装|[0-9二两三四五六七八九十]\s?件套|全套|组合|[^\s]\+[^\s]|礼包|整套")
_CLAUSE = re.compile(r"[()\[\],;/\s]+")


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
    is_set: bool
    service: bool
    brand: str


class Reading(msgspec.Struct, frozen=True):
    """What a SKU's own words say it is. Words are folded; `own` is the text they were read from."""

    own: str
    goods: tuple[str, ...] = ()  # names of goods the listing does not sell, nor do they belong to what it sells
    kin: bool = False  # they are of a family the listing sells
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
    novelty: int = 0  # how many pairs of characters of its words nothing else in the listing has
    novel: str = ""
    like_part: bool = False  # those words end as names of parts do


@lru_cache(maxsize=16)
def _nouns(extra: Extra | None) -> tuple[Scanner, dict[str, Noun]]:
    """All names of goods and parts, and what is known of each. `extra` changes the list of parts and goods."""
    table: dict[str, Noun] = {}
    for name in ("goods", "parts"):
        data = lexicon.load(f"bait_{name}", extra)
        for group, words in data.groups.items():
            if name == "parts" and not group.startswith("part."):
                continue
            for word in map(fold, words):
                if len(word) < 2:
                    continue
                known = table.get(word)
                families = (known.families if known else frozenset()) | {group}
                table[word] = Noun(word, families, (known.part if known else False) or name == "parts")
    return Scanner(table), table


@lru_cache(maxsize=4)
def _ladders() -> tuple[dict[str, dict[str, int]], dict[str, Scanner], Scanner, Scanner]:
    data = lexicon.load("bait_grades")
    tiers: dict[str, dict[str, int]] = {}
    for group, words in data.groups.items():
        name, _, tier = group.partition(".")
        if tier.isdigit():
            tiers.setdefault(name, {}).update({fold(word): int(tier) for word in words})
    scanners = {name: Scanner(words) for name, words in tiers.items()}
    return tiers, scanners, Scanner(data.groups["lesser.make"]), Scanner(data.groups["lesser.brand"])


@lru_cache(maxsize=4)
def _marks() -> tuple[dict[str, Scanner], Scanner]:
    data = lexicon.load("bait_parts")
    marks = {group.removeprefix("mark."): Scanner(words) for group, words in data.groups.items() if group.startswith("mark.")}
    return marks, Scanner(data.groups["word"])


@lru_cache(maxsize=256)
def _companions(families: frozenset[str]) -> frozenset[str]:
    """The families whose goods come as extras to goods of `families`."""
    groups = lexicon.load("bait_parts").groups
    return frozenset(other for family in families for other in groups.get(f"belongs.{family}", ()))


@lru_cache(maxsize=1)
def _suffixes() -> frozenset[str]:
    return frozenset(lexicon.load("bait_parts").groups["suffix"])


def subject(listing: Listing, extra: Extra | None = None) -> Subject:
    """What `listing` sells."""
    scanner, table = _nouns(extra)
    title = _GIFT.sub(" ", fold(listing.title))
    leaf = fold(listing.category[-1]) if listing.category else ""
    attributes = " ".join(fold(attribute.value) for attribute in listing.attributes)
    context = " ".join((title, fold(" ".join(listing.category)), fold(listing.brand), attributes))
    found = {hit.word for text in (title, fold(" ".join(listing.category[-2:]))) for hit in scanner.scan(text)}
    families = frozenset(family for word in found for family in table[word].families if not table[word].part)
    spare = bool(re.search(r"配件|替换|耗材|补充装|补充液|零件|空盒|空瓶|散件", title + leaf) or re.search(r"包装|维修", leaf))
    service = bool(_SERVICE.search(fold(" ".join(listing.category))) or re.search(r"上门(?!安装)|服务(?!员|器)", title))
    brand = fold(listing.brand)
    return Subject(title, leaf, context, frozenset(found), families, spare, bool(_SET.search(title)), service, brand)


def own_text(sku: Sku, rest: Sequence[Sku]) -> str:
    """The SKU's values that none of `rest` carries, as written; all its values when there is no rest."""
    shared = {(spec.name, spec.value) for other in rest for spec in other.specs}
    return " ".join(spec.value for spec in sku.specs if spec.value and (spec.name, spec.value) not in shared)


def read(sku: Sku, rest: Sequence[Sku], about: Subject, extra: Extra | None = None) -> Reading:
    """What the SKU's own words say it is, beside what the listing sells."""
    own = fold(own_text(sku, rest))
    if not own:
        return Reading("")
    scanner, table = _nouns(extra)
    others = " ".join({fold(spec.value) for other in rest for spec in other.specs})
    rest_nouns = {hit.word for hit in scanner.scan(others)}
    lacking = " ".join(match[1] for match in _LACK.finditer(own))
    kept = _main_clause(_FIT.sub(" ", _LACK.sub(" ", own)), f"{others} {about.title}")
    goods: list[str] = []
    parts: list[str] = []
    sold: list[str] = []
    mentioned = False
    for hit in scanner.scan(kept):
        noun = table[hit.word]
        if _is_flavour(noun, kept[hit.end :], about):
            continue
        known = _is_sold(noun, about, rest_nouns, others)
        openly = known and (about.spare_shop or hit.word in about.leaf or noun.word in rest_nouns)
        if not openly and _belongs(noun, about, known):
            parts.append(hit.word)
            mentioned = mentioned or known
        elif known:
            sold.append(hit.word)
        else:
            goods.append(hit.word)
    families = {family for word in goods for family in table[word].families}
    marks, words = _marks()
    lower, claimed = _lower_grade(own, f"{about.context} {others}")
    make, brand = _ladders()[2:]
    novelty, novel = _novelty(kept, f"{about.context} {others}")
    lacks_product = _lacks_product(lacking, about, scanner)
    return Reading(
        own,
        goods=tuple(goods),
        kin=bool(families & about.families),
        parts=tuple(parts),
        mentioned=mentioned,
        sold=tuple(sold),
        marks=tuple(dict.fromkeys(h.word for name, s in marks.items() if name != "without" for h in s.scan(own))),
        part_words=tuple(h.word for h in words.scan(own)),
        lacks_product=lacks_product,
        denies=_denied(own, about.context) or ("" if lacks_product else _lacked_feature(lacking, about.title)),
        lower=lower,
        claimed=claimed,
        lesser=tuple(dict.fromkeys(h.word for h in make.scan(own) if h.word not in about.context and h.word not in others)),
        unbranded=tuple(dict.fromkeys(h.word for h in brand.scan(own) if h.word not in about.context and h.word not in others)),
        novelty=novelty,
        novel=novel,
        like_part=novel.split(" ")[0][-1:] in _suffixes(),
    )


def _is_sold(noun: Noun, about: Subject, rest_nouns: set[str], others: str) -> bool:
    """Whether the listing sells what `noun` names: it stands in title, category or other SKUs, or ends in what does."""
    if noun.word in about.title or noun.word in about.leaf or noun.word in others:
        return True
    known = about.nouns | rest_nouns
    return any(noun.word.endswith(word) or word.endswith(noun.word) for word in known if len(word) > 1)


def _belongs(noun: Noun, about: Subject, known: bool) -> bool:
    """Whether `noun` is a part, refill, packaging or companion of what the listing sells, rather than other goods."""
    families = {family for family in noun.families if not family.startswith("part.")}
    if noun.part and (not families or not about.families or "part.packaging" in noun.families):
        return True
    companions = _companions(about.families)
    if noun.part and (families & about.families or noun.families & companions):
        return True
    return not known and bool(families & companions)


def _is_flavour(noun: Noun, after: str, about: Subject) -> bool:
    """Whether a plant or food names a colour, scent, taste or pattern here ("樱桃红", "柠檬味", 栀子花 among perfumes)."""
    families = {family for family in noun.families if not family.startswith("part.")}
    if not families or not families <= _EDIBLE:
        return bool(re.match("[色味]", after))
    return bool(_COLOUR.match(after)) or bool(about.families and not about.families & _EDIBLE)


def _main_clause(own: str, context: str) -> str:
    """`own` without what comes with it: gift clauses, and what is added by "+" to a known first component."""
    gift = _GIFT.search(own)
    if gift and gift.start() > 1:
        own = own[: gift.start()] + " " + own[gift.end() :]
    first, plus, _ = own.partition("+")
    bare = first.strip(" ()[]")
    return first if plus and len(bare) > 1 and (bare in context or bare[:2] in context) else own


def _lacks_product(lacking: str, about: Subject, scanner: Scanner) -> str:
    """The product's own name among what the SKU says it comes without ("不含内裤", "无杆")."""
    if not lacking:
        return ""
    machine = _MACHINE.search(lacking)
    if machine:
        return machine[0]
    for hit in scanner.scan(lacking):
        if hit.word in about.title or hit.word in about.leaf:
            return hit.word
    tail = lacking.strip()[-1:]
    if is_han(tail) and len(lacking.strip()) == 1 and any(noun.endswith(tail) for noun in about.nouns):
        return tail
    return ""


def _lacked_feature(lacking: str, title: str) -> str:
    """A feature the title names and the SKU comes without ("无视频")."""
    return next((word for word in lacking.split() if len(word) > 1 and word[:2] in title), "")


def _denied(own: str, context: str) -> str:
    """The feature of the title that the SKU denies ("不制冷", "非快充", "不是银"); "" when there is none."""
    for match in _NOT.finditer(own):
        words = match[1]
        if len(words) == 1 and is_han(words) and words in context:
            return match[0]
        for size in (4, 3, 2):
            if len(words) >= size and words[:size] in context and is_han(words[0]):
                return match[0]
    return ""


def _lower_grade(own: str, context: str) -> tuple[str, str]:
    """A grade word of the SKU below what the listing claims, and the claim; ("", "") when there is none."""
    tiers, scanners, _, _ = _ladders()
    for name, scanner in scanners.items():
        said = [hit.word for hit in scanner.scan(own)]
        if not said:
            continue
        claims = [hit.word for hit in scanner.scan(context)]
        if not claims:
            continue
        worst = max(said, key=lambda word: tiers[name][word])
        claim = min(claims, key=lambda word: tiers[name][word])
        if tiers[name][worst] > tiers[name][claim] and worst not in claims:
            return worst, claim
    return "", ""


def _novelty(own: str, context: str) -> tuple[int, str]:
    """How much of the SKU's own Chinese wording occurs nowhere else in the listing: (new pairs of characters, the words)."""
    for quantity in reversed(quantities.parse(own)):
        own = own[: quantity.start] + " " + own[quantity.end :]
    new: list[str] = []
    for clause in _CLAUSE.split(own):
        run = "".join(char if is_han(char) else " " for char in clause)
        for piece in run.split():
            pairs = [piece[i : i + 2] for i in range(len(piece) - 1)]
            unknown = [pair for pair in pairs if pair not in context and pair[-1] not in "色款装版型码号"]
            if unknown:
                new.append(piece)
    text = " ".join(new)
    return sum(len(piece) - 1 for piece in new), text
