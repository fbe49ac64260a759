"""One run, from files to findings: a street walked once, in one direction.

    files → listings → per-listing rules and fingerprints → matching per merchant → per-merchant rules → findings

Memory grows with fingerprints, not with listings: a listing is let go once it has been judged.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from pddlint import pictures
from pddlint.cache.run import remembering
from pddlint.catalog import read as reader
from pddlint.catalog import troubles
from pddlint.catalog.ahead import Ahead, Begin, End
from pddlint.catalog.discover import Source, discover, shown
from pddlint.catalog.formats import broken_formats
from pddlint.catalog.model import InlineSuppression, Origin
from pddlint.catalog.read import Once, ReadOptions, Shop, plan
from pddlint.checkers import registry as rules
from pddlint.checkers.base import Text
from pddlint.checkers.registry import Registry
from pddlint.errors import UsageError
from pddlint.findings import Finding, ListingRef, Place
from pddlint.judging import Failure, Judge, Judged, Packed
from pddlint.pool import Workers
from pddlint.profile import measuring, stage
from pddlint.seen import Seen
from pddlint.selectors import refuse_unknown, selected
from pddlint.settings import Settings
from pddlint.worker import Setup

if TYPE_CHECKING:
    from pddlint.matching.fingerprint import Fingerprint

Progress = Callable[[str, int], None]  # (stage, how many done)


class Counts(msgspec.Struct):
    """What a run has seen: `read` is the reader's count, `paths` the files that gave listings or findings."""

    read: reader.Counts = msgspec.field(default_factory=reader.Counts)
    paths: set[str] = msgspec.field(default_factory=set)
    listings: int = 0
    skus: int = 0
    images: int = 0


class Inline(msgspec.Struct, frozen=True):
    """The suppressions written in a listing."""

    listing: ListingRef
    entries: tuple[InlineSuppression, ...]


class Result(msgspec.Struct, frozen=True):
    """What a run found, before anything is suppressed, worded or given a line number."""

    findings: tuple[Finding, ...]
    registry: Registry
    active: frozenset[str]  # codes of the rules that ran
    counts: Counts
    seconds: float
    suppressions: dict[Origin, Inline]  # of the listings that have any
    ids: frozenset[str]  # listings read whose id the configuration mentions
    partial: bool  # single files were named: other listings of the merchant may exist
    roots: tuple[Path, ...] = ()  # what was asked to be linted, absolute
    cache_trouble: str = ""  # why the cache was not used, where one was wanted


def run(
    settings: Settings, paths: Sequence[Path] = (), progress: Progress | None = None, per_listing: bool = False
) -> Result:
    """Lint what `paths` name (default: the configured catalog, else the current folder).

    `per_listing` leaves out the rules that compare listings, for runs that see only part of a catalog.
    """
    started = time.perf_counter()
    with stage("start"):
        registry, active = load_rules(settings)
    if per_listing:
        active -= comparing(registry)
    judge = Judge(registry, active, settings)
    street = Street(judge, mentioned_ids(settings), progress)
    roots, options = targets(settings, paths), read_options(settings)
    with remembering(settings) as memory:
        pictures.begin(memory.store)
        with stage("discover"):
            prepared = plan(roots, options)
        with stage("cache"):
            version = memory.version(judge, options)
        setup = Setup(options, prepared.sidecars, memory.folder, version, measuring())
        for finding in (
            *prepared.refusals,
            *(troubles.broken_format(one.name, one.reason) for one in broken_formats()),
        ):
            street.take(finding)
        with Workers(judge, settings.jobs, setup, memory.store, memory.matches(version)) as workers:
            street.walk(workers, Ahead(prepared, options))
            street.match(workers)
    return finish(street, registry, active, roots, started, memory.trouble)


