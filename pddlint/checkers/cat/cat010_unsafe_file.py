"""CAT010 unsafe-file: a file too large or too strongly compressed to read safely.

Emitted by the reader (`pddlint.catalog.troubles`).
"""

from __future__ import annotations

from pddlint.checkers.base import Rule, Text

RULE = Rule(
    code="CAT010",
    name="unsafe-file",
    severity="error",
    summary=Text(
        "文件过大或压缩比异常",
        "a file too large or too strongly compressed to read safely",
    ),
    message=Text(
        "无法安全读取：{reason_zh}",
        "cannot be read safely: {reason_en}",
    ),
    consequence=Text(
        "文件里的商品没有被检查：重复铺货、低价引流等问题可能还在，平台仍会处罚。",
        "The listings in it were not checked: duplicates and bait may still be there, and the platform still "
        "acts on them.",
    ),
    remedy=Text(
        "把数据拆成多个文件或 JSON Lines；确认压缩包的来源。",
        "Split the data into several files or JSON Lines; make sure where the archive comes from.",
    ),
    detail=Text(
        "单个 JSON 文档的上限是 512 MiB；解压后超过 64 MiB 且压缩比超过 300:1 的文件按解压炸弹处理。"
        "JSON Lines 文件的总大小没有限制。",
        "One JSON document may take 512 MiB; output beyond 64 MiB at more than 300:1 counts as a "
        "decompression bomb. JSON Lines files may have any size.",
    ),
)
