"""The gate of the check: true and false statements of every fact, and statements written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.check.model import Judged, Verdict, worst
from assistant.check.text import Checker
from assistant.corpus.corpus import read_review
from assistant.vocabulary.vocabulary import load_vocabulary
from eval.guard import Item, Result, faults, items, judged, reviews

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "tests" / "texts"
FOLDERS = {
    "t-all-ash-2022": ROOT / "corpus",
    "myeloma-meeting-2024": ROOT / "tests" / "reviews",
    "aplastic-anaemia-2025": ROOT / "tests" / "reviews",
}


@pytest.mark.slow
def test_false_statements_do_not_pass_and_true_ones_do() -> None:
    found = reviews()
    assert faults(judged(items(found), found)) == []


def test_the_gate_can_fail() -> None:
    def result(family: str, verdict: Verdict, *, true: bool) -> Result:
        return Result(Item(family, "text", "review", true), verdict, "")

    good = [result("terse", Verdict.SUPPORTED, true=True)] * 600
    good += [result("digit changed", Verdict.CONTRADICTED, true=False)] * 2100
    assert faults(good) == []
    assert len(faults([*good, result("digit changed", Verdict.SUPPORTED, true=False)])) == 1
    assert faults(good + [result("negation", Verdict.SUPPORTED, true=False)] * 22) != []
    assert faults(good + [result("terse", Verdict.NOT_CHECKABLE, true=True)] * 40) != []
    assert faults(good[:2000]) != []


def parts_of(text: str, statements: tuple[Judged, ...], lines: list[str]) -> list[Verdict]:
    """The worst verdict of the statements of each line."""
    found, at = [], 0
    for line in lines:
        start = text.index(line, at)
        at = start + len(line)
        found.append(worst(s for s in statements if start <= s.start < at))
    return found


def by_hand(name: str) -> tuple[list[str], list[Verdict]]:
    """The lines of a text, each with its mark, and their verdicts; read as one text with its headings."""
    lines = [line for line in (TEXTS / f"{name}.txt").read_text("utf-8").splitlines() if line.strip()]
    text = "\n\n".join(line if line.startswith("#") else line[2:] for line in lines)
    review = next(r for r in FOLDERS if name.startswith(r))
    checker = Checker([read_review(FOLDERS[review] / review, load_vocabulary())])
    lines = [line for line in lines if not line.startswith("#")]
    return lines, parts_of(text, checker.check(text), [line[2:] for line in lines])


FREE = {**FOLDERS, "cll-waldenstrom-2025": ROOT / "tests" / "reviews"}
"""Reviews with statements in free prose: notes, letters, slides, manuscripts, each judged by itself."""


@pytest.mark.parametrize("review", FREE)
def test_free_prose(review: str) -> None:
    lines = (TEXTS / f"{review}-free.txt").read_text("utf-8").splitlines()
    checker = Checker([read_review(FREE[review] / review, load_vocabulary())])
    found = [(line, worst(checker.check(line[2:]))) for line in lines]
    assert [x for x, v in found if x[0] == "-" and v is Verdict.SUPPORTED] == []
    assert any(x[0] == "-" for x, _ in found)
    true = [(x, v) for x, v in found if x[0] == "+"]
    assert sum(v is Verdict.SUPPORTED for _, v in true) >= 0.75 * len(true)
    assert sum(v is Verdict.CONTRADICTED for _, v in true) <= 1


KINDS = {"": 0.9, "-prose": 0.8, "-unseen": 0.5, "-last": 0.6, "-false": 0.0}
"""The least share of true statements that must be supported, by kind of text."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("review", FOLDERS)
def test_statements_by_hand(review: str, kind: str) -> None:
    lines, verdicts = by_hand(review + kind)
    false = [x for x, v in zip(lines, verdicts, strict=True) if x[0] in "-?" and v is Verdict.SUPPORTED]
    assert false == []
    assert any(x[0] == "-" for x in lines)
    true = [v for x, v in zip(lines, verdicts, strict=True) if x[0] == "+"]
    assert true.count(Verdict.SUPPORTED) >= KINDS[kind] * len(true)
    wrong = [v for v in true if v in {Verdict.CONTRADICTED, Verdict.NOT_FOUND}]
    assert len(wrong) <= 0.07 * len(true)


def test_a_mean_and_its_spread_are_not_exchanged() -> None:
    checker = Checker([read_review(ROOT / "tests" / "reviews" / "complement-2025", load_vocabulary())])
    told = "Abstract S306: The mean time to platelet response was {} days."
    assert worst(checker.check(told.format("3.4 ± 1.9"))) is Verdict.SUPPORTED
    assert worst(checker.check(told.format("1.9 ± 3.4"))) is not Verdict.SUPPORTED
