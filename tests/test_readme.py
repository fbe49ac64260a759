"""What the READMEs say is so: commands, rules, formats, settings, hooks; and both languages say the same."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import fields

from pddlint import config
from pddlint.checkers.base import Lang
from pddlint.settings import FORMATS, NOT_KEYS, CatalogSettings, ImageSettings, Settings, Shop, Suppression
from tests import readme_parts

ROOT = Path(__file__).resolve().parents[1]
READMES = {lang: path.read_text("utf-8") for lang, path in readme_parts.FILES.items()}
both = pytest.mark.parametrize("lang", READMES)


def blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.M | re.S)


def without_notes(block: str) -> str:
    """A block without its comments and the one text that is translated in it."""
    return re.sub(r'\s*#.*|"reason": ".*?"|reason = ".*?"', "", block)


def settled(text: str) -> str:
    """A sample without the weights of its evidence, which may vary with the versions of the libraries that see."""
    return re.sub(r"= (evidence: |依据：).*|  \d+%$", r"\1", text, flags=re.M)


def ci_command(ending: str) -> str:
    """The line .ci/run takes from README.md, by the very expression it uses."""
    pattern = re.search(r'grep -m1 -E "(.+?)" "\$root/README.md"', (ROOT / ".ci/run").read_text("utf-8"))
    assert pattern
    expression = pattern[1].replace("$1", ending).replace("\\$", "$")
    return next(line for line in READMES["en"].splitlines() if re.search(expression, line))


@both
def test_two_commands_are_the_ones_ci_runs(lang: Lang) -> None:
    commands = [block.strip() for block in blocks(READMES[lang], "sh")]
    assert commands == [ci_command("fixtures/demo-shop"), ci_command("pytest")]
    script = (ROOT / ".ci/run").read_text("utf-8")
    assert "readme_command 'fixtures/demo-shop'" in script
    assert script.rstrip().endswith("bash -c \"$(readme_command 'pytest')\"")


def test_both_languages_have_the_same_structure() -> None:
    def shape(text: str) -> list[str]:
        outside = re.sub(r"^```.*?^```$", "```", text, flags=re.M | re.S)
        return re.findall(r"^(?:#+(?= )|```|\||- )", outside, re.M)

    assert shape(READMES["en"]) == shape(READMES["zh"])


@pytest.mark.parametrize("kind", ["sh", "toml", "yaml", "json"])
def test_both_languages_show_the_same_examples(kind: str) -> None:
    english, chinese = ([without_notes(b) for b in blocks(READMES[lang], kind)] for lang in READMES)
    assert english and english == chinese


@both
@pytest.mark.parametrize("name", readme_parts.PARTS)
def test_part_is_what_the_program_writes(lang: Lang, name: str) -> None:
    """To bring them up to date: python tests/readme_parts.py"""
    assert settled(readme_parts.part(READMES[lang], name)) == settled(readme_parts.PARTS[name](lang))


@both
def test_formats_are_those_there_are(lang: Lang) -> None:
    assert tuple(re.findall(r"^\| `([a-z]+)` \| [^|]* \|$", READMES[lang], re.M)) == FORMATS


@both
def test_settings_are_those_there_are(lang: Lang) -> None:
    nested = {"catalog": CatalogSettings, "images": ImageSettings, "shops": Shop, "suppress": Suppression}
    keys = {f.encode_name for f in fields(Settings) if f.name not in NOT_KEYS} - set(nested)
    keys |= {f"{table}.{f.encode_name}" for table, kind in nested.items() for f in fields(kind)}
    rows = re.findall(r"^\| (`[a-z.-]+`(?:(?:, |、)`[a-z.-]+`)*) \|[^|]*\|[^|]*\|$", READMES[lang], re.M)
    assert set(re.findall(r"`([a-z.-]+)`", " ".join(rows))) == keys


@both
def test_configuration_example_is_accepted(lang: Lang, tmp_path: Path) -> None:
    (example,) = blocks(READMES[lang], "toml")
    (tmp_path / "pddlint.toml").write_text(example, encoding="utf-8")
    assert config.load(tmp_path / "pddlint.toml").suppress[0].goods_id == ("605512038864",)


@both
def test_suppression_example_is_the_demo_shop_s_shape(lang: Lang) -> None:
    (example,) = blocks(READMES[lang], "json")
    assert set(json.loads(example)["pddlint"]) == {"ignore", "reason"}


@both
def test_hooks_named_exist(lang: Lang) -> None:
    hooks = set(re.findall(r"^- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"), re.M))
    assert set(re.findall(r"^ +- id: (\S+)", READMES[lang], re.M)) <= hooks
    assert {f"`{hook}`" for hook in hooks} <= set(re.findall(r"`pddlint(?:-files)?`", READMES[lang]))


@both
def test_options_named_exist(lang: Lang) -> None:
    known: set[str] = {"--head", "--address"}  # of `ray start`
    for command in ("check", "baseline", "plan"):
        run = subprocess.run(
            [sys.executable, "-m", "pddlint", command, "--help"], capture_output=True, encoding="utf-8", check=True
        )
        known |= set(re.findall(r"--[a-z][a-z-]+", run.stdout))
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", READMES[lang]))
    assert named and named <= known


@both
def test_links_lead_somewhere(lang: Lang) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", READMES[lang]):
        assert (ROOT / target).exists(), target
