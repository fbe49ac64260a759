"""From a report to a plan: its findings grouped by keeper or listing, a step for each, and the calls for each group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from pddlint.catalog.model import Listing
from pddlint.checkers.base import Text
from pddlint.findings import ListingRef
from pddlint.plan import bait, duplicates, requests, shapes
from pddlint.plan.model import Group, Key, Plan, Record, Request, Step, step_id
from pddlint.plan.records import key_of
from pddlint.report import Report, Reported, Spot

CERTAIN = 0.95  # confidence from which a step may be certain
_EDITED_RULES = frozenset({"DUP001", "DUP002", "DUP003", "DUP004", "DUP005", "DUP006"})


def make(report: Report, records: Mapping[Key, Record], certain: float = CERTAIN) -> Plan:
    """The plan for a report's unsuppressed findings. `certain` is the confidence a certain step needs at least."""
    active = report.active
    baits = _bait_skus(active)
    doubled = [f for f in active if _keeper(f) is not None]
    doomed = {_key(f): f.code for f in doubled}
    groups = [
        *_duplicates(doubled, records, baits, certain),
        *_bait(_about_skus(active), records, baits, doomed, certain),
    ]
    handled = {step.finding.fingerprint for group in groups for step in group.steps}
    groups += _others([f for f in active if f.fingerprint not in handled])
    return Plan(_numbered(groups), report.summary, report.lang, report.unread)


def _about_skus(findings: Iterable[Reported]) -> list[Reported]:
    return [f for f in findings if f.code.startswith("BAIT") and f.listing and f.skus]


def _bait_skus(findings: Iterable[Reported]) -> dict[Key, frozenset[str]]:
    found: dict[Key, frozenset[str]] = {}
    for one in _about_skus(findings):
        if one.listing is not None:
            key = key_of(one.listing)
            found[key] = found.get(key, frozenset()) | frozenset(one.skus)
    return found


def _keeper(finding: Reported) -> Spot | None:
    if not finding.code.startswith("DUP") or finding.listing is None:
        return None
    return next((spot for spot in finding.related if spot.role == "keeper" and spot.listing), None)


def _duplicates(
    findings: Sequence[Reported], records: Mapping[Key, Record], baits: Mapping[Key, frozenset[str]], certain: float
) -> Iterable[Group]:
    by_keeper: dict[Key, list[Reported]] = {}
    spots: dict[Key, Spot] = {}
    for finding in findings:
        spot = _keeper(finding)
        assert spot is not None and spot.listing is not None
        spots.setdefault(key_of(spot.listing), spot)
        by_keeper.setdefault(key_of(spot.listing), []).append(finding)
    for key, group in by_keeper.items():
        kept = records.get(key)
        sources = {step_id(f): records[k] for f in group if (k := _key(f)) in records}
        if kept is None or len(sources) < len(group):
            continue  # changed while the plan was made: its findings are told without a plan
        keeper = duplicates.Keeper.of(_regular(kept.listing, baits.get(key, frozenset())))
        steps: list[Step] = []
        for finding in group:
            source = sources[step_id(finding)]
            step = duplicates.step(finding, keeper, source.listing, baits.get(_key(finding), frozenset()))
            steps.append(_judged(step, kept, source, certain))
        calls: list[Request] = []
        merging = [step for step in steps if step.add]
        if merging:
            calls += requests.merge(kept, merging, sources)
        waiting = {step.id for step in merging if not calls[-1].ready}
        calls += [
            requests.take_down(sources[step.id].listing, step, kept.listing if step.id in waiting else None)
            for step in steps
        ]
        yield Group(
            kind="duplicates",
            spot=spots[key],
            steps=tuple(steps),
            record=kept,
            sources=sources,
            requests=tuple(calls),
        )


def _regular(listing: Listing, baited: frozenset[str]) -> Listing:
    """The listing without its bait SKUs: they will go."""
    return msgspec.structs.replace(listing, skus=tuple(sku for sku in listing.skus if sku.id not in baited))


