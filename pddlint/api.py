"""`pddlint.lint`: a run as one call, for programs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pddlint import config, engine
from pddlint.checkers.base import Lang
from pddlint.i18n import language
from pddlint.report import Report
from pddlint.settle import settle


def lint(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
    *,
    config_file: str | os.PathLike[str] | None = None,
    isolated: bool = False,
    lang: Lang | None = None,
    **settings: Any,
) -> Report:
    """Lint files and folders; returns the report, suppressed findings included.

    The configuration is found as on the command line; `settings` (fields of `pddlint.settings.Settings`, such as
    `select=["DUP"]`) win over it. Runs in this process unless `jobs` says otherwise, and keeps no cache unless `cache`
    is true. Raises `pddlint.errors.UsageError` for a wrong configuration, and nothing for bad input: that is in the
    report (`report.unread`).
    """
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    targets = [Path(path) for path in paths]
    found = config.resolve(targets or [Path()], Path(config_file) if config_file is not None else None, isolated)
    changes = {key: tuple(value) if isinstance(value, list) else value for key, value in settings.items()}
    wanted = config.override(found, {"jobs": 1, "cache": False, **changes})
    return settle(engine.run(wanted, targets), wanted, language(lang or wanted.lang))
