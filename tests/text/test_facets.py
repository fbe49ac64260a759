"""Facets: what varies is told from what a thing is, in titles and in SKU specs of many trades."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pddlint.catalog.model import Attribute, Listing, Sku, Spec
from pddlint.text.colours import family
from pddlint.text.facets import extract, listing_facets
from pddlint.text.products import head_noun, product_words


@pytest.mark.parametrize(
    ("title", "kind", "values"),
    [
        ("雾霾蓝碎花连衣裙女夏季", "colour", {"雾霾蓝"}),
        ("樱花粉保温杯500ml", "colour", {"樱花粉"}),
        ("浴室置物架免打孔 枪灰色", "colour", {"枪灰"}),
        ("懒人沙发单人 丛林绿", "colour", {"丛林绿"}),
        ("白衬衫男长袖", "colour", {"白"}),
        ("紫皮百香果5斤 红富士苹果 黑芝麻糊", "colour", set()),
        ("小白鞋女 蓝牙耳机 白鸭绒羽绒服", "colour", set()),
        ("烟酰胺美白身体乳 提亮肤色", "colour", set()),
        ("加厚羽绒服男 送袜子1双", "gift", {"袜子"}),
        ("买一送一 洗脸巾", "gift", {"买赠"}),
        ("双肩包【送密码锁+USB线】", "gift", {"usb线+密码锁"}),
        ("空气炸锅5L 送食谱+油刷", "gift", {"油刷+食谱"}),
        ("蛋糕 送生日帽", "gift", {"生日帽"}),
        ("电风扇 送礼盒装", "gift", {"礼盒装"}),
        ("净水器 送外套", "gift", {"外套"}),
        ("手链女 送女友生日礼物", "gift", set()),
        ("白酒整箱 送礼送长辈", "gift", set()),
        ("连衣裙 赠运费险", "gift", set()),
        ("床垫 送货上门", "gift", set()),
        ("不送灯泡的灯罩", "gift", set()),
        ("赠品勿拍", "gift", set()),
        ("连衣裙 赠运费险", "service", {"赠运费险"}),
        ("车厘子5斤顺丰包邮坏果包赔", "service", {"顺丰包邮", "坏果包赔"}),
        ("4XL-5XL 重磅纯棉T恤男", "size", {"4xl-5xl"}),
        ("雪地靴 33-37码", "size", {"33-37"}),
        ("纯棉四件套1.8m床", "size", {"床180"}),
        ("2025新款春装外套", "year", {"2025"}),
        ("电动牙刷第3代", "generation", {"3代"}),
        ("小学数学三年级上册同步练习", "volume_no", {"3年级上册"}),
        ("空气炸锅KF-501可视窗", "model", {"kf501"}),
        ("柠檬味豆腐猫砂", "flavour", {"柠檬"}),
        ("头层牛皮腰带男", "material", {"头层牛皮"}),
    ],
)
def test_title_facet(title: str, kind: str, values: set[str]) -> None:
    found = extract(title)
    assert found.of(kind) == values, found.facets


@pytest.mark.parametrize(
    ("spec", "around", "kind", "values"),
    [
        ("黑", "双肩包男", "colour", {"黑"}),
        ("肤+黑+粉(3条盒装)", "无痕内裤女", "colour", {"肤", "黑", "粉"}),
        ("黑横款", "钱包男", "colour", {"黑"}),
        ("燕麦 S", "T恤女", "colour", {"燕麦"}),
        ("草莓 250ml", "酸奶饮品", "colour", set()),
        ("草莓 250ml", "酸奶饮品", "flavour", {"草莓"}),
        ("黑芝麻 15小包", "即食零食芝麻糊", "colour", set()),
        ("38", "皮鞋男", "size", {"38"}),
        ("36-37", "拖鞋女", "size", {"36-37"}),
        ("XXXL", "T恤男", "size", {"3xl"}),
        ("128G", "高速U盘", "capacity", {"128"}),
        ("14pm", "适用iPhone15手机壳", "fitment", {"iphone14pm"}),
        ("原味500g", "牛肉干零食", "flavour", {"原"}),
    ],
)
def test_spec_facet(spec: str, around: str, kind: str, values: set[str]) -> None:
    found = extract(spec, spec=True, around=around)
    assert found.of(kind) == values, found.facets


@pytest.mark.parametrize(
    ("title", "values"),
    [
        ("适用苹果15钢化膜iPhone14/13promax", {"iphone15", "iphone14", "iphone13pm"}),
        ("适用华为mate60 p60手机防水袋", {"mate60", "华为p60"}),
        ("适用大众朗逸速腾车载手机支架", {"大众", "朗逸", "速腾"}),
        ("格力空调遥控器", {"格力"}),
    ],
)
def test_an_accessory_names_what_it_fits(title: str, values: set[str]) -> None:
    found = extract(title)
    assert values <= found.of("fitment"), found.facets


@pytest.mark.parametrize(
    ("title", "model"),
    [
        ("小米手环8智能手环", "小米手环8"),
        ("HUAWEI Band 9 智能运动手环", "华为手环9"),
        ("Redmi Note 13 Pro 5G手机", "note13pro"),
    ],
)
def test_a_device_names_its_model(title: str, model: str) -> None:
    found = extract(title, ("手机数码", title[-2:]))
    assert model in found.of("model"), found.facets


def test_the_core_drops_what_varies_and_keeps_what_it_is() -> None:
    red = extract("【包邮】2024新款头层牛皮女士单肩包 酒红色 送丝巾")
    black = extract("头层牛皮女士单肩包 黑色 2025新款 顺丰")
    assert red.core == black.core == "头层牛皮女士单肩包"
    assert set(red.differs(black)) == {"colour", "gift", "service", "year"}


def test_other_models_keep_different_cores() -> None:
    assert extract("小米手环7智能手环", ("智能手环",)).core != extract("小米手环8智能手环", ("智能手环",)).core


def test_listing_facets_read_specs_in_the_light_of_the_title() -> None:
    listing = Listing(
        "1", "高速U盘USB3.0金属", category=("数码", "U盘"), attributes=(Attribute("材质", "锌合金"),),
        skus=(Sku("a", (Spec("颜色", "银"), Spec("容量", "64G"))), Sku("b", (Spec("颜色", "黑"), Spec("", "128G")))),
    )  # fmt: skip
    found = listing_facets(listing)
    assert found.of("capacity") == {"64", "128"}
    assert found.offered()["colour"] == {"银", "黑"}
    assert found.attributes["material"] == {"锌合金"}


@pytest.mark.parametrize(
    ("title", "noun"),
    [
        ("行李箱保护套拉杆箱套弹力加厚", "箱套"),
        ("适用小米手环8表带替换腕带", "表带"),
        ("纯棉四件套全棉床单被套", "四件套"),
        ("东北五常大米稻花香10斤", "大米"),
        ("男士纯棉中筒袜春秋防臭长袜", "袜子"),
    ],
)
def test_head_noun(title: str, noun: str) -> None:
    assert head_noun(title) == noun, product_words(title)


@pytest.mark.parametrize(
    ("name", "expected"), [("曜石黑", "黑"), ("藏青", "蓝"), ("雾霾蓝", "蓝"), ("奶茶色", "棕"), ("雨后初晴", "")]
)
def test_colour_family(name: str, expected: str) -> None:
    assert family(name) == expected


@settings(max_examples=200)
@given(st.text(), st.booleans())
def test_extraction_never_raises_and_spans_lie_in_the_text(text: str, spec: bool) -> None:
    found = extract(text, spec=spec)
    assert all(0 <= facet.start < facet.end <= len(found.text) for facet in found.facets)
    assert extract(text, spec=spec) == found


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            [
                "送",
                "赠",
                "买一送一",
                "黑色",
                "iphone",
                "15",
                "/",
                "pro",
                "5斤",
                "*",
                "4",
                "包",
                "适用",
                "大众",
                "m",
                "xl",
                "第3册",
                "[",
                "]",
                "(",
                ")",
                "+",
                "100ml",
                "2024新款",
            ]
        ),
        max_size=9,
    )
)
def test_any_mix_of_seller_words_is_read(parts: list[str]) -> None:
    for glue in ("", " "):
        extract(glue.join(parts))
        extract(glue.join(parts), spec=True)
