"""SHOUT001 shouting-title: exclamation marks in the title. A complete third-party rule, as an example to start from."""

from __future__ import annotations

from collections.abc import Iterator

from pddlint import Context, Example, Finding, Listing, Option, Rule, Text, at_listing

RULE = Rule(
    code="SHOUT001",
    name="shouting-title",
    severity="warning",
    summary=Text("标题里感叹号太多", "too many exclamation marks in the title"),
    message=Text(
        "标题里有 {count} 个感叹号，最多 {limit} 个", "{count} exclamation marks in the title, at most {limit}"
    ),
    consequence=Text("搜索里排得更靠后。", "Ranked lower in search."),
    remedy=Text("删掉多余的感叹号。", "Remove the surplus exclamation marks."),
    options=(Option("limit", "integer", 1, Text("允许几个", "how many are allowed")),),
    examples=(
        Example(
            Text("三个感叹号", "three exclamation marks"),
            ({"id": "1", "title": "清仓！！！纯棉毛巾", "skus": [{"id": "11", "price": 9.9}]},),
            expect=("1",),
        ),
        Example(
            Text("一个感叹号", "one exclamation mark"),
            ({"id": "2", "title": "纯棉毛巾！", "skus": [{"id": "21", "price": 9.9}]},),
        ),
    ),
)


def check(listing: Listing, context: Context) -> Iterator[Finding]:
    limit = context.option(RULE, "limit")
    count = listing.title.count("！") + listing.title.count("!")
    if count > limit:
        yield Finding(RULE.code, at_listing(listing, "title"), arguments={"count": count, "limit": limit})
