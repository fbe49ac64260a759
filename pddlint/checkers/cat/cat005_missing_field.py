"""CAT005 missing-field: a listing without a field that rules need.

Emitted by the reader (`pddlint.catalog.troubles`).
"""

from __future__ import annotations

from pddlint.checkers.base import Rule, Text

RULE = Rule(
    code="CAT005",
    name="missing-field",
    severity="warning",
    summary=Text(
        "缺少必要字段",
        "a listing without a field that rules need",
    ),
    message=Text(
        "{count} 个商品缺少 {field}",
        "{count} listing{s} without {field}",
    ),
    consequence=Text(
        "缺少标题的商品只能按规格、编码、价格和图片来比较，结论会少一些。",
        "Without a title, listings can only be compared by specs, codes, prices and pictures, so less is found.",
    ),
    remedy=Text(
        "导出时带上这个字段。",
        "Include the field in the export.",
    ),
    detail=Text(
        "每个文件、每个字段只报告一次，位置在第一个缺少它的商品，其余列为相关位置。",
        "Reported once a file and field, at the first listing that lacks it; others are listed as related places.",
    ),
)
