"""`plan --format markdown`: the plan as a list of tasks to tick off, for an issue or a pull request.

Nothing in a listing can become markup, a mention or a link, and the whole stays below GitHub's limit for a comment.
"""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.plan.model import Group, Plan, Request, Step
from pddlint.plan.requests import SPEC_ID
from pddlint.plan.text import ACTIONS, CERTAINTIES, conflicts, totals
from pddlint.report import Spot
from pddlint.reports.markdown import LIMIT, code, escaped

_ROOM = 200
_TITLE = 80
_ROWS = 20


def render(plan: Plan) -> str:
    """The plan in Markdown."""
    head = f"### pddlint plan: {escaped(totals(plan))}\n"
    left, parts, untold = LIMIT - _ROOM - len(head), [head], 0
    for group in plan.groups:
        text = "\n".join(_group(group, plan)) + "\n"
        if len(text) + 1 > left:
            untold += 1
            continue
        left -= len(text) + 1
        parts.append(text)
    if untold:
        parts.append(
            f"…… 另有 {untold} 组没有列出\n" if plan.lang == "zh" else f"… {untold} more groups are not listed\n"
        )
    return "\n".join(parts)


def _group(group: Group, plan: Plan) -> Iterator[str]:
    if group.kind == "other":
        step = group.steps[0]
        yield f"- [ ] {code(_place(group.spot))} {step.finding.code} {escaped(step.finding.message)}  "
        yield f"  {escaped(step.say.in_(plan.lang))}"
        return
    yield f"#### {_listing(group.spot)}"
    yield ""
    yield code(_place(group.spot))
    yield ""
    for step in group.steps:
        yield from _step(step, plan)
    for request in group.requests:
        if request.type != SPEC_ID:
            yield from _request(request, plan)


def _step(step: Step, plan: Plan) -> Iterator[str]:
    zh, lang = plan.lang == "zh", plan.lang
    state = CERTAINTIES[step.certainty].in_(lang)
    yield f"- [ ] {step.finding.code} {escaped(step.say.in_(lang))} · {state} · {code(step.id)}"
    if step.doubt and step.certainty == "likely" and not step.alternatives:
        yield f"  - {escaped(step.doubt.in_(lang))}"
    for one in step.add[:_ROWS]:
        specs = " ".join(f"{spec.name or '?'}={spec.value}" for spec in one.specs)
        price = "" if one.price_fen is None else f" ¥{one.price_fen / 100:.2f}"
        yield f"  - {'加' if zh else 'add'} {escaped(specs + price + (f' {one.code}' if one.code else ''))}"
    if len(step.add) > _ROWS:
        yield f"  - … {len(step.add) - _ROWS}"
    yield from (f"  - **!** {escaped(line)}" for line in conflicts(step.conflicts, lang))
    yield from (f"  - {escaped(note.in_(lang))}" for note in step.notes)
    if step.alternatives:
        others = ("、" if zh else ", ").join(ACTIONS[one].in_(lang) for one in step.alternatives)
        yield f"  - {'或者：' if zh else 'or: '}{others}"


def _request(request: Request, plan: Plan) -> Iterator[str]:
    yield f"- {request.number:03d} {code(request.type)}{'' if request.ready else ' …'}"
    lacks = "还缺" if plan.lang == "zh" else "lacks"
    yield from (f"  - {lacks} {escaped(text.in_(plan.lang))}" for text in request.missing)


def _listing(spot: Spot) -> str:
    if spot.listing is None:
        return escaped(spot.path)
    title = spot.listing.title
    return escaped(f"{spot.listing.id} {title if len(title) <= _TITLE else title[:_TITLE] + '…'}".strip())


def _place(spot: Spot) -> str:
    return f"{spot.path}:{spot.line}" if spot.path else "pddlint"
