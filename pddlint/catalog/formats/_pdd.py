"""What all Pinduoduo shapes share: one goods object to a listing, whichever call or page it came from.

Field names follow the Open Platform (`goods_name`, `sku_list`), its older and later spellings, and the goods page's
camel case (`goodsName`, `skus`). See `pddlint.catalog.units` for which price is in which unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pddlint.catalog import units
from pddlint.catalog.fields import Fields
from pddlint.catalog.model import Attribute, InlineSuppression, Listing, Picture, Sku, Spec
from pddlint.text.patterns import Pattern

BRAND_PID = "310"  # ref_pid of 品牌, the same in every category

ID = ("goods_id", "goodsID", "goodsId")
TITLE = ("goods_name", "goodsName")
CATEGORY_ID = ("cat_id", "catID", "catId", "leaf_cat_id")
GALLERY = (
    "carousel_gallery_list",
    "carousel_gallery",
    "topGallery",
    "gallery",
    "goods_gallery_urls",
    "banner",
    "viewImageData",
)
MAIN = (
    "image_url",
    "goods_image_url",
    "hd_thumb_url",
    "hdThumbUrl",
    "hd_url",
    "thumb_url",
    "thumbUrl",
    "goods_thumbnail_url",
)
DETAIL = ("detail_gallery_list", "detail_gallery", "detailGallery", "detail")
DESCRIPTION = ("goods_desc", "goodsDesc", "shareDesc")
SKUS = ("sku_list", "skus", "skuList")
CODE = ("outer_goods_id", "out_goods_id", "outer_goods_sn", "out_goods_sn", "outerGoodsId", "outGoodsSn")
SALES = ("sold_quantity", "soldQuantity", "sales", "sales_tip", "salesTip", "sideSalesTip", "cnt")
MALL = ("mall_id", "mallID", "mallId")
MARKET = ("market_price", "marketPrice", "linePrice")
ATTRIBUTES = ("goods_property_list", "goods_properties", "goodsProperty")

SKU_ID = ("sku_id", "skuId", "skuID", "id")
SKU_SPEC = ("spec", "specs", "spec_list", "specList")
SKU_CODE = ("out_sku_sn", "outer_id", "outer_sku_sn", "out_sku_id", "outer_sku_id", "outSkuSn", "outerId", "out_id")
SKU_PICTURE = ("thumb_url", "thumbUrl", "sku_img", "sku_thumb_url", "skuThumbUrl")
SKU_STOCK = ("quantity", "sku_quantity", "goods_quantity", "skuQuantity", "stock")
SKU_SINGLE_PRICE = (
    "single_price",
    "singlePrice",
    "price",
    "skuPrice",
    "sku_price",
    "min_normal_price",
    "normal_price",
)
SKU_ON_SALE = ("is_onsale", "is_sku_onsale", "isOnsale", "isOnSale", "isSkuOnsale")

_PAIR = Pattern(r"\s*([^:：;；,，]{1,12})[:：]\s*(.+)")


def listing(
    fields: Fields, price_unit: units.Unit = "fen", shop: str = "", rows: list[Fields] | None = None
) -> Listing:
    """The goods object as a listing.

    `price_unit` is the unit of `group_price` and its companions in this shape; `rows` are the SKUs where they stand
    beside the goods object instead of in it.
    """
    attributes, spec_values = _attributes(fields)
    data = fields.data
    rows = list(fields.objects(*SKUS)) if rows is None else rows
    skus = tuple(_skus(rows, price_unit, spec_values)) or tuple(_lone_sku(fields, price_unit))
    title = fields.text(*TITLE)
    gallery, details = pictures(fields)
    return Listing(
        id=fields.identity(*ID, "id"),
        title=title,
        shop=fields.identity(*MALL) or _nested_mall(data) or shop,
        category=tuple(t for t in (fields.text("goods_category"), fields.text("last_category")) if t),
        category_id=_category_id(fields),
        brand=next((a.value for a in attributes if a.key == BRAND_PID), "") or fields.text("brand_name", "brandName"),
        attributes=attributes,
        description=fields.text(*DESCRIPTION),
        pictures=gallery,
        detail_pictures=details,
        skus=skus,
        code=fields.identity(*CODE) or _code_on_skus(data),
        sales=fields.sales(*SALES),
        market_price_fen=_market_price(fields, price_unit),
        on_sale=on_sale(fields),
        second_hand=bool(fields.flag("second_hand", "secondHand")),
        shipping_seconds=fields.count("shipment_limit_second", "shipmentLimitSecond"),
        presale=fields.flag("is_pre_sale", "isPreSale"),
        suppressions=suppressions(fields),
        pointers=pointers(fields),
    )


def pointers(fields: Fields) -> dict[str, str]:
    """Where the listing's fields stand inside the record."""
    names = {
        "id": ID,
        "title": TITLE,
        "category": ("last_category", "goods_category", *CATEGORY_ID),
        "attributes": ATTRIBUTES,
        "description": DESCRIPTION,
        "pictures": (*GALLERY, *MAIN),
        "detail_pictures": DETAIL,
        "skus": SKUS,
        "code": CODE,
        "sales": SALES,
        "market_price_fen": MARKET,
        "shipping_seconds": ("shipment_limit_second", "shipmentLimitSecond"),
        "presale": ("is_pre_sale", "isPreSale"),
    }
    return {field: where for field, spelled in names.items() if (where := fields.where(*spelled))}


