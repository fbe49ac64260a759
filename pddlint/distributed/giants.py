"""A merchant too large for one task: its listings are spread over many, compared block with block, and its pairs united
again (`pddlint.matching.split`); the result is that of comparing it in one piece.

    parts (by listing) → order → blocks (by order) → counts and blocking keys → pairs → tiles → scores → clusters →
    groups → rules

The driver holds each listing's sort key and blocking keys and each pair's score, never the fingerprints.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import msgspec

from pddlint.distributed import work
from pddlint.distributed.dataflow import Flow, Row, Table
from pddlint.distributed.wire import Job, Outcome, pack, unpack
from pddlint.judging import Judge
from pddlint.matching import scoring, split
from pddlint.matching.blocking import Pairs
from pddlint.matching.fingerprint import Fingerprint
from pddlint.matching.outcome import Group, MerchantMatches, order_key

LARGE = 50_000  # listings from which a merchant is spread: some 250 MB of fingerprints
BLOCK = 10_000  # listings of a block
_SHARE = 2_000  # listings of a task that explains clusters

Key = tuple[str, str, str, int]  # as `order_key`


class Sifted(msgspec.Struct, array_like=True):
    """Fingerprints of a part, and the numbers they are given later."""

    prints: list[Fingerprint]


class Numbered(msgspec.Struct, array_like=True):
    """Listings by their place in the merchant's order."""

    prints: dict[int, Fingerprint]


class Needs(msgspec.Struct, array_like=True):
    """Which listings of a block each task wants."""

    wanted: dict[str, list[int]]


class Message(msgspec.Struct, array_like=True):
    """What comes together under one key; most fields are empty."""

    numbered: Numbered | None = None
    sifted: Sifted | None = None
    numbers: list[int] = []
    needs: Needs | None = None
    clusters: list[split.Cluster] = []
    pairs: bytes = b""


def sift(job: bytes, key: str, part: str, rows: Sequence[bytes]) -> list[Row]:
    """A part's listings, each once: what they come to alone, their sort keys, and their fingerprints."""
    outcome, prints = work.alone(job, rows)
    keys = [order_key(one) for one in prints]
    return [
        ("outcome", part, pack(outcome)),
        ("keys", part, pack(keys)),
        (f"part{part}", part, pack(Message(sifted=Sifted(prints)))),
    ]


def to_blocks(borders: Sequence[int], key: str, part: str, rows: Sequence[bytes]) -> list[Row]:
    """A part's fingerprints, sent to the blocks that their numbers fall in."""
    messages = [unpack(row, Message) for row in rows]
    prints = next((m.sifted.prints for m in messages if m.sifted is not None), [])
    numbers = next((m.numbers for m in messages if m.sifted is None), [])
    blocks: dict[int, dict[int, Fingerprint]] = defaultdict(dict)
    for number, one in zip(numbers, prints, strict=True):
        blocks[bisect_right(borders, number) - 1][number] = one
    return [(f"block{block}", "", _chunk(some)) for block, some in sorted(blocks.items())]


def to_counts(key: str, part: str, rows: Sequence[bytes]) -> list[Row]:
    """A block in order: its statistics, its blocking keys, and itself."""
    prints = _together(unpack(row, Message) for row in rows)
    ordered = [prints[number] for number in sorted(prints)]
    block = key.removeprefix("block")
    return [
        ("statistics", block, pack(split.Statistics.fit(ordered))),
        ("rows", block, pack(split.Rows.of(ordered))),
        (key, "", _chunk(prints)),
    ]


def to_tasks(key: str, part: str, rows: Sequence[bytes]) -> list[Row]:
    """A block's fingerprints, sent to the tasks that want them."""
    messages = [unpack(row, Message) for row in rows]
    prints = _together(messages)
    wanted = {task: numbers for m in messages if m.needs is not None for task, numbers in m.needs.wanted.items()}
    return [(task, "", _chunk({number: prints[number] for number in numbers})) for task, numbers in wanted.items()]


def to_scores(statistics: bytes, key: str, part: str, rows: Sequence[bytes]) -> list[Row]:
    """The scores of a tile's pairs."""
    messages = [unpack(row, Message) for row in rows]
    pairs = unpack(next(m.pairs for m in messages if m.pairs), Pairs)
    scored = split.score(pairs, _together(messages), unpack(statistics, split.Statistics))
    return [("scored", "", pack(scored))]


def to_groups(statistics: bytes, key: str, part: str, rows: Sequence[bytes]) -> list[Row]:
    """The groups that a share of the clusters makes, in their order."""
    messages = [unpack(row, Message) for row in rows]
    clusters = next(m.clusters for m in messages if m.clusters)
    groups = split.explain(clusters, _together(messages), unpack(statistics, split.Statistics))
    return [("groups", key, pack(groups))]


def _chunk(prints: dict[int, Fingerprint]) -> bytes:
    return pack(Message(numbered=Numbered(prints)))


