"""`pddlint review`: lint, then step through the findings."""

from __future__ import annotations

import argparse
import datetime
import shutil
import sys
from pathlib import Path

import msgspec

from pddlint import config, engine
from pddlint.catalog.discover import shown
from pddlint.checkers.base import Lang, Text
from pddlint.cli.check import settings_for
from pddlint.cli.output import colours, replace_file
from pddlint.cli.progress import Progress
from pddlint.errors import UsageError
from pddlint.i18n import fill, language
from pddlint.reports import Layout
from pddlint.reports.full import some
from pddlint.reports.terminal import Style
from pddlint.review import keys
from pddlint.review.configuration import NAME
from pddlint.review.questions import questions
from pddlint.review.record import Record
from pddlint.review.session import Review, Terminal
from pddlint.settings import Settings
from pddlint.settle import settle

_CREATE = Text("还没有配置文件，新建 {file}？(y/n) ", "there is no configuration yet; create {file}? (y/n) ")


def run(arguments: argparse.Namespace, lang: Lang) -> int:
    if arguments.isolated:
        raise UsageError(
            Text(
                "review 要写配置文件，不能和 --isolated 一起用", "review writes the configuration: not with --isolated"
            )
        )
    settings = settings_for(arguments)
    if settings.file is None:  # the folder a new configuration would be in; its patterns start there
        folder = config.common_folder(arguments.paths)
        base = Path.cwd() if folder.is_relative_to(Path.cwd()) else folder
        settings = msgspec.structs.replace(settings, base=base)
    lang = language(getattr(arguments, "lang", None) or settings.lang)
    with Progress(lang) as progress:
        result = engine.run(settings, arguments.paths, progress, per_listing=arguments.per_listing)
        report = settle(result, settings, lang)
    if nothing := engine.no_input(result, settings, arguments.paths):
        print(f"pddlint: {nothing.in_(lang)}", file=sys.stderr)
        return 3
    layout = Layout(
        colours(arguments.color, sys.stdout), max(40, min(shutil.get_terminal_size((100, 40)).columns, 140))
    )
    asked = questions(report, settings)
    if not asked:
        print("没有问题要看" if lang == "zh" else "there is nothing to review")
        return 3 if report.unread else 0
    terminal = Terminal(keys.one_key, keys.line, _say, Style(layout.colour), lang)
    review = Review(
        asked,
        terminal,
        lambda question: some(question.findings, report, layout),
        lambda: _record(settings, terminal),
        datetime.date.today(),
    )
    try:
        review.run()
    except KeyboardInterrupt:
        _say("")
        raise
    finally:  # also when interrupted: what was decided is written, and said
        for line in review.summary():
            _say(line)
    return 3 if report.unread else 0


def _record(settings: Settings, terminal: Terminal) -> Record | None:
    """The configuration in effect; without one a new one, once the user agrees."""
    file = settings.file
    if file is None:
        file = settings.base / NAME
        answer = terminal.key(fill(_CREATE, terminal.lang, file=shown(file, Path.cwd())))
        if answer not in ("y", "是"):
            return None
    return Record(file, replace_file)


def _say(text: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()
