"""`python -m eval figures`: questions after figures over reviews that the program was not built on."""

from __future__ import annotations

import pytest

from eval.__main__ import main
from eval.at_sight import QUESTIONS, REVIEWS, outcome, read_questions
from eval.items import EvalError

TOLD = {"turns": ["ORR with X?"], "figures": [["7", "Table 1, ORR", "61.5%"]], "near": []}
UNTOLD = {"turns": ["ORR with Y?"], "figures": [], "near": []}


@pytest.mark.parametrize(
    ("row", "status", "answer", "became"),
    [
        (TOLD, "answered", "The ORR was 61.5% (8/13 patients).", "right"),
        (TOLD, "answered", "The ORR was 61.5%, the CR 20%, the PR 41%, PFS 12%.", "crowded"),
        (TOLD, "answered", "The ORR was 16.5%.", "wrong"),
        (TOLD, "declined", "The review does not report that; it gives 61.5%.", "declined"),
        (
            TOLD | {"figures": [["7", "Table 1, Age", "88"]]},
            "answered",
            "The age range was 21–88 years.",
            "right",
        ),
        (
            TOLD
            | {"figures": [["7", "Table 1, Registration", "2019"], ["7", "Table 1, Registration", "0887"]]},
            "answered",
            "The registration number was XCT-2019-0887.",
            "right",
        ),
        (
            TOLD
            | {"figures": [["7", "Table 1, Registration", "2019"], ["7", "Table 1, Registration", "0887"]]},
            "answered",
            "The registration number was XCT-2019-0878.",
            "wrong",
        ),
        (UNTOLD, "declined", "The review does not report that.", "right"),
        (UNTOLD, "answered", "The ORR was 61.5%.", "wrong"),
        (
            TOLD | {"figures": [["7", "Text", "not reached"]]},
            "answered",
            "The median was not reached.",
            "right",
        ),
    ],
)
def test_what_became_of_a_question(row, status, answer, became):
    assert outcome(row, status, answer) == became


def test_every_question_is_over_a_review_of_the_repository_and_not_over_the_shipped_one():
    rows = read_questions()
    folders = {path.name for folder in REVIEWS for path in folder.iterdir() if path.is_dir()}
    assert len(rows) > 8000
    assert {review for review, _ in rows} <= folders
    assert all(row["turns"] and isinstance(row["figures"], list) for _, row in rows)
    assert 0.1 < sum(not row["figures"] for _, row in rows) / len(rows) < 0.3


def test_no_question_stands_twice_over_a_review():
    for path in QUESTIONS.glob("*.jsonl"):
        asked = [tuple(row["turns"]) for _, row in read_questions([path.stem])]
        assert len(set(asked)) == len(asked)


def test_a_review_without_questions_is_refused():
    with pytest.raises(EvalError, match="nowhere-2020"):
        read_questions(["nowhere-2020"])


@pytest.mark.slow
def test_it_prints_how_many_were_right(capsys):
    assert main(["figures", "--review", "complement-2025", "--sample", "12"]) == 0
    lines = capsys.readouterr().out.splitlines()
    counted = [line.split() for line in lines if line.startswith("told by the review")]
    assert [row[4] for row in counted] == ["right", "crowded", "wrong", "declined"]
    assert sum(int(row[5]) for row in counted) == int(counted[0][7]) > 4
