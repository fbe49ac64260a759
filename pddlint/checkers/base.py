"""The rule card, and the two kinds of checker: one listing at a time, or all listings of a merchant at once.

A rule is a module with a `RULE` card and one function:

    def check(listing: Listing, context: Context) -> Iterator[Finding]        # per listing
    def check_merchant(matches: MerchantMatches, context: Context) -> Iterator[Finding]   # per merchant, after matching

Modules are found through the entry-point group `pddlint.checkers`; an entry point names a module, or a package whose
modules are all rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from pddlint.findings import Severity

Lang = Literal["zh", "en"]


class Text(msgspec.Struct, frozen=True, gc=False):
    """A text in both languages. Message texts are `str.format` templates over the finding's arguments."""

    zh: str
    en: str

    def in_(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


class Option(msgspec.Struct, frozen=True):
    """A setting of a rule: `[rules.CODE] name = value` in the configuration."""

    name: str
    type: Literal["number", "integer", "boolean", "string", "strings"]
    default: Any
    help: Text


class Example(msgspec.Struct, frozen=True):
    """Listings in pddlint's plain shape that the rule must accuse (`expect` not empty) or leave alone.

    `expect` lists what must be named: a listing id for catalog rules, "listing-id/sku-id" for SKU rules; exactly those.
    """

    title: Text
    listings: tuple[dict[str, Any], ...]
    expect: tuple[str, ...] = ()


class Rule(msgspec.Struct, frozen=True):
    """A rule's card: identity, texts, options and examples. Codes and names never change once released."""

    code: str
    name: str
    severity: Severity
    summary: Text
    message: Text
    consequence: Text  # what the platform may do about it
    remedy: Text  # how to fix it
    detail: Text = Text("", "")  # what counts and what does not; a paragraph for the rule's page
    default: bool = True
    options: tuple[Option, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def family(self) -> str:
        return self.code.rstrip("0123456789")


class Context(msgspec.Struct, frozen=True):
    """What a checker may know besides the listing: the options of its rule, and those of every rule by code.

    Rules that judge together (the BAIT family names a SKU by one rule only) read their siblings' options from `rules`.
    """

    options: Mapping[str, Any] = {}
    rules: Mapping[str, Mapping[str, Any]] = {}

    def option(self, rule: Rule, name: str) -> Any:
        """The option's configured value, else its default. KeyError when the rule has no such option."""
        declared = next((o for o in rule.options if o.name == name), None)
        if declared is None:
            raise KeyError(f"{rule.code} has no option {name!r}")
        return self.options.get(name, declared.default)
