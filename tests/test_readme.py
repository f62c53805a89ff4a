"""What README.md says is what the program does."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import fake_engine
import pytest
import typer

from assistant.cli.cli import app
from assistant.contract import answer_object
from assistant.settings import CONFIG_VARIABLE, KEYS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def exchanges() -> list[tuple[str, str]]:
    """Each ``$ command`` of the console blocks with the output that is shown below it."""
    found = []
    for block in blocks("console"):
        found += [(m[1], m[2]) for m in re.finditer(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)]
    return found


def test_the_two_set_up_commands() -> None:
    asks, tests = blocks("sh")
    assert asks.count("\n") == tests.count("\n") == 1
    assert "pip install -q . " in asks
    assert "assistant ask " in asks
    assert "-e '.[test]'" in tests
    assert tests.rstrip().endswith("pytest -q")


def test_ci_runs_exactly_these_two() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    function = re.search(r"^block\(\) \{.*?^\}", script, re.MULTILINE | re.DOTALL)
    assert function
    for number, block in enumerate(blocks("sh"), 1):
        shell = f"root={shlex.quote(str(ROOT))}\n{function[0]}\nblock {number}"
        assert (
            subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True).stdout == block
        )
        assert f'bash -euo pipefail -c "$(block {number})"' in script


@pytest.mark.slow
@pytest.mark.parametrize(("command", "shown"), exchanges())
def test_an_exchange_is_the_programs_own_output(command: str, shown: str, assistant_home: Path) -> None:
    name, *arguments = shlex.split(command)
    assert name == "assistant"
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=ROOT, env=os.environ | {"COLUMNS": "88"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == shown, done.stderr


def test_there_is_an_exchange() -> None:
    assert [shown for _, shown in exchanges() if "Sources" in shown]


def keys(value: Any) -> Any:
    """The keys of nested objects in order, a list standing for its first entry."""
    if isinstance(value, dict):
        return [(key, keys(entry)) for key, entry in value.items()]
    return keys(value[0]) if isinstance(value, list) and value else None


def test_the_contract_is_that_of_the_program() -> None:
    (documented,) = blocks("json")
    answer = fake_engine.Engine().ask(["What?"])
    assert keys(json.loads(documented)) == keys(answer_object(answer))


def test_every_setting_is_in_the_table_and_no_other() -> None:
    variables = {f"ASSISTANT_{key.upper()}" for key in KEYS} | {CONFIG_VARIABLE}
    assert set(re.findall(r"^\| `(ASSISTANT_\w+)`", README, re.MULTILINE)) == variables


def test_every_command_is_in_the_table_and_no_other() -> None:
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert set(re.findall(r"^\| `assistant (\w+)", README, re.MULTILINE)) == commands
