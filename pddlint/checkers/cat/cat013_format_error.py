"""CAT013 format-error: a file format that cannot be loaded, or that failed on a record.

Emitted by the reader (`pddlint.catalog.troubles`).
"""

from __future__ import annotations

from pddlint.checkers.base import Rule, Text

RULE = Rule(
    code="CAT013",
    name="format-error",
    severity="error",
    summary=Text("文件格式插件出错", "a file format failed"),
    message=Text(
        "文件格式 {format} 出错，{count} 条记录没有读到：{error}",
        "file format {format} failed, {count} record{s} not read: {error}",
    ),
    consequence=Text(
        "这些记录里的商品没有被检查；其他文件和记录照常检查。",
        "The listings in these records were not checked; all other files and records were.",
    ),
    remedy=Text(
        "升级或修复提供该格式的包，或者卸载它。",
        "Upgrade or mend the package that provides the format, or uninstall it.",
    ),
    detail=Text(
        "第三方格式通过入口点 pddlint.formats 加入。无法导入的格式、读取记录时抛出异常的格式都在这里报告，"
        "同一个文件里的同一种异常只报告一次。",
        "Third-party formats join through the entry point group pddlint.formats. A format that cannot be imported, or "
        "that raises on a record, is reported here, once a file and kind of error.",
    ),
)
