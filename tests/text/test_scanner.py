"""The scan for words finds what trying every word at every place finds, and its short cuts leave nothing out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pddlint.text import facets, quantities
from pddlint.text import scanner as scanning
from pddlint.text.colours import is_taste
from pddlint.text.scanner import Scanner
from pddlint.text.vocabulary import vocabulary

ALPHABET = "红蓝色金属壳a1-] "
WORDS = st.lists(st.text(ALPHABET, min_size=1, max_size=4), max_size=8)


def built(words: list[str]) -> Scanner:
    scanner = Scanner()
    scanner.add(((word, word, "") for word in words), "word")
    return scanner.freeze()


def tried(words: list[str], text: str, taken: bytearray) -> list[tuple[int, str]]:
    """(place, word) by trying the words, longest first, at every place."""
    found, end = [], 0
    for place in range(len(text)):
        for word in sorted(set(words), key=len, reverse=True):
            stop = place + len(word)
            free = place >= end and 1 not in taken[place:stop]
            if free and text.startswith(word, place) and _whole(text, place, stop):
                found.append((place, word))
                end = stop
                break
    return found


def _whole(text: str, start: int, stop: int) -> bool:
    before, first, last, after = text[start - 1 : start], text[start], text[stop - 1], text[stop : stop + 1]
    latin = str.isascii
    if start and latin(first) and first.isalnum() and latin(before) and before.isalnum():
        return False
    if after and latin(last) and last.isalpha():
        return not (latin(after) and after.isalpha())
    return not (after and latin(last) and last.isdigit() and after.isdigit())


@given(WORDS, st.text(ALPHABET, max_size=20), st.sets(st.integers(0, 19), max_size=3))
def test_the_scan_finds_what_trying_every_word_finds(words: list[str], text: str, marked: set[int]) -> None:
    taken = bytearray(place in marked for place in range(len(text)))
    scanner = built(words)
    scanner._patience = len(text)  # once without index, then with one
    for _ in range(2):
        assert [(hit.start, hit.value) for hit in scanner.scan(text, taken)] == tried(words, text, taken)
    assert scanner.may_hit(text) or not scanner.scan(text)


def test_an_empty_scanner_finds_nothing() -> None:
    assert built([]).scan("红色") == []
    assert not built([]).may_hit("红色")


def test_of_a_very_long_text_the_beginning_is_read() -> None:
    text = "红色保温杯500ml送杯刷 " * 20_000
    found = facets.extract(text)
    assert found.of("colour") == {"红"}
    assert len(found.text) <= facets.LONGEST
    assert found == facets.extract(text[: 3 * facets.LONGEST])
    assert 0 < len(quantities.parse(text)) < 1000


def test_no_colour_or_flavour_is_too_long_to_be_looked_up() -> None:
    from pddlint.text import colours
    from pddlint.text.lexicon import load

    names = load("colours").words("spec_only", "bases") | load("flavours").words("bases", "scents")
    assert max(map(len, names)) <= colours._LONGEST
    assert is_taste("草莓")
    assert "保温杯" in vocabulary()


def test_long_texts_are_scanned_but_not_remembered() -> None:
    before = scanning._remembered.cache_info().currsize
    long = "釉下彩" * 50_000 + "陶瓷杯"
    assert [(hit.start, hit.value) for hit in built(["陶瓷杯"]).scan(long)] == [(150_000, "陶瓷杯")]
    assert scanning._remembered.cache_info().currsize == before
