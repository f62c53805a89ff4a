"""Patients told by what became of them or did not: bridged to a transplant, spared one, the one and the other."""

from __future__ import annotations

import pytest
from asking import CORPUS, engine_over

from assistant.engine.engine import Engine
from assistant.question.without import plainly

PLAIN = (
    ("OS of patients spared a graft", "OS of patients without a graft"),
    ("OS of those who skipped the graft?", "OS of those without a graft?"),
    ("OS of adults who went without a graft", "OS of adults without a graft"),
    ("Did A avoid the toxicity?", "Did A avoid the toxicity?"),
    ("OS, grafted versus not?", "OS, grafted versus not grafted?"),
    ("OS in those grafted vs those who weren't", "OS in those grafted vs not grafted"),
    ("OS, bridged to graft or not", "OS, bridged to graft or not bridged to graft"),
    ("Is A approved or not known?", "Is A approved or not known?"),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return engine_over(CORPUS, tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize(("said", "meant"), PLAIN)
def test_what_patients_did_not_have_is_said_in_plain_words(said: str, meant: str) -> None:
    assert plainly(said, lambda word: False) == meant


@pytest.mark.parametrize(
    "question",
    [
        "18-month OS with NS7CAR, bridged to transplant?",
        "18-month OS after NS7CAR in those bridged to SCT versus those who weren't",
        "3-year OS of GMALL patients spared a transplant",
        "The low-risk GMALL patients who never went to transplant did best, I hear. What was 3-year OS in them?",
    ],
)
def test_no_figure_of_all_or_of_the_others_stands_for_those_asked(engine: Engine, question: str) -> None:
    reply = engine.ask([question])
    assert reply.status == "declined"
    assert "%" not in reply.text


def test_those_transplanted_are_told_of_and_the_others_are_said_to_be_missing(engine: Engine) -> None:
    text = engine.ask(["3-year OS in GMALL, transplanted vs not"]).text
    assert "68%" in text
    assert "3-year OS for patients not transplanted is not reported" in text
    assert "for transplanted" not in text


def test_patients_of_the_sentence_before_are_pointed_to_with_the_study_behind(engine: Engine) -> None:
    question = "High-risk patients who went to transplant interest me. What was 3-year OS in them in GMALL?"
    assert "68%" in engine.ask([question]).text


@pytest.mark.parametrize("last", ["And the p-value for that?", "and the p-value?", "p-value for that?"])
def test_a_p_value_that_is_not_given_is_declined_without_the_figures_told_before(
    engine: Engine, last: str
) -> None:
    reply = engine.ask(["2-year OS by arm in 4053", last])
    assert reply.status == "declined"
    assert "p-value for OS" in reply.text


@pytest.mark.parametrize(
    "question", ["When after infusion was ORR measured in Tan?", "ORR in Tan: at what time?"]
)
def test_the_time_of_a_figure_is_told_by_the_figure(engine: Engine, question: str) -> None:
    assert "3-month ORR was 90%" in engine.ask([question]).text


@pytest.mark.parametrize(
    "before",
    [
        "I'm putting together a slide on adult T-ALL and need ",
        "We are preparing a talk on relapsed leukaemia in children, so ",
    ],
)
def test_the_subject_of_the_work_it_is_asked_for_narrows_nothing(engine: Engine, before: str) -> None:
    assert "89%" in engine.ask([f"{before}the 1-year OS of the nelarabine + cyclophosphamide trial."]).text


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (["What share of the AYA patients reached CR/CRi on the paediatric-type schedule?"], "90.3%"),
        (["What CR rate did the retrospective comparison find for nelarabine alone?"], "was 40% in"),
        (
            ["3-year OS in GMALL?", "How many of the patients had lymphoma rather than leukaemia?"],
            "73 patients",
        ),
        (["How does 3-year OS of the GMALL series compare with that of the Japanese AYA one?"], "93.4%"),
        (["Did Suo et al. include only patients with R/R disease?"], "No: "),
        (["What does R/R stand for?"], "relapsed or refractory"),
    ],
)
def test_words_around_those_asked_about_single_nobody_out(
    engine: Engine, turns: list[str], said: str
) -> None:
    text = engine.ask(turns).text
    assert said in text
    assert "62%" not in text
