"""Things asked for in words: causes of death, events by name, chosen doses, predictors, differences that were none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import engine_over

from assistant.model import Answer, Status
from assistant.telling.shortened import shortest, without_figures
from assistant.text.reasons import gives_reason

REVIEW = """---
title: "Leukaemia at the 2034 meeting"
authors: ["Ashgrove T"]
journal: "Made-up Transactions"
year: 2034
volume: "3"
pages: "1-9"
doi: "10.5555/made.up.34"
licence: "CC BY 4.0"
study_label: Abstract
tables:
  table-1.csv: {title: "The studies", note: "N/A, not available"}
---

# Introduction

Leukaemia is a disease of the elderly [1].

# Pills

Betanib was explored at 50, 100 and 150 mg daily in 40 patients of the phase I LINDEN trial (Abstract 31) [2]. Two patients
had a DLT, namely pancreatitis of grade 3 and a prolonged cytopenia. Two patients at 150 mg developed uveitis that had not
resolved by the cutoff. Therefore, 100 mg daily was selected as the recommended phase II dose. It was given with (arm A) or without (arm B)
antacids. The ORR was 55.0% (22/40).
Three patients (7.5%) died within 60 days, all of them from sepsis. Low baseline albumin (HR 2.10) and a blast count above
30% (HR 1.80) independently predicted early relapse. Betanib was taken in the evening to lessen nausea. Tumour lysis was seen
in five patients, all of whom recovered with rasburicase and hydration. The authors concluded that patients with a low blast
count gain most from betanib. OS data were immature (HR 0.80; 95% CI 0.50-1.20).

# Antibodies

Gammamab plus chemotherapy (n = 100) was compared with chemotherapy alone (n = 100) in the randomized phase III ROWAN trial
(Abstract 32) [3]. Gammamab was given at 2 mg/kg on day 1, 4 mg/kg on day 8 and 8 mg/kg every 3 weeks thereafter. The 2-year
RFS was 60.0% vs. 48.0% (p = 0.01); the benefit was confined to patients with a high burden [blasts of 50% or more at entry;
HR 0.60] and was not significant in those with wild-type disease (HR 0.95). Anaemia was more frequent with gammamab (30.0%
vs. 20.0%), whereas pneumonia was not (9.0% vs. 8.0%). The most frequent adverse event of grade 3 or higher was neutropenia
(41.0%). The trial was halted for futility. The price was more febrile neutropenia: 25.0% vs. 12.0%.
"""
TABLE_1 = """"Abstract No.","31","32"
"Authors, reference","Moreau et al. [2]","Lindqvist et al. [3]"
"Agents","Betanib","Gammamab + chemotherapy vs chemotherapy"
"Trial name","LINDEN","ROWAN"
"No. of patients","40","200 (100; 100)"
"Median age, years","63","59"
"""
REFERENCES = "".join(
    f"@article{{r{n}, number = {{{n}}}, author = {{{name}, A}}, title = {{Study {n}}}, journal = {{Blood}}, year = {{2034}}}}\n"
    for n, name in enumerate(("Ashgrove", "Moreau", "Lindqvist"), 1)
)
SHORT = "abbreviation,meaning\nORR,overall response rate\nOS,overall survival\nRFS,relapse-free survival\nDLT,dose-limiting toxicity\n"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Answer]:
    corpus = tmp_path_factory.mktemp("things") / "corpus"
    folder = corpus / "leukaemia"
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


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What were the DLTs of betanib?", "pancreatitis"),
        ("Which DLTs did the patients on betanib have?", "cytopenia"),
        ("What did the patients in LINDEN die of?", "sepsis"),
        ("What was the cause of the early deaths in LINDEN?", "sepsis"),
        ("Which dose of betanib was taken forward?", "100 mg"),
        ("Which dose was chosen in LINDEN and why?", "uveitis"),
        ("Which factors predicted relapse in LINDEN?", "albumin"),
        ("What predicted early relapse with betanib?", "albumin"),
        ("How was tumour lysis managed on betanib?", "rasburicase"),
        ("What did Moreau and colleagues conclude about the blast count?", "gain most"),
        ("Why was betanib taken in the evening?", "nausea"),
        ("How was gammamab stepped up in ROWAN?", "4 mg/kg"),
        ("What dose of gammamab was given, and how often?", "every 3 weeks"),
        ("What was the most common adverse event of grade 3 or higher with gammamab?", "neutropenia"),
        ("Why was the ROWAN trial stopped?", "futility"),
        ("What differed between arm A and arm B in LINDEN?", "antacids"),
        ("How did the arms of LINDEN differ?", "antacids"),
        ("What was the downside of gammamab?", "febrile neutropenia"),
        ("How was a high burden defined in ROWAN?", "50% or more"),
    ],
)
def test_the_sentence_with_the_thing_is_told(ask: Callable[..., Answer], question: str, words: str) -> None:
    answer = ask(question)
    assert answer.status is Status.ANSWERED, answer.text
    assert words in answer.text, answer.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Was OS already better in LINDEN?", "immature"),
        ("Are there any OS results from LINDEN yet?", "immature"),
        ("Was the RFS benefit of gammamab also significant in wild-type disease?", "not significant"),
        ("Was pneumonia more frequent with gammamab?", "was not"),
    ],
)
def test_what_was_not_so_is_denied_in_words(ask: Callable[..., Answer], question: str, words: str) -> None:
    answer = ask(question)
    assert answer.text.startswith("No:"), answer.text
    assert words in answer.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did the patients in ROWAN die of?", "sepsis"),
        ("Which factors predicted relapse in ROWAN?", "albumin"),
        ("Which dose of gammamab was taken forward?", "100 mg"),
        ("How was anaemia managed with gammamab?", "rasburicase"),
        ("What were the DLTs of gammamab?", "pancreatitis"),
    ],
)
def test_nothing_is_taken_from_another_study(ask: Callable[..., Answer], question: str, words: str) -> None:
    assert words not in ask(question).text


def test_figures_nobody_asked_for_are_left_out(ask: Callable[..., Answer]) -> None:
    assert "2.10" not in ask("Which factors predicted relapse in LINDEN?").text
    assert "0.80" not in ask("Was OS already better in LINDEN?").text
    assert "0.60" not in ask("How was a high burden defined in ROWAN?").text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Lung disease (HR 1.7; 95% CI 1.2-2.5) predicted failure.", "Lung disease predicted failure."),
        ("Two died (n = 2), both (of sepsis).", "Two died, both (of sepsis)."),
        ("A dose (75 mg weekly) was chosen [p = 0.01].", "A dose (75 mg weekly) was chosen."),
    ],
)
def test_only_brackets_of_figures_are_cut(text: str, kept: str) -> None:
    assert without_figures(text) == kept


def test_one_of_several_clauses_is_enough() -> None:
    text = "Rash: 12 patients (30%); pancreatitis led to two deaths; nausea: 9 patients."
    assert shortest(text, lambda part: "deaths" in part) == "…pancreatitis led to two deaths …"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The drug was started on day 15 to lower the risk of lysis.", True),
        ("The cells were armoured to withstand the niche.", True),
        ("The trial was closed early for lack of accrual.", True),
        ("The authors attributed the longer survival to the loss of the protein.", True),
        ("The drug failed to improve survival.", False),
        ("Mice given the combination survived.", False),
        ("The drug was stopped on day 12.", False),
    ],
)
def test_words_for_a_reason(text: str, reason: bool) -> None:
    assert gives_reason(text) is reason
