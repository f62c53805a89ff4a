"""Questions about a review that nothing was built for: one case for each rule that had to be found for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, LYMPHATIC, MARROW, MYELOMA, Case, Engines, check

CASES = [
    # arms by one letter, by the words before their bracket, by what they had
    Case(LYMPHATIC, "Atrial fibrillation, AV versus A?", "S140", ("3.5%", "8.1%")),
    Case(LYMPHATIC, "ORR with continuous acorvatinib?", "S140", ("93.5%",)),
    Case(LYMPHATIC, "36-month OS with acorvatinib plus venetoclax?", "S140", ("94.6%",)),
    Case(
        LYMPHATIC,
        "How many patients on continuous acorvatinib stopped because of side effects?",
        "S140",
        ("39", "15.0%"),
    ),
    # subgroups
    Case(LYMPHATIC, "36-month PFS with A in unmutated IGHV?", "S140", ("83.0%",)),
    Case(LYMPHATIC, "VGPR or better with orelabrutide in carriers of a CXCR4 mutation?", "S201", ("27.3%",)),
    Case(LYMPHATIC, "24-month PFS in CXCR4-mutated patients on zanubrutinib?", "S201", declined=True),
    Case(LYMPHATIC, "uMRD among patients with TP53 aberrations in Abstract S148?", "S148", ("60.9%",)),
    Case(LYMPHATIC, "PFS in splenectomised patients on zanubrutinib?", "S201", declined=True),
    # adverse events
    Case(LYMPHATIC, "Severe CRS after lisovabtagene?", "S155", ("8.2%",), beside=("3",)),
    Case(LYMPHATIC, "S201 AF% zanu", "S201", ("5.2%",)),
    # what a question hangs on
    Case(LYMPHATIC, "ORR with nemdeglib 400 mg?", "", beside=("400", "632"), declined=True),
    Case(LYMPHATIC, "Which company sponsored GALATEA?", "", declined=True),
    Case(LYMPHATIC, "Which abstracts deal with Waldenström macroglobulinemia?", "S201 P701"),
    Case(
        LYMPHATIC,
        "Which journal published the paper on CXCR4 in WM?",
        "",
        ("2022",),
        beside=("3",),
        says=("Blood Chron",),
    ),
    Case(MARROW, "what dose of verotrombopag was given in ITP", "P-0423", ("75 mg",)),
    Case(MARROW, "erlafsup alfa 0.8 mg TI 8 weks?", "1203", ("26.1 %",), beside=("0.8",)),
    Case(MARROW, "Would you put a 70 year old with SAA on hATG or straight to haplo?", "", declined=True),
    Case(MYELOMA, "ORR with borte in Study S-207?", "S-207", ("72.9%",)),
    Case(LEUKAEMIA, "Name the statistician of the GMALL trial.", "", declined=True),
]


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_answer_gives_what_was_asked_and_nothing_beside(case: Case, engines: Engines) -> None:
    check(case, engines.ask(case))
