"""Questions in other languages: endings by case, number and gender, which language it is, and one that is not read."""

from __future__ import annotations

import pytest
from asking import CORPUS, engine_over

from assistant.engine.engine import Engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return engine_over(CORPUS, tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "Wie hoch war die Rate kompletter Remissionen unter der Kombination bei Shimony?",
            "CR rate was 62%",
        ),
        ("Wie oft kam es in der Monotherapie zu kompletten Remissionen bei Shimony?", "CR rate was 40%"),
        ("Gab es einen signifikanten Unterschied der CR-Rate zwischen den Armen bei Shimony?", "No: "),
        ("Was für eine Studie war Shimony?", "retrospective"),
        ("¿Hubo diferencias significativas en la tasa de RC entre los brazos de Shimony?", "No: "),
        ("¿Qué tipo de estudio fue el de Yu?", "phase II"),
        ("Que signifie CIR ?", "cumulative incidence of relapse"),
        ("Quel est le schéma de l'étude Yu ?", "phase II"),
        ("¿Qué significa CIR?", "cumulative incidence of relapse"),
        ("Cosa significa CIR?", "cumulative incidence of relapse"),
    ],
)
def test_endings_and_function_words_shared_by_languages_are_read(
    engine: Engine, question: str, said: str
) -> None:
    assert said in engine.ask([question]).text


@pytest.mark.parametrize(
    "question",
    [
        "Qual foi a taxa de remissão completa na combinação de Shimony?",
        "Jaki był odsetek całkowitych remisji w badaniu Shimony?",
    ],
)
def test_a_language_that_is_not_read_gets_no_figure(engine: Engine, question: str) -> None:
    reply = engine.ask([question])
    assert reply.status == "declined"
    assert "could not be read" in reply.text


@pytest.mark.parametrize("question", ["whta wsa teh 3yr OS fr GMALL?", "3y OS GMALL plz thx luv"])
def test_typing_errors_are_no_other_language(engine: Engine, question: str) -> None:
    assert "78%" in engine.ask([question]).text


def test_patients_with_a_response_are_asked_for_as_a_share(engine: Engine) -> None:
    assert "90%" in engine.ask(["What share of patients with a response was there at 3 months in Tan?"]).text
