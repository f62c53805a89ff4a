"""In which model, strain or cell line something was tested, told by the sentence that names one."""

from __future__ import annotations

import pytest
from asking import CORPUS, engine_over

from assistant.engine.engine import Engine
from assistant.telling.thing_kinds import _LINES, _MODEL, _STRAIN


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return engine_over(CORPUS, tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize(
    "question",
    [
        "In what kind of model was the product of Wong and colleagues tested?",
        "Which model was used in Wong et al.?",
        "In which animals did Wong's group try it?",
    ],
)
def test_the_model_of_a_study_is_told_without_its_products_name(engine: Engine, question: str) -> None:
    reply = engine.ask([question])
    assert "xenograft" in reply.text
    assert "[Abstract 975]" in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "Was the product of Wong tried in patients or in mice?",
        "Did people get PCART7-CD3, or in what experimental system was it tested?",
    ],
)
def test_of_people_or_a_model_the_model_is_told(engine: Engine, question: str) -> None:
    assert "xenograft" in engine.ask([question]).text


def test_in_a_study_of_patients_no_model_is_told(engine: Engine) -> None:
    assert "xenograft" not in engine.ask(["Was nelarabine given to adults or to mice in GMALL?"]).text


@pytest.mark.parametrize("question", ["Which mouse strain did Wong use?", "In which animals was GMALL done?"])
def test_what_is_not_named_is_declined(engine: Engine, question: str) -> None:
    assert engine.ask([question]).status == "declined"


def test_the_words_that_hold_one() -> None:
    assert _STRAIN.held.search("They were infused into NSG mice.")
    assert not _STRAIN.held.search("They were infused into mice.")
    assert _LINES.held.search("into AB12 and CD-1 lymphoma cells")
    assert not _LINES.held.search("into lymphoma cells of patients")
    assert not _MODEL.asked.search("Which model predicted relapse?")


@pytest.mark.parametrize(
    ("turns", "said", "unsaid"),
    [
        (
            [
                "High-risk patients in GMALL went on to allogeneic transplant. How did they fare at three years in terms of survival?"
            ],
            "68%",
            "78%",
        ),
        (["2-year OS in Shimony for the group that got the drug alone"], "8%", "52.9%"),
        (["Which study comes out on top for 3-year OS?"], "93.4%", "78%"),
        (
            ["What percentage of the GMALL population had lymphoblastic lymphoma rather than leukaemia?"],
            "26%",
            "78%",
        ),
        (
            ["OS of the naturally selected cells at 18 months and of the donor-derived ones at 12 months"],
            "75.0%",
            "62.3%",
        ),
    ],
)
def test_patients_arms_and_times_of_a_question_are_kept_apart(
    engine: Engine, turns: list[str], said: str, unsaid: str
) -> None:
    text = engine.ask(turns).text
    assert said in text
    assert unsaid not in text
