"""The flags that choose what is linted and by which rules, shared by every command that lints, and those of `check`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pddlint.settings import FORMATS

Say = Callable[[str, str], str]  # (Chinese, English) -> the text in the user's language, ready for argparse
LEVELS = ("error", "warning", "info")


class OutputAction(argparse.Action):
    """`--format F` opens a report, `--output FILE` says where the last one opened goes."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        reports: list[tuple[str | None, str | None]] = list(getattr(namespace, self.dest) or ())
        if option == "--format":
            reports.append((values, None))
        elif reports and reports[-1][1] is None:
            reports[-1] = (reports[-1][0], values)
        else:
            reports.append((None, values))
        setattr(namespace, self.dest, reports)


def codes(text: str) -> tuple[str, ...]:
    """A comma-separated list."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def share(text: str) -> float:
    """A number from 0 to 1."""
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError
    return value


def processes(text: str) -> int:
    """A whole number, 0 or more."""
    value = int(text)
    if value < 0:
        raise ValueError
    return value


def add(parser: argparse.ArgumentParser, say: Say) -> None:
    rules(parser, say)
    _files(parser, say)
    _output(parser, say)


def rules(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help=say(
            "文件或文件夹（默认：配置里的目录，否则当前文件夹）",
            "files or folders (default: the configured catalog, else the current folder)",
        ),
    )
    group = parser.add_argument_group(say("规则", "rules"))
    for flag, zh, en in (
        (
            "--select",
            "只运行这些规则：代码、前缀、名字或 ALL，逗号分隔",
            "run only these rules: codes, prefixes, names or ALL, comma-separated",
        ),
        ("--extend-select", "另外再运行这些规则", "run these rules as well"),
        ("--ignore", "不运行这些规则", "do not run these rules"),
    ):
        group.add_argument(flag, action="append", type=codes, metavar="RULES", help=say(zh, en))
    group.add_argument(
        "--per-file-ignores",
        action="append",
        metavar="PATTERN:RULES",
        help=say("在匹配的文件里不报这些规则", "do not report these rules in files that match"),
    )
    group.add_argument("--min-severity", choices=LEVELS, help=say("不报更轻的问题", "leave out findings less severe"))
    group.add_argument(
        "--min-confidence",
        type=share,
        metavar="0..1",
        help=say("不报把握更小的问题", "leave out findings less certain"),
    )
    group.add_argument(
        "--per-listing",
        action="store_true",
        help=say("只运行逐个商品的规则，不比较商品", "run only rules that look at one listing at a time"),
    )


def _files(parser: argparse.ArgumentParser, say: Say) -> None:
    files = parser.add_argument_group(say("文件与配置", "files and configuration"))
    add = files.add_argument
    input_files(add, say)
    add(
        "--baseline",
        type=Path,
        metavar="FILE",
        help=say("不报这份基线里已有的问题", "leave out the findings this baseline knows"),
    )
    add(
        "--changed-only",
        action="store_true",
        help=say(
            "只报告涉及 git 暂存商品的问题（仍与全部商品比较）",
            "report only what touches listings staged in git (still comparing with all)",
        ),
    )
    add(
        "--watch",
        action="store_true",
        help=say(
            "文件、图片或配置一有修改就再检查", "lint again whenever a file, picture or the configuration changes"
        ),
    )
    add("--profile", action="store_true", help=say("在标准错误上说明时间花在哪里", "say on stderr where the time went"))
    add(
        "--show-settings",
        action="store_true",
        help=say("显示最终生效的配置，不检查", "print the settings in effect, do not lint"),
    )
    add(
        "--show-files",
        action="store_true",
        help=say("显示会读的文件，不检查", "print the files that would be read, do not lint"),
    )


def input_files(add: Callable[..., Any], say: Say) -> None:
    add("--config", type=Path, metavar="FILE", help=say("用这份配置", "use this configuration file"))
    add("--isolated", action="store_true", help=say("不读任何配置文件", "read no configuration file"))
    add(
        "--exclude",
        action="append",
        type=codes,
        metavar="PATTERNS",
        help=say("不读匹配的文件", "do not read files that match"),
    )
    add(
        "--include-offline",
        action="store_true",
        default=None,
        help=say("下架和删除的商品也检查", "look at listings that are off the shelf too"),
    )
    add("--no-cache", action="store_true", help=say("不用缓存，也不写缓存", "neither read nor write the cache"))
    add(
        "--cache-dir",
        type=Path,
        metavar="DIR",
        help=say(
            "缓存放在这个文件夹（默认：配置文件旁的 .pddlint_cache）",
            "keep the cache there (default: .pddlint_cache beside the configuration)",
        ),
    )
    add(
        "--jobs", "-j", type=processes, metavar="N", help=say("进程数（0：自动）", "number of processes (0: automatic)")
    )


def _output(parser: argparse.ArgumentParser, say: Say) -> None:
    output = parser.add_argument_group(say("输出", "output"))
    add = output.add_argument
    add(
        "--format",
        action=OutputAction,
        dest="reports",
        choices=(*FORMATS, "parquet"),
        help=say(
            "报告格式，可以多次给出（默认：终端上 full，否则 concise）",
            "report format, may be repeated (default: full on a terminal, else concise)",
        ),
    )
    add(
        "--output",
        action=OutputAction,
        dest="reports",
        metavar="FILE",
        help=say("把前面的 --format 写进文件", "write the report of the preceding --format to a file"),
    )
    add(
        "--engine",
        choices=("daft",),
        help=say(
            "用分布式引擎运行：Daft，单机或 Ray 集群（DAFT_RUNNER=ray）",
            "run on a distributed engine: Daft, on this machine or on a Ray cluster (DAFT_RUNNER=ray)",
        ),
    )
    add(
        "--statistics",
        action="store_true",
        help=say("只给出每条规则的数目", "print totals per rule instead of findings"),
    )
    add(
        "--fail-on",
        choices=LEVELS,
        help=say(
            "达到这个级别才以 1 退出（默认 warning）", "exit with 1 only for findings this severe (default: warning)"
        ),
    )
    add("--exit-zero", action="store_true", help=say("发现问题也以 0 退出", "exit with 0 even when there are findings"))
    add("--show-suppressed", action="store_true", help=say("已压制的问题也显示", "show suppressed findings too"))
    add(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help=say("颜色（默认看终端和 NO_COLOR）", "colours (default: depends on the terminal and NO_COLOR)"),
    )
