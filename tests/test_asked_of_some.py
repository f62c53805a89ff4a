"""Of whom and of what a question asks, told at length or in passing, over the shipped review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import CORPUS, engine_over

Ask = Callable[..., str]


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Ask:
    """Asks the shipped review; several turns are a talk, whose last is answered."""
    engine = engine_over(CORPUS, assistant_home)
    return lambda *turns: engine.ask(list(turns)).text


@pytest.mark.parametrize(
    "question",
    [
        "Among the adults on nelarabine who were referred for a donor's marrow since their disease was of high risk,"
        " what fraction lived for three years?",
        "3-year OS in GMALL of the people that got someone else's stem cells?",
        "For those patients of the GMALL trial that were taken to allografting in the end, what was 3-year OS?",
    ],
)
def test_the_transplanted(ask: Ask, question: str) -> None:
    assert "68%" in ask(question)
    assert "78%" not in ask(question)


def test_who_behind_a_study_tells_its_patients(ask: Ask) -> None:
    assert "68%" in ask("3-year OS of the people in the large nelarabine trial who were transplanted")


@pytest.mark.parametrize(
    ("turn", "gives"),
    [
        ("And with the genome-edited ones?", "9/10"),
        ("what about those that were naturally selected?", "47/53"),
    ],
)
def test_other_cells(ask: Ask, turn: str, gives: str) -> None:
    assert gives in ask("How bad did CRS get with the donor-derived cells?", turn)


def test_other_patients_are_no_other_cells(ask: Ask) -> None:
    assert "Abstract 980" in ask(
        "How bad did CRS get with the naturally selected cells?", "and in the older ones?"
    )


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        (
            "In the RD13-01 trial some patients died. How many was it?",
            "In Abstract 1995 (Zhang et al.), deaths were",
        ),
        (
            "I heard that the GMALL trial sent several of its cases to allo-SCT. How many patients were they?",
            "Goekbuget et al. enrolled 78",
        ),
        ("I read about the GMALL trial. How many patients was it?", "Goekbuget et al. enrolled 281"),
    ],
)
def test_how_many_it_was(ask: Ask, question: str, starts: str) -> None:
    assert ask(question).startswith(starts)


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        (
            "How lopsided were the two nelarabine arms in size?",
            "Shimony et al. enrolled 29 patients (combination)",
        ),
        ("Taking the two groups of abstract 51 together, what is their sum?", "281 patients, computed"),
        (
            "Total up the cases of grade 3 and 4 CRS in abstract 980, adding them together",
            "6 patients, computed",
        ),
        ("How many rows would Table 2 need with a row for each study?", "Four abstracts"),
        (
            "Count of T-LBL patients in each CAR-T trial?",
            "Abstract 980 (Zhang et al.) enrolled 18 patients (T/LBL)",
        ),
        (
            "Did adding other drugs to nelarabine alter the 2-year OS?",
            "In Shimony et al., the 2-year OS was 52.9%",
        ),
        ("In what sort of system was PCART7-CD3 tried out?", "In a xenograft model"),
        (
            "In which trial was the oldest individual treated? State the ages.",
            "In Shimony et al., the age range",
        ),
        ("Legal department: did Xu and Zhu declare a conflict of interest?", "The authors declared"),
        (
            "Name the study with remission in 100%.",
            "In Yu et al., the CR/CRi rate after the second cycle was 100%",
        ),
        ("Which report carries more than one NCT number?", "In Abstract 980"),
        ("How many were new and how many relapsed in abstract 942?", "Suo et al. enrolled 4 patients (newly"),
        ("A colleague asks whether anybody died in the RD13-01 trial.", "Yes: in Abstract 1995"),
        (
            "Was the mono-versus-combination comparison of nelarabine a randomised prospective trial?",
            "No: Shimony",
        ),
        ("Is nelarabine approved as first-line treatment?", "No: So far"),
        ("Is BCL2 over- or under-expressed in T-ALL?", "The BCL2 protein"),
        ("Which study never mentioned CRS?", "Abstract 51"),
        ("which trials with no CAR-T cells gave EFS", "In Hatta et al., the 3-year EFS"),
    ],
)
def test_as_asked(ask: Ask, question: str, starts: str) -> None:
    assert ask(question).startswith(starts)


@pytest.mark.parametrize(
    "question",
    [
        "OS of the control arm in the GMALL comparison?",
        "Did anybody die in remission?",
        "Which products are bispecific CARs?",
        "Which trial had an OS of 99%?",
        "Which study found that early T-ALL does worse?",
    ],
)
def test_no_figure_of_others(ask: Ask, question: str) -> None:
    assert "%" not in ask(question).replace("99%", "")
    assert ask(question).startswith("The review")
