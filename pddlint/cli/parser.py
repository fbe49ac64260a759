"""The commands and their flags, in the language asked for. Commands' modules are imported only when they run."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from pddlint import __version__
from pddlint.checkers.base import Lang, Text
from pddlint.cli.flags import baseline as baseline_flags
from pddlint.cli.flags import cache as cache_flags
from pddlint.cli.flags import check as check_flags
from pddlint.cli.flags import lsp as lsp_flags
from pddlint.cli.flags import plan as plan_flags
from pddlint.cli.flags import review as review_flags
from pddlint.cli.flags.check import Say
from pddlint.reports.terminal import wrapped

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

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
    """argparse in the user's language. A command's own flags are put together when its words are parsed."""

    lang: Lang = "en"
    fill: Callable[[Parser], None] | None = None

    def filled(self) -> Parser:
        """The parser with all its flags."""
        fill, self.fill = self.fill, None
        if fill is not None:
            fill(self)
        return self

    def parse_known_args(self, *arguments: Any, **named: Any) -> Any:
        self.filled()
        return super().parse_known_args(*arguments, **named)

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

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Without passing over a full disk behind standard output, as argparse does."""
        if file is sys.stdout and file is not None:
            file.write(message)
        else:
            super()._print_message(message, file)


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

    def command(name: str, zh: str, en: str, flags: Callable[[Parser, Say], None] = _no_flags) -> Parser:
        added = _parser(commands.add_parser, lang, name, help=say(zh, en), description=say(zh, en))
        added.set_defaults(run=_runner(name))

        def fill(parser: Parser) -> None:
            _lang(parser, say)
            flags(parser, say)

        added.fill = fill
        return added

    check = command("check", "检查商品目录", "lint a catalog", check_flags.add)
    check.epilog = say(
        "退出码：0 没有要报的问题；1 有达到 --fail-on 的问题；2 命令行或配置有误；3 没有可读的输入，或有输入读不了。",
        "Exit status: 0 nothing to report; 1 findings at or above --fail-on; 2 the command line or configuration is "
        "wrong; 3 no input, or input that could not be read.",
    )
    command("rules", "列出所有规则", "list all rules", _rules_flags)
    command("rule", "一条规则的说明页", "the page of a rule", _rule_flags)
    command("schema", "打印商品 JSON 的 Schema", "print the JSON Schema of pddlint's own listing format")
    command(
        "baseline",
        "把现有问题记为已知，以后只报新的",
        "record the present findings, so that later runs report only new ones",
        baseline_flags.add,
    )
    steps = command(
        "plan",
        "说明每个问题怎么处理，确定的可以直接改本地文件",
        "say what to do about each finding, and do it in local files where that is certain",
        plan_flags.add,
    )
    steps.epilog = say(
        "退出码：0 已给出计划，或已改好；1 问过，没有改；2 命令行或配置有误，或文件不能改；"
        "3 没有可读的输入，或有输入读不了。",
        "Exit status: 0 the plan was given, or carried out; 1 asked, and nothing was edited; 2 the command line or "
        "configuration is wrong, or a file cannot be edited; 3 no input, or input that could not be read.",
    )
    command("review", "逐个看问题，决定改还是压制", "go through the findings one by one and decide", review_flags.add)
    command("lsp", "语言服务器，供编辑器使用", "the language server, for editors", lsp_flags.add)
    command("cache", "查看或清理缓存", "show or clean the cache", cache_flags.add)
    command("completion", "打印命令补全脚本", "print a shell completion script", _completion_flags)
    return parser


def _no_flags(parser: Parser, say: Say) -> None:
    pass


def _rules_flags(parser: Parser, say: Say) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text", help=say("输出格式", "output format"))


def _rule_flags(parser: Parser, say: Say) -> None:
    parser.add_argument("code", metavar="CODE", help=say("规则代码或名字", "code or name of a rule"))


def _completion_flags(parser: Parser, say: Say) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def _parser(make: Callable[..., Any], lang: Lang, *names: str, **settings: Any) -> Parser:
    parser: Parser = make(*names, allow_abbrev=False, formatter_class=_Help, **settings)
    parser.lang = lang
    if lang == "zh":
        parser._positionals.title = "参数"
        parser._optionals.title = "选项"
    return parser


def _lang(parser: Parser, say: Say) -> None:
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
