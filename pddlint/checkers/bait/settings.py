"""Options of the BAIT rules: words added to and taken from the lexicons, thresholds, and both per category.

The rules judge a listing together, so the words of every one of them are read from the whole configuration
(`Context.rules`); a rule's own threshold decides only whether its verdict is reported.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import msgspec

from pddlint.catalog.model import Listing
from pddlint.checkers.base import Context, Option, Rule, Text
from pddlint.text.lexicon import Extra
from pddlint.text.normalise import fold

DEFAULT_CONFIDENCE = 0.6


class Words(msgspec.Struct, frozen=True):
    """A user's additions to and removals from each lexicon of the family; None leaves a lexicon as it is."""

    goods: Extra | None = None
    parts: Extra | None = None
    grades: Extra | None = None
    sample: Extra | None = None
    nonexistent: Extra | None = None
    irregular: Extra | None = None


PLAIN = Words()

# Where a rule's extra words go: (field of Words, group of the lexicon). Removed words leave every lexicon of the rule.
_TARGETS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "BAIT001": (("goods", "extra"),),
    "BAIT002": (("sample", "sample.strong"), ("grades", "")),
    "BAIT003": (("parts", "part.extra"),),
    "BAIT004": (("nonexistent", "placeholder.strong"),),
    "BAIT005": (("irregular", "defect.strong"),),
}

OPTIONS = (
    Option(
        "confidence",
        "number",
        DEFAULT_CONFIDENCE,
        Text(
            "把握低于这个数（0 到 1）的不报。调高则少报而更准，调低则多报",
            "leave out findings less certain than this (0 to 1): higher reports fewer and surer ones",
        ),
    ),
    Option(
        "extra-words",
        "strings",
        (),
        Text(
            "这条规则额外认的词，例如你们行业的叫法",
            "words this rule knows besides its own, such as those of your trade",
        ),
    ),
    Option(
        "removed-words",
        "strings",
        (),
        Text("这条规则不再认的词", "words this rule no longer knows"),
    ),
    Option(
        "categories",
        "strings",
        (),
        Text(
            "按类目另定把握，写成“类目=数”，“类目=off”表示该类目不查；类目是路径中的任何一级，例如 二手=off、生鲜=0.8",
            'confidence per category, as "category=number", or "category=off" to leave one out; any level of the path '
            "counts, for example 二手=off or 生鲜=0.8",
        ),
    ),
)

_known: OrderedDict[int, tuple[Context, Words]] = OrderedDict()


def words_of(context: Context, rule: Rule) -> Words:
    """The words configured for the whole family. Remembered per context, which is kept alive while it is remembered."""
    known = _known.get(id(context))
    if known is not None:
        return known[1]
    fields: dict[str, Extra] = {}
    for code, targets in _TARGETS.items():
        options = context.options if code == rule.code else context.rules.get(code, {})
        added, removed = _strings(options, "extra-words"), _strings(options, "removed-words")
        for field, group in targets:
            if removed or (added and group):
                fields[field] = Extra(((group, added),) if added and group else (), removed)
    words = Words(**fields) if fields else PLAIN
    _known[id(context)] = (context, words)
    while len(_known) > 32:
        _known.popitem(last=False)
    return words


def threshold(listing: Listing, context: Context, rule: Rule) -> float:
    """The least confidence to report for a listing: its category's where one is configured, else the rule's.

    Above 1 (nothing is reported) for a category that is off; a value that is no number is passed over.
    """
    least = float(context.option(rule, "confidence"))
    path = {fold(name) for name in listing.category}
    for entry in _strings(context.options, "categories"):
        name, _, value = entry.partition("=")
        if fold(name) in path:
            try:
                least = 2.0 if value.strip().lower() == "off" else float(value)
            except ValueError:
                continue
    return least


def _strings(options: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(value) for value in options.get(name, ()))
