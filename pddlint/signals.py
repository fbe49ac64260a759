"""Signals that end a run, held back where they would leave something half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ENDING = (signal.SIGINT, signal.SIGTERM)


class Terminated(SystemExit):
    """SIGTERM came. Who catches SystemExit from foreign code lets this pass."""


def terminate(number: int, frame: object) -> None:
    """End as Ctrl-C does: no process and no temporary folder stays behind."""
    raise Terminated(128 + number)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C and SIGTERM wait until the block is left, and are raised then."""
    if threading.current_thread() is not threading.main_thread():  # no signal is handled here
        yield
        return
    met: list[int] = []
    handlers = {one: signal.signal(one, lambda number, frame: met.append(number)) for one in _ENDING}
    try:
        yield
    finally:
        for one, handler in handlers.items():
            signal.signal(one, signal.SIG_DFL if handler is None else handler)  # None: not set by Python
        if met:
            signal.raise_signal(met[0])
