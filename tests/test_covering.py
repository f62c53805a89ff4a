"""Questions in words that a look-up would decline, and the cases beside them that must still be declined."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import CORPUS, engine_over

from assistant.model import Answer, Status
from assistant.text.text import is_negated_word, negations


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Callable[[str], Answer]:
    engine = engine_over(CORPUS, assistant_home)
    return lambda question: engine.ask([question])


# Question, what the answer must hold.
ANSWERED = {
    "a way of doing, with a measure in it": ("How do PEBLs lower GvHD risk?", "reduced risk of GvHD"),
    "a word that is a characteristic elsewhere": ("is RD13-01 dose dependent?", "dose-dependently effective"),
    "an adjective that the review denies": ("Is the cure rate satisfactory with chemo?", "No: "),
    "the same denied in the question": ("Is the cure rate of chemotherapy unsatisfactory?", "Yes: "),
    "a reason in a clause between commas": ("Why is BCL2 a target in T-ALL?", "overexpressed"),
    "a subgroup with words but no figures": ("how did early T-ALL do in GMALL", "Poorer outcomes"),
    "a time without a measure": ("results at one year in Tan", "62.3%"),
    "a cycle without a measure": ("What happened after cycle 2 of V-HAG?", "after the second cycle was 100%"),
    "n of N where the text has n alone": (
        "56 of 62 - what is that?",
        "CR/CRi was reported in 56 patients (90.3%)",
    ),
    "an agent beside the one named": ("What did Hatta combine nelarabine with?", "L-ASP"),
    "what else was given": ("what else did the AYA patients receive besides nelarabine?", "L-ASP"),
    "an entry of the front matter alone": ("What's the DOI", "10.1186/s40164-023-00384-4"),
    "the review's authors": ("Who are the authors?", "Xu, Zhu"),
    "a figure of a study named": ("What is the 40% in the Tan paragraph?", "GvHD of grade 1-2 was 40%"),
    "two studies set side by side": ("compare Suo and Yu", "CR/CRi rate (after the second cycle): 100%"),
    "safety where no row has it": ("Compare safety of NS7CAR and RD13-01", "47/53 (88.7%)"),
    "a part of a regimen": ("is G-CSF part of HAG?", "Yes: HAG: "),
    "no part of a regimen": ("does HAG contain daunorubicin?", "No: HAG: "),
    "a part under a longer name": ("Does the HAG regimen include cytarabine?", "Yes: HAG: "),
    "which one was": ("Which CAR-T was gene-edited?", "genome-edited"),
    "which one was not": ("Which product is made without gene editing?", "without additional genetic"),
    "a short form that is also a word of products": (
        "what's CAR?",
        "CAR stands for chimeric antigen receptor",
    ),
    "a size by a word for a study": ("how large was the nelarabine retrospective series?", "44 patients"),
    "what is common": ("is T-ALL common among adult ALL?", "25–30%"),
    "grades added up for a share, too": ("proportion with CRS ≥3 in NS7CAR", "11.3%, computed from 5"),
    "a country that is no group of patients": (
        "What 3-year OS did the German group report overall?",
        "78% for all patients",
    ),
    "a difference between arms that are not named": (
        "by how much did RFS differ between arms",
        "42.1 percentage points",
    ),
    "one arm more than the other": (
        "how many more patients were in the combination arm",
        "The difference is 14 patients",
    ),
    "the results of one study": ("Hatta results", "3-year CIR: 5.3%"),
    "the review in sum": ("Key takeaways?", "first-line regimen"),
    "a subject as a whole": ("What does the review say about CAR-T overall?", "Because of fratricide"),
    "what an entry is about": ("what is ref 2 about", "The emerging scenario of immunotherapy"),
    "an age group in several studies": ("were kids treated in the CAR-T studies?", "Yes: in Abstract 980"),
    "an age nobody had": (
        "Did any trial include anybody over 70?",
        "No: in Goekbuget et al., the age range was 18–55",
    ),
    "adverse events by those that are named": ("side effects of RD13-01", "CRS of grade 1"),
    "what a table says of a study": ("What does table 2 say about Abstract 1995?", "CR: 80%"),
    "a time that is no year of publication": ("all 3-year results please", "93.4%"),
    "how the review is arranged": ("which classes of drugs are covered", "Venetoclax-based treatment"),
    "figures at different times, neither the greater": (
        "Did NS7CAR patients have better OS than Tan's?",
        "not a head-to-head comparison",
    ),
    "a cell by row and column": ("Table 1, row Analysis, column 54", "Analysis: II"),
    "a cell by part of its row's head": ("cell for MRD analysis, 942", "postremission therapy: No"),
    "rows without an entry": ("which rows are N/A for GMALL", "in these rows: Analysis and Study period"),
    "a phase and a study's number": ("phase 1995", "phase I study"),
    "an arm by what was added": (
        "two-year survival when other drugs were added to nelarabine",
        "52.9% in the combination",
    ),
    "the meeting, by the title": ("What meeting is this from?", "2022 ASH Annual Meeting"),
    "an arm, not a word of another study's title": ("CR in combination arm", "62% in the combination group"),
}


@pytest.mark.parametrize("case", ANSWERED, ids=str)
def test_it_is_answered(ask: Callable[[str], Answer], case: str) -> None:
    question, words = ANSWERED[case]
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert words in answer.text


# Question, what the decline must name.
DECLINED = {
    "another time": ("What was 2-year overall survival in the GMALL trial?", "2-year OS"),
    "the opposite taken for granted": ("How come PCART7-CD3 PEBL made GvHD worse in patients?", "GvHD"),
    "a reason that a mere statement is not": ("Why did monotherapy outperform the combination in Shimony et al.?", "no reason"),
    "significance where only another measure was tested": (
        "Was OS significantly better with the combination?", "no p-value for OS"),
    "a mean that is no short form": ("mean OS across studies", "overall survival"),
    "a cell that says nothing": ("row NCT No, column 54", "(the table says N/A)"),
    "a grade nobody had": ("Was there any grade 5 CRS?", "CRS of grade 5"),
    "a group that no study gives": ("3-yr OS for early T-ALL", "3-year OS for early T-ALL"),
    "no outcome to rank by": ("Which therapy is best?", "does not rank treatments"),
    "a greeting": ("hi", "Ask what the review reports"),
    "a p-value of another measure": ("p-value for RFS difference in Shimony", "p-value for RFS"),
    "a dose by its noun": ("HAG dose of homoharringtonine", "dose"),
    "the journal of an unknown study": ("journal of the Xylander trial?", "Xylander"),
}  # fmt: skip


@pytest.mark.parametrize("case", DECLINED, ids=str)
def test_it_is_declined_by_name(ask: Callable[[str], Answer], case: str) -> None:
    question, words = DECLINED[case]
    answer = ask(question)
    assert answer.status is Status.DECLINED
    assert words in answer.text


def test_the_words_that_deny_a_word() -> None:
    assert "unsatisfactory" in negations("satisfactory")
    assert negations("fit") == ()


def test_opposites_need_one_side_to_have_only_the_denial() -> None:
    assert is_negated_word(frozenset({"favourable"}), frozenset({"unfavourable"}))
    assert is_negated_word(frozenset({"unfavourable"}), frozenset({"favourable"}))
    assert not is_negated_word(frozenset({"favourable"}), frozenset({"favourable", "unfavourable"}))
    assert not is_negated_word(frozenset({"favourable"}), frozenset({"poor"}))
