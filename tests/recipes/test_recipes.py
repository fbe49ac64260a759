"""The recipes for CI systems do what they say, as far as that shows without the systems themselves.

Their files are held against the published schemas, and their scripts run by the shell as the systems run them, over a
repository with a catalog. Only the installation is replaced, by a program that notes what was to be installed.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
RECIPES = ROOT / ".recipes"
ACTION = ROOT / ".github" / "actions" / "pddlint"
CONTAINER = ROOT / ".container"
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")  # as GitHub's `shell: bash`

Shell = Callable[..., int]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose catalog has findings."""
    folder = tmp_path / "repository"
    shutil.copytree(ROOT / "fixtures" / "demo-shop", folder / "catalog")
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    return folder


@pytest.fixture
def shell(tmp_path: Path, repository: Path) -> Shell:
    """Runs a script in the repository. `pip` only notes its arguments; `python3 -m venv` makes a folder of these."""
    programs = tmp_path / "bin"
    programs.mkdir()
    noted = shlex.quote(str(tmp_path / "installed"))
    python = shlex.quote(sys.executable)
    scripts = {
        "pddlint": f'exec {python} -m pddlint "$@"',
        "pip": f'printf "%s\\n" "$@" >> {noted}',
        "python": f'if [ "$1 $2" = "-m pip" ]; then shift 2; exec pip "$@"; fi; exec {python} "$@"',
        "python3": f'if [ "$1 $2" = "-m venv" ]; then mkdir -p "$3"; cp -r {shlex.quote(str(programs))} "$3/bin"; '
        f'else exec python "$@"; fi',
    }
    for name, script in scripts.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (programs / name).chmod(0o755)

    def run(script: str, command: tuple[str, ...] = BASH, **environ: str) -> int:
        path = f"{programs}{os.pathsep}{os.environ['PATH']}"
        env = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "", "LANG": "en_US.UTF-8", "PATH": path, **environ}
        return subprocess.run([*command, "-c", script], cwd=repository, env=env, timeout=300, check=False).returncode

    return run


