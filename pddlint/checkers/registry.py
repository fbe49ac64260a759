"""Every rule there is: the built-in families and third parties' come through the same door, the entry-point group
`pddlint.checkers`.

An entry point names a module with a `RULE` card, or a package whose modules with a `RULE` card are all rules. Built-in
families are also found by their place, so that a checkout without package metadata works. A module that cannot be
imported becomes a problem of the run (a PLUG001 finding), never its end; two rules with one code are an error of the
installation that nobody should work around silently.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import msgspec

from pddlint.checkers.base import Context, Rule, Text
from pddlint.errors import UsageError, did_you_mean
from pddlint.findings import Finding
from pddlint.installed import entry_points
from pddlint.signals import Terminated

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "pddlint.checkers"
_CODE = re.compile(r"[A-Z]{2,12}[0-9]{3}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TYPES = {
    "boolean": ("布尔值（true 或 false）", "true or false"),
    "integer": ("整数", "an integer"),
    "number": ("数字", "a number"),
    "string": ("字符串", "a string"),
    "strings": ("字符串列表", "an array of strings"),
}

CheckListing = Callable[[Any, Context], Iterable[Finding]]


class Checker(msgspec.Struct, frozen=True):
    """A rule with its functions. A card without functions describes findings that the reader or the engine makes."""

    rule: Rule
    module: str
    source: str  # the distribution that brought it
    check: CheckListing | None = None  # (listing, context)
    check_merchant: CheckListing | None = None  # (matches, context)

    @property
    def scope(self) -> str:
        """What the rule looks at: one "listing", all of a "merchant", or the "file"."""
        return "listing" if self.check else "merchant" if self.check_merchant else "file"


class LoadProblem(msgspec.Struct, frozen=True):
    """A rule that could not be loaded: which module, from which distribution, and what went wrong."""

    module: str
    source: str
    error: str


class Registry(msgspec.Struct, frozen=True):
    """The loaded rules, in the order of their codes, and what could not be loaded."""

    checkers: tuple[Checker, ...]
    problems: tuple[LoadProblem, ...] = ()
    sources: frozenset[str] = frozenset()  # names of entry points and distributions, for `require-plugins`

    @property
    def rules(self) -> dict[str, Rule]:
        return {checker.rule.code: checker.rule for checker in self.checkers}

    def find(self, word: str) -> Checker | None:
        """The rule with this code (any case) or name."""
        return next((c for c in self.checkers if word.upper() == c.rule.code or word.lower() == c.rule.name), None)


def load(group: Iterable[EntryPoint] | None = None) -> Registry:
    """Load all rules. UsageError when two rules share a code or a name."""
    checkers: list[Checker] = []
    problems: list[LoadProblem] = []
    sources: set[str] = set()
    for value, names in _sources(entry_points(GROUP) if group is None else group).items():
        sources |= names
        source = max(names, key=len) if "pddlint" not in names else "pddlint"
        for found in _modules(value, source):
            loaded = found if isinstance(found, LoadProblem) else _checker(found, source)
            if isinstance(loaded, Checker):
                checkers.append(loaded)
            else:
                problems.append(loaded)
    checkers.sort(key=lambda c: (c.rule.code, c.module))
    _refuse_doubles(checkers)
    return Registry(tuple(checkers), tuple(problems), frozenset(sources))


def require(registry: Registry, plugins: Iterable[str]) -> None:
    """UsageError unless every plugin is installed, by the name of its distribution or of its entry point."""
    for name in plugins:
        if _plain(name) not in {_plain(known) for known in registry.sources}:
            zh, en = did_you_mean(name, registry.sources)
            raise UsageError(
                Text(
                    f"require-plugins 要求的插件 {name} 没有安装{zh or '（pip install 它，或从配置里去掉）'}",
                    f"the plugin {name} that require-plugins asks for is not installed{en}",
                )
            )


def check_options(rule: Rule, given: dict[str, Any]) -> Iterator[tuple[str, Text]]:
    """What is wrong with the options configured for a rule: (option name, sentence)."""
    known = {option.name: option for option in rule.options}
    for name, value in given.items():
        if name not in known:
            zh, en = did_you_mean(name, known)
            names = ", ".join(known) or "–"
            yield (
                name,
                Text(
                    f"{rule.code} 没有这个选项{zh}（可用的：{names}）",
                    f"{rule.code} has no such option{en} (it has: {names})",
                ),
            )
        elif not _fits(value, known[name].type):
            yield (
                name,
                Text(f"应为 {known[name].type}，写的是 {value!r}", f"expected {known[name].type}, got {value!r}"),
            )


def _fits(value: Any, kind: str) -> bool:
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "strings":
        return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
    return isinstance(value, str)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _sources(group: Iterable[EntryPoint]) -> dict[str, set[str]]:
    """What to load, by module name: the names (entry point, distribution) it is known under."""
    found: dict[str, set[str]] = {}
    for family in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if family.ispkg:
            found[f"pddlint.checkers.{family.name}"] = {"pddlint"}
    for entry in sorted(group, key=lambda e: (e.value, e.name)):
        names = {entry.name}
        if entry.dist is not None:
            names.add(entry.dist.name)
        found.setdefault(entry.value, set()).update(names)
    return found


def _modules(value: str, source: str) -> Iterator[ModuleType | LoadProblem]:
    module = _import(value, source)
    if isinstance(module, LoadProblem):
        yield module
        return
    if not hasattr(module, "__path__"):
        yield module if hasattr(module, "RULE") else LoadProblem(value, source, "the module has no RULE card")
        return
    if hasattr(module, "RULE"):
        yield module
    for info in sorted(pkgutil.iter_modules(module.__path__), key=lambda i: i.name):
        inner = _import(f"{value}.{info.name}", source)
        if isinstance(inner, LoadProblem) or hasattr(inner, "RULE"):
            yield inner


def _import(name: str, source: str) -> ModuleType | LoadProblem:
    try:
        return import_module(name)
    except (KeyboardInterrupt, Terminated):
        raise
    except BaseException as error:  # whatever a third party's module does at import, SystemExit included
        return LoadProblem(name, source, f"{type(error).__name__}: {error}")


def _checker(module: ModuleType, source: str) -> Checker | LoadProblem:
    rule = module.RULE
    name = module.__name__
    if not isinstance(rule, Rule):
        return LoadProblem(name, source, f"RULE is a {type(rule).__name__}, not a pddlint.Rule")
    if not _CODE.fullmatch(rule.code):
        return LoadProblem(name, source, f"the code {rule.code!r} is not capital letters followed by three digits")
    if not _NAME.fullmatch(rule.name):
        return LoadProblem(name, source, f"the name {rule.name!r} is not lower-case-with-hyphens")
    check, check_merchant = getattr(module, "check", None), getattr(module, "check_merchant", None)
    if check is None and check_merchant is None and not name.startswith("pddlint."):
        return LoadProblem(name, source, "neither check() nor check_merchant() is there")
    return Checker(rule, name, source, check, check_merchant)


def _refuse_doubles(checkers: list[Checker]) -> None:
    seen: dict[str, Checker] = {}
    for checker in checkers:
        for key in (checker.rule.code, checker.rule.name):
            other = seen.setdefault(key, checker)
            if other is not checker:
                raise UsageError(
                    Text(
                        f"两条规则都叫 {key}：{other.module}（{other.source}）和 "
                        f"{checker.module}（{checker.source}）。请卸载其中一个",
                        f"two rules are called {key}: {other.module} ({other.source}) and {checker.module} "
                        f"({checker.source}); uninstall one of them",
                    )
                )
