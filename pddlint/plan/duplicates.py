"""What to do about a duplicate listing: which of its SKUs the keeper lacks, in which spec dimension they go, and what
stands in the way of adding them and taking the listing down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from pddlint.catalog.model import Listing, Sku, Spec
from pddlint.checkers.base import Text
from pddlint.checkers.dup.report import shown_value
from pddlint.matching.variants import code_key
from pddlint.plan.model import Addition, Conflict, Dimension, Step, step_id, yuan
from pddlint.report import Reported
from pddlint.text.normalise import fold

_SHOWN = 3  # examples named of many alike
MAX_DIMENSIONS = 2  # the platform lets a listing vary in two spec dimensions

# Spec dimensions as the platform names them, by the facet that separates two listings.
DIMENSIONS: Mapping[str, str] = {
    "colour": "颜色",
    "shade": "色号",
    "flavour": "口味",
    "weight": "重量",
    "volume": "容量",
    "capacity": "内存容量",
    "charge": "电池容量",
    "energy": "电池容量",
    "size": "尺码",
    "count": "数量",
    "length": "尺寸",
    "area": "面积",
    "power": "功率",
    "wearing": "适合体重",
    "fitment": "适用型号",
    "gift": "赠品",
}
_OF_RULE: Mapping[str, frozenset[str]] = {
    "DUP001": frozenset(("colour", "shade")),
    "DUP003": frozenset(("fitment",)),
    "DUP004": frozenset(("gift",)),
}
_NOTHING_DIFFERS = ("DUP005", "DUP006")
_SAME_PRICE = ("DUP001", "DUP003", "DUP004")  # a colour, a fitment or a gift alone seldom changes the price

Combination = tuple[tuple[str, str], ...]


class Keeper(msgspec.Struct):
    """A keeper with what has been added to it so far, from other listings of its group."""

    listing: Listing
    skus: list[Sku | Addition]

    @classmethod
    def of(cls, listing: Listing) -> Keeper:
        return cls(listing, list(listing.skus))


def step(finding: Reported, keeper: Keeper, listing: Listing, bait: frozenset[str] = frozenset()) -> Step:
    """The step for one surplus listing; what it adds is added to `keeper`. `bait` are SKUs that should not move."""
    difference = _difference(finding)
    layout, own = _layout(keeper.listing.skus), _layout(listing.skus)
    live = [sku for sku in listing.skus if sku.id not in bait]
    conflicts, notes = (
        [*_layout_conflicts(layout, own, keeper.listing, listing)],
        [*_notes(finding, difference, keeper.listing, listing)],
    )
    there = {_combination(sku.specs): sku for sku in keeper.skus}
    twins: list[tuple[Sku, Sku | Addition]] = []
    codes = {code: sku for sku in keeper.skus if (code := code_key(sku.code))}
    dimension: Dimension | None = None
    add: list[Addition] = []
    present: list[str] = []
    told = all(_combination(sku.specs) not in there for sku in live)  # the SKUs tell what the titles do
    if not told and difference is not None and finding.code in ("DUP001", "DUP002", "DUP004"):
        dimension, more = _new_dimension(difference, layout, keeper.listing)
        conflicts += more
        add = [_addition(sku, (*sku.specs, Spec(dimension.name, dimension.values[0])), listing) for sku in live]
    else:
        for sku in live:
            twin = there.get(_combination(sku.specs))
            if twin is not None:
                present.append(sku.id)
                twins.append((sku, twin))
            elif (code := code_key(sku.code)) and code in codes:
                present.append(sku.id)
                conflicts.append(_same_code(sku, codes[code], finding.code))
                twins.append((sku, codes[code]))
            else:
                add.append(_addition(sku, _ordered(sku.specs, layout), listing))
        conflicts += _prices_of_twins(twins)
        dimension = _existing(add, keeper, difference)
        conflicts += _other_values(add, keeper, dimension, finding.code)
    conflicts += _of_additions(add, keeper, finding.code)
    if bait:
        notes.append(
            Text(
                f"引流规格 {'、'.join(sorted(bait))} 不并过去",
                f"bait SKU {', '.join(sorted(bait))} is not to be moved",
            )
        )
    keeper.skus += add
    blocked = any(conflict.blocking for conflict in conflicts)
    return Step(
        id=step_id(finding),
        finding=finding,
        action="merge" if add else "take-down",
        certainty="open" if blocked else "likely",
        say=_sentence(finding, keeper.listing, listing, add),
        conflicts=tuple(conflicts),
        notes=tuple(notes),
        dimension=dimension,
        add=tuple(add),
        present=tuple(present),
    )


def _difference(finding: Reported) -> dict[str, Any] | None:
    """The facet that the rule is about, out of those in which the listings differ: {"facet", "here", "there"}."""
    found: list[dict[str, Any]] = finding.evidence.get("differences") or []
    facets = _OF_RULE.get(finding.code, frozenset(DIMENSIONS) - {"colour", "shade", "fitment", "gift"})
    return next((d for d in found if d.get("facet") in facets), None)


def _sentence(finding: Reported, keeper: Listing, listing: Listing, add: Sequence[Addition]) -> Text:
    elsewhere = keeper.shop != listing.shop
    zh_shop, en_shop = (f"（店铺 {keeper.shop}）", f" (shop {keeper.shop})") if elsewhere else ("", "")
    if not add:
        return Text(
            f"下架 {listing.id}；它的规格 {keeper.id}{zh_shop} 都有，没有要加的",
            f"take {listing.id} down; {keeper.id}{en_shop} has all its SKUs, there is nothing to add",
        )
    return Text(
        f"把 {len(add)} 个规格加到 {keeper.id}{zh_shop}，再下架 {listing.id}",
        f"add {len(add)} SKU{'s' if len(add) > 1 else ''} to {keeper.id}{en_shop}, then take {listing.id} down",
    )


def _notes(
    finding: Reported, difference: Mapping[str, Any] | None, keeper: Listing, listing: Listing
) -> Iterable[Text]:
    if difference is None:
        return
    facet = difference["facet"]
    here = _shown(facet, difference["here"])
    title = fold(keeper.title)
    there = _shown(facet, [value for value in difference["there"] if fold(shown_value(facet, value)) in title])
    if finding.code in ("DUP001", "DUP002") and there:
        yield Text(
            f"保留的商品同时卖几种{DIMENSIONS[facet]}后，标题不再只写“{there}”",
            f'once the kept listing sells several, its title should no longer name "{there}" alone',
        )
    if finding.code == "DUP003":
        yield Text(
            f"保留的商品标题写明通用，并写上适用 {here or listing.title}",
            f"say in the kept title that it is universal and fits {here or listing.title} too",
        )
    if finding.code == "DUP004":
        yield Text(
            "也可以不加规格：赠品改用平台的赠品或满赠活动，标题里不写赠品",
            "or add no SKUs: give gifts by a promotion of the platform and leave them out of the title",
        )


def _shown(facet: str, values: Sequence[str]) -> str:
    return "、".join(shown_value(facet, value) for value in values)


def _layout(skus: Sequence[Sku | Addition]) -> tuple[str, ...] | None:
    """The spec dimensions of a SKU table in order, None when its SKUs do not agree."""
    layouts = {tuple(spec.name for spec in sku.specs) for sku in skus}
    return layouts.pop() if len(layouts) == 1 else None


def _combination(specs: Sequence[Spec]) -> Combination:
    """A SKU's specs to compare by: written alike, in one order where every dimension has its name."""
    pairs = [(fold(spec.name), fold(spec.value).replace(" ", "")) for spec in specs]
    names = [name for name, _ in pairs]
    return tuple(sorted(pairs) if all(names) and len(set(names)) == len(names) else pairs)