def installed(tmp_path: Path) -> list[str]:
    return (tmp_path / "installed").read_text().splitlines()


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-workflows", RECIPES / "github-actions.yml"),
        ("vendor.github-actions", ACTION / "action.yml"),
        ("vendor.gitlab-ci", RECIPES / "gitlab-ci.yml"),
    ],
)
def test_file_is_valid_by_the_published_schema(schema: str, file: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def load(file: Path) -> Any:
    return yaml.safe_load(file.read_text("utf-8"))


def filled(text: str, inputs: Mapping[str, str]) -> str:
    """The expressions in a value of the action, replaced."""

    def value(match: re.Match[str]) -> str:
        kind, _, name = match[1].partition(".")
        return str(ACTION) if match[1] == "github.action_path" else inputs[name] if kind == "inputs" else match[0]

    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", value, text)


def run_action(shell: Shell, tmp_path: Path, given: Mapping[str, str]) -> int:
    """The action's own scripts with the inputs given, one after the other until one fails; the last status."""
    action = load(ACTION / "action.yml")
    assert set(given) <= set(action["inputs"])
    inputs = {name: given.get(name, entry["default"]) for name, entry in action["inputs"].items()}
    runner = {"RUNNER_TEMP": str(tmp_path), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    for step in action["runs"]["steps"]:
        if "run" in step:
            environ = {name: filled(text, inputs) for name, text in step["env"].items()}
            assert "${{" not in step["run"], "inputs reach the shell as variables, never as text of the script"
            if status := shell(step["run"], **environ, **runner):
                return status
    return 0


def workflow_inputs() -> dict[str, str]:
    """What the recipe's workflow hands to the action; and that it names the action by its place here."""
    steps = load(RECIPES / "github-actions.yml")["jobs"]["catalog"]["steps"]
    step = next(step for step in steps if "/pddlint/" in step["uses"])
    place = step["uses"].split("@")[0].split("/", 2)[2]
    assert (ROOT / place / "action.yml").is_file()
    return dict(step["with"])


def test_github_action_reports_in_three_ways(
    shell: Shell, tmp_path: Path, repository: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_action(shell, tmp_path, workflow_inputs()) == 1
    assert (Path(installed(tmp_path)[-1]).resolve() / "pyproject.toml").samefile(ROOT / "pyproject.toml")
    assert re.search(r"^::error [^\n]*file=catalog/", capfd.readouterr().out, re.M)
    results = json.loads((repository / "pddlint.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert {result["ruleId"][:3] for result in results} >= {"DUP", "BAI"}
    assert "DUP001" in (tmp_path / "summary.md").read_text("utf-8")


def test_github_action_takes_paths_and_arguments_as_they_are(shell: Shell, tmp_path: Path, repository: Path) -> None:
    (repository / "catalog").rename(repository / "our catalog; exit 9")
    given = {"paths": "our catalog; exit 9\n", "args": "--select=DUP001\n--exit-zero\n", "sarif": "out put.sarif"}
    assert run_action(shell, tmp_path, given) == 0
    results = json.loads((repository / "out put.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert {result["ruleId"] for result in results} == {"DUP001"}


def test_gitlab_job_writes_the_reports_it_declares(shell: Shell, tmp_path: Path, repository: Path) -> None:
    job = load(RECIPES / "gitlab-ci.yml")["pddlint"]
    assert shell("\n".join([*job["before_script"], *job["script"]]), **job["variables"]) == 1
    assert installed(tmp_path)[-1] == job["variables"]["PDDLINT"]
    reports = job["artifacts"]["reports"]
    entries = json.loads((repository / reports["codequality"]).read_text("utf-8"))
    assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(entries[0])
    assert {entry["location"]["path"].split("/")[0] for entry in entries} == {"catalog"}
    assert ElementTree.parse(repository / reports["junit"]).getroot().tag == "testsuites"


def jenkins() -> tuple[dict[str, str], list[str], str]:
    """The Jenkinsfile's variables, its shell scripts in order, and its text."""
    text = (RECIPES / "Jenkinsfile").read_text("utf-8")
    variables = dict(re.findall(r"^ {8}([A-Z]+) = '(.*?)'", text, re.M))
    scripts = [long or short for long, short in re.findall(r"sh (?:'''(.*?)'''|'([^'\n]+)')", text, re.S)]
    return variables, [re.sub(r"\\\\", r"\\", textwrap.dedent(script)) for script in scripts], text


def test_jenkins_pipeline_leaves_findings_to_the_reader_of_junit(
    shell: Shell, tmp_path: Path, repository: Path
) -> None:
    variables, scripts, text = jenkins()
    assert len(scripts) == 2 and set(variables) == {"PDDLINT", "CATALOG"}
    assert [shell(script, ("sh", "-xe"), **variables) for script in scripts] == [0, 0]
    assert installed(tmp_path)[-1] == variables["PDDLINT"]
    (results,) = re.findall(r"junit testResults: '(.*?)'", text)
    assert ElementTree.parse(repository / results).getroot().findall(".//testcase/failure")
    (page,) = re.findall(r"archiveArtifacts artifacts: '(.*?)'", text)
    assert (repository / page).read_text("utf-8").lower().startswith("<!doctype html>")


def test_jenkins_pipeline_fails_when_an_input_cannot_be_read(shell: Shell, repository: Path) -> None:
    variables, scripts, _ = jenkins()
    (repository / "catalog" / "broken.json").write_text('{"goods_list": [')
    assert [shell(script, ("sh", "-xe"), **variables) for script in scripts] == [0, 3]


def test_pre_commit_recipe_is_a_configuration_with_hooks_that_exist() -> None:
    file = RECIPES / "pre-commit-config.yaml"
    subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", str(file)], check=True)
    published = {hook["id"] for hook in load(ROOT / ".pre-commit-hooks.yaml")}
    assert {hook["id"] for repo in load(file)["repos"] for hook in repo["hooks"]} <= published


def container_steps() -> list[tuple[str, str]]:
    """(instruction, arguments) of the container file."""
    text = re.sub(r"\\\n", " ", (CONTAINER / "Containerfile").read_text("utf-8"))
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines]


def test_container_runs_the_linter_as_somebody_without_rights() -> None:
    steps = dict(container_steps())
    assert json.loads(steps["ENTRYPOINT"]) == ["pddlint"]
    assert json.loads(steps["CMD"])[0] == "check"
    order = [name for name, _ in container_steps()]
    assert steps["USER"] != "root" and order.index("USER") > max(i for i, name in enumerate(order) if name == "RUN")


@pytest.mark.slow
def test_container_s_installation_works_with_the_files_let_in(tmp_path: Path) -> None:
    ignore = (CONTAINER / "Containerfile.dockerignore").read_text("utf-8").split()
    assert ignore[0] == "*"
    source = tmp_path / "source"
    source.mkdir()
    for name in (line.removeprefix("!") for line in ignore[1:]):
        whole = ROOT / name
        (shutil.copytree if whole.is_dir() else shutil.copy)(whole, source / name)
    (install,) = (text for name, text in container_steps() if name == "RUN" and text.startswith("pip install"))
    target = next(text.split()[1] for name, text in container_steps() if name == "COPY")
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    script = install.replace(target, str(source)).replace("pip install", f"{tmp_path}/venv/bin/pip install", 1)
    subprocess.run(["sh", "-ec", script], check=True)
    assert not source.exists()
    run = [str(tmp_path / "venv/bin/pddlint"), "check", str(ROOT / "fixtures/demo-shop"), "--isolated"]
    assert subprocess.run(run, capture_output=True, check=False).returncode == 1
