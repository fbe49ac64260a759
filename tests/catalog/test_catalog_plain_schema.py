"""The published JSON Schema and the reader of the plain shape know the same fields."""

from __future__ import annotations

import json

from pddlint.catalog.formats import plain
from pddlint.catalog.formats.plain import listing, problems, schema_text

FULL = {
    "id": "1",
    "title": "杯",
    "shop": "s",
    "merchant": "m",
    "category": ["家居"],
    "category_id": "3",
    "brand": "b",
    "attributes": {"材质": "陶瓷"},
    "description": "d",
    "images": ["a.jpg"],
    "detail_images": ["b.jpg"],
    "price": 1,
    "market_price": 2,
    "sales": 3,
    "code": "c",
    "on_sale": True,
    "second_hand": True,
    "presale": True,
    "shipping_hours": 24,
    "price_range_ratio": 2,
    "skus": [],
    "pddlint": {"ignore": ["DUP"]},
}
SKU = {
    "id": "1",
    "specs": {"颜色": "红"},
    "price": 1,
    "single_price": 2,
    "stock": 3,
    "code": "c",
    "image": "a.jpg",
    "on_sale": False,
}


def test_the_schema_lists_exactly_the_fields_that_are_read() -> None:
    definitions = json.loads(schema_text())["$defs"]
    assert set(definitions["listing"]["properties"]) == set(FULL)
    assert set(definitions["sku"]["properties"]) == set(SKU)
    assert set(plain._FIELDS) <= set(FULL)


def test_every_field_of_the_plain_shape_arrives() -> None:
    made = listing(FULL | {"skus": [SKU]})
    assert problems(FULL | {"skus": [SKU]}) == []
    unset = {name for name in made.__struct_fields__ if not getattr(made, name)} - {"origin"}
    assert unset == set()
    sku = made.skus[0]
    assert {name for name in sku.__struct_fields__ if not getattr(sku, name)} == {"on_sale"}


def test_a_listing_of_the_plain_shape_without_skus_is_its_own_sku() -> None:
    assert [(sku.id, sku.price_fen) for sku in listing(FULL).skus] == [("1", 100)]


def test_ill_typed_fields_are_named() -> None:
    bad = {
        "category": 5,
        "attributes": [],
        "price_range_ratio": "x",
        "shipping_hours": -1,
        "market_price": "abc",
        "pddlint": 3,
    }
    assert {problem.field for problem in problems(FULL | bad)} == set(bad)
