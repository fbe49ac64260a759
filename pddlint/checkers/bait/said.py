"""What a SKU's words say by themselves, whatever the listing sells: remembered, as the SKUs of a shop say the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from pddlint.checkers.bait.scanning import Membership, Scanner, folded
from pddlint.text import facets
from pddlint.text.gifts import gift_clauses
from pddlint.text.lexicon import Extra
from pddlint.text.patterns import Pattern, holds, not_before

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
_HOLLOW = Pattern("空(?![气调间心运])", needs="空")
_DEAL = holds(
    "下单 付 押 订 占 领取 领号 领走 预存 缴存 名额 链接 口令 报名 预约 课 租 红包 转账 核销 辛苦 自理 加价"
    " 定制 另算 师傅 工钱 客服 主播 开播 直播 备注 凭证 截图",
)
_MAKE_UP = Pattern("补" + not_before("水光色丁漆胎钙妆"), needs="补")
_COUNTED = Pattern(
    r"(?:(?:[0-9]+|[一二两三四五六七八九十半单散整])[个只支根条片枚颗粒块套包张卷双对副把袋盒瓶本份节段截边组捆版串]|[大小长短]号|加长)+$",
    needs="个只支根条片枚颗粒块套包张卷双对副把袋盒瓶本份节段截边组捆版串号长",
)
_MAKE = Pattern(r"(?:[制款版型层级]|单层|薄)$", needs="制款版型层级薄")
_SINGLE = Pattern(
    r"(?:^|[\s(\[])单(?=[\u4e00-\u9fff])(?![个只支件片条套层人色双面头杆排边手门卡反独价位元机瓶盒包袋把台张块颗粒枚根本串孔刀电桌椅鞋次色肩晶])",
    needs="单",
)
_FEE = Pattern(
    r"(?:^|(?<=[\s(\[+/,]))[\u4e00-\u9fff]{2,3}(?<![免包含付退省运邮])费用?(?=$|[^\u4e00-\u9fff]|[补拍专另])",
    needs="费",
)
_HAN = Pattern(r"[\u4e00-\u9fff]+")
_LATIN = Pattern(r"[a-z]{2,}")
_REMEMBERED = 1 << 13  # texts


class Said(msgspec.Struct, frozen=True):
    """What folded words say. Pairs are what is said and of what (不制冷, 制冷)."""

    lacking: str  # what it comes without
    bare: str  # the words without that, without what it fits and what it gives along
    unfitted: str  # the words without what it fits
    denials: tuple[tuple[str, str], ...]
    flaws: tuple[tuple[str, str], ...]  # of what may be the product (碎糖, 烂果)
    damage: tuple[str, ...]  # words of damage (磕扁, 摔过)
    grades: tuple[str, ...]  # materials and makes that stand on a ladder
    lesser: tuple[str, ...]
    unbranded: tuple[str, ...]
    marks: tuple[str, ...]  # only, spare, empty
    single: tuple[str, ...]  # 单 before what is sold apart
    part_words: tuple[str, ...]
    fees: tuple[str, ...]
    materials: tuple[str, ...]
    taste: str  # it invites to try: 先喝喝看, 看厚薄
    deal: bool  # it speaks of ordering and paying


class Name(NamedTuple):
    """The first name in a SKU's words, without what counts or sizes it at its end ("缠把带" of "缠把带一条 黑")."""

    head: str
    like_part: bool  # it ends as names of parts do
    like_make: bool  # it ends as names of makes do


class Grades(msgspec.Struct, frozen=True):
    """Materials and makes on their ladders; words of lesser makes and other brands."""

    steps: Membership  # word -> LADDER.TIER of each ladder it stands on
    any: Scanner  # over the words of all ladders
    make: Scanner
    brand: Scanner

    def tiers(self, word: str) -> Iterator[tuple[str, int]]:
        """The ladders that a word stands on, and its tier in each, 1 the best."""
        for step in self.steps.of(word):
            ladder, _, tier = step.partition(".")
            yield ladder, int(tier)


