"""Lexicons: typed, documented, and open to a user's own words."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from pddlint.text.lexicon import _FOLDER as FOLDER
from pddlint.text.lexicon import Extra, _plain, document, load, load_table
from pddlint.text.normalise import fold
from pddlint.text.vocabulary import vocabulary

TEXT_LEXICONS = (
    *("audience", "brands", "colours", "deobfuscation", "fitment", "flavours", "forms", "gifts", "marketing"),
    *("materials", "products", "seasons", "services", "sizes"),
)


@pytest.mark.parametrize("name", [*TEXT_LEXICONS, "traditional", "units"])
def test_every_lexicon_states_source_and_licence(name: str) -> None:
    assert document(name)["meta"]["source"] and document(name)["meta"]["licence"]


@pytest.mark.parametrize("name", TEXT_LEXICONS)
def test_no_lexicon_is_empty_and_canonicals_are_words(name: str) -> None:
    lexicon = load(name)
    assert all(lexicon.groups.values())
    assert set(lexicon.canonical) == lexicon.words()


def test_words_can_be_added_and_removed() -> None:
    changed = load("colours", Extra(add=(("fixed", ("测试色号蓝=测试蓝",)),), remove=("雾霾蓝",)))
    assert changed.canonical["测试蓝"] == "测试色号蓝"
    assert "雾霾蓝" not in changed and "雾霾蓝" in load("colours")


def test_a_users_word_may_have_blanks() -> None:
    changed = load("colours", Extra(add=(("fixed", ("free gift", " ")),)))
    assert "free gift" in changed.groups["fixed"] and not {"free", "gift", ""} & changed.words()
    assert set(changed.canonical) == changed.words()


def test_a_users_words_reach_the_scanner() -> None:
    scanner = vocabulary((("products", Extra(add=(("home", ("懒懒筐",)),))),))
    hits = scanner.scan("北欧懒懒筐大号", bytearray(7))
    assert ("product", "懒懒筐") in {(hit.kind, hit.value) for hit in hits}


def test_traditional_table_maps_one_to_one() -> None:
    table = load_table("traditional")
    assert table["無"] == "无" and len(table) > 2500
    assert all(len(source) == len(target) == 1 for source, target in table.items())


def test_unknown_lexicon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        load("no-such-lexicon")


def test_the_package_ships_its_lexicons() -> None:
    shipped = {entry.name for entry in resources.files("pddlint.lexicons").iterdir()}
    assert {f"{name}.toml" for name in TEXT_LEXICONS} <= shipped


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_a_lexicon_is_read_as_the_toml_it_is(name: str) -> None:
    text = (FOLDER / f"{name}.toml").read_text("utf-8")
    assert document(name) == _plain(text) == tomllib.loads(text)


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("bait_*.toml")))
def test_words_are_kept_as_they_are_read(name: str) -> None:
    """The rules on bait compare them with folded text as they are."""
    assert [word for word in load(name).words() if fold(word) != word] == []


@pytest.mark.parametrize("text", ["a = 'x'\n", "a = 1e3\n", 'a = "\\n"\n', "a.b = 1\n", "[[a]]\n", "a = 1"])
def test_other_toml_is_left_to_the_parser(text: str) -> None:
    assert _plain(text) is None


def test_a_word_may_hold_the_sign_between_synonyms() -> None:
    changed = load("colours", Extra(add=(("fixed", ("色≥9=显色",)),)))
    assert "色>=9" in changed.groups["fixed"] and changed.canonical["显色"] == "色>=9"


def test_words_of_several_groups_keep_the_first() -> None:
    lexicon = load("colours", Extra(add=(("new", ("测试蓝=深测试蓝",)), ("newer", ("深测试蓝", "测试蓝")))))
    assert lexicon.canonical["深测试蓝"] == "测试蓝" and lexicon.group["深测试蓝"] == "new"


def test_a_lexicon_without_changes_is_put_together_once() -> None:
    assert load("colours", None) is load("colours")
