"""Steps, conflicts and request bodies: what the plan says of a duplicate or a bait SKU, in every format."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pddlint.catalog.formats.plain import listing as plain_listing
from pddlint.catalog.model import Listing
from pddlint.findings import ListingRef
from pddlint.plan import bait, duplicates
from pddlint.plan.model import Step
from pddlint.report import Reported, Spot
from tests.plan.conftest import LISTINGS, Cli, pdd, plain

PLAN = ("plan", ".", "--certain", "0.5")


def listing(number: str, *skus: dict[str, Any], **more: Any) -> Listing:
    record = {"id": number, "title": f"陶瓷杯 {number}", "images": ["http://x/1.jpg"], "skus": list(skus), **more}
    return plain_listing(record)


def sku(number: str, price: float = 10, code: str = "", **specs: str) -> dict[str, Any]:
    return {"id": number, "specs": specs, "price": price, "code": code}


def finding(code: str, one: Listing, *differences: tuple[str, str, str], **evidence: Any) -> Reported:
    ref = ListingRef("m", one.shop, one.id, one.title)
    spot = Spot("primary", "a.json", "", 1, 1, 1, 1, ref)
    told = [{"facet": f, "here": [h] if h else [], "there": [t] if t else []} for f, h, t in differences]
    return Reported(
        code, code.lower(), "error", 0.99, "", "", spot, (), (), {"differences": told, **evidence}, "f" * 32
    )


def merged(code: str, keeper: Listing, one: Listing, *differences: tuple[str, str, str]) -> Step:
    return duplicates.step(finding(code, one, *differences), duplicates.Keeper.of(keeper), one)


def kinds(step: Step) -> set[str]:
    return {conflict.kind for conflict in step.conflicts}


def specs(step: Step) -> list[dict[str, str]]:
    return [{spec.name: spec.value for spec in one.specs} for one in step.add]


def test_a_colour_goes_into_the_dimension_that_is_there() -> None:
    keeper = listing("1", sku("11", 颜色="白", 尺码="M"), sku("12", 颜色="白", 尺码="L"))
    step = merged("DUP001", keeper, listing("2", sku("21", 颜色="黑", 尺码="M")), ("colour", "黑", "白"))
    assert (step.action, step.certainty, kinds(step)) == ("merge", "likely", {"incomplete-grid"})
    assert step.dimension is not None
    assert (step.dimension.name, step.dimension.new, step.dimension.values) == ("颜色", False, ("黑",))
    assert specs(step) == [{"颜色": "黑", "尺码": "M"}]


def test_the_order_of_dimensions_is_the_keepers() -> None:
    keeper = listing("1", sku("11", 颜色="白", 尺码="M"))
    step = merged("DUP001", keeper, listing("2", sku("21", 尺码="M", 颜色="黑")), ("colour", "黑", "白"))
    assert [spec.name for spec in step.add[0].specs] == ["颜色", "尺码"]


@pytest.mark.parametrize(
    ("code", "facet", "name"), [("DUP001", "colour", "颜色"), ("DUP002", "size", "尺码"), ("DUP004", "gift", "赠品")]
)
def test_what_only_titles_tell_apart_needs_a_new_dimension(code: str, facet: str, name: str) -> None:
    keeper, one = listing("1", sku("11", 款式="带盖")), listing("2", sku("21", 款式="带盖"))
    step = merged(code, keeper, one, (facet, "这", "那"))
    assert kinds(step) == {"new-dimension"}
    assert step.certainty == "open"
    assert step.dimension is not None
    assert (step.dimension.name, step.dimension.new, step.dimension.own) == (name, True, "那")
    assert specs(step) == [{"款式": "带盖", name: "这"}]


def test_a_third_dimension_is_too_many() -> None:
    keeper, one = listing("1", sku("11", 颜色="白", 尺码="M")), listing("2", sku("21", 颜色="白", 尺码="M"))
    assert "too-many-dimensions" in kinds(merged("DUP004", keeper, one, ("gift", "这", "")))


def test_a_universal_item_needs_no_skus_added() -> None:
    keeper, one = listing("1", sku("11", 颜色="黑")), listing("2", sku("21", 颜色="黑"))
    step = merged("DUP003", keeper, one, ("fitment", "丰田", "大众"))
    assert (step.action, step.present) == ("take-down", ("21",))
    assert "丰田" in step.notes[0].zh


@pytest.mark.parametrize("code", ["DUP005", "DUP006"])
def test_a_copy_has_nothing_to_add(code: str) -> None:
    step = merged(code, listing("1", sku("11", 颜色="黑 色")), listing("2", sku("21", 颜色="黑色")))
    assert (step.action, step.add, step.conflicts) == ("take-down", (), ())


def test_a_copy_with_a_sku_of_its_own_is_for_a_person_to_look_at() -> None:
    step = merged(
        "DUP005", listing("1", sku("11", 颜色="黑")), listing("2", sku("21", 颜色="黑"), sku("22", 颜色="玄"))
    )
    assert (step.action, len(step.add), kinds(step)) == ("merge", 1, {"other-wording"})


def test_a_combination_of_values_that_the_keeper_has_is_added() -> None:
    keeper = listing("1", sku("11", 颜色="黑", 尺码="M"), sku("12", 颜色="白", 尺码="L"))
    step = merged("DUP005", keeper, listing("2", sku("21", 颜色="黑", 尺码="L")))
    assert (step.action, specs(step), step.blocked) == ("merge", [{"颜色": "黑", "尺码": "L"}], False)
    assert kinds(step) == {"incomplete-grid"}  # nobody sells white in M


def test_two_prices_for_one_sku_are_a_conflict() -> None:
    step = merged("DUP005", listing("1", sku("11", 10, 颜色="黑")), listing("2", sku("21", 12, 颜色="黑")))
    assert (step.certainty, kinds(step)) == ("open", {"price-differs"})
    assert "¥12.00" in step.conflicts[0].text.en and "¥10.00" in step.conflicts[0].text.en


def test_another_price_of_an_added_sku_is_named_but_does_not_block() -> None:
    keeper, one = listing("1", sku("11", 10, 颜色="白")), listing("2", sku("21", 12, 颜色="黑"))
    step = merged("DUP001", keeper, one, ("colour", "黑", "白"))
    assert (step.certainty, kinds(step)) == ("likely", {"price-differs"})


def test_one_merchant_code_under_two_names_is_a_conflict_unless_the_listings_are_copies() -> None:
    keeper, one = listing("1", sku("11", code="A-1", 颜色="军绿")), listing("2", sku("21", code="A-1", 颜色="军绿色"))
    step = merged("DUP001", keeper, one, ("colour", "军绿色", "军绿"))
    assert (step.blocked, kinds(step)) == (True, {"same-code"})
    copy = merged("DUP005", keeper, one)
    assert (copy.action, copy.blocked, kinds(copy)) == ("take-down", False, {"same-code"})


def test_other_dimensions_are_a_conflict() -> None:
    keeper, one = listing("1", sku("11", 颜色="白", 尺码="M")), listing("2", sku("21", 颜色="黑"))
    assert "dimension-mismatch" in kinds(merged("DUP001", keeper, one, ("colour", "黑", "白")))
    uneven = listing("3", sku("31", 颜色="白"), sku("32", 尺码="M"))
    assert "uneven-dimensions" in kinds(merged("DUP001", uneven, one, ("colour", "黑", "白")))


def test_a_value_that_may_be_the_keepers_in_other_words_is_a_conflict() -> None:
    keeper, one = listing("1", sku("11", 颜色="白", 尺码="M")), listing("2", sku("21", 颜色="黑", 尺码="M码"))
    step = merged("DUP001", keeper, one, ("colour", "黑", "白"))
    assert {conflict.kind for conflict in step.conflicts if conflict.blocking} == {"other-value"}


def test_missing_prices_and_pictures_are_named() -> None:
    keeper = listing("1", sku("11", 颜色="白"))
    one = listing("2", {"id": "21", "specs": {"颜色": "黑"}}, images=[])
    step = merged("DUP001", keeper, one, ("colour", "黑", "白"))
    assert {(c.kind, c.blocking) for c in step.conflicts} == {("no-price", True), ("no-picture", False)}


def test_a_price_range_wider_than_the_category_allows_is_a_conflict() -> None:
    keeper = listing("1", sku("11", 10, 规格="1只"), price_range_ratio=3)
    step = merged("DUP002", keeper, listing("2", sku("21", 90, 规格="10只")), ("count", "10", "1"))
    assert kinds(step) == {"price-range"}


def test_what_one_duplicate_adds_the_next_finds_there() -> None:
    kept = listing("1", sku("11", 颜色="白"))
    keeper = duplicates.Keeper.of(kept)
    first, second = listing("2", sku("21", 颜色="黑")), listing("3", sku("31", 颜色="黑"))
    assert duplicates.step(finding("DUP001", first, ("colour", "黑", "白")), keeper, first).add
    again = duplicates.step(finding("DUP005", second), keeper, second)
    assert (again.action, again.present) == ("take-down", ("31",))


def test_bait_skus_do_not_move() -> None:
    keeper = listing("1", sku("11", 颜色="白"))
    one = listing("2", sku("21", 颜色="黑"), sku("22", 0.1, 颜色="补差价"))
    told = finding("DUP001", one, ("colour", "黑", "白"))
    step = duplicates.step(told, duplicates.Keeper.of(keeper), one, frozenset({"22"}))
    assert specs(step) == [{"颜色": "黑"}]
    assert "22" in step.notes[-1].en


@pytest.mark.parametrize(
    ("code", "signs", "actions"),
    [
        ("BAIT001", (), ("list-apart", "remove")),
        ("BAIT001", ("absurd-price",), ("remove", "list-apart")),
        ("BAIT002", ("sample",), ("list-apart", "remove")),
        ("BAIT002", ("lower-grade",), ("list-apart", "reprice", "remove")),
        ("BAIT003", ("part",), ("list-apart", "remove")),
        ("BAIT004", (), ("remove",)),
        ("BAIT005", (), ("list-apart", "remove")),
    ],
)
def test_bait_is_handled_by_rule_and_evidence(code: str, signs: Sequence[str], actions: tuple[str, ...]) -> None:
    one = listing("1", sku("11", 50, 规格="大"), sku("12", 1, 规格="小"))
    told = finding(code, one, signs=[{"sign": sign} for sign in signs], expected_fen=4800)
    step = bait.step(told, one, frozenset({"12"}))
    assert (step.action, *step.alternatives) == actions
    assert (step.price_fen == 4800) == ("reprice" in actions)
    assert any("estimate" in note.en for note in step.notes) == ("reprice" in actions)


def test_bait_that_is_all_a_listing_sells_takes_the_listing_with_it() -> None:
    one = listing("1", sku("11", 1, 规格="补差价"))
    assert bait.step(finding("BAIT004", one), one, frozenset({"11"})).action == "take-down"
    assert kinds(bait.step(finding("BAIT003", one), one, frozenset({"11"}))) == {"nothing-left"}


def put(rows: list[dict[str, Any]]) -> None:
    Path("a.json").write_text(
        json.dumps({"goods_list_get_response": {"goods_list": rows}}, ensure_ascii=False), "utf-8"
    )


def test_request_bodies_are_written_in_the_order_to_send_them(cli: Cli, tmp_path: Path) -> None:
    put([pdd(row) for row in LISTINGS])
    out = tmp_path / "calls"
    assert cli(*PLAN, "--requests", out).status == 0
    names = sorted(path.name for path in out.iterdir())
    assert names == [
        "001-pdd.goods.information.update.todo.json",
        "002-pdd.goods.sale.status.set.todo.json",  # until 001 can be sent nothing else sells its SKUs
        "003-pdd.goods.sku.price.update.json",
        "requests.json",
    ]
    update, down, removal = (json.loads((out / name).read_text("utf-8")) for name in names[:3])
    assert down == {"type": "pdd.goods.sale.status.set", "goods_id": 12, "is_onsale": 0}
    assert removal == {
        "type": "pdd.goods.sku.price.update",
        "goods_id": 13,
        "sku_price_list": [{"sku_id": 132, "is_onsale": 0}],
        "sync_goods_operate": 1,
    }
    assert (update["goods_id"], update["cat_id"], len(update["sku_list"])) == (11, 77, 4)
    old, new = update["sku_list"][0], update["sku_list"][2]
    assert (old["sku_id"], old["quantity"]) == (111, 0)
    assert "sku_id" not in new
    assert (new["multi_price"], new["price"], new["quantity"], new["out_sku_sn"]) == (3990, 4190, 5, "QT260-燕麦色-M")
    oat, medium = (sum(map(ord, value)) for value in ("燕麦色", "M"))
    assert new["spec_id_list"] == f"[{oat},{medium}]"
    index = json.loads((out / "requests.json").read_text("utf-8"))["requests"]
    assert [one["file"] for one in index] == names[:3]
    assert [one["ready"] for one in index] == [False, False, True]


def test_unknown_spec_ids_are_asked_for_first(cli: Cli) -> None:
    Path("a.json").write_text(json.dumps([plain(row) for row in LISTINGS], ensure_ascii=False), "utf-8")
    calls = cli(*PLAN, "--format", "json").report["requests"]
    assert [call["type"] for call in calls[:6]] == [
        "pdd.goods.spec.get",
        *["pdd.goods.spec.id.get"] * 4,
        calls[5]["type"],
    ]
    assert [call["body"].get("spec_name") for call in calls[1:5]] == ["雾霾蓝", "M", "L", "燕麦色"]
    assert calls[5]["type"] == "pdd.goods.information.update"
    assert all(row["spec_id_list"] is None for row in calls[5]["body"]["sku_list"])
    assert any("pdd.goods.spec.id.get" in text for text in calls[5]["missing"])


def test_skus_off_the_shelf_stay_in_the_update(cli: Cli) -> None:
    rows = [pdd(row) for row in LISTINGS]
    rows[0]["sku_list"].append({**rows[0]["sku_list"][0], "sku_id": 119, "is_onsale": 0})
    put(rows)
    (update,) = [
        c for c in cli(*PLAN, "--format", "json").report["requests"] if c["type"].endswith("information.update")
    ]
    assert [(row.get("sku_id"), row["is_onsale"]) for row in update["body"]["sku_list"]][:3] == [
        (111, 1),
        (112, 1),
        (119, 0),
    ]


@pytest.mark.parametrize("case", ["full", "inside", "file"])
def test_request_bodies_overwrite_nothing_and_stay_out_of_the_catalog(cli: Cli, tmp_path: Path, case: str) -> None:
    put([pdd(row) for row in LISTINGS])
    out = tmp_path / "catalog" / "calls" if case == "inside" else tmp_path / "calls"
    if case == "full":
        out.mkdir()
        (out / "mine.txt").write_text("mine")
    elif case == "file":
        out.write_text("mine")
    ended = cli(*PLAN, "--requests", out)
    assert ended.status == 2
    assert "--requests" in ended.err
    assert not out.exists() or out.is_file() or [path.name for path in out.iterdir()] == ["mine.txt"]


def test_ids_are_stable_and_every_finding_has_a_step(cli: Cli) -> None:
    put([pdd(row) for row in LISTINGS])
    first = cli(*PLAN, "--format", "json").report
    found = cli("check", ".", "--format", "json").report["findings"]
    put([pdd(row) for row in reversed(LISTINGS)])
    second = cli(*PLAN, "--format", "json").report
    ids = [{s["id"] for group in data["groups"] for s in group["steps"]} for data in (first, second)]
    assert ids[0] == ids[1] == {one["fingerprint"][:10] for one in found}
    assert (first["format"], first["version"], first["summary"]["steps"]) == ("pddlint-plan", 1, len(found))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_every_format_speaks_both_languages(cli: Cli, lang: str, form: str) -> None:
    put([pdd(row) for row in LISTINGS])
    ended = cli(*PLAN, "--format", form, "--lang", lang)
    assert ended.status == 0
    assert ("下架" if lang == "zh" else "take 12 down") in ended.out
    assert "pdd.goods.sale.status.set" in ended.out


def test_suppressed_and_known_findings_have_no_steps(cli: Cli) -> None:
    rows = [pdd(row) for row in LISTINGS]
    rows[1]["pddlint"] = {"ignore": ["DUP"], "reason": "meant"}
    put(rows)
    steps = [s["code"] for group in cli(*PLAN, "--format", "json").report["groups"] for s in group["steps"]]
    assert steps == ["BAIT004"]
    assert cli("baseline", ".", "--output", "known.json").status == 0
    ended = cli(*PLAN, "--baseline", "known.json")
    assert (ended.status, ended.out) == (0, "nothing to do\n")


def test_nothing_to_read_is_said(cli: Cli) -> None:
    assert cli("plan", ".").status == 3


def test_a_title_cannot_disturb_the_terminal_or_the_markdown(cli: Cli) -> None:
    rows = [pdd(row) for row in LISTINGS]
    rows[0]["goods_name"] += "\x1b[31m<b>@x"
    put(rows)
    assert "\x1b" not in cli(*PLAN).out
    assert "<b>" not in cli(*PLAN, "--format", "markdown").out