def finish(
    street: Street,
    registry: Registry,
    active: frozenset[str],
    roots: Sequence[Path],
    started: float,
    cache_trouble: str = "",
) -> Result:
    """The result of a walked street. `started` is by `time.perf_counter`."""
    findings = [*street.findings, *plugin_findings(registry, street.failures)]
    return Result(
        tuple(sorted(findings, key=order)),
        registry,
        active,
        street.counts,
        time.perf_counter() - started,
        street.suppressions,
        frozenset(street.ids),
        partial=any(root.is_file() for root in roots),
        roots=tuple(roots),
        cache_trouble=cache_trouble,
    )


def comparing(registry: Registry) -> frozenset[str]:
    """Codes of the rules that compare listings."""
    return frozenset(checker.rule.code for checker in registry.checkers if checker.scope == "merchant")


def load_rules(settings: Settings) -> tuple[Registry, frozenset[str]]:
    """All rules, and the codes of those that run. UsageError where the settings name what does not exist."""
    registry = rules.load()
    rules.require(registry, settings.require_plugins)
    cards = list(registry.rules.values())
    for where, selectors in (
        ("select", settings.select),
        ("extend-select", settings.extend_select),
        ("ignore", settings.ignore),
        ("severity", tuple(settings.severity)),
        *(("per-file-ignores", codes) for codes in settings.per_file_ignores.values()),
        *(("suppress", entry.rule) for entry in settings.suppress),
        ("rules", tuple(settings.rules)),
    ):
        if not (registry.problems and where in ("suppress", "rules", "severity")):
            refuse_unknown(selectors, cards, where)
    mistakes = [
        Text(f"rules.{code}.{name}：{text.zh}", f"rules.{code}.{name}: {text.en}")
        for code, given in settings.rules.items()
        if code in registry.rules
        for name, text in rules.check_options(registry.rules[code], given)
    ]
    if mistakes:
        raise UsageError(*mistakes)
    return registry, selected(cards, settings.select, settings.extend_select, settings.ignore)


def targets(settings: Settings, paths: Sequence[Path]) -> list[Path]:
    """What to lint, absolute: the paths given, else the configured catalog roots, else the current folder."""
    here = Path.cwd()
    return [here / path for path in paths] or [settings.base / root for root in settings.catalog.roots] or [here]


def read_options(settings: Settings) -> ReadOptions:
    """The reader's options. Files are named from the configuration's folder, where its patterns start too."""
    return ReadOptions(
        base=str(settings.base),
        exclude=settings.catalog.exclude,
        include_offline=settings.catalog.include_offline,
        merchant=settings.catalog.merchant,
        shops=tuple(Shop(shop.id, shop.merchant, shop.path) for shop in settings.shops),
        image_roots=tuple(str(settings.base / root) for root in settings.images.roots),
    )


def files(settings: Settings, paths: Sequence[Path]) -> list[str]:
    """The files a run would read, as reports name them."""
    found = discover(targets(settings, paths), settings.base, settings.catalog.exclude)
    return [shown(source.path, Path.cwd()) for source in found if isinstance(source, Source)]


def no_input(result: Result, settings: Settings, paths: Sequence[Path]) -> Text | None:
    """What to say when there was nothing to lint: no file at all, or folders without a single listing."""
    where = ", ".join(shown(path, Path.cwd()) for path in targets(settings, paths))
    if not result.counts.read.files and not result.findings:
        return Text(f"{where} 里没有可以读的文件", f"there is nothing to read in {where}")
    if result.counts.read.files and not result.counts.listings and not result.partial:
        return Text(f"{where} 里没有找到商品", f"no listings were found in {where}")
    return None


