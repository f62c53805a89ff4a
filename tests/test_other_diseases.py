"""Reviews of diseases that the vocabulary was not made for: measures learnt from the text, arms named in prose, narrower questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import COMPLEMENT, Case, Engines, check

from assistant.building.learned import learnt
from assistant.cells.introduced import sized
from assistant.folder.tables import read_table
from assistant.vocabulary.matchers import corpus_matchers
from assistant.vocabulary.vocabulary import load_vocabulary

CASES = [
    # measures that the review itself names
    Case(COMPLEMENT, "FACIT-Fatigue on belticopan?", "S181", ("8.6",)),
    Case(COMPLEMENT, "Transfusion avoidance with placebo in P812?", "P812", ("34.5%",)),
    Case(COMPLEMENT, "How soon were platelets back to normal with velocizumab?", "S305", ("3 days",)),
    # a bound is part of what was counted
    Case(
        COMPLEMENT,
        "How many on belticopan reached a hemoglobin of 12 g/dL or more?",
        "S181",
        ("42",),
        beside=("12", "67.7", "62"),
    ),
    # a rate over time
    Case(COMPLEMENT, "Rate of breakthrough hemolysis under pegvacoplan?", "S182", ("0.14",)),
    # the commonest of the adverse events, and not all of them
    Case(COMPLEMENT, "Headache with anti-C5 in S181?", "S181", ("2.9%",)),
    # a mean is no median, n/N with its share
    Case(COMPLEMENT, "Mean age of the historical controls?", "S305", ("44.1 ± 16.0 years",)),
    Case(
        COMPLEMENT,
        "What share of the OPTIMA-PNH population was female?",
        "S181",
        ("69.1%",),
        beside=("67", "97"),
    ),
    # groups told in words
    Case(
        COMPLEMENT,
        "Relapse rate of non-carriers after stopping terdolizumab?",
        "S190",
        ("3.6%",),
        beside=("1", "28"),
    ),
    # left alone where the review says nothing of it
    Case(COMPLEMENT, "What was the mean hemoglobin at week 96 on pegvacoplan?", "S182", declined=True),
    Case(COMPLEMENT, "FACIT-Fatigue at week 24 in P820?", "", declined=True),
]


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_answer_gives_what_was_asked_and_nothing_beside(case: Case, engines: Engines) -> None:
    check(case, engines.ask(case))


def names(*sentences: str, short: dict[str, str] | None = None) -> dict[str, str]:
    """Name -> kind of the measures learnt from sentences."""
    vocabulary = learnt(load_vocabulary(), sentences, (), short or {})
    return {vocabulary.measures[i].name: vocabulary.measures[i].kind for i in vocabulary.learnt}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Pruritus clearance was seen in 40% of patients.", {"pruritus clearance": "rate"}),
        ("Serum tryptase normalized within 8 weeks in 61%.", {"normalization of serum tryptase": "rate"}),
        ("Median time on oxygen was 12 days.", {}),
        ("Line patency lasted 41 days.", {"line patency": "duration"}),
        ("Spleen stiffness fell from 42 to 31 kPa.", {"spleen stiffness": "amount"}),
        ("A drop of ≥ 50% in tryptase was achieved by 12 patients.", {"drop of ≥ 50% in tryptase": "rate"}),
        ("Tryptase < 20 ng/mL was reached by 45%.", {"tryptase < 20 ng/mL": "rate"}),
        ("Bone pain improved in 44% of patients.", {"improvement in bone pain": "rate"}),
        ("Serum tryptase fell by at least 50% in 81%.", {"serum tryptase fell by at least 50%": "rate"}),
        ("Overall survival was 80% at 2 years.", {}),
        ("Alphamab was given to 25 patients.", {}),
        ("Crises were a disappointment: the rate was 2.", {}),
    ],
)
def test_measures_are_learnt_from_where_their_figures_stand(sentence: str, found: dict[str, str]) -> None:
    assert names(sentence) == found


def test_a_short_form_is_learnt_with_its_meaning() -> None:
    assert names("Rate of ICR was 14%.", short={"ICR": "Itch control rate"}) == {"itch control rate": "rate"}


def test_a_review_without_measures_of_its_own_keeps_the_vocabulary() -> None:
    vocabulary = load_vocabulary()
    assert learnt(vocabulary, ("The 3-year OS was 78%.",), (), {}) is vocabulary


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        (
            "It was dosed at 0.3 mg/kg (n = 80), 1 mg/kg (n = 81) or 3 mg/kg (n = 80).",
            {"0.3 mg/kg", "1 mg/kg", "3 mg/kg"},
        ),
        ("Patients received alphamab (n = 40) or placebo (n = 20).", {"alphamab", "placebo"}),
        (
            "Alphamab 200 mg once daily (n = 66) or twice daily (n = 66) was given.",
            {"once daily", "twice daily"},
        ),
        ("Of all patients (n = 80) most were women.", set()),
    ],
)
def test_arms_with_their_sizes_are_read_from_prose(sentence: str, labels: set[str]) -> None:
    assert labels <= set(arms := sized([sentence], corpus_matchers(load_vocabulary(), {})))
    assert len(set(arms.values())) == len(labels)


def test_the_column_of_arms_may_stand_anywhere() -> None:
    table, _ = read_table(
        "Study,Authors,Arm,Phase\n1,Lee et al.,Drug,II\n1,Lee et al.,Placebo,II\n",
        "f/table-1.csv",
        "(Study 1) [1]",
        {},
        "Study",
    )
    assert [(c.study, c.arm) for c in table.columns] == [("1", "Drug"), ("1", "Placebo")]
    assert [row.head for row in table.rows] == ["Authors", "Phase"]


def test_a_phrase_whose_bracket_names_a_known_measure_is_that_measure() -> None:
    vocabulary = load_vocabulary()
    told = "Deep responses (VGPR or better) were seen in 36% of 90 patients."
    assert learnt(vocabulary, [told], [], {}).learnt == frozenset()
    bare = "Deep quiescence (as judged at home) was seen in 36% of 90 patients."
    assert learnt(vocabulary, [bare], [], {}).learnt == {"deep_quiescence"}
