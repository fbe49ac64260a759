"""Runs a rule against the examples on its card: the test that every rule has, built in or a third party's.

    from pddlint import run_examples
    def test_examples(): run_examples("my_package.rules.my001")

An example's listings are in pddlint's plain shape. They go through the rule as a catalog's would: one at a time for a
per-listing rule, matched with each other for a per-merchant rule. A per-merchant rule's listings belong to one merchant
and, unless they say otherwise, one shop.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

import msgspec

from pddlint.catalog.model import Listing, Origin
from pddlint.checkers.base import Context, Example, Rule
from pddlint.findings import Finding


class ExampleError(AssertionError):
    """An example does not come out as its card says. The message names the example and its listings."""


def run_examples(rule_module: ModuleType | str, options: Mapping[str, Any] | None = None) -> int:
    """Check every example of a rule; returns how many there were.

    ExampleError when one names something else than it expects, when a message cannot be worded in either language, or
    when the card lacks a violating or a clean example. `options` configure the rule.
    """
    module = import_module(rule_module) if isinstance(rule_module, str) else rule_module
    rule: Rule = module.RULE
    kinds = {bool(example.expect) for example in rule.examples}
    if kinds != {True, False}:
        raise ExampleError(f"{rule.code}: the card needs at least one violating and one clean example")
    for example in rule.examples:
        findings = [f for f in findings_of(module, example, options) if f.code == rule.code]
        named = {name for finding in findings for name in _named(finding, example)}
        if named != set(example.expect):
            raise ExampleError(
                f"{rule.code}, example {example.title.en!r}: expected {sorted(example.expect)}, got {sorted(named)}\n"
                + "\n".join(msgspec.json.encode(listing).decode() for listing in example.listings)
            )
        for finding in findings:
            _check_wording(rule, finding)
    return len(rule.examples)


def findings_of(module: ModuleType, example: Example, options: Mapping[str, Any] | None = None) -> list[Finding]:
    """What the rule says about an example's listings."""
    listings = [_listing(data, number) for number, data in enumerate(example.listings)]
    context = Context(options=options or {})
    findings: list[Finding] = []
    if hasattr(module, "check"):
        for listing in listings:
            findings += module.check(listing, context)
    if hasattr(module, "check_merchant"):
        from pddlint.matching.fingerprint import fingerprint
        from pddlint.matching.match import match_merchant

        findings += module.check_merchant(match_merchant([fingerprint(listing, {}) for listing in listings]), context)
    return findings


def _listing(data: Mapping[str, Any], number: int) -> Listing:
    from pddlint.catalog.formats.plain import listing

    made = listing(dict(data))
    origin = Origin("example.json", f"/{number}")
    return msgspec.structs.replace(
        made, id=made.id or str(number), shop=made.shop or "shop", merchant=made.merchant or "merchant", origin=origin
    )


def _named(finding: Finding, example: Example) -> Iterator[str]:
    """What a finding accuses, in the words of `expect`: "listing/sku" where it names SKUs and the example does too."""
    listing = finding.place.listing.id if finding.place.listing else ""
    if finding.skus and (not example.expect or any("/" in name for name in example.expect)):
        yield from (f"{listing}/{sku}" for sku in finding.skus)
    else:
        yield listing


def _check_wording(rule: Rule, finding: Finding) -> None:
    for text in (rule.message.zh, rule.message.en):
        try:
            text.format(**finding.arguments)
        except (KeyError, IndexError, ValueError) as error:
            raise ExampleError(
                f"{rule.code}: the message {text!r} cannot be filled from {finding.arguments}: {error!r}"
            ) from error
    msgspec.json.encode(finding.evidence)
