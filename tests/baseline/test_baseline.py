"""The baseline as a multiset: what it absorbs, what it no longer needs, and its file."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pddlint.baseline import Absorber, Baseline, Entry, collected, covers, dump, load, relative_roots, without
from pddlint.errors import UsageError

ENTRIES = st.builds(
    Entry,
    rule=st.sampled_from(["DUP001", "BAIT004"]),
    goods_id=st.sampled_from(["1", "2"]),
    shop=st.sampled_from(["", "a", "b"]),
    fingerprint=st.sampled_from(["f1", "f2", "f3"]),
)


def entry(mark: str, shop: str = "a", count: int = 1) -> Entry:
    return Entry("DUP001", "1", shop, (), "", mark, count)


@given(st.lists(ENTRIES, max_size=8), st.lists(ENTRIES, max_size=8))
def test_each_entry_absorbs_as_many_findings_as_it_counts_and_not_one_more(
    known: list[Entry], now: list[Entry]
) -> None:
    absorber = Absorber(Baseline(collected(known)))
    absorbed = absorber.absorb(now)
    before, after = Counter(e.fingerprint for e in known), Counter(e.fingerprint for e in now)
    assert sum(absorbed) == sum((before & after).values())
    assert sum(e.count for e in absorber.unneeded()) == sum((before - after).values())


@given(st.lists(ENTRIES, max_size=8), st.lists(ENTRIES, max_size=8))
def test_pruning_leaves_just_what_still_absorbs(known: list[Entry], now: list[Entry]) -> None:
    baseline = Baseline(collected(known))
    first = Absorber(baseline)
    before = first.absorb(now)
    pruned = without(baseline, first.unneeded())
    again = Absorber(pruned)
    assert sum(again.absorb(now)) == sum(before) and again.unneeded() == ()
    assert {(e.rule, e.goods_id, e.fingerprint) for e in pruned.entries} <= {
        (e.rule, e.goods_id, e.fingerprint) for e in known
    }


def test_a_finding_of_the_same_shop_is_known_before_another_shops() -> None:
    absorber = Absorber(Baseline((entry("f", "b"),)))
    assert absorber.absorb([entry("f", "a"), entry("f", "b")]) == [False, True]


def test_a_renamed_shop_changes_nothing() -> None:
    absorber = Absorber(Baseline((entry("f", "old", 2),)))
    assert absorber.absorb([entry("f", "new")] * 3) == [True, True, False]


@given(st.lists(ENTRIES, max_size=8))
def test_the_file_holds_everything_in_one_order(entries: list[Entry]) -> None:
    one, other = collected(entries), collected(reversed(entries))
    assert dump(Baseline(one)) == dump(Baseline(other))
    lines = dump(Baseline(one, ("shop",))).decode().splitlines()
    assert sum('"rule"' in line for line in lines) == len(one)


def test_a_file_reads_back_as_it_was_written(tmp_path: Path) -> None:
    baseline = Baseline(
        collected([entry("f"), entry("f"), Entry("CAT003", file='怪"名\\.json', fingerprint="g")]), ("店",)
    )
    (tmp_path / "b.json").write_bytes(dump(baseline))
    assert load(tmp_path / "b.json") == baseline
    assert json.loads(dump(baseline))["findings"][1]["count"] == 2


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": "x", "version": 1, "findings": []}', '{"version": 1}', "\xff"]
)
def test_what_is_no_baseline_is_refused_in_both_languages(tmp_path: Path, text: str) -> None:
    file = tmp_path / "b.json"
    file.write_text(text, "latin-1")
    with pytest.raises(UsageError) as error:
        load(file)
    assert "b.json" in error.value.lines("zh")[0] and "b.json" in error.value.lines("en")[0]


def test_a_run_covers_a_baseline_when_it_sees_all_its_folders(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    roots = relative_roots(tmp_path, [tmp_path / "a", tmp_path / "b"])
    assert roots == ("a", "b")
    baseline = Baseline((), roots)
    assert covers(baseline, tmp_path, [tmp_path])
    assert covers(baseline, tmp_path, [tmp_path / "b", tmp_path / "a"])
    assert not covers(baseline, tmp_path, [tmp_path / "a"])
    (tmp_path / "b").rmdir()
    assert covers(baseline, tmp_path, [tmp_path / "a"])
