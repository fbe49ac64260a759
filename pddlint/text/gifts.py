"""Gift clauses (送收纳袋, 买一送一, 配手提袋): what comes along, told from presents, deliveries and services."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pddlint.text.lexicon import load
from pddlint.text.patterns import Pattern


class Gift(NamedTuple):
    """A gift clause at `start:end`; `value` names the gifts, sorted and joined by +, quantities left out."""

    start: int
    end: int
    value: str


class _Words(NamedTuple):
    verbs: Pattern
    presents: Pattern
    extra: Pattern
    companion: Pattern


_HINTS = frozenset("送赠得发配附含享+")
_BEFORE = frozenset("不非无未没运发派输传推接护遥播断馈奉呈解押欢速能")  # 不送, 运送, 发送, 传送 ...
_CLAUSE_END = Pattern(r"[\s\[\](),;!|。.:]")
_BUY = Pattern(r"(?:买|拍|购)\s?(?:[一二两三四五六十]|\d{1,3})?[^\s\[\]送赠]{0,3}$", needs="买拍购")
_BONUS = Pattern(
    r"(?:买|拍)\s?([一二两三四五六]|\d{1,2})\s?(?:发|得|送|赠|享)\s?([一二两三四五六]|\d{1,2})(?![\d.]|[个只条件双支片包袋瓶盒]\S)",
    needs="买拍",
)
_NUMBER = Pattern(
    r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十半])\s?(?:个|只|条|件|双|支|片|包|袋|瓶|盒|套|张|把|根|份|本|对|米|颗|粒|g|ml|克|斤)?装?"
)
# what is said about gifts, not what they are
_NO_THING = Pattern(r"为准|勿|单拍|专拍|拍下|随机发|不补|不退|不支持", needs="准勿拍随不")
_JOINT = Pattern(r"[+&和及,、/]")


@lru_cache(maxsize=1)
def _words() -> _Words:
    lexicon = load("gifts")

    def pattern(words: tuple[str, ...]) -> str:
        return "|".join(sorted(map(re.escape, words), key=len, reverse=True))

    extra = pattern(lexicon.groups["extra"])
    return _Words(
        Pattern(f"(?:{pattern(lexicon.groups['verb'])})"),
        Pattern(
            f"给?(?:{pattern(lexicon.groups['recipient'])}|{pattern(lexicon.groups['not_gift'])}"
            f"|(?:{pattern(lexicon.groups['occasion'])})(?=礼|惊喜|快乐|\\s|$)"
            "|礼(?![袋盒品包服帽])|人(?![偶字造])|[男女](?![士生鞋袜包裤装表式款]))"
        ),
        Pattern(f"(?:{extra})"),
        Pattern(
            rf"(?:配|附带?|含|\+)(?:{_NUMBER.pattern})?\s?(?:{extra})(?:\s?[+&和]\s?(?:{extra}))*",
            needs="配附含+",
        ),
    )


@lru_cache(maxsize=1 << 12)
def gift_clauses(text: str) -> tuple[Gift, ...]:
    """The gift clauses of the folded `text`, from left to right."""
    return tuple(_clauses(text)) if not _HINTS.isdisjoint(text) else ()


def _clauses(text: str) -> Iterator[Gift]:
    place = 0
    words = _words()
    for match in _BONUS.finditer(text):
        yield Gift(match.start(), match.end(), "买赠")
    for match in words.verbs.finditer(text):
        if match.start() < place:
            continue
        gift = _clause(match, text, words)
        if gift is not None:
            place = gift.end
            yield gift
    for match in words.companion.finditer(text):
        if match.start() >= place and not (match[0][0] == "+" and match.start() < place):
            yield Gift(match.start(), match.end(), _named(match[0].lstrip("配附带含+")))


def _clause(match: re.Match[str], text: str, words: _Words) -> Gift | None:
    start, end = match.start(), match.end()
    if start and text[start - 1] in _BEFORE:
        return None
    rest = text[end : end + 18].lstrip(":")
    shift = len(text[end : end + 18]) - len(rest)
    presents = words.presents.match(rest)
    if presents and not words.extra.match(rest):
        return None
    stop = _CLAUSE_END.search(rest)
    thing = rest[: stop.start() if stop else 16]
    if _NO_THING.search(thing):
        return None
    thing = thing[: _reach(thing, words)]
    buying = _BUY.search(text, max(0, start - 9), start)
    bonus = match[0].startswith("买")
    if not _NUMBER.sub("", thing) and not bonus and not (buying and thing):
        return None
    value = _named(thing) or "买赠"
    return Gift(buying.start() if buying else start, end + shift + len(thing), value)


def _reach(thing: str, words: _Words) -> int:
    """How far the gifts reach: known extras joined by + end the clause, unknown ones run to its border."""
    place = 0
    while place < len(thing):
        number = _NUMBER.match(thing, place)
        known = words.extra.match(thing, number.end() if number else place)
        if known is None:
            return len(thing)
        place = known.end()
        counted = _NUMBER.match(thing, place)
        place = counted.end() if counted else place
        if place < len(thing) and not _JOINT.match(thing, place):
            return place if len(thing) - place > 3 else len(thing)
        place += 1
    return len(thing)


def _named(thing: str) -> str:
    parts = [_NUMBER.sub("", part).strip(" :") for part in _JOINT.split(thing)]
    return "+".join(sorted({part for part in parts if part}))
