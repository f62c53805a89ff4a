"""Arms by their part, by clipped and spelled-out names, and words that hold for all of a study's patients."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import engine_over
from one_trial import asked

from assistant.engine.engine import Engine
from assistant.groups.own_groups import _same_word

REVIEW = """---
title: "Blood cancers at the 2032 meeting"
authors: ["Ashgrove T"]
journal: "Made-up Transactions"
year: 2032
volume: "1"
pages: "1-4"
doi: "10.5555/made.up.2"
licence: "CC BY 4.0"
study_label: Abstract
tables:
  table-1.csv: {title: "The studies", note: "N/A, not available"}
---

# Antibodies

The phase III AMBER trial compared alphamab (n = 120) with chemotherapy (n = 60) in lymphoma (Abstract 11) [1]. The median OS was
23.4 months with alphamab and 11.6 months with chemotherapy.

# Pairs

The phase III ONYX trial set D-GVP (n = 70) against K-GVP (n = 72) (Abstract 12) [2]. The 2-year PFS was 81.3% with D-GVP and
70.2% with K-GVP.

# Relapse

Epsilumab was given to 98 children with previously untreated lymphoma (Abstract 13) [3]. The ORR was 61.2% (60/98).
"""
TABLE_1 = """"Abstract No.","11","12","13"
"Authors, reference","Moreau et al. [1]","Lindqvist et al. [2]","Haddow et al. [3]"
"Agents","Alphamab vs chemotherapy","D-GVP vs K-GVP","Epsilumab"
"No. of patients","180 (120; 60)","142 (70; 72)","98"
"""
REFERENCES = "".join(
    f"@article{{r{n}, number = {{{n}}}, author = {{{name}, A}}, title = {{Study {n}}}, journal = {{Blood}}, year = {{2032}}}}\n"
    for n, name in enumerate(("Moreau", "Lindqvist", "Haddow"), 1)
)
SHORT = """abbreviation,meaning
ORR,overall response rate
OS,overall survival
PFS,progression-free survival
D-GVP,"Deltamab, gemcitabine, vinorelbine and prednisone"
K-GVP,"Kappamab vedotin, gemcitabine, vinorelbine and prednisone"
"""


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory, assistant_home: Path) -> Engine:
    corpus = tmp_path_factory.mktemp("corpus")
    folder = corpus / "made-up-2032"
    folder.mkdir()
    (folder / "review.md").write_text(REVIEW, encoding="utf-8")
    (folder / "table-1.csv").write_text(TABLE_1, encoding="utf-8")
    (folder / "references.bib").write_text(REFERENCES, encoding="utf-8")
    (folder / "abbreviations.csv").write_text(SHORT, encoding="utf-8")
    return engine_over(corpus, assistant_home / "arm-names")


@pytest.mark.parametrize(
    ("question", "gives", "lacks"),
    [
        pytest.param("AMBER: median OS, chemo arm", "11.6", "23.4", id="a clipped word"),
        pytest.param("ONYX: 2-year PFS in the kappamab arm", "70.2%", "81.3", id="what a short form means"),
        pytest.param("ONYX: 2-year PFS in the gemcitabine arm", "", "", id="what both arms had"),
        pytest.param("ORR of the kids on epsilumab", "61.2%", "", id="the first sentence's patients"),
        pytest.param("ORR with upfront epsilumab", "61.2%", "", id="the same state by another word"),
        pytest.param("ORR with epsilumab in splenectomised patients", "", "61.2", id="nobody's"),
    ],
)
def test_the_words_for_an_arm_or_for_everyone(made_up: Engine, question: str, gives: str, lacks: str) -> None:
    answer = made_up.ask([question])
    if gives:
        assert gives in answer.text
    elif lacks:
        assert answer.status.value == "declined"
    assert not lacks or lacks not in answer.text


def test_a_word_that_is_clipped_is_the_whole_word() -> None:
    assert _same_word("chemo", "chemotherapy")
    assert not _same_word("chemotherapy", "chemo")  # the arm's own word is the longer one
    assert not _same_word("met", "methotrexate")  # three letters begin too many words


TRIAL = (
    "A randomised trial gave betazole twice daily (n = 40), betazole once daily (n = 38) or placebo (n = 20)."
)
ROWS = """Study #,T-1,T-1,T-1
Outcome,Betazole twice daily,Betazole once daily,Placebo
No. of patients,40,38,20
Nausea,8 (20%),6 (16%),3 (15%)
Headache,5 (12%),4 (11%),2 (10%)
"""


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("nausea among the controls", "15"),
        ("headache in the comparator arm", "10"),
        ("nausea in the q.d. arm", "16"),
        ("nausea in the b.i.d. group", "20"),
    ],
)
def test_the_one_control_of_three_arms_and_schedules(tmp_path: Path, question: str, figure: str) -> None:
    engine = asked(tmp_path, TRIAL, "Adverse events, n (%)", ROWS)
    answer = engine.ask([question])
    assert figure in answer.text
    assert not [f for f in {"15", "10", "16", "20"} - {figure} if f"({f}%" in answer.text]
