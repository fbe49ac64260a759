"""Blocking: pairs that share telling evidence are candidates, pairs without are not, and crowds do not blow it up."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pddlint.catalog.model import Listing
from pddlint.images.prints import PicturePrint
from pddlint.matching import hamming, nearest
from pddlint.matching.blocking import Limits, candidates
from pddlint.matching.gallery import Shot
from pddlint.matching.keys import grouped
from pddlint.matching.kin import wholes
from pddlint.matching.textprint import TextPrint, text_print, unpack
from pddlint.matching.variants import SkuPrint

STRICT = Limits(all_pairs=0)


class Item:
    """A listing as blocking reads it."""

    def __init__(
        self,
        title: str = "",
        codes: tuple[str, ...] = (),
        stem: str = "",
        shots: tuple[Shot, ...] = (),
        skus: tuple[SkuPrint, ...] = (),
    ) -> None:
        self.text: TextPrint = text_print(Listing("1", title))
        self.codes, self.stem, self.shots = codes, stem, shots
        self.wholes = wholes(title, self.text, skus)


def shot(phash: int, mirrored: int | None = None, digest: bytes = b"", contrast: int = 60) -> Shot:
    mirrored = random.Random(phash).getrandbits(64) if mirrored is None else mirrored
    found = PicturePrint(
        digest=digest or phash.to_bytes(8, "big"),
        width=9, height=9, size=1, format="JPEG", animated=False,
        phash=phash, phash_mirrored=mirrored, dhash=0, dhash_mirrored=0,
        trimmed=b"", trimmed_mirrored=b"", grid=b"", colours=b"",
        contrast=contrast, content=500,
    )  # fmt: skip
    return Shot("", "", 0, found)


def noise(count: int, seed: int = 3) -> list[Item]:
    """Unrelated listings: random titles over a large alphabet, random pictures."""
    draw = random.Random(seed)
    return [
        Item("".join(chr(draw.randrange(0x4E00, 0x9000)) for _ in range(12)), shots=(shot(draw.getrandbits(64)),))
        for _ in range(count)
    ]


def pairs(items: list[Item], limits: Limits = STRICT) -> set[tuple[int, int]]:
    return {(int(i), int(j)) for i, j in candidates(items, limits)}


def test_a_small_merchant_compares_every_pair() -> None:
    assert pairs(noise(5), Limits()) == {(i, j) for i in range(5) for j in range(i + 1, 5)}
    assert pairs([], Limits()) == set() == pairs(noise(1), Limits())


def test_unrelated_listings_are_no_candidates() -> None:
    assert pairs(noise(300)) == set()


def test_shared_codes_stems_prices_and_variants_make_candidates() -> None:
    ladder = tuple(SkuPrint(price, ()) for price in (990, 1990, 2590))
    table = tuple(SkuPrint(None, (f"size:{s}",)) for s in "SML")
    items = noise(40)
    items += [Item("甲", codes=("A1",)), Item("乙", codes=("A1", "B2"))]
    items += [Item("丙", stem="K-88"), Item("丁", stem="K-88")]
    items += [Item("戊", skus=ladder), Item("己", skus=ladder[::-1])]
    items += [Item("庚", skus=table), Item("辛", skus=table)]
    assert pairs(items) == {(40, 41), (42, 43), (44, 45), (46, 47)}


def test_near_and_mirrored_pictures_make_candidates_from_any_slot_but_blank_ones_do_not() -> None:
    items = noise(30)
    near = shot(0x0123456789ABCDEF), shot(0x0123456789ABCDEF ^ 0b1011 << 20, digest=b"x")
    items += [Item("甲", shots=(shot(0x5EED5EED12345678), near[0])), Item("乙", shots=(near[1],))]
    items += [Item("丙", shots=(shot(0x55AA55AA00FF00FF),))]
    items += [Item("丁", shots=(shot(0x7777123477771234, 0x55AA55AA00FF00FE),))]
    items += [Item("戊", shots=(shot(5, contrast=1),)), Item("己", shots=(shot(5, digest=b"y", contrast=1),))]
    assert pairs(items) == {(30, 31), (32, 33)}


def test_alike_titles_make_candidates_also_when_every_bigram_is_common() -> None:
    draw = random.Random(5)
    words = [a + b for a in "春夏秋冬" for b in "红橙黄绿青蓝紫灰"]
    titles = ["".join(draw.sample(words, 9)) for _ in range(1_500)]
    titles.append(titles[7] + "新")
    items = [Item(title) for title in titles]
    assert (7, 1_500) in pairs(items)


def test_titles_of_the_same_words_make_candidates_whatever_their_order() -> None:
    """All bigrams but those within words differ, and the words are common: neighbours and MinHash need not see it."""
    words = ["显瘦", "百搭", "韩版", "新款", "大容量", "轻奢", "复古", "时尚", "家用", "水杯"]
    draw = random.Random(5)
    crowd = [Item("".join(draw.sample(words, 7))) for _ in range(900)]
    one, two = words[:], words[::-1]
    found = pairs([Item("".join(one) + "云禾"), *crowd, Item("云禾" + "".join(two))])
    assert (0, 901) in found


def test_a_key_that_everybody_shares_says_nothing_and_a_crowded_one_is_thinned() -> None:
    everyone = np.arange(5_000)
    key = np.zeros(5_000, np.uint64)
    assert not len(grouped(everyone, key, 5_000, group=60, window=12, common=2_000))
    thinned = grouped(everyone[:1_000], key[:1_000], 5_000, group=60, window=12, common=2_000)
    assert 11_000 < len(thinned) <= 12_000
    assert len(grouped(everyone[:60], key[:60], 5_000, group=60, window=12, common=2_000)) == 60 * 59 // 2


def test_candidates_are_sorted_unique_ordered_pairs_and_the_same_each_time() -> None:
    items = noise(50) + noise(50)
    found = candidates(items, STRICT)
    assert (found[:, 0] < found[:, 1]).all()
    assert (np.unique(found, axis=0) == found).all()
    assert (candidates(items, STRICT) == found).all()
    assert {(i, i + 50) for i in range(50)} <= pairs(items)


HASHES = st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=12)


@settings(deadline=None)
@given(HASHES, st.lists(st.integers(0, 63), max_size=12), st.integers(0, 10))
def test_multi_index_hashing_finds_exactly_what_comparing_all_finds(bases: list[int], bits: list[int], d: int) -> None:
    flipped = list(bases)
    for step, bit in enumerate(bits):
        flipped[step % len(flipped)] ^= 1 << bit
    left, right = np.array(bases, np.uint64), np.array(flipped, np.uint64)
    banded = [hamming._band(left, right, b, r, d) for b, r in enumerate(hamming._radii(d)) if r >= 0]
    i, j = hamming._all(left, right, d)
    assert np.unique(np.concatenate(banded)).tolist() == (i * len(right) + j).tolist()


@settings(deadline=None)
@given(st.integers(0, 62))
def test_band_radii_obey_the_pigeonhole_principle(distance: int) -> None:
    assert sum(radius + 1 for radius in hamming._radii(distance)) == distance + 1


def test_minhash_keys_are_the_same_on_every_run() -> None:
    words = [nearest.Words.of([unpack(text_print(Listing(n, "法式碎花连衣裙")).grams)], np.uint32) for n in "12"]
    keys = next(nearest.minhash_bands(words[0]))[1]
    assert keys.tolist() == next(nearest.minhash_bands(words[1]))[1].tolist()
    assert keys.dtype == np.uint64
