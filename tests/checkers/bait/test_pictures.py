"""A thumbnail of something else counts against a doubtful SKU, and never by itself."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

from pddlint.catalog.model import Listing, Picture, Sku
from pddlint.checkers.bait import pictures
from pddlint.checkers.bait.judge import judge
from tests.benchmarks.picture_edits import drawn
from tests.checkers.bait.listings import listing


@pytest.fixture
def pictured(tmp_path: Path) -> Listing:
    """Three SKUs: two shown in the gallery, the last with a picture of its own."""
    made = listing("折叠露营椅户外便携", ("卡其", 49), ("黑色", 49), ("神秘好物", 9.9))
    paths = []
    for seed in (1, 2, 7):
        paths.append(tmp_path / f"{seed}.jpg")
        drawn(seed, 300).save(paths[-1])
    views = [Picture(path.name, str(path)) for path in paths]
    skus = [msgspec.structs.replace(sku, picture=view) for sku, view in zip(made.skus, views, strict=True)]
    return msgspec.structs.replace(made, pictures=tuple(views[:2]), skus=tuple(skus))


def ask(made: Listing, number: int) -> bool:
    sku = made.skus[number]
    return pictures.stranger(made, sku, [other for other in made.skus if other is not sku])


def with_picture(made: Listing, number: int, picture: Picture | None) -> Listing:
    skus: list[Sku] = list(made.skus)
    skus[number] = msgspec.structs.replace(skus[number], picture=picture)
    return msgspec.structs.replace(made, skus=tuple(skus))


def test_a_picture_of_the_gallery_is_at_home(pictured: Listing) -> None:
    assert not ask(pictured, 0)
    assert not ask(with_picture(pictured, 2, pictured.pictures[1]), 2)


def test_a_picture_that_shares_neither_shape_nor_colours_is_a_stranger(pictured: Listing, tmp_path: Path) -> None:
    noise = np.random.default_rng(7).integers(0, 60, (12, 12, 3), np.uint8) + np.array([0, 180, 0], np.uint8)
    Image.fromarray(noise).resize((300, 300)).save(tmp_path / "green.png")
    assert ask(with_picture(pictured, 2, Picture("green.png", str(tmp_path / "green.png"))), 2)


def test_nothing_is_said_without_a_readable_picture(pictured: Listing, tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8broken")
    assert not ask(with_picture(pictured, 2, None), 2)
    assert not ask(with_picture(pictured, 2, Picture("broken.jpg", str(tmp_path / "broken.jpg"))), 2)


def test_a_strange_picture_adds_to_a_doubtful_verdict(pictured: Listing, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = {verdict.sku.id: verdict for verdict in judge(with_picture(pictured, 2, None))}
    monkeypatch.setattr(pictures, "stranger", lambda made, sku, rest: sku.id == "2")
    strange = {verdict.sku.id: verdict for verdict in judge(pictured)}
    assert strange.keys() == plain.keys() == {"2"}
    assert plain["2"].confidence < strange["2"].confidence
    assert "strange-picture" in [reason.sign for reason in strange["2"].reasons]


def test_a_strange_picture_alone_convicts_nobody(pictured: Listing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "stranger", lambda made, sku, rest: True)
    flat = [msgspec.structs.replace(sku, price_fen=4900) for sku in pictured.skus]
    assert judge(msgspec.structs.replace(pictured, skus=tuple(flat))) == ()
