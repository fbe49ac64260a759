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
from pddlint.plan import conflicts as conflicts_of
from pddlint.plan.model import Addition, Conflict, Dimension, Step, step_id
from pddlint.report import Reported
from pddlint.text.normalise import fold

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
    "numbered": "规格",
    "wearing": "适合体重",
    "fitment": "适用型号",
    "gift": "赠品",
}
_OF_RULE: Mapping[str, frozenset[str]] = {
    "DUP001": frozenset(("colour", "shade")),
    "DUP003": frozenset(("fitment",)),
    "DUP004": frozenset(("gift",)),
}

Combination = tuple[tuple[str, str], ...]


class Keeper(msgspec.Struct):
    """A keeper with what has been added to it so far, from other listings of its group."""

    listing: Listing
    skus: list[Sku | Addition]

    @classmethod
    def of(cls, listing: Listing) -> Keeper:
        return cls(listing, list(listing.skus))


class _Sorted(msgspec.Struct):
    """A duplicate's SKUs: those the keeper has (some under another name), and those to add."""

    add: list[Addition] = []
    twins: list[tuple[Sku, Sku | Addition]] = []
    renamed: list[tuple[Sku, Sku | Addition]] = []


def step(finding: Reported, keeper: Keeper, listing: Listing, bait: frozenset[str] = frozenset()) -> Step:
    """The step for one surplus listing; what it adds is added to `keeper`. `bait` are SKUs that should not move."""
    difference = _difference(finding)
    layout = _layout(keeper.listing.skus)
    skus = [sku for sku in listing.skus if sku.id not in bait]
    found = _sorted_out(skus, keeper, layout, listing)
    conflicts = [*conflicts_of.same_id(keeper.listing, listing)]
    untold = len(found.twins) > len(found.renamed)  # the titles tell the listings apart, and the SKUs do not
    dimension: Dimension | None
    if untold and difference is not None and finding.code in ("DUP001", "DUP002", "DUP004"):
        dimension, more = _new_dimension(difference, layout, keeper.listing)
        new = Spec(dimension.name, dimension.values[0])
        found = _Sorted([_addition(sku, (*sku.specs, new), listing) for sku in skus])
        conflicts += more
    else:
        dimension = _existing(found.add, keeper, difference)
        conflicts += conflicts_of.prices(found.twins)
        conflicts += conflicts_of.same_code(found.renamed, finding.code)
        conflicts += conflicts_of.other_values(found.add, keeper.skus, dimension, finding.code)
    if found.add:
        conflicts += conflicts_of.layouts(layout, _layout(listing.skus), keeper.listing, listing)
    cap = keeper.listing.price_range_ratio
    conflicts += conflicts_of.of_additions(found.add, keeper.skus, cap, finding.code)
    conflicts += conflicts_of.incomplete(found.add, keeper.skus)
    keeper.skus += found.add
    return Step(
        id=step_id(finding),
        finding=finding,
        action="merge" if found.add else "take-down",
        certainty="open" if any(conflict.blocking for conflict in conflicts) else "likely",
        say=_sentence(finding, keeper.listing, listing, found.add),
        conflicts=tuple(conflicts),
        notes=(*_notes(finding, difference, keeper.listing, listing), *_left_behind(bait)),
        dimension=dimension,
        add=tuple(found.add),
        present=tuple(sku.id for sku, _ in found.twins),
    )


def _sorted_out(skus: Sequence[Sku], keeper: Keeper, layout: tuple[str, ...] | None, listing: Listing) -> _Sorted:
    """Which SKUs the keeper has: the same specs, or the same merchant code."""
    there = {_combination(sku.specs): sku for sku in keeper.skus}
    codes = {code: sku for sku in keeper.skus if (code := code_key(sku.code))}
    found = _Sorted()
    for sku in skus:
        code = code_key(sku.code)
        twin = there.get(_combination(sku.specs)) or (codes.get(code) if code else None)
        if twin is None:
            found.add.append(_addition(sku, _ordered(sku.specs, layout), listing))
            continue
        found.twins.append((sku, twin))
        if conflicts_of.values(sku.specs) != conflicts_of.values(twin.specs):
            found.renamed.append((sku, twin))
    return found


def _left_behind(bait: frozenset[str]) -> Iterable[Text]:
    if bait:
        named = ", ".join(sorted(bait))
        yield Text(f"引流规格 {named} 不并过去", f"bait SKU {named} is not to be moved")


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
    known = {conflicts_of.pair(spec) for sku in keeper.skus for spec in sku.specs}
    fresh: dict[str, list[str]] = {}
    for addition in add:
        for spec in addition.specs:
            if conflicts_of.pair(spec) not in known:
                fresh.setdefault(spec.name, []).append(spec.value)
    if not fresh:
        return None
    wanted = DIMENSIONS.get(difference["facet"], "") if difference else ""
    name = next((one for one in fresh if wanted and wanted in one), next(iter(fresh)))
    return Dimension(name, False, tuple(dict.fromkeys(fresh[name])))


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
