"""Galleries: a picture that many listings show proves little, unless it is their main one, and the more pictures have
nothing alike, the more does that."""

import msgspec
import numpy as np
import pytest

from pddlint.catalog.formats.plain import listing
from pddlint.matching import gallery, split
from pddlint.matching.fingerprint import Fingerprint, fingerprint
from pddlint.matching.gallery import Shot
from pddlint.matching.mains import Good, Mains
from pddlint.matching.match import match_merchant
from pddlint.matching.verification import Alike, Verifier
from tests.benchmarks.shared_pictures import picture


def test_a_few_copies_count_in_full_and_a_size_chart_hardly() -> None:
    few, some, many = gallery.worth(np.array([2, 6, 40])).tolist()
    assert few == 1.0
    assert few > some > many
    assert many < 0.1


def shots(*seeds: int, contrast: int = 50) -> list[Shot]:
    """Pictures with prints of chance bits; equal seeds are equal pictures."""
    return [picture(seed, slot, contrast) for slot, seed in enumerate(seeds)]


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


class Unlike(Verifier):
    """Finds no two pictures alike."""

    def pair(self, left: Shot, right: Shot, mirror: bool = True) -> Alike | None:
        return Alike(0.0)


TITLES = (
    "夏季韩版宽松T恤百搭显瘦",
    "学生ins潮圆领小衫T恤",
    "纯棉短袖T恤减龄遮肉",
    "港风复古T恤洋气时尚",
    "春装女士T恤大码胖mm",
    "少女甜美T恤法式温柔",
    "高级感慵懒T恤打底内搭",
    "半袖体恤T恤气质通勤",
    "小众设计T恤网红爆款",
)


def shirt(number: int, category: str, *seeds: int) -> Fingerprint:
    skus = [{"id": f"{number}-{size}", "specs": {"尺码": size}, "price": 30 + number} for size in "SML"]
    record = {"id": str(number), "shop": "s", "merchant": "m", "category": ["女装", category], "skus": skus}
    made = fingerprint(listing({**record, "title": TITLES[number % len(TITLES)]}), {})
    return msgspec.structs.replace(made, shots=tuple(shots(*seeds)))


@pytest.mark.parametrize("again", [(), (2,), (2, 3, 4)])
@pytest.mark.parametrize("copies", [4, 9])
def test_copies_with_the_same_first_pictures_are_found_however_many(copies: int, again: tuple[int, ...]) -> None:
    made = [shirt(number, "T恤", 1, *again) for number in range(1, copies + 1)]
    others = [shirt(50 + number, "T恤", 50 + number) for number in range(3)]
    found = match_merchant([*made, *others])
    assert [sorted(s.listing.id for s in group.surplus) for group in found.groups] == [
        [str(number) for number in range(2, copies + 1)]
    ]
    assert split.match_in_blocks([*made, *others], 3) == found


def test_a_main_picture_that_stands_in_for_all_sorts_of_things_says_nothing() -> None:
    categories = ("T恤", "衬衫", "连衣裙")
    made = [shirt(number, categories[number % 3], 1) for number in range(1, 10)]
    assert not match_merchant(made).groups


def test_a_banner_before_pictures_of_its_own_makes_no_copies() -> None:
    banner = [shirt(number, "T恤", 1, 100 + number, 200 + number) for number in range(1, 10)]
    assert not match_merchant(banner, verifier=Unlike()).groups
    chart = [tuple(shots(1, 200 + number)) for number in range(1, 10)]  # the main picture could not be read
    chart = [tuple(msgspec.structs.replace(one, slot=one.slot + 1) for one in gallery) for gallery in chart]
    lost = [msgspec.structs.replace(one, shots=own) for one, own in zip(banner, chart, strict=True)]
    assert not match_merchant(lost, verifier=Unlike()).groups


def test_copies_with_one_main_picture_are_spared_but_for_the_pair() -> None:
    galleries = [shots(1), shots(1), shots(1), shots(1, 9), shots(2, 8, 7), shots(2, 8, 7), shots(3, contrast=0), []]
    goods = [Good(("女装",), ("T恤",), "")] * 2 + [Good(("女装",), (), "")] * 4 + [Good(("男装",), ("T恤",), "")] * 2
    mains = Mains(galleries, goods, lambda known, here: here)
    assert mains.copies.tolist() == [2, 2, 1, 1, 2, 2, 1, 1]
    i, j = np.array([0, 0, 4, 6]), np.array([1, 4, 5, 7])
    spare, same = mains.beside(i, j)
    assert (spare.tolist(), same.tolist()) == ([0, 2, 0, 0], [2, 0, 2, 0])
    book = gallery.album(galleries, copies=mains.copies)
    assert book.listings.tolist() == [3, 3, 4, 4, 1, 1, 2, 2, 1, 2, 2, 1]


def test_pictures_that_both_have_are_counted_once_each_and_by_their_worth() -> None:
    galleries = [shots(1, 2, 3), shots(4, 3, 2), shots(2, 2, 5), shots(6, 7), []]
    pairs = np.array([(0, 1), (0, 2), (0, 3), (0, 4), (1, 2)])
    found = gallery.compare(gallery.album(galleries), pairs).shared
    np.testing.assert_array_equal(found, [2, 1, np.nan, np.nan, 1])
    many = gallery.compare(gallery.album([shots(1, 2, number) for number in range(10, 18)]), np.array([(0, 1)]))
    assert many.shared[0] == pytest.approx(2 * gallery.worth(np.array([8]))[0])


def test_a_copy_with_another_main_picture_is_known_by_the_rest_of_its_gallery() -> None:
    rest = (21, 22, 23)
    one, other = shirt(1, "T恤", 1, *rest), shirt(2, "T恤", 2, *rest)
    other = msgspec.structs.replace(other, skus=one.skus)
    assert len(match_merchant([one, other], verifier=Unlike()).groups) == 1
    other = msgspec.structs.replace(other, shots=tuple(shots(2, 21, 32, 33)))
    assert not match_merchant([one, other], verifier=Unlike()).groups
