"""CAT007 duplicate-key: a key written twice in one JSON object.

Emitted by the reader (`pddlint.catalog.troubles`).
"""

from __future__ import annotations

from pddlint.checkers.base import Rule, Text

RULE = Rule(
    code="CAT007",
    name="duplicate-key",
    severity="warning",
    summary=Text(
        "同一个对象里键名重复",
        "a key written twice in one JSON object",
    ),
    message=Text(
        "键 {key} 在同一个对象里写了多次",
        "key {key} is written more than once in one object",
    ),
    consequence=Text(
        "读取时只有最后一个值有效，前面的值被悄悄丢掉，检查的可能不是你以为的内容。",
        "Only the last value counts and the earlier ones are lost silently, so what was checked may not be "
        "what you meant.",
    ),
    remedy=Text(
        "删掉多余的键。",
        "Delete the surplus keys.",
    ),
    detail=Text(
        "JSON 规范不禁止重复键，但各家解析器都只留最后一个。",
        "JSON does not forbid repeated keys, but parsers keep only the last.",
    ),
)