def _ordered(specs: tuple[Spec, ...], layout: tuple[str, ...] | None) -> tuple[Spec, ...]:
    by_name = {spec.name: spec for spec in specs}
    if layout and len(by_name) == len(specs) and set(by_name) == set(layout):
        return tuple(by_name[name] for name in layout)
    return specs


def _layout_conflicts(
    keeper: tuple[str, ...] | None, own: tuple[str, ...] | None, kept: Listing, listing: Listing
) -> Iterable[Conflict]:
    for layout, one in ((keeper, kept), (own, listing)):
        if layout is None and one.skus:
            yield Conflict(
                "uneven-dimensions",
                Text(f"{one.id} 的规格维度前后不一", f"the SKUs of {one.id} do not share their spec dimensions"),
            )
    if keeper is None or own is None or sorted(keeper) == sorted(own):
        return
    sides = (_names(own), _names(keeper))
    yield Conflict(
        "dimension-mismatch",
        Text(
            f"规格维度不同：这条是 {sides[0].zh}，标杆商品是 {sides[1].zh}",
            f"the spec dimensions differ: {sides[0].en} here, {sides[1].en} in the kept listing",
        ),
    )


def _names(layout: Sequence[str]) -> Text:
    joined = "+".join(name or "?" for name in layout)
    return Text(joined or "无规格", joined or "none")


