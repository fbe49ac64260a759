"""Edits change what they say and nothing else: as JSON, and byte for byte outside the edited spans."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pddlint.catalog.node import Node
from pddlint.plan import edit
from pddlint.plan.edit import Edit, splice

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.text(max_size=6), st.floats(allow_nan=False, width=32)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=6,
)
OBJECTS = st.dictionaries(st.text(max_size=4), VALUES, min_size=1, max_size=5)
STYLES = st.sampled_from(
    [
        {"indent": None},
        {"indent": None, "separators": (",", ":")},
        {"indent": 1},
        {"indent": 4},
        {"indent": "\t"},
        {"indent": 2, "ensure_ascii": True},
    ]
)
QUICK = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LINE_ENDS = st.sampled_from(["\n", "\r\n"])


def text_of(value: Any, style: dict[str, Any], line_end: str = "\n") -> bytes:
    return json.dumps(value, **{"ensure_ascii": False, **style}).replace("\n", line_end).encode()


def whole(text: bytes) -> Node:
    return Node(text, 0, len(text))


def outside(text: bytes, edits: list[Edit]) -> bytes:
    """What no edit touches."""
    return splice(text, [Edit(e.start, e.end, b"") for e in edits])


def check(text: bytes, edits: list[Edit], expected: Any) -> None:
    changed = splice(text, edits)
    assert json.loads(changed) == expected
    kept, at = outside(text, edits), 0
    for one in sorted(edits, key=lambda e: (e.start, e.end)):  # the new text less the replacements is the rest
        piece = text[at : one.start]
        assert changed.startswith(piece)
        changed = changed[len(piece) :].removeprefix(one.replacement)
        at = one.end
    assert changed == text[at:]
    assert kept == b"".join(_pieces(text, edits))


def _pieces(text: bytes, edits: list[Edit]) -> list[bytes]:
    pieces, at = [], 0
    for one in sorted(edits, key=lambda e: (e.start, e.end)):
        pieces.append(text[at : one.start])
        at = one.end
    return [*pieces, text[at:]]


@QUICK
@given(st.lists(VALUES, min_size=1, max_size=6), st.data(), STYLES, LINE_ENDS)
def test_removing_elements_is_removing_them_and_nothing_else(
    values: list[Any], data: st.DataObject, style: dict[str, Any], line_end: str
) -> None:
    gone = data.draw(st.sets(st.integers(0, len(values) - 1)))
    text = text_of({"a": values, "b": 1}, style, line_end)
    array = edit.find(whole(text), "/a")
    assert array is not None
    left = [value for index, value in enumerate(values) if index not in gone]
    check(text, edit.remove_elements(array, gone), {"a": left, "b": 1})


@QUICK
@given(st.lists(VALUES, min_size=1, max_size=5), st.lists(VALUES, min_size=1, max_size=3), STYLES, LINE_ENDS)
def test_appending_elements_is_appending_them_and_nothing_else(
    values: list[Any], more: list[Any], style: dict[str, Any], line_end: str
) -> None:
    text = text_of([values, {"z": 0}], style, line_end)
    array = edit.find(whole(text), "/0")
    assert array is not None
    check(text, edit.append_elements(array, [edit.literal(one) for one in more]), [values + more, {"z": 0}])


@QUICK
@given(st.lists(OBJECTS, min_size=2, max_size=5), st.data(), STYLES, LINE_ENDS)
def test_elements_may_be_removed_and_appended_at_once(
    values: list[Any], data: st.DataObject, style: dict[str, Any], line_end: str
) -> None:
    gone = data.draw(st.sets(st.integers(0, len(values) - 1), max_size=len(values) - 1))
    text = text_of(values, style, line_end)
    array = whole(text)
    edits = [*edit.remove_elements(array, gone), *edit.append_elements(array, [b'{"new": 1}'])]
    left = [value for index, value in enumerate(values) if index not in gone]
    check(text, edits, [*left, {"new": 1}])


@QUICK
@given(OBJECTS, VALUES, STYLES, LINE_ENDS)
def test_adding_a_member_is_adding_it_and_nothing_else(
    value: dict[str, Any], added: Any, style: dict[str, Any], line_end: str
) -> None:
    text = text_of([value], style, line_end)
    node = edit.find(whole(text), "/0")
    assert node is not None
    check(text, [edit.add_member(node, "a new key", added)], [{**value, "a new key": added}])


@QUICK
@given(OBJECTS, VALUES, st.data(), STYLES)
def test_setting_a_value_is_setting_it_and_nothing_else(
    value: dict[str, Any], other: Any, data: st.DataObject, style: dict[str, Any]
) -> None:
    key = data.draw(st.sampled_from(sorted(value)))
    text = text_of(value, style)
    node = edit.find(whole(text), "/" + key.replace("~", "~0").replace("/", "~1"))
    assert node is not None
    check(text, [edit.set_value(node, other)], {**value, key: other})


@QUICK
@given(OBJECTS, st.data(), STYLES, LINE_ENDS)
def test_an_object_without_some_members_keeps_the_others(
    value: dict[str, Any], data: st.DataObject, style: dict[str, Any], line_end: str
) -> None:
    gone = data.draw(st.sets(st.sampled_from(sorted(value))))
    text = edit.without_members(text_of(value, style, line_end), gone)
    assert json.loads(text) == {key: one for key, one in value.items() if key not in gone}


def test_an_appended_element_looks_like_the_others() -> None:
    text = b'{\n  "a": [\n    {"x": 1},\n    {"x": 2}\n  ]\n}'
    array = edit.find(whole(text), "/a")
    assert array is not None
    changed = splice(text, edit.append_elements(array, [b'{"x": 3}']))
    assert changed == b'{\n  "a": [\n    {"x": 1},\n    {"x": 2},\n    {"x": 3}\n  ]\n}'


def test_a_copied_element_takes_the_indentation_and_line_ends_of_its_new_place() -> None:
    source = b'[\n {\n  "a": {\n   "b": 1\n  }\n }\n]'
    target = b'[\r\n\t\t{\r\n\t\t\t"c": 2\r\n\t\t}\r\n]'
    found, beside = edit.find(whole(source), "/0"), edit.find(whole(target), "/0")
    assert found is not None and beside is not None
    assert edit.moved(found, beside) == b'{\r\n\t\t "a": {\r\n\t\t  "b": 1\r\n\t\t }\r\n\t\t}'


@pytest.mark.parametrize(
    "edits",
    [[Edit(0, 3, b""), Edit(2, 4, b"")], [Edit(3, 2, b"")], [Edit(0, 99, b"")]],
    ids=["overlap", "backwards", "outside"],
)
def test_edits_that_cannot_be_made_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlap or lie outside"):
        splice(b"0123456789", edits)


def test_a_pointer_into_a_string_or_past_the_end_finds_nothing() -> None:
    node = whole(b'{"a": "[1, 2]", "b": [1], "c": {"0": 5}}')
    assert edit.find(node, "/a/0") is None
    assert edit.find(node, "/b/1") is None
    assert edit.find(node, "/x/y") is None
