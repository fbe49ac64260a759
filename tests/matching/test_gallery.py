"""Galleries: a picture that many listings show proves little, and the more pictures have nothing alike, the more does
that."""

import numpy as np

from pddlint.images.prints import PicturePrint
from pddlint.matching import gallery
from pddlint.matching.gallery import Shot


def test_a_few_copies_count_in_full_and_a_size_chart_hardly() -> None:
    few, some, many = gallery.worth(np.array([2, 6, 40])).tolist()
    assert few == 1.0
    assert few > some > many
    assert many < 0.1


def shots(*seeds: int, contrast: int = 50) -> list[Shot]:
    """Pictures with prints of chance bits; equal seeds are equal pictures."""
    found = []
    for slot, seed in enumerate(seeds):
        bits = np.random.default_rng(seed).bytes
        words = [int.from_bytes(bits(8), "big") for _ in range(4)]
        made = PicturePrint(
            digest=bits(16),
            width=800,
            height=800,
            size=80_000,
            format="JPEG",
            animated=False,
            phash=words[0],
            phash_mirrored=words[1],
            dhash=words[2],
            dhash_mirrored=words[3],
            trimmed=bits(32),
            trimmed_mirrored=bits(32),
            grid=bits(108),
            colours=bits(18),
            contrast=contrast,
            content=1000,
        )
        found.append(Shot(f"{seed}.jpg", f"{seed}.jpg", slot, made))
    return found


def test_strange_galleries_count_the_pictures_that_both_have() -> None:
    galleries = [shots(1, 2, 3), [], shots(4, 5), shots(6, 7, 8, 9), shots(9, 10), []]
    pairs = np.array([(0, 2), (0, 3), (2, 3), (3, 4), (0, 1), (4, 5)])
    strange = gallery.compare(gallery.album(galleries), pairs).strange
    # 3 and 4 share a picture; 1 and 5 have none
    np.testing.assert_array_equal(strange, [2, 3, 2, np.nan, np.nan, np.nan])


def test_blank_pictures_are_not_counted_as_strange() -> None:
    galleries = [shots(1, 2), [*shots(3), *shots(4, contrast=0)], shots(5, contrast=0)]
    strange = gallery.compare(gallery.album(galleries), np.array([(0, 1), (0, 2)])).strange
    np.testing.assert_array_equal(strange, [1, np.nan])


def test_pictures_that_many_listings_show_are_no_strangers() -> None:
    found = gallery.compare(gallery.album([shots(1, 2, 3)] * 12), np.array([(0, 1)]))
    assert found.likeness[0] < gallery.HINT and np.isnan(found.strange[0])