def _new_dimension(
    difference: Mapping[str, Any], layout: tuple[str, ...] | None, keeper: Listing
) -> tuple[Dimension, list[Conflict]]:
    """The dimension to be made for what only titles tell apart, and what that asks of the keeper."""
    facet = difference["facet"]
    here, there = (_shown(facet, difference[side]) for side in ("here", "there"))
    name = DIMENSIONS[facet]
    dimension = Dimension(name, True, (here,), there)
    own = Text(f"“{there}”", f'"{there}"') if there else Text("标题里没有写，请自己定", "the title does not say")
    conflicts = [
        Conflict(
            "new-dimension",
            Text(
                f"SKU 里没有写{name}，要新加规格维度“{name}”；标杆商品原有的 SKU 也要填上它（{own.zh}）",
                f'the SKUs do not state it: a new spec dimension "{name}" is needed, and the SKUs the kept listing '
                f"has must get a value in it too ({own.en})",
            ),
            tuple(sku.id for sku in keeper.skus),
        )
    ]
    if layout is not None and len(layout) >= MAX_DIMENSIONS:
        conflicts.append(
            Conflict(
                "too-many-dimensions",
                Text(
                    f"标杆商品已有 {len(layout)} 个规格维度，平台最多 {MAX_DIMENSIONS} 个；要先合并两个维度",
                    f"the kept listing has {len(layout)} spec dimensions and the platform allows {MAX_DIMENSIONS}: "
                    "join two of them first",
                ),
            )
        )
    return dimension, conflicts


def _existing(add: Sequence[Addition], keeper: Keeper, difference: Mapping[str, Any] | None) -> Dimension | None:
    """The keeper's dimension in which the added SKUs bring new values."""
    known = {_pair(spec) for sku in keeper.skus for spec in sku.specs}
    fresh: dict[str, list[str]] = {}
    for addition in add:
        for spec in addition.specs:
            if _pair(spec) not in known:
                fresh.setdefault(spec.name, []).append(spec.value)
    if not fresh:
        return None
    wanted = DIMENSIONS.get(difference["facet"], "") if difference else ""
    name = next((one for one in fresh if wanted and wanted in one), next(iter(fresh)))
    return Dimension(name, False, tuple(dict.fromkeys(fresh[name])))


def _pair(spec: Spec) -> tuple[str, str]:
    return fold(spec.name), fold(spec.value).replace(" ", "")


def _other_values(
    add: Sequence[Addition], keeper: Keeper, dimension: Dimension | None, code: str
) -> Iterable[Conflict]:
    """Added SKUs that may be the keeper's own in other words."""
    if add and code in _NOTHING_DIFFERS:
        yield Conflict(
            "other-wording",
            Text(
                "两条本应一样，这些规格可能只是标杆商品已有规格的另一种写法，请核对",
                "the listings should be the same: these SKUs may be ones the kept listing has, in other words",
            ),
            tuple(one.sku for one in add),
        )
        return
    known = {_pair(spec) for sku in keeper.skus for spec in sku.specs}
    for addition in add:
        odd = [s for s in addition.specs if dimension and s.name != dimension.name and _pair(s) not in known]
        if odd:
            values = "、".join(f"{spec.name}={spec.value}" for spec in odd)
            yield Conflict(
                "other-value",
                Text(
                    f"{values} 在标杆商品里也没有，可能只是写法不同，请核对",
                    f"{values} is new to the kept listing too; it may be a value it has, in other words",
                ),
                (addition.sku,),
            )


