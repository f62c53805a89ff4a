"""Places of a review that cannot both be right: found where there are such, and only there; both shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from asking import CORPUS, REVIEWS, engine_over
from figure_cases import LEUKAEMIA, MARROW, MYELOMA, Case, Engines, check

from assistant.conflicts import Disagreement, find_conflicts
from assistant.corpus.corpus import Review, read_corpus
from assistant.model import Fact
from assistant.say import Speaker
from assistant.selection import Selector
from assistant.vocabulary.vocabulary import load_vocabulary

FOLDERS = {
    LEUKAEMIA: CORPUS,
    MARROW: REVIEWS / "aplastic-anaemia-2025",
    MYELOMA: REVIEWS / "myeloma-meeting-2024",
}


def found_in(review: Review) -> tuple[Disagreement, ...]:
    vocabulary = load_vocabulary()
    return find_conflicts(review, Selector(review, vocabulary), Speaker(review, vocabulary), vocabulary)


@pytest.fixture(scope="module")
def reviews() -> dict[str, Review]:
    vocabulary = load_vocabulary()
    return {name: read_corpus(folder, vocabulary).reviews[0] for name, folder in FOLDERS.items()}


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        (LEUKAEMIA, [("980", "n_patients"), ("1995", "CR")]),
        (MARROW, [("87", "clonal_evolution"), ("P-0423", "sustained_response")]),
        (MYELOMA, [("S-230", "ORR")]),
    ],
)
def test_just_the_conflicts_of_a_review_are_found(
    reviews: dict[str, Review], review: str, expected: list[tuple[str, str]]
) -> None:
    found = found_in(reviews[review])
    assert [c.study for c in found] == [study for study, _ in expected]
    for conflict, (_, attribute) in zip(found, expected, strict=True):
        assert conflict.attribute == attribute or review == MARROW


@pytest.mark.parametrize(
    ("review", "study", "sides"),
    [
        (LEUKAEMIA, "980", ("34", "18", "52", "53")),
        (LEUKAEMIA, "1995", ("80%", "4 patients")),
        (MARROW, "P-0423", ("53.3", "56.7")),
        (MARROW, "87", ("six", "five", "11", "12")),
        (MYELOMA, "S-230", ("62.3%", "66.2%")),
    ],
)
def test_a_note_gives_both_sides_and_cites_each(
    reviews: dict[str, Review], review: str, study: str, sides: tuple[str, ...]
) -> None:
    conflict = next(c for c in found_in(reviews[review]) if c.study == study)
    assert all(side in conflict.note for side in sides)
    assert conflict.line.text == conflict.note
    assert set(conflict.line.support) == {(f.passage, study) for f in conflict.facts}
    assert conflict.line.facts == conflict.facts


@pytest.mark.parametrize("study", ["S-114", "S-207"])
def test_a_length_without_its_unit_in_the_cell_is_no_conflict(reviews: dict[str, Review], study: str) -> None:
    # the row head holds "months", so that the cell says 6.2 and the text 6.2 months
    assert study not in {c.study for c in found_in(reviews[MYELOMA])}


def _changed(review: Review, study: str, attribute: str, **to: object) -> Review:
    """The review with one of the cell's facts of a study changed."""
    cells = {p.id for p in review.passages if p.locator.kind == "cell"}
    old = next(f for f in review.facts if (f.study, f.attribute) == (study, attribute) and f.passage in cells)
    new: Fact = replace(old, **to)  # type: ignore[arg-type]
    return replace(review, facts=tuple(new if f is old else f for f in review.facts))


def test_a_changed_cell_becomes_a_conflict(reviews: dict[str, Review]) -> None:
    changed = _changed(reviews[LEUKAEMIA], "54", "EFS", value="81.1%", percent="81.1%")
    note = next(c.note for c in found_in(changed) if c.study == "54")
    assert "the text gives 88.6%" in note
    assert "the table gives 81.1%" in note


def test_a_figure_of_another_time_point_is_no_conflict(reviews: dict[str, Review]) -> None:
    changed = _changed(reviews[LEUKAEMIA], "54", "EFS", value="81.1%", percent="81.1%", time_point="4-year")
    assert "54" not in {c.study for c in found_in(changed)}


def test_a_changed_length_becomes_a_conflict(reviews: dict[str, Review]) -> None:
    changed = _changed(reviews[MYELOMA], "S-114", "median_age", value="78")
    assert "S-114" in {c.study for c in found_in(changed)}


def test_parts_that_no_longer_make_their_total_become_a_conflict(reviews: dict[str, Review]) -> None:
    review = reviews[LEUKAEMIA]
    whole = next(
        f for f in review.facts if (f.study, f.attribute, f.n) == ("51", "n_patients", 281) and not f.group
    )
    cells = {p.id for p in review.passages if p.locator.kind == "cell"}
    facts = tuple(
        replace(f, n=282, value="282") if f.study == "51" and f.n == whole.n and f.passage in cells else f
        for f in review.facts
    )
    note = next(c.note for c in found_in(replace(review, facts=facts)) if c.study == "51")
    assert "208 (T-ALL) + 73 (T-LBL) makes 281, not the 282" in note


ASKED = [
    Case(LEUKAEMIA, "What share of Abstract 1995 reached CR?", "1995", ("80%", "4"), says=("reconcile",)),
    Case(
        MARROW,
        "Sustained response at month 6 with verotrombopag in Poster P-0423?",
        "P-0423",
        ("53.3", "56.7"),
        says=("the table gives", "the text gives"),
    ),
    Case(MYELOMA, "Which ORR did the RP2D reach in Study S-230?", "S-230", ("62.3%", "66.2%"), ("51", "77")),
    Case(
        LEUKAEMIA,
        "How many patients enrolled in Abstract 980, and how were they split by disease?",
        "980",
        ("53", "34", "18"),
        ("52",),
        says=("makes 52",),
    ),
]


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.slow
@pytest.mark.parametrize("case", ASKED, ids=lambda case: case.id)
def test_an_answer_that_touches_a_conflict_shows_both_places(case: Case, engines: Engines) -> None:
    answer = engines.ask(case)
    check(case, answer)
    assert len(answer.conflicts) == 1
    places = {answer.citations[n].locator for n in answer.conflicts[0].citations}
    assert len(places) == (1 if case.cites == "980" else 2)


@pytest.mark.slow
def test_an_answer_beside_a_conflict_does_not_mention_it(engines: Engines) -> None:
    for question in ("How many patients enrolled in Abstract 980?", "Which phase was Abstract 1995?"):
        answer = engines.ask(Case(LEUKAEMIA, question, ""))
        assert not answer.conflicts


@pytest.mark.slow
def test_all_conflicts_are_given_when_they_are_asked_for(engines: Engines) -> None:
    answer = engines.ask(Case(LEUKAEMIA, "Are there contradictions between text and tables?", ""))
    assert {c.study for c in answer.citations} == {"980", "1995"}
    assert len(answer.conflicts) == 2


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Do text and table agree on complete remissions with RD13-01?", "No: "),
        ("Is there a discrepancy between text and table for RD13-01?", "Yes: "),
        ("Where do text and table disagree on RD13-01?", "Abstract 1995"),
    ],
)
def test_whether_two_places_agree_is_answered_with_a_verdict(
    assistant_home: Path, question: str, verdict: str
) -> None:
    answer = engine_over(CORPUS, assistant_home).ask([question])
    assert answer.text.startswith(verdict)
    assert "80%" in answer.text
    assert answer.conflicts
