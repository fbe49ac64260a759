"""Generated catalogs to time whole runs on: shops of listings with SKUs, as JSON Lines in pddlint's own shape.

    python -m tests.benchmarks.catalogs FOLDER [--listings 20000] [--shops 20] [--skus 5]

The titles are those of the blocking benchmark's shops: product families whose members re-word, re-colour or re-shuffle
one title. SKUs are colours and sizes on an honest price ladder; one listing in a hundred has a bait SKU. The same
arguments write the same bytes.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from tests.benchmarks.blocking import COLOURS, GOODS, Shop

SIZES = ["S", "M", "L", "XL", "500ml", "1000ml", "2件装", "5件装"]
BAITS = ["补差价专拍", "联系客服改价", "定金", "拍错不发"]
CATEGORIES = ["服饰", "家居", "数码", "食品", "美妆"]


def records(shop: str, size: int, skus: int, seed: int) -> Iterator[dict[str, Any]]:
    """The listings of one shop as JSON objects. Ids start with the shop's number."""
    draw = random.Random(seed)
    for number, listing in enumerate(Shop(size, seed).listings):
        goods = next((word for word in GOODS.split() if word in listing.title), "日用")
        base = draw.randint(990, 29900)
        variants = [
            {
                "id": f"{seed}{number:07d}{place}",
                "specs": {
                    "颜色": draw.choice(COLOURS),
                    "规格": SIZES[place % len(SIZES)] + "款" * (place // len(SIZES)),
                },
                "price": round(base * (1 + place / 4) / 100, 2),
                "stock": draw.randint(3, 900),
                "code": f"{shop}-{number}-{place}",
            }
            for place in range(skus)
        ]
        if draw.random() < 0.01:
            variants[0] |= {"specs": {"颜色": draw.choice(BAITS), "规格": "默认"}, "price": 0.1}
        yield {
            "id": f"{seed}{number:07d}",
            "title": listing.title,
            "shop": shop,
            "merchant": shop,
            "category": [draw.choice(CATEGORIES), goods],
            "brand": "无品牌",
            "attributes": {a.name: a.value for a in listing.attributes},
            "sales": draw.randint(0, 5000),
            "skus": variants,
        }


def write(folder: Path, listings: int, shops: int, skus: int) -> None:
    """`shops` files of `listings` / `shops` listings each."""
    folder.mkdir(parents=True, exist_ok=True)
    encode = msgspec.json.Encoder().encode
    for seed in range(1, shops + 1):
        lines = (encode(record) + b"\n" for record in records(f"shop{seed:03d}", listings // shops, skus, seed))
        (folder / f"shop{seed:03d}.jsonl").write_bytes(b"".join(lines))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--listings", type=int, default=20_000)
    parser.add_argument("--shops", type=int, default=20)
    parser.add_argument("--skus", type=int, default=5)
    given = parser.parse_args()
    write(given.folder, given.listings, given.shops, given.skus)


if __name__ == "__main__":
    main()
