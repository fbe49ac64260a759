"""Copies planted in one large shop without pictures: which kinds of them are found, and what else is reported.

    python -m tests.benchmarks.planted [--listings 1000 5000 20000 100000] [--share 0.02] [--shop plain series uniform]

The shop is that of `catalogs`, with a share of its listings published again in every one of the ways of `WAYS`. Its
product families (one title re-worded over other prices, other SKUs, another category) are left out of the counting:
nobody could say of them whether they are one item. Every other pair reported is false. Three makes of shop:

- "plain": as `catalogs` makes them.
- "series": beside it, series of five designs each, which share attributes, SKU table and price ladder, and whose titles
  differ by the name of the design. They are different items.
- "uniform": every listing has the same attributes and SKU table; the titles differ by name and number.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import msgspec

from pddlint.catalog.formats.plain import listing
from pddlint.matching.fingerprint import Fingerprint, fingerprint
from pddlint.matching.match import match_merchant
from tests.benchmarks.blocking import COLOURS, MARKET
from tests.benchmarks.catalogs import records
from tests.benchmarks.matching import Families

Record = dict[str, Any]
MAKES = ("plain", "series", "uniform")
DESIGNS = ["樱花", "竹叶", "飞鸟", "星空", "海浪", "麦穗", "云朵", "松果", "蝴蝶", "银杏", "荷塘", "石榴"]


def _priced(record: Record, factor: float) -> None:
    for sku in record["skus"]:
        sku["price"] = round(sku["price"] * factor, 2)


def _words(title: str) -> list[str]:
    """The market words of a generated title, and what lies between them."""
    market = sorted(MARKET.split(), key=len, reverse=True)
    words, rest = [], ""
    while title:
        word = next((w for w in market if title.startswith(w)), "")
        if word:
            words += [rest, word] if rest else [word]
            rest = ""
        else:
            rest += title[0]
        title = title[len(word) or 1 :]
    return [*words, rest] if rest else words


def exact(record: Record, draw: random.Random) -> None:
    """Identical in everything but the id and the merchant codes."""


def repriced(record: Record, draw: random.Random) -> None:
    """Identical but for the prices, all up or down by up to a fifth."""
    _priced(record, draw.choice((0.8, 0.9, 1.1, 1.2)))


def shuffled(record: Record, draw: random.Random) -> None:
    """The title's words in another order."""
    words = _words(record["title"])
    draw.shuffle(words)
    record["title"] = "".join(words)


def reworded(record: Record, draw: random.Random) -> None:
    """Two words of the title replaced, one added, all in another order."""
    words = _words(record["title"])
    market = [at for at, word in enumerate(words) if word in MARKET.split()]
    for at in draw.sample(market, min(2, len(market))):
        words[at] = draw.choice(MARKET.split())
    words.append(draw.choice(MARKET.split()))
    draw.shuffle(words)
    record["title"] = "".join(words)


def retitled(record: Record, draw: random.Random) -> None:
    """The title alone is the same: other prices, other SKUs, no attributes."""
    _priced(record, draw.choice((0.5, 0.7, 1.4, 2.0)))
    record["attributes"] = {}
    for sku in record["skus"]:
        sku["specs"] = {"颜色": draw.choice(COLOURS)}


def coded(record: Record, draw: random.Random) -> None:
    """Reworded, repriced, half of the attributes gone; the merchant codes are the same."""
    reworded(record, draw)
    repriced(record, draw)
    record["attributes"] = {k: v for k, v in record["attributes"].items() if draw.random() < 0.5}


WAYS: tuple[Callable[[Record, random.Random], None], ...] = (exact, repriced, shuffled, reworded, retitled, coded)


class Planted(msgspec.Struct):
    """A shop's listings, the way of each planted pair of ids, and the product family of each id."""

    records: list[Record]
    way: dict[tuple[str, str], str]
    family: dict[str, str]


