"""`--profile` says where the time went, and off it costs nothing worth naming."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pddlint import profile
from pddlint.__main__ import main

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"


@pytest.fixture(autouse=True)
def quiet() -> None:
    profile.end()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_every_stage_is_named_and_the_shares_add_up(
    jobs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    catalog = str(FIXTURES / "rules" / "DUP005-duplicate-presentation")
    flags = ["--isolated", "--profile", "--jobs", jobs, "--lang", "en", "--no-cache", "--exit-zero"]
    main(["check", catalog, *flags])
    lines = capfd.readouterr().err.splitlines()
    table = lines[next(n for n, line in enumerate(lines) if line.split()[:2] == ["CPU", "wall"]) :]
    text = "\n".join(table)
    for stage in ("start-up", "reading files", "converting", "rules BAIT", "fingerprints", "blocking", "reports"):
        assert stage in text, stage
    shares = [float(line.split()[1].rstrip("%")) for line in table[1:]]
    assert sum(shares[:-1]) == pytest.approx(shares[-1], abs=1.5)
    assert ("in workers" in table[-1]) == (jobs == "2")


def test_a_stage_inside_another_counts_for_itself_alone() -> None:
    measured = profile.begin()
    with profile.stage("matching"):
        with profile.stage("verification"):
            time.sleep(0.05)
        assert measured.spent["verification"].count == 1
    measured.switch()
    assert measured.spent["verification"].wall >= 0.05
    assert measured.spent["matching"].wall < 0.05
    profile.end()


def test_what_a_stage_raises_goes_on_up() -> None:
    profile.begin()
    with pytest.raises(ValueError, match="no"), profile.stage("convert"):
        raise ValueError("no")
    profile.end()


def test_nothing_is_measured_unless_asked(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(
        [
            "check",
            str(FIXTURES / "rules" / "DUP005-duplicate-presentation"),
            "--isolated",
            "--jobs",
            "1",
            "--no-cache",
            "--exit-zero",
        ]
    )
    assert "CPU" not in capfd.readouterr().err
    assert not profile.measuring()
