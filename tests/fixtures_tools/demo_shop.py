"""What a linter must say about the demo merchant's two shops."""

from __future__ import annotations

from typing import Any

from listings import Goods
from shop_anju import ANJU
from shop_anju_new import ANJU_NEW
from shop_qingyi import QINGYI


def _ids(goods: list[Goods], listing: str, *values: str) -> list[str]:
    one = next(g for g in goods if g.id == listing)
    return [one.sku_id(i) for i, row in enumerate(one.skus) if row[0][0] in values]


def expected() -> dict[str, Any]:
    """What must be found, listing by listing; nothing else of these rules may be."""

    def dup(code: str, listing: str, keeper: str) -> dict[str, Any]:
        return {"code": code, "listing": listing, "keeper": keeper}

    def bait(code: str, goods: list[Goods], listing: str, *values: str) -> dict[str, Any]:
        return {"code": code, "listing": listing, "skus": _ids(goods, listing, *values)}

    return {
        "findings": [
            dup("DUP001", "603871205566", "603318420117"),
            dup("DUP001", "610987120443", "608830015524"),
            dup("DUP002", "605512038864", "598230417702"),
            dup("DUP003", "606720015538", "601009284413"),
            dup("DUP004", "607330148825", "600715523908"),
            dup("DUP005", "608101926647", "600044187231"),
            dup("DUP006", "610220417783", "603318420117"),
            dup("DUP006", "610220433190", "603650082274"),
            bait("BAIT001", ANJU, "602447190826", "Type-C数据线1米"),
            bait("BAIT002", ANJU, "601882730049", "塑料款 400ml 珊瑚粉"),
            bait("BAIT003", ANJU_NEW, "604773120098", "替换刷头1支（不含牙刷）"),
            bait("BAIT004", ANJU_NEW, "603650082274", "补差价专拍 单拍不发货"),
            bait("BAIT005", ANJU_NEW, "605029948117", "展示样机 外观有划痕 无售后"),
            bait("BAIT005", QINGYI, "609350776201", "白蓝 单只左脚（配对丢失补一只）"),
        ],
        "files": [
            {"code": code, "path": "fixtures/demo-shop/qingyi/catalog.json"} for code in ("CAT011", "CAT021", "CAT023")
        ],
        "suppressed": [dup("DUP005", "608455170032", "602990315578")],
    }
