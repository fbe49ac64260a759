"""Makers named in a text: those of the goods, or of what the goods fit."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pddlint.text.lexicon import load

_FITS = re.compile(r"适用于?|适配|兼容|通用|专用于?|(?<![a-z])for(?![a-z])")
_RUN = re.compile(r"[a-z][a-z0-9&'.-]*|[\u4e00-\u9fff]+")
_SIZES = range(2, 6)  # characters of a Han name


@cache
def _names() -> frozenset[str]:
    book = load("bait_brands")
    return book.words().difference(book.groups["ambiguous"])


@lru_cache(maxsize=1 << 10)
def makers(text: str) -> frozenset[str]:
    """The makers that folded `text` names, by the first spelling of each.

    Latin names stand alone; Han names begin a run of Han, follow another name, or what says that something fits.
    """
    names, found = _names(), set()
    for run in _RUN.findall(_FITS.sub(" ", text)):
        if run.isascii():
            found |= {run} & names
            continue
        rest = run
        while name := next((rest[:size] for size in _SIZES if rest[:size] in names), ""):  # 松下 of 松下剃须刀
            found.add(name)
            rest = rest.removeprefix(name)
    return frozenset(load("bait_brands").canonical[name] for name in found) if found else frozenset()
