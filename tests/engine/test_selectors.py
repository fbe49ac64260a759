"""Which rules run."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pddlint.checkers.base import Rule, Text
from pddlint.errors import UsageError
from pddlint.selectors import refuse_unknown, selected

T = Text("", "")
RULES = [
    Rule("DUP001", "duplicate-color", "error", T, T, T, T),
    Rule("DUP006", "duplicate-across-shops", "error", T, T, T, T),
    Rule("BAIT001", "mixed-category", "error", T, T, T, T),
    Rule("CAT020", "optional-check", "info", T, T, T, T, default=False),
]


@pytest.mark.parametrize(
    ("select", "extend", "ignore", "expected"),
    [
        ([], [], [], "DUP001 DUP006 BAIT001"),
        (["ALL"], [], [], "DUP001 DUP006 BAIT001 CAT020"),
        (["DUP"], [], [], "DUP001 DUP006"),
        (["dup"], [], [], "DUP001 DUP006"),
        (["duplicate-color"], [], [], "DUP001"),
        ([], ["CAT"], [], "DUP001 DUP006 BAIT001 CAT020"),
        ([], [], ["DUP"], "BAIT001"),
        ([], [], ["ALL"], ""),
        (["ALL"], [], ["DUP"], "BAIT001 CAT020"),
        (["DUP006"], [], ["DUP"], "DUP006"),
        (["DUP"], [], ["duplicate-across-shops"], "DUP001"),
        (["DUP"], [], ["DUP"], ""),
        (["ALL"], ["DUP006"], ["DUP"], "DUP006 BAIT001 CAT020"),
    ],
)
def test_the_closest_selector_decides(
    select: Sequence[str], extend: Sequence[str], ignore: Sequence[str], expected: str
) -> None:
    assert selected(RULES, select, extend, ignore) == frozenset(expected.split())


def test_an_unknown_selector_is_refused_with_the_nearest_rule() -> None:
    refuse_unknown(["DUP", "mixed-category", "ALL"], RULES, "select")
    with pytest.raises(UsageError, match=r"select: no rule is called 'DUP01'; did you mean DUP001\?"):
        refuse_unknown(["DUP01"], RULES[:1], "select")
