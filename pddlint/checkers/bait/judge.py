"""One judgement of a listing for the whole BAIT family: which SKUs are bait, by which rule, how surely and why.

Signs of money, wording and meaning add up to the log-odds of each rule (weights in `lexicons/bait_weights.toml`); the
highest sum says how surely a SKU is bait, and `naming` by which one rule it is named. The five rule modules share one
judgement per listing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from pddlint.catalog.model import Listing, Sku, Spec
from pddlint.checkers.bait import crowd, ladder, meaning, naming, pictures, weighing, wording
from pddlint.checkers.bait.ladder import Money
from pddlint.checkers.bait.meaning import Reading
from pddlint.checkers.bait.settings import PLAIN, Words
from pddlint.checkers.bait.subject import Subject, subject
from pddlint.checkers.bait.weighing import Announced, Case, Reason
from pddlint.checkers.bait.wording import Sign
from pddlint.text.normalise import fold

FLOOR = 0.1  # verdicts less certain than this are not worth keeping, whatever threshold is configured
SUSPECT = 0.25  # a SKU judged bait more surely than this is no innocent one
CHEAP = 0.75  # only a price below this share of what the rest suggests can be held against a SKU
_TITLE_SENSES = frozenset({"top_up", "placeholder", "draw", "claim"})
_OPEN_TITLES = frozenset({"draw", "deposit", "fee"})  # vouchers, deposits and services sold as such


class Verdict(msgspec.Struct, frozen=True):
    """A SKU judged bait."""

    sku: Sku
    code: str
    confidence: float
    reasons: tuple[Reason, ...]
    money: Money | None
    beside: Sku | None = None  # one of the rest, priced as the rest is


_Told = Mapping[str, Mapping[str, tuple[Sign, ...]]]  # lexicon -> spec value -> its signs

_last: tuple[Listing | None, Words, tuple[Verdict, ...]] = (None, PLAIN, ())


def judge(listing: Listing, words: Words = PLAIN) -> tuple[Verdict, ...]:
    """The bait SKUs of `listing`, at most one verdict per SKU, in the order of its SKUs.

    Remembered for the last listing, so that the five rules of the family judge once.
    """
    global _last
    known, by, verdicts = _last
    if known is not listing or by != words:
        verdicts = tuple(_judge(crowd.judged(listing), words))
        _last = (listing, words, verdicts)
    return verdicts


def _judge(listing: Listing, words: Words) -> list[Verdict]:
    skus = listing.live_skus
    if not listing.on_sale or not skus:
        return []
    told = _told(skus, words)
    if not _worth_a_look(listing, told, words):
        return []
    announced = _Announced(listing, told, words)
    titled = _titled(listing, words)
    suspicious = told["nonexistent"] or told["irregular"]
    strong = {id(sku) for sku in skus if _strong_signs(sku, told, announced)} if suspicious else set()
    carried = _carried([sku for sku in skus if id(sku) not in strong])
    verdicts: list[Verdict] = []
    about: Subject | None = None  # what most listings sell, nobody asks
    top = max([sku.price_fen or 0 for sku in skus])
    for sku in skus:
        if (sku.price_fen or top) >= CHEAP * top and id(sku) not in strong and not titled:
            continue  # nothing in the listing makes this price low
        own = _own(sku, carried, id(sku) in strong)
        if not own and not titled:
            continue  # all its values stand on regular SKUs, too
        rest = _rest(sku, own, skus, strong)
        case = _case(listing, sku, own, rest, told, titled)
        if case is None:
            continue
        about = about or subject(listing, words)
        if case.money is not None and case.money.ratio < CHEAP:
            case.reading = meaning.read([spec.value for spec in own], rest, about, words)
        verdict = _weigh(case, listing, about, announced, rest, words)
        if verdict is not None:
            verdicts.append(verdict)
    return _spare_undercut(verdicts, skus)


def _spare_undercut(verdicts: Sequence[Verdict], skus: Sequence[Sku]) -> list[Verdict]:
    """The verdicts, those on goods the surer the lower: what an innocent SKU undercuts is not the price that lures."""
    if not verdicts:
        return []
    convicted = {id(verdict.sku) for verdict in verdicts if verdict.confidence >= SUSPECT}
    lowest = min((sku.price_fen for sku in skus if sku.price_fen and id(sku) not in convicted), default=0)
    result = []
    for verdict in verdicts:
        price = verdict.sku.price_fen
        if verdict.code in ("BAIT001", "BAIT002", "BAIT003") and price and lowest and price >= lowest:
            weight = weighing.weights()["common"]["undercut"]
            odds = verdict.confidence / max(1e-6, 1 - verdict.confidence) * math.exp(weight)
            verdict = msgspec.structs.replace(
                verdict,
                confidence=round(odds / (1 + odds), 3),
                reasons=(*verdict.reasons, Reason("undercut", weight)),
            )
        if verdict.confidence >= FLOOR:
            result.append(verdict)
    return result


def _told(skus: Sequence[Sku], words: Words) -> _Told:
    """Per lexicon, the spec values that say something: of most listings none, so that later looks cost nothing."""
    told: dict[str, dict[str, tuple[Sign, ...]]] = {"nonexistent": {}, "irregular": {}, "sample": {}}
    for value in {spec.value for sku in skus for spec in sku.specs}:
        for name, found in _said(value, words):
            told[name][value] = found
    return told


@lru_cache(maxsize=1 << 13)
def _said(value: str, words: Words) -> tuple[tuple[str, tuple[Sign, ...]], ...]:
    """The lexicons that know something in a spec value, with its signs."""
    lexicons = (("nonexistent", words.nonexistent), ("irregular", words.irregular), ("sample", words.sample))
    return tuple((name, found) for name, extra in lexicons if (found := wording.signs(value, name, extra)))


def _worth_a_look(listing: Listing, told: _Told, words: Words) -> bool:
    """Whether prices differ, or a title or spec value has strong words: most listings have neither."""
    prices = [sku.price_fen for sku in listing.live_skus if sku.price_fen]
    if prices and min(prices) < CHEAP * max(prices):
        return True
    return any(
        sign.strong
        for name, extra in (("nonexistent", words.nonexistent), ("irregular", words.irregular))
        for found in (wording.signs(listing.title, name, extra), *told[name].values())
        for sign in found
    )


class _Announced(dict[str, frozenset[str]]):
    """Lexicon -> the senses the listing is openly of: by title, category and attributes, or by most of its SKUs.

    Looked for when asked for: of most listings, nobody asks.
    """

    def __init__(self, listing: Listing, told: _Told, words: Words) -> None:
        self.listing, self.told, self.words = listing, told, words

    def __missing__(self, name: str) -> frozenset[str]:
        listing, told = self.listing, self.told[name]
        text = " ".join((listing.title, *listing.category, *(attribute.value for attribute in listing.attributes)))
        senses = set(wording.openly(text, name, getattr(self.words, name)))
        if name == "irregular" and listing.second_hand:
            senses |= {"used", "defect", "display", "returned"}
        skus = listing.live_skus
        if len(skus) > 1 and told:
            counts: dict[str, int] = {}
            for sku in skus:
                found = (sign for value in _values(sku) for sign in told.get(value, ()))
                for sense in {sign.sense for sign in found if sign.strong}:
                    counts[sense] = counts.get(sense, 0) + 1
            senses |= {sense for sense, count in counts.items() if count * 2 > len(skus)}
        self[name] = result = frozenset(senses)
        return result


def _titled(listing: Listing, words: Words) -> tuple[Sign, ...]:
    """Signs in the title that nothing here can be bought: it says so, or it names no goods at all.

    Where the category says as much (a shop for postage or services), the listing is openly so.
    """
    strong = [sign for sign in wording.signs(listing.title, "nonexistent", words.nonexistent) if sign.strong]
    if not strong:
        return ()
    about = subject(listing, words)
    if about.service or wording.openly(" ".join(listing.category), "nonexistent", words.nonexistent):
        return ()
    if any(sign.sense == "no_shipping" for sign in strong):
        return tuple(strong)
    if about.nouns or wording.openly(listing.title, "nonexistent", words.nonexistent) & _OPEN_TITLES:
        return ()
    return tuple(sign for sign in strong if sign.sense in _TITLE_SENSES)


def _strong_signs(sku: Sku, told: _Told, announced: Announced) -> bool:
    return any(
        sign.strong and sign.sense not in announced[name]
        for name in ("nonexistent", "irregular")
        for value in _values(sku)
        for sign in told[name].get(value, ())
    )


def _values(sku: Sku) -> tuple[str, ...]:
    return tuple(spec.value for spec in sku.specs if spec.value)


def _carried(skus: Iterable[Sku]) -> dict[Spec, float]:
    """The highest price that each spec value is sold at; infinite where a carrier has none."""
    highest: dict[Spec, float] = {}
    for sku in skus:
        price = sku.price_fen or math.inf
        for spec in sku.specs:
            if price > highest.setdefault(spec, 0.0):
                highest[spec] = price
    return highest


def _own(sku: Sku, carried: Mapping[Spec, float], suspect: bool) -> tuple[Spec, ...]:
    """The SKU's values that no regular SKU carries: none at all for a SKU suspect by its words, else no dearer one.

    So a strap listed once per phone model is still told from the cases by its value.
    """
    floor = 0.0 if suspect else 1.3 * (sku.price_fen or 0)
    return tuple([spec for spec in sku.specs if spec.value and not (spec in carried and carried[spec] >= floor)])


def _rest(sku: Sku, own: Sequence[Spec], skus: Sequence[Sku], strong: set[int]) -> list[Sku]:
    """The SKUs a SKU is measured by: not of its own kind, not suspect by their words, not less than half its price."""
    price = sku.price_fen or 0
    mine = set(own)
    others = [o for o in skus if o is not sku and mine.isdisjoint(o.specs) and not (strong and id(o) in strong)]
    return [o for o in others if not o.price_fen or o.price_fen * 2 >= price]


def _typical(rest: Sequence[Sku], money: Money | None) -> Sku | None:
    """The SKU of the rest whose price is nearest to what the rest suggests."""
    priced = [sku for sku in rest if sku.price_fen]
    if money is None or not priced:
        return None
    return min(priced, key=lambda sku: abs((sku.price_fen or 0) - money.reference_fen))


def _case(
    listing: Listing,
    sku: Sku,
    own: Sequence[Spec],
    rest: Sequence[Sku],
    told: _Told,
    titled: tuple[Sign, ...],
) -> Case | None:
    """The case of one SKU, its words not yet read; None where nothing can be held against it."""
    values = tuple([spec.value for spec in own])
    nonexistent, irregular, sample = (_signs(values, told[name]) for name in ("nonexistent", "irregular", "sample"))
    if irregular:
        title = wording.squeeze(listing.title).text
        irregular = tuple(sign for sign in irregular if sign.word not in title)
    worded = bool(titled) or any(sign.strong for sign in (*nonexistent, *irregular))
    money = ladder.money(listing, sku, rest, math.inf if worded else CHEAP)
    if money is None and not worded:
        return None
    return Case(sku, money, Reading(fold(" ".join(values))), nonexistent, irregular, sample, titled)


def _signs(values: Iterable[str], told: Mapping[str, tuple[Sign, ...]]) -> tuple[Sign, ...]:
    """The signs of several spec values, strong ones first."""
    found = [sign for value in values for sign in told.get(value, ())] if told else []
    return tuple(sorted(found, key=lambda sign: not sign.strong))


def _beyond_range(listing: Listing, sku: Sku) -> bool:
    """Whether the SKU's price is further below the dearest than the category allows, where that is known."""
    cap, price = listing.price_range_ratio, sku.price_fen
    top = max((other.price_fen or 0 for other in listing.live_skus), default=0)
    return bool(cap and price and top > cap * price)


