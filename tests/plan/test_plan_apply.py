"""`plan --apply` takes the certain steps, touches nothing else, leaves nothing to report, refuses what is unsafe."""

from __future__ import annotations

import codecs
import gzip
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.plan.conftest import LISTINGS, ROOT, SHAPES, Cli, commit, findings, pdd, plain

PLAN = ("plan", ".", "--certain", "0.5")
BOTH = {("DUP001", "12"), ("BAIT004", "13")}


def put(shape: str) -> None:
    for name, text in SHAPES[shape].items():
        Path(name).write_bytes(text.encode())


@pytest.mark.parametrize("shape", SHAPES)
def test_after_applying_nothing_is_left_and_applying_again_changes_nothing(cli: Cli, shape: str) -> None:
    put(shape)
    commit()
    ended = cli(*PLAN, "--apply", "--yes")
    assert ended.status == 0, ended.err
    assert findings(cli) == set()
    after = {path.name: path.read_bytes() for path in Path().glob("*.json*")}
    again = cli(*PLAN, "--apply", "--yes", "--force")
    assert again.status == 0
    assert {path.name: path.read_bytes() for path in Path().glob("*.json*")} == after
    left = cli("check", ".", "--include-offline", "--select", "CAT", "--format", "json").report["summary"]
    assert left["listings"] == 3
    assert left["skus"] == 4 + 2 + 2  # the kept listing sells what the other did


@pytest.mark.parametrize(
    ("encoding", "line_end"),
    [("utf-8", b"\r\n"), ("utf-8-sig", b"\n"), ("gb18030", b"\r\n"), ("utf-16", b"\r\n"), ("gzip", b"\n")],
)
def test_encoding_line_ends_and_packing_are_kept(cli: Cli, encoding: str, line_end: bytes) -> None:
    text = SHAPES["plain array"]["a.json"].replace("\n", line_end.decode())
    name = "a.json.gz" if encoding == "gzip" else "a.json"
    Path(name).write_bytes(gzip.compress(text.encode()) if encoding == "gzip" else text.encode(encoding))
    commit()
    assert cli(*PLAN, "--apply", "--yes").status == 0
    data = Path(name).read_bytes()
    changed = gzip.decompress(data).decode() if encoding == "gzip" else data.decode(encoding)
    assert changed.count("\n") == changed.count(line_end.decode())
    assert changed.startswith(text[:300])
    assert data.startswith(codecs.BOM_UTF8) == (encoding == "utf-8-sig")
    assert findings(cli) == set()


def test_numbers_keys_and_spaces_outside_the_edit_stay_as_they_are(cli: Cli) -> None:
    odd = '{"big": 123456789012345678901234567890,  "price": 1.50, "b": 2, "a": 1e2 , "esc": "\\u4e2d\\/"}'
    rows = [json.dumps(plain(row), ensure_ascii=False)[:-1] + f', "odd": {odd}}}' for row in LISTINGS]
    Path("a.jsonl").write_text("\n".join(rows) + "\n\n", "utf-8")
    commit()
    assert cli(*PLAN, "--apply", "--yes").status == 0
    lines = Path("a.jsonl").read_text("utf-8").split("\n")
    assert len(lines) == 5
    assert all(odd in line for line in lines[:3])
    gone = json.dumps(plain(LISTINGS[2])["skus"][1], ensure_ascii=False)
    assert lines[2] == rows[2].replace(f"{gone}, ", "")
    assert lines[1] == rows[1][:-1] + ', "on_sale": false}'


def test_the_diff_is_a_patch_that_git_takes(cli: Cli) -> None:
    put("goods list")
    commit()
    shown = cli(*PLAN, "--diff")
    assert shown.status == 0
    before = Path("a.json").read_bytes()
    cli(*PLAN, "--apply", "--yes")
    after = Path("a.json").read_bytes()
    assert before != after
    Path("a.json").write_bytes(before)
    subprocess.run(["git", "apply", "-p0", "-"], input=shown.out.encode(), check=True)
    assert Path("a.json").read_bytes() == after


