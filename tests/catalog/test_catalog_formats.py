"""Every file shape, with a small sample of our own making: what a rule can judge comes out right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pddlint.catalog.formats import broken_formats, formats
from pddlint.catalog.model import Listing, Spec
from pddlint.catalog.read import ReadOptions, read_catalog

ROW = {"sku_id": 11, "spec": "米白 均码", "outer_id": "A-1", "is_sku_onsale": 1, "sku_quantity": 9}


def read(tmp_path: Path, data: Any, **options: Any) -> list[Listing]:
    path = tmp_path / "catalog" / "data.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False))
    records = list(read_catalog([path.parent], ReadOptions(base=str(tmp_path), **options)))
    assert [r.code for r in records if not isinstance(r, Listing) and r.code not in ("CAT005", "CAT011")] == []
    return [record for record in records if isinstance(record, Listing)]


def one(tmp_path: Path, data: Any, **options: Any) -> Listing:
    (listing,) = read(tmp_path, data, **options)
    return listing


def names(listing: Listing) -> list[str]:
    return [sku.name for sku in listing.skus]


def prices(listing: Listing) -> list[int | None]:
    return [sku.price_fen for sku in listing.skus]


def test_the_built_in_formats_load_without_a_fault() -> None:
    assert broken_formats() == ()
    assert len(formats()) >= 16


def test_goods_list(tmp_path: Path) -> None:
    rows = [ROW, ROW | {"sku_id": 12, "spec": "雾蓝 均码", "outer_goods_id": "G1"}]
    goods = {
        "goods_id": 9007199254740993,
        "goods_name": "针织开衫",
        "image_url": "a.jpg",
        "is_onsale": 1,
        "sku_list": rows,
    }
    listing = one(tmp_path, {"goods_list_get_response": {"goods_list": [goods], "total_count": 1}})
    assert (listing.id, listing.title, listing.code) == ("9007199254740993", "针织开衫", "G1")
    assert listing.skus[0].specs == (Spec("", "米白"), Spec("", "均码"))
    assert (listing.skus[0].code, listing.skus[0].stock, listing.skus[0].price_fen) == ("A-1", 9, None)


def detail(**changes: Any) -> dict[str, Any]:
    sku = {
        "sku_id": 21,
        "out_sku_sn": "0",
        "multi_price": 3980,
        "price": "4180",
        "quantity": 30,
        "is_onsale": 1,
        "thumb_url": "b.jpg",
        "spec": [{"parent_name": "颜色", "spec_name": "黑色"}],
    }
    goods = {
        "goods_id": 2,
        "goods_name": "头层牛皮腰带",
        "cat_id": 7,
        "goods_desc": "真皮",
        "image_url": "banner.jpg",
        "carousel_gallery_list": ["a.jpg", "b.jpg", "a.jpg"],
        "detail_gallery_list": ["c.jpg"],
        "market_price": 12900,
        "is_onsale": 1,
        "status": 1,
        "second_hand": 0,
        "sold_quantity": 80,
        "shipment_limit_second": 172800,
        "is_pre_sale": 0,
        "goods_property_list": [{"ref_pid": 310, "vvalue": "拓野"}, {"ref_pid": 5, "vvalue": "110", "punit": "cm"}],
        "outer_goods_id": "T-9",
        "sku_list": [sku],
    }
    return goods | changes


def test_goods_detail(tmp_path: Path) -> None:
    listing = one(tmp_path, {"goods_detail_get_response": detail()})
    assert [p.ref for p in listing.pictures] == ["a.jpg", "b.jpg", "banner.jpg"]
    assert [p.ref for p in listing.detail_pictures] == ["c.jpg"]
    assert (listing.brand, listing.category_id, listing.code) == ("拓野", "7", "T-9")
    assert [(a.name, a.value, a.key) for a in listing.attributes] == [("品牌", "拓野", "310"), ("", "110cm", "5")]
    assert (listing.market_price_fen, listing.sales, listing.shipping_seconds, listing.presale) == (
        12900,
        80,
        172800,
        False,
    )
    (sku,) = listing.skus
    assert (sku.price_fen, sku.single_price_fen, sku.code, sku.specs) == (3980, 4180, "", (Spec("颜色", "黑色"),))
    assert listing.origin.pointer == "/goods_detail_get_response"
    assert (sku.pointer, sku.picture and sku.picture.pointer) == ("/sku_list/0", "/sku_list/0/thumb_url")


@pytest.mark.parametrize(
    "wrap", [lambda g: [g], lambda g: g, lambda g: {"result": {"goods_list": [g]}}, lambda g: {"data": [g]}]
)
def test_bare_goods_alone_in_arrays_and_in_back_end_lists(tmp_path: Path, wrap: Any) -> None:
    assert prices(one(tmp_path, wrap(detail()))) == [3980]


def test_goods_information_is_in_yuan_with_categories_by_name(tmp_path: Path) -> None:
    sku = {
        "sku_id": "6",
        "spec": "4L 白色",
        "group_price": "109",
        "single_price": "111.00",
        "sku_quantity": "2",
        "is_sku_onsale": "1",
    }
    info = {
        "goods_id": "3",
        "goods_name": "电饭煲",
        "goods_category": "家电",
        "last_category": "电饭煲",
        "second_hand": "0",
    }
    listing = one(
        tmp_path,
        {
            "goods_info_get_response": {
                "goods_info": info | {"sku_list": [sku, sku | {"sku_id": "7", "group_price": "0"}]}
            }
        },
    )
    assert listing.category == ("家电", "电饭煲")
    assert prices(listing) == [10900, None]
    assert (listing.skus[0].single_price_fen, listing.skus[0].stock, listing.second_hand) == (11100, 2, False)


def test_request_body_of_goods_add(tmp_path: Path) -> None:
    body = {
        "goods_name": "红枣夹核桃",
        "cat_id": 12,
        "carousel_gallery": ["a.jpg"],
        "detail_gallery": [],
        "second_hand": False,
        "out_goods_id": "Z1",
        "goods_properties": [
            {"ref_pid": 310, "value": "枣园"},
            {"ref_pid": 9, "parent_spec_id": 1, "spec_id": 501, "value": "500g"},
        ],
        "sku_list": [{"spec_id_list": "[501]", "multi_price": "2200", "price": 2500, "is_onsale": 1, "quantity": 5}],
    }
    listing = one(tmp_path, body)
    assert (listing.id, listing.brand, names(listing), prices(listing)) == ("Z1", "枣园", ["500g"], [2200])
    assert listing.skus[0].id == "#1"


def page() -> dict[str, Any]:
    return {
        "goodsID": 5,
        "goodsName": "多肉盆栽",
        "catID": 8,
        "mallID": 77,
        "isOnSale": True,
        "topGallery": [{"url": "//img.example/a.jpg?imageMogr2/thumbnail/400", "id": 0}],
        "linePrice": "9.9",
        "sideSalesTip": "已拼1.2万件",
        "goodsProperty": [
            {"key": "品牌", "values": ["绿野"], "ref_pid": 310},
            {"key": "花期", "values": ["春", "秋"], "ref_pid": 4},
        ],
        "skus": [
            {
                "skuId": 51,
                "specs": [{"spec_key": "品种", "spec_value": "玉露"}],
                "groupPrice": "0.99",
                "normalPrice": "2.99",
                "oldGroupPrice": 99,
                "price": 0,
                "isOnSale": 1,
                "quantity": 3,
            }
        ],
    }


@pytest.mark.parametrize(
    "wrap",
    [
        lambda g: {"store": {"initDataObj": {"goods": g}}},
        lambda g: {"store": {"goods": g, "x": 1}},
        lambda g: {"rawData": {"store": {"initDataObj": {"goods": g}}}},
        lambda g: {"rawData": json.dumps({"store": {"initDataObj": {"goods": g}}})},
        lambda g: {"goods": {k: v for k, v in g.items() if k != "skus"}, "sku": g["skus"]},
    ],
    ids=["initDataObj", "store.goods", "rawData", "rawData as text", "goods and sku side by side"],
)
def test_goods_page(tmp_path: Path, wrap: Any) -> None:
    listing = one(tmp_path, wrap(page()))
    assert (listing.id, listing.shop, listing.category_id, listing.brand) == ("5", "77", "8", "绿野")
    assert (prices(listing), listing.skus[0].single_price_fen, names(listing)) == ([99], 299, ["玉露"])
    assert (listing.market_price_fen, listing.sales) == (990, 12000)
    assert listing.attributes[1].value == "春 秋"


def test_helper_page_with_options(tmp_path: Path) -> None:
    option = {
        "goodsId": 9,
        "skuId": 91,
        "specs": [{"spec_key": "款式", "spec_value": "豪华"}],
        "groupPrice": "16.9",
        "oldGroupPrice": 2390,
    }
    goods = {"title": "平板拖把", "thumbs": [{"url": "http://x/a.jpg"}], "price": "199", "options": [option]}
    listing = one(tmp_path, {"error": 0, "goods": goods})
    assert (listing.id, prices(listing), names(listing), listing.market_price_fen) == ("9", [1690], ["豪华"], 19900)


def test_search_page_rows_belong_to_their_own_malls(tmp_path: Path) -> None:
    row = {
        "goods_id": 61,
        "goods_name": "中性笔",
        "price": 315,
        "normal_price": 500,
        "market_price": 4500,
        "image_url": "a.jpg",
        "p_search": {"cat_id": 2687},
    }
    first, second, third = read(
        tmp_path,
        {
            "items": [
                row | {"mall_name": "文具店"},
                row | {"goods_id": 62, "mall_name": "文具店"},
                row | {"goods_id": 63},
            ],
            "total": 3,
        },
    )
    assert prices(first) == [315]
    assert first.merchant == second.merchant == "文具店"
    assert third.merchant not in (first.merchant, "catalog")
    assert first.category_id == "2687"


def test_ddk_search(tmp_path: Path) -> None:
    row = {
        "goods_sign": "c9r2",
        "goods_name": "纸巾",
        "min_group_price": 990,
        "min_normal_price": 1290,
        "mall_id": 3,
        "goods_image_url": "a.jpg",
    }
    listing = one(tmp_path, {"goods_search_response": {"goods_list": [row]}})
    assert (listing.id, listing.shop, prices(listing)) == ("c9r2", "3", [990])


def test_plain_shape(tmp_path: Path) -> None:
    record = {
        "id": "p1",
        "title": "帆布包",
        "category": ["箱包", "帆布包"],
        "brand": "山影",
        "attributes": {"材质": "帆布", "产地": ["河北", "白沟"]},
        "images": ["a.jpg", {"url": "b.jpg"}],
        "market_price": "99",
        "sales": "1万+",
        "shipping_hours": 48,
        "price_range_ratio": 3,
        "skus": [
            {
                "id": "s1",
                "specs": {"颜色": "黑"},
                "price": 19.9,
                "single_price": 25,
                "stock": 3,
                "code": "0",
                "image": "a.jpg",
            }
        ],
        "pddlint": {"ignore": ["DUP002", "BAIT"], "reason": "已与运营确认"},
    }
    listing = one(tmp_path, {"shop": "s", "merchant": "m", "listings": [record]})
    assert (listing.shop, listing.merchant, listing.category) == ("s", "m", ("箱包", "帆布包"))
    assert (prices(listing), listing.market_price_fen, listing.sales, listing.shipping_seconds) == (
        [1990],
        9900,
        10000,
        172800,
    )
    assert (listing.skus[0].code, listing.price_range_ratio, [a.value for a in listing.attributes]) == (
        "",
        3.0,
        ["帆布", "河北 白沟"],
    )
    assert listing.suppressions[0].codes == ("DUP002", "BAIT")
    assert one(tmp_path, record | {"category": "箱包 > 帆布包"}).category == ("箱包", "帆布包")


def test_taobao(tmp_path: Path) -> None:
    rows = [
        {"skuId": "0", "price": "19-39", "propPath": ""},
        {"skuId": "1", "price": "19", "skuName": "尺码--M;颜色--黑", "quantity": "4"},
    ]
    item = {
        "itemId": "71",
        "title": "T恤",
        "sku": rows,
        "props": [],
        "images": ["//x/a.jpg"],
        "groupProps": [{"基本信息": [{"品牌": "木墨"}]}],
        "categoryId": "5",
    }
    listing = one(tmp_path, {"data": {"seller": {"shopId": "9"}, "item": item}, "retcode": "0000"})
    assert (listing.id, listing.shop, listing.brand, names(listing), prices(listing)) == (
        "71",
        "9",
        "木墨",
        ["M 黑"],
        [1900],
    )
    top = {
        "num_iid": 72,
        "title": "沙发",
        "cid": 4,
        "price": "8999.00",
        "skus": {"sku": [{"sku_id": 1, "price": "9", "properties_name": "1:2:颜色分类:红"}]},
    }
    listing = one(tmp_path, {"item_get_response": {"item": top}})
    assert (listing.id, prices(listing), listing.skus[0].specs) == ("72", [900], (Spec("颜色分类", "红"),))


def test_taobao_sku_table_is_joined_by_item(tmp_path: Path) -> None:
    rows = [
        {
            "num_iid": 1 + n % 2,
            "sku_id": n,
            "title": f"椅{1 + n % 2}",
            "price": 10 + n,
            "properties_name": f"1:2:颜色:{n}",
        }
        for n in range(4)
    ]
    first, second = read(tmp_path, rows)
    assert (first.id, second.id, prices(first), prices(second)) == ("1", "2", [1000, 1200], [1100, 1300])
    assert [sku.pointer for sku in second.skus] == ["/1", "/3"]


def test_jd(tmp_path: Path) -> None:
    item = {
        "itemId": "8",
        "name": "手机",
        "saleProp": {"1": "颜色", "2": "版本"},
        "skuProps": {},
        "sku": [{"1": "黑", "2": "64GB", "price": "4399.00", "skuId": "81"}],
        "images": ["http://x/a.jpg"],
    }
    listing = one(tmp_path, {"data": {"seller": {}, "item": item}})
    assert (listing.skus[0].specs, prices(listing)) == ((Spec("颜色", "黑"), Spec("版本", "64GB")), [439900])
    size = json.dumps([{"id": 1, "value": "双人位"}, {"unit": "m", "id": 2, "value": "1.8"}])
    attrs = json.dumps([{"attrValueAlias": [size], "index": 2}, {"attrValueAlias": ["[悬浮床]"], "index": 1}])
    rows = [
        {
            "ware_id": 5,
            "sku_id": n,
            "sku_name": f"皮床 婚床 款{n}",
            "jd_price": 7141.0,
            "status": 1,
            "sale_attrs": attrs,
        }
        for n in (1, 2)
    ]
    listing = one(tmp_path, rows)
    assert (listing.title, names(listing), prices(listing)) == ("皮床 婚床", ["[悬浮床] 双人位 1.8m"] * 2, [714100] * 2)


def test_suning(tmp_path: Path) -> None:
    values = {
        "颜色": [{"characterValueId": "276", "characterValueDisplayName": "蓝"}],
        "尺码": [{"characterValueId": "46", "characterValueDisplayName": "XS"}],
    }
    data = {
        "partNumber": "000001",
        "title": "外套",
        "shopId": "007",
        "passSubList": [values],
        "charPartNumbers": [{"27646": {"partNumber": "9"}}],
        "images": [],
    }
    listing = one(tmp_path, {"data": data})
    assert (listing.id, listing.skus[0].id, names(listing)) == ("000001", "9", ["蓝 XS"])


def test_weixin_shop(tmp_path: Path) -> None:
    sku = {
        "sku_id": "1",
        "sale_price": 9990,
        "stock_num": 5,
        "sku_attrs": [{"attr_key": "净含量", "attr_value": "3罐"}],
        "status": 5,
    }
    product = {
        "product_id": "6",
        "title": "燕麦",
        "head_imgs": ["http://x/a"],
        "status": 5,
        "skus": [sku],
        "attrs": [{"attr_key": "品牌", "attr_value": "麦"}],
    }
    listing = one(tmp_path, {"errcode": 0, "product": product})
    assert (listing.id, listing.brand, prices(listing), names(listing)) == ("6", "麦", [9990], ["3罐"])
    listing = one(tmp_path, [{"product_id": "6", "title": "燕麦", **sku}])
    assert prices(listing) == [9990]


def test_shopify(tmp_path: Path) -> None:
    variant = {"id": 1, "option1": "Black", "price": "19.90", "sku": "K1", "inventory_quantity": 2, "image_id": 5}
    product = {
        "id": 10,
        "title": "Mug",
        "vendor": "V",
        "handle": "mug",
        "options": [{"name": "Color"}],
        "variants": [variant],
        "images": [{"id": 5, "src": "http://x/a.jpg"}],
        "status": "active",
    }
    listing = one(tmp_path, {"products": [product]})
    assert (prices(listing), listing.skus[0].specs, listing.skus[0].code) == ([1990], (Spec("Color", "Black"),), "K1")
    assert read(tmp_path, {"products": [product | {"status": "draft"}]}) == []


def test_kuaimai(tmp_path: Path) -> None:
    sku = {"sysSkuId": 1, "propertiesName": "颜色:红;尺码:M", "skuOuterId": "K-1", "priceOutput": "25.5"}
    listing = one(tmp_path, {"data": {"list": [{"sysItemId": 4, "title": "裙", "outerId": "K", "skus": [sku]}]}})
    assert (listing.code, prices(listing), listing.skus[0].specs) == (
        "K",
        [2550],
        (Spec("颜色", "红"), Spec("尺码", "M")),
    )


def test_tables_joined_by_shop_item(tmp_path: Path) -> None:
    tables = {
        "goods": [
            {"sid": 1, "title": "纸巾", "shop": "店", "price": 6.8, "image": "a.jpg", "count": "已拼3件"},
            {"sid": 2, "title": "线", "shop": "乙", "price": 5},
        ],
        "pay_price": [
            {"iid": 1, "tid": 2, "i_title": "无", "t_title": "容量", "new_price": 10.5, "old_price": 13.9, "sid": 1}
        ],
        "type": [{"tid": 2, "tname": "14卷"}],
        "size": [{"iid": 1, "sname": "无"}],
        "item_swiper": [{"images": "b.jpg", "cid": 1}],
    }
    first, second = read(tmp_path, tables)
    assert (first.skus[0].specs, prices(first), prices(second)) == ((Spec("容量", "14卷"),), [1050], [500])
    assert first.merchant != second.merchant


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["复古蓝 S（80斤）", "黑灰 M"], [["复古蓝", "S（80斤）"], ["黑灰", "M"]]),
        (["红,M", "蓝,L"], [["红", "M"], ["蓝", "L"]]),
        (["红 ; M ; ", "蓝 ; L ; "], [["红", "M"], ["蓝", "L"]]),
        (["小号 带盖", "大号"], [["小号 带盖"], ["大号"]]),
        (["iPhone 15 Pro"], [["iPhone 15 Pro"]]),
        (["颜色:红;尺码:M"], [["红", "M"]]),
        (["颜色：红，尺码：M"], [["红", "M"]]),
    ],
)
def test_specs_written_as_one_text(tmp_path: Path, texts: list[str], expected: list[list[str]]) -> None:
    goods = detail(sku_list=[{"sku_id": n, "spec": text, "multi_price": 1} for n, text in enumerate(texts, 1)])
    assert [[spec.value for spec in sku.specs] for sku in one(tmp_path, goods).skus] == expected
