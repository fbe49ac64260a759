"""The flags of `review`."""

from __future__ import annotations

import argparse

from pddlint.cli.flags.check import Say, input_files, rules


def add(parser: argparse.ArgumentParser, say: Say) -> None:
    rules(parser, say)
    input_files(parser.add_argument_group(say("文件与配置", "files and configuration")).add_argument, say)
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help=say("颜色（默认看终端和 NO_COLOR）", "colours (default: depends on the terminal and NO_COLOR)"),
    )
    parser.set_defaults(fail_on=None, baseline=None)
