"""The program knows no review: nothing of the shipped corpus stands in ``assistant/``.

What must not stand there is read from the corpus, so that this file lists no figure either.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
REVIEW = ROOT / "corpus" / "t-all-ash-2022"
SOURCES = sorted(
    p for p in (ROOT / "assistant").rglob("*") if p.is_file() and p.suffix not in {".pyc", ".onnx"}
)
"""Weights are numbers; that they were not trained on this review is tested in test_training.py."""

# Words of the field that stand beside a drug's name; they belong to no review in particular.
FIELD = {
    "monotherapy",
    "combination",
    "therapy",
    "chemotherapy",
    "placebo",
    "cell",
    "cells",
    "car-t",
    "versus",
    "with",
}


def tables() -> list[list[list[str]]]:
    paths = sorted(REVIEW.glob("table-*.csv"))
    assert paths
    return [list(csv.reader(path.read_text(encoding="utf-8").splitlines())) for path in paths]


def prose() -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", (REVIEW / "review.md").read_text(encoding="utf-8"), flags=re.S)


def abstract_numbers() -> set[str]:
    return {cell for table in tables() for cell in table[0][1:] if cell.strip()}


def authors() -> set[str]:
    """First authors by family name; the others with initials (``Long, GV`` is a name, ``Long`` a word)."""
    found = set()
    references = (REVIEW / "references.bib").read_text(encoding="utf-8")
    for entry in re.findall(r"author\s*=\s*\{(.+?)\}", references):
        people = [person for person in entry.split(" and ") if person != "others"]
        found.add(people[0].split(",")[0])
        found |= {form for p in people for form in (p, p.replace(",", ""), p.split(",")[0] + " et al")}
    front = yaml.safe_load((REVIEW / "review.md").read_text(encoding="utf-8").split("---\n")[1])
    return found | {form for name in front["authors"] for form in (f"{name} et al", f"{name} and ")}


def agents() -> set[str]:
    """Words of the tables' row of agents, whichever row that is."""
    found = set()
    for table in tables():
        row = next(row for row in table if re.search(r"\b(agents?|drugs?)\b", row[0], re.IGNORECASE))
        for cell in row[1:]:
            found |= {word.strip("()") for word in re.split(r"[\s+/,]+", cell)}
    return {word for word in found if len(word) > 3 and word.lower() not in FIELD and not word.isdigit()}


def figures() -> set[str]:
    """Percentages, decimals, registry numbers and whole numbers of three or more digits that are no year.

    Round ones (100, 40%), which any text on method may name, prove nothing.
    """
    text = prose() + "\n".join(" ".join(row) for table in tables() for row in table[1:])
    found = re.findall(r"NCT\d+|(?<![\w.–-])\d+(?:\.\d+)?%|(?<![\w.])\d+\.\d+(?![\w.])", text)
    found += re.findall(r"(?<![\w.])\d{3,}(?![\w.])", text)
    return {f for f in found if not re.fullmatch(r"\d+0%?|(19|20)\d\d", f)}


FORBIDDEN = {
    "abstract number": abstract_numbers(),
    "author": authors(),
    "agent": agents(),
    "figure": figures(),
}


def standing_in(text: str, words: set[str], *, any_case: bool) -> set[str]:
    """The ``words`` that stand in ``text`` as words of their own."""
    if not words:  # an empty pattern would be found everywhere
        return set()
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    flags = re.IGNORECASE if any_case else 0
    return set(re.findall(rf"(?<![\w.])(?:{pattern})(?!\w|\.\d)", text, flags))


def test_the_corpus_gives_something_of_each_kind() -> None:
    n_studies = sum(len(table[0]) - 1 for table in tables())
    assert len(FORBIDDEN["abstract number"]) == n_studies >= 5
    assert min(len(words) for words in FORBIDDEN.values()) >= 5


@pytest.mark.parametrize("kind", FORBIDDEN)
@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_of_the_review_stands_in_the_program(path: Path, kind: str) -> None:
    text = path.read_text(encoding="utf-8")
    # a short name is a word of some language when it is not capitalised
    names = {word for word in FORBIDDEN[kind] if kind in {"agent", "author"} and len(word) > 5}
    assert standing_in(text, names, any_case=True) == set()
    assert standing_in(text, FORBIDDEN[kind] - names, any_case=False) == set()


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_the_search_bites(kind: str) -> None:
    for word in FORBIDDEN[kind]:
        assert standing_in(f'x = "{word}"  # {word}.', FORBIDDEN[kind], any_case=False)
