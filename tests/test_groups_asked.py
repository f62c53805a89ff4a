"""The group a question means, in other words than the review's, and figures that are of nobody asked; each worked by hand."""

from __future__ import annotations

import pytest
from asking import engine_over

from assistant.engine.engine import Engine

REVIEW = """---
title: "Myeloid neoplasms: antibodies, inhibitors and maintenance after transplant, notes from the 2032 congress"
authors: ["Ashgrove T"]
journal: "Made-up Transactions"
year: 2032
volume: "1"
pages: "1-4"
doi: "10.5555/made.up"
licence: "CC BY 4.0"
study_label: Abstract
tables:
  table-1.csv: {title: "The studies", note: "N/A, not available"}
---

# Antibodies

The phase III AMBER trial compared alphamab plus betanib (n = 120) with best supportive care (BSC, n = 60) in 180 patients
(Abstract 11) [1]. The 2-year PFS was 63.1% with alphamab plus betanib and 41.9% with BSC. Infections of grade 3 or higher
occurred in 31.5% and 22.8%, and fatal ones in nine (7.5%) and two (3.3%) patients, respectively. Five patients of the
experimental arm died of treatment-related causes, three of them of cardiac arrest.

# Inhibitors

In the BASALT trial, patients were randomized to gammacinib followed by deltazide (arm A, n = 70) or to epsilumab alone
(arm B, n = 66) (Abstract 12) [2]. The CR rate was 58.6% in arm A and 40.9% in arm B. Median EFS was 19.4 months in arm A and
11.2 months in arm B. Adverse events of grade ≥ 3 occurred in 44.3% of patients in arm A and 51.5% in arm B. Across both arms,
the CR rate was higher with than without earlier treatment (61.7% vs. 38.2%; p = 0.01), and with the e8a8 than with the e9a9
transcript (52.1% vs. 33.3%; p = 0.04).

# Maintenance after transplantation

Zetanib or placebo was given to 200 patients of the CORAL trial after transplantation, 100 in each arm (Abstract 13) [3].
Neutropenia of grade 3 or higher was reported in 27.0% with zetanib and 14.0% with placebo. Arterial occlusive events were seen in
four patients, none of them fatal.

# Intensive treatment

Etazide plus thetamab was given to 80 fit patients with untreated disease in the DOLOMITE trial (Abstract 14) [4]. The
ORR was 71.3% (57/80).
"""
TABLE = """"Abstract No.","11","12","13","14"
"Authors, reference","Moreau et al. [1]","Lindqvist et al. [2]","Haddow et al. [3]","Okonjo et al. [4]"
"Trial","AMBER","BASALT","CORAL","DOLOMITE"
"Agents","Alphamab + betanib vs. BSC","Gammacinib + deltazide vs epsilumab","Zetanib vs. placebo","Etazide + thetamab"
"No. of patients","180","136 (70 arm A; 66 arm B)","200","80"
"2-year PFS, %","63.1 vs. 41.9","N/A","N/A","N/A"
"Primary endpoint","PFS","EFS","PFS","ORR"
"""
REFERENCES = "".join(
    f"@article{{r{n}, number = {{{n}}}, author = {{{name}, A}}, title = {{Study {n}}}, journal = {{Blood}}, year = {{2032}}}}\n"
    for n, name in enumerate(("Moreau", "Lindqvist", "Haddow", "Okonjo"), 1)
)
GIVEN = [
    # arms by the clipped names of their drugs
    ("2-year PFS in the alpha-beta arm of AMBER?", ("63.1",), ("41.9",)),
    ("2-year PFS in AMBER, alpha/beta versus BSC?", ("63.1", "41.9"), ()),
    ("2-year PFS with BSC against alpha plus beta in AMBER?", ("41.9", "63.1"), ()),
    # arms called by letters, by what they had
    ("CR rate with gammacinib in BASALT?", ("58.6",), ("40.9",)),
    ("CR rate in the epsilumab arm of BASALT?", ("40.9",), ("58.6",)),
    ("CR rate in BASALT after gammacinib plus deltazide?", ("58.6",), ("40.9",)),
    ("Median EFS on epsilumab in BASALT?", ("11.2",), ("19.4",)),
    # a survival of which the review gives the median only, though a cell names it
    ("EFS with epsilumab in BASALT?", ("11.2",), ("19.4",)),
    # the setting of all patients
    ("Neutropenia with zetanib versus placebo after transplant?", ("27.0", "14.0"), ()),
    ("How common was neutropenia on placebo after HSCT in CORAL?", ("14.0",), ("27.0",)),
    # the drugs all patients had
    ("ORR with etazide plus thetamab in fit patients?", ("71.3",), ()),
    # fatal events, and deaths of one cause
    ("Fatal infections with alphamab plus betanib in AMBER?", ("7.5",), ()),
    ("How many in AMBER died of infection on alphamab plus betanib?", ("7.5",), ()),
    ("How many died of cardiac arrest in AMBER?", ("three",), ()),
    ("Was any arterial occlusive event fatal in CORAL?", ("none of them fatal",), ()),
    # severe events as the study tells them
    ("Severe side effects in arm B of BASALT?", ("51.5",), ()),
    ("Neutropenia on zetanib in CORAL, and was it severe?", ("27.0",), ("14.0",)),
    # a transcript that the sentence tells beside another
    ("CR rate in BASALT with the e9a9 transcript?", ("33.3", "e9a9"), ("58.6",)),
]
NOT_TOLD = [
    "What PFS did lambdastaurin achieve in AMBER?",
    "Did nuprenadol prolong PFS in AMBER?",
    "2-year PFS of patients with Down syndrome in AMBER?",
    "ORR in DOLOMITE after transplantation?",
    "ORR of relapsed patients in DOLOMITE?",
    "Fatal neutropenia with zetanib in CORAL?",
    "CR rate in BASALT with a Q61K mutation?",
    "chronic GVHD in the PFS maintenance trial CORAL?",
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("groups-asked")
    review = folder / "corpus" / "made-up"
    review.mkdir(parents=True)
    (review / "review.md").write_text(REVIEW, encoding="utf-8")
    (review / "table-1.csv").write_text(TABLE, encoding="utf-8")
    (review / "references.bib").write_text(REFERENCES, encoding="utf-8")
    return engine_over(folder / "corpus", folder / "home")


@pytest.mark.parametrize(
    ("question", "figures", "others"), GIVEN, ids=lambda v: v if isinstance(v, str) else ""
)
def test_the_group_meant(
    engine: Engine, question: str, figures: tuple[str, ...], others: tuple[str, ...]
) -> None:
    answer = engine.ask([question])
    assert answer.status.value == "answered", answer.text
    places = [answer.text.find(figure) for figure in figures]
    assert all(place >= 0 for place in places), answer.text
    assert places == sorted(places), answer.text
    assert not any(figure in answer.text for figure in others), answer.text


@pytest.mark.parametrize("question", NOT_TOLD)
def test_of_nobody_told(engine: Engine, question: str) -> None:
    answer = engine.ask([question])
    assert answer.status.value == "declined", answer.text


def test_a_count_of_two_groups_is_not_that_of_one(engine: Engine) -> None:
    answer = engine.ask(["Of the patients in arm A of BASALT, how many had the e9a9 transcript?"])
    assert "enrolled 70" not in answer.text, answer.text
