"""What to do about a bait SKU: take it out, list it apart, or sell it at its price. By rule and evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pddlint.catalog.model import Listing
from pddlint.checkers.base import Text
from pddlint.plan.model import Action, Conflict, Step, step_id, yuan
from pddlint.report import Reported

# The first is proposed, the others are open too.
_ACTIONS: Mapping[str, tuple[Action, ...]] = {
    "BAIT001": ("list-apart", "remove"),
    "BAIT002": ("list-apart", "remove"),
    "BAIT003": ("list-apart", "remove"),
    "BAIT004": ("remove",),
    "BAIT005": ("list-apart", "remove"),
}
_SAMPLE = frozenset({"sample", "sample-words", "taster-size"})
_NOTHING_TO_SELL = frozenset({"absurd-price", "named-by-price"})


def step(finding: Reported, listing: Listing, bait: frozenset[str], doomed: str = "") -> Step:
    """The step for one bait SKU. `bait` are all bait SKUs of the listing; `doomed` the rule that takes it down."""
    sku = next((sku for sku in listing.skus if sku.id in finding.skus), None)
    name = (sku.name if sku else "") or listing.title or next(iter(finding.skus), "")
    actions = _actions(finding)
    conflicts = []
    if not any(one.id not in bait for one in listing.skus):
        if finding.code == "BAIT004":
            actions = ("take-down",)
        else:
            conflicts.append(_nothing_left(finding, listing))
    expected = finding.evidence.get("expected_fen") if "reprice" in actions else None
    return Step(
        id=step_id(finding),
        finding=finding,
        action=actions[0],
        certainty="open" if conflicts else "likely",
        say=_sentence(actions[0], name, listing),
        conflicts=tuple(conflicts),
        notes=(*_doom(doomed), *_notes(finding, actions, expected)),
        alternatives=actions[1:],
        price_fen=expected,
    )


def _nothing_left(finding: Reported, listing: Listing) -> Conflict:
    return Conflict(
        "nothing-left",
        Text(
            f"{listing.id} 没有别的正常规格了，删掉等于整条下架",
            f"{listing.id} has no other regular SKU: without it the whole listing would have to go",
        ),
        finding.skus,
    )


def _actions(finding: Reported) -> tuple[Action, ...]:
    """A lesser make may stay at a price of its own kind; a sample may not, and what has no real price is not sold."""
    signs = {one.get("sign") for one in _signs(finding.evidence)}
    if finding.code == "BAIT002" and not signs & _SAMPLE and finding.evidence.get("expected_fen"):
        return ("list-apart", "reprice", "remove")
    if finding.code in ("BAIT001", "BAIT003") and signs & _NOTHING_TO_SELL:
        return ("remove", "list-apart")
    return _ACTIONS.get(finding.code, ("advise",))


def _signs(evidence: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = evidence.get("signs")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _sentence(action: Action, name: str, listing: Listing) -> Text:
    if action == "take-down":
        return Text(
            f"下架 {listing.id}：它只卖“{name}”，没有能买的东西",
            f'take {listing.id} down: it sells nothing but "{name}"',
        )
    if action == "remove":
        return Text(f"从 {listing.id} 删掉规格“{name}”", f'remove the SKU "{name}" from {listing.id}')
    if action == "list-apart":
        return Text(
            f"把规格“{name}”单独上架成一条商品，再从 {listing.id} 删掉",
            f'list the SKU "{name}" apart as a listing of its own, then remove it from {listing.id}',
        )
    return Text(f"处理规格“{name}”", f'see to the SKU "{name}"')


_APART: Mapping[str, Text] = {
    "BAIT001": Text("新商品用它自己的类目和品牌", "the new listing takes its own category and brand"),
    "BAIT002": Text(
        "新商品的标题和主图写明材质、档次或“小样”",
        "title and main image of the new listing state its material or grade, or that it is a sample",
    ),
    "BAIT003": Text(
        "新商品的标题写明是配件及适用型号", "the title of the new listing says that it is a part, and for what"
    ),
    "BAIT005": Text(
        "新商品的标题和主图写明成色；二手要勾选“二手”",
        "title and main image of the new listing state its condition; second-hand goods are marked so",
    ),
}


def _doom(code: str) -> list[Text]:
    if not code:
        return []
    return [
        Text(
            f"这条商品按 {code} 要下架，下架后这一步就不用做了",
            f"{code} takes this listing down; once that is done, there is nothing left to do here",
        )
    ]


def _notes(finding: Reported, actions: tuple[Action, ...], expected: int | None) -> list[Text]:
    notes = []
    if "list-apart" in actions and (apart := _APART.get(finding.code)):
        notes.append(apart)
    if expected:
        notes.append(
            Text(
                f"要留在原商品里，就按其他规格的水平定价，约 {yuan(expected)}（估计值，请自己核定），"
                "并在标题、主图里写明它的材质和分量",
                f"to keep it in the listing, price it as the other SKUs suggest, about {yuan(expected)} (an estimate: "
                "settle it yourself), and state its material and amount in title and main image",
            )
        )
    if finding.code == "BAIT004":
        notes.append(
            Text(
                "补差价、定金、运费用平台自带的功能，改价在订单里改",
                "use the platform's own tools for differences, deposits and postage; change prices in the order",
            )
        )
    return notes
