"""The scorer on perfect answers, on mutants of them, and on real answers that were graded by hand."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from gold_answers import mutants, perfect

import eval
from eval.items import open_sets
from eval.measures import MEASURES, measure

ITEMS = [item for s in open_sets("all") for item in s.items]
SCORER = ("figures", "gold", "qualifiers", "support", "score", "measures", "statistics", "summary")
COUNTS = {"answered", "n_figures", "n_wrong", "n_chars", "evidence_recall", "false_decline"}


def test_the_scorer_imports_nothing_of_the_program() -> None:
    for name in SCORER:
        tree = ast.parse((Path(eval.__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
        modules = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
        modules += [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
        assert [m for m in modules if m.split(".")[0] == "assistant"] == [], name


def test_a_perfect_answer_has_every_measure_at_its_best() -> None:
    imperfect = []  # ids alone: a failure must not print what test asks
    for item in ITEMS:
        result, scores = measure(item, perfect(item))
        best = [name for name in MEASURES if name not in COUNTS and scores[name] not in {None, 1}]
        if not result.right or best or scores["n_wrong"] or scores["false_decline"]:
            imperfect.append((item["id"], *best))
    assert imperfect == []


def test_every_mutant_loses() -> None:
    made: Counter[str] = Counter()
    survivors = []
    for item in ITEMS:
        for name, reply in mutants(item):
            made[name] += 1
            if measure(item, reply)[0].right:
                survivors.append((item["id"], name))
    assert survivors == []
    assert made.total() >= 5000
    for name in ("digit changed", "other arm's figure", "other abstract cited", "citation removed"):
        assert made[name] >= 500, name
    for name in ("answered instead of declined", "declined instead of answered", "unasked figure first"):
        assert made[name] >= 200, name
    for name in ("unit dropped", "unit added", "other group", "other time point", "other study"):
        assert made[name] >= 100, name


def cited(abstract: str, locator: str, quote: str) -> dict[str, Any]:
    return {"abstract": abstract, "locator": locator, "quote": quote}


GMALL_CELL = "1-year OS: 89%; 3-year OS: 78%"
TEXT_4053 = (
    "In the combination and monotherapy groups, the CR rates were 62% and 40%, respectively (p = 0.21); the "
    "2-year relapse-free survival (RFS) reached 68.8% vs. 26.7% and the 2-year OS 52.9% vs. 8%, respectively."
)
TRANSPLANTED = (
    "Allogeneic stem cell transplantation was performed in seventy-eight high-risk patients, whose 3-year OS "
    "was 68%."
)

# Answers that engines gave, graded by reading the review: id, text, status, citations, facts, faults and
# measures. Where `|` parts the text, each part is a statement with the citation of its place.
GRADED: list[
    tuple[str, str, str, list[dict[str, Any]], list[dict[str, str]], set[str], dict[str, float | None]]
] = [
    (  # the program: right in every respect
        "d-001",
        "In Goekbuget et al., the 3-year OS was 78% for all patients.",
        "answered",
        [cited("51", "Table 1, Survival outcome", GMALL_CELL)],
        [{"study": "51", "attribute": "OS", "time_point": "3-year", "group": "all patients", "value": "78%"}],
        set(),
        {"citation_recall": 1, "citation_precision": 1, "place": 1, "facts_right": 1, "focus": 1},
    ),
    (  # BM25: the figure of the transplanted patients
        "d-001",
        TRANSPLANTED,
        "answered",
        [cited("51", "Nelarabine-based treatment, paragraph 1, sentence 3", TRANSPLANTED)],
        [],
        {"missing", "wrong", "lead"},
        {"citation_recall": 1, "place": 1, "figure_recall": 0, "n_wrong": 2, "focus": 0},
    ),
    (  # the textbook stack: the right chunk's right sentence, but both arms' figures, and its mark is of 54
        "d-230",
        TEXT_4053,
        "answered",
        [cited("54", "chunk 2", TEXT_4053)],
        [],
        {"wrong", "citation"},
        {"figure_recall": 1, "place": 0, "citation_recall": 1},
    ),
    (  # a right decline that names what there is
        "d-295",
        "The review does not report 5-year OS for Abstract 51; it gives 1-year and 3-year OS.",
        "declined",
        [cited("51", "Table 1, Survival outcome", GMALL_CELL)],
        [],
        set(),
        {"decline_right": 1, "citation_recall": None, "lead": None},
    ),
    (  # an answer to what is not reported
        "d-295",
        "The 5-year OS was 78%.",
        "answered",
        [cited("51", "Table 1, Survival outcome", GMALL_CELL)],
        [],
        {"status"},
        {"decline_right": 0, "false_decline": None},
    ),
    (  # a comparison whose closing sentence cites nothing: right, but one statement of three is uncited
        "d-085",
        "In Goekbuget et al., the 3-year OS was 78%. | In Hatta et al., the 3-year OS was 93.4%. | These are "
        "separate studies, not a head-to-head comparison.",
        "answered",
        [
            cited("51", "Table 1, Survival outcome", GMALL_CELL),
            cited("54", "Table 1, Survival outcome", "3-year OS: 93.4%; 3-year EFS: 88.6%; 3-year CIR: 5.3%"),
        ],
        [],
        set(),
        {"citation_recall": 2 / 3, "citation_precision": 1, "focus": 1, "lead": 1},
    ),
    (  # the monotherapy figure given to the combination, as a small language model did
        "d-230",
        "The 2-year OS was 52.9% in the monotherapy group.",
        "answered",
        [cited("4053", "Nelarabine-based treatment, paragraph 3, sentence 3", TEXT_4053)],
        [],
        {"fact"},
        {"figure_recall": 1, "n_wrong": 0},
    ),
    (  # a false decline
        "d-004",
        "The review does not report the median follow-up of Abstract 51.",
        "declined",
        [],
        [],
        {"status", "missing", "lead", "citation"},
        {"false_decline": 1, "figure_recall": 0, "answered": 0},
    ),
    (  # a difference in points, worked out from the two figures of the cited sentence
        "d-216",
        "The 2-year OS was 44.9 percentage points higher with the combination (52.9% against 8%).",
        "answered",
        [cited("4053", "Nelarabine-based treatment, paragraph 3, sentence 3", TEXT_4053)],
        [],
        set(),
        {"citation_recall": 1, "lead": 1, "focus": 1 / 3},
    ),
    (  # the right figure with a quotation that does not hold it
        "d-006",
        "The 1-year OS was 89%.",
        "answered",
        [
            cited(
                "51",
                "Nelarabine-based treatment, paragraph 1, sentence 2",
                "In this cohort, with a 28-month median follow-up, the 3-year overall survival (OS) rate of "
                "all patients was 78%.",
            )
        ],
        [],
        set(),
        {"citation_recall": 0, "citation_precision": 0, "citation_valid": 1, "place": 0},
    ),
]


@pytest.mark.parametrize(("id_", "text", "status", "citations", "facts", "faults", "measures"), GRADED)
def test_an_answer_graded_by_hand(
    id_: str,
    text: str,
    status: str,
    citations: list[dict[str, Any]],
    facts: list[dict[str, str]],
    faults: set[str],
    measures: dict[str, float | None],
) -> None:
    item = next(i for i in ITEMS if i["id"] == id_)
    parts = text.split(" | ")
    numbers = [[n] if n < len(citations) else [] for n in range(len(parts))]
    numbers = numbers if len(parts) > 1 else [list(range(len(citations)))]
    statements = [{"text": t, "citations": n} for t, n in zip(parts, numbers, strict=True)]
    text = " ".join(parts)
    reply = {"id": id_, "status": status, "answer": text, "statements": statements} | {
        "citations": citations,
        "facts": facts,
    }
    result, scores = measure(item, reply)
    assert {name for name, _ in result.reasons} == faults
    assert {name: scores[name] for name in measures} == pytest.approx(measures)


def test_there_are_ten_answers_graded_by_hand() -> None:
    assert len(GRADED) == 10
