"""CAT012 changed-while-read: a file that changed while it was read.

Emitted by the reader (`pddlint.catalog.troubles`).
"""

from __future__ import annotations

from pddlint.checkers.base import Rule, Text

RULE = Rule(
    code="CAT012",
    name="changed-while-read",
    severity="warning",
    summary=Text(
        "读取时文件被改动",
        "a file that changed while it was read",
    ),
    message=Text(
        "文件在读取过程中被改动",
        "the file changed while it was being read",
    ),
    consequence=Text(
        "读到的可能是新旧混杂的内容，行列位置也可能不准。",
        "What was read may mix old and new, and positions may be off.",
    ),
    remedy=Text(
        "等导出完成后再检查一次。",
        "Run again once the export has finished.",
    ),
)
