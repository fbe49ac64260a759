"""`plan --format json`: one object, format pddlint-plan version 1. Additions are compatible; nothing is renamed.

{"format": "pddlint-plan", "version": 1, "tool": {"name", "version"},
 "groups": [{
    "kind": "duplicates|bait|other", "listing": {"merchant", "shop", "id", "title"}, "path", "line", "column",
    "steps": [{
       "id", "code", "confidence", "fingerprint", "listing": {…}, "path", "line", "column", "skus": ["…"],
       "action": "merge|take-down|remove|list-apart|reprice|advise", "alternatives": ["…"],
       "certainty": "certain|likely|open", "reason": why it is not certain, "message", "notes": ["…"],
       "dimension": null | {"name", "new", "values": ["…"], "own"},
       "add": [{"sku", "specs": [{"name", "value"}], "price_fen", "single_price_fen", "stock", "code", "picture"}],
       "present": ["…"], "price_fen": suggested, "conflicts": [{"kind", "message", "skus", "blocking"}]}],
    "requests": [number, …]}],
 "requests": [{"number", "type", "shop", "file", "ready", "missing": ["…"], "steps": ["…"], "body": {…}}],
 "summary": {"steps", "certain", "likely", "open", "advise", "requests"}}
"""

from __future__ import annotations

from typing import Any

import msgspec

from pddlint import __version__
from pddlint.checkers.base import Lang
from pddlint.plan.model import Addition, Group, Plan, Request, Step
from pddlint.report import Spot
from pddlint.reports.json import encode

FORMAT = "pddlint-plan"
VERSION = 1


def render(plan: Plan) -> str:
    """The plan as a JSON object."""
    steps = plan.steps
    data = {
        "format": FORMAT,
        "version": VERSION,
        "tool": {"name": "pddlint", "version": __version__},
        "groups": [_group(group, plan.lang) for group in plan.groups],
        "requests": [request_data(request, plan.lang) | {"body": request.body} for request in plan.requests],
        "summary": {
            "steps": len(steps),
            "certain": sum(step.certainty == "certain" for step in steps),
            "likely": sum(step.certainty == "likely" for step in steps),
            "open": sum(step.certainty == "open" and step.action != "advise" for step in steps),
            "advise": sum(step.action == "advise" for step in steps),
            "requests": len(plan.requests),
        },
    }
    return msgspec.json.format(encode(data), indent=2).decode() + "\n"


def request_data(request: Request, lang: Lang) -> dict[str, Any]:
    """A call without its body."""
    return {
        "number": request.number,
        "type": request.type,
        "shop": request.shop,
        "file": request.file,
        "ready": request.ready,
        "missing": [text.in_(lang) for text in request.missing],
        "steps": request.steps,
    }


def _group(group: Group, lang: Lang) -> dict[str, Any]:
    return {
        "kind": group.kind,
        **_place(group.spot),
        "steps": [_step(step, lang) for step in group.steps],
        "requests": [request.number for request in group.requests],
    }


def _step(step: Step, lang: Lang) -> dict[str, Any]:
    return {
        "id": step.id,
        "code": step.finding.code,
        "confidence": step.finding.confidence,
        "fingerprint": step.finding.fingerprint,
        **_place(step.finding.spot),
        "skus": step.finding.skus,
        "action": step.action,
        "alternatives": step.alternatives,
        "certainty": step.certainty,
        "reason": step.doubt.in_(lang) if step.doubt else "",
        "message": step.say.in_(lang),
        "notes": [note.in_(lang) for note in step.notes],
        "dimension": step.dimension,
        "add": [_addition(one) for one in step.add],
        "present": step.present,
        "price_fen": step.price_fen,
        "conflicts": [
            {"kind": one.kind, "message": one.text.in_(lang), "skus": one.skus, "blocking": one.blocking}
            for one in step.conflicts
        ],
    }


def _addition(one: Addition) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.to_builtins(one)
    del data["pointer"]
    return data


def _place(spot: Spot) -> dict[str, Any]:
    return {"listing": spot.listing, "path": spot.path, "line": spot.line, "column": spot.column}
