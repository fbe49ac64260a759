"""`pddlint lsp`, in real sessions over standard input and output."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls.lsp.client")

from lsprotocol import types as lsp

from pddlint import lint
from pddlint.__main__ import main
from tests.lsp.session import ROOT, Editor, codes, edited

RULES = ROOT / "fixtures/rules"
Session = Callable[[], Coroutine[Any, Any, None]]


def bait(number: int, title: str = "麦饭石平底锅 不粘锅", **more: Any) -> dict[str, Any]:
    """A listing with a bait SKU: BAIT004 on its second SKU."""
    skus = [
        {"id": f"{number}1", "specs": {"规格": "28cm"}, "price": 89, "stock": 10},
        {"id": f"{number}2", "specs": {"规格": "补差价专拍 拍下不发货"}, "price": 0.1, "stock": 10},
    ]
    return {"id": str(number), "title": title, "category": ["厨具", "平底锅"], "skus": skus, **more}


def marked(line: str, where: lsp.Range, encoding: str) -> str:
    """The part of a line that a range means, its columns counted in an encoding."""
    name, unit = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[encoding]
    return line.encode(name)[where.start.character * unit : where.end.character * unit].decode(name)


def dump(listings: list[dict[str, Any]]) -> str:
    return json.dumps(listings, ensure_ascii=False, indent=2)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "goods.json").write_text(dump([bait(600000001)]), "utf-8")
    return tmp_path


def test_a_session_with_the_demo_shop(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "fixtures/demo-shop", tmp_path / "shop", ignore=shutil.ignore_patterns("*.jpg"))
    file = tmp_path / "shop/anju/goods.json"

    async def session() -> int:
        async with Editor(tmp_path) as editor:
            uri = editor.open(file)
            found = await editor.until(uri)
            report = lint([tmp_path / "shop"], isolated=True, lang="en")
            mine = [f for f in report.active if Path(f.path).name == "goods.json"]
            assert codes(found) == sorted(f.code for f in mine)
            assert {(d.code, d.range.start.line + 1) for d in found} == {(f.code, f.line) for f in mine}
            pair = next(d for d in found if str(d.code).startswith("DUP"))
            assert pair.source == "pddlint" and pair.severity == lsp.DiagnosticSeverity.Error
            (keeper,) = pair.related_information or ()
            assert keeper.message.startswith("keeper ")
            assert keeper.location.uri.startswith((tmp_path / "shop").as_uri())
            assert pair.code_description and pair.code_description.href.startswith("file:")
            await editor.until((tmp_path / "shop/qingyi/catalog.json").as_uri())  # closed files too
            page = await editor.hover(uri, pair.range.start)
            assert page.startswith(f"# {pair.code} ") and "## How to fix it" in page
            assert not await editor.hover(uri, lsp.Position(0, 0))
        return editor.status

    assert asyncio.run(session()) == 0


def test_a_quick_fix_suppresses_in_the_record_and_leaves_the_rest_alone(shop: Path) -> None:
    file = shop / "goods.json"
    before = file.read_text("utf-8")

    async def session() -> None:
        async with Editor(shop) as editor:
            uri = editor.open(file)
            (finding,) = await editor.until(uri, lambda d: codes(d) == ["BAIT004"])
            fix, *others = await editor.fixes(uri, finding)
            assert not any("pddlint.toml" in other.title for other in others)  # this editor cannot create files
            assert "not bait" in fix.title and fix.kind == lsp.CodeActionKind.QuickFix and fix.is_preferred
            assert fix.edit and fix.edit.document_changes
            (change,) = fix.edit.document_changes
            assert isinstance(change, lsp.TextDocumentEdit)
            after = edited(before, change.edits)
            assert json.loads(after)[0]["pddlint"] == {"ignore": ["BAIT004"], "reason": "not bait"}
            assert len(after.splitlines()) == len(before.splitlines()) + 1
            editor.change(uri, after)
            await editor.until(uri, lambda d: not d)  # as it is typed
            editor.save(file, after)
            editor.save(file, after)
            file.with_name("other.json").write_text("[{", "utf-8")
            editor.save(file, after)
            await editor.until(file.with_name("other.json").as_uri())
            assert not editor.told[uri]

    asyncio.run(session())
    (finding,) = [f for f in lint(shop / "goods.json", isolated=True).findings if f.code == "BAIT004"]
    assert finding.suppressed and (finding.suppressed.by, finding.suppressed.reason) == ("inline", "not bait")


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"ignore": ["CAT005"], "reason": "mine"}, {"ignore": ["CAT005", "BAIT004"], "reason": "mine"}),
        ({"ignore": [], "reason": "mine"}, {"ignore": ["BAIT004"], "reason": "mine"}),
        ({"ignore": "CAT005"}, {"ignore": ["CAT005", "BAIT004"], "reason": "not bait"}),
        ({"reason": "mine"}, {"reason": "mine", "ignore": ["BAIT004"]}),
        ({}, {"ignore": ["BAIT004"], "reason": "not bait"}),
    ],
)
def test_what_the_record_already_ignores_stays(tmp_path: Path, block: dict[str, Any], expected: dict[str, Any]) -> None:
    from pddlint.lsp.actions import in_record
    from pddlint.lsp.project import Project
    from pddlint.plan.edit import splice

    file = tmp_path / "goods.json"
    text = dump([bait(600000001, "😀锅", pddlint=block), bait(600000002)])
    file.write_text(text, "utf-8")
    project = Project(None, tmp_path)
    report = project.lint("en", lambda: True, lambda stage, done: None)
    finding = next(f for f in report.active if f.code == "BAIT004")
    edits = in_record(project, file, text, finding, "not bait")
    assert edits
    after = splice(text.encode(), edits).decode()
    assert json.loads(after)[0]["pddlint"] == expected
    assert [line for line in after.splitlines() if line not in text.splitlines()] != []


def test_a_quick_fix_writes_the_configuration_and_mistakes_in_that_are_shown_in_it(shop: Path) -> None:
    config = shop / "pddlint.toml"
    config.write_text("# ours 😀\nmin-severity = 'warning'  # no 提示", "utf-8")

    async def session() -> None:
        async with Editor(shop) as editor:
            uri = editor.open(shop / "goods.json")
            (finding,) = await editor.until(uri)
            fix = next(one for one in await editor.fixes(uri, finding) if "pddlint.toml" in one.title)
            assert fix.edit and fix.edit.document_changes
            (change,) = fix.edit.document_changes
            assert isinstance(change, lsp.TextDocumentEdit) and change.text_document.uri == config.as_uri()
            before = config.read_text("utf-8")
            config.write_text(edited(before, change.edits), "utf-8")
            assert config.read_text("utf-8").startswith(before)
            changed = [lsp.FileEvent(config.as_uri(), lsp.FileChangeType.Changed)]
            editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(changed))
            await editor.until(uri, lambda d: not d)
            good = config.read_text("utf-8")
            editor.save(config, "lang = 'en'\nselct =\n")
            (mistake,) = await editor.until(config.as_uri())
            assert mistake.range.start.line == 1 and "TOML" in mistake.message
            editor.save(config, "lang = 'en'\nselct = []\n")
            await editor.until(config.as_uri(), lambda d: bool(d) and "did you mean select" in d[0].message)
            editor.save(config, "lang = 'en'\n")
            await editor.until(config.as_uri(), lambda d: not d)
            await editor.until(uri, lambda d: codes(d) == ["BAIT004"])
            config.write_text(good, "utf-8")

    asyncio.run(session())
    assert not lint(shop).active


def test_without_a_configuration_one_is_created_where_the_editor_can_in_its_own_language(shop: Path) -> None:
    edits = lsp.WorkspaceEditClientCapabilities(
        document_changes=True, resource_operations=[lsp.ResourceOperationKind.Create]
    )
    able = lsp.WorkspaceClientCapabilities(workspace_edit=edits)

    async def session() -> None:
        line = json.dumps(bait(600000001, "🍳🍳 平底锅"), ensure_ascii=False)
        (shop / "goods.json").write_text(line, "utf-8")
        async with Editor(shop, workspace=able, locale="zh-cn", encodings=("utf-8", "utf-16")) as editor:
            assert editor.answer.capabilities.position_encoding == "utf-8"
            uri = editor.open(shop / "goods.json")
            found = await editor.until(uri)
            assert json.loads(marked(line, found[0].range, "utf-8"))["id"] == "6000000012"
            fix = next(one for one in await editor.fixes(uri, found[0]) if "pddlint.toml" in one.title)
            assert fix.title == "在 pddlint.toml 里压制 BAIT004：不是低价引流"
            assert fix.edit and fix.edit.document_changes
            create, change = fix.edit.document_changes
            assert isinstance(create, lsp.CreateFile) and isinstance(change, lsp.TextDocumentEdit)
            assert edited("", change.edits).startswith("[[suppress]]\n")
            assert "怎么改：" in found[0].message
            assert "## 怎么改" in await editor.hover(uri, found[0].range.start)

    asyncio.run(session())


def test_findings_move_with_what_is_typed_and_those_of_other_files_are_cleared_when_mended(tmp_path: Path) -> None:
    listings = json.loads(next(RULES.glob("DUP005*/violating.json")).read_text("utf-8"))
    rows = listings if isinstance(listings, list) else next(v for v in listings.values() if isinstance(v, list))
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    for file, row in zip(files, rows, strict=False):
        file.write_text(dump([row]), "utf-8")
    shutil.copytree(next(RULES.glob("DUP005*")), tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.json"))

    async def session() -> None:
        async with Editor(tmp_path) as editor:
            uris = [file.as_uri() for file in files]
            editor.open(files[0])
            editor.open(files[1])
            for uri in uris:
                await editor.until(uri, lambda d: True)
            while not any(codes(editor.told[uri]) for uri in uris):
                await asyncio.sleep(0.05)
            surplus = next(i for i, uri in enumerate(uris) if any("DUP" in c for c in codes(editor.told[uri])))
            uri, file, keeper = uris[surplus], files[surplus], files[1 - surplus]
            line = next(d.range.start.line for d in editor.told[uri] if d.code == "DUP005")
            editor.change(uri, "\n\n" + file.read_text("utf-8"))
            await editor.until(uri, lambda d: [x.range.start.line for x in d if x.code == "DUP005"] == [line + 2])
            editor.change(uri, "[{")
            await editor.until(uri, lambda d: codes(d) == ["CAT003"])
            editor.change(uri, file.read_text("utf-8"))
            await editor.until(uri, lambda d: "DUP005" in codes(d))
            editor.save(keeper, dump([bait(600000009)]))  # another product altogether
            await editor.until(uri, lambda d: "DUP005" not in codes(d))
            editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))
            await editor.until(keeper.as_uri(), lambda d: "BAIT004" in codes(d))

    asyncio.run(session())


def test_folders_with_a_configuration_are_linted_unasked_columns_in_utf_16_and_let_go_of(shop: Path) -> None:
    (shop / "pddlint.toml").write_text("lang = 'zh'\n")
    line = json.dumps(bait(600000001, "🍳🍳 平底锅"), ensure_ascii=False)
    (shop / "goods.json").write_text(line, "utf-8")
    watched = lsp.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    able = lsp.WorkspaceClientCapabilities(did_change_watched_files=watched)
    window = lsp.WindowClientCapabilities(work_done_progress=True)

    async def session() -> None:
        async with Editor(shop, "--lang", "en", workspace=able, window=window, locale="zh-cn") as editor:
            uri = (shop / "goods.json").as_uri()
            found = await editor.until(uri, lambda d: codes(d) == ["BAIT004"])
            assert "Remedy: " in found[0].message
            assert json.loads(marked(line, found[0].range, "utf-16"))["id"] == "6000000012"
            assert editor.registered == [lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES]
            event = lsp.WorkspaceFoldersChangeEvent([], [lsp.WorkspaceFolder(shop.as_uri(), "shop")])
            editor.client.workspace_did_change_workspace_folders(lsp.DidChangeWorkspaceFoldersParams(event))
            await editor.until(uri, lambda d: not d)
            assert editor.progress.count("begin") == editor.progress.count("end")

    asyncio.run(session())


def test_what_only_has_the_path_of_a_file_is_not_taken_for_it(shop: Path) -> None:
    file = shop / "goods.json"

    async def session() -> None:
        async with Editor(shop) as editor:
            uri = editor.open(file)
            assert codes(await editor.until(uri)) == ["BAIT004"]
            for other in (f"git:{file}?HEAD", "untitled:Untitled-1", "file:///%00", ""):
                document = lsp.TextDocumentItem(other, "json", 1, "[]")
                editor.client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))
                identifier = lsp.TextDocumentIdentifier(other)
                editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(identifier))
                assert await editor.hover(other, lsp.Position(0, 0)) == ""
            editor.change(uri, "[]")
            assert not await editor.until(uri, lambda found: not found)
            assert set(editor.told) == {uri}
            assert not editor.messages

    asyncio.run(session())


def test_a_run_nobody_waits_for_any_more_ends(shop: Path) -> None:
    from pddlint.lsp.project import Project, Stale

    with pytest.raises(Stale):
        Project(None, shop).lint("en", lambda: False, lambda stage, done: None)


def test_without_pygls_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    assert main(["lsp", "--lang", "en"]) == 2
    assert "pip install 'pddlint[lsp]'" in capsys.readouterr().err
