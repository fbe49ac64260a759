"""CAT009 outside-link: a link that leaves the catalog.

Emitted by the reader (`pddlint.catalog.troubles`).
"""

from __future__ import annotations

from pddlint.checkers.base import Rule, Text

RULE = Rule(
    code="CAT009",
    name="outside-link",
    severity="warning",
    summary=Text(
        "符号链接指向目录之外",
        "a link that leaves the catalog",
    ),
    message=Text(
        "指向商品目录之外（{reason_zh}），没有跟随",
        "links outside the catalog ({reason_en}) and was not followed",
    ),
    consequence=Text(
        "链接所指的商品没有被检查。",
        "The listings behind the link were not checked.",
    ),
    remedy=Text(
        "把文件放进目录，或者直接在命令行写出它的路径；图片请用 [images] roots 指定。",
        "Put the files into the catalog or name their path on the command line; for pictures use [images] roots.",
    ),
    detail=Text(
        "遍历文件夹时不跟随指向目录之外的链接，以免检查到别人的文件。",
        "While walking a folder, links that leave it are not followed, so that nobody else's files are read.",
    ),
)
