"""CAT003 syntax-error: JSON that cannot be parsed.

Emitted by the reader (`pddlint.catalog.troubles`).
"""

from __future__ import annotations

from pddlint.checkers.base import Rule, Text

RULE = Rule(
    code="CAT003",
    name="syntax-error",
    severity="error",
    summary=Text(
        "JSON 语法错误",
        "JSON that cannot be parsed",
    ),
    message=Text(
        "JSON 语法错误：{reason_zh}",
        "JSON syntax error: {reason_en}",
    ),
    consequence=Text(
        "出错处所在的商品没有被检查；JSON Lines 文件的其余各行照常检查。",
        "The listing at the error was not checked; the other lines of a JSON Lines file were.",
    ),
    remedy=Text(
        "按所指行列修正；导出中断造成的残缺文件请重新导出。",
        "Mend the text at this line and column; export again if the export was cut short.",
    ),
    detail=Text(
        "空文件、残缺的文件、嵌套过深的数据也在这里报告。"
        "NaN、Infinity 和字符串里的控制字符可以读过去，随后作为字段错误报告。",
        "Empty and truncated files and data nested too deeply belong here too. NaN, Infinity and raw control "
        "characters in strings are read over and reported as ill-typed fields.",
    ),
)
