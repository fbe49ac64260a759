"""One small folder a rule: `violating.json`, which it must accuse, beside `clean.json`, which only looks like it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from listings import Sides, gallery, listings, one
from rule_baits import BAITS
from rule_duplicates import DUPLICATES
from rule_files import LINKED, LINKS, RAW

CUSHION = ("家纺家饰", "靠垫/抱枕", "抱枕")

CATALOG: dict[str, Sides] = {
    "CAT005-missing-field": (
        [one("703500110051", "", CUSHION, 10, (), [("45x45cm", 22.9)])],
        [one("703500110052", "雪尼尔抱枕纯色沙发靠垫", CUSHION, 10, (), [("45x45cm", 22.9)])],
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
