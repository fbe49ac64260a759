"""Folding: one spelling for what a shopper reads as one text, whatever characters the seller typed it with.

`fold` maps every character on its own (compatibility forms, traditional characters, look-alike letters, case, emoji),
so that positions can be traced back to the original text (`fold_with_offsets`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice

import msgspec

from pddlint.text.lexicon import load_table

_DROPPED = frozenset({"Cf", "Mn", "Me", "Cs", "Co"})
_BLANK = frozenset({"Cc", "Zs", "Zl", "Zp", "So", "Cn"})
_ENTITY = re.compile(r"&(?:amp;)+|&(?:[a-z]{2,8}\d{0,2}|#\d{1,6}|#x[0-9a-f]{1,5});")
_SPACES = re.compile(r" {2,}")

# Punctuation and symbols that NFKC leaves alone, brought to one ASCII form. Brackets keep their role as clause borders.
_SYMBOLS = str.maketrans(
    {
        **dict.fromkeys("【〖「『〔〘〚", "["),
        **dict.fromkeys("】〗」』〕〙〛", "]"),
        **dict.fromkeys("×✕✖╳⨯∗", "*"),
        **dict.fromkeys("–—―‐‑‒−﹣⁃─━", "-"),
        **dict.fromkeys("～〜∼≈", "~"),
        **dict.fromkeys("“”„‟″‶〃", '"'),
        **dict.fromkeys("‘’‚‛′‵ʹʼ`´", "'"),
        **dict.fromkeys("·•・∙‧⋅●◦。｡", " "),
        **dict.fromkeys("™®©℠", ""),
        "、": ",",
        "➕": "+",
        "≥": ">=",
        "≤": "<=",
        "⁄": "/",
        "∕": "/",
        "№": "no",
    }
)

# Letters of other scripts that are drawn like Latin ones, after lower-casing; and Latin letters that do not decompose.
_LOOKALIKES = str.maketrans(
    "аеосрхуіјѕһԁԛԝкмтнвгґԍɡαβεικμνορτυχηγωøđłħıȷɑɩɪʀʏɴʟᴀʙᴄᴅᴇғɢʜᴊᴋᴍᴏᴘꜱᴛᴜᴠᴡᴢ",
    "aeocpxyijshdqwkmthbrrggabeikunoptuxnywodlhijaiirynlabcdefghjkmopstuvwz",
)


class _Table(dict[int, str]):
    """Code point -> folded text, filled as characters are met. `str.translate` reads it."""

    def __missing__(self, point: int) -> str:
        text = chr(point)
        if "\u4e00" <= text <= "\u9fff":  # as below, in short: nearly all characters that are ever met
            simple = _simplified().get(text, text)
            self[point] = text = simple if simple == text else self[ord(simple)]
            return text
        for _ in range(6):  # until stable: folding a folded text must change nothing
            step = "".join(_step(char) for char in text)
            if step == text:
                break
            text = step
        self[point] = text
        return text


def _step(char: str) -> str:
    if "a" <= char <= "z" or "0" <= char <= "9" or char in " °±":
        return char
    symbol = char.translate(_SYMBOLS)
    if symbol != char:
        return symbol
    point = ord(char)
    for first in (0x1F150, 0x1F170, 0x1F1E6):  # letters in black circles, black squares, and flag letters
        if first <= point < first + 26:
            return chr(ord("a") + point - first)
    category = unicodedata.category(char)
    if category in _DROPPED:
        return ""
    compatible = unicodedata.normalize("NFKC", char)
    if compatible != char:
        return compatible.lower()
    if category == "No" and (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    if category in _BLANK or (category in ("Sm", "Sk") and point > 127):
        return " "
    lowered = char.lower()
    if point >= 0x2E80:
        return _simplified().get(lowered, lowered)
    bare = unicodedata.normalize("NFD", lowered)
    if len(bare) > 1:
        lowered = "".join(part for part in bare if unicodedata.category(part) != "Mn") or lowered
    return lowered.translate(_LOOKALIKES)


def _simplified() -> Mapping[str, str]:
    return load_table("traditional")


_TABLE = _Table()
_SAME: set[str] = set()  # characters known to fold to themselves


@lru_cache(maxsize=1 << 15)
def fold(text: str) -> str:
    """`text` in its folded spelling: NFKC, simplified, lower case, no marks; emoji and decoration become one space.

    Idempotent; never raises. Brackets become `[]` and `()`, the times sign `*`, dashes `-`.
    """
    folded = text.translate(_TABLE)
    while "&" in folded:
        plain = _ENTITY.sub(_meant, folded).translate(_TABLE)
        if plain == folded:
            break
        folded = plain
    if "  " in folded:
        folded = _SPACES.sub(" ", folded)
    return folded.strip(" ")


def fold_all(words: Iterable[str]) -> list[str]:
    """`fold` of each word; of many at once, where that comes to the same."""
    words = list(words)
    together = "±".join(words)
    changing = _changing(set(together).difference(_SAME))
    if not changing and " " not in together and "&" not in together and together.count("±") < len(words):
        return words
    for char in changing:  # few change, and what they become does not
        together = together.replace(char, _TABLE[ord(char)])
    parts = together.split("±")
    if len(parts) != len(words):  # none, or one that has the sign itself
        return [fold(word) for word in words]
    if " " not in together and "&" not in together:
        return parts
    return [fold(word) if " " in folded or "&" in folded else folded for word, folded in zip(words, parts, strict=True)]


def _changing(chars: set[str]) -> list[str]:
    """Those of `chars` that fold to something else; the others are remembered."""
    han = {char for char in chars if "\u4e00" <= char <= "\u9fff"}
    changing = [char for char in chars - han if _TABLE[ord(char)] != char]
    changing += [char for char in han.intersection(_simplified()) if _TABLE[ord(char)] != char]
    _SAME.update(chars.difference(changing))
    return changing


def fold_groups(groups: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """`fold` of each word of each group."""
    folded = iter(fold_all(chain.from_iterable(groups.values())))
    return {name: list(islice(folded, len(words))) for name, words in groups.items()}


def _meant(entity: re.Match[str]) -> str:
    """What an entity stands for; one escaped many times over (&amp;amp;amp;) is undone at once."""
    if entity[0].startswith("&amp;"):
        return "&"
    import html  # loads the names of two thousand entities; hardly any text has one

    return html.unescape(entity[0])


class Folded(msgspec.Struct, frozen=True):
    """A folded text and, for each of its characters, the index of the original character it came from (monotone)."""

    text: str
    offsets: tuple[int, ...]
    original: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original (start, end) of the folded slice `start:end`; ("", anywhere) maps to an empty span."""
        if start >= end or start >= len(self.offsets):
            place = self.offsets[start] if start < len(self.offsets) else len(self.original)
            return place, place
        return self.offsets[start], self.offsets[end - 1] + 1

    def quote(self, start: int, end: int) -> str:
        """The original words behind the folded slice `start:end`."""
        first, last = self.span(start, end)
        return self.original[first:last]


