from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pddlint.catalog.model import Listing, Origin, Picture, Sku
from pddlint.checkers.base import Context, Rule
from pddlint.checkers.cat import (
    cat021_unreadable_picture,
    cat022_oversized_picture,
    cat023_picture_outside_limits,
)
from pddlint.findings import Finding
from tests.images import pictures

RULES = (cat021_unreadable_picture, cat022_oversized_picture, cat023_picture_outside_limits)


def listing(*paths: Path, sku: Path | None = None) -> Listing:
    shown = tuple(Picture(f"https://img.example/{p.name}?x=1", str(p), f"/gallery/{n}") for n, p in enumerate(paths))
    skus = (Sku("1", picture=Picture(sku.name, str(sku), "/skus/0/thumb")),) if sku else ()
    return Listing("600", "保温杯", pictures=shown, skus=skus, origin=Origin("goods.json"))


def found(*paths: Path, sku: Path | None = None, **options: object) -> list[Finding]:
    def each() -> Iterator[Finding]:
        for module in RULES:
            yield from module.check(listing(*paths, sku=sku), Context(options if module is RULES[2] else {}))

    return list(each())


def sentence(finding: Finding, lang: str = "zh") -> str:
    rules: dict[str, Rule] = {module.RULE.code: module.RULE for module in RULES}
    text = rules[finding.code].message
    return (text.zh if lang == "zh" else text.en).format(**finding.arguments)


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_good_pictures_are_left_alone(tmp_path: Path) -> None:
    jpeg = pictures.save(tmp_path / "a.jpg", pictures.photo())
    png = pictures.save(tmp_path / "b.png", pictures.photo(2, 800), "PNG")
    assert found(jpeg, png, sku=jpeg) == []


def test_a_listing_without_pictures_is_left_alone() -> None:
    assert found() == []
    assert [f for m in RULES for f in m.check(Listing("1", pictures=(Picture("a.jpg"),)), Context())] == []


@pytest.mark.parametrize(
    ("data", "why_zh", "why_en"),
    [
        (b"<html>404</html>", "的内容不是图片", "1 picture file with something else inside: 主图.jpg"),
        (pictures.encoded(pictures.photo())[:4000], "已损坏或不完整", "1 picture file damaged or incomplete: 主图.jpg"),
        (b"II*\0" + b"\0" * 50, "格式不支持", "1 picture file of a kind that is not read: 主图.jpg"),
    ],
)
def test_a_picture_that_does_not_open_is_named_with_the_reason(
    tmp_path: Path, data: bytes, why_zh: str, why_en: str
) -> None:
    (finding,) = found(written(tmp_path / "主图.jpg", data))
    assert finding.code == "CAT021"
    assert sentence(finding).startswith(f"1 张图片{why_zh}：主图.jpg（")
    assert why_en in sentence(finding, "en")
    assert finding.place.pointer == "/gallery/0"


def test_a_vanished_picture_is_unreadable(tmp_path: Path) -> None:
    (finding,) = found(tmp_path / "gone.jpg")
    assert (finding.code, finding.arguments["why_en"]) == ("CAT021", "vanished before being read")


def test_many_pictures_with_one_fault_are_one_finding(tmp_path: Path) -> None:
    texts = [written(tmp_path / f"{n}.jpg", b"text" * (n + 1)) for n in range(30)]
    cut = [written(tmp_path / f"c{n}.jpg", pictures.encoded(pictures.photo(n))[:5000]) for n in range(2)]
    findings = found(*texts, *cut)
    assert [(f.code, f.arguments["count"]) for f in findings] == [("CAT021", 30), ("CAT021", 2)]
    assert len(findings[0].evidence["pictures"]) == 20


def test_a_bomb_is_named_and_not_unpacked(tmp_path: Path) -> None:
    (finding,) = found(written(tmp_path / "bomb.png", pictures.huge_png()))
    assert finding.code == "CAT022"
    assert "bomb.png" in sentence(finding)


def test_sku_pictures_are_opened_too_but_not_measured(tmp_path: Path) -> None:
    small = pictures.save(tmp_path / "small.jpg", pictures.photo(side=200))
    assert found(sku=small) == []
    (finding,) = found(sku=written(tmp_path / "x.jpg", b"text"))
    assert finding.place.pointer == "/skus/0/thumb"


def test_gallery_pictures_outside_the_limits_are_counted_by_fault(tmp_path: Path) -> None:
    wide = pictures.save(tmp_path / "wide.jpg", pictures.photo().resize((800, 600)))
    small = pictures.save(tmp_path / "small.jpg", pictures.photo(side=200))
    webp = pictures.save(tmp_path / "new.webp", pictures.photo(), "WEBP")
    moving = written(tmp_path / "moving.gif", pictures.animation())
    heavy = pictures.save(tmp_path / "heavy.png", _noise(), "PNG")
    (finding,) = found(wide, small, webp, moving, heavy)
    assert finding.code == "CAT023"
    assert sentence(finding).startswith("5 张轮播图不符合平台要求：2 张不是 JPG 或 PNG（如 new.webp：WEBP）；")
    for part in ("1 张是动图", "1 张不是正方形（如 wide.jpg：800×600）", "1 张小于 480 像素", "1 张大于 1024 KB"):
        assert part in sentence(finding)
    assert "1 below 480 px (such as small.jpg: 200×200)" in sentence(finding, "en")
    assert {p["picture"] for p in finding.evidence["pictures"]} == {
        "wide.jpg",
        "small.jpg",
        "new.webp",
        "moving.gif",
        "heavy.png",
    }


def _noise() -> pictures.Image.Image:
    import random

    return pictures.Image.frombytes("RGB", (700, 700), random.Random(1).randbytes(700 * 700 * 3))


def test_exif_rotation_counts_before_shape(tmp_path: Path) -> None:
    path = written(tmp_path / "r.jpg", pictures.rotated_by_exif(pictures.photo().resize((600, 800)), 6))
    (finding,) = found(path)
    assert "600×800" in sentence(finding)


def test_limits_are_options(tmp_path: Path) -> None:
    wide = pictures.save(tmp_path / "wide.jpg", pictures.photo().resize((800, 600)))
    assert found(wide, square=False) == []
    assert len(found(wide, square=False, min_side=700)) == 1
    assert len(found(wide, square=False, max_kilobytes=1)) == 1


def test_prints_may_be_handed_in(tmp_path: Path) -> None:
    from pddlint.images.decode import PictureProblem

    path = tmp_path / "never-read.jpg"
    one = listing(path)
    given = {str(path): PictureProblem("damaged", "JPEG: image file is truncated")}
    (finding,) = cat021_unreadable_picture.check_pictures(one, given, Context())
    assert finding.arguments["detail"] == "JPEG: image file is truncated"
