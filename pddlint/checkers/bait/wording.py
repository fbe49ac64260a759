"""What a SKU's words say by themselves: not for sale (BAIT004), irregular (BAIT005), a sample (BAIT002).

Words are read on *squeezed* text (folded, without separators and emoji), so that 拍.错.不.发 and 补💰差 read as they
sound; every sign keeps the seller's own spelling. Phrases in which a word means something else are taken out first.
What sellers word anew each time is read by its elements: an act and what becomes of it (点了会被关单, 下单必退).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain

import msgspec

from pddlint.checkers.bait.scanning import Hit, Scanner, folded
from pddlint.text import lexicon
from pddlint.text.lexicon import Extra
from pddlint.text.normalise import fold, fold_with_offsets
from pddlint.text.patterns import Pattern

_BLANK = "\x00"
_REACH = "[^\x00]{0,4}?"  # what "~" of a template may stand for


class _Kept(dict[int, str]):
    """Code point -> the character where it is a letter, digit, Chinese character or "+", else nothing."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        kept = "0" <= char <= "9" or "a" <= char <= "z" or "\u3400" <= char <= "\u9fff" or char in "〇+"
        self[point] = char = char if kept else ""
        return char


_KEPT = _Kept()  # `str.translate` reads it


class Squeezed(msgspec.Struct, frozen=True):
    """Text folded and without anything but letters, digits, Chinese characters and "+"."""

    text: str
    original: str

    def quote(self, start: int, end: int) -> str:
        """The seller's own spelling of the slice."""
        offsets = _offsets(self.original) if start < end else ()
        return self.original[offsets[start] : offsets[end - 1] + 1] if offsets else ""


class Sign(msgspec.Struct, frozen=True):
    """A word that tells something. `family` is the lexicon, `sense` its group, `strong` whether it tells by itself."""

    family: str
    sense: str
    strong: bool
    word: str
    written: str


@lru_cache(maxsize=1 << 13)
def squeeze(text: str) -> Squeezed:
    """`text` squeezed, with the way back to its own spelling."""
    return Squeezed(fold(text).translate(_KEPT), text)


@lru_cache(maxsize=64)
def _offsets(text: str) -> tuple[int, ...]:
    """For each character of the squeezed text the index of the original one. Only words that are found ask for it."""
    folded = fold_with_offsets(text)
    return tuple(offset for char, offset in zip(folded.text, folded.offsets, strict=True) if _KEPT[ord(char)])


class _Family:
    """One lexicon of wording: its senses, the phrases it spares and the spellings it knows.

    What few texts need is put together when one does.
    """

    def __init__(self, name: str, extra: Extra | None) -> None:
        self.name = name
        self._groups = groups = folded(name, extra)
        self.strong, self.weak = self._senses(".strong"), self._senses(".weak")
        self.negators = tuple(groups.get("negator", ()))
        self.pairs = tuple(groups.get("pair", ()))
        self.respelled = _respelled(name, extra)
        self.any_respelled = Scanner(word for word, _ in self.respelled)
        self.composed = _composed(groups, ".strong")

    def _senses(self, end: str) -> Scanner:
        """The words of the groups `SENSE.end`."""
        return Scanner(groups={k.removesuffix(end): words for k, words in self._groups.items() if k.endswith(end)})

    @cached_property
    def open(self) -> Scanner:
        """Words that announce a sense."""
        return self._senses(".open")

    @cached_property
    def spared(self) -> Scanner:
        return Scanner(self._groups.get("spared", ()))

    @cached_property
    def exempt(self) -> Pattern | None:
        return _composed(self._groups, "spared")

    @cached_property
    def conditions(self) -> Pattern | None:
        return _conditions(self._groups.get("condition.buyer", ()), self._groups.get("condition.act", ()))

    def compositions(self, text: str) -> Iterator[Hit]:
        """What `text` says by its elements."""
        for match in self.composed.finditer(text) if self.composed is not None else ():
            yield Hit(match.start(), match.end(), match[0], match.lastgroup or "")


def _respelled(name: str, extra: Extra | None) -> list[tuple[str, str]]:
    """Other spellings that the lexicon knows, with the plain ones."""
    data = lexicon.load(f"bait_{name}", extra)
    words = data.groups.get("respelled", ())
    pairs = [(word, fold(data.canonical[word])) for word in words]
    return [(word, plain) for word, plain in pairs if word != plain and plain]


def _conditions(buyers: Iterable[str], acts: Iterable[str]) -> Pattern | None:
    who, what = sorted(buyers), sorted(acts)
    if not who or not what:
        return None
    return Pattern(rf"(?:{'|'.join(who)}).{{0,3}}?(?:{'|'.join(what)})", needs=_Parts([[who, what]]))


class _Parts:
    """Whether a text may hold all the parts, each one of several words, of any of several phrases."""

    def __init__(self, phrases: Sequence[Sequence[Iterable[str]]]) -> None:
        """`phrases` are the words of each part of each phrase."""
        self.begins = Scanner(chain.from_iterable(phrase[0] for phrase in phrases))
        self._phrases = phrases

    @cached_property
    def phrases(self) -> list[list[Scanner]]:
        return [[Scanner(words) for words in phrase] for phrase in self._phrases]

    def __call__(self, text: str) -> bool:
        return self.begins.may_hit(text) and any(all(part.may_hit(text) for part in phrase) for phrase in self.phrases)


