"""Pictures decoded beside this process by copies of it.

A twin is this process, forked: it has everything loaded already, and unlike a thread it never waits for the
interpreter, for which decoding threads pay a sixth of their time. It gets files by memory that it shares with this
process and answers with prints, one for each file, in their order. Nothing depends on it: what was sent to a twin that
died, or keeps silent, is taken back.
"""

from __future__ import annotations

import gc
import mmap
import os
import select
import signal
import struct
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NoReturn

import msgspec

from pddlint.images.decode import RawPicture
from pddlint.images.prints import PicturePrint, PictureProblem
from pddlint.signals import undisturbed

AHEAD = 32  # files that may be with a twin
LARGEST = 4 << 20  # bytes of a file that can be sent: the memory shared with a twin

_GROUP = 16  # files that it works at in one go
_PATIENCE = 30.0  # seconds: a picture takes a few at most
_ASKED = struct.Struct("<II16s")  # where in the memory, how many bytes, digest
_LENGTH = struct.Struct("<I")  # of an answer

Found = PicturePrint | PictureProblem | None  # None: it could not be worked out
Work = Callable[[Sequence[RawPicture]], Sequence[Found]]


class Answer(msgspec.Struct, array_like=True):
    """What a twin made of a file, and the seconds of CPU it took."""

    found: Found
    cpu: float


def possible() -> bool:
    """Whether this process may be forked: on Linux, and with a single thread, those of libraries counted."""
    if sys.platform != "linux":
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - Path would name each by an object
    except OSError:
        return False


class Twin:
    """A forked copy of this process, which does `work` on files that it is sent. OSError where there can be none."""

    def __init__(self, work: Work) -> None:
        self._memory = mmap.mmap(-1, LARGEST)
        self._sent: deque[tuple[bytes, int, int]] = deque()  # mark, and where its file begins and ends in the memory
        self._heard = bytearray()  # answers, the last one perhaps in part
        pipes = list(os.pipe())
        try:
            pipes += os.pipe()
            asked, self._ask, self._answers, answering = pipes
            with undisturbed():
                self._process = os.fork()
                if not self._process:
                    _live(asked, answering, self._memory, work, (self._ask, self._answers))
        except OSError:
            for end in pipes:
                os.close(end)
            raise
        os.close(asked)
        os.close(answering)
        os.set_blocking(self._answers, False)
        self._poll = select.poll()
        self._poll.register(self._answers, select.POLLIN)

    def __contains__(self, mark: bytes) -> bool:
        return any(mark == sent for sent, *_ in self._sent)

    @property
    def eager(self) -> bool:
        """Whether it will soon have nothing to do."""
        return len(self._sent) <= AHEAD // 2

    def send(self, mark: bytes, raw: RawPicture) -> bool:
        """Have a file looked at; False where it has to wait. OSError when the twin is gone."""
        start = self._room(len(raw.data))
        if start is None:
            return False
        end = start + len(raw.data)
        self._memory[start:end] = raw.data
        os.write(self._ask, _ASKED.pack(start, len(raw.data), raw.digest))
        self._sent.append((mark, start, end))
        return True

    def _room(self, size: int) -> int | None:
        """Where `size` bytes may be written: the memory is used round and round, the files in it lie in order."""
        if not self._sent:
            return 0 if size <= LARGEST else None
        if len(self._sent) >= AHEAD:
            return None
        first, last = self._sent[0][1], self._sent[-1][2]
        if last <= first:  # round already
            return last if last + size <= first else None
        return last if last + size <= LARGEST else 0 if size <= first else None

    def answers(self, wait: bool) -> Iterator[tuple[bytes, Answer]]:
        """What has come since, by mark; at least one if it is waited for. OSError when the twin is gone or silent."""
        if wait and not self._poll.poll(_PATIENCE * 1000):
            raise TimeoutError
        with suppress(BlockingIOError):  # nothing more so far
            while heard := os.read(self._answers, 1 << 16):
                self._heard += heard
            raise BrokenPipeError
        while len(self._heard) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(self._heard)[0]
            if len(self._heard) < end:
                break
            answer = msgspec.msgpack.decode(bytes(self._heard[_LENGTH.size : end]), type=Answer)
            del self._heard[:end]
            yield self._sent.popleft()[0], answer

    def end(self) -> list[bytes]:
        """Let it go; the marks of what it did not answer."""
        os.close(self._ask)
        os.close(self._answers)
        with suppress(OSError):
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
        self._memory.close()
        return [mark for mark, *_ in self._sent]


def _live(asked: int, answering: int, memory: mmap.mmap, work: Work, others: Sequence[int]) -> NoReturn:
    """What a twin does: answer until nobody asks. It leaves without a trace of the process that it was."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the other's to handle
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        gc.disable()
        for other in others:
            os.close(other)
        while wanted := os.read(asked, _GROUP * _ASKED.size):
            _answer(wanted, answering, memory, work)
    finally:
        os._exit(0)


def _answer(wanted: bytes, answering: int, memory: mmap.mmap, work: Work) -> None:
    before = time.thread_time()
    found = work([RawPicture(memory[at : at + size], digest) for at, size, digest in _ASKED.iter_unpack(wanted)])
    cpu = (time.thread_time() - before) / len(found)
    said = bytearray()
    for one in found:
        answer = msgspec.msgpack.encode(Answer(one, cpu))
        said += _LENGTH.pack(len(answer)) + answer
    while said:
        del said[: os.write(answering, said)]