def _key(finding: Reported) -> Key:
    return key_of(finding.listing or ListingRef("", "", "", ""))


def _bait(
    findings: Sequence[Reported],
    records: Mapping[Key, Record],
    baits: Mapping[Key, frozenset[str]],
    doomed: Mapping[Key, str],
    certain: float,
) -> Iterable[Group]:
    """The groups of listings with bait SKUs. `doomed` are those to be taken down, with the rule that says so."""
    by_listing: dict[Key, list[Reported]] = {}
    for finding in findings:
        by_listing.setdefault(_key(finding), []).append(finding)
    for key, group in by_listing.items():
        record = records.get(key)
        if record is None:
            continue
        drafts = [bait.step(finding, record.listing, baits[key], doomed.get(key, "")) for finding in group]
        steps = tuple(_judged(step, record, None, certain) for step in drafts)
        calls = [
            draft for step in steps if step.action == "list-apart" and (draft := requests.list_apart(record, step))
        ]
        gone = [step for step in steps if step.action == "take-down"]
        calls += [requests.take_down(record.listing, gone[0])] if gone else []
        if removing := [step for step in steps if step.action != "take-down"]:
            calls.append(requests.without_skus(record.listing, removing))
        yield Group(kind="bait", spot=group[0].spot, steps=steps, record=record, requests=tuple(calls))


def _judged(step: Step, record: Record, source: Record | None, certain: float) -> Step:
    """The step with its certainty: certain when nothing is in its way and the files can express it."""
    doubt = _doubt(step, certain) or shapes.doubt(step, record, source)
    if step.blocked:
        return msgspec.structs.replace(step, doubt=doubt)
    return msgspec.structs.replace(step, certainty="likely" if doubt else "certain", doubt=doubt)


def _doubt(step: Step, certain: float) -> Text | None:
    """Why the step is not certain, whatever the files look like."""
    if step.blocked:
        return Text("有冲突要先解决", "it has conflicts to be settled first")
    code = step.finding.code
    if code == "DUP003":
        return Text("保留的商品要先改标题，写明适用范围", "the kept title must first say what it fits")
    if code == "DUP006":
        return Text("哪家店留着卖，要人来定", "which shop goes on selling it is for a person to decide")
    if code == "DUP004":
        return Text("赠品做成规格还是活动，要人来定", "gifts as SKUs or as a promotion: for a person to decide")
    if code.startswith("BAIT") and code != "BAIT004":
        return Text(
            "删掉、单独上架还是改价，要人来定", "whether to remove, list apart or reprice is for a person to decide"
        )
    if code not in _EDITED_RULES and code != "BAIT004":
        return Text("要人来做", "for a person to do")
    if code == "BAIT004" and step.action == "take-down":
        return Text("整条下架要人来定", "taking a whole listing down is for a person to decide")
    if step.finding.confidence < certain:
        have, need = f"{step.finding.confidence:.0%}", f"{certain:.0%}"
        return Text(f"把握 {have}，不到 {need}", f"{have} sure, less than {need}")
    return None


def _others(findings: Iterable[Reported]) -> Iterable[Group]:
    """Findings that someone has to see to: what is needed, in a line."""
    for finding in findings:
        step = Step(
            id=step_id(finding),
            finding=finding,
            action="advise",
            certainty="open",
            say=Text(finding.help, finding.help),
            doubt=Text("要人来做", "for a person to do"),
        )
        yield Group(kind="other", spot=finding.spot, steps=(step,))


def _numbered(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The groups with their calls numbered through, in the order to send them."""
    number, done = 0, []
    for group in groups:
        calls = []
        for call in group.requests:
            number += 1
            calls.append(msgspec.structs.replace(call, number=number))
        done.append(msgspec.structs.replace(group, requests=tuple(calls)))
    return tuple(done)
