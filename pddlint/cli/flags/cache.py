"""The flags of `cache`."""

from __future__ import annotations

import argparse
from pathlib import Path

from pddlint.cli.flags.check import Say


def add(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "action",
        nargs="?",
        choices=("show", "clean"),
        default="show",
        help=say("show 显示（默认），clean 删除", "show it (default), or clean: remove it"),
    )
    parser.add_argument("--cache-dir", type=Path, metavar="DIR", help=say("缓存文件夹", "the cache's folder"))
    parser.add_argument("--config", type=Path, metavar="FILE", help=say("用这份配置", "use this configuration file"))
    parser.add_argument("--isolated", action="store_true", help=say("不读任何配置文件", "read no configuration file"))
