"""Answers that describe categories and hold no listings: `pdd.goods.cats.get` and `pdd.goods.cat.rule.get`.

The reader collects them before it reads listings, so that category ids get names wherever the files lie.
"""

from __future__ import annotations

from collections.abc import Iterator

from pddlint.catalog.fields import Fields
from pddlint.catalog.formats import Found
from pddlint.catalog.model import Listing
from pddlint.catalog.node import Node

NAME = "pdd-categories"
RANK = 10
SUMMARY: tuple[bytes, ...] = ()

CATS = "goods_cats_get_response"
RULES = ("cat_rule_get_response", "goods_cat_rule_get_response")


def find(node: Node) -> Iterator[Found] | None:
    keys = node.members()
    return iter(()) if CATS in keys or any(name in keys for name in RULES) else None


def convert(found: Found, fields: Fields) -> Listing | None:
    return None
