"""The one thread that lints, for what linting remembers of files and pictures is not to be shared among several.

A run over a whole catalog takes long; what was typed meanwhile is linted between two of its listings.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")


class Desk:
    """Work is handed in from the event loop; `attend` is called by long work, in the thread itself."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "linting")
        self._urgent: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()

    def later(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Do this in its turn."""
        return asyncio.wrap_future(self._thread.submit(work))

    def soon(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Do this as soon as the thread is free, or the work under way attends to it."""
        future: Future[T] = Future()
        self._urgent.put((future, work))
        self._thread.submit(self.attend)
        return asyncio.wrap_future(future)

    def attend(self) -> None:
        """Do what cannot wait."""
        while True:
            try:
                future, work = self._urgent.get_nowait()
            except Empty:
                return
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work())
                except BaseException as error:
                    future.set_exception(error)

    def close(self) -> None:
        """Begin nothing more."""
        self._thread.shutdown(wait=False, cancel_futures=True)
