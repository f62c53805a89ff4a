"""Two and more studies in one question, each with what is asked of it."""

from __future__ import annotations

import pytest
from asking import CORPUS, engine_over
from fact_lines import READER

from assistant.engine.engine import Engine
from assistant.names.model import Name
from assistant.names.studies import resolve
from assistant.question.parts import two_questions


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return engine_over(CORPUS, tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize(
    ("question", "studies"),
    [
        ("What were the 3-year EFS of the AYA trial and the 18-month EFS of NS7CAR?", {"54", "980"}),
        ("The CR of RD13-01 next to that of the Shimony nelarabine series?", {"1995", "4053"}),
        ("On a rainy Sunday, tell me: what was the OS in GMALL and in the AYA trial?", {"51", "54"}),
        ("What were the age ranges of GMALL, the AYA and the CD7 UCAR-T trials?", {"51", "54", "1995"}),
        ("How many had CRS of grade 3 with NS7CAR and how many with RD13-01?", {"980", "1995"}),
        ("number of patients in NS7CAR, RD13-01 and the donor-derived trial", {"980", "1995", "2011"}),
        ("cohort sizes of the CD7 trials (NS7CAR, RD13-01, donor-derived), please", {"980", "1995", "2011"}),
    ],
)
def test_each_study_gives_what_is_asked_of_it(shipped: Engine, question: str, studies: set[str]) -> None:
    answer = shipped.ask([question])
    assert answer.status.value == "answered", answer.text
    assert {s for s in studies if f"[Abstract {s}]" in answer.text} == studies, answer.text


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("What was the OS of RD13-01 in Tan et al.?", "2011"),
        ("In GMALL, the OS of RD13-01?", "51"),
        ("CR rate with RD13-01 in GMALL", "51"),
        ("Which dose of cyclophosphamide was given before RD13-01?", "1995"),
    ],
)
def test_what_is_no_part_of_a_study_is_declined_for_that_study(
    shipped: Engine, question: str, whole: str
) -> None:
    answer = shipped.ask([question])
    assert answer.status.value == "declined"
    assert f"[Abstract {whole}]" in answer.text
    assert answer.text.count("[Abstract") == 1


def test_a_study_spoken_of_is_set_against_one_that_its_patients_tell(shipped: Engine) -> None:
    asked = shipped.ask(
        ["What was the 3-year OS in GMALL?", "So it is worse than in the Japanese adolescents?"]
    )
    assert "93.4%" in asked.text
    assert "78%" in asked.text
    own = shipped.ask(["What was the 3-year OS in GMALL?", "Is it better than in transplanted patients?"])
    assert "[Abstract 54]" not in own.text


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("How many relapsed in TRIAL-1 and how many in TRIAL-2?", "and in TRIAL-2?"),
        ("How often was fever seen with A and how often with B?", "and with B?"),
        ("How many relapsed in TRIAL-1 and how many in TRIAL-2 died?", "how many in TRIAL-2 died?"),
    ],
)
def test_a_count_that_says_not_of_what_goes_on_from_the_first(text: str, second: str) -> None:
    parts = two_questions(text)
    assert parts is not None
    assert parts[1] == second


def _name(kind: str, *studies: str) -> Name:
    return Name("x", kind, frozenset(studies), 0, 1)


def test_each_of_two_topics_narrows_a_drug_down() -> None:
    drug = _name("agent", "1", "2", "3")
    assert resolve([drug, _name("topic", "1", "4"), _name("topic", "2", "5")])[0] == {"1", "2"}
    assert resolve([drug, _name("topic", "1", "2"), _name("topic", "2", "5")])[0] == {"2"}


def test_the_incidence_is_that_of_what_was_named() -> None:
    met = READER.read("The key endpoint, atrial fibrillation, was met: the incidence was 7.5%.")
    assert [(f.attribute, f.value) for f in met] == [("atrial_fibrillation", "7.5%")]
    two = READER.read("Relapse and atrial fibrillation were rare: the incidence was 7.5%.")
    assert "atrial_fibrillation" not in {f.attribute for f in two}