def test_only_what_is_asked_for_is_done(cli: Cli) -> None:
    put("plain array")
    commit()
    steps = [s for group in cli(*PLAN, "--format", "json").report["groups"] for s in group["steps"]]
    assert cli(*PLAN, "--apply", "--yes", "--only", "BAIT").status == 0
    assert findings(cli) == {("DUP001", "12")}
    wanted = next(step["id"] for step in steps if step["code"] == "DUP001")
    assert cli(*PLAN, "--apply", "--yes", "--force", "--id", wanted).status == 0
    assert findings(cli) == set()


def test_rules_are_named_as_elsewhere_and_a_misspelt_one_is_refused(cli: Cli) -> None:
    put("plain array")
    commit()
    ended = cli(*PLAN, "--diff", "--only", "BAIT04")
    assert ended.status == 2
    assert "--only: no rule is called 'BAIT04'" in ended.err
    assert cli(*PLAN, "--diff", "--only", "nonexistent-sku").out == cli(*PLAN, "--diff", "--only", "BAIT").out != ""


def test_the_diff_goes_into_the_file_that_is_named(cli: Cli, tmp_path: Path) -> None:
    put("plain array")
    commit()
    assert cli(*PLAN, "--diff", "--output", tmp_path / "it.patch").out == ""
    assert (tmp_path / "it.patch").read_text("utf-8") == cli(*PLAN, "--diff").out


def test_an_id_that_is_not_there_or_not_certain_is_refused(cli: Cli) -> None:
    put("plain array")
    commit()
    ended = cli(*PLAN, "--diff", "--id", "nosuchstep")
    assert ended.status == 2
    assert "there is no step nosuchstep" in ended.err
    data = cli("plan", ".", "--format", "json", "--certain", "1").report
    unsure = next(s["id"] for g in data["groups"] for s in g["steps"] if s["certainty"] == "likely")
    ended = cli("plan", ".", "--diff", "--certain", "1", "--id", unsure)
    assert ended.status == 2
    assert "is not edited automatically" in ended.err


def test_diff_alone_changes_nothing(cli: Cli) -> None:
    put("plain array")
    before = Path("a.json").read_bytes()
    assert '"on_sale": false' in cli(*PLAN, "--diff").out
    assert cli(*PLAN, "--apply", "--dry-run").status == 0
    assert Path("a.json").read_bytes() == before


def test_without_a_terminal_it_asks_for_yes(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    put("plain array")
    commit()
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        ended = cli(*PLAN, "--apply")
    assert ended.status == 2
    assert "--yes" in ended.err


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("n\n", 1), ("\n", 1), ("", 1)])
def test_on_a_terminal_it_asks(cli: Cli, monkeypatch: pytest.MonkeyPatch, answer: str, status: int) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return answer

    put("plain array")
    commit()
    before = Path("a.json").read_bytes()
    monkeypatch.setattr("sys.stdin", Terminal())
    ended = cli(*PLAN, "--apply")
    assert ended.status == status
    assert "[y/N]" in ended.err
    assert (Path("a.json").read_bytes() == before) == bool(status)


def spoil(how: str) -> None:
    if how == "the file is changed":
        Path("a.json").write_bytes(Path("a.json").read_bytes() + b"\n")
    elif how == "the file is staged":
        Path("a.json").write_bytes(Path("a.json").read_bytes() + b"\n")
        subprocess.run(["git", "add", "a.json"], check=True)
    elif how == "another file is changed":
        Path("notes.txt").write_text("changed")
    elif how == "git does not track it":
        subprocess.run(["git", "rm", "-q", "--cached", "a.json"], check=True)
    elif how == "git is told not to look":
        subprocess.run(["git", "update-index", "--assume-unchanged", "a.json"], check=True)
    elif how == "no git":
        shutil.rmtree(".git")


