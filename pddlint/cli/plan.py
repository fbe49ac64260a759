"""`pddlint plan`: what to do about each finding, as text, JSON, Markdown, request bodies, or edits of local files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from pddlint import engine
from pddlint.checkers.base import Lang, Text
from pddlint.cli.output import Target, colours, deliver, open_targets
from pddlint.cli.progress import Progress
from pddlint.errors import UsageError
from pddlint.i18n import language
from pddlint.plan.model import Plan, Step
from pddlint.settle import settle

_NAMED = 8


def run(arguments: argparse.Namespace, lang: Lang) -> int:
    from pddlint.cli.check import settings_for
    from pddlint.plan import apply
    from pddlint.plan import deliver as bodies
    from pddlint.plan.make import make
    from pddlint.plan.records import records

    settings = settings_for(arguments)
    lang = language(getattr(arguments, "lang", None) or settings.lang)
    target = _target(arguments)
    if arguments.apply and not (arguments.yes or arguments.diff or sys.stdin.isatty()):
        raise UsageError(
            Text(
                "--apply 要问过才改，这里不是终端；加 --yes 直接改，或 --diff 只看改动",
                "--apply asks first, and this is no terminal: --yes goes ahead, --diff only shows the changes",
            )
        )
    only = apply.codes_of(_joined(arguments.only), list(engine.load_rules(settings)[0].rules.values()))
    if arguments.requests:
        bodies.check(arguments.requests, engine.targets(settings, arguments.paths))
    with Progress(lang) as progress:
        result = engine.run(settings, arguments.paths, progress, per_listing=arguments.per_listing)
        report = settle(result, settings, lang)
        plan = make(report, records(report, result, settings), arguments.certain)
    if nothing := engine.no_input(result, settings, arguments.paths):
        print(f"pddlint: {nothing.in_(lang)}", file=sys.stderr)
        return 3
    if arguments.requests:
        count = bodies.write(plan, arguments.requests)
        _tell(Text(f"{count} 个请求体写进 {arguments.requests}", f"wrote {count} bodies to {arguments.requests}"), lang)
    if arguments.apply or arguments.diff:
        status = _apply(plan, arguments, only, target, lang)
    else:
        deliver([(target, _rendered(plan, arguments, target))])
        status = 0
    return 3 if plan.unread and not status else status


def _target(arguments: argparse.Namespace) -> Target:
    name = "concise" if arguments.format == "text" else arguments.format  # in the terminal's own encoding
    return open_targets([(name, str(arguments.output) if arguments.output else None)], None, False)[0]


def _rendered(plan: Plan, arguments: argparse.Namespace, target: Target) -> str:
    from pddlint.plan import json, markdown, text

    if arguments.format == "json":
        return json.render(plan)
    if arguments.format == "markdown":
        return markdown.render(plan)
    return text.render(plan, target.path is None and colours("auto", sys.stdout))


def _apply(plan: Plan, arguments: argparse.Namespace, only: frozenset[str], target: Target, lang: Lang) -> int:
    """Show what the certain steps change; unless that is all, ask, and write. 1 when the answer is no."""
    from pddlint.plan import apply, diff

    steps = apply.chosen(plan, only, _joined(arguments.id))
    if not steps:
        _tell(Text("没有确定到可以自动改的步骤", "no step is certain enough to be taken automatically"), lang)
        _left(plan, steps, lang)
        return 0
    changes = apply.changes(plan, steps)
    keep = [] if arguments.diff else apply.refuse_unsafe(changes, arguments.force)
    text = "".join(f"{line}\n" for change in changes for line in diff.unified(change))
    deliver([(target, text)])
    _left(plan, steps, lang)
    if arguments.diff:
        return 0
    if not arguments.yes and not _agreed(len(steps), len(changes), lang):
        _tell(Text("没有改", "nothing was edited"), lang)
        return 1
    for told in apply.write(changes, keep):
        _tell(told, lang)
    return 0


def _joined(lists: list[tuple[str, ...]] | None) -> tuple[str, ...]:
    return tuple(code for codes in lists or () for code in codes)


def _agreed(steps: int, files: int, lang: Lang) -> bool:
    asked = Text(
        f"执行这 {steps} 步，改 {files} 个文件？[y/N] ", f"Take these {steps} steps, editing {files} files? [y/N] "
    )
    print(asked.in_(lang), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")


def _left(plan: Plan, steps: Sequence[Step], lang: Lang) -> None:
    """Name the steps that are not taken, with the reason."""
    taken = {step.id for step in steps}
    left = [step for step in plan.steps if step.id not in taken and step.action != "advise"]
    for step in left[:_NAMED]:
        why = step.doubt or Text("没有选它", "it was not chosen")
        _tell(
            Text(f"不动 {step.id} {step.finding.code}：{why.zh}", f"left {step.id} {step.finding.code}: {why.en}"), lang
        )
    if len(left) > _NAMED:
        more = len(left) - _NAMED
        _tell(Text(f"不动的还有 {more} 步，见 pddlint plan", f"left {more} more, see pddlint plan"), lang)


def _tell(text: Text, lang: Lang) -> None:
    print(f"pddlint: {text.in_(lang)}", file=sys.stderr)
