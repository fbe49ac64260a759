"""CAT002 bad-encoding: bytes in no supported encoding.

Emitted by the reader (`pddlint.catalog.troubles`).
"""

from __future__ import annotations

from pddlint.checkers.base import Rule, Text

RULE = Rule(
    code="CAT002",
    name="bad-encoding",
    severity="error",
    summary=Text(
        "编码无法识别",
        "bytes in no supported encoding",
    ),
    message=Text(
        "不是 UTF-8、GB18030 或 UTF-16 文本（字节 {reason_zh}）",
        "not UTF-8, GB18030 or UTF-16 text (byte {reason_en})",
    ),
    consequence=Text(
        "文件里的商品没有被检查：重复铺货、低价引流等问题可能还在，平台仍会处罚。",
        "The listings in it were not checked: duplicates and bait may still be there, and the platform still "
        "acts on them.",
    ),
    remedy=Text(
        "另存为 UTF-8；若文件是压缩包或图片，请换成 JSON。",
        "Save the file as UTF-8; if it is an archive or a picture, export JSON instead.",
    ),
    detail=Text(
        "支持 UTF-8（有无 BOM 均可）、GB18030（含 GBK、GB2312）和 UTF-16，也可以是它们的 .gz。位置是第一个坏字节。",
        "UTF-8 with or without a byte order mark, GB18030 (with GBK and GB2312) and UTF-16 are read, each "
        "also as .gz. The position is that of the first bad byte.",
    ),
)
