"""A plan for people to read: each duplicate group and each listing with bait, what to do, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby

from pddlint.checkers.base import Lang, Text
from pddlint.plan.model import Action, Addition, Certainty, Conflict, Group, Plan, Request, Step, yuan
from pddlint.plan.requests import SPEC_ID, SPECS
from pddlint.report import Spot
from pddlint.reports.terminal import Style, fitted, one_line

CERTAINTIES: Mapping[Certainty, Text] = {
    "certain": Text("可自动改", "--apply does it"),
    "likely": Text("请人定夺", "yours to decide"),
    "open": Text("先解决冲突", "settle conflicts first"),
}
ACTIONS: Mapping[Action, Text] = {
    "merge": Text("合并", "merge"),
    "take-down": Text("下架", "take down"),
    "remove": Text("删掉规格", "remove the SKU"),
    "list-apart": Text("单独上架", "list it apart"),
    "reprice": Text("改价", "reprice"),
    "advise": Text("要做的", "to do"),
}
_TITLE = 44  # terminal columns of a title
_VALUES = 8  # spec values named in a line
_ROWS = 12  # SKUs shown one by one


def render(plan: Plan, colour: bool = False) -> str:
    """The plan as text, ending in a line break."""
    return "\n".join(_Writer(plan.lang, Style(colour)).plan(plan)) + "\n"


class _Writer:
    def __init__(self, lang: Lang, style: Style) -> None:
        self.lang, self.style = lang, style

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def plan(self, plan: Plan) -> Iterator[str]:
        others = [group for group in plan.groups if group.kind == "other"]
        for group in plan.groups:
            if group.kind != "other":
                yield from self.group(group)
                yield ""
        if others:
            yield self.style.bold(self.say("还要人来处理的", "Also to be seen to"))
            for group in others:
                step = group.steps[0]
                yield f"  {step.finding.code} {self.place(group.spot)}  {one_line(step.finding.message)}"
                yield f"    → {one_line(step.say.in_(self.lang))}"
            yield ""
        yield totals(plan)

    def group(self, group: Group) -> Iterator[str]:
        if group.kind == "duplicates":
            head = self.say("保留", "Keep")
            tail = self.say(f"，{len(group.steps)} 条与它重复", f": {len(group.steps)} listed again")
        else:
            head = self.say("商品", "Listing")
            tail = self.say(f"，{len(group.steps)} 个引流规格", f": {len(group.steps)} bait")
        yield f"{self.style.bold(f'{head} {self.listing(group.spot)}')}{tail}"
        yield f"  {self.style.dim(self.place(group.spot))}"
        for step in group.steps:
            yield from self.step(step, group)
        if group.requests:
            yield f"  {self.say('接口调用，按这个顺序', 'calls, in this order')}"
            for asked, run in groupby(group.requests, lambda call: call.type == SPEC_ID):
                calls = list(run)
                yield from self.spec_ids(calls) if asked else chain.from_iterable(map(self.request, calls))

    def step(self, step: Step, group: Group) -> Iterator[str]:
        finding = step.finding
        sure = f" {finding.confidence:.0%}" if finding.confidence < 0.995 else ""
        state = CERTAINTIES[step.certainty].in_(self.lang)
        if step.certainty == "likely" and step.doubt and not step.alternatives:
            state += self.say(f"（{step.doubt.zh}）", f" ({step.doubt.en})")
        yield f"  {self.style.dim(step.id)} {finding.code}{sure} · {state}"
        if group.kind == "duplicates":
            yield f"    {self.listing(finding.spot)}  {self.style.dim(self.place(finding.spot))}"
        yield f"    → {self.style.bold(one_line(step.say.in_(self.lang)))}"
        if step.dimension:
            made = (
                self.say("新规格维度", "new spec dimension")
                if step.dimension.new
                else self.say("规格维度", "spec dimension")
            )
            yield f"      {made}: {one_line(step.dimension.name or '?')} = {self.values(step.dimension.values)}"
        for one in step.add[:_ROWS]:
            yield f"      + {self.addition(one)}"
        if len(step.add) > _ROWS:
            yield f"      … {self.say(f'还有 {len(step.add) - _ROWS} 个', f'{len(step.add) - _ROWS} more')}"
        if step.present and step.add:
            count = len(step.present)
            yield f"      = {self.say(f'{count} 个规格标杆商品已有', f'{count} in the kept listing already')}"
        yield from (f"      ! {line}" for line in conflicts(step.conflicts, self.lang))
        yield from (f"      · {one_line(note.in_(self.lang))}" for note in step.notes)
        if step.alternatives:
            others = self.say("、", ", ").join(ACTIONS[one].in_(self.lang) for one in step.alternatives)
            yield f"      {self.say(f'或者：{others}', f'or: {others}')}"

    def values(self, values: Sequence[str]) -> str:
        more = " …" if len(values) > _VALUES else ""
        return one_line(self.say("、", ", ").join(values[:_VALUES]) + more)

    def addition(self, one: Addition) -> str:
        specs = " ".join(f"{spec.name or '?'}={spec.value}" for spec in one.specs) or "–"
        parts = [specs, self.say(f"拼单 {yuan(one.price_fen)}", f"group {yuan(one.price_fen)}")]
        if one.single_price_fen:
            parts.append(self.say(f"单买 {yuan(one.single_price_fen)}", f"single {yuan(one.single_price_fen)}"))
        if one.stock is not None:
            parts.append(self.say(f"库存 {one.stock}", f"stock {one.stock}"))
        if one.code:
            parts.append(self.say(f"编码 {one.code}", f"code {one.code}"))
        if one.picture:
            parts.append(self.say(f"图 {one.picture}", f"picture {one.picture}"))
        return one_line("  ".join(parts))

    def spec_ids(self, calls: Sequence[Request]) -> Iterator[str]:
        """Questions for ids of spec values, of which there may be many, in one line."""
        span = f"{calls[0].number:03d}" + (f"–{calls[-1].number:03d}" if len(calls) > 1 else "")
        values = self.values([str(call.body["spec_name"] or "?") for call in calls])
        yield f"    {span} {SPEC_ID}  {self.style.dim(values)}"
        if any(call.missing for call in calls):
            text = Text(f"从 {SPECS} 的答复里取", f"from the answer of {SPECS}").in_(self.lang)
            yield f"        {self.say('还缺', 'lacks')} parent_spec_id: {text}"

    def request(self, request: Request) -> Iterator[str]:
        yield f"    {request.number:03d} {request.type}  {self.style.dim(one_line(_about(request)))}"
        for text in request.missing:
            yield f"        {self.say('还缺', 'lacks')} {one_line(text.in_(self.lang))}"

    def listing(self, spot: Spot) -> str:
        if spot.listing is None:
            return ""
        ref = spot.listing
        title = self.say("「{}」", "“{}”").format(fitted(one_line(ref.title), _TITLE))
        return f"{one_line(ref.id)} {title} {one_line(ref.shop)}"

    def place(self, spot: Spot) -> str:
        return one_line(f"{spot.path}:{spot.line}:{spot.column}" if spot.path else "pddlint")


def conflicts(found: Sequence[Conflict], lang: Lang) -> list[str]:
    """The conflicts in a line each, alike ones together, those that block first."""
    lines: dict[str, list[str]] = {}
    for one in sorted(found, key=lambda c: not c.blocking):
        head = {True: Text("冲突", "conflict"), False: Text("留意", "note")}[one.blocking].in_(lang)
        lines.setdefault(f"{head} {one.kind}: {one_line(one.text.in_(lang))}", []).extend(one.skus)
    return [f"{line}{_skus(skus, lang)}" for line, skus in lines.items()]


def _skus(skus: Sequence[str], lang: Lang) -> str:
    named = list(dict.fromkeys(skus))
    if not named:
        return ""
    more = "…" if len(named) > 3 else ""
    return f"（SKU {'、'.join(named[:3])}{more}）" if lang == "zh" else f" (SKU {', '.join(named[:3])}{more})"


def _about(request: Request) -> str:
    body = request.body
    parts = [f"{name}={body[name]}" for name in ("goods_id", "cat_id", "is_onsale") if body.get(name) is not None]
    rows = body.get("sku_list") or body.get("sku_price_list") or ()
    return " ".join([*parts, *([f"{len(rows)} SKU"] if rows else [])])


def totals(plan: Plan) -> str:
    """The closing line: how many steps there are, and whose they are."""
    steps = [step for step in plan.steps if step.action != "advise"]
    counts = [
        (sum(step.certainty == name for step in steps), word)
        for name, word in (
            ("certain", Text("{} 步可自动改（--apply）", "{} for --apply")),
            ("likely", Text("{} 步请人定夺", "{} yours to decide")),
            ("open", Text("{} 步有冲突要先解决", "{} with conflicts to settle first")),
        )
    ]
    counts.append((len(plan.steps) - len(steps), Text("{} 个要人处理", "{} to be seen to")))
    parts = [word.in_(plan.lang).format(count) for count, word in counts if count]
    if not parts:
        return "没有要做的" if plan.lang == "zh" else "nothing to do"
    return ("，" if plan.lang == "zh" else ", ").join(parts)
