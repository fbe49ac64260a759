"""The commands and their flags, in the language asked for. Commands' modules are imported only when they run."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from pddlint import __version__
from pddlint.baseline import DEFAULT as BASELINE
from pddlint.checkers.base import Lang, Text
from pddlint.reports.terminal import wrapped
from pddlint.settings import FORMATS

_HEADINGS = {"usage: ": "用法：", "show this help message and exit": "显示这份说明"}
_MISTAKES = (
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*): expected one argument", r"\1 需要一个值"),
    (r"argument (.*): expected at least one argument", r"\1 至少需要一个值"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"\1：不认识的值 \2（可用：\3）"),
    (r"argument (.*): invalid .* value: (.*)", r"\1：不合格的值 \2"),
    (r"argument (.*): ignored explicit argument (.*)", r"\1 不带值，写了 \2"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 不能和 \2 一起用"),
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 可能是 \2，请写全"),
)


class _Help(argparse.HelpFormatter):
    """Help text broken by terminal columns; Chinese has no spaces to break at."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrapped(text, width - len(indent)))


class Parser(argparse.ArgumentParser):
    """argparse in the user's language."""

    lang: Lang = "en"

    def format_help(self) -> str:
        text = super().format_help()
        if self.lang == "zh":
            for english, chinese in _HEADINGS.items():
                text = text.replace(english, chinese)
        return text

    def format_usage(self) -> str:
        text = super().format_usage()
        return text.replace("usage: ", "用法：") if self.lang == "zh" else text

    def error(self, message: str) -> NoReturn:
        if self.lang == "zh":
            for english, chinese in _MISTAKES:
                message = re.sub(f"^{english}$", chinese, message)
        hint = f"用法见 {self.prog} --help" if self.lang == "zh" else f"see {self.prog} --help"
        self.exit(2, f"{self.prog}: {message}\n{hint}\n")


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


def build(lang: Lang) -> Parser:
    """The parser of all commands. Each command's namespace holds `run(arguments, lang) -> exit status`."""

    def say(zh: str, en: str) -> str:
        return Text(zh, en).in_(lang).replace("%", "%%")

    parser = _parser(
        Parser, lang, prog="pddlint", description=say("拼多多商品目录检查器", "linter for Pinduoduo product catalogs")
    )
    parser.add_argument(
        "-V", "--version", action="version", version=f"pddlint {__version__}", help=say("显示版本", "print the version")
    )
    _lang(parser, say)
    commands = parser.add_subparsers(
        title=say("命令", "commands"), metavar="COMMAND", required=True, parser_class=Parser
    )

    def command(name: str, zh: str, en: str, **settings: Any) -> Parser:
        added = _parser(commands.add_parser, lang, name, help=say(zh, en), description=say(zh, en), **settings)
        _lang(added, say)
        added.set_defaults(run=_runner(name))
        return added

    check = command("check", "检查商品目录", "lint a catalog")
    check.epilog = say(
        "退出码：0 没有要报的问题；1 有达到 --fail-on 的问题；2 命令行或配置有误；3 没有可读的输入，或有输入读不了。",
        "Exit status: 0 nothing to report; 1 findings at or above --fail-on; 2 the command line or configuration is "
        "wrong; 3 no input, or input that could not be read.",
    )
    _check(check, say)
    rules = command("rules", "列出所有规则", "list all rules")
    rules.add_argument("--format", choices=("text", "json"), default="text", help=say("输出格式", "output format"))
    rule = command("rule", "一条规则的说明页", "the page of a rule")
    rule.add_argument("code", metavar="CODE", help=say("规则代码或名字", "code or name of a rule"))
    command("schema", "打印商品 JSON 的 Schema", "print the JSON Schema of pddlint's own listing format")
    known = command(
        "baseline",
        "把现有问题记为已知，以后只报新的",
        "record the present findings, so that later runs report only new ones",
    )
    _baseline(known, say)
    completion = command("completion", "打印命令补全脚本", "print a shell completion script")
    completion.add_argument("shell", choices=("bash", "zsh", "fish"))
    return parser


