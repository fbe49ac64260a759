"""A small report with everything a format must cope with: two places, many SKUs, one-line files, wide and odd text."""

from __future__ import annotations

from pathlib import Path

from pddlint.catalog.model import Listing, Origin
from pddlint.catalog.read import ReadOptions, read_catalog
from pddlint.checkers.base import Lang, Rule, Text
from pddlint.checkers.registry import Checker, Registry
from pddlint.engine import Counts, Result
from pddlint.findings import Finding, Place, at_listing, at_sku
from pddlint.report import Report
from pddlint.settings import Settings, Suppression
from pddlint.settle import settle

CATALOG = Path(__file__).parent / "catalog"


def _rule(code: str, name: str, severity: str, message: Text) -> Rule:
    return Rule(
        code,
        name,
        severity,  # type: ignore[arg-type]
        summary=Text("示例规则", "a sample rule"),
        message=message,
        consequence=Text("平台会要求限期整改。", "The platform orders a fix within a deadline."),
        remedy=Text("合并成一个商品。", "Merge them into one listing."),
    )


RULES = (
    _rule(
        "AAA001",
        "same-item",
        "error",
        Text("与 {keeper} 是同一款，只差颜色", "the same item as {keeper} but for the colour"),
    ),
    _rule(
        "BBB001",
        "cheap-sku",
        "warning",
        Text("SKU「{sku}」{price} 元像是引流", "SKU “{sku}” at ¥{price} looks like bait"),
    ),
    _rule("CAT003", "syntax-error", "error", Text("{path} 有语法错误", "{path} has a syntax error")),
    _rule("NOTE001", "a-note", "info", Text("一条提示", "a note")),
    _rule("PLUG001", "plugin-error", "error", Text("规则 {rule} 出错", "rule {rule} failed")),
)


def build(lang: Lang, base: Path = CATALOG) -> Report:
    """The report in a language. `base` is the folder that holds the sample catalog's files."""
    records = list(read_catalog([base], ReadOptions(base=str(base))))
    listings = {record.id: record for record in records if isinstance(record, Listing)}
    white, grey = listings["600100"], listings["600101"]
    findings = [
        Finding(
            "AAA001",
            at_listing(grey, "title"),
            0.973,
            {"keeper": white.id},
            (at_listing(white, "title", "keeper"),),
            evidence={"title": 0.912, "colours": ["灰色", "白色"], "codes": {"shared": 3}, "empty": []},
        ),
        *(
            Finding(
                "BBB001",
                at_sku(listing, sku),
                0.8,
                {"sku": sku.name, "price": (sku.price_fen or 0) / 100},
                skus=(sku.id,),
            )
            for listing in (listings["700000"], listings["700003"])
            for sku in listing.skus[1:]
        ),
        Finding("NOTE001", at_listing(white)),
        Finding("PLUG001", Place("primary", Origin("")), arguments={"rule": "XYZ001"}),
        *(
            Finding("CAT003", r.place, arguments={"path": r.place.origin.path}, span=r.span)
            for r in records
            if isinstance(r, Finding) and r.code == "CAT003"
        ),
    ]
    registry = Registry(tuple(Checker(rule, "", "pddlint") for rule in RULES))
    counts = Counts(paths={f.place.origin.path for f in findings}, listings=len(listings), skus=14, images=0)
    counts.read.files = 3
    result = Result(
        tuple(findings), registry, frozenset(registry.rules), counts, 0.0, {}, frozenset({"700003"}), partial=False
    )
    settings = Settings(
        base=base,
        suppress=(Suppression(rule=("BBB",), goods_id=("700003",), reason="配件 | 已核对"),),
    )
    return settle(result, settings, lang)
