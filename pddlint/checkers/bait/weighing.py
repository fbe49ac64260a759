"""The weight of the evidence: for each BAIT rule, the signs of one SKU and what they add to the log-odds.

A hypothesis is a list of reasons, empty where nothing speaks for the rule. Weights are data:
`lexicons/bait_weights.toml`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from pddlint.catalog.model import Sku
from pddlint.checkers.bait import ladder, wording
from pddlint.checkers.bait.ladder import Money
from pddlint.checkers.bait.meaning import Reading
from pddlint.checkers.bait.subject import Subject
from pddlint.checkers.bait.wording import Sign
from pddlint.text.lexicon import document

MANY = 4  # characters new to the listing, from which a SKU is much unlike the rest
Announced = Mapping[str, frozenset[str]]  # lexicon -> the senses that the listing is openly of
SURE = frozenset({"no_shipping", "top_up", "claim"})  # senses of words that are no article at any price


class Reason(msgspec.Struct, frozen=True):
    """One sign and what it added to the log-odds."""

    sign: str
    weight: float
    words: tuple[str, ...] = ()


class Case(msgspec.Struct):
    """All that is known of one SKU when it is weighed."""

    sku: Sku
    money: Money | None
    reading: Reading
    nonexistent: tuple[Sign, ...]
    irregular: tuple[Sign, ...]
    sample: tuple[Sign, ...]
    titled: tuple[Sign, ...] = ()  # what the title says of every SKU


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Mapping[str, float]]:
    """The weights by rule and sign."""
    tables: dict[str, dict[str, float]] = {
        name: {key: float(value) for key, value in table.items()}
        for name, table in document("bait_weights").items()
        if name != "meta"
    }
    return tables


def support(hypotheses: Mapping[str, list[Reason]], reading: Reading, money: Money) -> None:
    """Add to the worded hypotheses what strangeness and company say of any of them."""
    w = weights()["common"]
    for code in ("BAIT001", "BAIT002", "BAIT003", "BAIT005"):
        if not hypotheses[code]:
            continue
        if reading.novelty:
            weight = w["stranger" if reading.novelty >= MANY else "strange"]
            hypotheses[code].append(Reason("unlike-the-rest", weight, (reading.novel,)))
        sampled = any(reason.sign == "sample" for reason in hypotheses[code])
        if money.neighbour and code in ("BAIT001", "BAIT002") and not sampled:
            hypotheses[code].append(Reason("on-the-ladder", w["neighbour"]))
        if money.company >= 0.5 and code != "BAIT005":
            hypotheses[code].append(Reason("in-company", w["company"]))


def total(reasons: Sequence[Reason]) -> float:
    return sum(reason.weight for reason in reasons)


def convincing(reasons: Sequence[Reason]) -> bool:
    """Whether the reasons make their rule likelier than not."""
    return weights()["common"]["bias"] + total(reasons) > 0


def doubtful(reasons: Sequence[Reason]) -> bool:
    """Whether the sum is near enough to even for one more sign to matter."""
    return abs(weights()["common"]["bias"] + total(reasons)) < weights()["common"]["doubt"]


def _halvings(ratio: float) -> float:
    """How many times the price would have to double to meet the expectation, capped."""
    return min(weights()["common"]["cap"], max(0.0, -math.log2(max(ratio, 1e-6))))


def _written(signs: Sequence[Sign]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sign.written or sign.word for sign in signs))


def nonexistent(case: Case, about: Subject, announced: Announced) -> list[Reason]:
    w = weights()["nonexistent"]
    strong = [sign for sign in case.nonexistent if sign.strong]
    weak = [sign for sign in case.nonexistent if not sign.strong]
    money = case.money
    reasons: list[Reason] = []
    if case.titled and not strong:
        weight = w["sure"] if any(sign.sense in SURE for sign in case.titled) else w["strong"]
        return [Reason("title-not-for-sale", weight, _written(case.titled))]
    if case.reading.services and not about.service:
        reasons.append(Reason("service-as-sku", w["service"], case.reading.services))
    if not strong and not weak and not reasons:
        return _only_a_price(case, w["only_a_price"])
    sure = [sign for sign in strong if sign.sense in SURE]
    if sure:
        reasons.append(Reason("not-for-sale", w["sure"], _written(strong)))
    elif strong:
        reasons.append(Reason("not-for-sale", w["strong"], _written(strong)))
    if weak:
        reasons.append(Reason("placeholder-words", w["weak"] * min(2, len(weak)), _written(weak)))
    senses = announced["nonexistent"]
    if (all(sign.sense in senses for sign in strong) and (strong or senses)) or (
        about.service and not _no_shipping(strong)
    ):
        reasons.append(Reason("openly-so", w["open"]))
    if money is not None:
        reasons.append(Reason("price", w["cheap"] * _halvings(money.ratio)))
        if not sure and money.ratio >= 0.9:
            reasons.append(Reason("not-cheap", w["not_cheap"]))
        if money.price_fen <= 100 and money.ratio < 0.1:
            reasons.append(Reason("absurd-price", w["absurd"]))
    if case.sku.price_fen and _names_price(case.reading.own, case.sku.price_fen):
        reasons.append(Reason("named-by-price", w["names_price"]))
    return reasons


def _only_a_price(case: Case, weight: float) -> list[Reason]:
    """The sign of a SKU whose whole name is its own price ("0.01")."""
    price, name = case.sku.price_fen, case.reading.own.rstrip("元块")
    if not price or case.money is None or case.money.ratio >= 0.1 or name != f"{price / 100:g}":
        return []
    return [Reason("named-by-price", weight, (case.reading.own,))]


def _no_shipping(signs: Sequence[Sign]) -> bool:
    return any(sign.sense == "no_shipping" for sign in signs)


def _names_price(own: str, price_fen: int) -> bool:
    """Whether the SKU's name holds its own price ("备注款 1 元", "1分钱")."""
    yuan = f"{price_fen / 100:g}"
    plain = own.replace(" ", "")
    return (
        any(f"{yuan}{unit}" in plain for unit in ("元", "块", "r"))
        or (price_fen < 100 and f"{price_fen}分" in plain)
        or (price_fen == 100 and "一元" in plain)
    )


