"""Which rules run: codes, prefixes of codes, names and ALL, in `select`, `extend-select` and `ignore`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pddlint.checkers.base import Rule, Text
from pddlint.errors import UsageError, did_you_mean


def specificity(selector: str, rule: Rule) -> int:
    """How closely a selector means a rule: -1 not at all, 0 for ALL, the length of a prefix, 99 for its name."""
    if selector.upper() == "ALL":
        return 0
    if selector.lower() == rule.name:
        return 99
    return len(selector) if selector and rule.code.startswith(selector.upper()) else -1


def means(selectors: Iterable[str], rule: Rule) -> bool:
    """Whether any of the selectors means the rule."""
    return any(specificity(selector, rule) >= 0 for selector in selectors)


def selected(
    rules: Iterable[Rule], select: Sequence[str], extend: Sequence[str], ignore: Sequence[str]
) -> frozenset[str]:
    """Codes of the rules that run. An empty `select` means the rules that are on by default.

    Where several selectors mean a rule, the closest decides (`--select ALL --ignore DUP --extend-select DUP006` runs
    DUP006); between equals, `ignore` wins.
    """
    chosen = set()
    for rule in rules:
        wanted = max((specificity(s, rule) for s in (*select, *extend)), default=-1)
        if not select and rule.default:
            wanted = max(wanted, 0)
        refused = max((specificity(s, rule) for s in ignore), default=-1)
        if wanted > refused:
            chosen.add(rule.code)
    return frozenset(chosen)


def refuse_unknown(selectors: Iterable[str], rules: Sequence[Rule], where: str) -> None:
    """UsageError for the first selector that means no rule. `where` names the setting or flag it stands in."""
    for selector in selectors:
        if not any(specificity(selector, rule) >= 0 for rule in rules):
            zh, en = did_you_mean(
                selector, [*(r.code for r in rules), *(r.name for r in rules), *{r.family for r in rules}]
            )
            raise UsageError(
                Text(f"{where}：没有规则叫 {selector!r}{zh}", f"{where}: no rule is called {selector!r}{en}"),
            )
