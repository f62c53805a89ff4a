"""Long careful sentences and telegrams: what they do not want, whom they point back to, and what they claim in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import CORPUS, engine_over
from one_trial import asked

from assistant.engine.engine import Engine
from assistant.model import Answer, Status
from assistant.question.clean import written_out
from assistant.question.frames import asked_outright

TABLE = (
    "Item,T-1 (Moor et al.) [1]\nStudy agents,Alphamab monotherapy vs combination\n"
    "No. of patients,60 (40 combination; 20 monotherapy)\n"
)
PROSE = (
    "Moor et al. gave alphamab to 60 patients with relapsed leukemia (Study T-1) [1].\n"
    "In the combination and monotherapy groups, the CR rates were 60% and 30%, respectively (p = 0.04); "
    "the 2-year OS was 52% vs. 21%, respectively.\n"
    "The 2-year OS of all patients was 41%.\n"
)


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("long")
    return asked(folder, PROSE, "Trials", TABLE)


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Callable[[str], Answer]:
    engine = engine_over(CORPUS, assistant_home)
    return lambda question: engine.ask([question])


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "Forty people of Study T-1 had the combination; to how many patients does the CR rate of that arm correspond?",
            "In Moor et al., the CR rate was 60% in the combination group",
        ),
        ("Study T-1, CR in the two arms - signif at 5%?", "Yes: "),
        (
            "2-year OS Study T-1, combination and monotherapy taken together?",
            "In Moor et al., the 2-year OS was 41%",
        ),
        ("Is it true that half of the monotherapy group of Study T-1 reached CR?", "No: "),
        ("Was the CR rate of the combination group of Study T-1 over a third?", "Yes: "),
        ("Did all sixty patients of Study T-1 survive two years?", "No: "),
    ],
)
def test_one_trial(trial: Engine, question: str, begins: str) -> None:
    assert trial.ask([question]).text.startswith(begins)


def test_an_interval_that_is_not_given_is_no_yes(trial: Engine) -> None:
    answer = trial.ask(["Does the review give a confidence interval for the 2-year OS of Study T-1?"])
    assert answer.status is Status.DECLINED


@pytest.mark.parametrize(
    ("question", "says", "leaves_out"),
    [
        ("no. of trials using venetoclax?", ("Two abstracts",), ()),
        ("phase I trials only - how many", ("One abstract",), ()),
        ("Which trial finished recruiting first?", ("2011\u20132017",), ("2006",)),
        ("Whose accrual reaches back furthest into the past?", ("2006\u20132021",), ("2011",)),
        ("Which abstracts of the article's table section carry an NCT number?", ("NCT02881086",), ("parts",)),
        ("1-year OS in GMALL, not the 3-year figure", ("89%",), ("78%",)),
        ("3y OS GMALL vs the adolescents and young adults", ("78%", "93.4%"), ()),
        (
            "Age of the oldest patient in the trial of the genome-edited cells?",
            ("2\u201327",),
            ("2\u201369",),
        ),
        ("Would you itemise the abstracts that used venetoclax?", ("942", "1414"), ()),
        ("What might the closing paragraph say it was about?", ("first-line",), ()),
        ("yr of 4053 + journal/yr", ("Blood", "2022"), ("37.6%",)),
    ],
)
def test_the_shipped_review(
    ask: Callable[[str], Answer], question: str, says: tuple[str, ...], leaves_out: tuple[str, ...]
) -> None:
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert all(word in answer.text for word in says), answer.text
    assert not any(word in answer.text for word in leaves_out), answer.text


@pytest.mark.parametrize(
    "question",
    [
        "An uncle of ours was offered venetoclax and would like to know whether he ought to accept it.",
        "My sister's boy has T-ALL; the parents wonder whether to insist on CAR-T cells. Thoughts?",
        "3y OS of the T-LBL patients in GMALL (not the whole cohort)",
        "In GMALL, 3-year OS of adults versus adolescents and young adults?",
    ],
)
def test_no_figure_is_given(ask: Callable[[str], Answer], question: str) -> None:
    assert ask(question).status is Status.DECLINED


def test_what_is_still_under_study_is_no_yes(ask: Callable[[str], Answer]) -> None:
    assert ask("Is nelarabine approved in first line?").text.startswith("No: ")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "Our leaflet asserts that drug A is the sole agent approved; is that assertion borne out by the text?",
            "Is it true that drug A is the sole agent approved?",
        ),
        (
            "A referee has written that drug A cures mice, and I want to ask whether the review agrees with it.",
            "Is it true that drug A cures mice?",
        ),
        ("CR of A versus B, significant at 5%?", "Was the difference in CR of A versus B significant?"),
        ("Was the difference significant?", "Was the difference significant?"),
        (
            "Was it trial A or trial B that enrolled more patients?",
            "Which enrolled more patients, trial A or trial B?",
        ),
        (
            "Considering only the worst of X, how do A and trial B compare, bearing in mind that one is small?",
            "worst of X: how do A and trial B compare?",
        ),
        ("X used for risk - which not?", "Studies with no X used for risk"),
    ],
)
def test_frames(text: str, plain: str) -> None:
    assert asked_outright(text) == plain


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("was it sixty-two point three per cent?", "was it 62.3%?"),
        ("did it exceed sixty-five per cent?", "did it exceed 65%?"),
        ("OS fell short of ninety per cent", "OS was below 90%"),
        ("how many fell short of CR?", "how many fell short of CR?"),
    ],
)
def test_shares_in_words(text: str, written: str) -> None:
    assert written_out(text) == written
