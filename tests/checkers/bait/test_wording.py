"""What words say: through dots, emoji and styled letters, and not where they mean something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pddlint.checkers.bait.wording import openly, signs, squeeze

NOT_FOR_SALE = ["拍错不发", "补差价专拍", "勿拍", "邮费链接", "定金", "占位勿拍", "联系客服改价", "理赔专拍", "备注款"]


def strong(text: str, name: str) -> set[str]:
    return {sign.sense for sign in signs(text, name) if sign.strong}


@pytest.mark.parametrize(
    "text",
    [
        "拍.错.不.发",
        "拍❌错❌不❌发",
        "补💰差",
        "补 差 价",
        "勿𝗽𝗮𝗶",
        "请勿pai",
        "勿扌白",
        "補差價專用",
        "㊙️專拍鏈接",
        "ｂｃｊ",
        "【定 金】",
        "改 亻介 联系",
        "邮fei链接",
        "bu差价",
        "补茶价",
        "运费补拍",
        "订金（到货补尾款）",
        "下单后不会发货",
        "积分兑换专用，其他下单不发货",
        "少几元拍几个",
        "价格另议勿直接拍",
    ],
)
def test_disguised_wording_reads_as_it_sounds(text: str) -> None:
    assert strong(text, "nonexistent")


@given(
    st.sampled_from(NOT_FOR_SALE),
    st.lists(st.sampled_from([".", " ", "·", "-", "💰", "❗", "\u200b", "~"]), max_size=12),
)
def test_separators_between_characters_hide_nothing(phrase: str, separators: list[str]) -> None:
    spaced = "".join(char + separators[i % len(separators)] if separators else char for i, char in enumerate(phrase))
    assert strong(spaced, "nonexistent") == strong(phrase, "nonexistent")


@pytest.mark.parametrize(
    "text",
    [
        "不补差价",
        "无需补差价",
        "退货补运费",
        "退货包运费",
        "赠运费险",
        "免邮费",
        "包邮免运费",
        "请勿拍打",
        "请勿拍照",
        "介意勿拍",
        "急用勿拍",
        "偏远地区勿拍",
        "180斤以上勿拍",
        "假一赔十",
        "坏果包赔",
        "固定金属支架",
        "锁定金额",
        "燕尾款",
        "猫尾款",
        "抽奖箱",
        "连接线",
        "文胸链接扣",
        "大众专用",
        "定制",
        "预售",
        "幸运草",
        "买贵退差价",
        "不占位置",
        "免安装费",
        "含运费",
        "虚拟现实眼镜",
    ],
)
def test_words_that_mean_something_else_are_spared(text: str) -> None:
    assert strong(text, "nonexistent") == set()


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("二手九成新", "used"),
        ("门店展示机", "display"),
        ("仿真模型机 不能开机", "dummy"),
        ("轻微划痕", "defect"),
        ("客退件", "returned"),
        ("临期特价", "stale"),
        ("仅左脚", "single"),
        ("键坏了", "defect"),
        ("漏充 没反应", "defect"),
    ],
)
def test_irregular_goods_are_recognised(text: str, sense: str) -> None:
    assert sense in strong(text, "irregular")


@pytest.mark.parametrize(
    "text",
    [
        "除二手烟",
        "防划痕",
        "遮瑕",
        "无瑕疵",
        "样板间风格",
        "碎花",
        "破洞牛仔",
        "软糖",
        "骁龙处理器",
        "一只鸡",
        "不掉漆",
        "全新未拆封",
        "以旧换新",
        "七天无理由退货",
        "展示架",
        "复古做旧",
        "压花皮",
        "抗氧化",
        "变色杯",
        "防漏水",
        "仿真花",
        "冰裂纹",
        "散养",
    ],
)
def test_virtues_and_goods_are_no_flaws(text: str) -> None:
    assert strong(text, "irregular") == set()


def test_a_sign_keeps_the_sellers_spelling() -> None:
    assert signs("现货 拍.错.不.发！", "nonexistent")[0].written == "拍.错.不.发"
    assert squeeze("补💰差").text == "补差"


def test_an_open_listing_says_so_in_its_title() -> None:
    assert "used" in openly("二手相机 成色可选", "irregular")
    assert "used" not in openly("除二手烟空气净化器", "irregular")
    assert "deposit" in openly("预付定金 中秋礼盒", "nonexistent")
    assert "deposit" not in openly("固定金属支架", "nonexistent")


@pytest.mark.parametrize(
    ("text", "name", "sense"),
    [
        ("点了会被关单", "nonexistent", "no_shipping"),
        ("下单必退", "nonexistent", "no_shipping"),
        ("报三围后再核价", "nonexistent", "price_by_chat"),
        ("到货再付全款", "nonexistent", "deposit"),
        ("后台留用款", "nonexistent", "placeholder"),
        ("来了发通知", "nonexistent", "placeholder"),
        ("超出部分拍这个", "nonexistent", "top_up"),
        ("已下过水", "irregular", "used"),
        ("七天无理由回来的", "irregular", "returned"),
        ("橱窗久晒", "irregular", "display"),
        ("釉面有黑点", "irregular", "defect"),
        ("窑里挑剩", "irregular", "defect"),
    ],
)
def test_wording_is_read_by_its_elements(text: str, name: str, sense: str) -> None:
    assert sense in {sign.sense for sign in signs(text, name) if sign.strong}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("旧灯自己换", "irregular"),  # what it replaces is worn
        ("断了换", "irregular"),
        ("带漏电保护", "irregular"),
        ("底部有漏水孔", "irregular"),
        ("支持退货的", "irregular"),
        ("系统备用电池", "nonexistent"),
        ("拍后不退款不取消", "nonexistent"),
        ("货到付款", "nonexistent"),
    ],
)
def test_elements_that_mean_something_else_are_left_alone(text: str, name: str) -> None:
    assert not [sign for sign in signs(text, name) if sign.strong]
