"""The HTML report as a file: nothing in it is fetched, nothing from a listing becomes markup, and its data is whole."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pddlint.catalog.model import Listing, Picture, Sku, Spec
from pddlint.checkers.base import Lang
from pddlint.findings import ListingRef
from pddlint.report import Report, Reported, Spot, Summary
from pddlint.reports import Layout, render
from pddlint.reports.html_data import page_data
from pddlint.reports.html_pictures import SIDE, Thumbnails
from tests.reports.odd import empty_report, odd_report, rule


class Page(HTMLParser):
    """A page taken apart: its elements with attributes, and the text of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str | None, str]] = []
        self._open = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = tag in ("script", "style")
        if self._open:
            self.raw.append((tag, dict(attrs).get("type"), ""))

    def handle_endtag(self, tag: str) -> None:
        self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            tag, kind, before = self.raw[-1]
            self.raw[-1] = (tag, kind, before + data)

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(next(text for _, kind, text in self.raw if kind == "application/json"))
        return found


def page(report: Report) -> Page:
    return Page(render("html", report, Layout()))


SHAPE = [tag for tag, _ in page(empty_report()).elements]


def test_the_policy_allows_this_script_and_style_and_nothing_else() -> None:
    parsed = page(odd_report())
    policy = next(a["content"] or "" for t, a in parsed.elements if a.get("http-equiv") == "Content-Security-Policy")
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives.pop("default-src") == "'none'" and "unsafe" not in policy
    assert directives.keys() == {"script-src", "style-src", "img-src", "base-uri", "form-action"}
    assert directives["img-src"] == "data:"
    for tag, kind, text in parsed.raw:
        if kind is None:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert directives[f"{tag}-src"] == f"'sha256-{digest}'"


def test_nothing_is_fetched() -> None:
    text = render("html", odd_report(), Layout())
    for _, attributes in Page(text).elements:
        for name in ("src", "href", "action", "srcset"):
            assert (attributes.get(name) or "data:").startswith("data:")
        assert not any(name.startswith("on") or name == "style" for name in attributes)
    assert "@import" not in text and "url(" not in text and "innerHTML" not in text and "eval(" not in text


@given(st.text(alphabet=st.characters(exclude_categories=()), min_size=1, max_size=40))
def test_text_of_a_listing_is_data_and_never_markup(text: str) -> None:
    parsed = page(odd_report(2, texts=(text, "</script><script>alert(1)</script>")))
    assert [tag for tag, _ in parsed.elements] == SHAPE
    shown = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    assert parsed.data["listings"][0]["title"] == shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_word_of_the_page_is_there_in_both_languages(lang: Lang) -> None:
    parsed = page(odd_report(3, lang))
    data = parsed.data
    assert data["lang"] == lang
    for key, pair in data["ui"].items():
        assert len(pair) == 2 and all(pair), key
        assert sorted(re.findall(r"\{\d\}", pair[0])) == sorted(re.findall(r"\{\d\}", pair[1])), key
    script = next(text for tag, kind, text in parsed.raw if tag == "script" and kind is None)
    asked = {name for name in re.findall(r"\bt\('([a-z_]+)'", script) if not name.endswith("_")}
    assert asked and asked <= data["ui"].keys()


def finding(code: str, listing: Listing, keeper: Listing | None = None, **more: Any) -> Reported:
    def spot(one: Listing, role: Any = "primary") -> Spot:
        return Spot(role, "a.json", "", 1, 1, 1, 2, ListingRef(one.merchant, one.shop, one.id, one.title))

    related = (spot(keeper, "keeper"),) if keeper else ()
    fields: dict[str, Any] = {"skus": (), "evidence": {}, **more}
    return Reported(
        code,
        "a-rule",
        "error",
        0.9,
        "",
        "",
        spot(listing),
        fields["skus"],
        related,
        fields["evidence"],
        f"{id(more):x}",
    )