def fold_with_offsets(text: str) -> Folded:
    """`fold(text)` with the way back to the original characters."""
    pairs = [(char, index) for index, source in enumerate(text) for char in _TABLE[ord(source)]]
    while True:
        folded = "".join(char for char, _ in pairs)
        undone: list[tuple[str, int]] = []
        place = 0
        for match in _ENTITY.finditer(folded) if "&" in folded else ():
            plain = _meant(match).translate(_TABLE)
            if plain != match[0]:
                undone += pairs[place : match.start()]
                undone += [(char, pairs[match.start()][1]) for char in plain]
                place = match.end()
        if not place:
            break
        pairs = undone + pairs[place:]
    kept: list[tuple[str, int]] = []
    for char, index in pairs:
        if char != " " or (kept and kept[-1][0] != " "):
            kept.append((char, index))
    if kept and kept[-1][0] == " ":
        kept.pop()
    return Folded("".join(char for char, _ in kept), tuple(index for _, index in kept), text)


def is_han(char: str) -> bool:
    """Whether `char` is a Chinese character."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char == "〇"


def deobfuscate(text: str) -> str:
    """`fold(text)` with words restored that the seller hid: see `pddlint.text.obfuscation`."""
    from pddlint.text.obfuscation import deobfuscate as restore  # its tables are needed by few callers

    return restore(text)
