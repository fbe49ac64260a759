"""The DUP rules do what their cards say, and a finding explains itself."""

from __future__ import annotations

import json
from importlib import import_module

import pytest

from pddlint.checkers.base import Context
from pddlint.checkers.examples import findings_of, run_examples

CODES = [f"dup00{n}" for n in range(1, 7)]


@pytest.mark.parametrize("code", CODES)
def test_examples_come_out_as_the_card_says(code: str) -> None:
    assert run_examples(f"pddlint.checkers.dup.{code}") >= 2


@pytest.mark.parametrize("code", CODES)
def test_a_finding_names_keeper_reason_and_evidence(code: str) -> None:
    module = import_module(f"pddlint.checkers.dup.{code}")
    violating = next(example for example in module.RULE.examples if example.expect)
    (finding,) = findings_of(module, violating)
    (keeper,) = finding.related
    assert keeper.role == "keeper"
    assert keeper.listing is not None
    assert keeper.listing.id in module.RULE.message.zh.format(**finding.arguments)
    assert keeper.listing.id in module.RULE.message.en.format(**finding.arguments)
    evidence = json.loads(json.dumps(finding.evidence))
    assert evidence["keeper_reason"] in ("sales", "skus", "older")
    assert {"evidence", "level", "log_odds"} == set(evidence["waterfall"][0])
    assert evidence["probability"] == finding.confidence


@pytest.mark.parametrize("code", CODES)
def test_the_threshold_option_only_reports_less(code: str) -> None:
    module = import_module(f"pddlint.checkers.dup.{code}")
    violating = next(example for example in module.RULE.examples if example.expect)
    assert not findings_of(module, violating, {"threshold": 1.0})
    assert Context().option(module.RULE, "threshold") == 0.0
