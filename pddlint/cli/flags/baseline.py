"""The flags of `baseline`."""

from __future__ import annotations

import argparse
from pathlib import Path

from pddlint.baseline import DEFAULT as BASELINE
from pddlint.cli.flags.check import Say, input_files, rules


def add(parser: argparse.ArgumentParser, say: Say) -> None:
    rules(parser, say)
    input_files(parser.add_argument_group(say("文件与配置", "files and configuration")).add_argument, say)
    output = parser.add_argument_group(say("输出", "output"))
    output.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help=say(
            f"基线文件（默认：配置里的 baseline，否则 {BASELINE}）",
            f"the baseline file (default: the configured one, else {BASELINE})",
        ),
    )
    output.add_argument(
        "--prune",
        action="store_true",
        help=say("只删去已经不需要的条目，不添加", "only take out entries that are no longer needed, add none"),
    )
    parser.set_defaults(fail_on=None, baseline=None)
