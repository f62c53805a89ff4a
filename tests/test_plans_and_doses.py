"""Arms called by their drugs, their plan or the dose of one drug, patients by what they had before, and what nobody had."""

from __future__ import annotations

from pathlib import Path

import pytest
from one_trial import asked, stated, trial

from assistant.cells.plans import by_plan
from assistant.engine.engine import Engine
from assistant.question.described import singular
from assistant.question.frames import asked_outright
from assistant.question.whom import parts_named

TABLE = (
    "Study,T-1\nAuthors (references),Moor et al. [1]\n"
    "Study agents,Alphamab + betamycin (MRD-guided) vs. continuous alphamab\n"
    "No. of patients,100 (52 combination; 48 alphamab)\n"
    "Gene Q aberration,31.0%\n"
)
PROSE = (
    "Moor et al. randomised 100 patients with relapsed lymphoma to alphamab plus betamycin with MRD-guided stopping (n = 52) or to "
    "continuous alphamab (n = 48) (Study T-1) [1].\n"
    "PFS at 2 years was 80.0% with the combination and 60.0% with alphamab alone, no tumour lysis syndrome was seen with slow dosing, "
    "and rash occurred in 10.0% and 12.0%.\n"
    "The overall response rate (ORR) was 60.0% (60/100).\n"
    "Among the 30 patients exposed to both classes 12 responded (40.0%).\n"
    "Median duration of response was 14.0 months.\n"
    "No stroke has been reported so far.\n"
)
DOSES = (
    "Study,T-1\nAuthors (references),Moor et al. [1]\nStudy agents,Alphamab after betamycin 100 mg vs. 200 mg\n"
    "No. of patients,60 (20 at 100 mg; 40 at 200 mg)\n"
)
LOWERED = (
    "Moor et al. gave alphamab after betamycin to 60 patients (Study T-1) [1].\n"
    "The higher betamycin dose, meant to spare healthy cells, lowered the incidence of CRS from 80.0% (16/20) to 50.0% (20/40; p = 0.04) "
    "without loss of efficacy (CR 75.0% vs. 70.0%).\n"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("plans")
    return asked(folder, PROSE, "Trials", TABLE)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What was the 2-year PFS in the time-limited arm of Study T-1?", "80.0% in the combination group"),
        ("2-year PFS with limited-duration alphamab\u2013betamycin in Study T-1?", "80.0%"),
        ("2-year PFS on continuous treatment in Study T-1?", "60.0%"),
        ("2-year PFS of the monotherapy arm in Study T-1?", "60.0%"),
        ("What was the ORR in patients exposed to both classes in Study T-1?", "12 responded"),
        ("Is it right that up to now nobody had a stroke in Study T-1?", "Yes: No stroke"),
        ("True or false: no stroke has occurred in Study T-1.", "Yes: No stroke"),
        ("Was there even a single case of stroke in Study T-1?", "No: No stroke"),
        ("How many cases of tumour lysis syndrome were there in Study T-1?", "no tumour lysis syndrome"),
        ("\u00bfCu\u00e1nto dur\u00f3 la respuesta (mediana) en Study T-1?", "14.0 months"),
        ("Wie lange hielt das Ansprechen in Study T-1 im Median an?", "14.0 months"),
        ("Quelle a \u00e9t\u00e9 la dur\u00e9e m\u00e9diane de r\u00e9ponse dans Study T-1 ?", "14.0 months"),
    ],
)
def test_it_is_asked_in_other_words(engine: Engine, question: str, said: str) -> None:
    assert said in engine.ask([question]).text


@pytest.mark.parametrize(
    "question",
    [
        "What was the ORR in Study T-1 in patients who had already had betamycin?",
        "ORR after gammalimus exposed in Study T-1?",
    ],
)
def test_the_figure_of_all_is_none_of_those_treated_before(engine: Engine, question: str) -> None:
    assert "60.0%" not in engine.ask([question]).text


def test_those_who_did_not_respond_are_the_rest_of_those_assessed(tmp_path: Path) -> None:
    prose = (
        "Moor et al. gave alphamab to 70 patients with relapsed lymphoma (Study T-1) [1].\n"
        "Of these, 45 of 60 evaluable patients had responded (75.0%).\n"
    )
    table = (
        "Study,T-1\nAuthors (references),Moor et al. [1]\nStudy agents,Alphamab\n"
        "No. of patients,70 (60 evaluable)\nResponse,ORR 75.0%\n"
    )
    engine = asked(tmp_path, prose, "Trials", table)
    assert engine.ask(["How many patients failed to respond to alphamab?"]).text.startswith("15 patients")


def test_the_higher_dose_did_what_the_sentence_is_on(tmp_path: Path) -> None:
    read = stated(trial(tmp_path, LOWERED, "Trials", table_1=DOSES))
    high, low = frozenset({"200", "mg"}), frozenset({"100", "mg"})
    assert ("CRS", "50.0%", "50.0%", high, "") in read
    assert ("CRS", "80.0%", "80.0%", low, "") in read
    assert ("CR", "75.0%", "75.0%", high, "") in read


def test_what_nobody_had_takes_no_figure(tmp_path: Path) -> None:
    read = stated(trial(tmp_path, PROSE, "Trials", table_1=TABLE))
    assert not any(measure.endswith("TLS") for measure, *_ in read)
    assert not any(measure == "ORR" and value.startswith(("12", "30")) for measure, value, *_ in read)


def test_a_cell_without_a_plan_or_a_bare_combination_adds_no_labels() -> None:
    arms = {"alphamab": frozenset({"alphamab"}), "betamycin": frozenset({"betamycin"})}
    assert not list(by_plan("Alphamab vs. betamycin", arms))


def test_which_of_two_kinds_of_cohorts_tells_no_study() -> None:
    assert not list(singular("In which old or young cohort was it highest?", lambda _: False))
    assert [
        p.text for p in singular("ORR in the registry for those switched to alphamab?", lambda _: False)
    ] == []


def test_what_some_had_before_tells_patients() -> None:
    (part,) = (
        p for p in parts_named("PFS for those who had switched to another kinase drug?") if p.had_before
    )
    assert part.words[0].text == "switched"


def test_a_single_case_is_any() -> None:
    assert (
        asked_outright("Was there a single case of rash with alphamab?")
        == "Was there any rash with alphamab?"
    )