@pytest.mark.parametrize(
    ("how", "kept"),
    [
        ("the file is changed", True),
        ("the file is staged", True),
        ("another file is changed", False),
        ("git does not track it", True),
        ("git is told not to look", True),
        ("no git", True),
    ],
)
def test_what_git_could_not_bring_back_is_edited_only_by_force_and_copied_first(cli: Cli, how: str, kept: bool) -> None:
    put("plain array")
    Path("notes.txt").write_text("notes")
    commit()
    spoil(how)
    before = Path("a.json").read_bytes()
    ended = cli(*PLAN, "--apply", "--yes")
    assert ended.status == 2
    assert "--force" in ended.err
    assert Path("a.json").read_bytes() == before
    assert cli(*PLAN, "--apply", "--yes", "--force").status == 0
    assert Path("a.json").read_bytes() != before
    assert Path("a.json.orig").exists() == kept
    if kept:
        assert Path("a.json.orig").read_bytes() == before
    assert findings(cli) == set()


def test_a_name_that_reads_like_a_pattern_is_not_taken_for_a_file_git_holds(cli: Cli) -> None:
    Path("ab.json").write_text("[]")
    commit()
    Path("a*.json").write_text(SHAPES["plain array"]["a.json"], "utf-8")
    assert "git does not track it" in cli(*PLAN, "--apply", "--yes").err


def test_when_one_file_cannot_be_written_none_is_edited(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    put("plain, a file each")
    commit()
    before = {path: path.read_bytes() for path in Path().glob("*") if path.is_file()}
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "13.json" and access(path, mode))
    ended = cli(*PLAN, "--apply", "--yes")
    assert ended.status == 2
    assert "13.json" in ended.err
    assert {path: path.read_bytes() for path in Path().glob("*") if path.is_file()} == before


def test_what_is_off_the_shelf_already_is_not_taken_off_again(cli: Cli) -> None:
    put("plain array")
    Path("pddlint.toml").write_text("catalog.include-offline = true\n")
    commit()
    assert cli(*PLAN, "--apply", "--yes").status == 0
    after = Path("a.json").read_bytes()
    again = cli(*PLAN, "--apply", "--yes", "--force")
    assert "off the shelf already" in again.err
    assert Path("a.json").read_bytes() == after


