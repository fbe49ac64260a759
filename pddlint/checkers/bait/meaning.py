"""What a SKU's own words say it is: other goods than the listing's, a part of them, a lesser make, or the goods.

Of a SKU only those values count that the other SKUs do not share.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from pddlint.catalog.model import Sku
from pddlint.checkers.bait import brands
from pddlint.checkers.bait.scanning import Scanner
from pddlint.checkers.bait.settings import PLAIN, Words
from pddlint.checkers.bait.subject import Noun, Subject, belongs, is_flavour, is_sold, nouns
from pddlint.text import facets, lexicon
from pddlint.text.gifts import gift_clauses
from pddlint.text.lexicon import Extra
from pddlint.text.normalise import fold, fold_groups, is_han
from pddlint.text.patterns import Pattern

_LACK = Pattern(
    r"(?:不含|不带|不包含|不包括|不送|没有|不配|非主机|除外|无(?!线|糖|味|痕|尘|缝|印|水|火|人|核|籽|骨|盐|油|异|毒|害|机|烟|边|框|钢圈|领|袖))\s?([^\s,;+/()\[\]]{1,8})",
    needs="不没非除无",
)
_NOT = Pattern(
    r"(?:不支持|不是|并非|不能|无法|非(?!遗|洲)|不(?!锈|粘|沾|掉|褪|起|易|伤|退|发|倒|含|带|包|送|配|补|限|同|勒|卡|变|老))([^\s,;+/()\[\]]{1,6})",
    needs="不并无非",
)
_FIT = Pattern(
    r"(?:适用|适配|适合|兼容|for|搭配|任意品牌)\S{0,12}|[^\s()\[\]]{0,8}?(?:可用|适用|通用|专用|都能[用打装配夹挂]|均可用|用的)",
    needs="适兼f搭任用都",
)
_MACHINE = Pattern(r"主机|主体|机身|本体|机器|产品|商品", needs="主机本产商")
_FLAW = Pattern(r"[碎烂坏破残次裂瘪霉旧脏断歪丑]([\u4e00-\u9fff])", needs="碎烂坏破残次裂瘪霉旧脏断歪丑")
# A verb of damage with its result (磕扁, 摔过), or a part that is missing (缺腿).
_DAMAGE = Pattern(
    r"(?<![防抗耐不免易怕修补去除])(?:[烧摔磕碰磨刮划蹭断裂豁崩瘪歪塌漏锈蛀翘撞骑踩咬啃挤冻淋砸](?:了|过|掉|坏|伤|痕|扁|断|歪|弯|裂|烂|破|脏|瘪|变形)"
    r"|[吹烤印缝切装焊染](?:歪|糊|焦|坏|偏|花)了?|[缺少断掉](?:腿|角|脚|扣|轮|盖|钳|页|头|齿|耳|柄|跟|珠|钻|块|零件)|掉[漆磁涂皮毛绒粉胶钻渣屑]|[绷卷散秃洇渗]了|坏的|烂的|破的|断的|只余|剩半|用剩)",
    needs="烧摔磕碰磨刮划蹭断裂豁崩瘪歪塌漏锈蛀翘撞骑踩咬啃挤冻淋砸吹烤印缝切装焊染缺少掉绷卷散秃洇渗坏烂破只剩",
)
_TASTE = Pattern(
    r"([尝试看摸闻用喝吃铺涂写弹贴穿戴])\1?看(?![护点齐])|([尝摸闻喝])\2|先[试看喝闻](?!后)|试[敷抹擦戴穿用吃喝饮闻写铺贴钓骑弹涂泡洗睡坐](?!过)|感受|体会"
    r"|看(?:厚薄|效果|颜色|色|质感|质地|料|纹|样|花色|手感|做工|材质|实物|成色)",
    needs="看尝摸闻喝先试感体",
)
_EMPTY = Pattern(r"空(?![气调间心运姐白])[\u4e00-\u9fff]{0,3}?[罐瓶盒袋箱桶壳筒管框]", needs="空")
_HOLLOW = Pattern("空(?![气调间心运])", needs="空")
_DEAL = Pattern(
    r"下单|[预先]?付|押|订|占|领[取号走]|[预缴]存|名额|链接|口令|报名|预约|课|租|红包|转账|核销|辛苦|自理|补(?![水光色丁漆胎钙妆])|加价|定制|另[付算]|师傅|工钱|客服|主播|[开直]播|备注|凭证|截图",
    needs="下付押订占领存额链令报约课租包账核辛理补价制另师工客主播备凭截",
)
_COUNTED = Pattern(
    r"(?:(?:[0-9]+|[一二两三四五六七八九十半单散整])[个只支根条片枚颗粒块套包张卷双对副把袋盒瓶本份节段截边组捆版串]|[大小长短]号|加长)+$",
    needs="个只支根条片枚颗粒块套包张卷双对副把袋盒瓶本份节段截边组捆版串号长",
)
_EXTENSION = Pattern(r"尾|延长|加长|替换|备用", needs="尾延加替备")
_MAKE = Pattern(r"(?:[制款版型层级]|单层|薄)$", needs="制款版型层级薄")
_SINGLE = Pattern(
    r"(?:^|[\s(\[])单(?=[\u4e00-\u9fff])(?![个只支件片条套层人色双面头杆排边手门卡反独价位元机瓶盒包袋把台张块颗粒枚根本串孔刀电桌椅鞋次色肩晶])",
    needs="单",
)
_FEE = Pattern(
    r"(?:^|(?<=[\s(\[+/,]))[\u4e00-\u9fff]{2,3}(?<![免包含付退省运邮])费用?(?=$|[^\u4e00-\u9fff]|[补拍专另])",
    needs="费",
)
_NAMED = Pattern(r"[a-z]{2,}(?=[\u4e00-\u9fff])")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
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


class _Grades(msgspec.Struct, frozen=True):
    """Materials and makes on their ladders; words of lesser makes and other brands."""

    tiers: dict[str, list[tuple[str, int]]]  # word -> its ladders and its tier in each, 1 the best
    any: Scanner  # over the words of all ladders
    make: Scanner
    brand: Scanner


@lru_cache(maxsize=16)
def _grades(extra: Extra | None) -> _Grades:
    groups = lexicon.load("bait_grades", extra).groups
    tiers: dict[str, list[tuple[str, int]]] = {}
    ladders = {group: words for group, words in groups.items() if group.partition(".")[2].isdigit()}
    for group, words in fold_groups(ladders).items():
        name, _, tier = group.partition(".")
        for word in set(words):
            tiers.setdefault(word, []).append((name, int(tier)))
    return _Grades(tiers, Scanner(tiers), Scanner(groups["lesser.make"]), Scanner(groups["lesser.brand"]))


@lru_cache(maxsize=4)
def _marks() -> tuple[dict[str, Scanner], Scanner]:
    data = lexicon.load("bait_parts")
    marks = {
        group.removeprefix("mark."): Scanner(words) for group, words in data.groups.items() if group.startswith("mark.")
    }
    return marks, Scanner(data.groups["word"])


@lru_cache(maxsize=1)
def _plain() -> Scanner:
    return Scanner(lexicon.load("bait_parts").groups["plain"])


@lru_cache(maxsize=1)
def _suffixes() -> frozenset[str]:
    return frozenset(lexicon.load("bait_parts").groups["suffix"])


def read(values: Sequence[str], rest: Sequence[Sku], about: Subject, words: Words = PLAIN) -> Reading:
    """What a SKU's own spec values say it is, beside what the listing and the rest of its SKUs sell."""
    own = fold(" ".join(values))
    if not own:
        return Reading("")
    others = " ".join(dict.fromkeys(fold(spec.value) for other in rest for spec in other.specs))
    context = f"{about.context} {others}"
    lacking = " ".join(match[1] for match in _LACK.finditer(own))
    kept = _main_clause(_FIT.sub(" ", _LACK.sub(" ", own)), f"{others} {about.title}")
    roles = _sorted_nouns(kept, others, about, words)
    roles["parts"] += [match[0] for match in _EMPTY.finditer(kept) if match[0] not in context and not roles["parts"]]
    grades = _grades(words.grades)
    lower, claimed = _lower_grade(own, context, grades)
    lesser, unbranded = (
        tuple(dict.fromkeys(hit.word for hit in scanner.scan(own) if hit.word not in context))
        for scanner in (grades.make, grades.brand)
    )
    marks, accessory = _marks()
    marked = [hit.word for name, scanner in marks.items() if name != "without" for hit in scanner.scan(own)]
    if "空" in marked and not _HOLLOW.search(own):
        marked = [word for word in marked if word != "空"]
    novelty, novel = _novelty(kept, context, about)
    if marked and roles["goods"] and not roles["parts"] and not roles["kin"]:
        roles["parts"], roles["goods"] = roles["goods"], []  # 门锁单买: sold for the product, not instead of it
    lacks_product = _lacks_product(lacking, about, *nouns(words.goods, words.parts))
    damage = _damage(own, about)
    return Reading(
        own,
        kept,
        context,
        tuple(dict.fromkeys(other.name for other in rest)),
        goods=tuple(roles["goods"]),
        kin=bool(roles["kin"]),
        styled=bool(roles["styled"]),
        parts=tuple(roles["parts"]),
        mentioned=bool(roles["mentioned"]),
        sold=tuple(roles["sold"]),
        marks=tuple(dict.fromkeys(marked + _SINGLE.findall(own))),
        part_words=tuple(hit.word for hit in accessory.scan(own)),
        lacks_product=lacks_product,
        denies=_denied(own, about.context) or ("" if lacks_product else _lacked_feature(lacking, about.title)),
        lower=lower,
        claimed=claimed,
        lesser=lesser,
        unbranded=unbranded,
        brands=brands.other(_FIT.sub(" ", own), rest, about, words.goods.remove if words.goods else ()),
        novelty=novelty,
        novel=novel,
        variety=bool(novelty) and _variety(rest, about),
        like_part=_head(kept)[-1:] in _suffixes(),
        like_make=bool(_MAKE.search(_head(kept))),
        services=(*roles["services"], *_FEE.findall(own)),
        flaw=_flaw(own, about) or damage,
        damaged=bool(damage),
        material=any(name not in context for name in facets.extract(own).of("material")),
        taste=next((match[0] for match in _TASTE.finditer(own)), ""),
        deal=bool(_DEAL.search(own)) and not (roles["goods"] or roles["parts"]),
        same_kind=_same_kind(kept, about),
    )


