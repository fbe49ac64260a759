"""`pddlint baseline`: write down what is known, or take out of it what is no longer needed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from pddlint import baseline, engine
from pddlint.baseline import Baseline, Entry
from pddlint.catalog.discover import shown
from pddlint.checkers.base import Lang, Text
from pddlint.cli.output import replace_file
from pddlint.cli.progress import Progress
from pddlint.i18n import language
from pddlint.settle import entry, fresh, settle

_NAMED = 12  # entries named one by one
_UNREAD = Text(
    "有的输入读不了或没有检查，见 pddlint check；基线不收这些",
    "some input could not be read or checked, see pddlint check; the baseline does not take that in",
)


def run(arguments: argparse.Namespace, lang: Lang) -> int:
    from pddlint.cli.check import settings_for

    settings = settings_for(arguments)
    lang = language(getattr(arguments, "lang", None) or settings.lang)
    file = (
        Path.cwd() / arguments.output if arguments.output else settings.base / (settings.baseline or baseline.DEFAULT)
    )
    configured = settings.baseline is not None and (settings.base / settings.baseline).resolve() == file.resolve()
    settings = msgspec.structs.replace(settings, baseline=str(file) if arguments.prune else None)
    known = baseline.load(file) if arguments.prune else None
    with Progress(lang) as progress:
        result = engine.run(settings, arguments.paths, progress, per_listing=arguments.per_listing)
        report = settle(result, settings, lang)
    if nothing := engine.no_input(result, settings, arguments.paths):
        print(f"pddlint: {nothing.in_(lang)}", file=sys.stderr)
        return 3
    if known is not None:
        replace_file(file, baseline.dump(baseline.without(known, report.unneeded)))
        said = [unneeded(report.unneeded, pruned=True) if report.unneeded else _nothing(known, file, result.roots)]
    else:
        found = baseline.collected(entry(finding) for finding in fresh(result, settings))
        replace_file(file, baseline.dump(Baseline(found, baseline.relative_roots(file.parent, result.roots))))
        said = _written(file, sum(each.count for each in found), configured)
    if report.unread:
        said.append(_UNREAD)
    for text in said:
        print(f"pddlint: {text.in_(lang)}", file=sys.stderr)
    return 3 if report.unread else 0


def unneeded(entries: Sequence[Entry], pruned: bool = False) -> Text:
    """What to say of entries whose findings are gone: how many, and which."""
    total = sum(entry.count for entry in entries)
    named = [f"{entry}" + (f" × {entry.count}" if entry.count > 1 else "") for entry in entries[:_NAMED]]
    more = "" if len(entries) <= _NAMED else " …"
    hint = ("", "") if pruned else ("；pddlint baseline --prune 删去", "; pddlint baseline --prune takes them out")
    zh = f"{'已从基线删去' if pruned else '基线里有'} {total} 个已经不在的问题：{'、'.join(named)}{more}{hint[0]}"
    findings = f"{total} finding{'' if total == 1 else 's'}"
    head = f"took {findings} out of the baseline" if pruned else f"the baseline holds {findings}"
    gone = "is gone" if total == 1 else "are gone"
    return Text(zh, f"{head} that {gone}: {', '.join(named)}{more}{hint[1]}")


def _nothing(known: Baseline, file: Path, roots: Sequence[Path]) -> Text:
    if not baseline.covers(known, file.parent, roots):
        where = ", ".join(known.roots)
        return Text(
            f"基线是为 {where} 写的，这次没有全部看到，什么也没有删",
            f"the baseline was written for {where}; this run did not see all of it, so nothing was taken out",
        )
    return Text("基线里没有多余的条目", "the baseline holds nothing that is gone")


def _written(file: Path, count: int, configured: bool) -> list[Text]:
    where = shown(file, Path.cwd())
    said = [Text(f"已把 {count} 个问题记入 {where}", f"wrote {count} finding{'' if count == 1 else 's'} to {where}")]
    if not configured:
        said.append(
            Text(
                f"用 pddlint check --baseline {where}，或在 pddlint.toml 里写 baseline",
                f"use it with pddlint check --baseline {where}, or set baseline in pddlint.toml",
            )
        )
    return said