def _of_additions(add: Sequence[Addition], keeper: Keeper, code: str) -> Iterable[Conflict]:
    """What may be wrong with each SKU to be added: its value, code, price, picture; and the price range they make."""
    taken = {code_key(sku.code) for sku in keeper.skus} - {""}
    prices = [price for sku in keeper.skus if (price := sku.price_fen)]
    for one in add:
        if not one.specs:
            yield Conflict("no-specs", Text("没有规格值", "it has no spec value"), (one.sku,))
        if (own := code_key(one.code)) and own in taken:
            yield Conflict(
                "same-code",
                Text(
                    f"商家编码 {one.code} 在标杆商品里已有",
                    f"the kept listing uses the merchant code {one.code} already",
                ),
                (one.sku,),
            )
        if one.price_fen is None:
            yield Conflict("no-price", Text("没有价格", "it has no price"), (one.sku,))
        if not one.picture:
            yield Conflict("no-picture", Text("没有图片", "it has no picture"), (one.sku,), blocking=False)
    odd = [one for one in add if prices and one.price_fen and not min(prices) <= one.price_fen <= max(prices)]
    if odd and code in _SAME_PRICE:
        own, theirs = _range([one.price_fen or 0 for one in odd]), _range(prices)
        yield Conflict(
            "price-differs",
            Text(
                f"价格 {own}，标杆商品 {theirs}：合并后各按各价，请确认",
                f"they cost {own}, the kept listing {theirs}: each keeps its price once merged, make sure it is meant",
            ),
            tuple(one.sku for one in odd),
            blocking=False,
        )
    cap = keeper.listing.price_range_ratio
    every = [*prices, *(one.price_fen for one in add if one.price_fen)]
    if cap and add and every and max(every) > cap * min(every):
        yield Conflict(
            "price-range",
            Text(
                f"合并后最高价是最低价的 {max(every) / min(every):.1f} 倍，类目最多 {cap:g} 倍",
                f"merged, the highest price is {max(every) / min(every):.1f} times the lowest; the category allows "
                f"{cap:g}",
            ),
        )


def _range(prices: Sequence[int]) -> str:
    return yuan(prices[0]) if min(prices) == max(prices) else f"{yuan(min(prices))}–{yuan(max(prices))}"


def _prices_of_twins(twins: Sequence[tuple[Sku, Sku | Addition]]) -> Iterable[Conflict]:
    """SKUs that both listings have, at two prices."""
    odd = [(a, b) for a, b in twins if a.price_fen and b.price_fen and a.price_fen != b.price_fen]
    if not odd:
        return
    shown = odd[:_SHOWN]
    zh = "，".join(f"“{a.name or a.id}”这条 {yuan(a.price_fen)}、标杆商品 {yuan(b.price_fen)}" for a, b in shown)
    en = ", ".join(f'"{a.name or a.id}" {yuan(a.price_fen)} here and {yuan(b.price_fen)} there' for a, b in shown)
    more = " …" if len(odd) > _SHOWN else ""
    yield Conflict(
        "price-differs",
        Text(
            f"同一规格两边价格不同：{zh}{more}；先定用哪个价",
            f"the same SKU at two prices: {en}{more}; settle which holds",
        ),
        tuple(a.id for a, _ in odd),
    )


def _same_code(sku: Sku, twin: Sku | Addition, code: str) -> Conflict:
    """One code for SKUs named differently. Between listings that differ in nothing it is one SKU in other words."""
    return Conflict(
        "same-code",
        Text(
            f"商家编码 {sku.code} 两边都有，规格却写作“{sku.name or sku.id}”和“{twin.name}”：是同一个就不用加",
            f'both have the merchant code {sku.code}, as "{sku.name or sku.id}" and "{twin.name}": if they are the '
            "same SKU there is nothing to add",
        ),
        (sku.id,),
        blocking=code not in _NOTHING_DIFFERS,
    )


def _addition(sku: Sku, specs: tuple[Spec, ...], listing: Listing) -> Addition:
    picture = sku.picture or next(iter(listing.pictures), None)
    return Addition(
        sku.id,
        specs,
        sku.price_fen,
        sku.single_price_fen,
        sku.stock,
        sku.code,
        picture.ref if picture else "",
        sku.pointer,
    )
