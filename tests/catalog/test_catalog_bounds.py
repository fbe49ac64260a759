"""However long the texts of a listing are, only their beginnings are read, and a finding says so."""

from __future__ import annotations

import json
from pathlib import Path

from pddlint.catalog.fields import LONGEST
from pddlint.catalog.model import Listing
from pddlint.catalog.read import read_catalog
from pddlint.findings import Finding


def read(folder: Path, **fields: object) -> tuple[Listing, list[Finding]]:
    """The one listing of a catalog with these fields, and what is said of it."""
    record = {"id": "7", "title": "陶瓷马克杯", "skus": [{"id": "1", "specs": {"颜色": "红"}, "price": 9.9}], **fields}
    (folder / "a.json").write_text(json.dumps([record]), "utf-8")
    records = list(read_catalog([folder]))
    (listing,) = [one for one in records if isinstance(one, Listing)]
    return listing, [one for one in records if isinstance(one, Finding)]


def test_texts_of_ordinary_length_stay_as_they_are(tmp_path: Path) -> None:
    listing, found = read(tmp_path, title="杯" * LONGEST, description="好" * 50_000)
    assert not found
    assert len(listing.title) == LONGEST
    assert len(listing.description) == 50_000


def test_long_texts_are_cut_and_named(tmp_path: Path) -> None:
    long = "补差价专拍" * 60_000
    skus = [{"id": "1", "specs": {"颜色": "红", long: long, "尺码": "M"}, "price": 9.9}]
    listing, found = read(
        tmp_path, title=long, brand=long, category=[long, "杯"], attributes={"材质": long, long: "x"}, skus=skus
    )
    assert listing.title == listing.brand == long[:LONGEST]
    assert sum(map(len, listing.category)) == LONGEST
    assert all(len(one.name) <= LONGEST and len(one.value) <= LONGEST for one in listing.attributes)
    (sku,) = listing.skus
    assert sku.specs[0].value == "红"
    assert sum(len(spec.name) + len(spec.value) for spec in sku.specs) == LONGEST
    assert {one.code for one in found} == {"CAT006"}
    said = {one.arguments["field"]: str(one.arguments["wrong_en"]) for one in found}
    assert set(said) == {"title", "brand", "category", "attributes", "specs"}
    assert "has 300,000 characters, of which only the first 1,000 are read" in said["title"]


def test_an_id_beyond_all_measure_is_none(tmp_path: Path) -> None:
    listing, found = read(tmp_path, id="9" * 300_000)
    assert len(listing.id) < LONGEST
    assert [one.arguments["field"] for one in found] == ["id"]