def test_a_file_that_changes_while_the_plan_is_made_is_left_alone(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from pddlint.plan import apply

    put("plain array")
    commit()
    original = apply.refuse_unsafe

    def meanwhile(*arguments: object) -> object:
        found = original(*arguments)  # type: ignore[arg-type]
        Path("a.json").write_text("[]")
        return found

    monkeypatch.setattr(apply, "refuse_unsafe", meanwhile)
    ended = cli(*PLAN, "--apply", "--yes")
    assert ended.status == 2
    assert "changed after it was read" in ended.err
    assert Path("a.json").read_text() == "[]"


def test_every_record_of_a_listing_is_edited(cli: Cli) -> None:
    put("details, one a line")
    Path("b.jsonl").write_bytes(Path("a.jsonl").read_bytes())
    commit()
    assert findings(cli) == BOTH
    assert cli(*PLAN, "--apply", "--yes", "--only", "BAIT").status == 0
    assert findings(cli) == {("DUP001", "12")}
    assert "补运费" not in Path("b.jsonl").read_text("utf-8")
    assert "stands in several files" in cli(*PLAN, "--diff").err  # a merge is left to people


def reason(cli: Cli) -> set[str]:
    data = cli(*PLAN, "--format", "json").report
    steps = [step for group in data["groups"] for step in group["steps"]]
    assert {(step["code"], step["listing"]["id"]) for step in steps} == BOTH
    assert {step["certainty"] for step in steps} == {"likely"}
    return {step["reason"] for step in steps}


def test_a_record_inside_a_string_is_not_edited(cli: Cli) -> None:
    inner = json.dumps([plain(row) for row in LISTINGS], ensure_ascii=False)
    Path("a.json").write_text(json.dumps({"data": inner}, ensure_ascii=False), "utf-8")
    commit()
    before = Path("a.json").read_bytes()
    assert any("inside a string" in text for text in reason(cli))
    assert cli(*PLAN, "--apply", "--yes").status == 0
    assert Path("a.json").read_bytes() == before


def test_a_sku_list_inside_a_string_is_not_edited(cli: Cli) -> None:
    rows = [pdd(row) for row in LISTINGS]
    rows = [row | {"sku_list": json.dumps(row["sku_list"], ensure_ascii=False)} for row in rows]
    Path("a.json").write_text(
        json.dumps({"goods_list_get_response": {"goods_list": rows}}, ensure_ascii=False), "utf-8"
    )
    commit()
    assert len(reason(cli)) == 2


def test_skus_that_another_file_gives_too_are_not_edited(cli: Cli) -> None:
    put("details, one a line")
    skus = {"goods_sku_get_response": {"goods_id": 13, "sku_list": pdd(LISTINGS[2])["sku_list"]}}
    Path("skus.json").write_text(json.dumps(skus, ensure_ascii=False), "utf-8")
    commit()
    steps = [s for g in cli(*PLAN, "--format", "json").report["groups"] for s in g["steps"]]
    (bait,) = [s for s in steps if s["code"] == "BAIT004"]
    assert bait["certainty"] == "likely"


def test_a_listing_of_bait_only_is_not_emptied(cli: Cli) -> None:
    row = plain(LISTINGS[2])
    row["skus"] = [row["skus"][1]]
    Path("a.json").write_text(json.dumps([row], ensure_ascii=False), "utf-8")
    commit()
    before = Path("a.json").read_bytes()
    cli(*PLAN, "--apply", "--yes")
    assert Path("a.json").read_bytes() == before


@pytest.mark.parametrize(
    ("folder", "gone"),
    [
        ("DUP001-duplicate-color", True),
        ("DUP002-duplicate-spec", True),
        ("DUP003-duplicate-fitment", False),
        ("DUP004-duplicate-gift", False),
        ("DUP005-duplicate-presentation", True),
        ("DUP006-duplicate-across-shops", False),
        ("BAIT001-mixed-category-or-brand", False),
        ("BAIT002-mixed-spec", False),
        ("BAIT003-accessory-as-sku", False),
        ("BAIT004-nonexistent-sku", True),
        ("BAIT005-irregular-goods", False),
    ],
)
def test_each_rule_is_edited_only_where_that_is_certain(cli: Cli, folder: str, gone: bool) -> None:
    shutil.copytree(ROOT / "fixtures/rules" / folder, Path(), dirs_exist_ok=True)
    commit()
    before = findings(cli)
    assert before
    assert cli(*PLAN, "--apply", "--yes").status == 0
    assert findings(cli) == (set() if gone else before)


def test_the_demo_shop_is_mended_where_that_is_certain_and_gets_no_new_findings(cli: Cli) -> None:
    shutil.copytree(ROOT / "fixtures/demo-shop", Path(), dirs_exist_ok=True)
    commit()
    expected = json.loads((ROOT / "fixtures/demo-shop.expected.json").read_text("utf-8"))["findings"]
    before = {(row["code"], row["listing"]) for row in expected}
    assert cli(*PLAN, "--apply", "--yes").status == 0
    after = findings(cli, "--select", "DUP,BAIT")
    assert after == before - {
        ("DUP001", "603871205566"),
        ("DUP002", "605512038864"),
        ("DUP001", "610987120443"),
        ("BAIT004", "603650082274"),
    }


@pytest.mark.parametrize("oddity", ['"\\ud800"', "NaN", '"\x01"'], ids=["half a surrogate pair", "NaN", "control"])
def test_a_record_that_is_no_strict_json_costs_only_its_own_steps(cli: Cli, oddity: str) -> None:
    put("plain array")
    text = Path("a.json").read_text("utf-8").replace('"id": "13"', f'"note": {oddity}, "id": "13"')
    assert oddity in text
    Path("a.json").write_text(text, "utf-8")
    commit()
    ended = cli(*PLAN, "--apply", "--yes")
    assert ended.status == 0
    assert "no strict JSON" in ended.err
    assert findings(cli) == {("BAIT004", "13")}
    assert oddity in Path("a.json").read_text("utf-8")