def _weigh(
    case: Case,
    listing: Listing,
    about: Subject,
    announced: Announced,
    rest: Sequence[Sku],
    words: Words,
) -> Verdict | None:
    """How surely the case is bait, by which rule and why; None where it hardly is."""
    hypotheses = {
        "BAIT004": weighing.nonexistent(case, about, announced),
        "BAIT005": weighing.irregular(case, about, announced),
    }
    if case.money is not None:
        sample = weighing.sample(case, case.money, listing.title, announced)
        grade = weighing.grade(case, case.money)
        hypotheses["BAIT002"] = max((sample, grade), key=weighing.total)
        hypotheses["BAIT003"] = weighing.part(case, case.money, about)
        hypotheses["BAIT001"] = weighing.other(case, case.money, about)
        weighing.support(hypotheses, case.reading, case.money)
    if not any(hypotheses.values()) and not case.reading.novelty:
        return None
    code, settled = naming.likeliest(case, hypotheses)
    said, reasons = code, hypotheses[code]
    if case.money is not None and not about.service:
        novel = weighing.novel(case, case.money)
        if weighing.total(novel) > weighing.total(reasons):
            said, settled, reasons = code if naming.hinted(reasons) else "", False, novel
    if not reasons:
        return None
    sure = list(reasons)
    if weighing.doubtful(reasons) and pictures.stranger(listing, case.sku, rest):
        sure.append(Reason("strange-picture", weighing.weights()["common"]["picture"]))
    if _beyond_range(listing, case.sku):
        sure.append(Reason("beyond-category-range", weighing.weights()["common"]["beyond_range"]))
    total = weighing.weights()["common"]["bias"] + weighing.total(sure)
    confidence = round(1 / (1 + math.exp(-total)), 3)
    if confidence < FLOOR:
        return None
    if not settled and case.reading.kept:
        code = naming.rule(case, about, words, said)
    shown = (*naming.told(code, reasons, hypotheses, case), *sure[len(reasons) :])
    return Verdict(case.sku, code, confidence, shown, case.money, _typical(rest, case.money))
