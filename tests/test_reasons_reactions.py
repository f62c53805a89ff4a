"""Reasons, reactions, limits, factors and mechanisms, told by the sentence that says them."""

from __future__ import annotations

from pathlib import Path

import pytest
from one_trial import asked

from assistant.engine.engine import Engine

TABLE = "Item,T-1 (Moor et al.) [1]\nStudy agents,Alphamab plus betamycin\nNo. of patients,40\n"
PROSE = (
    "In a registry study, Moor et al. gave alphamab, an antibody that links T cells to B7, to 40 patients (Study T-1) [1].\n"
    "Neutropenia led the investigators to shorten betamycin from 21 to 10 days from cycle 3 onward.\n"
    "Infections were more common with alphamab (30% vs. 10%), which the investigators attributed to low immunoglobulins.\n"
    "Three patients died of hepatitis, and screening was made mandatory thereafter.\n"
    "The risk of relapse was highest in patients older than 60 years (HR 2.0).\n"
    "A complex karyotype (HR 3.1) was the other independent factor, whereas sex was not.\n"
    "Exposure to gammalimus, which raises the density of B7, went with more responses.\n"
    "A cohort that combines alphamab with gammalimus has been opened for that reason.\n"
    "Residual confounding by frailty could not be excluded.\n"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("reasons")
    return asked(folder, PROSE, "Trials", TABLE)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (
            "What adjustment to the betamycin schedule was made in Study T-1, and because of what?",
            "Neutropenia",
        ),
        ("Why did infections go up with alphamab, according to the investigators?", "immunoglobulins"),
        ("Why were there more infections in Study T-1 \u2013 what do the authors blame?", "immunoglobulins"),
        ("After the deaths from hepatitis in Study T-1, what was changed?", "screening was made mandatory"),
        ("How did Moor's team react to the deaths from hepatitis?", "screening was made mandatory"),
        ("Why was a cohort combining alphamab with gammalimus opened in Study T-1?", "density of B7"),
        ("What limitation do the authors of Study T-1 admit to?", "frailty"),
        ("Explain how alphamab works.", "links T cells"),
    ],
)
def test_the_sentence_with_it_is_quoted(engine: Engine, question: str, says: str) -> None:
    assert says in engine.ask([question]).text


def test_a_drug_of_which_nothing_is_told_has_no_mechanism(engine: Engine) -> None:
    answer = engine.ask(["How does betamycin work?"])
    assert "does not say how betamycin works" in answer.text
