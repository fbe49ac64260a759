"""PLUG001 plugin-error: a rule that cannot be loaded, or that raises while it checks. The run goes on without it.

The engine emits these; there is nothing to check in a listing.
"""

from __future__ import annotations

from pddlint.checkers.base import Rule, Text

RULE = Rule(
    code="PLUG001",
    name="plugin-error",
    severity="error",
    summary=Text("规则本身出错", "a rule failed"),
    message=Text("规则 {rule}（来自 {source}）{stage_zh}：{error}", "rule {rule} (from {source}) {stage_en}: {error}"),
    consequence=Text(
        "这条规则没有查完：它该报的问题可能没有报出来。其他规则照常运行。",
        "This rule did not finish: problems it would report may be missing. All other rules ran.",
    ),
    remedy=Text(
        "升级或修复提供该规则的包；暂时不用它时，在 ignore 里写上它的代码。",
        "Upgrade or mend the package that provides the rule; to do without it for now, put its code under ignore.",
    ),
    detail=Text(
        "第三方规则通过入口点 pddlint.checkers 加入。无法导入的规则、卡片不合格的规则、"
        "检查时抛出异常的规则，都在这里报告；同一条规则抛出的同一种异常只报告一次，并注明次数。",
        "Third-party rules join through the entry point group pddlint.checkers. A rule that cannot be imported, whose "
        "card is malformed, or that raises while checking is reported here, once for each rule and kind of error, "
        "with a count.",
    ),
)
