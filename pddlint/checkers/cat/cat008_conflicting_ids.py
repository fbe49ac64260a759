"""CAT008 conflicting-ids: two records of one listing that disagree.

Emitted by the reader (`pddlint.catalog.troubles`).
"""

from __future__ import annotations

from pddlint.checkers.base import Rule, Text

RULE = Rule(
    code="CAT008",
    name="conflicting-ids",
    severity="warning",
    summary=Text(
        "同一商品编号的内容不一致",
        "two records of one listing that disagree",
    ),
    message=Text(
        "商品 {id} 出现多次且内容不一致（{fields}），以先读到的为准",
        "listing {id} occurs more than once with different {fields}; the one read first was used",
    ),
    consequence=Text(
        "检查的是先读到的那一份；若它已过时，结论也会过时。",
        "The record read first was checked; if it is outdated, so is the result.",
    ),
    remedy=Text(
        "只保留最新的一份数据。",
        "Keep only the newest record.",
    ),
    detail=Text(
        "同一家店里相同编号、相同内容的两份记录算一个商品，不报告；库存和销量的变化不算不一致。文件按路径顺序读，只含简略信息的文件（如列表接口）最后读。",
        "Two records of one id in one shop with the same content are one listing and not reported; stock and "
        "sales may differ. Files are read in path order, those with listings' short form (list pages) last.",
    ),
)
