"""The whole reader: shops and merchants, repetitions, what is off the shelf, pictures, side files, bad input."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from pddlint.catalog import recognise
from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found
from pddlint.catalog.model import Listing
from pddlint.catalog.node import Node
from pddlint.catalog.read import Counts, Once, ReadOptions, Shop, plan, read_catalog, read_file
from pddlint.findings import Finding


def goods(goods_id: int | str = 1, **changes: Any) -> dict[str, Any]:
    sku = {"sku_id": 11, "multi_price": 990, "spec": "红", "is_onsale": 1}
    return {"goods_id": goods_id, "goods_name": "保温杯", "cat_id": 3, "sku_list": [sku]} | changes


def write(path: Path, data: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode())
    return path


def read(root: Path, **options: Any) -> tuple[list[Listing], list[Finding]]:
    records = list(read_catalog([root], ReadOptions(base=str(root), **options)))
    return [r for r in records if isinstance(r, Listing)], [r for r in records if isinstance(r, Finding)]


def codes(found: list[Finding]) -> list[str]:
    return [one.code for one in found]


def test_shop_is_the_sub_folder_and_merchant_the_root(tmp_path: Path) -> None:
    root = tmp_path / "acme"
    write(root / "east" / "deep" / "a.json", goods(1))
    write(root / "b.json", goods(2))
    write(root / "west" / "c.json", goods(3, mall_id=77))
    listings, _ = read(root)
    assert {(x.id, x.shop, x.merchant) for x in listings} == {
        ("1", "east", "acme"),
        ("2", "acme", "acme"),
        ("3", "77", "acme"),
    }
    listings, _ = read(root, merchant="shop")
    assert {(x.id, x.merchant) for x in listings} == {("1", "east"), ("2", "acme"), ("3", "77")}
    shops = (Shop("E1", "m1", "east/**"), Shop("77", "m2"))
    listings, _ = read(root, shops=shops)
    assert {(x.id, x.shop, x.merchant) for x in listings} == {
        ("1", "E1", "m1"),
        ("2", "acme", "acme"),
        ("3", "77", "m2"),
    }


def test_one_listing_met_twice_is_one_and_a_contradiction_is_named_once(tmp_path: Path) -> None:
    write(tmp_path / "a.json", [goods(1, sold_quantity=1), goods(2)])
    write(tmp_path / "b.json", [goods(1, sold_quantity=9), goods(2, goods_name="别的"), goods(2, goods_name="又一个")])
    counts = Counts()
    records = list(read_catalog([tmp_path], ReadOptions(base=str(tmp_path)), counts))
    assert [x.title for x in records if isinstance(x, Listing)] == ["保温杯", "保温杯"]
    conflicts = [x for x in records if isinstance(x, Finding) and x.code == "CAT008"]
    assert [(x.arguments["id"], x.place.origin.path, x.related[0].origin.path) for x in conflicts] == [
        ("2", "b.json", "a.json")
    ]
    assert (counts.listings, counts.skus, counts.repeated) == (2, 2, 3)


def test_the_same_id_in_two_shops_is_two_listings(tmp_path: Path) -> None:
    write(tmp_path / "east" / "a.json", goods(1))
    write(tmp_path / "west" / "a.json", goods(1, goods_name="别的"))
    listings, found = read(tmp_path)
    assert len(listings) == 2
    assert found == []


def test_a_list_page_read_first_by_name_does_not_displace_the_whole_listing(tmp_path: Path) -> None:
    row = {"goods_id": 1, "goods_name": "保温杯", "image_url": "", "sku_list": [{"sku_id": 11, "spec": "红"}]}
    write(tmp_path / "a_list.json", {"goods_list_get_response": {"goods_list": [row, row | {"goods_id": 5}]}})
    write(tmp_path / "z_detail.json", {"goods_detail_get_response": goods(1)})
    listings, found = read(tmp_path)
    assert {x.id: [s.price_fen for s in x.skus] for x in listings} == {"1": [990], "5": [None]}
    assert found == []


def test_files_of_single_skus_complete_the_listings(tmp_path: Path) -> None:
    row = {
        "goods_id": 1,
        "goods_name": "保温杯",
        "sku_list": [{"sku_id": 11, "spec": "红"}, {"sku_id": 12, "spec": "蓝"}],
    }
    write(tmp_path / "list.json", {"goods_list_get_response": {"goods_list": [row]}})
    answers = [
        {"goods_sku_get_response": {"goods_id": 1, "sku_id": sku, "multi_price": price, "quantity": 4, "is_onsale": 1}}
        for sku, price in ((11, 990), (12, "1990"))
    ]
    write(tmp_path / "skus.jsonl", "\n".join(map(json.dumps, answers)).encode())
    (listing,), found = read(tmp_path)
    assert [(s.id, s.name, s.price_fen, s.stock) for s in listing.skus] == [("11", "红", 990, 4), ("12", "蓝", 1990, 4)]
    assert found == []


def test_category_names_and_price_ratios_apply_whatever_the_order_of_files(tmp_path: Path) -> None:
    tree = [{"cat_id": 1, "cat_name": "家居", "parent_cat_id": 0}, {"cat_id": 3, "cat_name": "杯", "parent_cat_id": 1}]
    write(tmp_path / "a.json", goods(1))
    write(tmp_path / "z" / "cats.json", {"goods_cats_get_response": {"goods_cats_list": tree}})
    write(
        tmp_path / "z" / "rule.json",
        {"cat_id": 3, "cat_rule_get_response": {"goods_sku_rule": {"price_range_ratio": "2.5"}}},
    )
    (listing,), found = read(tmp_path)
    assert (listing.category, listing.price_range_ratio, found) == (("家居", "杯"), 2.5, [])


def test_what_is_off_the_shelf_is_left_out_unless_asked_for(tmp_path: Path) -> None:
    off = {"sku_id": 12, "multi_price": 100, "spec": "蓝", "is_onsale": "0"}
    data = [goods(1), goods(2, is_onsale=0), goods(3, status=4), goods(4, status="2"), goods(5, status=3)]
    data[0]["sku_list"].append(off)
    write(tmp_path / "a.json", data)
    listings, _ = read(tmp_path)
    assert [(x.id, len(x.skus)) for x in listings] == [("1", 1), ("5", 1)]
    listings, _ = read(tmp_path, include_offline=True)
    assert [(x.id, len(x.skus)) for x in listings] == [("1", 2), ("2", 1), ("3", 1), ("4", 1), ("5", 1)]


def test_pictures_resolve_beside_the_file_below_the_root_and_below_image_roots_only(tmp_path: Path) -> None:
    root, images = tmp_path / "cat", tmp_path / "images"
    for path in (
        root / "east" / "own.jpg",
        root / "shared.jpg",
        images / "2024" / "x.jpg",
        images / "a" / "y.jpg",
        images / "b" / "y.jpg",
        tmp_path / "secret.jpg",
    ):
        write(path, b"x")
    (root / "east" / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    refs = [
        "own.jpg",
        "shared.jpg?imageMogr2/thumbnail/400x",
        "https://img.example/2024/x.jpg?imageMogr2",
        "//img.example/other/b/y.jpg",
        "../../secret.jpg",
        "link.jpg",
        "https://img.example/none.jpg",
        "\0bad",
    ]
    write(root / "east" / "a.json", goods(1, carousel_gallery_list=refs))
    (listing,), found = read(root, image_roots=(str(images),))
    resolved = [os.path.relpath(p.path, tmp_path) if p.path else "" for p in listing.pictures]
    assert resolved == ["cat/east/own.jpg", "cat/shared.jpg", "images/2024/x.jpg", "images/b/y.jpg", "", "", "", ""]
    assert [(x.code, x.arguments["count"]) for x in found] == [("CAT011", 4)]


def test_ill_typed_values_are_named_and_unset(tmp_path: Path) -> None:
    values = ["abc", -5, True, [1], 1e308, 10**400, "-3", "1998-4390"]
    skus = [{"sku_id": n, "multi_price": value, "spec": f"款{n}"} for n, value in enumerate(values, 1)]
    text = json.dumps(goods(1, sku_list=[*skus, {"sku_id": 99, "multi_price": float("nan")}]))
    write(tmp_path / "a.json", text.encode())
    (listing,), found = read(tmp_path)
    assert [s.price_fen for s in listing.skus] == [None] * 9
    assert [(x.code, x.arguments["field"], x.arguments["count"]) for x in found] == [("CAT006", "multi_price", 9)]
    assert found[0].place.pointer == "/sku_list/0/multi_price"


@pytest.mark.parametrize("title", ["a\\ud800b", "a\\u0000b", "满100\\u202e减50"])
def test_broken_characters_in_a_title_are_named(tmp_path: Path, title: str) -> None:
    write(tmp_path / "a.json", json.dumps(goods(1)).replace(json.dumps("保温杯"), f'"{title}"').encode())
    (listing,), found = read(tmp_path)
    assert codes(found) == ["CAT006"]
    assert listing.title.encode()  # no surrogate is left


def test_ids_beyond_double_precision_stay_exact(tmp_path: Path) -> None:
    write(tmp_path / "a.json", goods(2**60 + 1))
    assert read(tmp_path)[0][0].id == str(2**60 + 1)


def test_repeated_keys_are_named(tmp_path: Path) -> None:
    write(
        tmp_path / "a.json",
        b'{"goods_id":1,"goods_name":"a\\":","goods_name":"b","cat_id":1,"sku_list":[{"sku_id":1,"x":1, "x" : 2}]}',
    )
    (listing,), found = read(tmp_path)
    assert listing.title == "b"
    assert {(x.code, x.arguments["key"], x.place.pointer) for x in found} == {
        ("CAT007", "goods_name", "/goods_name"),
        ("CAT007", "x", "/sku_list/0/x"),
    }


def test_colons_in_texts_are_no_repeated_keys(tmp_path: Path) -> None:
    write(
        tmp_path / "a.json",
        json.dumps(goods(1, goods_name='「": ": 」\\', note='"a":'), indent=1).replace('":', '" :').encode(),
    )
    assert read(tmp_path)[1] == []


def test_unknown_shapes_are_named_once_a_file_with_their_keys(tmp_path: Path) -> None:
    write(tmp_path / "a.json", [{"hello": 1, "world": 2}] * 50)
    _, found = read(tmp_path)
    assert [(x.code, x.arguments["keys"], x.arguments["count"]) for x in found] == [("CAT004", "hello, world", 50)]


def test_missing_titles_are_named_once_a_file(tmp_path: Path) -> None:
    write(tmp_path / "a.json", [goods(n, goods_name=None) for n in range(1, 60)])
    listings, found = read(tmp_path)
    assert len(listings) == 59
    assert [(x.code, x.arguments["field"], x.arguments["count"]) for x in found] == [("CAT005", "title", 59)]


def test_a_listing_without_id_gets_one_that_does_not_change(tmp_path: Path) -> None:
    write(tmp_path / "a.json", [goods("", goods_name="甲"), goods("", goods_name="乙")])
    first = [x.id for x in read(tmp_path)[0]]
    assert len(set(first)) == 2
    assert first == [x.id for x in read(tmp_path)[0]]


def test_every_bad_file_is_named_and_the_good_ones_are_read(tmp_path: Path) -> None:
    root = tmp_path / "cat"
    write(root / "good.json", goods(1))
    write(root / "title.json", goods(2, goods_name="长" * 350_000))
    write(root / "trunc.json", json.dumps(goods(3)).encode()[:-9])
    write(root / "deep.json", b"[" * 10_000)
    write(root / "empty.json", b"")
    write(root / "bytes.json", bytes(range(128, 256)) * 9)
    (root / "dir.json").mkdir()
    (root / "loop.json").symlink_to("loop.json")
    (root / "up").symlink_to("..")
    (root / "gone.json").symlink_to(tmp_path / "outside.json")
    write(tmp_path / "elsewhere" / "x.json", goods(9))
    (root / "out").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(root / "pipe.json")
    listings, found = read(root)
    assert {x.id for x in listings} == {"1", "2"}
    assert {(x.code, x.place.origin.path) for x in found} == {
        ("CAT001", "dir.json"),
        ("CAT001", "gone.json"),
        ("CAT001", "loop.json"),
        ("CAT001", "pipe.json"),
        ("CAT001", "up"),
        ("CAT002", "bytes.json"),
        ("CAT003", "deep.json"),
        ("CAT003", "empty.json"),
        ("CAT003", "trunc.json"),
        ("CAT006", "title.json"),
        ("CAT009", "out"),
    }


def test_raw_control_characters_in_a_title_are_named_but_not_tabs_and_line_breaks(tmp_path: Path) -> None:
    write(tmp_path / "a.json", b'{"goods_id": 1, "goods_name": "a\0b", "sku_list": []}')
    write(tmp_path / "b.json", b'{"goods_id": 2, "goods_name": "a\tb", "sku_list": []}')
    listings, found = read(tmp_path)
    assert [x.id for x in listings] == ["1", "2"]
    assert [(x.code, x.place.origin.path, x.arguments["value"]) for x in found] == [("CAT006", "a.json", "a\\u007fb")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    write(tmp_path / "a.json", goods(1)).chmod(0)
    _, found = read(tmp_path)
    assert codes(found) == ["CAT001"]


@pytest.mark.parametrize("given", ["missing.json", "a\0b"])
def test_a_path_that_does_not_exist_is_named(tmp_path: Path, given: str) -> None:
    (found,) = read_catalog([given], ReadOptions(base=str(tmp_path)))
    assert isinstance(found, Finding)
    assert found.code == "CAT001"


def test_excludes_hold_for_paths_named_outright(tmp_path: Path) -> None:
    path = write(tmp_path / "drafts" / "a.json", goods(1))
    write(tmp_path / "b.json", goods(2))
    for patterns in (("drafts",), ("drafts/**",), ("**/a.json",), ("*/a.json",), ("./drafts/",)):
        options = ReadOptions(base=str(tmp_path), exclude=patterns)
        assert [x.id for x in read_catalog([tmp_path, path], options) if isinstance(x, Listing)] == ["2"], patterns


def test_a_file_named_outright_is_read_whatever_its_name_and_only_once(tmp_path: Path) -> None:
    path = write(tmp_path / "export.txt", goods(1))
    write(tmp_path / "b.json", goods(2))
    options = ReadOptions(base=str(tmp_path))
    assert sum(isinstance(x, Listing) for x in read_catalog([tmp_path], options)) == 1
    assert sum(isinstance(x, Listing) for x in read_catalog([tmp_path, path, path, tmp_path / "b.json"], options)) == 2


def test_files_read_apart_give_what_the_whole_catalog_gives(tmp_path: Path) -> None:
    for n in range(6):
        write(tmp_path / f"shop{n % 2}" / f"{n}.json", [goods(n), goods(n + 1, mall_id=5)])
    options = ReadOptions(base=str(tmp_path))
    prepared = plan([tmp_path], options)
    once, apart = Once(), []
    for source in prepared.sources:
        for record in list(read_file(source, options, prepared.sidecars[source.root])):
            apart += once.admit(record)
    assert apart == list(read_catalog([tmp_path], options))


class Raising:
    """A third party's format with a fault in it."""

    NAME, RANK = "raising", 1
    SUMMARY: tuple[bytes, ...] = ()

    def find(self, node: Node) -> Any:
        if "explode" in node.members():
            raise RuntimeError("boom")
        return iter((Found(node),)) if "goods_name" in node.members() else None

    def convert(self, found: Found, fields: Fields) -> Listing | None:
        raise KeyError("missing")


def test_a_format_that_raises_is_named_and_the_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = recognise.formats()
    monkeypatch.setattr(recognise, "formats", lambda: (Raising(), *known))
    write(tmp_path / "a.json", goods(1))
    write(tmp_path / "b.json", [{"explode": 1, "id": "7", "title": "杯", "skus": []}] * 2)
    listings, found = read(tmp_path)
    assert [x.id for x in listings] == ["7"]
    assert [(x.code, x.arguments["count"]) for x in found] == [("CAT013", 1), ("CAT013", 2)]
