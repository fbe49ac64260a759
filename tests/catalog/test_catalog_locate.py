"""Symbolic places to lines and columns, against a plain computation on the decoded text."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pddlint.catalog.locate import START, Locator, locate
from pddlint.catalog.model import Listing, Origin
from pddlint.catalog.read import ReadOptions, read_catalog

GOODS = {
    "goods_id": 1,
    "goods_name": "中文标题 👗👗 x",
    "cat_id": 3,
    "sku_list": [{"sku_id": 7, "multi_price": 990, "spec": "红"}, {"sku_id": 8, "multi_price": 1990, "spec": "蓝"}],
}


def position(text: str, index: int) -> tuple[int, int]:
    """Line and column of a character index, computed the slow and obvious way."""
    before = text[:index].split("\n")
    return len(before), len(before[-1]) + 1


def listings(path: Path) -> list[Listing]:
    options = ReadOptions(base=str(path.parent))
    return [one for one in read_catalog([path], options) if isinstance(one, Listing)]


def expected(text: str, fragment: str, after: int = 0) -> tuple[int, int, int, int]:
    at = text.index(fragment, after)
    return (*position(text, at), *position(text, at + len(fragment)))


ENCODERS = {
    "utf-8": lambda t: t.encode(),
    "bom": lambda t: b"\xef\xbb\xbf" + t.encode(),
    "gz": lambda t: gzip.compress(t.encode()),
    "utf-16": lambda t: t.encode("utf-16"),
    "gb18030": lambda t: t.encode("gb18030"),
}


@pytest.mark.parametrize("encoding", ENCODERS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("indent", [None, 2])
def test_positions_are_right_in_every_encoding(tmp_path: Path, encoding: str, newline: str, indent: int | None) -> None:
    text = "\n" + json.dumps([GOODS, GOODS | {"goods_id": 2}], ensure_ascii=False, indent=indent) + "\n"
    text = text.replace("\n", newline)
    path = tmp_path / "goods.json"
    path.write_bytes(ENCODERS[encoding](text))
    first, second = listings(path)
    title = json.dumps(GOODS["goods_name"], ensure_ascii=False)
    after = text.index(title, text.index(title) + 1) - 1
    assert locate(first.origin, first.pointer("title"), tmp_path) == expected(text, title)
    assert locate(second.origin, second.pointer("title"), tmp_path) == expected(text, title, after)
    assert locate(second.origin, second.skus[1].pointer + "/multi_price", tmp_path) == expected(text, "1990", after)
    line, column, end_line, end_column = locate(second.origin, "", tmp_path)
    start = text.rindex("{", 0, after)
    assert (line, column) == position(text, start)
    assert (end_line, end_column) == position(text, text.rindex("}") + 1)


def test_positions_in_json_lines_count_lines_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "goods.jsonl"
    lines = [json.dumps(GOODS | {"goods_id": n}, ensure_ascii=False) for n in range(1, 400)]
    path.write_text("\n".join(lines))
    found = listings(path)
    located = Locator(path).many([(one.origin, one.pointer("title")) for one in found])
    column = lines[0].index('"中文') + 1
    assert [(line, col) for line, col, _, _ in located[:9]] == [(n, column) for n in range(1, 10)]
    assert located[398][0] == 399


def test_a_large_file_is_located_without_being_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "goods.jsonl"
    lines = [json.dumps(GOODS | {"goods_id": n, "pad": "宽" * 70}, ensure_ascii=False) for n in range(1, 900)]
    path.write_text(
        "\ufeff" + "\n".join(lines) + "\n" + json.dumps([GOODS | {"pad": "宽" * 90_000}], ensure_ascii=False)
    )
    places = [(one.origin, one.skus[1].pointer) for one in listings(path)]
    held = Locator(path).many(places)
    monkeypatch.setattr("pddlint.catalog.locate._LARGE", 0)
    assert Locator(path).many(places) == held
    assert held[898][0] == 899


def test_a_place_inside_a_string_of_json_is_that_string(tmp_path: Path) -> None:
    page = {"rawData": json.dumps({"store": {"initDataObj": {"goods": GOODS}}}), "x": 1}
    text = json.dumps(page, indent=1)
    path = tmp_path / "page.json"
    path.write_text(text)
    (one,) = listings(path)
    assert one.origin.pointer == "/rawData/store/initDataObj/goods"
    assert locate(one.origin, one.skus[1].pointer, tmp_path) == expected(text, json.dumps(page["rawData"]))


def test_a_missing_field_is_located_at_what_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "goods.json"
    path.write_text(json.dumps(GOODS))
    (one,) = listings(path)
    assert locate(one.origin, "/sku_list/9/price", tmp_path) == locate(one.origin, "/sku_list", tmp_path)


def test_of_a_repeated_key_the_last_is_meant_as_decoders_do(tmp_path: Path) -> None:
    text = '{"goods_id":1,"goods_name":"a","goods_name":"bb","cat_id":1}'
    path = tmp_path / "goods.json"
    path.write_text(text)
    (one,) = listings(path)
    assert one.title == "bb"
    assert locate(one.origin, one.pointer("title"), tmp_path) == expected(text, '"bb"')


def test_a_file_that_changed_or_went_away_gives_the_start(tmp_path: Path) -> None:
    path = tmp_path / "goods.json"
    path.write_text(json.dumps([GOODS] * 3, indent=1))
    origin = listings(path)[0].origin
    path.write_text("x")
    assert locate(origin, "/goods_name", tmp_path) == START
    path.unlink()
    assert locate(origin, "/goods_name", tmp_path) == START
    assert locate(Origin("a\0b", "", 0, 0, 5), "", tmp_path) == START


scalars = st.none() | st.booleans() | st.integers(-9, 10**6) | st.text(max_size=6)
trees = st.recursive(
    scalars, lambda x: st.lists(x, max_size=4) | st.dictionaries(st.text(max_size=4), x, max_size=4), max_leaves=12
)


def pointers(value: Any, at: str = "") -> list[tuple[str, Any]]:
    found = [(at, value)]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in items:
        found += pointers(child, f"{at}/{str(key).replace('~', '~0').replace('/', '~1')}")
    return found


@given(st.dictionaries(st.text(max_size=4), trees, max_size=4), st.sampled_from([None, 0, 3]), st.booleans())
@settings(deadline=None, max_examples=120)
def test_every_pointer_of_any_document_is_located_where_its_value_stands(
    tmp_path_factory: pytest.TempPathFactory, tree: dict[str, Any], indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(tree, ensure_ascii=ascii_only, indent=indent)
    path = tmp_path_factory.getbasetemp() / "tree.json"
    data = text.encode("utf-8", "surrogatepass")
    path.write_bytes(data)
    locator = Locator(path)
    lines = text.split("\n")
    for pointer, value in pointers(tree):
        line, column, end_line, end_column = locator.locate(Origin("tree.json", "", 0, 0, len(data)), pointer)
        start = sum(len(one) + 1 for one in lines[: line - 1]) + column - 1
        end = sum(len(one) + 1 for one in lines[: end_line - 1]) + end_column - 1
        assert json.loads(text[start:end]) == value
