"""The HTML report in a real browser: it shows, filters, speaks both languages, and runs nothing that a title holds.

Skipped where there is no Chromium (Debian: apt-get install chromium).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pddlint.report import Report
from pddlint.reports import Layout, render
from tests.reports.browser import CHROMIUM, Browser
from tests.reports.odd import ODD, odd_report

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]
SETTLED = "new Promise((done) => requestAnimationFrame(() => setTimeout(done, 250)))"
STATUS = "document.querySelector('[role=status]').textContent"
ACTIVE = "document.activeElement"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as one:
        yield one


def show(browser: Browser, folder: Path, report: Report, width: int = 1300, phone: bool = False) -> None:
    file = folder / "report.html"
    file.write_bytes(render("html", report, Layout()).encode())
    browser.size(width, 900, phone)
    browser.prefer("light")
    browser.problems.clear()
    browser.open(file)
    browser.run(f"try {{ localStorage.clear() }} catch {{}}; {SETTLED}")


def test_odd_titles_are_shown_as_they_stand_and_run_nothing(browser: Browser, tmp_path: Path) -> None:
    show(browser, tmp_path, odd_report())
    titles = browser.run("[...document.querySelectorAll('.item h3, .item h4')].map((node) => node.textContent)")
    assert ODD[1] in titles and ODD[4] in titles
    assert browser.run("document.querySelectorAll('main script, main b.x, main a').length") == 0
    assert browser.problems == []


def test_search_and_filters_leave_what_matches_and_say_how_many(browser: Browser, tmp_path: Path) -> None:
    show(browser, tmp_path, odd_report(70))
    assert browser.run(STATUS) == "60 个问题"  # ten are suppressed
    browser.run("document.querySelector('[data-value=info]').click()")
    assert browser.run(STATUS) == "10 个问题，共 60 个"
    browser.run("document.querySelector('.plain').click()")
    browser.run("document.querySelector('input[type=checkbox]').click()")
    assert browser.run(STATUS) == "70 个问题"
    typed = "const box = document.querySelector('input[type=search]'); box.value = '1012';"
    browser.run(f"(() => {{ {typed} box.dispatchEvent(new Event('input')); return {SETTLED}; }})()")
    assert browser.run(STATUS) == "1 个问题，共 70 个"
    assert browser.run("document.querySelectorAll('.item').length") == 1


def test_the_language_and_the_theme_switch(browser: Browser, tmp_path: Path) -> None:
    show(browser, tmp_path, odd_report())
    colour = "getComputedStyle(document.body).backgroundColor"
    light = browser.run(colour)
    browser.run("document.querySelector('[data-choice=\"1\"]').click()")
    assert browser.run("[document.documentElement.lang, document.title]") == ["en", "pddlint report"]
    assert browser.run(f"{ACTIVE}.textContent") == "English"
    browser.prefer("dark")
    dark = browser.run(colour)
    browser.run("document.querySelector('[data-choice=light]').click()")
    assert light != dark and browser.run(colour) == light


def test_it_is_used_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    show(browser, tmp_path, odd_report())
    browser.run("document.body.focus()")
    browser.key("Tab")
    assert browser.run(f"{ACTIVE}.getAttribute('href')") == "#findings"
    browser.key("/", "Slash", "/")
    assert browser.run(f"{ACTIVE}.type") == "search"
    browser.run("document.querySelector('.item').focus()")
    browser.key("PageDown")
    assert browser.run(f"{ACTIVE}.getAttribute('aria-posinset')") == "2"
    unnamed = "[...document.querySelectorAll('button, input, [role=img], img')].filter((n) => !(n.textContent ||"
    unnamed += " n.getAttribute('aria-label') || n.alt || (n.labels && n.labels.length))).map((n) => n.outerHTML)"
    assert browser.run(unnamed) == []


def test_a_phone_shows_it_without_scrolling_sideways(browser: Browser, tmp_path: Path) -> None:
    show(browser, tmp_path, odd_report(20), width=360, phone=True)
    assert browser.run("document.documentElement.scrollWidth") == 360
    assert browser.run("document.querySelector('.filters').open") is False


def test_five_thousand_findings_open_and_filter_at_once(browser: Browser, tmp_path: Path) -> None:
    show(browser, tmp_path, odd_report(5000))
    assert browser.run("document.querySelectorAll('.item').length") < 100
    took = browser.run(
        "(async () => { const begin = performance.now(); document.querySelector('[data-value=info]').click();"
        " await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));"
        " return performance.now() - begin; })()"
    )
    assert took < 1500, f"{took:.0f} ms"  # about 100 on an idle machine
    browser.run(f"scrollTo(0, document.documentElement.scrollHeight); {SETTLED}")
    browser.run(SETTLED)
    assert browser.run("document.querySelectorAll('.item').length") < 100
    last = "Math.max(...[...document.querySelectorAll('.item')].map((n) => Number(n.getAttribute('aria-posinset'))))"
    assert browser.run(last) == browser.run("Number(document.querySelector('.item').getAttribute('aria-setsize'))")
