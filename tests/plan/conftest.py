"""Running `pddlint` in a catalog under git, and one small catalog in every shape that can be edited."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pddlint.__main__ import main
from tests.cli.conftest import ROOT, Cli, Ended

__all__ = ["ROOT", "Cli"]


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """Run a command line in `tmp_path/catalog`, in English."""
    folder = tmp_path / "catalog"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    for name, value in (("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CEILING_DIRECTORIES", str(tmp_path))):
        monkeypatch.setenv(name, value)

    def run(*arguments: str | Path) -> Ended:
        capfd.readouterr()
        status = main([str(argument) for argument in arguments])
        return Ended(status, *capfd.readouterr())

    return run


def commit() -> None:
    """Put the working folder, as it is, under git."""
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "core.autocrlf=false")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "catalog")):
        subprocess.run(["git", *identity, *words], check=True)


def findings(cli: Cli, *arguments: str) -> set[tuple[str, str]]:
    """(rule, listing) of what `check` reports."""
    found = cli("check", ".", "--format", "json", *arguments).report["findings"]
    return {(one["code"], one["listing"]["id"]) for one in found if not one["suppressed"] and one["listing"]}


# Three listings: 11 is 12 in another colour, 13 has a SKU that cannot be bought.
Sku = tuple[str, dict[str, str], int]  # id, specs, price in fen
SHIRT = "260g重磅纯棉短袖T恤男纯色圆领打底衫夏季宽松情侣半袖上衣"
LISTINGS: list[tuple[str, str, int, list[Sku]]] = [
    (
        "11",
        f"{SHIRT} 雾霾蓝",
        900,
        [("111", {"颜色": "雾霾蓝", "尺码": "M"}, 3990), ("112", {"颜色": "雾霾蓝", "尺码": "L"}, 3990)],
    ),
    (
        "12",
        f"{SHIRT} 燕麦色",
        50,
        [("121", {"颜色": "燕麦色", "尺码": "M"}, 3990), ("122", {"颜色": "燕麦色", "尺码": "L"}, 3990)],
    ),
    (
        "13",
        "实木书架落地简易置物架学生收纳柜",
        70,
        [
            ("131", {"款式": "三层"}, 5990),
            ("132", {"款式": "补运费专用 拍下不发货"}, 10),
            ("133", {"款式": "五层"}, 8990),
        ],
    ),
]


def codes(sku: Sku) -> str:
    return "-".join(["QT260", *sku[1].values()])


def plain(row: tuple[str, str, int, list[Sku]]) -> dict[str, Any]:
    number, title, sales, skus = row
    return {
        "id": number,
        "title": title,
        "sales": sales,
        "attributes": {"货号": f"H{title[:4]}"},
        "skus": [{"id": s[0], "specs": s[1], "price": s[2] / 100, "code": codes(s)} for s in skus],
    }


def pdd(row: tuple[str, str, int, list[Sku]], **more: Any) -> dict[str, Any]:
    number, title, sales, skus = row
    return {
        "goods_id": int(number),
        "goods_name": title,
        "cat_id": 77,
        **more,
        "sold_quantity": sales,
        "goods_property_list": [{"ref_pid": 8, "name": "货号", "vvalue": f"H{title[:4]}"}],
        "sku_list": [
            {
                "sku_id": int(s[0]),
                "out_sku_sn": codes(s),
                "multi_price": s[2],
                "price": s[2] + 200,
                "quantity": 5,
                "is_onsale": 1,
                "spec": [
                    {"parent_id": 1, "parent_name": name, "spec_id": sum(map(ord, value)), "spec_name": value}
                    for name, value in s[1].items()
                ],
            }
            for s in skus
        ],
    }


def info(row: tuple[str, str, int, list[Sku]]) -> dict[str, Any]:
    data = pdd(row, goods_category="服装", status="1")
    for sku in data["sku_list"]:
        sku["group_price"] = f"{sku.pop('multi_price') / 100:.2f}"
        sku["single_price"] = f"{sku.pop('price') / 100:.2f}"
    return data


def page(row: tuple[str, str, int, list[Sku]]) -> dict[str, Any]:
    number, title, sales, skus = row
    return {
        "goodsID": number,
        "goodsName": title,
        "isOnSale": True,
        "status": 1,
        "sideSalesTip": f"已拼{sales}件",
        "goodsProperty": [{"key": "货号", "values": [f"H{title[:4]}"]}],
        "skus": [
            {
                "skuID": s[0],
                "outSkuSn": codes(s),
                "groupPrice": f"{s[2] / 100:.2f}",
                "isOnSale": 1,
                "specs": [{"spec_key": name, "spec_value": value} for name, value in s[1].items()],
            }
            for s in skus
        ],
    }


def _json(data: Any, **style: Any) -> str:
    return json.dumps(data, **{"ensure_ascii": False, "indent": 2, **style})


SHAPES: dict[str, dict[str, str]] = {
    "plain array": {"a.json": _json([plain(r) for r in LISTINGS])},
    "plain wrapped": {"a.json": _json({"shop": "s", "listings": [plain(r) for r in LISTINGS]}, indent="\t")},
    "plain, off the shelf said": {"a.json": _json([plain(r) | {"on_sale": "是"} for r in LISTINGS])},
    "plain, a file each": {f"{r[0]}.json": _json(plain(r), indent=None) for r in LISTINGS},
    "goods list": {
        "a.json": _json({"goods_list_get_response": {"goods_list": [pdd(r, is_onsale=1) for r in LISTINGS]}})
    },
    "goods list without a flag": {
        "a.json": _json({"goods_list_get_response": {"goods_list": [pdd(r) for r in LISTINGS]}}, indent=4)
    },
    "details, one a line": {
        "a.jsonl": "".join(_json({"goods_detail_get_response": pdd(r, status=1)}, indent=None) + "\n" for r in LISTINGS)
    },
    "details, compact": {
        "a.jsonl": "".join(
            _json({"goods_detail_get_response": pdd(r)}, indent=None, separators=(",", ":")) + "\n" for r in LISTINGS
        )
    },
    "goods": {"a.json": _json([pdd(r, is_onsale="1") for r in LISTINGS])},
    "information": {
        f"{r[0]}.json": _json({"goods_info_get_response": {"goods_info": info(r)}}, indent=3) for r in LISTINGS
    },
    "page": {"a.json": _json([page(r) for r in LISTINGS])},
    "page in its store": {
        f"{r[0]}.json": _json({"store": {"initDataObj": {"goods": page(r)}}}, indent=None) for r in LISTINGS
    },
}