def irregular(case: Case, about: Subject, announced: Announced) -> list[Reason]:
    w = weights()["irregular"]
    strong = [sign for sign in case.irregular if sign.strong]
    weak = [sign for sign in case.irregular if not sign.strong]
    reasons: list[Reason] = []
    singles = [sign for sign in (*strong, *weak) if sign.sense == "single"]
    paired = about.paired or any(noun.endswith(wording.family("irregular", None).pairs) for noun in about.nouns)
    another = case.reading.like_part and case.reading.novelty > 1 and not case.reading.same_kind
    if not paired or about.spare_shop or another:
        strong = [sign for sign in strong if sign.sense != "single"]
        weak = [sign for sign in weak if sign.sense != "single"]
        singles = []
    if strong:
        reasons.append(Reason("irregular", w["strong"] + (w["second"] if len(strong) > 1 else 0), _written(strong)))
    if case.reading.flaw and not strong:
        reasons.append(Reason("flawed", w["flaw"], (case.reading.flaw,)))
    if weak:
        reasons.append(Reason("irregular-words", w["weak"] * min(2, len(weak)), _written(weak)))
    if singles and not any(sign.strong for sign in singles) and not _fair_single(case.money):
        reasons.append(Reason("one-of-a-pair", w["pair"], _written(singles)))
    if not reasons:
        return reasons
    senses = announced["irregular"]
    worn = bool(senses & {"used", "defect", "display"})
    if (strong or weak) and all(
        sign.sense in senses or (worn and sign.sense in ("defect", "returned")) for sign in (*strong, *weak)
    ):
        reasons.append(Reason("openly-so", w["open"]))
    if case.money is not None:
        cheap = w["cheap"] if strong or singles or case.reading.flaw else w["cheap_weak"]
        ratio = case.money.ratio if singles else max(case.money.unit_ratio, case.money.ratio)
        reasons.append(Reason("price", cheap * _halvings(ratio)))
        if case.money.ratio >= 0.9:
            reasons.append(Reason("not-cheap", w["not_cheap"]))
        if case.money.undercut:
            reasons.append(Reason("undercut", w["undercut"]))
    return reasons


def _fair_single(money: Money | None) -> bool:
    """Whether one of a pair costs what half of a pair does: of ten pairs it is no pack, whatever its unit price."""
    return money is not None and money.explained and money.ratio >= 0.3


def sample(case: Case, money: Money, title: str, announced: Announced) -> list[Reason]:
    w = weights()["sample"]
    strong = [sign for sign in case.sample if sign.strong]
    weak = [sign for sign in case.sample if not sign.strong]
    reasons = []
    if strong or case.reading.taste:
        reasons.append(Reason("sample", w["strong"], _written(strong) or (case.reading.taste,)))
    if weak:
        reasons.append(Reason("sample-words", w["weak"] * min(2, len(weak)), _written(weak)))
    taster_kind = money.quantity in ("weight", "volume")
    if taster_kind and money.smaller >= w["taster_from" if money.unit_ratio >= 0.6 else "taster_cheap_from"]:
        reasons.append(Reason("taster-size", w["taster"], (f"{money.smaller:.3g}",)))
    length = ladder.amounts(case.sku.name).get("length", 0.0)
    if length and case.reading.novelty and ladder.title_length(title) >= w["off_title_from"] * length:
        reasons.append(Reason("not-the-title-size", w["off_title"]))
    if not reasons:
        return []
    if announced["sample"]:
        reasons.append(Reason("openly-so", w["open"]))
    reasons.append(Reason("price", (w["cheap"] + (0 if money.quantity else w["unmeasured"])) * _halvings(money.ratio)))
    if money.quantity and (strong or weak):
        reasons.append(
            Reason("tiny", w["tiny"] * min(4.0, max(-1.0, math.log2(max(money.smaller, 0.1)) - w["tiny_from"])))
        )
        if money.unit_ratio < 0.6:
            reasons.append(Reason("cheap-unit", w["cheap_unit"]))
        elif money.smaller <= w["fair_weak" if not strong else "fair_measured" if taster_kind else "fair_counted"]:
            reasons.append(Reason("fair-pack", w["fair_pack"]))
    return reasons


