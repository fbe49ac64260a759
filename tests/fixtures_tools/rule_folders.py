"""One small folder a rule: `violating.json`, which it must accuse, beside `clean.json`, which only looks like it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from listings import Sides, gallery, listings, one
from rule_baits import BAITS
from rule_duplicates import DUPLICATES
from rule_files import LINKED, LINKS, RAW

CUSHION = ("家纺家饰", "靠垫/抱枕", "抱枕")

CURTAIN = ("居家布艺", "窗帘")
CLOTH = ("居家布艺", "桌布")
PLATE = ("餐饮具", "餐具", "盘")
BOTTLE = ("餐饮具", "杯子/水杯", "运动水壶")
SETTLED = {"ignore": ["BAIT004"], "reason": "老客户补差用，10月底删除"}

CATALOG: dict[str, Sides] = {
    "CAT005-missing-field": (
        [one("703500110051", "", CUSHION, 10, (), [("45x45cm", 22.9)])],
        [one("703500110052", "提花窗帘半遮光卧室飘窗成品帘", CURTAIN, 10, (), [("1.5x2米", 49.9)])],
    ),
    "CAT011-unresolved-pictures": (
        [one("703110110111", "棉麻餐垫隔热垫日式布艺桌垫", ("居家日用", "餐垫"), 30, gallery("gone"), [("米白", 6.9)])],
        [
            one(
                "703110110112",
                "苹果水果新鲜当季现摘红富士",
                ("水产肉类/新鲜蔬果", "水果", "苹果"),
                70,
                gallery("apples"),
                [("5斤", 20.9)],
            )
        ],
    ),
    "CAT020-unused-suppression": (
        [one("703200110201", "棉麻桌布长方形茶几布日式台布", CLOTH, 40, (), [("90x140cm", 25.9)], pddlint=SETTLED)],
        [
            one(
                "703200110202",
                "提花桌旗茶几餐桌装饰布新中式",
                CLOTH,
                40,
                (),
                [("30x180cm", 29.9), ("30x220cm", 35.9), ("补差价专拍 拍下不发货", 0.1)],
                pddlint=SETTLED,
            )
        ],
    ),
    "CAT021-unreadable-picture": (
        [one("703210110211", "硅藻泥吸水杯垫隔热垫", CLOTH, 12, gallery("page"), [("圆形", 4.9)])],
        [one("703210110212", "日式青海波陶瓷菜盘8英寸", PLATE, 80, gallery("plate"), [("1个", 11.9)])],
    ),
    "CAT022-oversized-picture": (
        [
            one(
                "703220110221",
                "仿真绿植盆栽客厅摆件",
                ("家纺家饰", "摆件"),
                9,
                ("images/poster.png",),
                [("龟背竹", 39.9)],
            )
        ],
        [one("703220110222", "便携运动水壶大容量太空杯", BOTTLE, 66, gallery("bottle"), [("1000ml", 17.9)])],
    ),
    "CAT023-picture-outside-limits": (
        [one("703230110231", "法式碎花抱枕沙发靠垫", CUSHION, 14, gallery("thumbnail"), [("45x45cm", 22.9)])],
        [one("703230110232", "护眼台灯学生宿舍充电", ("家装灯饰", "台灯"), 33, gallery("lamp"), [("象牙白", 36.9)])],
    ),
}


FOLDERS = {**DUPLICATES, **BAITS, **CATALOG}


def expected() -> dict[str, list[dict[str, Any]]]:
    """Folder -> what must be found in it, of the folder's own rule and of no other DUP or BAIT rule."""
    found: dict[str, list[dict[str, Any]]] = {}
    for folder, (violating, _) in FOLDERS.items():
        code = folder[:6] if folder.startswith(("DUP", "CAT")) else folder[:7]
        if folder in DUPLICATES:
            keeper, surplus = violating
            found[folder] = [{"code": code, "listing": surplus.id, "keeper": keeper.id}]
        elif folder in BAITS:
            found[folder] = [
                {"code": code, "listing": g.id, "skus": [g.sku_id(_BAIT_SKU.get(g.id, len(g.skus) - 1))]}
                for g in violating
            ]
        else:
            found[folder] = [{"code": code}]
    return dict(
        sorted({**found, **{folder: [{"code": folder[:6]}] for folder in (*RAW, "CAT009-outside-link")}}.items())
    )


# Where the bait is not the last SKU.
_BAIT_SKU = {"702200220022": 0}


def write(root: Path) -> None:
    """Writes the folders' text files below `root`."""
    files = dict(LINKED)
    for folder, sides in FOLDERS.items():
        for name, goods in zip(("violating", "clean"), sides, strict=True):
            files[f"{folder}/{name}.json"] = listings(goods).encode()
    for folder, raw in RAW.items():
        files |= {f"{folder}/{name}": data for name, data in raw.items()}
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    for name, target in LINKS.items():
        (root / name).unlink(missing_ok=True)
        (root / name).symlink_to(target)