def _head(text: str) -> str:
    """The first name in a SKU's words, without what counts or sizes it at its end ("缠把带" of "缠把带一条 黑")."""
    for run in _HAN.findall(text):
        bare = _COUNTED.sub("", run) or run
        bare = bare.removesuffix("子") if len(bare) > 2 else bare
        if bare:
            return bare
    return ""


def _tail(text: str) -> str:
    """What a run of Chinese goes on with, without counts and sizes at its end."""
    run = _HAN.match(text)
    return _COUNTED.sub("", run[0]) if run else ""


def _same_kind(text: str, about: Subject) -> bool:
    """Whether the first name ends in the character that ends a name of the product."""
    head = _head(text)
    ends = {noun[-1] for noun in about.nouns} | {about.leaf[-1:]}
    return len(head) > 1 and head[-1] in ends and not _EXTENSION.search(head)


def _damage(own: str, about: Subject) -> str:
    """A word of damage, where the listing does not say so itself."""
    return next((m[0] for m in _DAMAGE.finditer(own) if m[0] not in about.context), "")


def _sorted_nouns(kept: str, others: str, about: Subject, words: Words) -> dict[str, list[str]]:
    """The names in a SKU's words by role: goods (kin to those sold; styled: before 款), parts, mentioned, sold …"""
    scanner, table = nouns(words.goods, words.parts)
    rest_nouns = {hit.word for hit in scanner.scan(others)}
    roles: dict[str, list[str]] = {role: [] for role in _ROLES}
    hits = list(scanner.scan(kept))
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
            and (tail := _tail(kept[hit.end :]))[-1:] in _suffixes()
            and starts.isdisjoint(range(hit.end, hit.end + len(tail)))
        ):
            roles["parts"].append(hit.word + tail)  # 耳机 in 耳机防尘帽
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


