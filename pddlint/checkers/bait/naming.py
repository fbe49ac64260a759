"""Which rule a SKU that is bait breaks: not for sale where its words say so plainly, else the likeliest by features.

Weights of the features are data (`lexicons/bait_rules.toml`), fitted on labelled catalogs by
`tests.benchmarks.fit_bait`. How surely a SKU is bait is none of this module's business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from pddlint.checkers.bait import weighing
from pddlint.checkers.bait.features import features
from pddlint.checkers.bait.settings import Words
from pddlint.checkers.bait.subject import Subject
from pddlint.checkers.bait.weighing import Case, Reason
from pddlint.text.lexicon import document

CODES = ("BAIT001", "BAIT002", "BAIT003", "BAIT004", "BAIT005")
HINT = 1.15  # words of a rule that weigh this much hint at it, although strangeness convicts
_PLAIN = frozenset(["not-for-sale", "title-not-for-sale", "named-by-price"])
_OTHER_BRAND = frozenset(["brand-other", "brand-lost"])
# Signs that tell of strangeness and price and fit any rule.
_NEUTRAL = frozenset(
    ["unlike-the-rest", "price", "apart", "variety", "in-company", "undercut", "unit-price-holds", "on-the-ladder"]
)


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, tuple[float, ...]]:
    """Feature -> its weight for each of `CODES`."""
    table: dict[str, list[float]] = document("bait_rules")["weights"]
    return {name: tuple(row) for name, row in table.items()}


def likeliest(case: Case, hypotheses: Mapping[str, list[Reason]]) -> tuple[str, bool]:
    """The rule with the highest sum, and whether it is settled: that there is nothing to buy comes before all else.

    But one of a pair, sent again (右侧补寄那一枚), is an article.
    """
    nothing, single = hypotheses["BAIT004"], any(sign.sense == "single" and sign.strong for sign in case.irregular)
    claims = all(sign.sense == "claim" for sign in case.nonexistent)
    if single and claims and weighing.convincing(hypotheses["BAIT005"]):
        return "BAIT005", True
    if any(reason.sign in _PLAIN for reason in nothing) and weighing.convincing(nothing):
        plain = any(reason.sign == "not-for-sale" for reason in nothing)
        best = max(hypotheses, key=lambda code: weighing.total(hypotheses[code]))
        if plain or best == "BAIT004":
            return "BAIT004", True
    return max(hypotheses, key=lambda code: weighing.total(hypotheses[code])), False


def hinted(reasons: Sequence[Reason]) -> bool:
    """Whether the words among the reasons of a rule are enough to hint at it."""
    return sum(reason.weight for reason in reasons if reason.words and reason.sign not in _NEUTRAL) >= HINT


def rule(case: Case, about: Subject, words: Words, said: str) -> str:
    """The likeliest rule by all features; `said` is the one that the SKU's words hint at, "" for none."""
    found = features(case, about, words)
    if said:
        found[f"said:{said}"] = 1.0
    code = choose(found)
    # Another maker's goods differ in make, too: what is mixed in is the brand.
    return "BAIT001" if code == "BAIT002" and found.keys() & _OTHER_BRAND else code


def choose(found: Mapping[str, float]) -> str:
    """The rule with the highest sum of weighed features; the first of equal ones."""
    table, sums = _weights(), [0.0] * len(CODES)
    for name, strength in found.items():
        for place, weight in enumerate(table.get(name, ())):
            sums[place] += weight * strength
    return CODES[max(range(len(CODES)), key=lambda place: sums[place])]


def told(code: str, reasons: Sequence[Reason], hypotheses: Mapping[str, list[Reason]], case: Case) -> list[Reason]:
    """The reasons to show for a SKU of rule `code` that `reasons` convict: those that fit it, or what it reads as."""
    own = hypotheses.get(code) or []
    if reasons == own:
        return [reason for reason in reasons if reason.weight]
    shown = [reason for reason in reasons if reason.sign in _NEUTRAL and reason.weight]
    known = {reason.sign for reason in shown}
    shown += [reason for reason in own if reason.sign not in known and reason.weight]
    if not any(reason.words and reason.sign not in _NEUTRAL for reason in shown):
        shown.insert(0, Reason(f"reads-as-{code}", 0.0, (case.reading.novel or case.reading.own,)))
    return shown
