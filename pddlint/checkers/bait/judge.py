"""One judgement of a listing for the whole BAIT family: which SKUs are bait, by which rule, how surely and why.

Signs of money, wording and meaning add up to the log-odds of each rule (weights in `lexicons/bait_weights.toml`); the
highest sum is the verdict, so a SKU is named by one rule only. The five rule modules share one judgement per listing.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from pddlint.catalog.model import Listing, Sku
from pddlint.checkers.bait import ladder, meaning, wording
from pddlint.checkers.bait.ladder import Money
from pddlint.checkers.bait.meaning import Reading, Subject
from pddlint.checkers.bait.wording import Sign
from pddlint.text.lexicon import Extra, document
from pddlint.text.normalise import fold

SURE = frozenset({"no_shipping", "top_up", "claim"})  # senses of words that are no article at any price
_CACHE_SIZE = 64


class Settings(msgspec.Struct, frozen=True):
    """What a user may change: the least confidence reported, and words added to or taken from a rule's lexicons."""

    confidence: float = 0.5
    nonexistent: Extra | None = None
    irregular: Extra | None = None
    sample: Extra | None = None
    nouns: Extra | None = None


class Reason(msgspec.Struct, frozen=True):
    """One sign and what it added to the log-odds."""

    sign: str
    weight: float
    words: tuple[str, ...] = ()


class Verdict(msgspec.Struct, frozen=True):
    """A SKU judged bait."""

    sku: Sku
    code: str
    confidence: float
    reasons: tuple[Reason, ...]
    money: Money | None


class _Case(msgspec.Struct):
    """All that is known of one SKU when it is weighed."""

    sku: Sku
    money: Money | None
    reading: Reading
    nonexistent: tuple[Sign, ...]
    irregular: tuple[Sign, ...]
    sample: tuple[Sign, ...]


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Mapping[str, float]]:
    """The weights by rule and sign."""
    tables: dict[str, dict[str, float]] = {
        name: {key: float(value) for key, value in table.items()}
        for name, table in document("bait_weights").items()
        if name != "meta"
    }
    return tables


_judged: OrderedDict[tuple[int, Settings], tuple[Listing, tuple[Verdict, ...]]] = OrderedDict()


def judge(listing: Listing, settings: Settings) -> tuple[Verdict, ...]:
    """The bait SKUs of `listing`, at most one verdict per SKU, in the order of its SKUs.

    Remembered for the last few listings, so that the five rules of the family judge once. The entry holds its listing,
    so its id cannot pass to another one while it is remembered.
    """
    key = (id(listing), settings)
    known = _judged.get(key)
    if known is not None:
        return known[1]
    verdicts = tuple(_judge(listing, settings))
    _judged[key] = (listing, verdicts)
    while len(_judged) > _CACHE_SIZE:
        _judged.popitem(last=False)
    return verdicts


def _judge(listing: Listing, settings: Settings) -> list[Verdict]:
    skus = listing.live_skus
    if not listing.on_sale or not skus:
        return []
    about = meaning.subject(listing, settings.nouns)
    announced = _announced(listing, settings)
    strong = {id(sku) for sku in skus if _strong_signs(sku, settings, announced)}
    verdicts: list[Verdict] = []
    for sku in skus:
        rest = _rest(sku, skus, strong)
        case = _case(listing, sku, rest, about, settings)
        if case is None:
            continue
        verdict = _weigh(case, listing, about, announced)
        if verdict is not None and verdict.confidence >= settings.confidence:
            verdicts.append(verdict)
    return verdicts


