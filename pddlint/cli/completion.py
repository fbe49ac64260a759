"""`pddlint completion SHELL`: a completion script made from the parser itself, so that it knows every flag."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from pddlint.checkers.base import Lang
from pddlint.cli.parser import Parser, build


def run(arguments: argparse.Namespace, lang: Lang) -> int:
    make = {"bash": _bash, "zsh": _zsh, "fish": _fish}[arguments.shell]
    print("\n".join(make(_commands(build(lang)))))
    return 0


def _commands(parser: Parser) -> dict[str, Parser]:
    own = next(action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return {name: command.filled() for name, command in own.items()}


def _flags(parser: Parser) -> Iterator[tuple[str, str, list[str], bool]]:
    """(flag, help, values it may take, whether it takes a value)."""
    for action in parser._actions:
        for flag in action.option_strings:
            if flag.startswith("--") and action.help != argparse.SUPPRESS:
                values = [str(value) for value in action.choices or ()] if flag != "--output" else []
                yield flag, (action.help or "").replace("%%", "%"), values, action.nargs != 0


def _words(parser: Parser) -> list[str]:
    """What the positional argument may be, when it is one of a few words."""
    return [str(v) for a in parser._actions if not a.option_strings for v in a.choices or ()]


def _bash(commands: dict[str, Parser]) -> Iterator[str]:
    yield '# bash completion of pddlint; put it where bash-completion looks, or: eval "$(pddlint completion bash)"'
    yield "_pddlint() {"
    yield '  local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}"'
    first = " ".join([*commands, "--version", "--help"])
    yield f'  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "{first}" -- "$cur")); return; fi'
    yield '  case "${COMP_WORDS[1]} $prev" in'
    for name, parser in commands.items():
        for flag, _, values, _ in _flags(parser):
            if values:
                yield f'    "{name} {flag}") COMPREPLY=($(compgen -W "{" ".join(values)}" -- "$cur")); return ;;'
    yield "  esac"
    yield '  case "${COMP_WORDS[1]}" in'
    for name, parser in commands.items():
        words = " ".join([*(flag for flag, *_ in _flags(parser)), *_words(parser)])
        yield f'    {name}) COMPREPLY=($(compgen -W "{words}" -- "$cur")) ;;'
    yield "  esac"
    yield "}"
    yield "complete -o default -F _pddlint pddlint"


def _zsh(commands: dict[str, Parser]) -> Iterator[str]:
    yield "#compdef pddlint"
    yield "_pddlint() {"
    yield "  local line state"
    yield f"  _arguments -C '--version' '--help' '1:command:({' '.join(commands)})' '*::argument:->rest'"
    yield "  case $line[1] in"
    for name, parser in commands.items():
        yield f"    {name})"
        yield "      _arguments \\"
        for flag, text, values, takes in _flags(parser):
            said = text.replace("'", "").replace("[", "(").replace("]", ")").replace(":", " ")
            tail = f":value:({' '.join(values)})" if values else ":value:_files" if takes else ""
            yield f"        '*{flag}[{said}]{tail}' \\"
        words = _words(parser)
        yield f"        '*:argument:{'(' + ' '.join(words) + ')' if words else '_files'}' ;;"
    yield "  esac"
    yield "}"
    yield 'if [ "$funcstack[1]" = "_pddlint" ]; then _pddlint "$@"; else compdef _pddlint pddlint; fi'


def _fish(commands: dict[str, Parser]) -> Iterator[str]:
    for name, parser in commands.items():
        said = (parser.description or "").replace("'", "")
        yield f"complete -c pddlint -n __fish_use_subcommand -f -a {name} -d '{said}'"
        here = f"-n '__fish_seen_subcommand_from {name}'"
        for flag, text, values, takes in _flags(parser):
            said = text.replace("'", "")
            tail = f" -x -a '{' '.join(values)}'" if values else " -r" if takes else ""
            yield f"complete -c pddlint {here} -l {flag[2:]}{tail} -d '{said}'"
        if words := _words(parser):
            yield f"complete -c pddlint {here} -f -a '{' '.join(words)}'"
