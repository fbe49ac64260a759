"""CAT001 unreadable-file: a file or folder cannot be read.

Emitted by the reader (`pddlint.catalog.troubles`).
"""

from __future__ import annotations

from pddlint.checkers.base import Rule, Text

RULE = Rule(
    code="CAT001",
    name="unreadable-file",
    severity="error",
    summary=Text(
        "文件或文件夹无法读取",
        "a file or folder cannot be read",
    ),
    message=Text(
        "无法读取：{reason_zh}",
        "cannot be read: {reason_en}",
    ),
    consequence=Text(
        "文件里的商品没有被检查：重复铺货、低价引流等问题可能还在，平台仍会处罚。",
        "The listings in it were not checked: duplicates and bait may still be there, and the platform still "
        "acts on them.",
    ),
    remedy=Text(
        "检查路径、权限和符号链接；不需要检查的路径写进 exclude。",
        "Check the path, its permissions and links; put paths that need no checking under exclude.",
    ),
    detail=Text(
        "路径不存在、没有权限、损坏的 gzip、失效或成环的符号链接、名字像数据文件的文件夹，都在这里报告。",
        "A missing path, missing permission, damaged gzip, a broken or circular link, a folder named like a data file.",
    ),
)
