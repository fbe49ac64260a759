"""A run that is told to end does so, whatever it is about to do."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from pddlint.checkers import registry
from pddlint.signals import Terminated, terminate, undisturbed


@pytest.fixture(autouse=True)
def handled() -> Iterator[None]:
    before = signal.signal(signal.SIGTERM, terminate)
    yield
    signal.signal(signal.SIGTERM, before)


def test_signals_wait_until_what_must_not_be_left_half_done_is_done() -> None:
    done = False
    with pytest.raises(Terminated), undisturbed():
        signal.raise_signal(signal.SIGTERM)
        done = True
    assert done
    assert signal.getsignal(signal.SIGTERM) is terminate


def test_a_signal_is_not_lost_where_an_error_ends_the_block() -> None:
    with pytest.raises(Terminated), undisturbed():
        signal.raise_signal(signal.SIGTERM)
        raise OSError


def test_a_rule_that_is_being_loaded_does_not_swallow_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ending_rule.py").write_text("import signal\nsignal.raise_signal(signal.SIGTERM)\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(Terminated):
        registry._import("ending_rule", "test")
    assert not isinstance(sys.modules.get("ending_rule"), ModuleType)
