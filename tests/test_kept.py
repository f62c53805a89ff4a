"""What is kept for the next process: whole and of the same bytes, or made anew."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from assistant.files import kept as module
from assistant.files.kept import Kept, Made, key_of
from assistant.files.kept_values import decoder, encoded
from assistant.text.text import tokens
from assistant.vocabulary.vocabulary import Lexicon

Numbers = tuple[int, ...]
KEY = key_of(b"something")


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Inner:
    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Outer:
    colour: Colour
    parts: tuple[Inner, ...]
    groups: Mapping[str, Mapping[str, frozenset[str]]]
    flags: tuple[bool, ...] = ()


OUTER = Outer(Colour.RED, (Inner("ä\n", 3), Inner("")), {"b": {"x": frozenset({"2", "1"})}, "a": {}}, (True,))


def only(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


# -- values


def test_a_value_comes_back_as_it_was_with_its_order() -> None:
    found = decoder(Outer)(json.loads(json.dumps(encoded(OUTER))))
    assert found == OUTER
    assert list(found.groups) == ["b", "a"]
    assert type(found.colour) is Colour


def test_its_form_is_rows_of_fields() -> None:
    assert encoded(OUTER) == ["red", [["ä\n", 3], ["", None]], {"b": {"x": ["1", "2"]}, "a": {}}, [True]]


@pytest.mark.parametrize(
    "form",
    [
        None,
        {},
        ["red", [], {}],  # a field too few
        ["red", [], {}, [], []],
        ["blue", [], {}, []],
        ["red", [["a", "3"]], {}, []],
        ["red", [["a", True]], {}, []],
        ["red", [["a", 3.0]], {}, []],
        ["red", [[None, 3]], {}, []],
        ["red", [], {"a": {"x": "12"}}, []],
        ["red", [], [], []],
        ["red", [], {}, [1]],
    ],
)
def test_any_other_form_is_refused(form: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the form of the message is of no matter
        decoder(Outer)(form)


def test_a_lexicon_comes_back_and_can_be_added_to() -> None:
    lexicon = Lexicon()
    for form, term, cased in [
        ("event-free survival", "EFS", False),
        ("OS", "OS", True),
        ("survival", "S", False),
    ]:
        lexicon.add(form, term, cased=cased)
    found = decoder(Lexicon)(json.loads(json.dumps(encoded(lexicon))))
    other = found.copy()
    other.add("survival rate", "rate")
    other.give("OS", "own")
    words = tokens("Event free survival, OS, os, survival rate")

    def ids(of: Lexicon) -> list[tuple[tuple[str, ...], bool]]:
        return [(m.ids, m.exact) for m in of.find(words)]

    assert ids(found) == ids(lexicon) == [(("EFS",), False), (("OS",), True), (("S",), False)]
    assert ids(other) == [(("EFS",), False), (("own",), True), (("rate",), False)]
    assert other.packed() == decoder(Lexicon)(encoded(other)).packed()


def test_a_lexicon_with_a_mark_of_the_form_in_it_is_not_written(tmp_path: Path) -> None:
    lexicon = Lexicon()
    lexicon.add("a\x1fb", "x", cased=True)
    Kept(tmp_path).put("lexicon", KEY, lexicon)
    assert list(tmp_path.iterdir()) == []


# -- files


def test_what_was_kept_is_found_by_name_and_key(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "home" / "kept")
    assert kept.get("outer", KEY, Outer) is None
    kept.put("outer", KEY, OUTER)
    assert kept.get("outer", KEY, Outer) == OUTER
    assert kept.get("other", KEY, Outer) is None
    assert kept.get("outer", key_of(b"something else"), Outer) is None


@pytest.mark.parametrize(
    "harm",
    [
        lambda raw: raw[:-1],
        lambda raw: raw[: len(raw) // 2],
        lambda raw: b"",
        lambda raw: raw.replace(b"red", b"rod"),
        lambda raw: raw.replace(b"3", b"4", 1),
        lambda raw: raw.split(b"\n")[1],
        lambda raw: raw + b" ",
        lambda raw: b"\xff" + raw,
        lambda raw: module._head(KEY, b"[") + b"\n[",
        lambda raw: module._head(KEY, b"[" * 100_000) + b"\n" + b"[" * 100_000,
        lambda raw: module._head(KEY, b'["blue",[],{},[]]') + b'\n["blue",[],{},[]]',
        lambda raw: module._head(key_of(b"x"), raw.partition(b"\n")[2]) + b"\n" + raw.partition(b"\n")[2],
    ],
    ids="cut half empty word digit headless longer binary json deep foreign key".split(),
)
def test_a_damaged_or_foreign_file_is_made_anew(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    kept = Kept(tmp_path)
    kept.put("outer", KEY, OUTER)
    path = only(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(harm(whole))
    assert path.read_bytes() != whole
    assert kept.get("outer", KEY, Outer) is None
    kept.put("outer", KEY, OUTER)
    assert path.read_bytes() == whole


def test_each_byte_of_a_file_is_checked(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.put("outer", KEY, OUTER)
    path = only(tmp_path)
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert kept.get("outer", KEY, Outer) is None, at


def test_a_home_that_cannot_be_written_keeps_nothing_and_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = Kept(tmp_path / "file" / "kept")
    kept.put("outer", KEY, OUTER)
    assert kept.get("outer", KEY, Outer) is None
    made = Made(kept, b"raw")
    assert made.get("sum", lambda: Numbers, lambda: (3,)) == (3,)


def test_a_folder_in_the_files_place_is_no_matter(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.put("outer", KEY, OUTER)
    path = only(tmp_path)
    path.unlink()
    path.mkdir()
    assert kept.get("outer", KEY, Outer) is None
    kept.put("outer", KEY, OUTER)
    assert only(tmp_path) == path  # what was written beside it is gone


def test_half_a_surrogate_pair_is_not_written(tmp_path: Path) -> None:
    Kept(tmp_path).put("name", KEY, Inner("\ud800"))
    assert list(tmp_path.iterdir()) == []


def test_few_files_of_a_name_stay(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.put("other", KEY, Inner("stays"))
    for n in range(9):
        kept.put("outer", key_of(b"%d" % n), Inner(str(n)))
    assert len(list(tmp_path.glob("outer-*"))) == module._MOST
    assert kept.get("outer", key_of(b"8"), Inner) == Inner("8")
    assert kept.get("other", KEY, Inner) == Inner("stays")


def test_readers_beside_writers_see_the_whole_or_nothing(tmp_path: Path) -> None:
    kept, values = Kept(tmp_path), [tuple(range(n * 4000)) for n in (1, 2)]
    seen: list[Any] = []

    def write(value: tuple[int, ...]) -> None:
        for _ in range(20):
            kept.put("numbers", KEY, value)
            seen.append(kept.get("numbers", KEY, Numbers))

    threads = [threading.Thread(target=write, args=(value,)) for value in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 40
    assert all(value in values for value in seen)
    assert len(list(tmp_path.iterdir())) == 1


# -- keys


def test_the_parts_of_a_key_are_told_apart() -> None:
    assert len({key_of(b"ab", b"c"), key_of(b"a", b"bc"), key_of(b"abc"), key_of(b"abc", b"")}) == 4


def test_another_program_makes_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key_of(b"a")
    monkeypatch.setattr(module, "program", lambda: "another")
    assert key_of(b"a") != before


def test_the_program_is_its_modules_and_the_python_that_runs_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "__file__", str(tmp_path / "kept.py"))
    program = module.program.__wrapped__
    (tmp_path / "facts.py").write_text("A = 1", encoding="utf-8")
    first = program()
    assert program() == first
    (tmp_path / "facts.py").write_text("A = 2", encoding="utf-8")
    second = program()
    (tmp_path / "facts.py").rename(tmp_path / "fact.py")
    third = program()
    monkeypatch.setattr(module.sys, "version", "3.99")
    assert len({first, second, third, program()}) == 4


# -- what follows from some bytes


def test_it_is_made_once_and_found_by_the_next_process(tmp_path: Path) -> None:
    calls: list[str] = []

    def make() -> tuple[int, ...]:
        calls.append("made")
        return (1, 2)

    first, second, other = (Made(Kept(tmp_path), raw) for raw in (b"raw", b"raw", b"other"))
    assert [first.get("n", lambda: Numbers, make) for _ in range(2)] == [(1, 2)] * 2
    assert second.get("n", lambda: Numbers, make) == (1, 2)
    assert calls == ["made"]
    assert other.get("n", lambda: Numbers, make) == (1, 2)
    assert calls == ["made"] * 2


def test_without_a_place_it_is_made_in_each_process() -> None:
    assert Made(None, b"raw").get("n", lambda: Numbers, lambda: (1,)) == (1,)
    assert Made(None, b"raw").get("n", lambda: Numbers, lambda: (2,)) == (2,)