def _announced(listing: Listing, settings: Settings) -> Mapping[str, frozenset[str]]:
    """Per lexicon, the senses the listing is openly of: by title, category and attributes, or by most of its SKUs."""
    text = " ".join((listing.title, *listing.category, *(attribute.value for attribute in listing.attributes)))
    result: dict[str, frozenset[str]] = {}
    for name, extra in (("nonexistent", settings.nonexistent), ("irregular", settings.irregular), ("sample", settings.sample)):
        senses = set(wording.openly(text, name, extra))
        if name == "irregular" and listing.second_hand:
            senses |= {"used", "defect", "display", "returned"}
        skus = listing.live_skus
        if len(skus) > 1:
            counts: dict[str, int] = {}
            for sku in skus:
                for sense in {sign.sense for sign in wording.signs(sku.name, name, extra) if sign.strong}:
                    counts[sense] = counts.get(sense, 0) + 1
            senses |= {sense for sense, count in counts.items() if count * 2 > len(skus)}
        result[name] = frozenset(senses)
    return result


def _strong_signs(sku: Sku, settings: Settings, announced: Mapping[str, frozenset[str]]) -> bool:
    for name, extra in (("nonexistent", settings.nonexistent), ("irregular", settings.irregular)):
        if any(s.strong and s.sense not in announced[name] for s in wording.signs(sku.name, name, extra)):
            return True
    return False


def _rest(sku: Sku, skus: Sequence[Sku], strong: set[int]) -> list[Sku]:
    """The SKUs a SKU is measured by: neither suspect by their words nor less than half its price."""
    price = sku.price_fen or 0
    others = [o for o in skus if o is not sku and id(o) not in strong]
    return [o for o in others if not o.price_fen or o.price_fen * 2 >= price]


def _case(listing: Listing, sku: Sku, rest: Sequence[Sku], about: Subject, settings: Settings) -> _Case | None:
    """The case of one SKU; None where nothing can be held against it."""
    own = meaning.own_text(sku, rest)
    nonexistent = wording.signs(own, "nonexistent", settings.nonexistent)
    irregular = wording.signs(own, "irregular", settings.irregular)
    money = ladder.money(listing, sku, rest)
    cheap = money is not None and money.ratio < 0.75
    if not cheap and not any(sign.strong for sign in (*nonexistent, *irregular)):
        return None
    reading = meaning.read(sku, rest, about, settings.nouns) if cheap else Reading(fold(own))
    return _Case(sku, money, reading, nonexistent, irregular, wording.signs(own, "sample", settings.sample))


def _weigh(case: _Case, listing: Listing, about: Subject, announced: Mapping[str, frozenset[str]]) -> Verdict | None:
    """The likeliest rule for the case, with its reasons."""
    hypotheses = {
        "BAIT004": _nonexistent(case, about, announced["nonexistent"]),
        "BAIT005": _irregular(case, about, announced["irregular"]),
    }
    if case.money is not None:
        sample = _sample(case, case.money, listing.title, announced["sample"])
        grade = _grade(case, case.money)
        hypotheses["BAIT002"] = max((sample, grade), key=_sum)
        hypotheses["BAIT003"] = _part(case, case.money, about)
        hypotheses["BAIT001"] = _other(case, case.money, about)
        _support(hypotheses, case.reading, case.money)
    code = max(hypotheses, key=lambda c: _sum(hypotheses[c]))
    reasons = hypotheses[code]
    if case.money is not None and not about.service:
        novel = _novel(case, case.money)
        if _sum(novel) > _sum(reasons):
            if _sum(reasons) < weights()["novel"]["worded"]:
                code = "BAIT003" if case.reading.like_part else "BAIT001"
            reasons = novel
    if not reasons:
        return None
    total = weights()["common"]["bias"] + _sum(reasons)
    shown = tuple(reason for reason in reasons if reason.weight)
    return Verdict(case.sku, code, round(1 / (1 + math.exp(-total)), 3), shown, case.money)


def _support(hypotheses: Mapping[str, list[Reason]], reading: Reading, money: Money) -> None:
    """Add to the worded hypotheses what strangeness and company say of any of them."""
    w = weights()["common"]
    for code in ("BAIT001", "BAIT002", "BAIT003", "BAIT005"):
        if not hypotheses[code]:
            continue
        if reading.novelty:
            hypotheses[code].append(Reason("unlike-the-rest", w["strange"], (reading.novel,)))
        if money.company >= 0.5 and code != "BAIT005":
            hypotheses[code].append(Reason("in-company", w["company"]))


