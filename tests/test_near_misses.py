"""Words that ask for less, for more or for something else than a near figure, and what they are read as."""

from __future__ import annotations

import pytest
from asking import CORPUS

from assistant.building.described import parted
from assistant.corpus.corpus import read_corpus
from assistant.model import Fact
from assistant.question.clean import written_out
from assistant.question.reader import Ask, QuestionReader
from assistant.vocabulary.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def reader() -> QuestionReader:
    vocabulary = load_vocabulary()
    return QuestionReader(read_corpus(CORPUS, vocabulary).reviews[0], vocabulary)


@pytest.mark.parametrize(
    "said",
    [
        "Ignoring treatment arm, ",
        "Disregarding which arm they were in, ",
        "Setting treatment groups aside, ",
        "Irrespective of the randomised arm, ",
        "No matter which group they were assigned to, ",
    ],
)
def test_that_the_arms_are_not_told_apart_narrows_nothing_down(said: str) -> None:
    assert written_out(f"{said}what was the CR rate?").strip() == "what was the CR rate?"


def test_an_arm_that_is_described_is_not_set_aside() -> None:
    kept = "regardless of group with prior transplant, what was OS?"
    assert written_out(kept) == kept


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("first-year survival in X", "1-year survival in X"),
        ("third-year overall survival", "3-year overall survival"),
        ("response after the second round", "response after the cycle 2"),
        ("TI for 24+ weeks", "TI for 24 weeks or longer"),
        ("abstract fifty-one: OS?", "abstract 51: OS?"),
        ("a first-year fellow asks", "a first-year fellow asks"),
    ],
)
def test_ordinals_and_numbers_in_words_are_written_out(question: str, shown: str) -> None:
    assert written_out(question) == shown


@pytest.mark.parametrize(
    "question",
    [
        "How long did the responses last in GMALL?",
        "How durable were the complete remissions in GMALL?",
        "For how long were they kept in remission in GMALL?",
        "How long was remission lasting (median DOR) in GMALL?",
    ],
)
def test_how_long_a_response_lasts_is_no_rate_of_responses(reader: QuestionReader, question: str) -> None:
    ask = reader.read(question)
    assert ask.measures == ("median_DOR",)
    assert ask.families == ()


def test_a_rate_beside_a_duration_is_asked_too(reader: QuestionReader) -> None:
    assert reader.read("CR rate and duration of response in GMALL").measures == ("CR", "DOR")


def _grade(reader: QuestionReader, question: str) -> str:
    ask: Ask = reader.read(question)
    return ask.grade


def test_a_grade_that_is_excluded_is_not_asked(reader: QuestionReader) -> None:
    assert _grade(reader, "Rate of GRADE 3-4 GvHD (not the mild ones)") == "3-4"
    assert _grade(reader, "GvHD, not the mild ones?") == ">=3"
    assert _grade(reader, "How many had mild GvHD?") == "<=2"


def test_a_bare_count_counts_what_was_said_before_it(reader: QuestionReader) -> None:
    ask = reader.read("Sadly some patients in GMALL passed away. How many out of the ten?")
    assert ask.measures == ("deaths",)
    assert ask.wants == "count"


def test_what_some_patients_were_and_others_were_not_describes_no_study() -> None:
    facts = [
        Fact("Z", "PFS", "40%", "p", unit="%", group=frozenset({"unfit"})),
        Fact("Z", "PFS", "70%", "p", unit="%", group=frozenset({"no-unfit"})),
        Fact("Y", "PFS", "70%", "p", unit="%", group=frozenset({"unfit"})),
    ]
    assert parted(facts, {}) == {"Z": frozenset({"unfit"}), "Y": frozenset()}
    assert parted(facts[2:], {"unfit": "fit"}) == {"Y": frozenset()}
