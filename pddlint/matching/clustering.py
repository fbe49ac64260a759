"""From scored pairs to groups that hold together: agglomerative, best pair first, no chaining through one weak link.

Two groups join over an edge only if what is known between all their members supports it: the mean log-odds of the cross
pairs stays above the link level and no cross pair speaks strongly against (average linkage with a veto; compare
Hassanzadeh et al. 2009, "Framework for evaluating clustering algorithms in duplicate detection", section 3). Pairs
that were never compared count as `unknown`, mildly against.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Pair = tuple[int, int]

VETO = -3.5  # log-odds from which down a pair keeps its listings apart


def groups(
    odds: Mapping[Pair, float], link: float, *, average: float = 0.0, veto: float = VETO, unknown: float = -1.5
) -> list[tuple[int, ...]]:
    """Groups of two or more members, each sorted, in order of their first member.

    `odds` maps pairs (i < j) to log-odds of being duplicates. Pairs with odds >= `link` propose a merge, strongest
    first (ties by index); it happens when the mean over all cross pairs is >= `average` and their minimum is >
    `veto`.
    """
    home: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    proposals = sorted((-value, pair) for pair, value in odds.items() if value >= link)
    for _, (i, j) in proposals:
        for k in (i, j):
            if k not in home:
                home[k] = k
                members[k] = [k]
        a, b = home[i], home[j]
        if a != b and _holds(odds, members[a], members[b], average, veto, unknown):
            if len(members[a]) < len(members[b]):
                a, b = b, a
            for k in members[b]:
                home[k] = a
            members[a] += members.pop(b)
    return sorted(tuple(sorted(group)) for group in members.values() if len(group) > 1)


def _holds(
    odds: Mapping[Pair, float], left: Iterable[int], right: list[int], average: float, veto: float, unknown: float
) -> bool:
    total, count = 0.0, 0
    for i in left:
        for j in right:
            value = odds.get((i, j) if i < j else (j, i), unknown)
            if value <= veto:
                return False
            total += max(-6.0, min(6.0, value))
            count += 1
    return total >= average * count
