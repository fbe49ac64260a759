"""CAT006 ill-typed-field: a field whose value cannot be what it should.

Emitted by the reader (`pddlint.catalog.troubles`).
"""

from __future__ import annotations

from pddlint.checkers.base import Rule, Text

RULE = Rule(
    code="CAT006",
    name="ill-typed-field",
    severity="warning",
    summary=Text(
        "字段的值不对",
        "a field whose value cannot be what it should",
    ),
    message=Text(
        "{field} 的值{wrong_zh}{places_zh}",
        "{field} {wrong_en}{places_en}",
    ),
    consequence=Text(
        "这个值按未填处理；价格未填的 SKU 不参与低价引流判断。",
        "The value counts as unset; a SKU without a price is not judged for bait.",
    ),
    remedy=Text(
        "改成该字段应有的类型：价格为正的数字，标志为 0/1 或 true/false，编号为文字或整数。",
        "Write what the field calls for: a positive number for a price, 0/1 or true/false for a flag, text "
        "or a whole number for an id.",
    ),
    detail=Text(
        '负价格、NaN、文字价格、大得离谱的数字都在这里报告。0、"0"、空字符串和 null 表示未填，不是错误。'
        "超过 1000 个字符的标题、规格、属性、类目和品牌也在这里报告，只看开头。",
        'Negative, not-a-number, textual and absurdly large prices belong here. 0, "0", an empty string and '
        "null mean unset and are fine. Titles, specs, attributes, categories and brands of more than 1,000 "
        "characters belong here too; only their beginnings are read.",
    ),
)
