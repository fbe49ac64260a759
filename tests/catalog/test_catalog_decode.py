"""Bytes to documents: encodings, JSON Lines and concatenation, syntax errors at their place, bombs."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pddlint.catalog import decode
from pddlint.catalog.decode import Document, Splitter, Trouble, documents
from pddlint.catalog.node import Node, Undecodable
from pddlint.catalog.node import decode as decode_value


def read(path: Path, data: bytes, **options: int) -> list[Document | Trouble]:
    path.write_bytes(data)
    return list(documents(path, **options))


def values(found: list[Document | Trouble]) -> list[object]:
    return [decode_value(one.data) for one in found if isinstance(one, Document)]


def troubles(found: list[Document | Trouble]) -> list[tuple[str, int]]:
    return [(one.kind, one.start) for one in found if isinstance(one, Trouble)]


RECORD = {"goods_name": "真丝衬衫 👗", "n": 1}


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(RECORD, ensure_ascii=False).encode(),
        b"\xef\xbb\xbf" + json.dumps(RECORD, ensure_ascii=False).encode(),
        json.dumps(RECORD, ensure_ascii=False).encode("gb18030"),
        json.dumps(RECORD, ensure_ascii=False).encode("utf-16"),
        b"\xfe\xff" + json.dumps(RECORD, ensure_ascii=False).encode("utf-16-be"),
        json.dumps(RECORD, ensure_ascii=False).encode("utf-16-le"),
        gzip.compress(json.dumps(RECORD, ensure_ascii=False).encode()),
        gzip.compress(json.dumps(RECORD, ensure_ascii=False).encode("gb18030")),
        json.dumps(RECORD, ensure_ascii=False, indent=2).replace("\n", "\r\n").encode(),
    ],
    ids=["utf-8", "bom", "gb18030", "utf-16", "utf-16-be", "utf-16-le without bom", "gz", "gz gb18030", "crlf"],
)
def test_every_supported_encoding_gives_the_same_record(tmp_path: Path, data: bytes) -> None:
    found = read(tmp_path / "x", data)
    assert values(found) == [RECORD]
    assert troubles(found) == []


def test_a_file_that_starts_in_ascii_and_turns_to_gb18030_is_read(tmp_path: Path) -> None:
    lines = [json.dumps({"n": n, "pad": "x" * 1000}).encode() for n in range(2000)]
    lines.append(json.dumps(RECORD | {"goods_name": "中文"}, ensure_ascii=False).encode("gb18030"))
    found = read(tmp_path / "x", b"\n".join(lines))
    assert troubles(found) == []
    assert values(found)[-1] == RECORD | {"goods_name": "中文"}


def test_concatenated_documents_come_out_one_by_one(tmp_path: Path) -> None:
    found = read(tmp_path / "x", b'{"a":1}{"a":2}\n\n {\n "a": 3\n}\n[4]')
    assert values(found) == [{"a": 1}, {"a": 2}, {"a": 3}, [4]]
    assert [one.start for one in found if isinstance(one, Document)] == [0, 7, 17, 29]


def test_a_broken_line_is_reported_at_its_place_and_the_other_lines_are_read(tmp_path: Path) -> None:
    data = b'{"a": 1}\n{"a": oops}\n{"a": 3}\n{"a": \n{"a": 5}\n'
    found = read(tmp_path / "x", data)
    assert values(found) == [{"a": 1}, {"a": 3}, {"a": 5}]
    assert troubles(found) == [("syntax", data.index(b"oops")), ("syntax", data.index(b'\n{"a": 5}'))]


def test_records_around_a_broken_one_in_an_array_of_lines_are_read(tmp_path: Path) -> None:
    found = read(tmp_path / "x", b'[\n{"a": 1},\n{"a": oops},\n{"a": 3}\n]\n')
    assert values(found) == [{"a": 1}, {"a": 3}]
    assert len(troubles(found)) == 1


def test_a_truncated_document_ends_in_an_error_at_its_end(tmp_path: Path) -> None:
    data = json.dumps(RECORD, indent=1).encode()[:-3]
    found = read(tmp_path / "x", data)
    assert troubles(found) == [("syntax", len(data))]
    assert found[-1].reason == "unexpected end of file"  # type: ignore[union-attr]


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_named(tmp_path: Path, data: bytes) -> None:
    assert [(t.kind, t.reason) for t in read(tmp_path / "x", data)] == [("syntax", "empty file")]  # type: ignore[union-attr]


def test_nesting_beyond_reason_is_an_error_not_a_crash(tmp_path: Path) -> None:
    found = read(tmp_path / "x", b"[" * 10_000 + b"]" * 10_000 + b'\n{"a": 1}')
    assert [t.reason for t in found if isinstance(t, Trouble)] == ["nested too deeply"]
    assert values(found) == [{"a": 1}]


def test_what_json_forbids_but_encoders_write_is_read_over(tmp_path: Path) -> None:
    found = read(tmp_path / "x", b'{"a": NaN, "b": "x\ty", "c": -Infinity, "d": "NaN", "e": "\\ud83d\\ude00 \\ud83d!"}')
    assert troubles(found) == []
    (value,) = values(found)
    assert isinstance(value, dict)
    assert (value["b"], value["d"], value["e"]) == ("x y", "NaN", "😀 \ufffd!")
    assert all(isinstance(value[key], str) for key in "ac")


def test_bytes_of_no_encoding_are_named_with_line_and_column(tmp_path: Path) -> None:
    (trouble,) = read(tmp_path / "x", '{"a":\n "中'.encode() + b"\xff\xff\xff")
    assert isinstance(trouble, Trouble)
    assert (trouble.kind, trouble.span) == ("encoding", (2, 4, 2, 5))


def test_a_decompression_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "SAFE_OUTPUT", 1 << 20)
    found = read(tmp_path / "x.json.gz", gzip.compress(b" " * (8 << 20)))
    assert [t.kind for t in found if isinstance(t, Trouble)] == ["bomb"]


@pytest.mark.parametrize("cut", [3, 12, -9, -1])
def test_a_damaged_gzip_is_named(tmp_path: Path, cut: int) -> None:
    found = read(tmp_path / "x.gz", gzip.compress(json.dumps(RECORD).encode())[:cut])
    assert ("unreadable", 0) in troubles(found)


def test_a_document_beyond_the_limit_is_named_and_the_lines_after_it_are_read(tmp_path: Path) -> None:
    long = b'{"a": ' + b"9" * (3 << 20) + b"}"
    found = read(tmp_path / "x", b'{"a": 1}\n' + long + b'\n{"a": 2}\n', max_document=1 << 20)
    assert values(found) == [{"a": 1}, {"a": 2}]
    assert troubles(found) == [("large", 9)]


def test_syntax_errors_stop_being_listed_after_a_while(tmp_path: Path) -> None:
    found = read(tmp_path / "x", b"{'a': 1}\n" * 1000)
    assert len(found) == decode.MAX_SYNTAX_ERRORS


def test_a_file_that_changes_while_being_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"a": 1}\n{"a": 2}\n')
    reading = documents(path)
    next(reading)
    path.write_bytes(b'{"a": 1}\n')
    assert "changed" in [one.kind for one in reading if isinstance(one, Trouble)]


scalars = st.none() | st.booleans() | st.integers() | st.text()
trees = st.recursive(scalars, lambda x: st.lists(x) | st.dictionaries(st.text(), x), max_leaves=8)


@given(st.lists(trees, min_size=1, max_size=5), st.sampled_from([None, 0, 2]), st.integers(1, 50))
@settings(deadline=None, max_examples=150)
def test_any_documents_survive_splitting_at_any_block_size(items: list[object], indent: int | None, block: int) -> None:
    items = [item if isinstance(item, (dict, list)) else [item] for item in items]
    text = "\n".join(json.dumps(item, ensure_ascii=True, indent=indent) for item in items).encode()
    found = list(Splitter(iter([text[i : i + block] for i in range(0, len(text), block)])).run())
    assert [json.loads(one.data) for one in found if isinstance(one, Document)] == items
    for one in found:
        assert isinstance(one, Document)
        assert text[one.start : one.start + len(one.data)] == one.data


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=300)
def test_no_bytes_make_reading_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    found = read(path, data)
    assert found or not data.strip()


@given(st.text(alphabet='{}[]",:\\u0d8 a1-.eNaInfity\n\t\x00中', max_size=60))
@settings(deadline=None, max_examples=500)
def test_nothing_like_json_makes_reading_raise(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    for one in Splitter(iter([data] if data else [])).run():
        if isinstance(one, Document):
            try:
                decode_value(one.data)
            except Undecodable:
                continue
            Node(one.data, 0, len(one.data)).children()
        else:
            assert 0 <= one.start <= len(data)
