"""The demo shop and the rules' folders say what they are there to say, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pddlint.__main__ import main
from pddlint.checkers import registry

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "fixtures"
SHOP = json.loads((FIXTURES / "demo-shop.expected.json").read_text("utf-8"))
RULES = json.loads((FIXTURES / "rules.expected.json").read_text("utf-8"))
SPOILT = {
    "demo-shop/qingyi/images/cushion-flower-2.jpg",
    "demo-shop/qingyi/images/cushion-plaid-1.jpg",
    "rules/CAT021-unreadable-picture/images/page.jpg",
    "rules/CAT023-picture-outside-limits/images/thumbnail.jpg",
}
PICTURES = [path for path in sorted(FIXTURES.rglob("*.jpg")) if path.relative_to(FIXTURES).as_posix() not in SPOILT]

Key = tuple[str, str, tuple[str, ...], str]


def lint(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    main(["check", str(folder), "--isolated", "--format", "json", "--lang", "en"])
    findings: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    return findings


def found(findings: list[dict[str, Any]], families: tuple[str, ...], suppressed: bool = False) -> set[Key]:
    """(code, listing, SKUs, keeper) of the findings of these families."""
    return {
        (
            one["code"],
            (one["listing"] or {}).get("id", ""),
            tuple(sorted(one["skus"])),
            next((r["listing"]["id"] for r in one["related"] if r["role"] == "keeper" and r.get("listing")), ""),
        )
        for one in findings
        if one["code"].startswith(families) and bool(one["suppressed"]) == suppressed
    }


def told(rows: list[dict[str, Any]]) -> set[Key]:
    return {(r["code"], r["listing"], tuple(sorted(r.get("skus", ()))), r.get("keeper", "")) for r in rows}


@pytest.fixture(scope="module")
def shop() -> list[dict[str, Any]]:
    command = [
        sys.executable,
        "-m",
        "pddlint",
        "check",
        "fixtures/demo-shop",
        "--isolated",
        "--format",
        "json",
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 1, run.stderr
    findings: list[dict[str, Any]] = json.loads(run.stdout)["findings"]
    return findings


def test_demo_shop_shows_every_violation_and_accuses_no_look_alike(shop: list[dict[str, Any]]) -> None:
    assert found(shop, ("DUP", "BAIT")) == told(SHOP["findings"])


def test_demo_shop_accepts_what_its_own_files_suppress(shop: list[dict[str, Any]]) -> None:
    assert found(shop, ("DUP", "BAIT"), suppressed=True) == told(SHOP["suppressed"])


def test_demo_shop_names_its_spoilt_files(shop: list[dict[str, Any]]) -> None:
    assert sorted((one["code"], one["path"]) for one in shop if one["code"].startswith("CAT")) == sorted(
        (row["code"], row["path"]) for row in SHOP["files"]
    )


def test_demo_shop_shows_every_rule_on_duplicates_and_bait() -> None:
    codes = {row["code"] for row in SHOP["findings"]}
    assert codes == {*(f"DUP00{n}" for n in range(1, 7)), *(f"BAIT00{n}" for n in range(1, 6))}


@pytest.mark.parametrize("folder", sorted(RULES))
def test_rule_folder_is_accused_by_its_rule_alone(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = RULES[folder]
    findings = lint(FIXTURES / "rules" / folder, capsys)
    if folder.startswith("CAT"):
        assert {one["code"] for one in findings if not one["suppressed"]} == {row["code"] for row in wanted}
        assert all("violating" in one["path"] for one in findings if not one["suppressed"])
    else:
        assert found(findings, ("DUP", "BAIT", "CAT")) == told(wanted)


def test_rule_folders_are_named_after_rules() -> None:
    names = {f"{rule.code}-{rule.name}" for rule in registry.load().rules.values()}
    assert set(RULES) <= names
    assert {name for name in names if name.startswith(("DUP", "BAIT"))} <= set(RULES)
    assert {path.name for path in (FIXTURES / "rules").iterdir()} == set(RULES)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_picture_is_what_the_platform_takes(picture: Path) -> None:
    assert picture.stat().st_size <= 60_000
    with Image.open(picture) as image:
        assert image.size == (800, 800)
        image.load()


def test_text_files_are_the_generator_s(tmp_path: Path) -> None:
    pytest.importorskip("cv2")
    subprocess.run([sys.executable, str(ROOT / "tests/fixtures_tools"), "--into", str(tmp_path), "texts"], check=True)
    made = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".gz"]
    assert made
    for path in made:
        kept = FIXTURES / path.relative_to(tmp_path)
        assert kept.read_bytes() == path.read_bytes(), kept
