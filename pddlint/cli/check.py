"""`pddlint check`: settings, run, reports, exit status."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pddlint import baseline, config, engine, profile
from pddlint.checkers.base import Lang, Text
from pddlint.cli.baseline import unneeded
from pddlint.cli.output import Target, colours, deliver, open_targets
from pddlint.cli.progress import Progress
from pddlint.errors import UsageError
from pddlint.i18n import language
from pddlint.report import Report
from pddlint.reports import ILLUSTRATED, TERMINAL, Layout, render
from pddlint.settings import Settings
from pddlint.settle import settle


def run(arguments: argparse.Namespace, lang: Lang) -> int:
    if arguments.watch and not (arguments.show_settings or arguments.show_files):
        return _watch(arguments, lang)
    if not arguments.profile:
        return _once(arguments, lang)[0]
    measured = profile.begin()
    try:
        return _once(arguments, lang)[0]
    finally:
        profile.end()
        print(*profile.lines(measured, lang), sep="\n", file=sys.stderr)


def _once(arguments: argparse.Namespace, lang: Lang) -> tuple[int, Report | None]:
    """Lint and report once: the exit status, and the report when there was a run."""
    settings = settings_for(arguments)
    lang = language(getattr(arguments, "lang", None) or settings.lang)
    if arguments.show_settings:
        print(*config.show(settings), sep="\n")
        return 0, None
    if arguments.show_files:
        return _show_files(settings, arguments.paths), None
    folders, reports = _folders(arguments)
    targets = open_targets(reports, settings.format, sys.stdout.isatty()) if reports or not folders else []
    if settings.baseline is not None:
        baseline.load(settings.base / settings.baseline)  # a mistake in it costs no waiting
    changes = None
    if arguments.changed_only:
        from pddlint.changed import staged

        changes = staged(settings, engine.targets(settings, arguments.paths))
    with Progress(lang) as progress:
        result = _engine(arguments)(settings, arguments.paths, progress, per_listing=arguments.per_listing)
        with profile.stage("settle"):
            report = settle(result, settings, lang, wanted=changes.touches if changes else None)
    if result.cache_trouble:
        told = Text(f"没有使用缓存：{result.cache_trouble}", f"the cache is not used: {result.cache_trouble}")
        print(f"pddlint: {told.in_(lang)}", file=sys.stderr)
    if nothing := engine.no_input(result, settings, arguments.paths):
        print(f"pddlint: {nothing.in_(lang)}", file=sys.stderr)
    if report.unneeded:
        print(f"pddlint: {unneeded(report.unneeded).in_(lang)}", file=sys.stderr)
    if any(target.format in ILLUSTRATED for target in targets):
        from pddlint.exhibits import with_listings

        report = with_listings(report, result, settings)
    with profile.stage("report"):
        texts = [render(target.format, report, _layout(arguments, target)) for target in targets]
        deliver(list(zip(targets, texts, strict=True)))
    if folders:
        from pddlint.distributed import output

        output.write(report, folders)
    return 3 if nothing else report.status(settings.fail_on, arguments.exit_zero), report


def _engine(arguments: argparse.Namespace) -> Callable[..., engine.Result]:
    """What runs the rules: this machine, or a distributed engine."""
    if arguments.engine is None:
        return engine.run
    from pddlint.distributed.run import run

    return run


def _folders(arguments: argparse.Namespace) -> tuple[list[Any], list[tuple[str | None, str | None]]]:
    """The reports that a distributed engine writes as folders of tables, and the ordinary ones."""
    reports = list(arguments.reports or ())
    if arguments.engine is not None:
        from pddlint.distributed import output
        from pddlint.distributed.dataflow import load

        load()
        return output.apart(reports)
    if any(name == "parquet" for name, _ in reports):
        raise UsageError(
            Text("--format parquet 需要 --engine daft", "--format parquet needs --engine daft"),
        )
    return [], reports


def _watch(arguments: argparse.Namespace, lang: Lang) -> int:
    from pddlint.watch import Scope, scope, watch

    written = [Path.cwd() / output for _, output in arguments.reports or () if output not in (None, "-")]

    def look() -> Scope:
        try:
            settings = settings_for(arguments)
        except UsageError:  # `run` will say so
            settings = None
        return scope(settings, arguments.paths, arguments.config, written)

    def run() -> Report:
        report = _once(arguments, lang)[1]
        assert report is not None
        return report

    watch(look, run, lambda line: print(line, file=sys.stderr, flush=True), _clear, lang)
    return 0


def _clear() -> None:
    """Empty the terminal, and what it has scrolled away; a file or a pipe is left alone."""
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        sys.stdout.write("\x1b[H\x1b[2J\x1b[3J")
        sys.stdout.flush()


def settings_for(arguments: argparse.Namespace) -> Settings:
    """The configuration's settings with the command line's on top."""
    paths: Sequence[Path] = arguments.paths
    settings = config.resolve(paths or [Path()], arguments.config, arguments.isolated)
    changes: dict[str, Any] = {
        "select": _joined(arguments.select),
        "extend_select": _joined(arguments.extend_select, settings.extend_select),
        "ignore": _joined(arguments.ignore, settings.ignore if not arguments.select else ()),
        "per_file_ignores": _per_file(arguments.per_file_ignores, settings),
        "min_severity": arguments.min_severity,
        "min_confidence": arguments.min_confidence,
        "fail_on": arguments.fail_on,
        "jobs": arguments.jobs,
        "cache": False if arguments.no_cache else None,
        "cache_dir": str(arguments.cache_dir.absolute()) if arguments.cache_dir else None,
        "baseline": str(arguments.baseline.absolute()) if arguments.baseline else None,
        "catalog.exclude": _joined(arguments.exclude, settings.catalog.exclude),
        "catalog.include_offline": arguments.include_offline,
    }
    return config.override(settings, changes)


def _joined(lists: list[tuple[str, ...]] | None, configured: tuple[str, ...] = ()) -> tuple[str, ...] | None:
    return None if lists is None else (*configured, *(code for codes in lists for code in codes))


def _per_file(pairs: list[str] | None, settings: Settings) -> dict[str, tuple[str, ...]] | None:
    if pairs is None:
        return None
    merged = dict(settings.per_file_ignores)
    for pair in pairs:
        pattern, colon, listed = pair.rpartition(":")
        if not colon or not pattern:
            raise UsageError(
                Text(
                    f"--per-file-ignores：应写成 模式:规则，写的是 {pair!r}",
                    f"--per-file-ignores: expected PATTERN:RULES, got {pair!r}",
                )
            )
        merged[pattern] = (*merged.get(pattern, ()), *(code.strip() for code in listed.split(",") if code.strip()))
    return merged


def _layout(arguments: argparse.Namespace, target: Target) -> Layout:
    colour = colours(arguments.color, sys.stdout) and target.path is None and target.format in TERMINAL
    width = shutil.get_terminal_size((100, 40)).columns if target.path is None else 100
    return Layout(colour, max(40, min(width, 140)), arguments.statistics, arguments.show_suppressed)


def _show_files(settings: Settings, paths: Sequence[Path]) -> int:
    files = engine.files(settings, paths)
    print(*files, sep="\n", end="\n" if files else "")
    return 0 if files else 3
