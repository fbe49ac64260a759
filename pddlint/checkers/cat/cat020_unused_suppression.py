"""CAT020 unused-suppression: a suppression that silences nothing, is past its end, or names no rule.

Emitted when suppressions are applied (`pddlint.suppress`), for rules that ran on enough to tell.
"""

from __future__ import annotations

from pddlint.checkers.base import Rule, Text

RULE = Rule(
    code="CAT020",
    name="unused-suppression",
    severity="warning",
    summary=Text("多余的压制", "a suppression that silences nothing"),
    message=Text("对 {rule} 的压制{why_zh}", "the suppression of {rule} {why_en}"),
    consequence=Text(
        "留着它，同样的问题以后真的出现时会被悄悄放过。",
        "Left in place it will hide the same problem silently when it does appear one day.",
    ),
    remedy=Text(
        "删掉这条压制；仍然需要时，改正规则代码、编号或日期。",
        "Remove it; if it is still needed, correct its rule, ids or date.",
    ),
    detail=Text(
        "只有规则真的运行过、商品真的读到过，才算多余：没有选中的规则、没有读的商品不在此列。"
        "只点名检查部分文件时，比较商品的规则也不算。",
        "A suppression counts as unused only when its rule ran and its listing was read. When single files were named, "
        "rules that compare listings do not count either.",
    ),
)
