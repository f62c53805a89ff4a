"""Questions that are answered in words: what letters stand for, and which thing, cause or way the review names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import CORPUS, REVIEWS, engine_over

from assistant.engine.engine import Engine
from assistant.model import Answer, Status
from assistant.question.reader import QuestionReader
from assistant.telling.fitting import asks_thing, named_thing
from assistant.telling.short_forms import ShortForms

LEUKAEMIA = "t-all-ash-2022"
MARROW = "aplastic-anaemia-2025"
MYELOMA = "myeloma-meeting-2024"


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Callable[[str], Engine]:
    """The engine over one review; each is made once."""
    made: dict[str, Engine] = {}

    def of(review: str) -> Engine:
        if review not in made:
            made[review] = engine_over(CORPUS if review == LEUKAEMIA else REVIEWS / review, assistant_home)
        return made[review]

    return of


@pytest.fixture(scope="module")
def ask(engines: Callable[[str], Engine]) -> Callable[[str, str], Answer]:
    return lambda review, question: engines(review).ask([question])


@pytest.fixture(scope="module")
def short_forms(engines: Callable[[str], Engine]) -> Callable[[str], ShortForms]:
    def of(review: str) -> ShortForms:
        found = engines(review).reviews[0]
        return ShortForms(found, found.reader.vocabulary.scaffold)

    return of


@pytest.fixture(scope="module")
def reader(engines: Callable[[str], Engine]) -> QuestionReader:
    review = engines(MYELOMA).reviews[0]
    return QuestionReader(review, review.reader.vocabulary)


@pytest.mark.parametrize(
    ("review", "message", "meant"),
    [
        (LEUKAEMIA, "Flashcard: AYA. What goes on the back?", ["AYA"]),
        (LEUKAEMIA, "What on earth is CIR", ["CIR"]),
        (LEUKAEMIA, "ORR. Long version?", ["ORR"]),
        (LEUKAEMIA, "EFS, RFS - my tutor uses both. Which words do these stand for here?", ["EFS", "RFS"]),
        (LEUKAEMIA, "remind me, GvHD was what again?", ["GvHD"]),
        (LEUKAEMIA, "my slide says EFS, what do I put in the legend", ["EFS"]),
        (MYELOMA, "sCR and VGPR: what's behind them?", ["sCR", "VGPR"]),
        (MYELOMA, "OS - overall survival or something else?", ["OS"]),
        (MYELOMA, "CELMoD, spelled in full?", ["CELMoD"]),
        # figures, studies and results are asked for, not words
        (LEUKAEMIA, "What was the ORR?", []),
        (LEUKAEMIA, "Name the study with the best EFS.", []),
        (LEUKAEMIA, "Give me every EFS figure in the letter with its study.", []),
        (LEUKAEMIA, "What was the EFS again?", []),
        (MYELOMA, "mean OS across studies", []),
        (MYELOMA, "How often was CRS seen?", []),
        (MYELOMA, "What does the CRS rate mean for outpatients?", []),
    ],
)
def test_what_a_message_says_beside_a_short_form_tells_whether_its_words_are_wanted(
    short_forms: Callable[[str], ShortForms], review: str, message: str, meant: list[str]
) -> None:
    assert short_forms(review).meant(message) == meant


@pytest.mark.parametrize(
    ("review", "message", "short"),
    [
        (LEUKAEMIA, "how is cytokine release syndrome shortened in this paper", "CRS"),
        (LEUKAEMIA, "What's the short name for progression-free survival?", "PFS"),
        (LEUKAEMIA, "how does the letter shorten adolescents and young adults", "AYA"),
        (MYELOMA, "duration of response is cut down to which letters?", "DOR"),
        (MYELOMA, "Which patients had a short duration of response?", ""),
        (MYELOMA, "What was the overall survival?", ""),
    ],
)
def test_words_are_shortened_as_the_list_has_it(
    short_forms: Callable[[str], ShortForms], review: str, message: str, short: str
) -> None:
    assert short_forms(review).shortened(message) == short


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("Which infections did they die of?", True),
        ("For what reasons did two of them stop?", True),
        ("What side effect capped the dose?", True),
        ("What was the main cause of non-relapse mortality?", True),
        ("Name the pathogens.", True),
        ("Which dose was taken further?", True),
        ("What dose was given?", False),
        ("What was the overall survival at two years?", False),
        ("How many patients died?", False),
        ("Which trial had the best response?", False),
        ("Name all the French studies.", False),
        ("Which two-year survival did they see?", False),
        ("PFS in patients whose disease was MRD-positive", False),
    ],
)
def test_a_thing_told_in_words_is_told_from_a_figure(
    reader: QuestionReader, question: str, thing: bool
) -> None:
    assert asks_thing(reader.read(question)) is thing


def test_an_event_that_a_measure_counts_is_no_thing_of_its_own(reader: QuestionReader) -> None:
    assert named_thing(reader.read("Which gene predicted relapse?")) == "gene"
    assert named_thing(reader.read("Which side effects occurred?")) == ""


ANSWERED = [
    (LEUKAEMIA, "pls spell out what each letter of HAG brings", ["homoharringtonine", "cytarabine", "G-CSF"]),
    (LEUKAEMIA, "The H in HAG, what drug is that?", ["homoharringtonine"]),
    (MYELOMA, "which drugs hide in LRd?", ["lunozomib", "lenalidomide", "dexamethasone"]),
    (LEUKAEMIA, "When an adult turns up with ALL, roughly how often is it the T kind?", ["25–30%"]),
    (LEUKAEMIA, "Which survival protein do the lymphoblasts of this disease make in excess?", ["BCL2"]),
    (LEUKAEMIA, "Against which antigen is the RD13-01 CAR directed?", ["anti-CD7"]),
    (
        LEUKAEMIA,
        "One-sentence takeaway of the nelarabine alone-or-not comparison?",
        ["better", "combination"],
    ),
    (LEUKAEMIA, "Is it right that just one targeted medicine has been passed for T-ALL?", ["nelarabine"]),
    (
        LEUKAEMIA,
        "I heard the NS7CAR product only worked since CD7 had been cut out by gene editing. Correct?",
        ["No:", "without additional genetic"],
    ),
    (MARROW, "To what was the deep-vein thrombosis attributed?", ["verotrombopag"]),
]


@pytest.mark.slow
@pytest.mark.parametrize(("review", "question", "words"), ANSWERED, ids=[q for _, q, _ in ANSWERED])
def test_the_passage_that_says_it_answers(
    ask: Callable[[str, str], Answer], review: str, question: str, words: list[str]
) -> None:
    answer = ask(review, question)
    assert answer.status is Status.ANSWERED
    assert all(word.lower() in answer.text.lower() for word in words)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("review", "question"),
    [
        (LEUKAEMIA, "Which mutation predicted response to V-HAG?"),
        (LEUKAEMIA, "Which factor predicted relapse in the Hatta study?"),
        (LEUKAEMIA, "Which infections occurred after donor-derived CD7 CAR T cells?"),
        (LEUKAEMIA, "Which vector was used to make the NS7CARs?"),
        (LEUKAEMIA, "Who funded the review?"),
        (LEUKAEMIA, "Name all the Chinese studies"),
    ],
)
def test_no_figure_and_no_sentence_on_something_else_is_given_for_a_thing(
    ask: Callable[[str, str], Answer], review: str, question: str
) -> None:
    assert ask(review, question).status is Status.DECLINED