def _sum(reasons: Sequence[Reason]) -> float:
    return sum(reason.weight for reason in reasons)


def _halvings(ratio: float) -> float:
    """How many times the price would have to double to meet the expectation, capped."""
    return min(weights()["common"]["cap"], max(0.0, -math.log2(max(ratio, 1e-6))))


def _written(signs: Sequence[Sign]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sign.written or sign.word for sign in signs))


def _nonexistent(case: _Case, about: Subject, announced: frozenset[str]) -> list[Reason]:
    w = weights()["nonexistent"]
    strong = [sign for sign in case.nonexistent if sign.strong]
    weak = [sign for sign in case.nonexistent if not sign.strong]
    money = case.money
    reasons: list[Reason] = []
    if not strong and not weak:
        return reasons
    sure = [sign for sign in strong if sign.sense in SURE]
    if sure:
        reasons.append(Reason("not-for-sale", w["sure"], _written(strong)))
    elif strong:
        reasons.append(Reason("not-for-sale", w["strong"], _written(strong)))
    if weak:
        reasons.append(Reason("placeholder-words", w["weak"] * min(2, len(weak)), _written(weak)))
    if all(sign.sense in announced for sign in (strong or weak)) or (about.service and not _no_shipping(strong)):
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


def _no_shipping(signs: Sequence[Sign]) -> bool:
    return any(sign.sense == "no_shipping" for sign in signs)


def _names_price(own: str, price_fen: int) -> bool:
    """Whether the SKU's name holds its own price ("备注款 1 元", "1分钱")."""
    yuan = f"{price_fen / 100:g}"
    plain = own.replace(" ", "")
    return any(f"{yuan}{unit}" in plain for unit in ("元", "块", "r")) or (price_fen < 100 and f"{price_fen}分" in plain) or (
        price_fen == 100 and "一元" in plain
    )


def _irregular(case: _Case, about: Subject, announced: frozenset[str]) -> list[Reason]:
    w = weights()["irregular"]
    strong = [sign for sign in case.irregular if sign.strong]
    weak = [sign for sign in case.irregular if not sign.strong]
    reasons: list[Reason] = []
    singles = [sign for sign in (*strong, *weak) if sign.sense == "single"]
    paired = any(noun.endswith(wording.family("irregular").pairs) for noun in about.nouns)
    if not paired or about.spare_shop:
        strong = [sign for sign in strong if sign.sense != "single"]
        weak = [sign for sign in weak if sign.sense != "single"]
        singles = []
    if strong:
        reasons.append(Reason("irregular", w["strong"] + (w["second"] if len(strong) > 1 else 0), _written(strong)))
    if weak:
        reasons.append(Reason("irregular-words", w["weak"] * min(2, len(weak)), _written(weak)))
    if singles and not any(sign.strong for sign in singles) and not (case.money and case.money.explained):
        reasons.append(Reason("one-of-a-pair", w["pair"], _written(singles)))
    if not reasons:
        return reasons
    worn = bool(announced & {"used", "returned", "defect", "display"})
    if all(sign.sense in announced or (worn and sign.sense in ("defect", "returned")) for sign in (*strong, *weak)):
        reasons.append(Reason("openly-so", w["open"]))
    if case.money is not None:
        cheap = w["cheap"] if strong or singles else w["cheap_weak"]
        reasons.append(Reason("price", cheap * _halvings(max(case.money.unit_ratio, case.money.ratio))))
        if case.money.ratio >= 0.9:
            reasons.append(Reason("not-cheap", w["not_cheap"]))
    return reasons