def _together(messages: Iterable[Message]) -> dict[int, Fingerprint]:
    return {number: one for m in messages if m.numbered is not None for number, one in m.numbered.prints.items()}


def compare(flow: Flow, job: Job, judge: Judge, rows: Table) -> Iterator[Outcome]:
    """What a merchant's rows come to, in parts; the last holds what comparing its listings brought up."""
    blob = pack(job)
    sifted = flow.held(flow.reduced([rows], partial(sift, blob), by_part=True))
    keys: dict[str, list[Key]] = {}
    for kind, part, data in flow.stream(flow.only(sifted, ["outcome", "keys"])):
        if kind == "keys":
            keys[part] = unpack(data, list[Key])
        else:
            yield (outcome := unpack(data, Outcome))
    name = outcome.merchant
    listings = sum(map(len, keys.values()))
    borders = [*range(0, listings, BLOCK)] if listings else [0]
    numbers = flow.table([(f"part{part}", "", pack(Message(numbers=some))) for part, some in _numbers(keys)])
    prints = flow.only(sifted, ["outcome", "keys"], without=True)
    blocks = flow.reduced([prints, numbers], partial(to_blocks, borders), light=True)
    counted = flow.held(flow.reduced([blocks], to_counts))
    matches = _matched(flow, counted, name, listings, borders)
    found = judge.explain(matches)
    yield Outcome(merchant=name, findings=found.findings, failures=found.failures)


def _numbers(keys: dict[str, list[Key]]) -> Iterator[tuple[str, list[int]]]:
    """The numbers of each part's listings in the order of the whole merchant."""
    order = sorted((key, part, at) for part, some in keys.items() for at, key in enumerate(some))
    numbers = {part: [0] * len(some) for part, some in keys.items()}
    for number, (_, part, at) in enumerate(order):
        numbers[part][at] = number
    yield from numbers.items()


def _matched(flow: Flow, counted: Table, name: str, listings: int, borders: Sequence[int]) -> MerchantMatches:
    parts: dict[str, dict[int, bytes]] = {"statistics": {}, "rows": {}}
    for kind, block, data in flow.stream(flow.only(counted, parts)):
        parts[kind][int(block)] = data
    statistics = split.Statistics.merge([unpack(data, split.Statistics) for data in parts["statistics"].values()])
    keys = split.Rows.join([unpack(data, split.Rows) for _, data in sorted(parts["rows"].items())])
    portions = len(borders)
    pairs = split.union([split.share(keys, part=part, parts=portions) for part in range(portions)], listings)
    blob = pack(statistics)
    fingerprints = flow.only(counted, list(parts), without=True)
    tiles = {f"tile{at}": tile for at, tile in enumerate(split.tiles(pairs, listings, portions))}
    wants = {key: list(tile.numbers()) for key, tile in tiles.items()}
    asked = [(key, "", pack(Message(pairs=pack(tile.pairs)))) for key, tile in tiles.items()]
    scored = [
        unpack(data, split.Scored)
        for _, _, data in _asked(flow, fingerprints, wants, asked, partial(to_scores, blob), borders)
    ]
    clusters = split.unite(scored, scoring.weights(), None)
    shares = {f"share{at:06d}": some for at, some in enumerate(_shares(clusters))}
    wants = {key: [number for cluster in some for number in cluster.members] for key, some in shares.items()}
    asked = [(key, "", pack(Message(clusters=some))) for key, some in shares.items()]
    explained = _asked(flow, fingerprints, wants, asked, partial(to_groups, blob), borders)
    groups = {key: unpack(data, tuple[Group, ...]) for _, key, data in explained}
    every = tuple(group for _, some in sorted(groups.items()) for group in some)
    return MerchantMatches(name, every, len(pairs), sum(len(one.looked) for one in scored))


def _asked(
    flow: Flow,
    fingerprints: Table,
    wants: dict[str, list[int]],
    asked: list[Row],
    work: Callable[[str, str, Sequence[bytes]], list[Row]],
    borders: Sequence[int],
) -> Iterator[Row]:
    """What `work` makes of each task, given the fingerprints it wants from all blocks."""
    if not wants:
        return
    needs: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for task, numbers in wants.items():
        for number in numbers:
            needs[bisect_right(borders, number) - 1][task].append(number)
    table = flow.table([(f"block{b}", "", pack(Message(needs=Needs(some)))) for b, some in needs.items()])
    sent = flow.reduced([fingerprints, table], to_tasks, light=True)
    yield from flow.stream(flow.reduced([sent, flow.table(asked)], work))


def _shares(clusters: Sequence[split.Cluster]) -> Iterator[list[split.Cluster]]:
    share: list[split.Cluster] = []
    weight = 0
    for cluster in clusters:
        if share and weight + len(cluster.members) > _SHARE:
            yield share
            share, weight = [], 0
        share.append(cluster)
        weight += len(cluster.members)
    if share:
        yield share
