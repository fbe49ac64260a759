"""CAT011 unresolved-pictures: pictures that were not found on disk.

Emitted by the reader (`pddlint.catalog.troubles`).
"""

from __future__ import annotations

from pddlint.checkers.base import Rule, Text

RULE = Rule(
    code="CAT011",
    name="unresolved-pictures",
    severity="info",
    summary=Text(
        "图片没有找到",
        "pictures that were not found on disk",
    ),
    message=Text(
        "{count} 张图片在本地没有找到{such_zh}{example}",
        "{count} picture{s} not found locally{such_en}{example}",
    ),
    consequence=Text(
        "这些图片没有参与比较，换图重复铺货可能查不出来。",
        "These pictures took no part in the comparison, so duplicates that differ in their pictures may go unseen.",
    ),
    remedy=Text(
        "把图片放在数据文件旁边，或用 [images] roots 指定存放图片的文件夹。",
        "Put the pictures beside the data file, or name their folder under [images] roots.",
    ),
    detail=Text(
        "pddlint 不联网。网址按路径或文件名在 [images] roots 里找；每个文件只提示一次。",
        "pddlint uses no network. URLs are looked up under [images] roots by path or file name. One note a file.",
    ),
)
