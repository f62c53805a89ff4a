"""Answers in the review's own words, over the published review and two made-up ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import CORPUS, REVIEWS, engine_over

from assistant.engine.engine import Engine
from assistant.model import Answer, Status
from assistant.telling.defining import said_to_be
from assistant.telling.short_forms import full_form
from assistant.telling.wordmatch import family
from assistant.text.excerpt import excerpt, figures

LEUKAEMIA = "t-all-ash-2022"
MARROW = "aplastic-anaemia-2025"
MYELOMA = "myeloma-meeting-2024"


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Callable[[str, str], Answer]:
    """Asks one of the three reviews; each engine is made once."""
    engines: dict[str, Engine] = {}

    def asked(review: str, question: str) -> Answer:
        if review not in engines:
            engines[review] = engine_over(CORPUS if review == LEUKAEMIA else REVIEWS / review, assistant_home)
        return engines[review].ask([question])

    return asked


def says(answer: Answer, *words: str) -> bool:
    text = answer.text.replace("’", "'").lower()
    return all(word.lower() in text for word in words)


# Review, question, words the answer must have, words it must not have.
ANSWERED: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    # -- cells
    "words of a cell on all patients are no subgroup": (
        LEUKAEMIA, "Of the heavily pretreated patients given NS7CAR, how many had only mild CRS?",
        ("47/53",), ()),
    "an off-the-shelf product by its short form": (
        LEUKAEMIA, "Which universal CAR-T product was studied, and how many responded completely?",
        ("1995",), ("Tan",)),
    "the arms of a study by their sizes": (
        LEUKAEMIA, "What arms did Shimony compare?", ("29", "15"), ()),
    "a moment told in passing": (
        LEUKAEMIA, "Of the adults with T-cell disease in the German multicentre trial, what share was living a year in?",
        ("89%",), ("78%",)),
    # -- the prose
    "a reason in other words": (
        LEUKAEMIA, "Why has CAR-T done worse in T-cell cancers than in B-ALL?",
        ("because of fratricide",), ()),
    "a word of the same family": (
        LEUKAEMIA, "Which protein is overexpressed by T-ALL lymphoblasts?", ("BCL2",), ()),
    "a synonym": (LEUKAEMIA, "What is the mainstay of treatment in adult T-ALL?", ("backbone",), ()),
    "how a thing is done": (LEUKAEMIA, "How do PEBLs and base editing help?", ("To avoid fratricide",), ()),
    "what a thing is made from": (
        LEUKAEMIA, "What starting cells were NS7CAR made from?", ("Bulk T cells", "without"), ()),
    "no count of patients where none is asked": (
        LEUKAEMIA, "Where do the T cells of abstract 2011 come from?", ("donor-derived",), ("twenty",)),
    "an approval": (LEUKAEMIA, "Which drug is approved for relapsed T-ALL?", ("Nelarabine",), ()),
    "a yes/no about approval in the first line": (
        LEUKAEMIA, "Is nelarabine already standard in the first line?", ("still under study",), ()),
    "a model, by a light word": (
        LEUKAEMIA, "In what sort of model was PCART7-CD3 PEBL looked at?", ("xenograft",), ()),
    "a clause alone, without its neighbour's figures": (
        MARROW, "Were the transaminase rises reversible?",
        ("…raised transaminases", "reversible"), ("twelve",)),
    "a clause keeps its measure": (MARROW, "Did the androgen lengthen telomeres?", ("0.21 kb",), ()),
    "a reason keeps both its sides": (
        MARROW, "Why was the middle dose of erlafusp alfa preferred?", ("Hypertension", "middle dose"), ()),
    "background among many conditions": (
        MARROW, "What governs the choice of treatment after the first line in ITP?", ("by habit",), ()),
    "what the authors conclude is no question for the list": (
        MARROW, "What do the authors say in conclusion about agents at the thrombopoietin receptor?",
        ("front of treatment",), ()),
    "a method, not its results": (
        MYELOMA, "How was MRD measured in the studies?", ("next-generation sequencing",), ("%",)),
    "a question of light words only": (
        MYELOMA, "Why should one be careful when comparing the trials?", ("prior exposure",), ()),
    "a cause asked with what made": (
        MYELOMA, "What made people search for antigens besides BCMA?", ("Escape through loss",), ()),
    "a reason with its own figure": (
        MYELOMA, "Why did frail patients stop a drug?", ("because of infection",), ()),
    "the short form the question uses": (
        MYELOMA, "Is GPRC5D found on B cells?", ("GPRC5D is", "hardly expressed"), ("group 5",)),
    "an image": (MYELOMA, "What is the Achilles heel of bispecific antibodies?", ("Infections remain",), ()),
    "a side effect with what it led to": (MYELOMA, "What was seen with taste?", ("61.8%", "discontinue"), ()),
    "a price that is no cost": (
        MYELOMA, "What price was paid for deeper remissions?", ("more infections",), ()),
    # -- definitions
    "a short form": (LEUKAEMIA, "What does PEBL stand for?", ("protein expression blocker",), ()),
    "a short form and a question mark": (LEUKAEMIA, "GvHD = ?", ("graft-versus-host disease",), ()),
    "from the words to the short form": (
        MYELOMA, "abbreviation of very good partial response?", ("VGPR",), ()),
    "from a plural to the short form": (MARROW, "short form of myelodysplastic syndromes?", ("MDS",), ()),
    "a proper name keeps its capitals": (
        MYELOMA, "What does IMWG mean?", ("IMWG stands for International Myeloma",), ()),
    "the parts of a regimen": (LEUKAEMIA, "what does HAG consist of?", ("homoharringtonine",), ()),
    "an apposition": (
        LEUKAEMIA, "What kind of product is RD13-01?", ("RD13-01, a novel anti-CD7",), ("ten",)),
    "a mechanism": (MARROW, "How does belrozanib act?", ("inhibitor of Bruton's tyrosine kinase",), ("198",)),
    "a name of two words": (
        MARROW, "What type of drug is erlafusp alfa?", ("ligand trap",), ("dose-ranging", "73")),
    "a kind named before the drug": (
        MARROW, "What kind of molecule is pelandrolone?", ("synthetic androgen pelandrolone",), ("200",)),
    "is a": (MYELOMA, "What class of drug is lunozomib?", ("oral proteasome inhibitor",), ()),
    "a name in brackets": (MYELOMA, "What is zelne-cel?", ("fully human BCMA",), ("64", "57")),
    "what counts as an event": (
        MARROW, "How was durable platelet response defined?", ("eight of the last twelve", "50"), ("27.3",)),
    # -- references and front matter
    "the journal of a study's abstract": (
        LEUKAEMIA, "Where was Goekbuget's abstract published?", ("Blood", "2022"), ()),
    "the first author of a number": (LEUKAEMIA, "Who is the first author of reference 7?", ("Zhang X",), ()),
    "a title by its words": (
        LEUKAEMIA, "Which reference is on clinical experience with venetoclax?",
        ("Reference 3",), ("942", "1414")),
    "a title by its author's possessive": (
        MARROW, "Title of Inglewood's paper?", ("The stem cell in marrow failure",), ()),
    "a journal by its author": (MARROW, "Which journal carried Kilbride's paper?", ("Haematol Pract",), ()),
    "a volume": (MARROW, "In which volume did reference 2 appear?", ("volume 16",), ("pages",)),
    "how many references": (LEUKAEMIA, "How many references does the review cite?", ("12 references",), ()),
    "who wrote it": (MARROW, "Who wrote the letter?", ("Ashgrove-Penhale T", "Lumley DK"), ()),
    "journal and year of the review": (
        LEUKAEMIA, "Which journal and year is the review in?", ("Experimental Hematology", "2023"), ()),
    "its licence": (MARROW, "Under what licence is the letter published?", ("CC BY 4.0",), ()),
    "its dates, which stand in the prose": (
        LEUKAEMIA, "When was the letter accepted?", ("accepted on 7 February 2023",), ()),
    "competing interests are no authors": (
        LEUKAEMIA, "Did the authors have competing interests?", ("no competing interest",), ()),
}  # fmt: skip

DECLINED: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    "a reason that is not given": (
        LEUKAEMIA, "Why was the dose of nelarabine lowered in abstract 54?", ("does not",), ("93.4",)),
    "cells of another source": (
        LEUKAEMIA, "Why were the patients' own cells used in abstract 2011?",
        ("does not", "donor"), ("twenty", "62.3")),
    "the mechanism of a drug that has none": (LEUKAEMIA, "How does nelarabine work?", (), ("approved",)),
    "a drug of another field": (
        LEUKAEMIA, "What does the review say about blinatumomab?", ("blinatumomab",), ()),
    "a year of approval": (
        LEUKAEMIA, "What was the approval date of nelarabine?", (), ("2006", "2011", "2023")),
    "a cost": (MARROW, "Was there any cost analysis of pelandrolone?", ("cost",), ("63.2",)),
    "quality of life": (MYELOMA, "Is there anything on quality of life?", ("quality of life",), ()),
    "events taken for granted that did not occur": (
        MYELOMA, "How did the parkinsonism cases resolve after zelne-cel?",
        ("no cases of delayed parkinsonism",), ()),
    "a reference beyond the list": (LEUKAEMIA, "What is reference 99?", ("no entry 99",), ()),
    "a reference by someone unknown": (
        MYELOMA, "What is the title of Featherstonhaugh's paper?", ("Featherstonhaugh",), ()),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", ANSWERED)
def test_answered(name: str, ask: Callable[[str, str], Answer]) -> None:
    review, question, words, never = ANSWERED[name]
    answer = ask(review, question)
    assert answer.status is Status.ANSWERED, answer.text
    assert says(answer, *words), answer.text
    assert not any(says(answer, word) for word in never), answer.text
    assert answer.citations


@pytest.mark.slow
@pytest.mark.parametrize("name", DECLINED)
def test_declined(name: str, ask: Callable[[str, str], Answer]) -> None:
    review, question, words, never = DECLINED[name]
    answer = ask(review, question)
    assert answer.status is Status.DECLINED, answer.text
    assert says(answer, *words), answer.text
    assert not any(says(answer, word) for word in never), answer.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("review", "question", "words"),
    [
        (LEUKAEMIA, "Summarise abstract 980", ("75.0%", "NS7CAR")),
        (LEUKAEMIA, "gist of abstract 942", ("venetoclax", "100%")),
        (MARROW, "Summary of poster 642", ("belrozanib", "27.3")),
        (MYELOMA, "Summarise Study S-318", ("zelne-cel", "94.7%")),
    ],
)
def test_a_summary_is_short_and_holds_the_main_figures(
    review: str, question: str, words: tuple[str, ...], ask: Callable[[str, str], Answer]
) -> None:
    answer = ask(review, question)
    assert says(answer, *words), answer.text
    assert 2 <= len(answer.statements) <= 4


@pytest.mark.slow
def test_a_cut_sentence_is_cited_whole(ask: Callable[[str, str], Answer]) -> None:
    answer = ask(MARROW, "Were the transaminase rises reversible?")
    assert answer.text.startswith("…")
    assert answer.citations[0].quote.startswith("Five of the twelve")


def test_words_of_one_family_meet() -> None:
    for one, other in (
        ("approve", "approval"),
        ("recognise", "recognition"),
        ("infuse", "infusion"),
        ("anaemia", "anemia"),
        ("combine", "combination"),
        ("feasible", "feasibility"),
    ):
        assert family(one) == family(other), (one, other)
    for one, other in (("relapse", "release"), ("evaluable", "evaluated"), ("infusion", "inclusion")):
        assert family(one) != family(other), (one, other)


def test_numbers_of_a_code_are_no_figures() -> None:
    assert figures("CD7 CAR T cells in phase 2") == 0
    assert figures("seventy-eight patients, 3.5%") == 2


LONG = "Fever was seen in 12 patients, whereas rash, although mild, was treated with creams; 3 of 40 died."


def test_the_shortest_clause_that_keeps_the_answer_is_taken() -> None:
    assert excerpt(LONG, lambda part: "rash" in part) == "…rash, although mild, was treated with creams …"


def test_a_limit_is_never_cut_off() -> None:
    # "although mild" belongs to the rash: a part that ends before it would say more than the sentence
    assert "although mild" in excerpt(LONG, lambda part: "rash" in part)


def test_a_sentence_is_left_whole_where_no_part_will_do() -> None:
    assert excerpt(LONG, lambda part: "Fever" in part and "died" in part) == LONG


def test_a_list_of_figures_is_not_cut_in_two() -> None:
    text = "Rash was seen in 1, 2 and 3 per cent, respectively, so that the dose was kept."
    assert excerpt(text, lambda part: "Rash" in part and "kept" in part) == text


def test_the_full_form_before_a_bracket_is_found_by_its_letters() -> None:
    assert full_form("OS", "rates of overall survival") == "overall survival"
    assert full_form("hATG", "given horse antithymocyte globulin") == "horse antithymocyte globulin"
    assert full_form("XYZ", "rates of overall survival") == ""


def test_what_a_name_is_said_to_be() -> None:
    assert said_to_be("Foximab is an antibody.", "foximab") == "Foximab is an antibody."
    said = said_to_be("They got foximab, an antibody to X, for years.", "foximab")
    assert said == "…foximab, an antibody to X …"
    assert said_to_be("They got foximab or placebo.", "foximab") == ""
    assert said_to_be("A study of foximab was done.", "foximab") == ""
