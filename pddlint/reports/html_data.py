"""What the HTML report holds: one JSON object that its script shows.

Findings stand in *items*: a duplicate group (its keeper and the findings that point at it), a listing with the findings
about it, or what is about no listing. Keys are short because there may be thousands of each. Every text that is
pddlint's own is a pair [Chinese, English].
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pddlint import __version__
from pddlint.catalog.model import Listing, Sku
from pddlint.checkers.base import Text
from pddlint.findings import ListingRef
from pddlint.report import Report, Reported, Spot, worded
from pddlint.reports.evidence import evidence_line, word
from pddlint.reports.html_pictures import Thumbnails

_SKUS = 80  # SKUs shown of one listing
_BARS = 30  # weighted items shown of one finding
_APART = frozenset({"differences", "expected_fen", "rest_median_fen", "shared_codes", "shown_as_listing_price"})

Pair = list[str]


def page_data(report: Report, thumbnails: Thumbnails) -> dict[str, Any]:
    """Everything the page shows."""
    builder = _Builder(report, thumbnails)
    items = [builder.item(group) for group in _items(report.findings)]
    summary = report.summary
    return {
        "version": __version__,
        "lang": report.lang,
        "summary": [summary.files, summary.listings, summary.skus, summary.images],
        "rules": {code: _rule(report, code) for code in sorted({f.code for f in report.findings})},
        "items": items,
        "listings": builder.listings,
        "thumbs": thumbnails.uris,
        "omitted": thumbnails.omitted,
        "words": builder.words,
    }


def _items(findings: Iterable[Reported]) -> list[list[Reported]]:
    """The findings by what they are about, in the order of the report."""
    groups: dict[tuple[str, object], list[Reported]] = {}
    for finding in findings:
        keeper = _keeper(finding)
        if keeper is not None:
            key: tuple[str, object] = ("group", (keeper.listing, keeper.path, keeper.pointer))
        elif finding.listing is not None:
            key = ("listing", (finding.listing, finding.path, finding.code.rstrip("0123456789")))
        else:
            key = ("other", finding.fingerprint)
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


def _keeper(finding: Reported) -> Spot | None:
    return next((spot for spot in finding.related if spot.role == "keeper"), None)


def _rule(report: Report, code: str) -> dict[str, Any]:
    rule = report.rules[code]
    return {
        "name": rule.name,
        "summary": _pair(rule.summary),
        "remedy": _pair(rule.remedy),
        "consequence": _pair(rule.consequence),
    }


def _pair(text: Text) -> Pair:
    return [text.zh, text.en]


class _Builder:
    """Turns findings into items; listings and words are gathered on the way, each once."""

    def __init__(self, report: Report, thumbnails: Thumbnails) -> None:
        self.report, self.thumbnails = report, thumbnails
        self.listings: list[dict[str, Any]] = []
        self.words: dict[str, Pair] = {}
        self._numbers: dict[ListingRef, int] = {}
        self._accused: dict[ListingRef, set[str]] = {}
        for finding in report.findings:
            if finding.listing is not None and finding.skus:
                self._accused.setdefault(finding.listing, set()).update(finding.skus)

    def item(self, findings: list[Reported]) -> dict[str, Any]:
        first = findings[0]
        keeper = _keeper(first)
        item: dict[str, Any] = {"kind": "other", "f": [self.finding(finding) for finding in findings]}
        if keeper is not None:
            item |= {"kind": "group", "keep": self.listing(keeper), "at": _at(keeper)}
            item["why"] = str(first.evidence.get("keeper_reason", ""))
        elif first.listing is not None:
            item |= {"kind": "prices" if any(f.skus for f in findings) else "listing", "l": self.listing(first.spot)}
        return item

    def finding(self, finding: Reported) -> dict[str, Any]:
        rule = self.report.rules[finding.code]
        evidence = finding.evidence
        data: dict[str, Any] = {
            "c": finding.code,
            "s": finding.severity,
            "p": finding.confidence,
            "m": [worded(finding, rule, "zh"), worded(finding, rule, "en")],
            "at": _at(finding.spot),
            "id": finding.fingerprint,
        }
        if finding.listing is not None:
            data["l"] = self.listing(finding.spot)
        if finding.skus:
            data["skus"] = list(finding.skus)
        if bars := self.bars(evidence):
            data["bars"] = bars
        if differences := [self.difference(row) for row in _rows(evidence.get("differences"))]:
            data["diff"] = differences
        if codes := evidence.get("shared_codes"):
            data["codes"] = [str(code) for code in codes]
        if isinstance(expected := evidence.get("expected_fen"), int | float):
            data["expected"] = expected
        if picture := self.picture_pair(finding):
            data["pic"] = picture
        rest = {k: v for k, v in evidence.items() if k not in _APART and not _weighed(v)}
        if note := evidence_line(rest, "zh"):
            data["note"] = [note, evidence_line(rest, "en")]
        if finding.suppressed is not None:
            data["x"] = [finding.suppressed.by, finding.suppressed.reason]
        return data

    def bars(self, evidence: dict[str, Any]) -> list[list[Any]]:
        """The weighted items, heaviest first: [name, log-odds, words found]; the prior, which is a start, first."""
        rows: list[list[Any]] = []
        for value in evidence.values():
            for row in _weighed(value):
                texts = [v for v in row.values() if isinstance(v, str)]
                weight = next(float(v) for v in row.values() if isinstance(v, int | float) and not isinstance(v, bool))
                found = [str(w) for v in row.values() if isinstance(v, list | tuple) for w in v]
                self.word(texts[0])
                rows.append([texts[0], round(weight, 2), found] if found else [texts[0], round(weight, 2)])
        rows.sort(key=lambda row: (row[0] != "prior", -abs(row[1])))
        return rows[:_BARS]

    def difference(self, row: dict[str, Any]) -> list[Any]:
        self.word(str(row["facet"]))
        return [str(row["facet"]), [str(v) for v in row["here"]], [str(v) for v in row["there"]]]

    def word(self, name: str) -> None:
        if name not in self.words:
            self.words[name] = [word(name, "zh"), word(name, "en")]

    def picture_pair(self, finding: Reported) -> list[Any] | None:
        """The two pictures that show the same: [number here, number there, likeness, mirrored]."""
        named = finding.evidence.get("pictures")
        keeper = _keeper(finding)
        if not isinstance(named, dict) or keeper is None or "likeness" not in named:
            return None
        here = self._picture(finding.listing, str(named.get("here")))
        there = self._picture(keeper.listing, str(named.get("there")))
        return [here, there, named["likeness"], bool(named.get("mirrored"))] if here >= 0 and there >= 0 else None

    def _picture(self, ref: ListingRef | None, name: str) -> int:
        listing = self.report.listings.get(ref) if ref else None
        if listing is None:
            return -1
        every = (*listing.pictures, *(sku.picture for sku in listing.skus if sku.picture))
        return self.thumbnails.number(next((picture.path for picture in every if picture.ref == name), ""))

    def listing(self, spot: Spot) -> int:
        """The number of a listing among those shown."""
        ref = spot.listing
        assert ref is not None
        if ref not in self._numbers:
            self._numbers[ref] = len(self.listings)
            data: dict[str, Any] = {"id": ref.id, "shop": ref.shop, "title": ref.title}
            self.listings.append(data)
            if listing := self.report.listings.get(ref):
                data |= self._shown(listing, ref)
        return self._numbers[ref]

    def _shown(self, listing: Listing, ref: ListingRef) -> dict[str, Any]:
        accused = self._accused.get(ref, set())
        kept = sorted(range(len(listing.skus)), key=lambda i: listing.skus[i].id not in accused)[:_SKUS]
        data: dict[str, Any] = {"skus": [_sku(listing.skus[i]) for i in sorted(kept)]}
        if len(listing.skus) > len(kept):
            data["more"] = len(listing.skus) - len(kept)
        main = next((picture.path for picture in listing.pictures if picture.path), "")
        if (number := self.thumbnails.number(main)) >= 0:
            data["t"] = number
        if listing.category:
            data["cat"] = " / ".join(listing.category)
        if listing.sales is not None:
            data["sales"] = listing.sales
        return data


def _sku(sku: Sku) -> list[Any]:
    """[id, name, price in fen, stock, code, on sale]"""
    return [sku.id, sku.name, sku.price_fen, sku.stock, sku.code, int(sku.on_sale)]


def _at(spot: Spot) -> list[Any]:
    return [spot.path, spot.line, spot.column]


def _rows(value: Any) -> list[dict[str, Any]]:
    rows = value if isinstance(value, list | tuple) else ()
    return [row for row in rows if isinstance(row, dict) and {"facet", "here", "there"} <= row.keys()]


def _weighed(value: Any) -> list[dict[str, Any]]:
    """The rows of a list of weighted items (each one number and a text); empty for anything else."""
    if not isinstance(value, list | tuple) or not value:
        return []
    for row in value:
        if not isinstance(row, dict):
            return []
        numbers = [v for v in row.values() if isinstance(v, int | float) and not isinstance(v, bool)]
        if len(numbers) != 1 or not any(isinstance(v, str) for v in row.values()):
            return []
    return list(value)
