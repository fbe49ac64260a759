"""The flags of `plan`."""

from __future__ import annotations

import argparse
from pathlib import Path

from pddlint.cli.flags.check import Say, codes, input_files, rules, share

FORMATS = ("text", "json", "markdown")


def add(parser: argparse.ArgumentParser, say: Say) -> None:
    rules(parser, say)
    files = parser.add_argument_group(say("文件与配置", "files and configuration")).add_argument
    input_files(files, say)
    files(
        "--baseline",
        type=Path,
        metavar="FILE",
        help=say("不管这份基线里已有的问题", "leave out the findings this baseline knows"),
    )
    output = parser.add_argument_group(say("输出", "output")).add_argument
    output(
        "--format", choices=FORMATS, default="text", help=say("输出格式（默认 text）", "output format (default: text)")
    )
    output("--output", type=Path, metavar="FILE", help=say("写进文件", "write the plan to a file"))
    output(
        "--requests",
        type=Path,
        metavar="DIR",
        help=say(
            "把开放平台的请求体写进这个文件夹，一次调用一个文件，按发送顺序编号；不覆盖已有的文件",
            "write the request bodies for the Open Platform into this folder, a file a call, numbered in the order to "
            "send them; nothing is overwritten",
        ),
    )
    _apply(parser, say)
    parser.set_defaults(fail_on=None)


def _apply(parser: argparse.ArgumentParser, say: Say) -> None:
    add = parser.add_argument_group(say("改本地文件", "editing local files")).add_argument
    add(
        "--apply",
        action="store_true",
        help=say(
            "执行确定的步骤：先给出改动，问过再改本地的商品文件",
            "take the certain steps: show the changes, ask, then edit the local catalog files",
        ),
    )
    add(
        "--diff",
        "--dry-run",
        action="store_true",
        help=say("只给出 --apply 会做的改动", "only show what --apply would change"),
    )
    add("--yes", "-y", action="store_true", help=say("不问，直接改", "do not ask"))
    add(
        "--only",
        action="append",
        type=codes,
        metavar="CODES",
        help=say("只执行这些规则的步骤：代码或前缀", "take only the steps of these rules: codes or prefixes"),
    )
    add(
        "--id",
        action="append",
        type=codes,
        metavar="IDS",
        help=say("只执行这些步骤（计划里的编号）", "take only these steps, by the ids of the plan"),
    )
    add(
        "--certain",
        type=share,
        default=0.95,
        metavar="0..1",
        help=say("把握不低于此值才算确定（默认 0.95）", "what is less sure is not certain (default: 0.95)"),
    )
    add(
        "--force",
        action="store_true",
        help=say(
            "git 有未提交的改动，或文件不在 git 里，也改；找不回来的文件先另存为 .orig",
            "edit although git has uncommitted changes or does not hold the files; those it could not bring back are "
            "kept as .orig",
        ),
    )