def _nested_mall(data: dict[str, Any]) -> str:
    mall = data.get("mall")
    value = next((mall[key] for key in MALL if mall.get(key)), "") if isinstance(mall, dict) else ""
    return str(value) if isinstance(value, (str, int)) else ""


def _category_id(fields: Fields) -> str:
    search = fields.data.get("p_search")
    nested = str(search.get("cat_id") or "") if isinstance(search, dict) else ""
    direct = fields.identity(*CATEGORY_ID) or nested
    if direct:
        return direct
    chain = fields.raw("cat_ids", "catIds")
    ids = [str(item) for item in chain if item] if isinstance(chain, list) else []
    return ids[-1] if ids else ""


def _code_on_skus(data: dict[str, Any]) -> str:
    """goods_list_get_response writes the listing's code on each of its SKUs."""
    rows: list[Any] = next((data[name] for name in SKUS if isinstance(data.get(name), list)), [])
    codes = {str(row.get("outer_goods_id") or "") for row in rows if isinstance(row, dict)} - {"", "0"}
    return codes.pop() if len(codes) == 1 else ""


def _market_price(fields: Fields, price_unit: units.Unit) -> int | None:
    return fields.money(price_unit, "market_price") or fields.money("yuan", "marketPrice", "linePrice")


def on_sale(fields: Fields) -> bool:
    """False for a listing taken off the shelf (status 2) or deleted (4). Sold out (3) is still on the shelf."""
    if fields.flag("is_onsale", "isOnSale", "isOnsale") is False or fields.flag("deleted", "is_deleted") is True:
        return False
    status = fields.raw("status")
    return status not in (2, 4, "2", "4")


def suppressions(fields: Fields) -> tuple[InlineSuppression, ...]:
    """The record's own `"pddlint": {"ignore": [...], "reason": "..."}`."""
    block = fields.data.get("pddlint")
    if block is None:
        return ()
    if not isinstance(block, dict) or not isinstance(block.get("ignore", []), (list, str)):
        fields.ill_typed("pddlint", block)
        return ()
    codes = block.get("ignore", [])
    codes = [codes] if isinstance(codes, str) else [code for code in codes if isinstance(code, str)]
    reason = block.get("reason", "")
    return (
        (InlineSuppression(tuple(codes), reason if isinstance(reason, str) else "", f"{fields.at}/pddlint"),)
        if codes
        else ()
    )


def pictures(fields: Fields) -> tuple[tuple[Picture, ...], tuple[Picture, ...]]:
    """(gallery, detail pictures). A banner named beside a gallery comes after it; thumbnails count only alone."""
    gallery = unique(fields.strings(*GALLERY) + fields.strings("image_url") + fields.strings("goods_image_url"))
    for name in MAIN:
        gallery = gallery or unique(fields.strings(name))
    return gallery, unique(fields.strings(*DETAIL))


def unique(places: list[tuple[str, str]]) -> tuple[Picture, ...]:
    """Pictures in order, each reference once. A folder is no picture."""
    seen: dict[str, Picture] = {}
    for ref, pointer in places:
        if ref.strip() and not ref.rstrip().endswith("/"):
            seen.setdefault(ref.strip(), Picture(ref.strip(), "", pointer))
    return tuple(seen.values())


def _attributes(fields: Fields) -> tuple[tuple[Attribute, ...], dict[str, tuple[str, str]]]:
    """The attributes, and for request bodies the text of each spec id: (dimension, value)."""
    found, spec_values = [], {}
    for item in fields.objects(*ATTRIBUTES):
        key = item.identity("ref_pid", "refPid")
        name = "品牌" if key == BRAND_PID else item.text("name", "key", "ref_name", "template_property_name", "pname")
        values = item.raw("values")
        value = " ".join(str(v) for v in values) if isinstance(values, list) else item.text("vvalue", "value")
        if not value:
            continue
        spec_id = item.identity("spec_id")
        if spec_id:
            spec_values[spec_id] = (item.text("parent_spec_name") or name, value)
            continue
        unit = item.text("punit", "value_unit")
        found.append(Attribute(name, value + unit if unit and not value.endswith(unit) else value, key))
    return tuple(found), spec_values


def _skus(rows: list[Fields], price_unit: units.Unit, spec_values: dict[str, tuple[str, str]]) -> Iterator[Sku]:
    texts = [row.data.get("spec") for row in rows]
    split = split_specs([text if isinstance(text, str) else "" for text in texts])
    for index, row in enumerate(rows):
        yield sku(row, price_unit, index, split[index], spec_values)


