"""The verdict that a clause bears: where it says every word of the question, and none where it leaves one over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from one_trial import asked

from assistant.model import Answer
from assistant.telling.verdict_words import clauses

_PROSE = """
T-1 was a single-arm phase II trial of 40 adults with newly diagnosed marrow failure without GATA2 mutations
(Study T-1) [1]. They received drug Aldorin until progression. Aldorin was given alone for four weeks before
prednisone was added. Poorer outcomes appeared in the hypoplastic subgroup. Rash was recorded in nine
patients, and QTc prolongation in three; no patient discontinued treatment on account of either. Ataxia was
seen in six patients; all of these events were grade 1 or 2. Loss of marker B7 was found in two relapses, but
B8 was retained in all. The stroma variants were removed with the exception of R12K. A comparison with placebo
is scheduled for 2031. Neither clinical nor laboratory tumor lysis syndrome was seen. The cells were made
without additional genetic manipulation. Fever predicted infection, whereas age did not.
"""
_TABLE = """Study,T-1
Authors,Moor et al. [1]
Agents,Aldorin + L-ASP
No. of patients,40
NCT No,NCT01234567
"""


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    engine = asked(tmp_path_factory.mktemp("bearing"), _PROSE, "Studies", _TABLE)
    return lambda question: engine.ask([question])


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Did the hypoplastic subgroup fare worse in T-1?", "Yes: "),
        ("Did the hypoplastic subgroup do better in T-1?", "No: "),
        ("Was Aldorin started before prednisone in T-1?", "Yes: "),
        ("Was prednisone started before Aldorin in T-1?", "No: "),
        ("Was any of the ataxia in T-1 grade 3?", "No: "),
        ("Did anyone in T-1 stop because of rash or QT prolongation?", "No: "),
        ("Did rash lead anyone to discontinue in T-1?", "No: "),
        ("Did anyone in T-1 get tumor lysis?", "No: "),
        ("Were the cells in T-1 made without genetic manipulation?", "Yes: "),
        ("Was R12K removed in T-1?", "No: "),
        ("Did age predict infection in T-1?", "No: "),
        ("Were the patients in T-1 pretreated?", "No: "),
        ("T-1 - was that for people just diagnosed?", "Yes: "),
        ("Were people with GATA2 mutations allowed in T-1?", "No: "),
        ("Was Aldorin stopped after a fixed 12 cycles in T-1?", "No: "),
        ("Does T-1 have a registration number?", "Yes: "),
        ("Did Moor et al. give asparaginase?", "Yes: "),
    ],
)
def test_a_clause_that_says_it_all_bears_the_verdict(
    question: str, begins: str, trial: Callable[[str], Answer]
) -> None:
    assert trial(question).text.startswith(begins)


@pytest.mark.parametrize(
    "question",
    [
        "Did the hypoplastic subgroup with monosomy do worse in T-1?",
        "Was R12K removed in mice in T-1?",
        "Did most of the rash in T-1 need steroids?",
        "Did anyone in T-1 stop because of nausea?",
        "Did Moor et al. give cyclosporine?",
        "Was B7 lost in all relapses in T-1?",
        "Did anyone in T-1 have a stroke?",
    ],
)
def test_a_word_left_over_bears_none(question: str, trial: Callable[[str], Answer]) -> None:
    assert not trial(question).text.startswith("Yes")


def test_a_clause_ends_where_another_is_denied() -> None:
    assert list(clauses("A fell, whereas B did not; C (n = 2) rose.")) == [
        "A fell",
        "whereas B did not",
        "C rose",
    ]
    assert list(clauses("Because A failed, B was taken.")) == ["Because A failed", "B was taken"]
    assert list(clauses("Twelve received A and 26 did not.")) == ["Twelve received A", "26 did not"]
