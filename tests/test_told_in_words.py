"""Reasons, meanings, manners, effects and backgrounds that a sentence tells, and what must still be declined."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import engine_over

from assistant.model import Answer, Status
from assistant.text.excerpt import excerpt
from assistant.text.reasons import gives_reason, reasons_in
from assistant.text.sentences import split_sentences

REVIEW = """---
title: "Lymphoma at the 2033 meeting"
authors: ["Ashgrove T"]
journal: "Made-up Transactions"
year: 2033
volume: "2"
pages: "1-9"
doi: "10.5555/made.up.33"
licence: "CC BY 4.0"
study_label: Abstract
tables:
  table-1.csv: {title: "The studies", note: "N/A, not available"}
---

# Introduction

Lymphoma is a disease of the elderly, with a median age at presentation of 71 years, and the 10-year overall survival (OS)
across all stages is no more than 45% [1].

# Antibodies

Alphamab is a glycoengineered antibody whose long half-life is thought to permit rare dosing and thereby to spare patients visits.
The phase III AMBER trial compared alphamab plus chemotherapy (n = 120) with chemotherapy (n = 60) in lymphoma (Abstract 21) [2].
The drug was given intravenously at 10 mg/kg every two weeks through cycle 4, every four weeks in cycles 5 to 8, and every eight weeks
thereafter. After two fatal infections in the first 12 patients, alphamab was shortened from 12 to 8 cycles. Bulky disease, defined
as any lesion of more than 7 cm, was present in 40 patients. The ORR was 71.7% (86/120) with alphamab and 50.0% (30/60) with
chemotherapy. The 2-year PFS was 68.3% and 52.4% (HR 0.61; p = 0.01), a benefit that was preserved in patients with bulky disease,
but not in those older than 70 years (HR 0.97; p = 0.88). Of the 18 patients who never started, ten had progressed and eight withdrew
consent. Infusion reactions were seen in nine patients, none of them fatal; they resolved in all, and none had to stop alphamab.
The median OS did not differ. The investigators put this down to crossover, which 25 of 60 control patients made use of. They
acknowledged that the open-label design may have favoured the newer drug.

# Cells