@lru_cache(maxsize=16)
def grades(extra: Extra | None) -> Grades:
    """The lexicon of grades with a user's additions and removals."""
    groups = folded("grades", extra)
    steps = Membership({group: words for group, words in groups.items() if group.partition(".")[2].isdigit()})
    return Grades(steps, Scanner(steps), Scanner(groups["lesser.make"]), Scanner(groups["lesser.brand"]))


@lru_cache(maxsize=1)
def _marks() -> tuple[list[Scanner], Scanner]:
    """Words that mark what is sold apart, by kind, and words for accessories."""
    groups = folded("parts")
    marks = [Scanner(w) for group, w in groups.items() if group.startswith("mark.") and group != "mark.without"]
    return marks, Scanner(groups["word"])


@lru_cache(maxsize=1)
def _plain() -> Scanner:
    return Scanner(folded("parts")["plain"])


@lru_cache(maxsize=1)
def suffixes() -> frozenset[str]:
    """Characters that names of parts end in."""
    return frozenset(folded("parts")["suffix"])


@lru_cache(maxsize=_REMEMBERED)
def said(own: str, extra: Extra | None) -> Said:
    """What folded words say; `extra` are a user's changes to the grades."""
    table = grades(extra)
    marks, accessory = _marks()
    marked = [hit.word for scanner in marks for hit in scanner.scan(own)]
    if "空" in marked and not _HOLLOW.search(own):
        marked = [word for word in marked if word != "空"]
    bare = _FIT.sub(" ", _LACK.sub(" ", own))
    for gift in reversed(gift_clauses(bare)):
        if gift.start > 1:
            bare = bare[: gift.start] + " " + bare[gift.end :]
    return Said(
        lacking=" ".join(match[1] for match in _LACK.finditer(own)),
        bare=bare,
        unfitted=_FIT.sub(" ", own),
        denials=tuple((match[0], match[1]) for match in _NOT.finditer(own)),
        flaws=tuple((match[0], match[1]) for match in _FLAW.finditer(own)),
        damage=tuple(match[0] for match in _DAMAGE.finditer(own)),
        grades=tuple(hit.word for hit in table.any.scan(own)),
        lesser=tuple(hit.word for hit in table.make.scan(own)),
        unbranded=tuple(hit.word for hit in table.brand.scan(own)),
        marks=tuple(marked),
        single=tuple(_SINGLE.findall(own)),
        part_words=tuple(hit.word for hit in accessory.scan(own)),
        fees=tuple(_FEE.findall(own)),
        materials=tuple(sorted(facets.extract(own).of("material"))),
        taste=next((match[0] for match in _TASTE.finditer(own)), ""),
        deal=_DEAL(own) or _MAKE_UP.search(own) is not None,
    )


@lru_cache(maxsize=_REMEMBERED)
def first_name(text: str) -> Name:
    """The first name in folded `text`."""
    head = ""
    for run in _HAN.findall(text):
        bare = uncounted(run) or run
        if head := bare.removesuffix("子") if len(bare) > 2 else bare:
            break
    return Name(head, head[-1:] in suffixes(), bool(_MAKE.search(head)))


def uncounted(run: str) -> str:
    """A run of Chinese without counts and sizes at its end."""
    return _COUNTED.sub("", run)


def tail(text: str) -> str:
    """What a run of Chinese goes on with, without counts and sizes at its end."""
    run = _HAN.match(text)
    return uncounted(run[0]) if run else ""


@lru_cache(maxsize=_REMEMBERED)
def wording(core: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The runs of Chinese in a folded text without words that tell nothing, and Latin names before Chinese (sata线)."""
    for hit in reversed(list(_plain().scan(core))):
        core = core[: hit.start] + " " + core[hit.end :]
    latin = (match for match in _LATIN.finditer(core) if "\u4e00" <= core[match.end() : match.end() + 1] <= "\u9fff")
    return tuple(_HAN.findall(core)), tuple(match[0] for match in latin)
