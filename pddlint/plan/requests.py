"""Request bodies of the Open Platform (pdd.goods.*) for the steps of a plan, in the order to send them.

Prices are fen. What the catalog does not say is left out (or null) and named in `missing`; nothing is guessed. Field
names follow the platform's documentation of `pdd.goods.information.update`, `goods.add`, `goods.sale.status.set`,
`goods.sku.price.update`, `goods.spec.get` and `goods.spec.id.get`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pddlint.catalog import units
from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import _pdd
from pddlint.catalog.model import Listing, Picture, Sku, Spec
from pddlint.checkers.base import Text
from pddlint.plan.model import Addition, Dimension, Record, Request, Step

UPDATE = "pdd.goods.information.update"
ADD = "pdd.goods.add"
STATUS = "pdd.goods.sale.status.set"
PRICE = "pdd.goods.sku.price.update"
SPECS = "pdd.goods.spec.get"
SPEC_ID = "pdd.goods.spec.id.get"

_LIMIT = 999  # the only `limit_quantity` the platform takes
_PLATFORM = ("http://", "https://", "//")
_KEPT_ON_SALE = 1  # sync_goods_operate: leave the listing on or off the shelf as it is
# Fields of an answer that an update takes as they are, and those that have another name there.
_SAME = (
    "bad_fruit_claim", "buy_limit", "cat_id", "cost_template_id", "country_id", "customer_num", "delivery_one_day",
    "delivery_type", "goods_desc", "goods_name", "goods_type", "image_url", "invoice_status", "lack_of_weight_claim",
    "market_price", "order_limit", "pre_sale_time", "quan_guo_lian_bao", "shipment_limit_second", "size_spec_id",
    "tiny_name", "two_pieces_discount", "warm_tips", "zhi_huan_bu_xiu",
)  # fmt: skip
_FLAGS = ("is_folt", "is_pre_sale", "is_refundable", "second_hand")
_REQUIRED = (
    "cat_id", "goods_name", "goods_desc", "goods_type", "carousel_gallery", "detail_gallery", "cost_template_id",
    "country_id", "is_folt", "is_pre_sale", "is_refundable", "market_price", "second_hand", "shipment_limit_second",
)  # fmt: skip
_ROW = ("multi_price", "price", "quantity", "thumb_url", "weight")  # required of a SKU, beside its specs
_NAMED = 8  # spec values named in a sentence
_PAGE_PRICES = frozenset({"pdd-goods-info"})  # shapes whose market_price is not in fen


_UNNAMED = Text("spec_name：标杆商品原有 SKU 的值，请自己定", "spec_name: the value of the SKUs the kept listing has")


class SpecIds:
    """Which spec ids records of one shop give: of a dimension, and of a value in it."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.dimensions: dict[str, Any] = {}
        self.values: dict[tuple[str, str], Any] = {}
        for record in records:
            for row in _rows(record.data):
                for name in _pdd.SKU_SPEC:
                    for spec in row[name] if isinstance(row.get(name), list) else ():
                        if isinstance(spec, dict) and spec.get("parent_name") and spec.get("spec_name"):
                            self._note(spec)

    def _note(self, spec: Mapping[str, Any]) -> None:
        dimension = str(spec["parent_name"])
        if spec.get("parent_id"):
            self.dimensions.setdefault(dimension, spec["parent_id"])
        if spec.get("spec_id"):
            self.values.setdefault((dimension, str(spec["spec_name"])), spec["spec_id"])

    def of(self, specs: Sequence[Spec]) -> list[Any] | None:
        """The ids of a SKU's specs, None when one is unknown."""
        found = [self.values.get((spec.name, spec.value)) for spec in specs]
        return found if found and None not in found else None


