"""Facts in words: what is said of a figure is what the reader of facts reads back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from asking import CORPUS, REVIEWS

from assistant.corpus.corpus import Review, read_corpus
from assistant.model import Fact
from assistant.say import Speaker, cycle_words, grade_words, joined, upper_first
from assistant.vocabulary.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def speakers() -> dict[str, Speaker]:
    """A speaker for each review, by the folder's name."""
    vocabulary = load_vocabulary()
    folders = [CORPUS, *(p for p in sorted(REVIEWS.iterdir()) if p.is_dir())]
    reviews = [r for folder in folders for r in read_corpus(folder, vocabulary).reviews]
    return {r.id: Speaker(r, vocabulary) for r in reviews}


@pytest.fixture(scope="module")
def speaker(speakers: dict[str, Speaker]) -> Speaker:
    return speakers["t-all-ash-2022"]


def share(value: str = "61.5%", **more: object) -> Fact:
    """A made-up figure of a study of the review."""
    return replace(Fact("54", "OS", value, "p", unit="%"), **more)  # type: ignore[arg-type]


def count(n: int, **more: object) -> Fact:
    return share(str(n), attribute="CR", unit="patients", n=n, **more)


def test_words_are_joined_as_in_a_sentence() -> None:
    assert [joined([]), joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"], "or")] == [
        "",
        "a",
        "a and b",
        "a, b or c",
    ]


def test_only_the_first_letter_is_raised() -> None:
    assert upper_first("in NDMM") == "In NDMM"
    assert upper_first("") == ""


@pytest.mark.parametrize(
    ("grade", "words"),
    [(">=3", "grade 3 or higher"), ("<=2", "grade 2 or lower"), ("1-2", "grade 1-2"), ("4", "grade 4")],
)
def test_grades_in_words(grade: str, words: str) -> None:
    assert grade_words(grade) == words


@pytest.mark.parametrize(
    ("cycle", "words"), [("1", "the first cycle"), ("12", "cycle 12"), ("last", "cycle last")]
)
def test_cycles_in_words(cycle: str, words: str) -> None:
    assert cycle_words(cycle) == words


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (share(), "61.5%"),
        (share("61.5"), "61.5%"),
        (share("61.5 per cent"), "61.5 per cent"),
        (share(n=8, total=13), "61.5% (8/13 patients)"),
        (count(1), "1 patient"),
        (count(8), "8 patients"),
        (count(8, total=13), "8/13 patients"),
        (count(8, percent="61.5%"), "8 patients (61.5%)"),
        (count(8, total=13, percent="61.5%"), "8/13 (61.5%) patients"),
        (share("14", unit="months"), "14 months"),
        (share("14-month", unit="months"), "14 months"),
        (share("1 month", unit="months"), "1 month"),
        (share("14 months", unit="months"), "14 months"),
        (share("0.61", unit=""), "0.61"),
    ],
)
def test_a_figure_keeps_its_unit_and_its_n_of_N(speaker: Speaker, fact: Fact, said: str) -> None:
    assert speaker.value(fact) == said


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (share(time_point="4-year"), "4-year OS"),
        (share(attribute="CR"), "CR rate"),
        (share(attribute="CRS", grade=">=3"), "rate of CRS of grade 3 or higher"),
        (count(3, grade="2", time_point="1-month"), "1-month CR of grade 2"),
        (share(attribute="CR", cycle="2"), "CR rate after the second cycle"),
        (share("0.04", attribute="p_value", of="CR", unit="pvalue"), "p-value for CR"),
        (share("1 to 2", attribute="CI", of="OS", unit="ci", time_point="4-year"), "95% CI for 4-year OS"),
    ],
)
def test_a_measure_is_named_with_its_conditions(speaker: Speaker, fact: Fact, said: str) -> None:
    assert speaker.measure(fact) == said


@pytest.mark.parametrize(
    ("fact", "whole", "said"),
    [
        (share(time_point="4-year"), False, "In Hatta et al., the 4-year OS was 61.5%."),
        (share(time_point="4-year"), True, "In Hatta et al., the 4-year OS was 61.5% for all patients."),
        (count(8), False, "In Hatta et al., CR was reported in 8 patients."),
        (
            share("0.04", attribute="p_value", of="OS", unit="pvalue", time_point="4-year"),
            False,
            "In Hatta et al., p = 0.04 for 4-year OS.",
        ),
        (
            share("< 0.01", attribute="p_value", of="OS", unit="pvalue", comparator="<"),
            False,
            "In Hatta et al., p < 0.01 for OS.",
        ),
    ],
)
def test_a_sentence_for_a_figure(speaker: Speaker, fact: Fact, whole: bool, said: str) -> None:
    assert speaker.statement(fact, whole=whole) == said


@pytest.mark.parametrize(
    ("attribute", "value", "said"),
    [
        ("phase", "II", "Hatta et al.: phase II study."),
        ("phase", "Ib/II", "Hatta et al.: phase Ib/II study."),
        ("design", "Case series", "Hatta et al.: case series study."),
        ("design", "Registry study", "Hatta et al.: registry study."),
        ("study_period", "2001–2004", "In Hatta et al., the study period was 2001–2004."),
        ("agents", "Betanib + deltazide [5]", "In Hatta et al., the study agents were Betanib + deltazide."),
    ],
)
def test_a_sentence_for_a_characteristic(speaker: Speaker, attribute: str, value: str, said: str) -> None:
    assert speaker.characteristic(Fact("54", attribute, value, "p")) == said


def test_two_studies_of_one_first_author_are_told_apart(speaker: Speaker) -> None:
    assert speaker.who("54") == "Hatta et al."
    assert speaker.who("980") == "Abstract 980 (Zhang et al.)"
    assert speaker.who("unknown") == "unknown"


def test_the_reader_of_facts_reads_back_what_is_said(speakers: dict[str, Speaker]) -> None:
    """Every share of a measure, in every review: the sentence gives the same measure, time and number."""
    n_read = 0
    for speaker in speakers.values():
        for fact in speaker.review.facts:
            if fact.unit != "%" or fact.attribute not in speaker.vocabulary.measures or fact.group:
                continue
            read = _read(speaker.review, speaker.statement(fact))
            same = [f for f in read if (f.attribute, f.time_point) == (fact.attribute, fact.time_point)]
            assert same, speaker.statement(fact)
            n_read += 1
    assert n_read > 50


def _read(review: Review, sentence: str) -> list[Fact]:
    return list(review.reader.read(sentence))