class Street:
    """Gathers what comes out of the map step, then compares listings merchant by merchant."""

    def __init__(self, judge: Judge, mentioned: frozenset[str], progress: Progress | None) -> None:
        self.judge = judge
        self.mentioned = mentioned
        self.progress = progress or (lambda stage, done: None)
        self.findings: list[Finding] = []
        self.failures: list[Failure] = []
        self.counts = Counts()
        self.suppressions: dict[Origin, Inline] = {}
        self.ids: set[str] = set()
        self.merchants: dict[str, list[Fingerprint | Packed]] = {}

    def walk(self, workers: Workers, ahead: Ahead) -> None:
        """Take everything that the files hold, each listing once."""
        once, notes = Once(), troubles.Notes("")
        for item in workers.look(ahead, once.knows):
            if isinstance(item, Seen):
                self._see(item, once, notes)
            elif isinstance(item, Finding):
                self.take(item)
            elif isinstance(item, Begin):
                self.counts.read.files += 1
                notes = troubles.Notes(item.shown)
            elif isinstance(item, End):
                for finding in notes.findings():
                    self.take(finding)

    def _see(self, seen: Seen, once: Once, notes: troubles.Notes) -> None:
        entry, listing = seen.entry, seen.entry.listing
        reader.note(entry, self.counts.read, notes, seen.skus)
        if listing is not None:
            for record in once.admit(listing, self.counts.read, seen.known, seen.skus):
                if isinstance(record, Finding):
                    self.take(record)
                elif seen.judged is not None:
                    self.take(seen.judged, seen.fingerprint)
        for aside in entry.asides:
            self.take(aside)

    def take(self, judged: Judged | Finding, packed: Packed | Fingerprint | None = None) -> None:
        """Take a finding or a judged listing; `packed` is its fingerprint where `judged` has none."""
        if isinstance(judged, Finding):
            self.counts.paths.add(judged.place.origin.path)
            if judged.code in self.judge.known:
                self.findings.append(judged)
            else:
                self.failures.append(
                    Failure(judged.code, "pddlint", "LookupError: there is no such rule", judged.place)
                )
            return
        self.findings += judged.findings
        self.failures += judged.failures
        self.counts.paths.add(judged.origin.path)
        self.counts.listings += 1
        self.counts.skus += judged.skus
        self.counts.images += judged.images
        if judged.suppressions:
            self.suppressions[judged.origin] = Inline(judged.listing, judged.suppressions)
        if judged.listing.id in self.mentioned:
            self.ids.add(judged.listing.id)
        fingerprint = packed or judged.fingerprint
        if fingerprint is not None:
            self.merchants.setdefault(judged.listing.merchant, []).append(fingerprint)
        self.progress("listings", self.counts.listings)

    def match(self, workers: Workers) -> None:
        """Compare listings, merchant by merchant. Fingerprints are let go as they are handed over."""
        for done, matched in enumerate(workers.match(self.merchants), 1):
            self.findings += matched.findings
            self.failures += matched.failures
            self.progress("merchants", done)


def mentioned_ids(settings: Settings) -> frozenset[str]:
    return frozenset(i for entry in settings.suppress for i in entry.goods_id)


def order(finding: Finding) -> tuple[Any, ...]:
    """Where a finding stands among all: by file, record and place in it, then by rule."""
    origin = finding.place.origin
    return (
        origin.path,
        origin.document,
        origin.start,
        origin.pointer,
        finding.place.pointer,
        finding.code,
        finding.skus,
    )


def plugin_findings(registry: Registry, failures: Sequence[Failure]) -> Iterator[Finding]:
    """What went wrong inside rules: a finding for each that did not load, and for each kind of error in checking."""
    nowhere = Place("primary", Origin(""))
    for problem in registry.problems:
        arguments = {"stage_zh": "没有加载成功", "stage_en": "could not be loaded", "error": problem.error}
        yield Finding("PLUG001", nowhere, arguments={"rule": problem.module, "source": problem.source, **arguments})
    grouped: dict[tuple[str, str], list[Failure]] = {}
    for failure in failures:
        grouped.setdefault((failure.code, failure.error.split(":", 1)[0]), []).append(failure)
    for (code, _), group in sorted(grouped.items()):
        first = min(group, key=lambda f: (f.place.origin.path, f.place.origin.document, f.place.origin.start))
        times = len(group)
        yield Finding(
            "PLUG001",
            first.place,
            arguments={
                "rule": code,
                "source": first.source,
                "stage_zh": f"检查时出错 {times} 次" if times > 1 else "检查时出错",
                "stage_en": f"raised {times} times while checking" if times > 1 else "raised while checking",
                "error": first.error,
            },
            evidence={"times": times},
        )
