"""Where the time of a run goes, stage by stage: wall clock and CPU of this thread, and CPU of its workers.

A stage inside another counts for itself alone, so the stages add up to the whole. Off (the default), entering a stage
costs the test of one global.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import TracebackType

import msgspec

STAGES = {
    "start": ("启动与加载规则", "start-up, loading rules"),
    "discover": ("查找文件", "discovering files"),
    "find": ("读文件、找记录", "reading files, finding records"),
    "convert": ("解码与转换", "decoding and converting"),
    "pictures": ("图片", "pictures"),
    "fingerprints": ("指纹", "fingerprints"),
    "blocking": ("候选配对", "blocking: candidate pairs"),
    "comparison": ("逐对比较与打分", "comparing and scoring pairs"),
    "verification": ("图片局部特征比对", "verifying pictures"),
    "clustering": ("归组", "clustering"),
    "matching": ("商户内比较的其余部分", "comparing listings, the rest"),
    "cache": ("缓存", "cache"),
    "waiting": ("等待工作进程", "waiting for workers"),
    "settle": ("定位与措辞", "positions and wording"),
    "report": ("报告", "reports"),
    "other": ("其他", "other"),
}


class Spent(msgspec.Struct, array_like=True):
    """What a stage took: entries, seconds by the wall clock, seconds of CPU."""

    count: int = 0
    wall: float = 0.0
    cpu: float = 0.0

    def add(self, other: Spent) -> None:
        self.count += other.count
        self.wall += other.wall
        self.cpu += other.cpu


class Profile:
    """Times by stage. `worked` are those of other processes and threads, whose wall clocks run beside this one's."""

    def __init__(self) -> None:
        self.spent: dict[str, Spent] = {}
        self.worked: dict[str, Spent] = {}
        self._stack = ["other"]
        self._cpu = 0.0  # the process's start counts
        self._wall = time.perf_counter() - time.thread_time()
        self.enter("start")
        self.leave()

    def switch(self, count: int = 0) -> None:
        """Credit the time since the last switch to the stage that was on."""
        wall, cpu = time.perf_counter(), time.thread_time()
        self.spent.setdefault(self._stack[-1], Spent()).add(Spent(count, wall - self._wall, cpu - self._cpu))
        self._wall, self._cpu = wall, cpu

    def enter(self, stage: str) -> None:
        """The time from here on counts for `stage`."""
        if self._cpu:
            self.switch()
        self._stack.append(stage)

    def leave(self) -> None:
        """The time from here on counts for the stage before."""
        self.switch(1)
        self._stack.pop()

    def taken(self) -> dict[str, Spent]:
        """The times so far, which start again from nothing: what a worker sends home."""
        self.switch()
        spent, self.spent = self.spent, {}
        return spent

    def merge(self, spent: dict[str, Spent]) -> None:
        """Add what a worker sent home."""
        for name, one in spent.items():
            self.worked.setdefault(name, Spent()).add(one)


profile: Profile | None = None


def begin() -> Profile:
    """Measure from now on, in this process."""
    global profile
    profile = Profile()
    return profile


def end() -> None:
    """Measure no more."""
    global profile
    profile = None


def beside(stage: str, cpu: float) -> None:
    """Credit CPU seconds of another thread to a stage."""
    if profile is not None:
        profile.merge({stage: Spent(0, 0.0, cpu)})


def measuring() -> bool:
    """Whether this process measures."""
    return profile is not None


class stage:
    """`with stage("convert"): ...` names what the time inside is spent on."""

    __slots__ = ("_name", "_on")

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        self._on = profile
        if self._on is not None:
            self._on.enter(self._name)

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._on is not None:
            self._on.leave()


def lines(measured: Profile, lang: str) -> Iterator[str]:
    """The table: stage, CPU, share of it, wall clock, count."""
    measured.switch()
    names = {*measured.spent, *measured.worked}
    rules = sorted(name for name in names if name.startswith("rules "))
    ordered = [*list(STAGES)[:5], *rules, *list(STAGES)[5:]]
    total = sum(one.cpu for part in (measured.spent, measured.worked) for one in part.values()) or 1.0
    zh = lang == "zh"
    heads = ("用时", "次数", "阶段") if zh else ("wall", "count", "stage")
    yield f"{'CPU':>9} {'':>6} {heads[0]:>8} {heads[1]:>9}  {heads[2]}"
    for name in ordered:
        here, there = measured.spent.get(name, Spent()), measured.worked.get(name, Spent())
        cpu = here.cpu + there.cpu
        if not (here.count or there.count or cpu > 0.0005):
            continue
        family = name.removeprefix("rules ")
        title = STAGES[name][not zh] if name in STAGES else (f"规则 {family}" if zh else f"rules {family}")
        wall = f"{here.wall:7.2f}s"
        yield f"{cpu:8.2f}s {cpu / total:6.1%} {wall} {here.count + there.count or '':>9}  {title}"
    wall_total = sum(one.wall for one in measured.spent.values())
    workers = sum(one.cpu for one in measured.worked.values())
    beside = (f"（其中工作进程 {workers:.2f}s）" if zh else f" ({workers:.2f}s in workers)") if workers else ""
    yield f"{total:8.2f}s {1:6.1%} {wall_total:7.2f}s {'':>9}  {'合计' if zh else 'total'}{beside}"