def planted(size: int, share: float = 0.02, make: str = "plain", skus: int = 5) -> Planted:
    """A shop of about `size` listings in all; `share` of them are copied in each way."""
    draw = random.Random(size)
    of_way = max(3, int(size * share))
    rows = list(_base(size - of_way * len(WAYS), make, skus))
    kin = Families(size - of_way * len(WAYS), 1).family_of
    family = {row["id"]: f"{kin[int(row['id'][1:8])]}{row['id'][8:] if make == 'series' else ''}" for row in rows}
    originals = draw.sample(range(len(rows)), of_way * len(WAYS))
    way: dict[tuple[str, str], str] = {}
    for number, at in enumerate(originals):
        plant = WAYS[number % len(WAYS)]
        copy = msgspec.json.decode(msgspec.json.encode(rows[at]))
        copy["id"] = f"9{number:08d}"
        for place, sku in enumerate(copy["skus"]):
            sku["id"] = f"{copy['id']}{place}"
            if plant is not coded:
                sku["code"] = f"n-{number}x-{place}"
        plant(copy, draw)
        family[copy["id"]] = family[rows[at]["id"]]
        way[rows[at]["id"], copy["id"]] = plant.__name__
        rows.append(copy)
    return Planted(rows, way, family)


def _base(size: int, make: str, skus: int) -> Iterator[Record]:
    draw = random.Random(size)
    made = 0
    for record in records("shop001", size, skus, 1):
        if make == "uniform":
            record["attributes"] = {"材质": "棉", "风格": "简约", "功能": "通用", "款式": "基础款", "厚薄": "常规"}
            record["title"] = f"{record['title']}{made}"
            for place, sku in enumerate(record["skus"]):
                sku["specs"]["颜色"] = COLOURS[place % len(COLOURS)]
        versions = draw.sample(DESIGNS, 5) if make == "series" and draw.random() < 0.1 else [""]
        for place, design in enumerate(versions):
            if made < size:
                one = msgspec.json.decode(msgspec.json.encode(record))
                one["id"] = f"{record['id']}{place}"
                one["title"] = record["title"] + design
                for at, sku in enumerate(one["skus"]):
                    sku["code"] = f"c{made}y-{at}"
                    sku["id"] = f"{one['id']}{at}"
                made += 1
                yield one


def prints(shop: Planted) -> list[Fingerprint]:
    return [fingerprint(listing(record), {}) for record in shop.records]


def tell(size: int, share: float, make: str) -> None:
    """Print one line: recall by way, and false pairs."""
    shop = planted(size, share, make)
    made = prints(shop)
    began = time.process_time()
    matches = match_merchant(made)
    spent = time.process_time() - began
    found = {
        pair
        for g in matches.groups
        for pair in combinations(sorted([g.keeper.id, *(s.listing.id for s in g.surplus)]), 2)
    }
    right: Counter[str] = Counter()
    for pair, way in shop.way.items():
        right[way] += tuple(sorted(pair)) in found
    ways = Counter(shop.way.values())
    original = {copy: first for first, copy in shop.way}
    false = sorted(p for p in found if shop.family[p[0]] != shop.family[p[1]])
    kin = sum(original.get(a, a) != original.get(b, b) for a, b in found) - len(false)
    line = "  ".join(f"{way.__name__} {right[way.__name__] / ways[way.__name__]:.3f}" for way in WAYS)
    true = sum(right.values())
    precision = true / max(true + len(false), 1)
    print(
        f"{make:8}{len(made):>7}  {line}  P {precision:.4f} ({len(false)} false, {kin} kin)  {spent:.1f} s", flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, nargs="*", default=[1_000, 5_000, 20_000])
    parser.add_argument("--share", type=float, default=0.02, help="of the listings copied in each way")
    parser.add_argument("--shop", nargs="*", choices=MAKES, default=["plain"])
    given = parser.parse_args()
    for make in given.shop:
        for size in given.listings:
            tell(size, given.share, make)


if __name__ == "__main__":
    main()