def _main_clause(own: str, context: str) -> str:
    """`own` without what comes with it: gift clauses, and what is added by "+" to a known first component."""
    for gift in reversed(gift_clauses(own)):
        if gift.start > 1:
            own = own[: gift.start] + " " + own[gift.end :]
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


def _flaw(own: str, about: Subject) -> str:
    """The product's own name with a flaw before it, where the listing does not say so itself."""
    ends = {noun[-1] for noun in about.nouns} | set("".join(fold(name) for name in about.category))
    return next((m[0] for m in _FLAW.finditer(own) if m[1] in ends and m[0] not in about.context), "")


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


def _lower_grade(own: str, context: str, grades: _Grades) -> tuple[str, str]:
    """A grade word of the SKU below what the listing claims, and the claim; ("", "") when there is none."""
    if not grades.any.may_hit(own):
        return "", ""
    said: dict[str, list[tuple[int, str]]] = {}
    for hit in grades.any.scan(own):
        for name, tier in grades.tiers[hit.word]:
            said.setdefault(name, []).append((tier, hit.word))
    if not said:
        return "", ""
    claims: dict[str, list[tuple[int, str]]] = {}
    for hit in grades.any.scan(context):
        for name, tier in grades.tiers[hit.word]:
            claims.setdefault(name, []).append((tier, hit.word))
    for name, worded in said.items():
        worst = max(worded, key=lambda pair: pair[0])
        best = min(claims.get(name, [worst]), key=lambda pair: pair[0])
        if worst[0] > best[0] and worst not in claims[name]:
            return worst[1], best[1]
    return "", ""


def _novelty(own: str, context: str, about: Subject) -> tuple[int, str]:
    """How much of the SKU's own wording occurs nowhere else in the listing: (characters not covered, the words).

    Colours, sizes, amounts, flavours and the like are no wording: variants differ in them.
    """
    own = facets.extract(own, about.category, spec=True, around=about.title).core
    for hit in reversed(list(_plain().scan(own))):
        own = own[: hit.start] + " " + own[hit.end :]
    count, new = 0, []
    for run in _HAN.findall(own):
        uncovered = _uncovered(run, context)
        if uncovered:
            count += uncovered
            new.append(run)
    for name in _NAMED.findall(own):  # sata线
        if name not in context:
            count += len(name)
            new.insert(0, name)
    return count, " ".join(new)


def _variety(rest: Sequence[Sku], about: Subject) -> bool:
    names = {fold(sku.name) for sku in rest}
    strange = sum(_novelty(name, about.context, about)[0] > 1 for name in names)
    return strange * 2 >= len(names) > 0


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
        return 2 if run in _suffixes() and run not in context else 0
    return known.count(False)