def take_down(listing: Listing, step: Step, first: Listing | None = None) -> Request:
    """Take a listing off the shelf. `first` is the keeper when the call that gives it the SKUs cannot be sent yet:
    until then nothing else sells them."""
    merged = Text(f"{UPDATE}：先把规格加到 {first.id}", f"{UPDATE}: its SKUs in {first.id} first") if first else None
    return Request(
        type=STATUS,
        shop=listing.shop,
        body={"type": STATUS, "goods_id": _number(listing.id), "is_onsale": 0},
        missing=(*((merged,) if merged else ()), *_unknown_id(listing)),
        steps=(step.id,),
        open=step.blocked,
    )


def without_skus(listing: Listing, steps: Sequence[Step]) -> Request:
    """Take SKUs off the shelf and leave the rest of the listing alone."""
    rows = [
        {"sku_id": _number(sku_id) if _real(sku_id) else None, "is_onsale": 0}
        for step in steps
        for sku_id in step.finding.skus
    ]
    missing = list(_unknown_id(listing))
    if any(row["sku_id"] is None for row in rows):
        missing.append(Text("sku_id：目录里没有", "sku_id: the catalog does not give it"))
    body = {
        "type": PRICE,
        "goods_id": _number(listing.id),
        "sku_price_list": rows,
        "sync_goods_operate": _KEPT_ON_SALE,
    }
    ids = tuple(step.id for step in steps)
    return Request(
        type=PRICE,
        shop=listing.shop,
        body=body,
        missing=tuple(missing),
        steps=ids,
        open=any(step.blocked for step in steps),
    )


def merge(keeper: Record, steps: Sequence[Step], sources: Mapping[str, Record]) -> Iterator[Request]:
    """The calls that add the steps' SKUs to the keeper: ask for unknown spec ids, then one update with all of them."""
    same_shop = [record for record in sources.values() if record.listing.shop == keeper.listing.shop]
    ids = SpecIds([keeper, *same_shop])
    new = next((step.dimension for step in steps if step.dimension and step.dimension.new), None)
    own = [(sku, _with_new(sku.specs, new)) for sku in (*keeper.listing.skus, *_off_shelf(keeper))]
    added = [(addition, addition.specs) for step in steps for addition in step.add]
    every = tuple(step.id for step in steps)
    wanted = dict.fromkeys(spec for _, specs in (*own, *added) for spec in specs)
    unknown = [spec for spec in wanted if (spec.name, spec.value) not in ids.values]
    yield from _spec_calls(keeper.listing, unknown, ids, every)
    missing: list[Text] = []
    body = {"type": UPDATE, "goods_id": _number(keeper.listing.id), **_known(keeper)}
    absent = [
        name for name in _REQUIRED if name not in body and not (name == "shipment_limit_second" and _presale(body))
    ]
    if absent:
        missing.append(
            Text(f"{'、'.join(absent)}（必填，目录里没有）", f"{', '.join(absent)} (required, not in the catalog)")
        )
    if unknown:
        names = ", ".join(f"{spec.name or '?'}={spec.value or '?'}" for spec in unknown[:_NAMED])
        names += " …" if len(unknown) > _NAMED else ""
        missing.append(
            Text(f"spec_id_list：{names} 的 spec_id 用 {SPEC_ID} 取", f"spec_id_list: ids of {names}, by {SPEC_ID}")
        )
    rows = {str(row.get("sku_id") or ""): row for row in _rows(keeper.data)}
    taken = {row: _rows_by_pointer(record) for row, record in sources.items()}
    table = [_row(sku, ids.of(specs), rows.get(sku.id, {}), existing=True) for sku, specs in own]
    for step in steps:
        raw = taken.get(step.id, {})
        table += [_row(one, ids.of(one.specs), raw.get(one.pointer, {}), existing=False) for one in step.add]
    unset = [name for name in _ROW if any(row[name] is None for row in table)]
    if unset:
        missing.append(Text(f"sku_list 里的 {'、'.join(unset)}", f"{', '.join(unset)} in sku_list"))
    body["sku_list"] = table
    body["sync_goods_operate"] = _KEPT_ON_SALE
    if keeper.listing.id.startswith("new-"):
        missing += _unknown_id(keeper.listing)
    yield Request(
        type=UPDATE,
        shop=keeper.listing.shop,
        body=body,
        missing=tuple(missing),
        steps=every,
        open=any(step.blocked for step in steps),
    )


