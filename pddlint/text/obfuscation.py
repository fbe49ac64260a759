"""Deobfuscation: undoes what sellers do to hide words from filters. For judging wording only, never for matching.

Undone: emoji for words (补💰差), marks between single characters (拍.错.不.发), pinyin (勿pai, bu fa huo), characters
that look or sound alike inside telling words (卜岔价), all on top of `fold`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from pddlint.text.lexicon import document, load
from pddlint.text.normalise import fold, is_han

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# Marks between two Chinese characters that neither enumerate (/ + , 、) nor bracket.
_MARKS = re.compile(
    rf"(?<=[{_HAN}])[^\w\s{_HAN}/+＋,，、()（）\[\]【】《》:：;；!！?？%％&×~～…—。｡「」『』]{{1,3}}(?=[{_HAN}])|(?<=[{_HAN}])_{{1,3}}(?=[{_HAN}])"
)
_SPELLED = re.compile(rf"(?<![{_HAN}])[{_HAN}](?: [{_HAN}]){{2,}}(?![{_HAN}])")
_LISTED = re.compile(rf"(?<![{_HAN}])[{_HAN}](?:[/+,][{_HAN}]){{1,}}(?![{_HAN}])")
_BRACKETED = re.compile(rf"(?<=[{_HAN}])[(\[]([{_HAN}])[)\]](?=[{_HAN}])")
_LATIN = re.compile(r"[a-z]+(?: [a-z]+)*")
_MONEY_INSIDE = re.compile(r"补价差(?!价)|补差价?价")


class _Tables(NamedTuple):
    emoji: Mapping[str, str]
    emojis: re.Pattern[str]
    pinyin: Mapping[str, str]
    syllables: re.Pattern[str]
    words: re.Pattern[str]
    canonical: tuple[str, ...]
    pairs: re.Pattern[str]
    pair_of: Mapping[str, str]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    lexicon = load("deobfuscation")
    emoji: dict[str, str] = document("deobfuscation")["emoji"]
    alike: dict[str, set[str]] = {}
    for word in lexicon.words("alike"):
        alike.setdefault(lexicon.canonical[word], set()).add(word)
    kernels = lexicon.groups["kernel"]
    patterns = ["(" + "".join(_any(alike.get(char, {char}) | {char}) for char in kernel) + ")" for kernel in kernels]
    pinyin: dict[str, str] = {}
    for entry in str(document("deobfuscation")["groups"]["pinyin"]).split():
        character, syllable = entry.split("=")
        pinyin.setdefault(syllable.rstrip("_"), character)
    syllables = "|".join(sorted(pinyin, key=lambda syllable: (-len(syllable), syllable)))
    pair_of: dict[str, str] = {}
    for entry in str(document("deobfuscation")["groups"]["pair"]).split():
        first, *others = entry.split("=")
        pair_of.update({fold(other): first for other in others if fold(other) != first})
    pairs = "|".join(sorted(map(re.escape, pair_of), key=len, reverse=True))
    return _Tables(
        emoji, re.compile("(?:" + "|".join(map(re.escape, sorted(emoji, key=len, reverse=True))) + ")\ufe0f?"),
        pinyin, re.compile(f"(?:{syllables})+"), re.compile("|".join(patterns)), kernels,
        re.compile(rf"(?<![a-z])(?:{pairs})(?![a-z])"), pair_of,
    )  # fmt: skip


def _any(choices: set[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, choices), key=lambda choice: (-len(choice), choice))) + ")"


@lru_cache(maxsize=1 << 14)
def deobfuscate(text: str) -> str:
    """The folded `text` with hidden words restored. Equals `fold(text)` for text that hides nothing; never raises."""
    tables = _tables()
    plain = (
        tables.emojis.sub(lambda match: tables.emoji[match[0].rstrip("\ufe0f")], text) if not text.isascii() else text
    )
    plain = _MARKS.sub("", plain)
    folded = _MARKS.sub("", fold(plain))
    folded = _SPELLED.sub(lambda match: match[0].replace(" ", ""), folded)
    folded = _BRACKETED.sub(r"\1", folded)
    folded = _LISTED.sub(lambda match: _joined(match[0], tables), folded)
    if any("a" <= char <= "z" for char in folded):
        folded = _from_pinyin(folded, tables)
    folded = _MONEY_INSIDE.sub("补差价", folded)
    folded = tables.pairs.sub(lambda match: tables.pair_of[match[0]], folded)
    return tables.words.sub(lambda match: tables.canonical[(match.lastindex or 1) - 1], folded)


def _joined(listed: str, tables: _Tables) -> str:
    """补/差/价 is one word taken apart, 黑/白/灰 is a list."""
    word = re.sub(r"[/+,]", "", listed)
    return word if tables.words.search(word) or tables.pairs.search(word) or word in tables.pair_of.values() else listed


def _from_pinyin(text: str, tables: _Tables) -> str:
    def restore(match: re.Match[str]) -> str:
        tokens = match[0].split(" ")
        if not all(tables.syllables.fullmatch(token) for token in tokens):
            return match[0]
        before = text[match.start() - 1 : match.start()]
        after = text[match.end() : match.end() + 1]
        beside = bool(before and is_han(before)) or bool(after and is_han(after))
        spelled = [_syllables(token, tables.pinyin) for token in tokens]
        count = sum(len(characters) for characters in spelled)
        if beside or count >= 3 or (len(tokens) == 1 and count >= 2):
            return "".join(spelled)
        return match[0]

    return _hanging(_LATIN.sub(restore, text))


def _syllables(token: str, pinyin: Mapping[str, str]) -> str:
    """The characters a run of pinyin stands for, longest syllables first."""
    result, place = "", 0
    while place < len(token):
        size = next((size for size in range(len(token) - place, 0, -1) if token[place : place + size] in pinyin), 0)
        if size == 0:
            return token
        result += pinyin[token[place : place + size]]
        place += size
    return result


def _hanging(text: str) -> str:
    """不差价 came from bu cha jia: 补差价."""
    return re.sub(r"(?<![^\s\d(\[])不(?=差价?)", "补", text)
