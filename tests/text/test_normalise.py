"""Folding: stable, traceable, and blind to how a text was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pddlint.text.normalise import _step, deobfuscate, fold, fold_all, fold_groups, fold_with_offsets


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_offsets_are_monotone_and_lead_to_the_same_text(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert len(folded.offsets) == len(folded.text)
    assert list(folded.offsets) == sorted(folded.offsets)
    assert all(0 <= offset < len(text) for offset in folded.offsets)


@given(st.text(alphabet=st.sampled_from("补💰差拍.错𝗽𝗮𝗶&amp;不 发ｂｕ卜/（）0９")))
def test_deobfuscation_never_raises(text: str) -> None:
    deobfuscate(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("無聲滑鼠", "无声滑鼠"),
        ("Ｔ恤　５斤", "t恤 5斤"),
        ("５００ｇ×２", "500g*2"),
        ("①ⓐ𝗽𝗮𝗶", "1apai"),
        ("Аррlе", "apple"),
        ("🔥爆款🔥", "爆款"),
        ("pāi", "pai"),
        ("St&amp;Sat", "st&sat"),
        ("【送礼】", "[送礼]"),
        ("零\u200b宽\u2060", "零宽"),
        ("2㎏/㎡", "2kg/m2"),
    ],
)
def test_two_spellings_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_finding_can_quote_the_original_words() -> None:
    folded = fold_with_offsets("【特價】勿𝗽𝗮𝗶！")
    start = folded.text.index("勿pai")
    assert folded.quote(start, start + 4) == "勿𝗽𝗮𝗶"


@pytest.mark.parametrize(
    ("hidden", "plain"),
    [
        ("拍.错.不.发", "拍错不发"),
        ("拍·错·不·发", "拍错不发"),
        ("拍 错 不 发", "拍错不发"),
        ("补💰差", "补差价"),
        ("勿𝗽𝗮𝗶", "勿拍"),
        ("🚫拍", "勿拍"),
        ("卜差價", "补差价"),
        ("补cha价", "补差价"),
        ("拍cuo bu fa", "拍错不发"),
        ("bu cha jia", "补差价"),
        ("补(差)价", "补差价"),
        ("补/差/价", "补差价"),
        ("勿柏", "勿拍"),
    ],
)
def test_hidden_words_come_back(hidden: str, plain: str) -> None:
    assert deobfuscate(hidden) == plain


@pytest.mark.parametrize(
    "innocent", ["黑/白/灰", "type-c pad usb", "不补差价", "iphone 15 pro", "s/m/l 各1对", "2.5kg", "羊羔毛 加绒"]
)
def test_innocent_text_stays(innocent: str) -> None:
    assert deobfuscate(innocent) == fold(innocent)


def test_entities_escaped_over_and_over_are_undone_in_one_go() -> None:
    assert fold("&" + "amp;" * 50_000 + "lt;红") == "<红"
    assert fold_with_offsets("&amp;红" * 20_000).text == fold("&amp;红" * 20_000) == "&红" * 20_000


@given(st.lists(st.text(max_size=6)))
def test_words_fold_together_as_they_fold_alone(words: list[str]) -> None:
    assert fold_all(words) == [fold(word) for word in words]


def test_words_with_the_sign_between_them_fold_too() -> None:
    assert fold_all(["±5", "紅 色", "&amp;", ""]) == ["±5", "红 色", "&", ""]


def test_chinese_characters_fold_as_any_do() -> None:
    for point in range(0x4E00, 0xA000):
        text, folded = "", chr(point)
        while folded != text:
            text, folded = folded, "".join(map(_step, folded))
        assert fold(chr(point)) == text


@given(st.dictionaries(st.text(max_size=3), st.lists(st.text(max_size=4), max_size=4), max_size=4))
def test_groups_fold_word_by_word(groups: dict[str, list[str]]) -> None:
    assert fold_groups(groups) == {name: [fold(word) for word in words] for name, words in groups.items()}
