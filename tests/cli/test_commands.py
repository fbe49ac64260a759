"""The other commands, both languages, and a light start."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pddlint import __version__
from pddlint.i18n import language
from tests.cli.conftest import ROOT, Cli

HEAVY = ("numpy", "scipy", "PIL", "rich", "msgspec", "cv2", "rapidfuzz", "argparse")


def test_the_version_and_the_bare_import_load_nothing_heavy() -> None:
    for code in ("import pddlint", "from pddlint.__main__ import main; main(['--version'])"):
        script = f"import sys; {code}; print([m for m in {HEAVY!r} if m in sys.modules])"
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == "[]"


def test_check_without_duplicate_rules_loads_no_picture_library() -> None:
    heavy = ("numpy", "scipy", "PIL", "rich", "cv2")
    script = f"import sys, pddlint.cli.check; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_version(cli: Cli) -> None:
    assert cli("--version") == (0, f"pddlint {__version__}\n", "")


@pytest.mark.parametrize("command", ["", "check", "rules", "rule", "schema", "completion"])
def test_help_exists_in_both_languages(cli: Cli, command: str) -> None:
    words = [command] if command else []
    zh, en = cli(*words, "--help", "--lang", "zh"), cli(*words, "--help", "--lang", "en")
    assert (zh.status, en.status) == (0, 0)
    assert "用法：" in zh.out
    assert "usage: " in en.out
    assert en.out.isascii()
    for line in zh.out.splitlines():
        assert len(line.encode("gb18030")) <= 120


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({}, "zh"),
    ],
)
def test_the_language_is_the_locales(environ: dict[str, str], expected: str) -> None:
    assert language(None, environ) == expected
    assert language("en", environ) == "en"


def test_rules_lists_every_rule_in_both_languages_and_as_json(cli: Cli) -> None:
    rules = json.loads(cli("rules", "--format", "json").out)
    assert {"CAT001", "CAT020", "PLUG001"} <= {rule["code"] for rule in rules}
    for lang in ("zh", "en"):
        lines = cli("rules", "--lang", lang).out.splitlines()
        assert [line.split()[0] for line in lines] == [rule["code"] for rule in rules]
        assert all(rule["summary"][lang] in line for rule, line in zip(rules, lines, strict=True))


def test_every_rule_has_a_page_with_all_its_parts_in_both_languages(cli: Cli) -> None:
    for rule in json.loads(cli("rules", "--format", "json").out):
        for lang in ("zh", "en"):
            page = cli("rule", rule["code"], "--lang", lang).out
            for part in ("summary", "consequence", "remedy", "detail"):
                assert rule[part][lang][1:] in page
            assert all(option["name"] in page for option in rule["options"])
            assert "[[suppress]]" in page


def test_a_rule_is_found_by_its_name_and_a_mistyped_one_gets_a_hint(cli: Cli) -> None:
    assert cli("rule", "plugin-error").out == cli("rule", "plug001").out
    ended = cli("rule", "plugin-eror")
    assert ended.status == 2
    assert "did you mean plugin-error?" in ended.err


def test_the_schema_is_json_schema(cli: Cli) -> None:
    assert "$schema" in json.loads(cli("schema").out)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_commands_and_flags(cli: Cli, shell: str) -> None:
    script = cli("completion", shell).out
    for word in ("check", "rule", "schema", "min-confidence", "sarif"):
        assert word in script


def test_bash_completion_works_in_bash(cli: Cli) -> None:
    script = cli("completion", "bash").out
    ask = (
        f"{script}\nCOMP_WORDS=(pddlint check --format sa); COMP_CWORD=3; _pddlint; echo ${{COMPREPLY[@]}}\n"
        "COMP_WORDS=(pddlint ch); COMP_CWORD=1; _pddlint; echo ${COMPREPLY[@]}\n"
    )
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["sarif", "check"]


def test_the_public_api_names_what_it_exports() -> None:
    import pddlint

    loaded: list[Callable[..., object]] = [getattr(pddlint, name) for name in pddlint.__all__]
    assert all(loaded)
    with pytest.raises(AttributeError):
        _ = pddlint.nothing


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
@pytest.mark.parametrize("command", [("--version",), ("--help",), ("rules",), ("rule", "DUP001"), ("schema",)])
def test_a_full_disk_is_named(command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        run = [sys.executable, "-m", "pddlint", *command]
        done = subprocess.run(run, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("pddlint: ") and len(done.stderr.splitlines()) == 1
    assert os.strerror(errno.ENOSPC) in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
def test_a_mistake_is_one_though_it_cannot_be_told() -> None:
    with Path("/dev/full").open("w") as full:
        run = [sys.executable, "-m", "pddlint", "check", "--format", "nope"]
        assert subprocess.run(run, cwd=ROOT, stderr=full, check=False).returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="pipes cannot be asked not to block")
def test_a_pipe_that_does_not_block_gets_the_whole_report(tmp_path: Path) -> None:
    listing = {"title": "米白色陶瓷杯", "skus": [{"id": "1", "specs": {"颜色": "米白"}, "price": "?"}]}
    rows = [json.dumps({**listing, "id": str(number), "shop": "s"}) for number in range(300)]
    (tmp_path / "goods.jsonl").write_text("\n".join(rows), encoding="utf-8")
    read, write = os.pipe()
    os.set_blocking(write, False)
    run = [sys.executable, "-m", "pddlint", "check", str(tmp_path), "--isolated", "--no-cache", "--format", "json"]
    with subprocess.Popen(run, cwd=ROOT, stdout=write, stderr=subprocess.PIPE) as process:
        os.close(write)
        time.sleep(1.5)  # let it fill the pipe
        with os.fdopen(read, "rb") as report:
            text = report.read()
        assert process.wait() == 1
    assert len(text) > 1 << 17
    assert json.loads(text)["summary"]["listings"] == 300


def test_a_path_that_is_not_there_is_named_once(cli: Cli) -> None:
    missing = cli("check", "nosuch", "--isolated", "--lang", "en")
    assert (missing.status, missing.err) == (3, "")
    assert "CAT001" in missing.out


@pytest.mark.parametrize(
    "left",
    [
        "import atexit; atexit.register(print, 'done at the end')",
        "import threading, time; threading.Thread(target=lambda: [time.sleep(0.3), print('done at the end')]).start()",
    ],
)
def test_what_others_left_to_the_end_of_the_process_is_done(left: str) -> None:
    run = "import sys; from pddlint.__main__ import script; sys.argv = ['pddlint', 'rule', 'nosuch']; script()"
    code = f"{left}\n{run}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "done at the end\n")


def test_a_profiler_sees_the_run_to_its_end() -> None:
    run = [sys.executable, "-m", "cProfile", "-m", "pddlint", "rule", "nosuch"]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "function calls" in done.stdout
