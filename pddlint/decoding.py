"""Pictures decoded before they are asked for, and their prints made in groups.

One reading after the other, then one decoding after the other, and then one print after the other keep the processor's
caches warm: a tenth of the whole. Others may help: twins of this process, or, where it cannot be forked, threads, which
can do the decoding since decoders leave the interpreter to others meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice

from pddlint import profile, twins
from pddlint.images.decode import Decoded, PictureProblem, RawPicture, decode
from pddlint.images.hashes import PicturePrint, print_of
from pddlint.pending import Pending
from pddlint.signals import undisturbed
from pddlint.twins import AHEAD, LARGEST, Found, Twin

_GROUP = 16  # prints made in one go
_WAITING = 256  # pictures that may wait while others help
_WAITING_BYTES = 64 << 20  # of files that wait to be decoded, or were since
_SMALL = 1 << 20  # bytes of samples that may wait; what is decoded to more gets its print at once
_TWINS = 7  # at most: this process has to read for all of them
_WORTH_TWINS = 48  # pictures waiting; fewer are done before a twin is there
_OFTEN = 8  # pictures waiting more, upon which twins are asked what they have done

_Decoded = Decoded | PicturePrint | PictureProblem
Prints = Iterator[tuple[bytes, PicturePrint | PictureProblem]]


class Decoder:
    """Pictures on their way to their prints, each under a mark that stands for its content.

    `threads` decode beside the caller; with 0 a group is decoded when it is taken. Memory is bounded as long as the
    caller takes a `group` whenever it is `full`.
    """

    def __init__(self, threads: int = 0) -> None:
        self._threads = None
        if threads:
            from concurrent.futures import ThreadPoolExecutor

            self._threads = ThreadPoolExecutor(threads, "pddlint-decode")
        self._most = _WAITING if threads else _GROUP
        self._waiting: dict[bytes, Pending[_Decoded]] = {}
        self._bytes: dict[bytes, int] = {}  # of the files

    def __contains__(self, mark: bytes) -> bool:
        return mark in self._waiting

    @property
    def full(self) -> bool:
        """Whether a group should be taken before more is added."""
        return len(self._waiting) > self._most or sum(self._bytes.values()) > _WAITING_BYTES

    def add(self, mark: bytes, raw: RawPicture) -> None:
        """Have a picture decoded."""
        self._waiting[mark] = pending = Pending(partial(_decoded, raw), "pictures")
        self._bytes[mark] = len(raw.data)
        if self._threads is not None:
            with suppress(RuntimeError), undisturbed():  # no thread can be started
                self._threads.submit(pending.run)

    def group(self) -> Prints:
        """Prints of some that were added, by mark; waits for their decoding. A picture whose decoding or print raises
        is left out: whoever asks for it meets the error."""
        marks = list(islice(self._waiting, _GROUP))
        decoded: list[_Decoded | None] = []
        for mark in marks:
            pending = self._waiting.pop(mark)
            del self._bytes[mark]
            try:
                decoded.append(pending.result())
            except Exception:
                decoded.append(None)
        return _known(zip(marks, map(_print, decoded), strict=True))

    def close(self) -> None:
        """Let the threads go."""
        self._waiting.clear()
        self._bytes.clear()
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)


class TwinnedDecoder:
    """As `Decoder`, with up to `number` twins, which are there once there is work for them.

    Twins get the oldest pictures as fast as they answer; the caller does a group itself instead of waiting for them,
    as long as there is one that none of them has begun.
    """

    def __init__(self, number: int) -> None:
        self._number = min(number, _TWINS)
        self._twins: list[Twin] | None = None  # not yet
        self._idle: dict[bytes, RawPicture] = {}  # nobody is at them
        self._sent: dict[bytes, RawPicture] = {}
        self._found: dict[bytes, Found] = {}
        self._bytes = 0  # of the files

    def __contains__(self, mark: bytes) -> bool:
        return mark in self._idle or mark in self._sent or mark in self._found

    @property
    def full(self) -> bool:
        """Whether a group should be taken before more is added."""
        return len(self._idle) + len(self._sent) + len(self._found) > _WAITING or self._bytes > _WAITING_BYTES

    def add(self, mark: bytes, raw: RawPicture) -> None:
        """Have a picture decoded."""
        self._idle[mark] = raw
        self._bytes += len(raw.data)
        if len(self._idle) % _OFTEN == 0:
            self._share()

    def group(self) -> Prints:
        """Prints of some that were added, by mark. A picture whose decoding or print raises is left out."""
        self._share()
        if not self._found:
            if not self._idle and self._sent:
                self._wait()
            marks = list(islice(self._idle, _GROUP))
            files = [self._idle.pop(mark) for mark in marks]
            for mark, raw, found in zip(marks, files, prints(files), strict=True):
                self._keep(mark, raw, found)
        done, self._found = self._found, {}
        return _known(done.items())

    def close(self) -> None:
        """Let the twins go."""
        for twin in self._twins or ():
            twin.end()
        self._twins = []
        self._idle, self._sent, self._found, self._bytes = {}, {}, {}, 0

    def _share(self) -> None:
        """Take what the twins have done, and give them more."""
        if self._twins is None and len(self._idle) >= _WORTH_TWINS:
            self._twins = []
            with suppress(OSError):
                while len(self._twins) < self._number:
                    self._twins.append(Twin(prints))
        for twin in list(self._twins or ()):
            try:
                self._take(twin, wait=False)
                if twin.eager:
                    self._give(twin)
            except OSError:
                self._lose(twin)

    def _wait(self) -> None:
        """Take at least one print from the twin that has the oldest picture, or lose the twin."""
        mark = next(iter(self._sent))
        for twin in list(self._twins or ()):
            if mark in twin:
                try:
                    self._take(twin, wait=True)
                except OSError:
                    self._lose(twin)

    def _take(self, twin: Twin, wait: bool) -> None:
        for mark, answer in twin.answers(wait):
            profile.beside("pictures", answer.cpu)
            self._keep(mark, self._sent.pop(mark), answer.found)

    def _give(self, twin: Twin) -> None:
        small = (mark for mark, raw in self._idle.items() if len(raw.data) <= LARGEST)
        for mark in list(islice(small, AHEAD)):
            if not twin.send(mark, self._idle[mark]):
                break
            self._sent[mark] = self._idle.pop(mark)

    def _lose(self, twin: Twin) -> None:
        """Take back what a twin had that died or keeps silent."""
        assert self._twins is not None
        self._twins.remove(twin)
        back = {mark: self._sent.pop(mark) for mark in twin.end()}
        self._idle = back | self._idle

    def _keep(self, mark: bytes, raw: RawPicture, found: Found) -> None:
        self._bytes -= len(raw.data)
        self._found[mark] = found


def decoder(cores: int) -> Decoder | TwinnedDecoder:
    """One that keeps as many cores busy, or one that works only when asked to (0)."""
    return TwinnedDecoder(cores - 1) if cores > 1 and twins.possible() else Decoder(cores)


def prints(files: Sequence[RawPicture]) -> list[Found]:
    """The prints of picture files, None where making one raises."""
    decoded: list[_Decoded | None] = []
    for raw in files:
        try:
            decoded.append(_decoded(raw))
        except Exception:
            decoded.append(None)
    return [_print(one) for one in decoded]


def _decoded(raw: RawPicture) -> _Decoded:
    found = decode(raw)
    if isinstance(found, Decoded) and found.planes.nbytes > _SMALL:
        with suppress(Exception):  # `_print` will meet it again
            return print_of(found)
    return found


def _print(decoded: _Decoded | None) -> Found:
    with suppress(Exception):
        return print_of(decoded) if isinstance(decoded, Decoded) else decoded
    return None


def _known(found: Iterable[tuple[bytes, Found]]) -> Prints:
    return ((mark, one) for mark, one in found if one is not None)
