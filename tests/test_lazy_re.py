"""Patterns that are compiled when they are first used, and every one of the program's."""

from __future__ import annotations

import ast
import copy
import importlib
import re
from pathlib import Path

import pytest
from asking import CORPUS, dev_items

from assistant import lazy_re

PACKAGE = Path(__file__).resolve().parents[1] / "assistant"
USERS = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if path.name != "lazy_re.py" and "from assistant import lazy_re as re" in path.read_text(encoding="utf-8")
)


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The patterns that are compiled while a test runs."""
    found: list[str] = []
    original = re.compile

    def compile(pattern: str, flags: int = 0) -> re.Pattern[str]:
        found.append(pattern)
        return original(pattern, flags)

    monkeypatch.setattr(re, "compile", compile)
    return found


def test_a_pattern_is_compiled_once_when_it_is_first_used(compiled: list[str]) -> None:
    pattern = lazy_re.compile("a(b+)", lazy_re.IGNORECASE)
    assert compiled == []
    assert pattern.search("xABB").span() == (1, 4)  # type: ignore[union-attr]
    assert pattern.sub(r"\1", "ab") == "b"
    assert [m[1] for m in pattern.finditer("ab abb")] == ["b", "bb"]
    assert compiled == ["a(b+)"]


def test_it_has_what_a_compiled_pattern_has() -> None:
    lazy, eager = (module.compile("(?P<year>[0-9]{4})", module.ASCII) for module in (lazy_re, re))
    assert (lazy.pattern, lazy.flags, lazy.groupindex) == (eager.pattern, eager.flags, eager.groupindex)
    assert lazy.split("a2022b") == eager.split("a2022b") == ["a", "2022", "b"]
    assert lazy.subn("", "2022") == ("", 1)
    with pytest.raises(AttributeError):
        lazy.nothing_of_the_kind  # type: ignore[attr-defined]  # noqa: B018


def test_a_copy_finds_the_same() -> None:
    pattern = lazy_re.compile("b")
    assert copy.copy(pattern).findall("abb") == copy.deepcopy(pattern).findall("abb") == ["b", "b"]


def test_an_error_shows_at_the_first_use() -> None:
    with pytest.raises(re.error, match="missing"):
        lazy_re.compile("(").search("")


@pytest.mark.parametrize("path", USERS, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_pattern_of_the_program_compiles(path: Path) -> None:
    name = ".".join(("assistant", *path.relative_to(PACKAGE).with_suffix("").parts))
    module = importlib.import_module(name)
    lazy = [value for value in vars(module).values() if isinstance(value, lazy_re._Lazy)]
    assert all(re.compile(p.pattern, p._given) for p in lazy)
    own = ast.parse(path.read_text(encoding="utf-8")).body
    direct = [n for n in own if isinstance(n, ast.Assign) and ast.unparse(n.value).startswith("re.compile(")]
    assert len(lazy) >= len(direct)


def test_the_functions_compile_a_pattern_once_however_many_come_after_it(compiled: list[str]) -> None:
    for n in range(600):  # the module re would have forgotten the first one
        assert lazy_re.search("a+ of the functions", "AA of the functions", lazy_re.IGNORECASE)
        assert lazy_re.sub(f"{n}b", "", f"{n}bc", count=1) == "c"
    assert compiled.count("a+ of the functions") == 1


def test_all_are_compiled_at_once_where_that_is_wanted(compiled: list[str]) -> None:
    pattern = lazy_re.compile("of_this_test_alone")
    lazy_re.compile_now()
    assert compiled.count("of_this_test_alone") == 1
    assert pattern.search("of_this_test_alone")
    lazy_re.compile_now()
    assert compiled.count("of_this_test_alone") == 1


LONG = r"\b(?:first|second|third)\b.{0,9}\b(?P<what>" + "|".join(f"sign{i} of it" for i in range(20)) + ")"


def test_a_long_pattern_looks_in_lower_case_once_it_is_used_again(compiled: list[str]) -> None:
    pattern = lazy_re.compile(LONG, lazy_re.IGNORECASE)
    for _ in range(5):
        assert pattern.search("The First \u2265 Sign7 of it.")["what"] == "Sign7 of it"  # type: ignore[index]
        assert pattern.search("THE FIRST SIGN7 OF IT").span() == (4, 21)  # type: ignore[union-attr]
        assert pattern.search("The first sign.") is None
        assert pattern.search("The first sign7 of it", 5) is None
        assert pattern.sub("x", "The First sign1 of it, sign2") == "The x, sign2"
        assert pattern.sub("x", "nothing of it") == "nothing of it"
    assert compiled == [LONG, LONG]


@pytest.mark.parametrize("cased", ["(?-i:A)", "A", "(?i:a)", "(?s-i:a)", r"[a-zA-Z]"])
def test_what_tells_letter_case_never_looks_in_lower_case(compiled: list[str], cased: str) -> None:
    pattern = lazy_re.compile(LONG + cased, lazy_re.IGNORECASE)
    for _ in range(9):
        pattern.search("the first thing")
    assert compiled == [LONG + cased]


def test_each_pattern_that_looks_in_lower_case_finds_what_it_found_without() -> None:
    texts = [turn for item in dev_items()[::15] for turn in item["turns"] if turn.isascii()]
    texts += [
        s for path in CORPUS.rglob("review.md") for s in path.read_text("utf-8").split(". ") if s.isascii()
    ]
    looked = 0
    for path in USERS:
        name = ".".join(("assistant", *path.relative_to(PACKAGE).with_suffix("").parts))
        for lazy in vars(importlib.import_module(name)).values():
            if not isinstance(lazy, lazy_re._Lazy) or "_look_twice" not in lazy.search.__qualname__:
                continue
            plain = re.compile(lazy.pattern, lazy._given)
            looked += 1
            for text in texts:
                found, wanted = lazy.search(text), plain.search(text)
                assert (found and found.span()) == (wanted and wanted.span()), (lazy.pattern, text)
    assert looked > 300
