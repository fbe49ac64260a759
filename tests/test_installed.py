"""What folders' names say is installed agrees with `importlib.metadata`, and where they do not say all, it is asked."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

import pytest

from pddlint import installed

GROUP = "pddlint.checkers"


def dist(site: Path, name: str, version: str, points: str | None = None) -> Path:
    folder = site / f"{name}-{version}.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    if points is not None:
        (folder / "entry_points.txt").write_text(points)
    return site


@pytest.mark.parametrize("name", ["msgspec", "numpy", "opencv-python-headless", "pillow", "RapidFuzz"])
def test_versions_are_those_of_the_metadata(name: str) -> None:
    assert installed.version(name) == metadata.version(name)


def test_what_is_not_there_has_no_version() -> None:
    assert installed.version("no-such-library") == ""


def test_another_distributions_entry_points_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = dist(tmp_path, "some_rules", "1.0", f"[{GROUP}]\nsome = some_rules\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(site)])
    assert "some_rules" in {entry.value for entry in installed.entry_points(GROUP)}


def test_a_name_with_a_hyphen_is_left_to_the_metadata(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = dist(tmp_path, "some-rules", "1.0", f"[{GROUP}]\nsome = some_rules\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(site)])
    assert "some_rules" in {entry.value for entry in installed.entry_points(GROUP)}


def test_other_programs_entry_points_load_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = dist(tmp_path, "tool", "2", "[console_scripts]\ntool = tool:main\n")
    monkeypatch.setattr(sys, "path", [str(site)])
    monkeypatch.setattr(metadata, "entry_points", None)
    assert list(installed.entry_points(GROUP)) == [] and installed.version("tool") == "2"


@pytest.mark.parametrize("name", ["rules.zip", "rules.egg"])
def test_an_archive_on_the_path_is_left_to_the_metadata(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_bytes(b"PK")
    asked: list[str] = []
    monkeypatch.setattr(sys, "path", [str(tmp_path / name)])
    monkeypatch.setattr(metadata, "entry_points", lambda group: asked.append(group) or ())
    installed.entry_points(GROUP)
    assert asked == [GROUP]


def test_the_first_folder_on_the_path_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = dist(tmp_path / "a", "lib", "1"), dist(tmp_path / "b", "lib", "2")
    monkeypatch.setattr(sys, "path", [str(two), str(tmp_path / "missing"), str(one)])
    assert installed.version("Lib") == metadata.version("lib") == "2"
