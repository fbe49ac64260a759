"""CAT022 oversized-picture: a picture too large to decode without risking the machine's memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pddlint.catalog.model import Listing
from pddlint.checkers.base import Context, Rule, Text
from pddlint.checkers.cat import picture_files
from pddlint.findings import Finding

if TYPE_CHECKING:
    from pddlint.checkers.cat.picture_files import Pictures

RULE = Rule(
    code="CAT022",
    name="oversized-picture",
    severity="warning",
    summary=Text("图片过大，无法安全解码", "a picture too large to decode safely"),
    message=Text(
        "{count} 张图片过大，没有解码{such_zh}{picture}（{detail}）",
        "{count} picture{s} too large to decode{such_en}{picture} ({detail})",
    ),
    consequence=Text(
        "平台只收 1 MB 以内的主图；这里它们没有参与比较，换图重复铺货可能查不出来。",
        "The platform takes main images of up to 1 MB; here these took no part in the comparison, so duplicates that "
        "differ in their pictures may go unseen.",
    ),
    remedy=Text("缩小到 480–2000 像素见方再用。", "Reduce it to 480–2000 pixels square."),
    detail=Text(
        "上限是 5000 万像素、每边 65,535 像素和 64 MiB，只看文件头就能判断，解压炸弹不会被展开。",
        "The limits are 50 million pixels, 65,535 pixels a side and 64 MiB; the file's header tells, and a "
        "decompression bomb is never unpacked.",
    ),
)


def check(listing: Listing, context: Context) -> Iterator[Finding]:
    seen = picture_files.looks(picture_files.shown(listing))
    return check_pictures(listing, seen, context) if seen else iter(())


def check_pictures(listing: Listing, pictures: Pictures, context: Context) -> Iterator[Finding]:
    """At most one finding; `pictures` maps absolute paths to what was seen there."""
    problems = ((p, picture_files.problem_in(pictures, p)) for p in picture_files.shown(listing))
    faulty = [(picture, seen.detail) for picture, seen in problems if seen is not None and seen.kind == "too-large"]
    if faulty:
        yield picture_files.finding(RULE.code, listing, faulty, {"detail": faulty[0][1]})
