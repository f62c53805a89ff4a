"""A module imports only what stands before it, and each heavy library enters in one place."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "assistant"

# Left to right. A name stands for a module or a package.
LAYERS: list[list[str]] = [
    ["lazy_re"],
    ["model"],
    ["text"],
    ["files"],
    ["vocabulary"],
    ["spans"],
    ["facts"],
    ["folder"],
    ["cells"],
    ["building"],
    ["corpus"],
    ["names"],
    ["index"],
    ["retrieval"],
    ["groups"],
    ["question"],
    ["selection"],
    ["say"],
    ["intervals"],
    ["draft"],
    ["conflicts"],
    ["desk"],
    ["lookup"],
    ["studies", "compare"],
    ["judging"],
    ["telling"],
    ["followup", "answer"],
    ["verify"],
    ["settings"],
    ["engine"],
    ["check"],
    ["contract", "asked"],
    ["adding"],
    ["terminal"],
    ["llm"],
    ["export"],
    ["wiki"],
    ["llamaindex", "service"],
    ["chat"],
    ["cli"],
    ["__main__"],
]
SETTINGS_READERS = {
    "engine.engine",
    "terminal.doctor",
    "cli.cli",
    "cli.add",
    "cli.check",
    "cli.service",
    "cli.wiki",
    "llamaindex",
    "llm.opening",
    "service.context",
    "service.serve",
}
ONE_PLACE = ["chromadb", "torch", "gradio"]
HEAVY = {"chromadb", "gradio", "llama_index", "onnx", "onnxruntime", "onnxscript", "pandas", "scipy"}
HEAVY |= {"sentence_transformers", "sklearn", "torch", "transformers"}

ENTRANCES = {"llamaindex"}
"""Modules that somebody else's program imports because it has imported that library anyway."""

MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path != PACKAGE / "__init__.py"
}


def layer(module: str) -> int | None:
    """The place of a module in the table, None where it has none; a package's parts stand with it."""
    return next((i for i, names in enumerate(LAYERS) if module.split(".")[0] in names), None)


def imports(path: Path, *, typing: bool = True, functions: bool = True) -> set[str]:
    """Dotted names that a file imports, ``from a import b`` as ``a.b``.

    Without ``typing`` those that run at all, without ``functions`` those that run on import.
    """
    found = set()
    for node in _nodes(ast.parse(path.read_text(encoding="utf-8")), typing, functions):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _nodes(node: ast.AST, typing: bool, functions: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not functions and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if not typing and isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _nodes(child, typing, functions)


def libraries(path: Path, **kind: bool) -> set[str]:
    return {name.split(".")[0] for name in imports(path, **kind)}


def own_modules(path: Path) -> set[str]:
    """The modules of this package that a file imports."""
    found = set()
    for name in imports(path):
        if name.split(".")[0] == "assistant":
            rest = name.split(".")[1:]
            while rest and ".".join(rest) not in MODULES:
                rest = rest[:-1]
            found.add(".".join(rest))
    return found - {""}


def test_the_table_matches_modules_that_exist_or_are_known() -> None:
    assert [name for name in MODULES if layer(name) is None] == [], "place these in LAYERS"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_to_its_left(module: str) -> None:
    here = layer(module)
    assert here is not None
    wrong = {other for other in own_modules(MODULES[module]) if (layer(other) or 0) > here}
    assert wrong == set()


def test_modules_of_one_layer_do_not_import_each_other_in_a_circle() -> None:
    # import assistant.a inside a function of assistant.b hides a circle from Python, not from this
    edges = {module: own_modules(path) - {module} for module, path in MODULES.items()}
    while leaves := {module for module, others in edges.items() if not others}:
        edges = {module: others - leaves for module, others in edges.items() if module not in leaves}
    assert edges == {}


def test_only_the_outermost_modules_read_settings() -> None:
    readers = {module for module, path in MODULES.items() if "settings" in own_modules(path)}
    assert readers <= SETTINGS_READERS


@pytest.mark.parametrize("library", ONE_PLACE)
def test_a_heavy_library_enters_in_one_module(library: str) -> None:
    users = [m for m, path in MODULES.items() if library in libraries(path, typing=False)]
    assert len(users) <= 1, users


def test_nothing_heavy_is_imported_on_import() -> None:
    found = defaultdict(set)
    for module, path in MODULES.items():
        heavy = libraries(path, typing=False, functions=False) & HEAVY
        if heavy:
            found[module] = heavy
    assert set(found) == ENTRANCES
    for module, path in MODULES.items():
        assert not own_modules(path) & ENTRANCES, module


def test_the_program_never_imports_its_evaluation_or_tests() -> None:
    for path in MODULES.values():
        assert not libraries(path) & {"eval", "tests"}, path


def test_the_checks_bite(tmp_path: Path) -> None:
    file = tmp_path / "sample.py"
    code = "import torch\ndef f():\n    import chromadb\n    from assistant import cli\n"
    code += "if TYPE_CHECKING:\n    import gradio\n"
    file.write_text(code, encoding="utf-8")
    assert imports(file) == {"torch", "chromadb", "assistant.cli", "gradio"}
    assert imports(file, typing=False) == {"torch", "chromadb", "assistant.cli"}
    assert imports(file, typing=False, functions=False) == {"torch"}
    assert own_modules(file) == {"cli"}
    assert layer("folder.forms") == layer("folder")
    assert layer("unplaced_module") is None
    assert (layer("model") or 0) < (layer("cli") or 0)