def report_of(findings: list[Reported], *listings: Listing) -> Report:
    rules = {found.code: rule(found.code) for found in findings}
    known = {ListingRef(one.merchant, one.shop, one.id, one.title): one for one in listings}
    return Report(tuple(findings), rules, Summary(), "zh", listings=known)


def test_a_duplicate_group_is_one_item_around_its_keeper() -> None:
    keeper, *others = (Listing(str(n), f"杯 {n}", "a", "m") for n in range(4))
    findings = [
        finding("DUP001", others[0], keeper),
        finding("DUP002", others[1], keeper),
        finding("DUP001", others[2]),
    ]
    data = page_data(report_of(findings, keeper, *others), Thumbnails())
    assert [(item["kind"], len(item["f"])) for item in data["items"]] == [("group", 2), ("listing", 1)]
    assert data["listings"][data["items"][0]["keep"]]["id"] == "0"


def test_the_waterfall_starts_at_the_prior_and_then_shows_what_weighs_most() -> None:
    one = Listing("1", "杯")
    evidence = {
        "waterfall": [
            {"evidence": "title", "level": "x", "log_odds": 0.5},
            {"evidence": "prior", "level": "x", "log_odds": -7.9},
            {"evidence": "code", "level": "x", "log_odds": 3.0},
        ],
        "differences": [{"facet": "colour", "here": ["白"], "there": ["黑"]}],
    }
    (item,) = page_data(report_of([finding("DUP001", one, Listing("2"), evidence=evidence)], one), Thumbnails())[
        "items"
    ]
    assert [name for name, _ in item["f"][0]["bars"]] == ["prior", "code", "title"]
    assert item["f"][0]["diff"] == [["colour", ["白"], ["黑"]]]


def test_the_skus_accused_are_shown_however_many_a_listing_has() -> None:
    skus = tuple(Sku(f"s{n}", (Spec("", f"款 {n}"),), 100 + n) for n in range(500))
    one = Listing("1", "杯", skus=skus)
    data = page_data(report_of([finding("BAIT003", one, skus=("s499",))], one), Thumbnails())
    (shown,) = data["listings"]
    assert len(shown["skus"]) + shown["more"] == 500 and len(shown["skus"]) < 100
    assert shown["skus"][-1][:3] == ["s499", "款 499", 599]
    assert data["items"][0]["kind"] == "prices"


def test_a_picture_is_embedded_small_and_once(tmp_path: Path) -> None:
    Image.new("RGB", (900, 1200), "teal").save(tmp_path / "a.png")
    (tmp_path / "b.png").write_bytes((tmp_path / "a.png").read_bytes())
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    thumbnails = Thumbnails()
    numbers = [
        thumbnails.number(str(tmp_path / name)) for name in ("a.png", "b.png", "a.png", "broken.jpg", "none.png")
    ]
    assert numbers == [0, 0, 0, -1, -1] and len(thumbnails.uris) == 1
    (tmp_path / "t.jpg").write_bytes(base64.b64decode(thumbnails.uris[0].removeprefix("data:image/jpeg;base64,")))
    with Image.open(tmp_path / "t.jpg") as small:
        assert (small.format, max(small.size)) == ("JPEG", SIDE)


def test_pictures_together_stay_below_a_size_and_what_is_left_out_is_counted(tmp_path: Path) -> None:
    thumbnails = Thumbnails(total=1000)
    listings = []
    for number in range(5):
        Image.effect_noise((200, 200), 50 + number).save(tmp_path / f"{number}.png")
        picture = Picture("p", str(tmp_path / f"{number}.png"))
        listings.append(Listing(str(number), "杯", pictures=(picture,)))
    data = page_data(report_of([finding("CAT021", one) for one in listings], *listings), thumbnails)
    assert (len(data["thumbs"]), data["omitted"]) == (1, 4)
    assert ["t" in one for one in data["listings"]] == [True, False, False, False, False]


def test_the_same_report_gives_the_same_file() -> None:
    assert render("html", odd_report(), Layout()) == render("html", msgspec.structs.replace(odd_report()), Layout())