def grade(case: Case, money: Money) -> list[Reason]:
    w = weights()["grade"]
    reading = case.reading
    reasons: list[Reason] = []
    if reading.lower:
        reasons.append(Reason("lower-grade", w["lower"], (reading.lower, reading.claimed)))
    if reading.denies:
        reasons.append(Reason("denies", w["denies"], (reading.denies,)))
    lesser = (*reading.lesser, *reading.unbranded)
    if lesser:
        reasons.append(Reason("lesser-make", w["lesser"] * min(2, len(lesser)), lesser))
    if reasons:
        reasons.append(Reason("price", w["cheap"] * _halvings(money.ratio)))
        if money.ratio > 0.45:
            reasons.append(Reason("dear", w["dear"]))
        if money.explained:
            reasons.append(Reason("unit-price-holds", w["explained"]))
    return reasons


def part(case: Case, money: Money, about: Subject) -> list[Reason]:
    w = weights()["part"]
    reading = case.reading
    reasons: list[Reason] = []
    if reading.parts:
        reasons.append(
            Reason(
                "part",
                w["part"] + (w["mentioned"] if reading.mentioned else w["styled"] if reading.styled else 0),
                reading.parts,
            )
        )
    if reading.part_words:
        reasons.append(Reason("accessory-words", w["word"], reading.part_words))
    if reading.lacks_product:
        reasons.append(Reason("without-product", w["lacks_product"], (reading.lacks_product,)))
    if not reasons and reading.like_part and reading.marks and reading.novelty > 1 and not reading.goods:
        reasons.append(Reason("like-a-part", w["like"], (reading.novel,)))
    if not reasons:
        return reasons
    if reading.marks:
        reasons.append(Reason("only", w["mark"] * min(2, len(reading.marks)), reading.marks))
    if reading.damaged or any(sign.strong and sign.sense == "defect" for sign in case.irregular):
        reasons.append(Reason("flaw-of-a-part", w["flawed"]))  # 内衬有污渍 tells of the product's state
    reasons.append(Reason("price", w["cheap"] * _halvings(money.ratio)))
    if money.ratio > 0.4:
        reasons.append(Reason("dear", w["dear" if money.ratio > 0.6 else "rather_dear"]))
    if about.spare_shop:
        reasons.append(Reason("openly-so", w["open"]))
    return reasons


def other(case: Case, money: Money, about: Subject) -> list[Reason]:
    w = weights()["other"]
    reading = case.reading
    reasons: list[Reason] = []
    if reading.goods and not reading.sold:
        weight = (
            w["goods"]
            + (w["beside_part"] if reading.parts else 0)
            + (w["kin"] if reading.kin else 0)
            + (w["styled"] if reading.styled else 0)
        )
        reasons.append(Reason("other-goods", weight, reading.goods))
        if reading.kin and reading.variety:
            reasons.append(Reason("variety", w["variety"]))  # one more sort of what every SKU is a sort of
    if reading.brands.words:
        weight = w["another"] + (w["in_place"] if reading.brands.stands else 0) - (w["beside_goods"] if reasons else 0)
        reasons.append(Reason("other-brand", weight, (reading.brands.beside, *reading.brands.words)))
    elif reading.unbranded and about.brand:
        reasons.append(Reason("other-brand", w["brand"], (about.brand, *reading.unbranded)))
    if reasons:
        reasons.append(Reason("price", w["cheap"] * _halvings(money.ratio)))
        if money.ratio > 0.4:
            reasons.append(Reason("dear", w["dear" if money.ratio > 0.6 else "rather_dear"]))
    return reasons


def novel(case: Case, money: Money) -> list[Reason]:
    w = weights()["novel"]
    reading = case.reading
    if reading.novelty < 1:
        return []
    # So many of something else are no step of the ladder.
    unlike = not money.alike and not reading.sold and reading.novelty >= (2 if money.ratio < 0.15 else MANY)
    reasons = [
        Reason("unlike-the-rest", w["much"] if reading.novelty >= MANY else w["some"], (reading.novel,)),
        Reason("price", w["cheap"] * _halvings(money.ratio if unlike else money.unit_ratio)),
    ]
    if money.apart:
        reasons.append(Reason("apart", w["apart"]))
    elif reading.variety:
        reasons.append(Reason("variety", w["variety"]))
    if reading.like_part and not reading.same_kind:
        reasons.append(Reason("like-a-part", w["like_part"], (reading.novel,)))
    if money.company >= w["company_from"]:
        reasons.append(Reason("in-company", weights()["common"]["company"]))
    if reading.sold or reading.mentioned:
        reasons.append(Reason("names-the-product", w["sold"], reading.sold or reading.parts))
    if money.explained and not unlike:
        reasons.append(Reason("unit-price-holds", w["explained"]))
    return reasons
