"""The configuration: found nearest, typed, and every mistake in it named."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import pytest

from pddlint import config
from pddlint.errors import UsageError
from pddlint.settings import Settings, Suppression


def load(folder: Path, text: str, name: str = "pddlint.toml") -> Settings:
    file = folder / name
    file.write_text(text, "utf-8")
    return config.load(file)


def mistakes(folder: Path, text: str, name: str = "pddlint.toml") -> list[str]:
    with pytest.raises(UsageError) as caught:
        load(folder, text, name)
    for text_of_mistake in caught.value.texts:
        assert text_of_mistake.zh
    return caught.value.lines("en")


def test_every_kind_of_setting_is_read(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        """
        select = ["DUP", "BAIT001"]
        ignore = "DUP005"
        min-confidence = 0.5
        fail_on = "error"
        per-file-ignores = {"old/*" = ["ALL"], "new.json" = "DUP"}
        severity = {DUP = "info"}
        [catalog]
        roots = ["goods"]
        merchant = "shop"
        include_offline = true
        [[shops]]
        id = "77"
        merchant = "m"
        [rules.DUP001]
        anything = [1]
        [[suppress]]
        rules = ["DUP001"]
        goods_id = [6001, "6002"]
        reason = "两个仓库"
        until = 2026-12-31
        """,
    )
    assert settings.select == ("DUP", "BAIT001")
    assert settings.ignore == ("DUP005",)
    assert settings.fail_on == "error"
    assert settings.per_file_ignores == {"old/*": ("ALL",), "new.json": ("DUP",)}
    assert settings.catalog.include_offline
    assert settings.shops[0].merchant == "m"
    assert settings.rules == {"DUP001": {"anything": [1]}}
    assert settings.suppress == (
        Suppression(rule=("DUP001",), goods_id=("6001", "6002"), reason="两个仓库", until=datetime.date(2026, 12, 31)),
    )
    assert settings.base == tmp_path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('selct = ["DUP"]', "selct: no such setting; did you mean select?"),
        ("jobs = 'two'", "jobs: expected an integer, got a string 'two'"),
        ("jobs = -1", "jobs: bad value -1"),
        ("min-confidence = 2", "min-confidence: bad value 2"),
        ("fail-on = 'fatal'", "fail-on: 'fatal' is none of error, warning, info"),
        ("severity = {DUP = 'fatal'}", "severity.DUP: 'fatal' is none of"),
        ("[catalog]\nroot = 'x'", "catalog.root: no such setting; did you mean roots?"),
        ("[catalog]\ninclude_offline = 1", "catalog.include_offline: expected true or false, got an integer 1"),
        ("catalog = 3", "catalog: expected a table"),
        ("shops = 3", "shops: expected an array"),
        ("[[shops]]\nmerchant = 'm'", "shops[0].id: is required"),
        ("[[suppress]]\nrule = 'DUP'\nreasn = 'x'", "suppress[0].reasn: no such setting; did you mean reason?"),
        ("[[suppress]]\nrule = 'DUP'\ngoods_id = [true]", "suppress[0].goods_id[0]: expected a string"),
        ("[[suppress]]\nrule = 'DUP'\nuntil = 'tomorrow'", "suppress[0].until: "),
        ("format = 'josn'", "format: no format josn; did you mean json?"),
        ("base = 'x'", "base: no such setting"),
        ("x = = 1", "not valid TOML"),
    ],
)
def test_a_mistake_names_file_key_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    (line,) = mistakes(tmp_path, text)
    assert line.startswith(str(tmp_path / "pddlint.toml"))
    assert said in line


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    assert len(mistakes(tmp_path, "jobs = 'x'\nselct = 1\n[catalog]\nmerchant = 'x'\n")) == 3


def test_pyproject_keys_are_named_with_their_table(tmp_path: Path) -> None:
    (line,) = mistakes(tmp_path, "[tool.pddlint]\nselct = 1\n", "pyproject.toml")
    assert "tool.pddlint.selct" in line


def test_the_nearest_file_wins_alone(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pddlint.toml").write_text('select = ["DUP"]\nignore = ["BAIT"]\n')
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n")
    assert config.resolve([inner]).select == ("DUP",)
    (tmp_path / "a" / "pyproject.toml").write_text('[tool.pddlint]\nselect = ["CAT"]\n')
    settings = config.resolve([inner])
    assert (settings.select, settings.ignore, settings.base) == (("CAT",), (), tmp_path / "a")
    (tmp_path / "a" / "pddlint.toml").write_text('select = ["LINK"]\n')
    assert config.resolve([inner]).select == ("LINK",)


def test_someone_elses_broken_pyproject_is_not_ours_to_complain_about(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("not toml at all [")
    assert config.find([tmp_path]) is None or config.find([tmp_path]) != tmp_path / "pyproject.toml"


def test_isolated_reads_nothing_and_config_names_one(tmp_path: Path) -> None:
    (tmp_path / "pddlint.toml").write_text('select = ["DUP"]\n')
    other = tmp_path / "other.toml"
    other.write_text('select = ["CAT"]\n')
    assert config.resolve([tmp_path], isolated=True).select == ()
    assert config.resolve([tmp_path], config=other).select == ("CAT",)
    with pytest.raises(UsageError):
        config.resolve([tmp_path], config=tmp_path / "missing.toml")


def test_shown_settings_are_toml_that_reads_back_the_same(tmp_path: Path) -> None:
    text = 'select = ["DUP"]\n[per-file-ignores]\n"a b/*" = ["ALL"]\n[[suppress]]\nrule = "DUP"\nuntil = 2026-01-01\n'
    settings = load(tmp_path, text)
    shown = "\n".join(config.show(settings))
    assert tomllib.loads(shown)["per-file-ignores"] == {"a b/*": ["ALL"]}
    assert load(tmp_path, shown) == settings