def list_apart(record: Record, step: Step) -> Request | None:
    """The draft of a listing for one SKU, as far as the catalog knows it."""
    listing = record.listing
    sku = next((one for one in listing.skus if one.id in step.finding.skus), None)
    if sku is None:
        return None
    raw = next((row for row in _rows(record.data) if str(row.get("sku_id") or "") == sku.id), {})
    row = _row(sku, None, raw, existing=False)
    body: dict[str, Any] = {"type": ADD, "goods_name": sku.name or None, "goods_type": record.data.get("goods_type", 1)}
    body |= {
        name: record.data[name] for name in ("cost_template_id", "country_id") if record.data.get(name) is not None
    }
    if step.finding.code in ("BAIT002", "BAIT005") and listing.category_id:
        body["cat_id"] = _number(listing.category_id)
    if sku.picture and sku.picture.ref.startswith(_PLATFORM):
        body["carousel_gallery"] = [sku.picture.ref]
    body["sku_list"] = [row]
    absent = [name for name in _REQUIRED if body.get(name) is None and name != "goods_name"]
    missing = Text(
        f"草稿：goods_name 现在只是规格名，要写成标题；spec_id_list 用 {SPEC_ID} 取；还要填 {'、'.join(absent)}",
        f"a draft: goods_name is only the SKU's name so far; spec_id_list comes from {SPEC_ID}; still to be filled in: "
        f"{', '.join(absent)}",
    )
    return Request(type=ADD, shop=listing.shop, body=body, missing=(missing,), steps=(step.id,), open=step.blocked)


def _spec_calls(keeper: Listing, unknown: Sequence[Spec], ids: SpecIds, steps: tuple[str, ...]) -> Iterator[Request]:
    if any(spec.name not in ids.dimensions for spec in unknown):
        category = _number(keeper.category_id) if keeper.category_id else None
        missing = () if category else (Text("cat_id：目录里没有类目编号", "cat_id: the catalog gives no category id"),)
        yield Request(
            type=SPECS, shop=keeper.shop, body={"type": SPECS, "cat_id": category}, missing=missing, steps=steps
        )
    for spec in unknown:
        parent = ids.dimensions.get(spec.name)
        asked = Text(
            f"parent_spec_id：维度“{spec.name or '?'}”的编号，从 {SPECS} 的答复里取",
            f'parent_spec_id: that of the dimension "{spec.name or "?"}", from the answer of {SPECS}',
        )
        yield Request(
            type=SPEC_ID,
            shop=keeper.shop,
            body={"type": SPEC_ID, "parent_spec_id": parent, "spec_name": spec.value or None},
            missing=tuple(text for text, known in ((asked, parent), (_UNNAMED, spec.value)) if not known),
            steps=steps,
        )


def _with_new(specs: tuple[Spec, ...], dimension: Dimension | None) -> tuple[Spec, ...]:
    return (*specs, Spec(dimension.name, dimension.own)) if dimension else specs


def _known(record: Record) -> dict[str, Any]:
    """What the record says of the fields an update wants."""
    data, listing = record.data, record.listing
    open_platform = record.shape.startswith("pdd-")
    body: dict[str, Any] = {}
    if open_platform:
        body = {name: data[name] for name in _SAME if data.get(name) not in (None, "")}
        body |= {name: data[name] not in (0, "0", False) for name in _FLAGS if data.get(name) not in (None, "")}
        properties = data.get("goods_property_list") or data.get("goods_properties")
        if isinstance(properties, list):
            body["goods_properties"] = [_property(one) for one in properties if isinstance(one, dict)]
    if record.shape in _PAGE_PRICES or "market_price" not in body:
        body.pop("market_price", None)
        if listing.market_price_fen:
            body["market_price"] = listing.market_price_fen
    if listing.title:
        body["goods_name"] = listing.title
    if listing.category_id and "cat_id" not in body:
        body["cat_id"] = _number(listing.category_id)
    if listing.code:
        body["out_goods_id"] = listing.code
    if listing.shipping_seconds and "shipment_limit_second" not in body:
        body["shipment_limit_second"] = listing.shipping_seconds
    for name, pictures in (("carousel_gallery", listing.pictures), ("detail_gallery", listing.detail_pictures)):
        if urls := _urls(pictures):
            body[name] = urls
    if isinstance(body.get("image_url"), str) and not body["image_url"].startswith(_PLATFORM):
        del body["image_url"]
    return body


