"""CAT021 unreadable-picture: a picture file that is no picture, is damaged, or is of a kind that is not read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pddlint.catalog.model import Listing, Picture
from pddlint.checkers.base import Context, Rule, Text
from pddlint.checkers.cat import picture_files
from pddlint.findings import Finding

if TYPE_CHECKING:
    from pddlint.checkers.cat.picture_files import Pictures

RULE = Rule(
    code="CAT021",
    name="unreadable-picture",
    severity="warning",
    summary=Text("图片打不开", "a picture that cannot be opened"),
    message=Text(
        "{count} 张图片{why_zh}{such_zh}{picture}（{detail}）",
        "{count} picture file{s} {why_en}{such_en}{picture} ({detail})",
    ),
    consequence=Text(
        "平台会拒收打不开的图片；这里它们没有参与比较，换图重复铺货可能查不出来。",
        "The platform refuses pictures that do not open; here they took no part in the comparison, so duplicates that "
        "differ in their pictures may go unseen.",
    ),
    remedy=Text(
        "用原图重新导出为 JPG 或 PNG，再重新下载或上传。",
        "Export it again from the original as JPG or PNG, and download or upload it again.",
    ),
    detail=Text(
        "读取 JPEG、PNG、WebP、GIF 和 BMP，凭内容而不是扩展名识别。同一商品里原因相同的图片只提示一次。",
        "JPEG, PNG, WebP, GIF and BMP are read, recognised by content and not by extension. Pictures of one listing "
        "with the same fault are named once.",
    ),
)

_WHY = {
    "missing": Text("读取时已经不在了", "vanished before being read"),
    "unreadable": Text("无法读取", "could not be read"),
    "not-a-picture": Text("的内容不是图片", "with something else inside"),
    "unsupported": Text("格式不支持", "of a kind that is not read"),
    "damaged": Text("已损坏或不完整", "damaged or incomplete"),
}


def check(listing: Listing, context: Context) -> Iterator[Finding]:
    seen = picture_files.looks(picture_files.shown(listing))
    return check_pictures(listing, seen, context) if seen else iter(())


def check_pictures(listing: Listing, pictures: Pictures, context: Context) -> Iterator[Finding]:
    """One finding for each kind of fault; `pictures` maps absolute paths to what was seen there."""
    faults: dict[str, list[tuple[Picture, str]]] = {}
    for picture in picture_files.shown(listing):
        problem = picture_files.problem_in(pictures, picture)
        if problem is not None and problem.kind in _WHY:
            faults.setdefault(problem.kind, []).append((picture, problem.detail))
    for kind, faulty in faults.items():
        why = _WHY[kind]
        detail = faulty[0][1] or kind
        yield picture_files.finding(RULE.code, listing, faulty, {"why_zh": why.zh, "why_en": why.en, "detail": detail})