Betacel was infused in 44 children (Abstract 22) [3]. Treatment was discontinued by 14 patients, because of relapse in 8, infection in 4
and refusal in 2. Marrow was examined every three months and blood monthly. The ORR was 81.8% (36/44).
"""
TABLE_1 = """"Abstract No.","21","22"
"Authors, reference","Moreau et al. [2]","Lindqvist et al. [3]"
"Agents","Alphamab + chemotherapy vs chemotherapy","Betacel"
"Trial name","AMBER","N/A"
"No. of patients","180 (120; 60)","44"
"Median age, years","63","9"
"""
REFERENCES = "".join(
    f"@article{{r{n}, number = {{{n}}}, author = {{{name}, A}}, title = {{Study {n}}}, journal = {{Blood}}, year = {{2033}}}}\n"
    for n, name in enumerate(("Ashgrove", "Moreau", "Lindqvist"), 1)
)
SHORT = (
    "abbreviation,meaning\nORR,overall response rate\nOS,overall survival\nPFS,progression-free survival\n"
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Answer]:
    corpus = tmp_path_factory.mktemp("told") / "corpus"
    folder = corpus / "lymphoma"
    folder.mkdir(parents=True)
    for name, text in (
        ("review.md", REVIEW),
        ("table-1.csv", TABLE_1),
        ("references.bib", REFERENCES),
        ("abbreviations.csv", SHORT),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    engine = engine_over(corpus, Path(corpus.parent / "home"))
    return lambda *turns: engine.ask(list(turns))


# Turns, what the answer must hold, what it must not.
TOLD: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "after this, that was done": (
        ("Why did they cut alphamab to 8 cycles in AMBER?",),
        ("two fatal infections", "shortened"),
        ("ORR",),
    ),
    "a reason in the next sentence": (
        ("Why was there no difference in OS in the AMBER trial?",),
        ("did not differ", "crossover"),
        ("68.3",),
    ),
    "what is held responsible": (
        ("What do the AMBER investigators blame for the similar OS?",),
        ("crossover",),
        ("68.3",),
    ),
    "what befell those who did not": (
        ("Why did some patients of AMBER never start?",),
        ("ten had progressed", "eight withdrew"),
        ("180",),
    ),
    "reasons one by one": (
        ("What were the reasons for stopping betacel?",),
        ("relapse in 8", "infection in 4", "refusal in 2"),
        (),
    ),
    "a bare why": (
        ("How many patients discontinued betacel?", "why?"),
        ("relapse in 8", "infection in 4"),
        ("no reason",),
    ),
    "what a thing is good for": (
        ("What is the long half-life of alphamab good for?",),
        ("permit rare dosing", "Abstract 21"),
        ("Review",),
    ),
    "what counted as a term": (
        ("What counted as bulky disease in AMBER?",),
        ("more than 7 cm",),
        ("40 patients",),
    ),
    "how a term was defined": (
        ("How was bulky disease defined in AMBER?",),
        ("more than 7 cm",),
        ("40 patients",),
    ),
    "a schedule in three steps": (
        ("How was alphamab administered in AMBER?",),
        ("every two weeks", "every four weeks", "every eight weeks"),
        ("71.7",),
    ),
    "how patients were watched": (
        ("How were patients monitored in the betacel study?",),
        ("every three months", "monthly"),
        ("81.8",),
    ),
    "what authors admit": (("What limitation did the AMBER authors admit?",), ("open-label",), ("71.7",)),
    "a figure of the disease at large": (
        ("What is the median age at presentation of lymphoma?",),
        ("71 years", "Review"),
        ("63",),
    ),
    "an effect that was not there": (
        ("Did patients older than 70 years benefit from alphamab, too?",),
        ("No: ", "older than 70"),
        (),
    ),
    "an effect that was": (
        ("Did patients with bulky disease benefit from alphamab?",),
        ("Yes: ", "preserved"),
        (),
    ),
    "deaths of a cause": (
        ("Did anyone die of infusion reactions with alphamab?",),
        ("No: ", "none of them fatal"),
        (),
    ),
    "those just counted": (
        ("How many patients had infusion reactions in AMBER?", "Did they have to stop?"),
        ("No: ", "none had to stop"),
        (),
    ),
}


@pytest.mark.parametrize("case", TOLD, ids=str)
def test_the_sentence_that_tells_it_is_quoted(ask: Callable[..., Answer], case: str) -> None:
    turns, held, absent = TOLD[case]
    answer = ask(*turns)
    assert answer.status is Status.ANSWERED, answer.text
    assert all(text in answer.text for text in held), answer.text
    assert not any(text in answer.text for text in absent), answer.text


DECLINED = {
    "a drug that attained nothing there": ("Which ORR did xyfostaurin reach in AMBER?",),
    "a syndrome of which nothing is told": (
        "What was the ORR in children with Down syndrome in abstract 22?",
    ),
    "those on a drug of another study": ("What was the ORR in AMBER?", "and in those taking betacel?"),
    "a reason that is not told": ("Why was the ORR higher with alphamab?",),
}


@pytest.mark.parametrize("case", DECLINED, ids=str)
def test_what_is_not_told_is_declined(ask: Callable[..., Answer], case: str) -> None:
    answer = ask(*DECLINED[case])
    assert answer.status is Status.DECLINED, answer.text


@pytest.mark.parametrize(
    "text",
    [
        "The dose was cut, as most patients had cytopenia.",
        "This was attributed to crossover.",
        "After bleeding in two patients, enrolment was stopped.",
        "Accrual was closed on the advice of the safety board.",
        "The rise reflects enzyme inhibition rather than injury.",
        "It was stopped, since the boundary had been crossed.",
    ],
)
def test_a_reason_is_known_in_many_forms(text: str) -> None:
    assert gives_reason(text)


@pytest.mark.parametrize(
    "text",
    [
        "After a median follow-up of 20 months, 12 patients had died.",
        "It has been recommended since then.",
        "The ORR was 80%, as compared with 60%.",
        "The response was as deep as before.",
    ],
)
def test_what_gives_no_reason_is_not_taken_for_one(text: str) -> None:
    assert not gives_reason(text)


def test_reasons_told_one_by_one_are_known() -> None:
    assert "parts" in reasons_in("Seventeen resumed it, thirteen for relapse and four for progression.")
    assert "parts" not in reasons_in("Five patients had grade 3 and one patient had grade 4 events.")


def test_the_last_of_several_things_is_not_cut_off() -> None:
    text = "The drug was given at 10 mg daily for a week, every other day for a month, and every week thereafter."
    assert excerpt(text, lambda part: "given" in part) == text


def test_milliseconds_end_a_sentence() -> None:
    import re

    text = "Two had an interval above 500 ms. Relapses were rare. We thank Ms. Moor for help."
    spans = split_sentences(text, re.compile(r"(?!)"))
    assert [text[a:b] for a, b in spans] == [
        "Two had an interval above 500 ms.",
        "Relapses were rare.",
        "We thank Ms. Moor for help.",
    ]
