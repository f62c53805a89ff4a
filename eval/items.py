"""The question sets: reading them, and which of the two a new item belongs to."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

QUESTIONS = Path(__file__).parent / "questions"
SPLITS = ("dev", "test")
FIELDS = ("id", "kind", "turns", "status", "figures", "allowed", "words", "not_words", "cite", "may_cite")
FROZEN = ("d-", "t-")
"""Prefixes of the ids whose split is the file they stand in; it was fixed before the rule of `split_of`."""

Item = dict[str, Any]


class EvalError(Exception):
    """Something the user can mend; printed in one line, exit code 2."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The items of one file."""

    name: str
    """`dev`, `test`, or the name of another file without its ending."""
    path: Path
    sha256: str
    """Of the file's bytes, hex."""
    items: tuple[Item, ...]


def read_questions(path: Path) -> list[Item]:
    """The items of a question file. Raises EvalError with the line that is malformed or repeats an id."""
    items: list[Item] = []
    seen: set[str] = set()
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(f"{path}: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise EvalError(f"{path}:{number}: not JSON ({error})") from error
        missing = [f for f in FIELDS if f not in item] if isinstance(item, dict) else list(FIELDS)
        if missing:
            raise EvalError(f"{path}:{number}: without {', '.join(missing)}")
        wrong = _wrong_form(item)
        if wrong:
            raise EvalError(f"{path}:{number}: {wrong}")
        if item["id"] in seen:
            raise EvalError(f"{path}:{number}: id {item['id']} comes twice")
        seen.add(item["id"])
        items.append(item)
    if not items:
        raise EvalError(f"{path}: no questions")
    return items


def _wrong_form(item: Item) -> str:
    """What is not as README.md has it; "" where all is."""
    if not isinstance(item["id"], str) or not item["id"]:
        return "the id is no text"
    if item["status"] not in {"answered", "declined"}:
        return f"status {item['status']!r} is neither answered nor declined"
    for name in ("turns", "figures", "allowed", "not_words", "cite", "may_cite"):
        if not _texts(item[name]):
            return f"{name} is no list of texts"
    if not item["turns"]:
        return "there is no turn"
    if not isinstance(item["words"], list) or not all(map(_texts, item["words"])):
        return "words is no list of lists of texts"
    if not _texts(item.get("place", [])):
        return "place is no list of texts"
    facts = item.get("at", [])
    if not isinstance(facts, list) or not all(isinstance(f, dict) and "value" in f for f in facts):
        return "at is no list of facts with a value"
    return ""


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value)


def read_set(path: Path) -> QuestionSet:
    """One question file as a set. Raises EvalError like `read_questions`."""
    items = tuple(read_questions(path))
    return QuestionSet(path.stem, path, hashlib.sha256(path.read_bytes()).hexdigest(), items)


def open_sets(split: str, path: Path | None = None) -> list[QuestionSet]:
    """The sets to ask: the given file, or the split `dev`, `test` or `all`.

    Raises EvalError where a file is malformed or an id stands in two of them.
    """
    paths = [path] if path else [QUESTIONS / f"{s}.jsonl" for s in SPLITS if split in {s, "all"}]
    sets = [read_set(p) for p in paths]
    ids = [item["id"] for s in sets for item in s.items]
    if len(ids) != len(set(ids)):
        raise EvalError(f"an id stands in {' and in '.join(str(s.path) for s in sets)}")
    return sets


def split_of(id_: str) -> str:
    """The split a new item belongs to: `test` for one id in four, by the first byte of its SHA-256.

    Raises ValueError for ids older than the rule (`d-`, `t-`); their split is the file they stand in.
    """
    if id_.startswith(FROZEN):
        raise ValueError(f"{id_}: the split of ids in {', '.join(FROZEN)} is their file")
    return "test" if hashlib.sha256(id_.encode()).digest()[0] < 64 else "dev"


def digest(items: Iterable[Item]) -> str:
    """SHA-256 over ids and turns in order of id: changes when an item moves, comes, goes or is reworded."""
    rows = sorted(json.dumps([i["id"], *i["turns"]], ensure_ascii=False) for i in items)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def add(path: Path, folder: Path = QUESTIONS) -> dict[str, int]:
    """Appends the items of a file to the split each belongs to; how many went to each.

    Raises EvalError where the file is malformed, an id is there already, or is one of `FROZEN`.
    """
    new = read_questions(path)
    present = {i["id"] for s in SPLITS for i in read_questions(folder / f"{s}.jsonl")}
    for item in new:
        if item["id"] in present:
            raise EvalError(f"{path}: id {item['id']} is there already")
        if item["id"].startswith(FROZEN):
            raise EvalError(f"{path}: {item['id']}: new ids begin otherwise than {' or '.join(FROZEN)}")
    counts = dict.fromkeys(SPLITS, 0)
    for split in SPLITS:
        mine = [item for item in new if split_of(item["id"]) == split]
        _append(folder / f"{split}.jsonl", mine)
        counts[split] = len(mine)
    return counts


def _append(path: Path, items: Sequence[Item]) -> None:
    if not items:
        return
    text = path.read_text(encoding="utf-8")
    lines = [json.dumps(item, ensure_ascii=False) for item in items]
    path.write_text(text.rstrip("\n") + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
