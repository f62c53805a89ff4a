"""Questions to be answered with yes or no: over three reviews."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, MARROW, MYELOMA, Case, Engines, check

CASES = [
    Case(LEUKAEMIA, "Does the review report any GvHD?", "2011", ("40%",), says=("yes",)),
    Case(LEUKAEMIA, "Is Abstract 4053 retrospective?", "4053", says=("yes",)),
    Case(LEUKAEMIA, "Is Abstract 1995 a retrospective study?", "1995", says=("no",)),
    Case(
        LEUKAEMIA,
        "Did more than half of the patients on nelarabine combination reach CR?",
        "4053",
        ("62%",),
        says=("yes",),
    ),
    Case(
        LEUKAEMIA,
        "Is it true that all V-HAG patients in Abstract 942 responded?",
        "942",
        ("100%",),
        beside=("7",),
        says=("yes",),
    ),
    Case(LEUKAEMIA, "3-year OS in GMALL was 78 %, wasn't it?", "51", ("78%",), says=("yes",)),
    Case(
        LEUKAEMIA,
        "The 18-month OS in NS7CAR was 65%, wasn't it?",
        "980",
        ("75.0%",),
        beside=("65%",),
        says=("no",),
    ),
    Case(LEUKAEMIA, "Does Abstract 2011 report any GvHD?", "2011", ("40%",), says=("yes",)),
    Case(LEUKAEMIA, "Does Abstract 54 report any CRS?", "", says=("no",), declined=True),
    Case(LEUKAEMIA, "Was MRD used in Abstract 942?", "942", says=("no",)),
    Case(LEUKAEMIA, "Was MRD used to assign risk in the GMALL study?", "51", says=("yes",)),
    Case(LEUKAEMIA, "Does the review report any neurotoxicity?", "", says=("no",), declined=True),
    Case(LEUKAEMIA, "Does any study report GvHD?", "2011", ("40%",), says=("yes",)),
    Case(
        LEUKAEMIA,
        "Did fewer than 20 patients take part in Zhang's RD13-01 trial?",
        "1995",
        ("10",),
        beside=("7", "3", "20"),
        says=("yes",),
    ),
    Case(LEUKAEMIA, "Is Abstract 51 larger than Abstract 54?", "51 54", ("281", "62"), says=("yes",)),
    Case(LEUKAEMIA, "Was Abstract 51 smaller than Abstract 54?", "51 54", ("281", "62"), says=("no",)),
    Case(
        LEUKAEMIA,
        "Were both V-HAG studies of the same size?",
        "942 1414",
        ("7",),
        beside=("3", "4"),
        says=("yes",),
    ),
    Case(
        LEUKAEMIA,
        "Is 3-year OS in Abstract 54 higher than in Abstract 51?",
        "54 51",
        ("93.4%", "78%"),
        says=("yes",),
    ),
    Case(MARROW, "Is poster 642 open-label?", "642", says=("no", "double-blind")),
    Case(MARROW, "Was poster 1987 a prospective trial?", "1987", says=("no",)),
    Case(MARROW, "Is the RUSHMERE-1 study larger than MARLSTONE?", "642 87", ("198", "204"), says=("no",)),
    Case(
        MARROW,
        "Did more than half of the pelandrolone patients respond?",
        "P-0561",
        ("63.2 per cent",),
        beside=("12", "19"),
        says=("yes",),
    ),
    Case(MARROW, "3-year OS after haplo was 82.4 %, wasn't it?", "1987", ("82.4 %",), says=("yes",)),
    Case(
        MARROW,
        "Is it true that the median follow-up of poster 1203 was 25 months?",
        "1203",
        ("15 months",),
        beside=("25 months",),
        says=("no",),
    ),
    Case(MARROW, "Does poster 1203 report survival?", "", says=("no",), declined=True),
    Case(MYELOMA, "Is S-101 larger than S-114?", "S-101 S-114", ("412", "138"), says=("yes",)),
    Case(MYELOMA, "Is S-318 single-arm?", "S-318", says=("yes", "single arm")),
    Case(
        MYELOMA,
        "Did S-318 infuse more than 50 patients?",
        "S-318",
        ("57",),
        beside=("64", "50"),
        says=("yes",),
    ),
    Case(MYELOMA, "Was the ORR in S-114 90%?", "S-114", ("84.1%",), beside=("90%",), says=("no",)),
    Case(MYELOMA, "Did S-422 enrol patients?", "S-422", says=("no",)),
    Case(MYELOMA, "Was S-114 retrospective?", "S-114", says=("yes", "retrospective")),
    Case(MYELOMA, "Is S-101 a phase II trial?", "S-101", says=("no", "phase III")),
    Case(MYELOMA, "Did MRD get reported in S-114?", "S-114", says=("no",)),
    # ages and kinds of patients
    Case(
        LEUKAEMIA,
        "Is it true that Hatta et al. treated children under ten?",
        "54",
        ("15", "24"),
        says=("no",),
    ),
    Case(LEUKAEMIA, "Did Abstract 51 take anyone over 60?", "51", ("18", "55"), says=("no",)),
    Case(LEUKAEMIA, "Were there children in Tan's study?", "2011", ("2", "43"), says=("yes",)),
    Case(LEUKAEMIA, "Was the Hatta study done in relapsed patients?", "54", says=("no", "newly diagnosed")),
    # one arm against the other, or against everybody
    Case(
        LEUKAEMIA,
        "Is the combination arm in Shimony bigger than the monotherapy arm?",
        "4053",
        ("29", "15"),
        says=("yes",),
    ),
    Case(
        LEUKAEMIA,
        "Did the transplanted high-risk group in GMALL do worse at 3 years than the whole cohort?",
        "51",
        ("68%", "78%"),
        says=("yes",),
    ),
    Case(
        LEUKAEMIA,
        "Would it be fair to say that fewer than 5% of GMALL patients had lymphoma?",
        "51",
        ("73",),
        says=("no",),
    ),
    Case(LEUKAEMIA, "Did the German trial take anyone above 60?", "51", ("18", "55"), says=("no",)),
    Case(LEUKAEMIA, "Tan treated patients from 18 to 65, yes?", "2011", ("2", "43"), says=("no",)),
    Case(LEUKAEMIA, "Was Suo's cohort made up only of relapsed patients?", "942", ("4",), says=("no",)),
    Case(
        LEUKAEMIA,
        "Am I right that the RD13-01 trial ran from 2016 to 2018?",
        "1995",
        ("2020", "2022"),
        says=("no",),
    ),
    Case(LEUKAEMIA, "NS7CAR enrolled only leukaemia patients, true?", "980", ("18",), says=("no",)),
    Case(LEUKAEMIA, "Isn't abstract 1995 a study from 1995?", "1995", ("2020", "2022"), says=("no",)),
    # statements to be confirmed
    Case(
        LEUKAEMIA,
        "So 53% of Abstract 980 were alive at 18 months?",
        "980",
        ("75.0%",),
        ("53%",),
        says=("no",),
    ),
    Case(
        LEUKAEMIA,
        "It was 44 patients on combination in Shimony's paper, right?",
        "4053",
        ("29",),
        ("44",),
        says=("no",),
    ),
    Case(LEUKAEMIA, "CRS grade IV occurred in 5 NS7CAR patients, true?", "980", ("1",), ("5",), says=("no",)),
    # the very figure of another measure
    Case(
        LEUKAEMIA,
        "The 5.3% in Hatta's study is the toxic death rate, isn't it?",
        "54",
        ("5.3%",),
        says=("no", "CIR"),
    ),
    # one thing alone
    Case(LEUKAEMIA, "Is nelarabine approved for relapsed T-ALL?", "", says=("yes",)),
    Case(LEUKAEMIA, "Is venetoclax approved for relapsed T-ALL?", "", says=("no", "nelarabine")),
    # either of two is no yes or no
    Case(LEUKAEMIA, "Was the 3-year OS in GMALL 68% or 78%?", "51", ("78%",), says=("was 78%",)),
    Case(LEUKAEMIA, "Is the CR rate for RD13-01 40 or 80%?", "1995", ("80%", "4"), says=("reconcile",)),
    Case(LEUKAEMIA, "Is abstract 54 phase II or phase III?", "54", says=("phase ii",)),
    # the code of a protein that begins like another's
    Case(LEUKAEMIA, "Was CD38 used in abstract 980?", "", says=("“cd38”",), declined=True),
    # one's own patient
    Case(
        LEUKAEMIA, "Can I give nelarabine to my 70-year-old patient?", "", says=("no advice",), declined=True
    ),
    Case(
        LEUKAEMIA,
        "Is our patient, 16 years old, within the age range of Hatta's study?",
        "54",
        ("15-24",),
        says=("yes",),
    ),
]


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_answer_gives_what_was_asked_and_nothing_beside(case: Case, engines: Engines) -> None:
    check(case, engines.ask(case))
