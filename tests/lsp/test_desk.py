"""The thread that lints, and what it does between."""

from __future__ import annotations

import asyncio
import threading

import pytest

from pddlint.lsp.desk import Desk


def test_what_cannot_wait_is_done_within_long_work_and_by_the_same_thread() -> None:
    desk, began, order = Desk(), threading.Event(), []

    def long() -> int:
        began.set()
        while "short" not in order:
            desk.attend()
        order.append("long")
        return threading.get_ident()

    def short() -> int:
        order.append("short")
        return threading.get_ident()

    async def both() -> tuple[int, int]:
        slow = desk.later(long)
        await asyncio.to_thread(began.wait)
        return await desk.soon(short), await slow

    threads = asyncio.run(asyncio.wait_for(both(), 30))
    assert order == ["short", "long"] and len(set(threads)) == 1
    desk.close()


def test_an_idle_desk_takes_what_cannot_wait_at_once_errors_too() -> None:
    desk = Desk()

    def fail() -> None:
        raise KeyError("x")

    async def ask() -> int:
        with pytest.raises(KeyError):
            await desk.soon(fail)
        return await desk.soon(lambda: 3)

    assert asyncio.run(asyncio.wait_for(ask(), 30)) == 3
    desk.close()