def _sample(case: _Case, money: Money, title: str, announced: frozenset[str]) -> list[Reason]:
    w = weights()["sample"]
    strong = [sign for sign in case.sample if sign.strong]
    weak = [sign for sign in case.sample if not sign.strong]
    reasons = []
    if strong:
        reasons.append(Reason("sample", w["strong"], _written(strong)))
    if weak:
        reasons.append(Reason("sample-words", w["weak"] * min(2, len(weak)), _written(weak)))
    taster_kind = money.quantity in ("weight", "volume")
    if taster_kind and money.smaller >= w["taster_from"]:
        reasons.append(Reason("taster-size", w["taster"], (f"{money.smaller:.3g}",)))
    length = ladder.amounts(case.sku.name).get("length", 0.0)
    if length and case.reading.novelty and ladder.title_length(title) >= w["off_title_from"] * length:
        reasons.append(Reason("not-the-title-size", w["off_title"]))
    if not reasons:
        return []
    if announced:
        reasons.append(Reason("openly-so", w["open"]))
    reasons.append(Reason("price", (w["cheap"] + (0 if money.quantity else w["unmeasured"])) * _halvings(money.ratio)))
    if money.quantity and (strong or weak):
        reasons.append(Reason("tiny", w["tiny"] * min(4.0, max(-1.0, math.log2(max(money.smaller, 0.1)) - w["tiny_from"]))))
        if money.unit_ratio < 0.6:
            reasons.append(Reason("cheap-unit", w["cheap_unit"]))
        elif money.smaller <= w["fair_weak" if not strong else "fair_measured" if taster_kind else "fair_counted"]:
            reasons.append(Reason("fair-pack", w["fair_pack"]))
    return reasons


def _grade(case: _Case, money: Money) -> list[Reason]:
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
        if money.explained:
            reasons.append(Reason("unit-price-holds", w["explained"]))
    return reasons


def _part(case: _Case, money: Money, about: Subject) -> list[Reason]:
    w = weights()["part"]
    reading = case.reading
    reasons: list[Reason] = []
    if reading.parts:
        reasons.append(Reason("part", w["part"] + (w["mentioned"] if reading.mentioned else 0), reading.parts))
    if reading.part_words:
        reasons.append(Reason("accessory-words", w["word"], reading.part_words))
    if reading.lacks_product:
        reasons.append(Reason("without-product", w["lacks_product"], (reading.lacks_product,)))
    if not reasons:
        return reasons
    if reading.marks:
        reasons.append(Reason("only", w["mark"] * min(2, len(reading.marks)), reading.marks))
    reasons.append(Reason("price", w["cheap"] * _halvings(money.ratio)))
    if money.ratio > 0.6:
        reasons.append(Reason("dear", w["dear"]))
    if about.spare_shop:
        reasons.append(Reason("openly-so", w["open"]))
    return reasons


def _other(case: _Case, money: Money, about: Subject) -> list[Reason]:
    w = weights()["other"]
    reading = case.reading
    reasons: list[Reason] = []
    if reading.goods and not reading.sold:
        reasons.append(Reason("other-goods", w["goods"] + (w["kin"] if reading.kin else 0), reading.goods))
    if reading.unbranded and about.brand:
        reasons.append(Reason("other-brand", w["brand"], (about.brand, *reading.unbranded)))
    if reasons:
        reasons.append(Reason("price", w["cheap"] * _halvings(money.ratio)))
        if money.ratio > 0.6:
            reasons.append(Reason("dear", w["dear"]))
    return reasons


def _novel(case: _Case, money: Money) -> list[Reason]:
    w = weights()["novel"]
    reading = case.reading
    if reading.novelty < 1:
        return []
    reasons = [
        Reason("unlike-the-rest", w["much"] if reading.novelty >= 3 else w["some"], (reading.novel,)),
        Reason("price", w["cheap"] * _halvings(money.unit_ratio)),
    ]
    if money.explained:
        reasons.append(Reason("unit-price-holds", w["explained"]))
    return reasons
