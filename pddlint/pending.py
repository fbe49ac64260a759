"""Work handed to a thread that the asker never depends on."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from pddlint import profile

T = TypeVar("T")

_PATIENCE = 30.0  # seconds: a picture takes a few at most, but a thread that memory failed never answers


class Pending(Generic[T]):
    """Work that a thread will do by `run`, or whoever asks for its `result` first. It may be done twice.

    Bare locks on purpose: a thread that memory fails dies anywhere, and those inside a `Future` would stay locked.
    """

    def __init__(self, work: Callable[[], T], stage: str) -> None:
        """`stage` is what the thread's time counts for in a profile."""
        self._work, self._stage = work, stage
        self._begun, self._ended = Lock(), Lock()
        self._ended.acquire()
        self._done: tuple[T, float] | None = None  # the result, and seconds of CPU

    def run(self) -> None:
        """In a thread: do the work unless somebody did."""
        if self._begun.acquire(blocking=False):
            try:
                before = time.thread_time()
                result = self._work()
                self._done = result, time.thread_time() - before
            finally:
                self._ended.release()

    def result(self) -> T:
        """What the thread came to. Worked out here, errors included, if none has begun, failed or never answers."""
        if not self._begun.acquire(blocking=False) and self._ended.acquire(timeout=_PATIENCE) and self._done:
            profile.beside(self._stage, self._done[1])
            return self._done[0]
        return self._work()
