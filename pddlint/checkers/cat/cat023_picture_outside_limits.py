"""CAT023 picture-outside-limits: gallery pictures that the platform does not accept.

Limits from the Open Platform's field table of `pdd.goods.add` (carousel_gallery): JPEG or PNG, square, at least 480 px,
at most 1 MB.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pddlint.catalog.model import Listing, Picture
from pddlint.checkers.base import Context, Option, Rule, Text
from pddlint.checkers.cat import picture_files
from pddlint.findings import Finding

if TYPE_CHECKING:
    from pddlint.checkers.cat.picture_files import Pictures
    from pddlint.images.hashes import PicturePrint

RULE = Rule(
    code="CAT023",
    name="picture-outside-limits",
    severity="warning",
    summary=Text("主图或轮播图不符合平台要求", "a gallery picture outside the platform's limits"),
    message=Text(
        "{count} 张轮播图不符合平台要求：{faults_zh}",
        "{count} gallery picture{s} outside the platform's limits: {faults_en}",
    ),
    consequence=Text(
        "平台会拒收或裁切不合要求的轮播图，商品可能无法发布或无法报名活动。",
        "The platform refuses or crops such pictures; the listing may not be published or admitted to campaigns.",
    ),
    remedy=Text(
        "导出为正方形的 JPG 或 PNG，边长至少 480 像素，不超过 1024 KB。",
        "Export a square JPG or PNG of at least 480 pixels a side and at most 1024 KB.",
    ),
    detail=Text(
        "只看商品轮播图（第一张是主图），不看 SKU 图和详情图。尺寸按 EXIF 方向转正后的宽高计算。",
        "Only the gallery is judged (its first picture is the main image), not SKU and detail pictures. Width and "
        "height are those after EXIF rotation.",
    ),
    options=(
        Option("min_side", "integer", 480, Text("最短边的像素下限", "least pixels of the shorter side")),
        Option("max_kilobytes", "integer", 1024, Text("文件大小上限（KB）", "largest file, in KB of 1024 bytes")),
        Option("square", "boolean", True, Text("是否要求正方形", "whether pictures must be square")),
    ),
)

_FAULTS = {
    "format": Text("{n} 张不是 JPG 或 PNG（如 {picture}：{value}）", "{n} not JPG or PNG (such as {picture}: {value})"),
    "animated": Text("{n} 张是动图（如 {picture}）", "{n} animated (such as {picture})"),
    "shape": Text("{n} 张不是正方形（如 {picture}：{value}）", "{n} not square (such as {picture}: {value})"),
    "small": Text(
        "{n} 张小于 {limit} 像素（如 {picture}：{value}）", "{n} below {limit} px (such as {picture}: {value})"
    ),
    "heavy": Text(
        "{n} 张大于 {limit} KB（如 {picture}：{value}）", "{n} above {limit} KB (such as {picture}: {value})"
    ),
}


def check(listing: Listing, context: Context) -> Iterator[Finding]:
    seen = picture_files.looks(picture_files.gallery(listing))
    return check_pictures(listing, seen, context) if seen else iter(())


def check_pictures(listing: Listing, pictures: Pictures, context: Context) -> Iterator[Finding]:
    """At most one finding, which counts each kind of fault; `pictures` maps absolute paths to what was seen there."""
    limits = {"small": context.option(RULE, "min_side"), "heavy": context.option(RULE, "max_kilobytes")}
    square = context.option(RULE, "square")
    by_fault: dict[str, list[tuple[Picture, str]]] = {}
    faulty: dict[str, tuple[Picture, list[str]]] = {}
    for picture in picture_files.gallery(listing):
        seen = picture_files.print_in(pictures, picture)
        if seen is None:
            continue
        for fault, value in _faults(seen, limits["small"], limits["heavy"], square):
            by_fault.setdefault(fault, []).append((picture, value))
            faulty.setdefault(picture.path, (picture, []))[1].append(f"{fault}: {value}" if value else fault)
    if not faulty:
        return
    sentences: dict[str, list[str]] = {"zh": [], "en": []}
    for fault in (f for f in _FAULTS if f in by_fault):
        picture, value = by_fault[fault][0]
        words = {
            "n": len(by_fault[fault]),
            "picture": picture_files.name(picture),
            "value": value,
            "limit": limits.get(fault, ""),
        }
        sentences["zh"].append(_FAULTS[fault].zh.format(**words))
        sentences["en"].append(_FAULTS[fault].en.format(**words))
    yield picture_files.finding(
        RULE.code,
        listing,
        [(picture, ", ".join(details)) for picture, details in faulty.values()],
        {"faults_zh": "；".join(sentences["zh"]), "faults_en": "; ".join(sentences["en"])},
    )


def _faults(seen: PicturePrint, min_side: int, max_kilobytes: int, square: bool) -> Iterator[tuple[str, str]]:
    """The faults of one picture, each with the value measured."""
    if seen.format not in ("JPEG", "PNG"):
        yield "format", seen.format
    if seen.animated:
        yield "animated", ""
    if square and seen.width != seen.height:
        yield "shape", f"{seen.width}×{seen.height}"
    if min(seen.width, seen.height) < min_side:
        yield "small", f"{seen.width}×{seen.height}"
    if seen.size > max_kilobytes * 1024:
        yield "heavy", f"{seen.size / 1024:.0f} KB"
