"""One look at each picture: rules and fingerprints of a listing share it, so that a picture is decoded once.

Bounded, because a catalog has more pictures than memory should hold; listings that share a picture mostly stand close.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pddlint.images.decode import PictureProblem
    from pddlint.images.hashes import PicturePrint


@lru_cache(4096)
def look(path: str) -> PicturePrint | PictureProblem:
    """The print of the picture file at an absolute path, or what is wrong with it."""
    from pddlint.images.hashes import picture_print

    return picture_print(path)


def forget() -> None:
    """Forget what was read of pictures and their folders: a process that lints again must look again."""
    from pddlint.catalog import pictures

    look.cache_clear()
    pictures.forget()
