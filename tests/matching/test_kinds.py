"""What separates two listings of one item, told by what their titles, SKUs and data sheets name."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pddlint.catalog.formats.plain import listing
from pddlint.matching.fingerprint import Fingerprint, fingerprint
from pddlint.matching.kinds import judge
from pddlint.text.makers import makers


def goods(
    title: str, skus: Sequence[str] = ("均码",), brand: str = "", description: str = "", category: str = "家用"
) -> Fingerprint:
    record = {
        "id": title,
        "shop": "s",
        "title": title,
        "category": ["百货", category],
        "description": description,
        "attributes": {"品牌": brand} if brand else {},
        "skus": [{"id": str(at), "specs": {"款式": name}, "price": 20 + at} for at, name in enumerate(skus)],
    }
    return fingerprint(listing(record), {})


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        (goods("活页本加厚学生笔记本子", ["40页", "60页"]), goods("加厚活页笔记本 学生", ["120页"]), "spec"),
        (goods("家用梯子折叠", ["三步", "四步"]), goods("折叠梯 家用", ["5步", "6步"]), "spec"),
        (goods("水彩笔套装", ["12色", "24色"]), goods("水彩笔 绘画套装", ["48色"]), "spec"),
        (goods("水彩笔套装", ["12色", "24色"]), goods("水彩笔 绘画套装", ["24色", "48色"]), "presentation"),
        (goods("口红套盒", ["1号色", "2号色"]), goods("套盒口红", ["3号色"]), "presentation"),
        (goods("卡通贴纸", ["1款", "2款"]), goods("贴纸 卡通", ["3款"]), "presentation"),
        (goods("布艺沙发垫防滑", ["小号", "大号"]), goods("防滑沙发垫 布艺", ["小号 灰", "大号 灰"]), "color"),
        (goods("布艺沙发垫防滑"), goods("灰色布艺沙发垫 防滑"), "presentation"),
        (goods("吸尘器滤网通用"), goods("适用美的吸尘器滤网 通用"), "fitment"),
        (goods("适用美的吸尘器滤网通用"), goods("松下/戴森吸尘器过滤网 万能"), "fitment"),
        (goods("打印纸 惠普专用", ["50张"]), goods("喷墨打印纸 相片纸", ["50张"]), "fitment"),
        (goods("通用雨刮器片", ["单支"]), goods("适用大众朗逸 雨刮器片 通用", ["一对"]), "fitment"),
        (goods("公牛插座面板", brand="公牛"), goods("家用插座面板 通用86型", brand="公牛"), "presentation"),
        (goods("绿联数据线 适用苹果充电"), goods("充电数据线 适用苹果手机"), "presentation"),
        (goods("螺旋桨模型配件", category="配件"), goods("GX7螺旋桨 模型配件", category="配件"), "presentation"),
        (goods("螺旋桨通用配件", category="配件"), goods("GX7螺旋桨 通用配件", category="配件"), "fitment"),
        (goods("得力办公胶水 万能"), goods("晨光办公胶水 万能"), "presentation"),
        (goods("家用梯子", ["3-5步"]), goods("梯子 家用", ["4步"]), "presentation"),
        (goods("笔袋", ["48小时内发货"]), goods("文具笔袋", ["24小时内发货"]), "presentation"),
        (goods("香瓜子零食", category="瓜子零食"), goods("瓜子零食", ["焦糖"], category="瓜子零食"), "presentation"),
        (goods("绿联充电线 适用苹果"), goods("绿联充电线 适用华为"), "fitment"),
    ],
)
def test_the_kind_is_what_separates_the_listings(left: Fingerprint, right: Fingerprint, kind: str) -> None:
    assert judge(left, right).kind == kind
    assert judge(right, left).kind == kind


def test_numbers_that_no_facet_counts_are_named_with_their_unit() -> None:
    (difference,) = judge(goods("活页本", ["40页", "60页"]), goods("活页本", ["120页"])).differences
    assert (difference.facet, difference.here, difference.there) == ("numbered", ("40页", "60页"), ("120页",))


@pytest.mark.parametrize("said", ["赠品以实物为准", "赠品勿单拍", "赠品随机发货", "赠品售完不补"])
def test_what_is_said_about_gifts_is_no_gift(said: str) -> None:
    assert judge(goods("陶瓷碗餐具", description=said), goods("陶瓷碗餐具")).kind == "presentation"


def test_a_gift_in_the_description_is_one() -> None:
    assert judge(goods("陶瓷碗餐具", description="赠品：竹筷"), goods("陶瓷碗餐具")).kind == "gift"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("适用松下剃须刀", {"松下"}),
        ("松下飞利浦剃须刀刀头", {"松下", "飞利浦"}),
        ("岩松下的小屋", set()),
        ("philips剃须刀", {"飞利浦"}),
        ("xphilipsx", set()),
    ],
)
def test_makers_are_whole_names(text: str, found: set[str]) -> None:
    assert makers(text) == found


def test_numbers_of_what_no_facet_counts_free_no_bag() -> None:
    bags = [goods("帆布包单肩", skus, category="箱包") for skus in (["2层"], ["3层"])]
    judgement = judge(*bags)
    assert judgement.kind == "spec"
    assert judgement.exempt is False