def _urls(pictures: Sequence[Picture]) -> list[str]:
    """The pictures as the platform takes them; none when some are local files, which must be uploaded first."""
    refs = [picture.ref for picture in pictures]
    return refs if refs and all(ref.startswith(_PLATFORM) for ref in refs) else []


def _property(row: Mapping[str, Any]) -> dict[str, Any]:
    """An attribute of an answer as a request writes it."""
    names = {"vvalue": "value", "punit": "value_unit"}
    return {names.get(name, name): value for name, value in row.items() if value not in (None, "")}


def _presale(body: Mapping[str, Any]) -> bool:
    return body.get("is_pre_sale") is True


def _row(sku: Sku | Addition, spec_ids: list[Any] | None, raw: Mapping[str, Any], existing: bool) -> dict[str, Any]:
    """A row of `sku_list`. `quantity` is a change for a SKU that exists, the stock for a new one."""
    picture = sku.picture if isinstance(sku, Addition) else sku.picture.ref if sku.picture else ""
    row: dict[str, Any] = {}
    if existing:
        row["sku_id"] = _number(sku.id) if isinstance(sku, Sku) and _real(sku.id) else None
    row |= {
        "spec_id_list": "[" + ",".join(str(one) for one in spec_ids) + "]" if spec_ids else None,
        "multi_price": sku.price_fen,
        "price": sku.single_price_fen,
        "quantity": 0 if existing else sku.stock,
        "is_onsale": 0 if isinstance(sku, Sku) and not sku.on_sale else 1,
        "limit_quantity": _LIMIT,
        "thumb_url": picture if picture.startswith(_PLATFORM) else None,
        "weight": raw.get("weight"),
    }
    if sku.code:
        row["out_sku_sn"] = sku.code
    return row


def _rows(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    name = next((name for name in _pdd.SKUS if isinstance(data.get(name), list)), "")
    return [row for row in data[name] if isinstance(row, dict)] if name else []


def _off_shelf(record: Record) -> list[Sku]:
    """The SKUs of the record that are off the shelf: an update has to name them too, or it would drop them."""
    if not record.shape.startswith("pdd-"):
        return []
    unit: units.Unit = "yuan" if record.shape in _PAGE_PRICES else "fen"
    known = {sku.id for sku in record.listing.skus}
    every = [_pdd.sku(Fields(row, []), unit, at, (), {}) for at, row in enumerate(_rows(record.data))]
    return [sku for sku in every if not sku.on_sale and sku.id not in known]


def _rows_by_pointer(record: Record) -> dict[str, dict[str, Any]]:
    name = next((name for name in _pdd.SKUS if isinstance(record.data.get(name), list)), "")
    rows = record.data[name] if name else []
    return {f"/{name}/{index}": row for index, row in enumerate(rows) if isinstance(row, dict)}


def _number(text: str) -> int | str:
    """An id as a number where it is one: exact whatever its size."""
    return int(text) if text.isascii() and text.isdecimal() and str(int(text)) == text else text


def _real(sku_id: str) -> bool:
    return bool(sku_id) and not sku_id.startswith("#")


def _unknown_id(listing: Listing) -> tuple[Text, ...]:
    if listing.id.isascii() and listing.id.isdecimal():
        return ()
    return (
        Text(
            f"goods_id：{listing.id} 不是平台的商品编号，换成平台上的",
            f"goods_id: {listing.id} is no id of the platform, put the one it has there",
        ),
    )