def _parser(make: Callable[..., Any], lang: Lang, *names: str, **settings: Any) -> Parser:
    parser: Parser = make(*names, allow_abbrev=False, formatter_class=_Help, **settings)
    parser.lang = lang
    if lang == "zh":
        parser._positionals.title = "参数"
        parser._optionals.title = "选项"
    return parser


def _lang(parser: Parser, say: Callable[[str, str], str]) -> None:
    parser.add_argument(
        "--lang",
        choices=("zh", "en"),
        default=argparse.SUPPRESS,
        help=say("输出语言（默认看系统语言）", "language of the output (default: the locale's)"),
    )


def _runner(name: str) -> Callable[[argparse.Namespace, Lang], int]:
    def run(arguments: argparse.Namespace, lang: Lang) -> int:
        status: int = import_module(f"pddlint.cli.{name}").run(arguments, lang)
        return status

    return run


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


def _check(parser: Parser, say: Callable[[str, str], str]) -> None:
    levels = ("error", "warning", "info")
    _check_rules(parser, say, levels)
    _check_files(parser, say)
    _check_output(parser, say, levels)


def _check_rules(parser: Parser, say: Callable[[str, str], str], levels: Sequence[str]) -> None:
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
    rules = parser.add_argument_group(say("规则", "rules"))
    for flag, zh, en in (
        (
            "--select",
            "只运行这些规则：代码、前缀、名字或 ALL，逗号分隔",
            "run only these rules: codes, prefixes, names or ALL, comma-separated",
        ),
        ("--extend-select", "另外再运行这些规则", "run these rules as well"),
        ("--ignore", "不运行这些规则", "do not run these rules"),
    ):
        rules.add_argument(flag, action="append", type=codes, metavar="RULES", help=say(zh, en))
    rules.add_argument(
        "--per-file-ignores",
        action="append",
        metavar="PATTERN:RULES",
        help=say("在匹配的文件里不报这些规则", "do not report these rules in files that match"),
    )
    rules.add_argument("--min-severity", choices=levels, help=say("不报更轻的问题", "leave out findings less severe"))
    rules.add_argument(
        "--min-confidence",
        type=share,
        metavar="0..1",
        help=say("不报把握更小的问题", "leave out findings less certain"),
    )
    rules.add_argument(
        "--per-listing",
        action="store_true",
        help=say("只运行逐个商品的规则，不比较商品", "run only rules that look at one listing at a time"),
    )


def _baseline(parser: Parser, say: Callable[[str, str], str]) -> None:
    _check_rules(parser, say, ("error", "warning", "info"))
    _input_files(parser.add_argument_group(say("文件与配置", "files and configuration")).add_argument, say)
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


def _check_files(parser: Parser, say: Callable[[str, str], str]) -> None:
    files = parser.add_argument_group(say("文件与配置", "files and configuration"))
    add = files.add_argument
    _input_files(add, say)
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
        "--show-settings",
        action="store_true",
        help=say("显示最终生效的配置，不检查", "print the settings in effect, do not lint"),
    )
    add(
        "--show-files",
        action="store_true",
        help=say("显示会读的文件，不检查", "print the files that would be read, do not lint"),
    )


def _input_files(add: Callable[..., Any], say: Callable[[str, str], str]) -> None:
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
    add(
        "--jobs", "-j", type=processes, metavar="N", help=say("进程数（0：自动）", "number of processes (0: automatic)")
    )


def _check_output(parser: Parser, say: Callable[[str, str], str], levels: Sequence[str]) -> None:
    output = parser.add_argument_group(say("输出", "output"))
    add = output.add_argument
    add(
        "--format",
        action=OutputAction,
        dest="reports",
        choices=FORMATS,
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
        "--statistics",
        action="store_true",
        help=say("只给出每条规则的数目", "print totals per rule instead of findings"),
    )
    add(
        "--fail-on",
        choices=levels,
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