def sku(
    row: Fields, price_unit: units.Unit, index: int, split: tuple[Spec, ...], spec_values: dict[str, tuple[str, str]]
) -> Sku:
    """One row of a SKU list. `split` are its specs where they are written as one text."""
    picture = row.strings(*SKU_PICTURE)
    return Sku(
        id=row.identity(*SKU_ID) or f"#{index + 1}",
        specs=_specs(row, split, spec_values),
        price_fen=_group_price(row, price_unit),
        single_price_fen=_single_price(row, price_unit),
        stock=row.count(*SKU_STOCK),
        code=row.identity(*SKU_CODE),
        picture=Picture(picture[0][0], "", picture[0][1]) if picture else None,
        on_sale=row.flag(*SKU_ON_SALE) is not False,
        pointer=row.at,
    )


def _group_price(row: Fields, price_unit: units.Unit) -> int | None:
    if "groupPrice" in row.data:
        return _page_price(row, "groupPrice")
    return row.money("fen", "multi_price", "multiPrice", "skuGroupPrice", "sku_group_price") or row.money(
        price_unit, "group_price", "min_group_price"
    )


def _single_price(row: Fields, price_unit: units.Unit) -> int | None:
    if "normalPrice" in row.data:
        return _page_price(row, "normalPrice")
    return row.money(price_unit, *SKU_SINGLE_PRICE)


def _page_price(row: Fields, name: str) -> int | None:
    try:
        return units.page_price(row.data[name], row.data.get("oldGroupPrice"))
    except units.IllTyped:
        row.ill_typed(name, row.data[name])
        return None


def _lone_sku(fields: Fields, price_unit: units.Unit) -> Iterator[Sku]:
    """A row with a price but no SKUs (search pages, recommendation lists): the listing is its one SKU."""
    group = fields.data.get("group")
    nested = Fields(group, fields.problems, f"{fields.at}/group") if isinstance(group, dict) else fields
    price = nested.money(price_unit, "group_price", "min_group_price", "price")
    if "minGroupPrice" in fields.data and price is None:
        price = fields.money("yuan", "minGroupPrice")
    if price is None or fields.name(*SKUS):
        return
    single = fields.money(price_unit, "normal_price", "min_normal_price") or fields.money("yuan", "minNormalPrice")
    yield Sku(fields.identity(*ID), (), price, single, pointer=fields.at)


def _specs(row: Fields, split: tuple[Spec, ...], spec_values: dict[str, tuple[str, str]]) -> tuple[Spec, ...]:
    name = next((n for n in SKU_SPEC if isinstance(row.data.get(n), list) and row.data[n]), "")
    if name:
        return tuple(spec for item in row.data[name] if (spec := _spec(item)) and spec.value)
    if split:
        return split
    ids = row.raw("spec_id_list")
    if ids:
        keys = (
            re.findall(r"\d+", ids) if isinstance(ids, str) else [str(i) for i in ids] if isinstance(ids, list) else []
        )
        return tuple(Spec(*spec_values[key]) for key in keys if key in spec_values)
    return tuple(split_text(row.data["specs"])) if isinstance(row.data.get("specs"), str) else ()


_SPEC_NAME = ("parent_name", "parent_spec_name", "spec_key", "parent_spec_value", "parentName")
_SPEC_VALUE = ("spec_name", "spec_value", "specName", "value")


def _spec(item: Any) -> Spec | None:
    if isinstance(item, str):
        return Spec("", item.strip())
    if not isinstance(item, dict):
        return None
    name = next((item[key] for key in _SPEC_NAME if item.get(key)), "")
    value = next((item[key] for key in _SPEC_VALUE if item.get(key)), "")
    return Spec(str(name), str(value))


def split_specs(texts: list[str]) -> list[tuple[Spec, ...]]:
    """Specs written as one text a SKU, split alike for all SKUs of a listing.

    A separator counts only if it cuts every SKU's text into the same number of parts; otherwise a space or comma
    belongs to the value.
    """
    if not any(texts):
        return [() for _ in texts]
    if any(_named(text) for text in texts):
        return [tuple(split_text(text)) for text in texts]
    for separator in (r"\s*[;；]\s*", r"\s*[,，]\s*", r"\s+"):
        parts = [[part for part in re.split(separator, text.strip(" ;；,，\t")) if part] for text in texts]
        sizes = {len(part) for part in parts if part}
        if sizes and min(sizes) == max(sizes) > 1 and len(parts) > 1:
            return [tuple(Spec("", value) for value in part) for part in parts]
    return [(Spec("", text.strip(" ;；,，\t")),) if text.strip(" ;；,，\t") else () for text in texts]


def _named(text: str) -> bool:
    parts = [part for part in re.split(r"[;；,，]", text) if part.strip()]
    return bool(parts) and all(_PAIR.fullmatch(part) and not part.strip()[0].isdigit() for part in parts)


def split_text(text: str) -> Iterator[Spec]:
    """颜色:白色;尺码:M to specs; text without a colon is a value without a name."""
    separator = r"[;；]" if re.search(r"[;；]", text) else r"[;；,，]"
    for part in re.split(separator, text):
        pair = _PAIR.fullmatch(part)
        if pair:
            yield Spec(pair[1].strip(), pair[2].strip())
        elif part.strip():
            yield Spec("", part.strip())
