"""A pull request's comment: nothing in a listing becomes markup, and the whole is bounded."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pddlint.checkers.base import Lang
from pddlint.reports import Layout, render
from pddlint.reports.markdown import LIMIT, code, escaped
from tests.reports.odd import empty_report, odd_report


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_escaped_text_holds_no_markup_and_reads_the_same(text: str) -> None:
    shown = escaped(text)
    assert not re.search(r"[\\`*_\[\]<>|~$]|&(?!#\d+;)", shown)
    assert "\n" not in shown and not re.match(r"[-+=]|\d{1,2}[.)]", shown)
    if text.isprintable():
        assert html.unescape(shown).replace("\u200b", "") == text.replace("\u200b", "")


@pytest.mark.parametrize("text", ["@user", "#12", "https://example.com", "www.example.com", "a@b.com"])
def test_nothing_becomes_a_link_or_a_mention(text: str) -> None:
    shown = html.unescape(escaped(text))
    assert not re.search(r"@\w|#\d|https?:|www\.", shown)


@pytest.mark.parametrize("text", ["a.json:3", "`", "a``b`", "a\nb"])
def test_a_code_span_holds_any_text(text: str) -> None:
    span = code(text)
    fence = re.match("`+", span)
    assert fence and span.endswith(fence[0]) and "\n" not in span
    inner = span[len(fence[0]) : -len(fence[0])]
    assert fence[0] not in re.findall("`+", inner)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("count", [1, 7, 3000])
def test_a_comment_is_bounded_balanced_and_says_what_it_left_out(lang: Lang, count: int) -> None:
    text = render("markdown", odd_report(count, lang), Layout())
    assert len(text) < LIMIT
    assert text.count("<details>") == text.count("</details>") == 1
    told = len(re.findall(r"^- `", text, re.M))
    left_out = re.search(r"(?:还有 |… )(\d+)", text)
    suppressed = sum(number % 7 == 3 for number in range(count))
    assert told + (int(left_out[1]) if left_out else 0) == count - suppressed


def test_a_clean_run_says_so_in_one_line() -> None:
    assert render("markdown", empty_report("en"), Layout()).splitlines() == [
        "### pddlint: nothing to report (1 files, 2 listings, 3 SKUs, 4 pictures)"
    ]
