"""Makes the fixtures anew: `python tests/fixtures_tools [--into FOLDER] [NAME ...]`.

NAME is part of a picture's name; "texts" writes the text files alone; without a name everything is made. Drawing needs
OpenCV 5, whose built-in fonts know Chinese. All of it is seeded; review the result as a diff.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import rule_folders
import rule_pictures
from demo_shop import expected
from listings import catalog, categories, lines, page
from pictures import PICTURES
from scenes import finish, save
from shop_anju import ANJU
from shop_anju_new import ANJU_NEW
from shop_qingyi import QINGYI

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


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


def write_texts(root: Path) -> None:
    for path, text in texts().items():
        (root / "demo-shop" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "demo-shop" / path).write_text(text, encoding="utf-8", newline="\n")
    rule_folders.write(root / "rules")


def write_pictures(root: Path, wanted: list[str]) -> None:
    drawings = {f"demo-shop/{name}": draw for name, draw in PICTURES.items()}
    drawings |= {f"rules/{name}": draw for name, draw in rule_pictures.PICTURES.items()}
    for name, draw in drawings.items():
        if not wanted or any(part in name for part in wanted):
            save(draw(), root / f"{name}.jpg", size=rule_pictures.SIDES.get(name.removeprefix("rules/"), 800))
            print(name, flush=True)
            if name.endswith("cushion-flower-1"):
                _cut_short(root / f"{name}.jpg")
            elif name.endswith("cushion-plaid-1") and "demo" in name:
                save(finish(draw())[150:650], root / f"{name}.jpg")


def _cut_short(picture: Path) -> None:
    """A second copy that broke off on upload."""
    whole = picture.read_bytes()
    picture.with_name("cushion-flower-2.jpg").write_bytes(whole[: len(whole) * 2 // 5])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=FIXTURES)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    write_texts(arguments.into)
    if arguments.names != ["texts"]:
        write_pictures(arguments.into, arguments.names)


if __name__ == "__main__":
    main()
