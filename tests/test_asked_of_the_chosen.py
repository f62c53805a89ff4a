"""Asked of the dose that was chosen, of the sample, of the limits and the reason; what is quoted carries its list."""

from __future__ import annotations

from pathlib import Path

import pytest
from one_trial import asked

from assistant.engine.engine import Engine
from assistant.question.numbered import by_number
from assistant.question.sizes import sizes_asked
from assistant.text.excerpt import excerpt

TABLE = (
    "Study,T-1\nAuthors (references),Moor et al. [1]\nStudy agents,Alphamab\n"
    "Analysis,Phase I/II\nNo. of patients,50\nORR,64.0%\n"
)
PROSE = (
    "Moor et al. gave alphamab to 50 patients with relapsed lymphoma at five doses, the allocation not being randomized (Study T-1) [1].\n"
    "The ORR reached 64.0% (32/50) across doses and 81.0% (17/21) at 30 mg, the dose taken forward.\n"
    "Undetectable measurable residual disease (uMRD) in blood was found in 42.0% of the patients.\n"
    "Not one case of stroke was seen.\n"
    "A plausible explanation lies in the binding site of alphamab, which is small.\n"
    "Missing data on later treatment call for restraint in reading these results.\n"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("chosen")
    return asked(folder, PROSE, "Trials", TABLE)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("ORR in Study T-1 at the dose that is being carried forward?", "81.0%"),
        ("What was the response rate at the recommended dose in Study T-1?", "81.0%"),
        ("What was the ORR in Study T-1?", "64.0%"),
        ("What was the blood uMRD rate in Study T-1?", "42.0%"),
        ("What was the marrow uMRD rate in Study T-1?", "says nothing of \u201cmarrow\u201d"),
        ("Did any patient in Study T-1 have a stroke?", "No: Not one case"),
        (
            "What explanation do Moor and co-workers offer for the results with alphamab in Study T-1?",
            "binding site",
        ),
        ("What limits the interpretation of the data of Study T-1?", "Missing data"),
        ("Which studies were randomised?", "not being randomized"),
    ],
)
def test_what_is_asked_is_told(question: str, said: str, engine: Engine) -> None:
    assert said in engine.ask([question]).text


def test_a_quote_carries_what_a_new_name_stands_for() -> None:
    text = (
        "Of interest is the adapted course (AC), which adds a dose of 3 mg, fluids and steroids: although CRS occurred in 80%, "
        "it was mild."
    )
    part = excerpt(text, lambda p: "adapted course" in p)
    assert part == "Of interest is the adapted course (AC), which adds a dose of 3 mg, fluids and steroids …"


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Who wrote the work cited as no. 7?", "Who wrote reference 7?"),
        ("Who wrote the paper that is listed under number 12?", "Who wrote reference 12?"),
        ("How many patients were listed as ineligible?", "How many patients were listed as ineligible?"),
    ],
)
def test_an_entry_told_by_its_number(said: str, plain: str) -> None:
    assert by_number(said) == plain


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("How many trials used randomisation into two arms?", "How many trials were randomised?"),
        (
            "Rash is only given as a percentage for alphamab; roughly how many patients would that be?",
            "How many patients had Rash with alphamab?",
        ),
        (
            "Rash is given for alphamab; how many patients had it?",
            "Rash is given for alphamab; how many patients had it?",
        ),
    ],
)
def test_numbers_in_plain_words(said: str, plain: str) -> None:
    assert sizes_asked(said) == plain
