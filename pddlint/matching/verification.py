"""Local-feature verification of the few pairs whose other evidence leaves room for doubt.

Describing a picture costs milliseconds and comparing two as much again, so it is done for chosen pairs only, main
images first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from pddlint.images.decode import PictureProblem
from pddlint.matching.fingerprint import Fingerprint
from pddlint.matching.gallery import Shot
from pddlint.profile import stage

if TYPE_CHECKING:  # OpenCV is loaded once a pair of pictures is to be compared
    from pddlint.images.features import Features, Verification

    Describe = Callable[[str], Features | PictureProblem]

_SHOTS = 4  # pictures of each listing that are compared
_KEPT = 512  # descriptions kept in memory, 180 kB each
_SURE = 0.98
NAN = float("nan")


class LocalMatch(msgspec.Struct, frozen=True):
    """How surely the galleries share a photograph: `main` where a main image takes part, `other` among the rest (NaN:
    none).

    `left` and `right` are indices of the best pair of shots, -1 without one.
    """

    main: float = NAN
    other: float = NAN
    left: int = -1
    right: int = -1
    mirrored: bool = False


class Verifier:
    """Compares galleries by local features and remembers the descriptions used last."""

    def __init__(self, look: Describe | None = None) -> None:
        self._look = look
        self._seen: OrderedDict[str, Features | None] = OrderedDict()

    def compare(self, a: Fingerprint, b: Fingerprint) -> LocalMatch:
        """The best matches between the first shots of both listings. Unreadable pictures count as absent."""
        order = sorted(
            ((x, y) for x in range(min(_SHOTS, len(a.shots))) for y in range(min(_SHOTS, len(b.shots)))),
            key=lambda xy: (max(xy), xy),
        )
        main, other, best = NAN, NAN, LocalMatch()
        top = -1.0
        for x, y in order:
            left, right = a.shots[x], b.shots[y]
            if left.print.blank or right.print.blank:
                continue
            found = self.pair(left, right)
            if found is None:
                continue
            if left.slot == 0 or right.slot == 0:
                main = found.score if main != main else max(main, found.score)
            else:
                other = found.score if other != other else max(other, found.score)
            if found.score > top:
                top = found.score
                best = LocalMatch(left=x, right=y, mirrored=found.mirrored)
            if left.slot == 0 and right.slot == 0 and found.score >= _SURE:
                break
        return msgspec.structs.replace(best, main=main, other=other)

    def pair(self, left: Shot, right: Shot) -> Verification | None:
        """How alike two pictures are; None when one of them cannot be read. Only score and mirroring are used."""
        from pddlint.images.features import verify

        with stage("verification"):
            first, second = self._features(left.path), self._features(right.path)
            return None if first is None or second is None else verify(first, second)

    def _features(self, path: str) -> Features | None:
        if path in self._seen:
            self._seen.move_to_end(path)
            return self._seen[path]
        from pddlint.images.features import describe

        found = (self._look or describe)(path)
        kept = None if isinstance(found, PictureProblem) else found
        self._seen[path] = kept
        if len(self._seen) > _KEPT:
            self._seen.popitem(last=False)
        return kept
