"""Draws the fixtures anew: `python tests/fixtures_tools [NAME ...]` (NAME: "json", or part of a picture's name).

Needs OpenCV 5, whose built-in fonts know Chinese. Everything is seeded; review the result as a diff.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import cv2
import rule_folders
import rule_pictures
from demo_shop import expected
from listings import catalog, categories, lines, page
from pictures import PICTURES, wide_strip
from scenes import finish, save
from shop_anju import ANJU
from shop_anju_new import ANJU_NEW
from shop_qingyi import QINGYI

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SHOP = FIXTURES / "demo-shop"


def texts() -> dict[str, str]:
    """The demo shop's text files by their path in it."""
    return {
        "cats.json": json.dumps(categories(), ensure_ascii=False, indent=1) + "\n",
        "anju/goods.json": page(ANJU),
        # The lamp that is on sale appears in both exports: one listing seen twice, not two listings.
        "anju/new.jsonl": lines([*ANJU_NEW, next(g for g in ANJU if g.id == "602990315578")]),
        "qingyi/catalog.json": catalog("qingyi", QINGYI),
        "../demo-shop.expected.json": json.dumps(expected(), ensure_ascii=False, indent=2) + "\n",
        "../rules.expected.json": json.dumps(rule_folders.expected(), ensure_ascii=False, indent=2) + "\n",
    }


def _write_spoilt_pictures() -> None:
    whole = (SHOP / "qingyi/images/cushion-flower-1.jpg").read_bytes()
    (SHOP / "qingyi/images/cushion-flower-2.jpg").write_bytes(whole[: len(whole) * 2 // 5])
    save(finish(wide_strip())[150:650], SHOP / "qingyi/images/cushion-plaid-1.jpg")


def main(wanted: list[str]) -> None:
    cv2.setNumThreads(1)
    for path, text in texts().items():
        (SHOP / path).parent.mkdir(parents=True, exist_ok=True)
        (SHOP / path).write_text(text, encoding="utf-8", newline="\n")
    rule_folders.write(FIXTURES / "rules")
    pictures = {f"demo-shop/{name}": draw for name, draw in PICTURES.items()}
    pictures |= {f"rules/{name}": draw for name, draw in rule_pictures.PICTURES.items()}
    for name, draw in pictures.items():
        if not wanted or any(part in name for part in wanted):
            save(draw(), FIXTURES / f"{name}.jpg")
            print(name, flush=True)
    if not wanted or any(part in "qingyi/images/cushion" for part in wanted):
        _write_spoilt_pictures()


if __name__ == "__main__":
    main(sys.argv[1:])