def _composed(groups: Mapping[str, Sequence[str]], end: str) -> Pattern | None:
    """The templates of the groups `compose.SENSE` that end so, as one pattern whose groups are the senses.

    A template joins elements ("{act}~{void}"): "{NAME}" is any word of the group `element.NAME`.
    """
    elements = {g.removeprefix("element."): found for g, found in groups.items() if g.startswith("element.")}
    senses = {g: templates for g, templates in groups.items() if g.startswith("compose.") and g.endswith(end)}
    if not senses:
        return None
    phrases: list[list[Sequence[str]]] = []  # the words of each part of each template
    for template in chain.from_iterable(senses.values()):
        parts = re.findall(r"\{(\w+)\}|([^{}~]+)", template)
        phrases.append([elements[name] if name else [plain] for name, plain in parts])

    def source() -> str:
        words = {name: _any(found) for name, found in elements.items()}
        plain = {
            group.removeprefix("compose.").removesuffix(".strong"): "|".join(templates).format_map(words)
            for group, templates in senses.items()
        }
        # Tried only where some template can begin: nearly every place of nearly every text is none.
        firsts = re.escape("".join(sorted({word[0] for phrase in phrases for word in phrase[0]})))
        named = "|".join(f"(?P<{sense}>{text.replace('~', _REACH)})" for sense, text in plain.items())
        return f"(?=[{firsts}])(?:{named})"

    return Pattern(source, needs=_Parts(phrases))


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))})"


@lru_cache(maxsize=32)
def family(name: str, extra: Extra | None) -> _Family:
    """The compiled lexicon `bait_<name>` with a user's additions and removals."""
    return _Family(name, extra)


@lru_cache(maxsize=1 << 14)
def signs(text: str, name: str, extra: Extra | None = None) -> tuple[Sign, ...]:
    """The signs of lexicon `name` in `text`, strong ones first; each place counts for one sense only."""
    words = family(name, extra)
    squeezed = squeeze(text)
    if not squeezed.text:
        return ()
    found = _signs_in(squeezed.text, words, squeezed)
    if words.any_respelled.may_hit(squeezed.text) and not any(sign.strong for sign in found):
        plain = squeezed.text
        for other, word in words.respelled:
            plain = plain.replace(other, word)
        if plain != squeezed.text:
            again = _signs_in(plain, words)
            if any(sign.strong for sign in again):
                return tuple(msgspec.structs.replace(sign, written=sign.written or text.strip()) for sign in again)
    return found


def _signs_in(text: str, words: _Family, squeezed: Squeezed | None = None) -> tuple[Sign, ...]:
    """The signs in squeezed text, with their own spelling where `squeezed` knows it."""
    composed = words.composed is not None and bool(words.composed.search(text))
    if not (composed or words.strong.may_hit(text) or words.weak.may_hit(text)):
        return ()
    masked = list(mask(text, words))
    found: list[Sign] = []
    readings: list[tuple[bool, Callable[[str], Iterable[Hit]]]] = [(True, words.strong.scan), (False, words.weak.scan)]
    if composed:
        readings.insert(1, (True, words.compositions))
    for strong, scan in readings:
        for hit in scan("".join(masked)):
            if _BLANK in masked[hit.start : hit.end] or _negated(masked, hit, words.negators):
                continue
            masked[hit.start : hit.end] = _BLANK * (hit.end - hit.start)
            written = squeezed.quote(hit.start, hit.end) if squeezed else ""
            found.append(Sign(words.name, hit.group, strong, hit.word, written))
    return tuple(found)


def mask(text: str, words: _Family) -> str:
    """`text` with the phrases blanked out in which the lexicon's words mean something else."""
    if words.spared.may_hit(text):
        chars = list(text)
        for hit in words.spared.scan(text):
            chars[hit.start : hit.end] = _BLANK * (hit.end - hit.start)
        text = "".join(chars)
    if words.exempt is not None:
        text = words.exempt.sub(lambda match: _BLANK * len(match[0]), text)
    if words.conditions is not None:
        text = words.conditions.sub(lambda match: _BLANK * len(match[0]), text)
    return text


def _negated(text: Sequence[str], hit: Hit, negators: tuple[str, ...]) -> bool:
    before = "".join(text[max(0, hit.start - 2) : hit.start])
    return bool(negators) and before.endswith(negators)


@lru_cache(maxsize=1 << 13)
def openly(text: str, name: str, extra: Extra | None = None) -> frozenset[str]:
    """The senses of lexicon `name` that `text`, a title with its category, openly announces."""
    words = family(name, extra)
    plain = squeeze(text).text
    if not words.open.may_hit(plain):
        return frozenset()
    masked = mask(plain, words)
    return frozenset(
        hit.group
        for hit in words.open.scan(masked)
        if _BLANK not in masked[hit.start : hit.end] and not _negated(masked, hit, words.negators)
    )
