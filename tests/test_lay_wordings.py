"""Lay people's words, forms of reviewers and grades that were never exceeded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from asking import CORPUS, engine_over

from assistant.question.clumsy import in_plain_english
from assistant.question.formal import as_plain_question
from assistant.question.kin import without_kin
from assistant.question.lay import in_the_fields_terms


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Callable[[Sequence[str]], str]:
    engine = engine_over(CORPUS, assistant_home)
    return lambda turns: engine.ask(list(turns)).text


@pytest.mark.parametrize(
    ("lay", "terms"),
    [
        ("In the trial where they combed through archived charts", "In the retrospective trial"),
        ("Children on the protocol devised for youngsters", "Children on the pediatric regimen"),
        ("Do turbo-charged T cells last?", "Do CAR-T cells last?"),
        ("those whose lymphoma came back or never went away", "those with relapsed or refractory disease"),
        ("How many projects are listed?", "How many studies are listed?"),
        ("Did it wipe out the leukaemia more often?", "did it achieve CR more often?"),
        ("tested in people rather than just mice", "tested in patients, apart from the animal study"),
    ],
)
def test_lay_words_are_put_in_the_fields_terms(lay: str, terms: str) -> None:
    assert in_the_fields_terms(lay) == terms


@pytest.mark.parametrize(
    "plain",
    [
        "What do the patient records show?",
        "How many patients went through transplantation?",
        "Was the regimen made for adults?",
        "In how many patients did CRS clear?",
        "Which trials tested the drug in mice?",
    ],
)
def test_other_words_stay(plain: str) -> None:
    assert in_the_fields_terms(plain) == plain


@pytest.mark.parametrize(
    ("form", "plain"),
    [
        ("Unit of analysis: trial. Give the count in Table 2.", "How many trials are in Table 2."),
        ("May I record Tan et al. as a phase I trial?", "is Tan et al. a phase I trial?"),
        ("Is it significant at the usual 5% threshold?", "Is it significant?"),
        ("Which trials are phase II (excluding phase I/II)?", "Which trials are phase II?"),
        ("How is 'PEBL' to be read?", "what does PEBL stand for?"),
        ("Which trials are phase I/II?", "Which trials are phase I/II?"),
    ],
)
def test_forms_are_put_plainly(form: str, plain: str) -> None:
    assert as_plain_question(form) == plain


@pytest.mark.parametrize(
    ("clumsy", "plain"),
    [
        ("the study that have recruit adults", "the study that have recruited adults"),
        ("newly diagnose patients", "newly diagnosed patients"),
        (
            "the A own and the B own, which one get more patients?",
            "which has more patients, the A one or the B one?",
        ),
        ("If we sum, how much?", "add them together"),
        ("the patient's own cells", "the patient's own cells"),
        ("Each arm has test results", "Each arm has test results"),
    ],
)
def test_learners_forms(clumsy: str, plain: str) -> None:
    assert in_plain_english(clumsy) == plain


@pytest.mark.parametrize(
    ("turns", "told", "untold"),
    [
        (["3-year OS: the trial of adolescents versus the trial of adults"], ["93.4%", "78%"], []),
        (
            ["What ages had the one with the youngsters, and what had the one with the adults?"],
            ["15–24", "18–55"],
            ["2–47"],
        ),
        (["Did the CR difference in Shimony et al. reach significance at the 5% level?"], ["No: "], []),
        (["Was CRS never worse than grade 3 with RD13-01?"], ["Yes: ", "1/10"], ["No: "]),
        (["Was CRS never worse than grade III with NS7CAR?"], ["No: ", "grade 4"], ["Yes: "]),
        (["Was GvHD never worse than grade 2 in the donor-derived trial?"], ["40%"], ["Yes: ", "No: "]),
        (["First author and phase of the donor-derived trial?"], ["Tan Y", "phase II"], []),
        (["Wie hoch war das OS nach 3 Jahren bei Jugendlichen?"], ["93.4%"], []),
    ],
)
def test_what_is_meant_is_told(
    ask: Callable[[Sequence[str]], str], turns: Sequence[str], told: Sequence[str], untold: Sequence[str]
) -> None:
    text = ask(turns)
    assert all(t in text for t in told), text
    assert not any(t in text for t in untold), text


@pytest.mark.parametrize(
    ("message", "left"),
    [
        (
            "My aunt teaches biology and asks: which trial was retrospective?",
            "which trial was retrospective?",
        ),
        ("My cousin, a reporter, asks how many patients the trial had.", "how many patients the trial had?"),
        (
            "Our son is writing an essay on CAR-T. Is it new?",
            "someone is writing an essay on CAR-T. Is it new?",
        ),
        (
            "My son has leukaemia and studies law. Is it new?",
            "My son has leukaemia and studies law. Is it new?",
        ),
        ("My wife reads a lot. Would it help her?", "My wife reads a lot. Would it help her?"),
    ],
)
def test_relatives_who_are_no_patients(message: str, left: str) -> None:
    assert without_kin(message) == left


@pytest.mark.parametrize(
    ("question", "advises"),
    [
        ("Our girl's school project is on leukaemia; which study took the youngest patients?", False),
        ("My cousin studies medicine, is Abstract 2011 a phase II trial?", False),
        ("My cousin has T-ALL. Is nelarabine the right drug for him?", True),
        ("Our neighbour's son relapsed, would CD7 cells help him?", True),
    ],
)
def test_advice_is_only_refused_for_the_ill(
    ask: Callable[[Sequence[str]], str], question: str, advises: bool
) -> None:
    assert ("no advice" in ask([question])) is advises


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many RD13-01 patients saw their leukaemia vanish?", "4 patients"),
        ("How many of the folks on the donor-derived cells were still kicking at one year?", "60.0%"),
        ("Did the donated cells turn against the recipients' own bodies, and how often?", "40%"),
        ("In what share of the youngsters did the cancer come back?", "5.3%"),
    ],
)
def test_everyday_outcomes_are_told(ask: Callable[[Sequence[str]], str], question: str, told: str) -> None:
    assert told in ask([question])


def test_odds_of_two_things_stay() -> None:
    said = "What were the chances of being around and free of relapse?"
    assert in_the_fields_terms(said) == said
