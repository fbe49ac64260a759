"""CAT004 unknown-shape: JSON of no known shape.

Emitted by the reader (`pddlint.catalog.troubles`).
"""

from __future__ import annotations

from pddlint.checkers.base import Rule, Text

RULE = Rule(
    code="CAT004",
    name="unknown-shape",
    severity="warning",
    summary=Text(
        "看不懂的数据结构",
        "JSON of no known shape",
    ),
    message=Text(
        "有 {count} 处数据不是已知的商品结构{keys_zh}",
        "{count} value{s} of no known shape{keys_en}",
    ),
    consequence=Text(
        "文件里的商品没有被检查：重复铺货、低价引流等问题可能还在，平台仍会处罚。",
        "The listings in it were not checked: duplicates and bait may still be there, and the platform still "
        "acts on them.",
    ),
    remedy=Text(
        "导出为开放平台的返回结果或 pddlint 自己的格式（见 pddlint schema）；不是商品数据的文件写进 exclude。",
        "Export Open Platform answers or pddlint's own format (see pddlint schema); put files that hold no "
        "listings under exclude.",
    ),
    detail=Text(
        "结构按内容识别，与文件名无关。其他系统的格式可以由入口点 pddlint.formats 加入。",
        "Shapes are recognised by content, never by file name. Formats of other systems join through the "
        "entry point group pddlint.formats.",
    ),
)
