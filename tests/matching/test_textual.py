"""Evidence from words: what the columns say about pairs whose answer is plain, and what must hold for all pairs."""

from __future__ import annotations

import math
from itertools import permutations

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pddlint.catalog.model import Attribute, Listing
from pddlint.matching.textprint import TextPrint, kind_of, text_print
from pddlint.matching.textual import FEATURES, TextEvidence, TextStats, compare, compare_many

EMPTY = TextStats.fit([])


def print_of(title: str, /, brand: str = "", category: tuple[str, ...] = (), **attributes: str) -> TextPrint:
    held = tuple(Attribute(name, value) for name, value in attributes.items())
    return text_print(Listing("1", title, brand=brand, category=category, attributes=held))


def evidence(a: TextPrint, b: TextPrint) -> TextEvidence:
    return compare(a, b, EMPTY)


def test_a_reshuffled_title_stays_near_and_an_equal_one_is_the_same() -> None:
    original = print_of("法式碎花连衣裙女夏季收腰显瘦")
    shuffled = evidence(original, print_of("收腰显瘦 女夏季 法式碎花连衣裙"))
    assert shuffled.title_cosine > 0.7
    assert shuffled.title_same == 0
    assert evidence(original, print_of("法式碎花连衣裙-女夏季 收腰显瘦！")).title_same == 1


def test_traditional_characters_and_full_width_change_nothing() -> None:
    assert print_of("法式碎花連衣裙ＸＬ") == print_of("法式碎花连衣裙xl")


def test_a_word_that_all_titles_of_a_shop_share_weighs_less_than_a_rare_one() -> None:
    skeleton = "夏季新款百搭显瘦"
    names = ("牛仔裤阔腿", "针织开衫", "泡泡袖衬衫", "工装马甲", "百褶半裙", "灯芯绒外套")
    prints = [print_of(skeleton + name) for name in names]
    stats = TextStats.fit(prints * 6)
    common = compare(prints[0], prints[1], stats)
    rare = compare(print_of("牛仔裤阔腿早春上市"), prints[0], stats)
    assert common.title_rarest < rare.title_rarest
    assert common.title_cosine < rare.title_cosine


def test_style_numbers_agree_share_a_part_or_differ() -> None:
    one = print_of("", 货号="RB-02008")
    assert evidence(one, print_of("", 货号="rb-02008")).style == 1
    assert evidence(one, print_of("", 货号="RB-02008-TY")).style == 0.5
    assert evidence(one, print_of("", 货号="K7713")).style == 0
    assert math.isnan(evidence(one, print_of("", 货号="默认")).style)


def test_a_model_number_in_titles_agrees_or_conflicts() -> None:
    one = print_of("板鞋FV9598 2020年新款")
    assert evidence(one, print_of("小白鞋 fv9598")).model == 1
    assert evidence(one, print_of("小白鞋 CU3774")).model == 0
    assert math.isnan(evidence(one, print_of("小白鞋 2020年")).model)


def test_brand_spellings_agree_and_unstated_brands_neither_agree_nor_differ() -> None:
    one = print_of("", 品牌="Adidas/阿迪达斯")
    assert evidence(one, print_of("", brand="阿迪达斯")).brand == 1
    assert evidence(one, print_of("", 品牌="Peak/匹克")).brand == 0
    assert evidence(one, print_of("", 品牌="other/其他")).brand == 0.5
    assert math.isnan(evidence(print_of(""), print_of("", 品牌="无品牌")).brand)


def test_attributes_conflict_only_where_both_state_them_and_fillers_count_half() -> None:
    one = print_of("", 领型="圆领", 袖长="长袖", 材质="棉", 风格="通勤")
    found = evidence(one, print_of("", 领型="V领", 袖长="长袖", 材质="其他", 图案="纯色"))
    assert (found.shape_agree, found.shape_conflict) == (1, 1)
    assert (found.material_agree, found.material_conflict) == (0, 0.5)
    assert (found.taste_agree, found.taste_conflict) == (0, 0)


def test_numbers_conflict_only_when_each_title_has_one_of_its_own() -> None:
    one = print_of("保温杯500ml")
    assert evidence(one, print_of("保温杯750ml")).number == 0
    assert evidence(one, print_of("保温杯500ml 2个")).number == 0.5
    assert evidence(one, print_of("500ml保温杯")).number == 1


def test_categories_agree_by_leaf_then_by_root() -> None:
    one = print_of("", category=("女装", "裙装", "连衣裙"))
    assert evidence(one, print_of("", category=("女装", "裙装", "连衣裙"))).category == 1
    assert evidence(one, print_of("", category=("女装", "裤装"))).category == 0.5
    assert evidence(one, print_of("", category=("男装",))).category == 0
    assert math.isnan(evidence(one, print_of("")).category)


def test_what_is_missing_is_nan_and_never_counts_as_conflict() -> None:
    found = evidence(print_of(""), print_of("法式碎花连衣裙", 领型="圆领"))
    missing = {name for name in FEATURES if math.isnan(getattr(found, name))}
    assert missing >= {"title_cosine", "core_dice", "attribute_agree", "shape_conflict", "price", "style", "category"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("货号", "style"), ("品牌", "brand"), ("上市年份季节", "season"), ("面料", "material"), ("领型", "shape"),
        ("适用季节", "taste"), ("风格", "taste"), ("是否瑕疵", "ware"), ("市场价", "price"), ("口味", "shape"),
        ("星座", "other"),
    ],
)  # fmt: skip
def test_attribute_names_fall_into_kinds(name: str, kind: str) -> None:
    assert kind_of(name) == kind


WORDS = st.text("连衣裙碎花夏季新款abc123 -/", max_size=20)
PRINTS = st.builds(
    lambda title, style, neck, brand: print_of(title, 货号=style, 领型=neck, 品牌=brand), WORDS, WORDS, WORDS, WORDS
)


@settings(deadline=None)
@given(st.lists(PRINTS, min_size=2, max_size=6))
def test_comparison_is_symmetric_and_batches_do_not_change_it(prints: list[TextPrint]) -> None:
    stats = TextStats.fit(prints)
    pairs = np.array(list(permutations(range(len(prints)), 2)))
    there = compare_many(prints, pairs, stats)
    np.testing.assert_allclose(there, compare_many(prints, pairs[:, ::-1], stats), atol=1e-9)
    for row, (i, j) in zip(there, pairs, strict=True):
        alone = compare(prints[i], prints[j], stats)
        np.testing.assert_allclose(row, [getattr(alone, name) for name in FEATURES], atol=1e-9)


@settings(deadline=None)
@given(PRINTS)
def test_a_print_survives_a_round_trip_and_is_alike_to_itself(one: TextPrint) -> None:
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=TextPrint)
    assert again == one
    found = evidence(one, again)
    assert math.isnan(found.title_cosine) or found.title_cosine == pytest.approx(1)
    assert found.style in (1.0,) or math.isnan(found.style)
    assert not found.shape_conflict > 0


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_has_a_print(text: str) -> None:
    print_of(text, 货号=text, 品牌=text, 材质=text)
