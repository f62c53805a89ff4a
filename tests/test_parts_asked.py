"""Questions on a part of a study or on one of its doses, and whether something happened, over a made-up review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import engine_over

REVIEW = """---
title: "Lymphoma at the 2035 meeting"
authors: ["Ashgrove T"]
journal: "Made-up Transactions"
year: 2035
volume: "3"
pages: "1-9"
doi: "10.5555/made.up.35"
licence: "CC BY 4.0"
study_label: Abstract
tables:
  table-1.csv: {title: "The studies", note: "N/A, not available"}
---

# Pills

Betanib was given to 60 patients with mantle cell lymphoma (MCL; n = 40) or marginal zone lymphoma (MZL; n = 20)
by Moreau et al. (Abstract 31) [2].
The ORR was 55.0% (22/40) in MCL and 75.0% (15/20) in MZL. Anemia was the leading grade >= 3 toxicity (25.0%, 15/60).
High LDH (HR 2.10), but not age (HR 1.05; p = 0.80), independently predicted shorter PFS. Prolonged diarrhea was absent. The ABC1 mutation
was found in eight of 30 patients tested (26.7%), and three of these eight responded.
Fever occurred in 12 patients (20.0%), of grade >= 3 in two (3.3%).

# Cells

Gammacel was infused by Lindqvist et al. in 18 patients with follicular lymphoma (Abstract 32) [3]. No patient responded at 10 mg
(0/3), three of seven at 20 mg and seven of eight at 40 mg, which became the recommended dose. The ORR was 55.6% (10/18).
Gammacel DNA was cleared by day 30 in 12 patients, whose 1-year PFS was 80.0%, against 30.0% in the six patients with persistence.
"""
TABLE_1 = """"Abstract No.","31","32"
"Authors, reference","Moreau et al. [2]","Lindqvist et al. [3]"
"Agents","Betanib","Gammacel"
"No. of patients","60 (40 MCL; 20 MZL)","18"
"Serious AE","20 (33%)","5 (28%)"
"Median age, years","63","59"
"""
REFERENCES = "".join(
    f"@article{{r{n}, number = {{{n}}}, author = {{{name}, A}}, title = {{Study {n}}}, journal = {{Blood}}, year = {{2035}}}}\n"
    for n, name in enumerate(("Ashgrove", "Moreau", "Lindqvist"), 1)
)
SHORT = (
    "abbreviation,meaning\nORR,overall response rate\nPFS,progression-free survival\n"
    "MCL,mantle cell lymphoma\nMZL,marginal zone lymphoma\n"
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    corpus = tmp_path_factory.mktemp("parts") / "corpus"
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
    return lambda *turns: engine.ask(list(turns)).text


@pytest.mark.parametrize(
    ("turns", "says", "never"),
    [
        (["What was the commonest severe side effect of betanib?"], "Anemia was the leading", "33%"),
        (["What is betanib?", "And the most frequent serious toxicity?"], "Anemia was the leading", "28%"),
        (["What is betanib?", "And the ORR?"], "55.0%", "stands for"),
        (["Was age an independent predictor of PFS with betanib?"], "No: ", "Yes"),
        (["Did LDH predict PFS on betanib?"], "Yes: ", "No: "),
        (["Did betanib cause prolonged diarrhea?"], "No: ", "Yes"),
        (
            ["How many on betanib had the ABC1 mutation?", "How many of them responded?"],
            "three of these eight",
            "61",
        ),
        (
            ["Did anyone with the ABC1 mutation respond to betanib? How many?"],
            "three of these eight",
            "enrolled",
        ),
        (["How common was fever on betanib?", "I meant the severe form only."], "3.3%", "33%"),
        (["At which dose of gammacel was the response most frequent?"], "40 mg", "55.6%"),
        (["How many responded to gammacel at 20 mg?"], "3/7", "10/18"),
        (["Which dose of gammacel was recommended?"], "40 mg", "does not say"),
        (["ORR in the MZL cohort on betanib?"], "75.0%", "55.0%"),
    ],
)
def test_the_part_asked_about_is_told(
    ask: Callable[..., str], turns: list[str], says: str, never: str
) -> None:
    text = ask(*turns)
    assert says in text, text
    assert never not in text, text
