"""Follow-ups, comparisons and reasons over a made-up review of three studies, one of which is numbered ``2``."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import engine_over

from assistant.answer.reasons import counts_reasons
from assistant.cells.numbered import by_words
from assistant.engine.engine import Engine
from assistant.model import Status

REVIEW = """---
title: "Three trials in myeloma"
study_label: Study
tables:
  table-1.csv: {title: "The trials"}
---
# Results

In the phase III HERON trial, 400 patients with newly diagnosed myeloma were randomized to axolab, bortezomib
and dexamethasone (Axo-Vd, n = 200) or to Vd alone (n = 200) (Study 2). MRD negativity was reached by 61.0%
and 40.5% of patients, respectively. Among patients with high-risk cytogenetics, MRD negativity was seen in
30/50 (60.0%) in the triplet arm against 15/50 (30.0%) in the doublet arm. Rash of grade 3-4 was more common
with Axo-Vd than with Vd (12.5% vs. 3.0%), and so was neutropenia of grade 3-4 (41.5% vs. 22.0%).

The WIGEON study followed 90 adults with relapsed myeloma after bexolab (Study T-9). The 2-year OS was 71.0%
in MRD-positive and 88.0% in MRD-negative patients, and the 2-year PFS 40.0% in MRD-positive and 66.0% in
MRD-negative patients. Forty patients had discontinued treatment, because of infection in 21, patient wish in
12 and rash in 7. Hearing loss was reported in six patients (6.7%), all of whom continued bexolab. Irradiation
before bexolab was associated with a lower ORR than chemotherapy before it in patients with plasmacytoma
(38.2% vs. 61.5%, p = 0.03).

In the TEAL study, 60 patients received bexolab with cexolab (Study T-12). The ORR was 55.0% in the whole
cohort and 70.0% in those with t(11;14).
"""
TABLE = """"Study #","2","T-9","T-12"
"Authors (references)","Moor et al. [1]","Hahn et al. [2]","Ilves et al. [3]"
"Trial name","HERON","WIGEON","TEAL"
"Study agents","Axo-Vd vs. Vd","Bexolab","Bexolab + cexolab"
"Phase","III","II","II"
"No. of patients","400","90","60"
"""
BIB = "".join(
    f"@article{{ref{n},\n  author = {{{name}, A and others}},\n  title = {{Trial {n}}},\n  journal = {{J}},\n  year = {{2024}},\n}}\n"
    for n, name in enumerate(("Moor", "Hahn", "Ilves"), 1)
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, assistant_home: Path) -> Engine:
    folder = tmp_path_factory.mktemp("corpus") / "three-trials"
    folder.mkdir()
    (folder / "review.md").write_text(REVIEW, encoding="utf-8")
    (folder / "table-1.csv").write_text(TABLE, encoding="utf-8")
    (folder / "references.bib").write_text(BIB, encoding="utf-8")
    return engine_over(folder.parent, assistant_home)


TALKS: list[tuple[list[str], list[str], list[str]]] = [
    # turns, what the last answer says, what it does not
    (["MRD negativity with Axo-Vd in HERON?", "and in the doublet arm?"], ["40.5%"], ["30.0%", "61.0%"]),
    (["Was rash more common with Axo-Vd in HERON?", "and neutropenia?"], ["41.5%", "22.0%"], ["12.5%"]),
    (["2-year OS of the MRD-negative in WIGEON?", "and if positive?"], ["71.0%"], ["88.0%"]),
    (["2-year OS of the MRD-negative in WIGEON?", "and in the MRD-positive?", "PFS in the latter?"], ["40.0%"], ["66.0%"]),
    (["2-year OS of the MRD-negative in WIGEON?", "and in the MRD-positive?", "PFS in the former?"], ["66.0%"], ["40.0%"]),
    (["How many had hearing loss in WIGEON?", "did they have to stop the drug?"], ["continued"], ["Bexolab +"]),
    (["How many discontinued treatment in WIGEON?", "why?"], ["infection in 21", "wish in 12"], []),
    (["What were the reasons for stopping in WIGEON?"], ["infection in 21", "rash in 7"], []),
    (["In WIGEON, ORR after irradiation vs chemotherapy in plasmacytoma?"], ["38.2%", "61.5%"], []),
    (["Which trial enrolled the most patients?"], ["400", "HERON"], []),
]  # fmt: skip


@pytest.mark.parametrize(("turns", "said", "unsaid"), TALKS, ids=[" | ".join(t[0]) for t in TALKS])
def test_what_the_last_turn_is_answered(
    turns: list[str], said: list[str], unsaid: list[str], engine: Engine
) -> None:
    text = engine.ask(turns).text
    assert [w for w in said if w not in text] == [], text
    assert [w for w in unsaid if w in text] == [], text


@pytest.mark.parametrize(
    "turns",
    [
        ["2-year OS in MRD-negative patients of WIGEON?", "and in the patients with t(11;14)?"],
        ["2-year OS in MRD-negative patients of WIGEON?", "and in those with Castleman disease?"],
        ["2-year OS in MRD-negative patients of WIGEON?", "and in those who had a prior transplant?"],
        ["MRD negativity of adults with Gregg syndrome in HERON?"],
        ["What MRD negativity did gregolumab achieve in HERON?"],
        ["2-year OS with Axo-Vd in HERON?"],
    ],
    ids=" | ".join,
)
def test_what_is_not_reported_is_declined(turns: list[str], engine: Engine) -> None:
    answer = engine.ask(turns)
    assert answer.status is Status.DECLINED, answer.text


@pytest.mark.parametrize(
    "text",
    [
        "Seventeen resumed therapy, thirteen for resurgence and four for progression.",
        "Forty had stopped because of infection in 21, their own wish in 12 and other toxicity in 7.",
        "It was stopped in 17 patients due to progression (n = 9), toxicity (n = 6) and death (n = 2).",
        "Of the 28 deaths, eleven were due to infection, eight to second cancers and three to stroke.",
        "Of the 28 who were not infused, twelve had died, eight had a manufacturing failure and eight had withdrawn.",
    ],
)
def test_a_sentence_that_counts_reasons(text: str) -> None:
    assert counts_reasons(text)


@pytest.mark.parametrize(
    "text",
    [
        "Five patients died of infection.",
        "The ORR was 40% in 21 and 50% in 40 patients.",
        "Of 40 patients, 21 responded and 12 had stable disease.",
    ],
)
def test_a_sentence_that_counts_none(text: str) -> None:
    assert not counts_reasons(text)


MORE, LESS = frozenset({"with-axo-vd"}), frozenset({"with-vd"})


def test_a_triplet_has_all_that_the_doublet_had() -> None:
    own = {"axo-vd arm": MORE, "vd arm": LESS}
    assert by_words(own, ["The triplet was better than the doublet."]) == {"triplet": MORE, "doublet": LESS}
    assert by_words(own, ["The triplet was better."]) == {}


def test_what_was_not_given_makes_no_triplet() -> None:
    own = {"with axolab": frozenset({"with-axolab"}), "without": frozenset({"no-axolab"})}
    assert by_words(own, ["The triplet", "the doublets"]) == {
        "triplet": frozenset({"with-axolab"}),
        "doublet": frozenset({"no-axolab"}),
    }
    unlike = {"axolab arm": frozenset({"with-axolab"}), "bexolab arm": frozenset({"with-bexolab"})}
    assert by_words(unlike, ["The triplet", "the doublet"]) == {}
