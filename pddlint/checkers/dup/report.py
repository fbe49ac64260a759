"""From a matched pair to a finding: the surplus listing, its keeper, what differs in plain words, and the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from pddlint.checkers.base import Context, Lang, Option, Rule, Text
from pddlint.findings import Finding

if TYPE_CHECKING:
    from pddlint.matching.kinds import Difference, Kind
    from pddlint.matching.match import Group, MerchantMatches, Surplus

PLATFORM_TERM = "重复铺货"

OPTIONS = (
    Option(
        "threshold",
        "number",
        0.0,
        Text(
            "只报把握不低于此值的（0–1）；0 按出厂的门槛，调高则少报，调低不会多报",
            "report only what is at least this sure (0–1); 0 keeps the shipped threshold, more reports less, less no "
            "more",
        ),
    ),
)

CONSEQUENCE = Text(
    "平台按重复铺货处理：限期整改，逾期或情节严重的，商品降权、下架，店铺可能被限制上新。",
    "The platform treats it as duplicate listing: a fix is due within a deadline; late or grave cases are "
    "demoted or taken "
    "down, and the shop may be barred from new listings.",
)

_FACETS: Mapping[str, Text] = {
    "gift": Text("赠品", "gift"),
    "colour": Text("颜色", "colour"),
    "shade": Text("色号", "shade"),
    "flavour": Text("口味或香型", "flavour or scent"),
    "weight": Text("重量", "weight"),
    "volume": Text("容量", "volume"),
    "capacity": Text("内存容量", "storage"),
    "charge": Text("电量", "battery charge"),
    "energy": Text("电量", "energy"),
    "size": Text("尺码", "size"),
    "count": Text("数量", "count"),
    "length": Text("长度或尺寸", "length"),
    "area": Text("面积", "area"),
    "power": Text("功率", "power"),
    "numbered": Text("规格", "spec"),
    "wearing": Text("适合体重", "body weight"),
    "fitment": Text("适用机型或车型", "what it fits"),
}
_UNITS: Mapping[str, tuple[tuple[float, str], ...]] = {
    "weight": ((1000, "kg"), (1, "g")),
    "volume": ((1000, "L"), (1, "ml")),
    "length": ((100, "m"), (1, "cm")),
    "capacity": ((1024, "TB"), (1, "GB")),
    "charge": ((1, "mAh"),),
    "power": ((1, "W"),),
}
_SHOWN = 3
_NOTHING = Text("未写", "none stated")
_KEPT: Mapping[str, Text] = {
    "sales": Text("销量更高", "it sells more"),
    "skus": Text("规格更全", "it has more SKUs"),
    "older": Text("发布更早", "it is the older one"),
}


def findings(rule: Rule, kind: Kind, matches: MerchantMatches, context: Context) -> Iterator[Finding]:
    """One finding for each surplus listing that `kind` separates from its keeper."""
    least = float(context.option(rule, "threshold"))
    for group in matches.groups:
        for surplus in group.surplus:
            if surplus.kind == kind and surplus.probability >= least:
                yield finding(rule, group, surplus)


def finding(rule: Rule, group: Group, surplus: Surplus) -> Finding:
    """The finding of one surplus listing, pointing at the keeper."""
    keeper = surplus.keeper.place
    ref = keeper.listing
    kept = _KEPT[group.reason]
    arguments: dict[str, str | int | float] = {
        "keeper": ref.id if ref else "",
        "keeper_title": ref.title if ref else "",
        "keeper_shop": ref.shop if ref else "",
        "shop": surplus.listing.shop,
        "differs_zh": _worded(surplus.differences, "zh"),
        "differs_en": _worded(surplus.differences, "en"),
        "kept_zh": kept.zh,
        "kept_en": kept.en,
        "note_zh": "",
        "note_en": "",
    }
    if surplus.kind == "spec" and surplus.exempt is None:
        arguments["note_zh"] = "；商品类目未知，服饰配件、箱包的豁免没有判断"
        arguments["note_en"] = "; the category is unknown, so the exemption of accessories and bags was not applied"
    place = msgspec.structs.replace(keeper, role="keeper")
    return Finding(
        rule.code, surplus.listing.place, surplus.probability, arguments, (place,), (), _evidence(group, surplus)
    )


def _evidence(group: Group, surplus: Surplus) -> dict[str, Any]:
    """Why, as plain data: the waterfall in log-odds (prior first), what differs, the pictures and codes that agree."""
    evidence: dict[str, Any] = {
        "platform_term": PLATFORM_TERM,
        "probability": surplus.probability,
        "waterfall": [msgspec.to_builtins(line) for line in surplus.score.waterfall],
        "differences": [msgspec.to_builtins(difference) for difference in surplus.differences],
        "pictures": msgspec.to_builtins(surplus.picture),
        "shared_codes": list(surplus.shared_codes[:20]),
        "keeper_reason": group.reason,
        "group": [group.keeper.id, *(other.listing.id for other in group.surplus)],
        "exemption": {True: "exempt", False: "not exempt", None: "category unknown, not applied"}[surplus.exempt],
    }
    if surplus.via:
        evidence["via"] = surplus.via
    return evidence


def _worded(differences: Iterable[Difference], language: Lang) -> str:
    """What differs: 颜色不同（棕 / 黑） or "the colour (brown / black)"; plain words where nothing does."""
    parts = []
    for difference in differences:
        name = _FACETS.get(difference.facet, Text(difference.facet, difference.facet))
        sides = (difference.here, difference.there)
        values = " / ".join(_values(difference.facet, side) or _NOTHING.in_(language) for side in sides)
        parts.append(f"{name.zh}（{values}）" if language == "zh" else f"{name.en} ({values})")
    if not parts:
        return "标题或图片的写法" if language == "zh" else "wording or pictures"
    return "、".join(parts) if language == "zh" else ", ".join(parts)


def _values(facet: str, values: tuple[str, ...]) -> str:
    shown = [shown_value(facet, value) for value in values[:_SHOWN]]
    return "、".join(shown) + (" …" if len(values) > _SHOWN else "")


def shown_value(facet: str, value: str) -> str:
    """A canonical facet value as people write it: 500 as 500g, 1000 as 1kg."""
    try:
        number = float(value)
    except ValueError:
        return value
    for factor, unit in _UNITS.get(facet, ()):
        if number >= factor:
            return f"{round(number / factor, 2):.10g}{unit}"
    return value
