"""The rules' pages beside the checkers are what the rules' cards say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pddlint.checkers import registry
from tests import rule_pages

PAGES = dict(rule_pages.pages())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(rule_pages.CHECKERS)))
def test_page_is_current(path: Path) -> None:
    """To bring them up to date: python tests/rule_pages.py"""
    assert path.read_text("utf-8") == PAGES[path]


def test_every_built_in_rule_has_a_section_and_every_link_leads_to_one() -> None:
    for name in rule_pages.FILES.values():
        index = PAGES[rule_pages.CHECKERS / name]
        links = re.findall(r"\((\w+/[\w.-]+)#([\w-]+)\)", index)
        assert len(links) == len(registry.load().rules)
        for file, anchor in links:
            headings = re.findall(r"^## (.+)$", PAGES[rule_pages.CHECKERS / file], re.M)
            assert anchor in {heading.lower().replace(" ", "-") for heading in headings}


def test_examples_are_not_taken_for_headings() -> None:
    assert rule_pages._lowered("# A\n\n```toml\n# B\n```\n") == "## A\n\n```toml\n# B\n```\n"
