"""Local-feature verification of the few pairs whose other evidence leaves room for doubt.

Describing a picture costs milliseconds and comparing two as much again, so it is done for chosen pairs only, main
images first, and only as far as there is hope: every picture is held against the main images where the galleries share
some photograph, the first two where the listings are alike enough otherwise; else the galleries are given up once the
main images and whatever the prints suggest have turned out to differ.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

import msgspec

from pddlint.images.prints import PictureProblem
from pddlint.matching.fingerprint import Fingerprint
from pddlint.matching.gallery import HINT, Shot
from pddlint.pending import Pending
from pddlint.profile import stage
from pddlint.signals import undisturbed

if TYPE_CHECKING:  # features are loaded once a pair of pictures is to be compared
    from concurrent.futures import ThreadPoolExecutor

    from pddlint.images.features import Features

    Describe = Callable[[str], Features | PictureProblem]

_SHOTS = 4  # pictures of each listing that are compared
_WIDE = 2  # of them, those that the main images are held against where nothing suggests a shared photograph
_KEPT = 256  # descriptions kept in memory, 250 kB each
_COMING = 32  # descriptions that threads are at, or have ready
_SHARED = 0.5  # score from which the galleries may well share a photograph
_SURE = 0.98
NAN = float("nan")


class Alike(msgspec.Struct, frozen=True):
    """How surely two pictures hold the same photograph (0..1), and whether one of them mirrored."""

    score: float
    mirrored: bool = False


class LocalMatch(msgspec.Struct, frozen=True):
    """How surely a main image of two listings shows the same photograph as some picture of the other (NaN: none could
    be compared).

    `left` and `right` are indices of the best pair of shots, -1 without one.
    """

    score: float = NAN
    left: int = -1
    right: int = -1
    mirrored: bool = False


class Verifier:
    """Compares galleries by local features and remembers the descriptions used last.

    `threads` describe pictures ahead of their use: OpenCV leaves the interpreter to others meanwhile.
    """

    def __init__(self, look: Describe | None = None, threads: ThreadPoolExecutor | None = None) -> None:
        self._look = look
        self._threads = threads
        self._seen: OrderedDict[bytes, Features | None] = OrderedDict()
        self._coming: dict[bytes, Pending[Features | PictureProblem]] = {}

    def compare(self, a: Fingerprint, b: Fingerprint, widely: bool = False) -> LocalMatch:
        """The best match of a main image with any of the first shots of the other listing.

        `widely` holds the main images against the first others, and each in the mirror, even where nothing suggests a
        shared photograph. Unreadable pictures count as absent, pairs of pictures that were not worth a look as
        different.
        """
        from pddlint.images.hashes import likeness

        order = _comparable(a, b)
        alike = {at for at in order if likeness(a.shots[at[0]].print, b.shots[at[1]].print) >= HINT}
        likely = alike.union(order[:1])
        best = LocalMatch()
        for x, y in sorted(order, key=lambda at: at not in likely):
            shared = best.score >= _SHARED
            if (x, y) not in likely:
                if not shared and not (widely and max(x, y) < _WIDE):
                    continue
                self._start(a, b, order if shared else [at for at in order if max(at) < _WIDE])
            found = self.pair(a.shots[x], b.shots[y], mirror=widely or shared or (x, y) in alike)
            if found is not None and not found.score <= best.score:
                best = LocalMatch(found.score, x, y, found.mirrored)
            if best.score >= _SURE:
                break
        return best

    def prepare(self, a: Fingerprint, b: Fingerprint) -> None:
        """Have threads, if there are any, describe what `compare` looks at in any case."""
        self._start(a, b, _comparable(a, b)[:1])

    def knows(self, left: Shot, right: Shot) -> bool:
        """Whether `pair` can probably tell without descriptions."""
        return left.print.digest == right.print.digest

    def _start(self, a: Fingerprint, b: Fingerprint, pairs: Iterable[tuple[int, int]]) -> None:
        if self._threads is None:
            return
        for x, y in pairs:
            if not self.knows(a.shots[x], b.shots[y]):
                for shot in (a.shots[x], b.shots[y]):
                    key = shot.print.digest
                    if key not in self._seen and key not in self._coming:
                        pending = Pending(partial(self._described, shot.path), "verification")
                        with suppress(RuntimeError), undisturbed():  # no thread can be started
                            self._threads.submit(pending.run)
                            self._coming[key] = pending
                        if len(self._coming) > _COMING:  # some are never asked for: the match was found before
                            del self._coming[next(iter(self._coming))]

    def pair(self, left: Shot, right: Shot, mirror: bool = True) -> Alike | None:
        """How alike two pictures are, perhaps in the mirror; None when one of them cannot be read. Equal files are not
        looked at."""
        if left.print.digest == right.print.digest:
            return Alike(1.0)
        from pddlint.images.features import verify

        with stage("verification"):
            first, second = self._features(left), self._features(right)
            if first is None or second is None:
                return None
            found = verify(first, second, mirror)
            return Alike(found.score, found.mirrored)

    def _features(self, shot: Shot) -> Features | None:
        key = shot.print.digest
        if key in self._seen:
            self._seen.move_to_end(key)
            return self._seen[key]
        pending = self._coming.pop(key, None)
        found = self._described(shot.path) if pending is None else pending.result()
        kept = None if isinstance(found, PictureProblem) else found
        self._seen[key] = kept
        if len(self._seen) > _KEPT:
            self._seen.popitem(last=False)
        return kept

    def _described(self, path: str) -> Features | PictureProblem:
        from pddlint.images.features import describe

        return (self._look or describe)(path)


def _comparable(a: Fingerprint, b: Fingerprint) -> list[tuple[int, int]]:
    """The pairs of first shots that show something and have a main image among them, by index, main images first."""
    left, right = ([at for at, shot in enumerate(one.shots[:_SHOTS]) if not shot.print.blank] for one in (a, b))
    order = sorted(product(left, right), key=lambda at: (max(at), at))
    return [at for at in order if at == order[0] or 0 in (a.shots[at[0]].slot, b.shots[at[1]].slot)]
