"""What stands in the way of adding a duplicate's SKUs to the keeper: named one by one, alike ones together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pddlint.catalog.model import Listing, Sku, Spec
from pddlint.checkers.base import Text
from pddlint.matching.variants import code_key
from pddlint.plan.model import Addition, Conflict, Dimension, yuan
from pddlint.text.normalise import fold

NOTHING_DIFFERS = ("DUP005", "DUP006")
_SAME_PRICE = ("DUP001", "DUP003", "DUP004")  # a colour, a fitment or a gift alone seldom changes the price
_SHOWN = 3  # examples named of many alike

Twins = Sequence[tuple[Sku, Sku | Addition]]  # a SKU of the duplicate, and the keeper's


def same_id(keeper: Listing, listing: Listing) -> Iterable[Conflict]:
    """One id in two shops: ids are unique on the platform, so that it is one listing, read from two places."""
    if keeper.id == listing.id:
        yield Conflict(
            "same-id",
            Text(
                f"两边的商品编号都是 {listing.id}，是同一条商品放在了两处：下架它，两处都没有了；请核对店铺的划分",
                f"both have the id {listing.id}: one listing, read from two places. Taking it down would leave none; "
                "see which files belong to which shop",
            ),
        )


def layouts(
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


def other_values(
    add: Sequence[Addition], kept: Sequence[Sku | Addition], dimension: Dimension | None, code: str
) -> Iterable[Conflict]:
    """Added SKUs that may be the keeper's own in other words."""
    known = {pair(spec) for sku in kept for spec in sku.specs}
    if code in NOTHING_DIFFERS:
        odd = [one for one in add if not one.specs or any(pair(spec) not in known for spec in one.specs)]
        if odd:
            yield Conflict(
                "other-wording",
                Text(
                    "两条本应一样，这些规格可能只是标杆商品已有规格的另一种写法，请核对",
                    "the listings should be the same: these SKUs may be ones the kept listing has, in other words",
                ),
                tuple(one.sku for one in odd),
            )
        return
    for addition in add:
        fresh = [s for s in addition.specs if dimension and s.name != dimension.name and pair(s) not in known]
        if fresh:
            values = "、".join(f"{spec.name}={spec.value}" for spec in fresh)
            yield Conflict(
                "other-value",
                Text(
                    f"{values} 在标杆商品里也没有，可能只是写法不同，请核对",
                    f"{values} is new to the kept listing too; it may be a value it has, in other words",
                ),
                (addition.sku,),
            )


def of_additions(
    add: Sequence[Addition], kept: Sequence[Sku | Addition], cap: float | None, code: str
) -> Iterable[Conflict]:
    """What may be wrong with each SKU to be added: its value, code, price, picture; and the price range they make."""
    taken = {code_key(sku.code) for sku in kept} - {""}
    prices = [price for sku in kept if (price := sku.price_fen)]
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


def incomplete(add: Sequence[Addition], kept: Sequence[Sku | Addition]) -> Iterable[Conflict]:
    """Combinations of spec values that nobody sells: the platform wants a SKU for each."""
    rows = [{spec.name: spec.value for spec in sku.specs} for sku in (*kept, *add)]
    if not add or any(row.keys() != rows[0].keys() for row in rows) or len(rows[0]) != 2:
        return
    first, second = rows[0]
    sold = {(row[first], row[second]) for row in rows}
    values = [dict.fromkeys(row[name] for row in rows) for name in (first, second)]
    absent = [f"{a} {b}" for a in values[0] for b in values[1] if (a, b) not in sold]
    if absent:
        named = ", ".join(absent[:_SHOWN]) + (" …" if len(absent) > _SHOWN else "")
        yield Conflict(
            "incomplete-grid",
            Text(
                f"平台要求规格组合齐全，合并后缺 {len(absent)} 个（{named}）：补上并设为下架",
                f"the platform wants every combination of specs; {len(absent)} would be missing ({named}): add them "
                "off the shelf",
            ),
            blocking=False,
        )


def _range(prices: Sequence[int]) -> str:
    return yuan(prices[0]) if min(prices) == max(prices) else f"{yuan(min(prices))}–{yuan(max(prices))}"


def prices(twins: Twins) -> Iterable[Conflict]:
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


def same_code(renamed: Twins, code: str) -> Iterable[Conflict]:
    """One code for SKUs named differently. Between listings that differ in nothing it is one SKU in other words."""
    if not renamed:
        return
    shown = renamed[:_SHOWN]
    zh = "，".join(f"{a.code}“{a.name or a.id}”和“{b.name}”" for a, b in shown)
    en = ", ".join(f'{a.code} "{a.name or a.id}" and "{b.name}"' for a, b in shown)
    more = " …" if len(renamed) > _SHOWN else ""
    yield Conflict(
        "same-code",
        Text(
            f"商家编码相同，规格写法不同：{zh}{more}；是同一个就不用加",
            f"one merchant code under two names: {en}{more}; if they are the same SKU there is nothing to add",
        ),
        tuple(a.id for a, _ in renamed),
        blocking=code not in NOTHING_DIFFERS,
    )


def values(specs: Sequence[Spec]) -> list[str]:
    return sorted(value for _, value in map(pair, specs))


def pair(spec: Spec) -> tuple[str, str]:
    return fold(spec.name), fold(spec.value).replace(" ", "")
