"""A file is written back as it was but for the edit, in one step, and left alone when it is not what was read."""

from __future__ import annotations

import codecs
import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pddlint.errors import UsageError
from pddlint.plan import files

TEXT = '{"标题": "折叠椅😀", "id": 12345678901234567890, "price": 1.50}\r\n'
ENCODINGS = {
    "utf-8": TEXT.encode(),
    "utf-8 with a mark": codecs.BOM_UTF8 + TEXT.encode(),
    "gb18030": TEXT.encode("gb18030"),
    "gb18030 that starts in ASCII": b'{"a": "' + b"x" * (1 << 20) + '", "b": "折叠"}'.encode("gb18030"),
    "utf-16-le with a mark": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "utf-16-be with a mark": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "utf-16-le": TEXT.encode("utf-16-le"),
}


def load(path: Path) -> files.TextFile:
    return files.load(path, path.name, path.parent)


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_the_encoding_is_kept(tmp_path: Path, name: str, packed: bool) -> None:
    path = tmp_path / "goods.json"
    path.write_bytes(gzip.compress(ENCODINGS[name]) if packed else ENCODINGS[name])
    file = load(path)
    again = file.encoded(file.text)
    assert (gzip.decompress(again) if packed else again) == ENCODINGS[name]
    changed = file.encoded(file.text.replace("折叠".encode(), "固定".encode()))
    plain = gzip.decompress(changed) if packed else changed
    assert plain == file.mark + ENCODINGS[name][len(file.mark) :].decode(file.encoding).replace("折叠", "固定").encode(
        file.encoding
    )


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",))), st.sampled_from(["utf-8", "gb18030", "utf-16-le"]))
def test_whatever_text_is_read_is_written_back_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_bytes(json.dumps(text, ensure_ascii=False).encode(encoding))
    try:
        file = load(path)
    except UsageError:
        return
    assert file.encoded(file.text) == path.read_bytes()


def test_a_packed_file_keeps_its_name_and_time(tmp_path: Path) -> None:
    path = tmp_path / "goods.json.gz"
    with path.open("wb") as out, gzip.GzipFile("export-7.json", "wb", 9, out, mtime=1_700_000_000) as packed:
        packed.write(TEXT.encode())
    file = load(path)
    assert file.encoded(file.text) == path.read_bytes()


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "goods.json"
    path.write_text("[1]")
    path.chmod(0o640)
    file = load(path)
    files.replace(file, files.stage(file, file.encoded(b"[2]")))
    assert path.read_text() == "[2]"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["goods.json"]


def test_a_file_that_changed_since_it_was_read_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "goods.json"
    path.write_text("[1]")
    file = load(path)
    path.write_text("[3]")
    with pytest.raises(UsageError, match="was changed after it was read"):
        files.replace(file, tmp_path / "finished")
    assert path.read_text() == "[3]"


def test_a_link_out_of_the_catalog_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "else.json").write_text("[1]")
    (tmp_path / "catalog" / "goods.json").symlink_to(tmp_path / "else.json")
    with pytest.raises(UsageError, match="leaves the catalog"):
        load(tmp_path / "catalog" / "goods.json")


def test_a_link_inside_the_catalog_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("[1]")
    (tmp_path / "goods.json").symlink_to(tmp_path / "real")
    file = load(tmp_path / "goods.json")
    files.replace(file, files.stage(file, b"[2]"))
    assert (tmp_path / "goods.json").is_symlink()
    assert (tmp_path / "real").read_text() == "[2]"


def test_a_file_that_cannot_be_written_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "goods.json"
    path.write_text("[1]")
    file = load(path)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="No space left"):
        files.stage(file, b"[2]")
    assert path.read_text() == "[1]"
    assert [one.name for one in tmp_path.iterdir()] == ["goods.json"]


def test_a_write_protected_file_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "goods.json"
    path.write_text("[1]")
    file = load(path)
    monkeypatch.setattr(os, "access", lambda *_: False)  # what an administrator is not told
    with pytest.raises(UsageError, match="Permission denied"):
        files.stage(file, b"[2]")
    assert [one.name for one in tmp_path.iterdir()] == ["goods.json"]


def test_a_name_as_long_as_names_may_be_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / f"{'x' * 250}.json"
    path.write_text("[1]")
    file = load(path)
    files.replace(file, files.stage(file, b"[2]"))
    assert path.read_text() == "[2]"


def test_a_copy_is_as_private_as_the_file(tmp_path: Path) -> None:
    path = tmp_path / "goods.json"
    path.write_text("[1]")
    path.chmod(0o600)
    assert files.keep_copy(load(path)).stat().st_mode & 0o777 == 0o600


def test_copies_never_overwrite_one_another(tmp_path: Path) -> None:
    path = tmp_path / "goods.json"
    path.write_text("[1]")
    (tmp_path / "goods.json.orig").write_text("mine")
    assert files.keep_copy(load(path)).name == "goods.json.orig.1"
    assert (tmp_path / "goods.json.orig").read_text() == "mine"
    assert (tmp_path / "goods.json.orig.1").read_text() == "[1]"
