"""Tables of one study whose heads are its arms, doses or subgroups, and tables headed by the studies' names."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import engine_over

from assistant.engine.engine import Engine
from assistant.folder.folder import RawReview, read_folder

FRONT = """---
title: "Relapsed lymphoma at the spring meeting"
study_label: Abstract
tables:
  table-1.csv: {title: "Studies of relapsed lymphoma"}
  table-2.csv: {title: "%s", note: "%s"}
---
# Trials

The phase III BEACON-L trial randomized 300 adults to zanolimab plus rituximab (n = 150) or to rituximab (n = 150)
(Abstract 11) [1]. PFS at two years was 72%% with the combination and 51%% with rituximab (Abstract 11) [1].

Larsen et al. compared tirabrut 80 mg with 160 mg in 90 patients (Abstract 12) [2].

Lima-cel was given to 40 patients at three dose levels (Abstract 13) [3]. The ORR was 75%%%s (Abstract 13) [3].
"""
STUDIES = """"Abstract #","11","12","13"
"Authors (references)","Adeyemi et al. [1]","Larsen et al. [2]","Costa et al. [3]"
"Trial","BEACON-L","N/A","N/A"
"Study agents","Zanolimab + rituximab vs. rituximab","Tirabrut 80 mg vs. 160 mg","Lima-cel (CD19 CAR-T)"
"No. of patients","300","90","40"
"""
REFERENCES = "".join(
    f"@article{{ref{n}, author={{{name}, T and others}}, title={{A study}}, journal={{J}}, year={{2024}}}}\n"
    for n, name in enumerate(("Adeyemi", "Larsen", "Costa"), 1)
)
BY_DOSE = """"Dose level","No. of patients","ORR","CRS, any grade","CRS, grade ≥ 3","Median PFS, months"
"1 × 10⁸ cells","10","6 (60.0)","5 (50.0)","0 (0)","6.1 (2.0–9.9)"
"2 × 10⁸ cells","20","18 (90.0)","15 (75.0)","1 (5.0)","NR (8.1–NR)"
"4 × 10⁸ cells","10","8 (80.0)","10 (100)","2 (20.0)","N/A"
"No previous CD19-directed therapy","15","14 (93.3)","9 (60.0)","1 (6.7)","18.0 (9.0–NR)"
"Total","40","32 (80.0)","30 (75.0)","3 (7.5)","14.2 (9.1–NR)"
"""
BY_ARM = """"","Arm A (SCT)","Arm B (no SCT)","Arm C (tandem SCT)"
"No. of patients","50","52","48"
"2-year PFS, %","81.2","79.9","70.3"
"Grade 3–4 infection, n (%)","9 (18.0)","4 (7.7)","N/A"
"""


def folder(path: Path, title: str, table: str, note: str = "", cited: str = "") -> Path:
    path.mkdir(parents=True, exist_ok=True)
    (path / "review.md").write_text(FRONT % (title, note, cited), encoding="utf-8")
    (path / "table-1.csv").write_text(STUDIES, encoding="utf-8")
    (path / "table-2.csv").write_text(table, encoding="utf-8")
    (path / "references.bib").write_text(REFERENCES, encoding="utf-8")
    return path


def heads(review: RawReview) -> list[tuple[str, str]]:
    return [(c.study, c.arm) for c in review.tables[1].columns]


ARMS = '"Outcome","Zanolimab + rituximab (n = 150)","Rituximab (n = 150)"\n"ORR, %","88","71"\n'


@pytest.mark.parametrize(
    ("title", "note"),
    [
        ("Outcome by arm (Abstract 11)", ""),
        ("Outcome by arm in the BEACON-L trial", ""),
        ("Outcome in the study of Adeyemi et al.", ""),
        ("Outcome by arm", "all values of Abstract 11"),
    ],
)
def test_a_table_of_arms_is_of_the_study_that_its_title_or_note_names(
    tmp_path: Path, title: str, note: str
) -> None:
    review = read_folder(folder(tmp_path, title, ARMS, note))
    assert heads(review) == [("11", "Zanolimab + rituximab (n = 150)"), ("11", "Rituximab (n = 150)")]


def test_groups_that_stand_below_each_other_become_columns(tmp_path: Path) -> None:
    review = read_folder(folder(tmp_path, "Outcome by dose level", BY_DOSE, cited=" (Table 2)"))
    assert heads(review)[0] == ("13", "1 × 10⁸ cells")
    assert heads(review)[-1] == ("13", "Total")
    assert [row.head for row in review.tables[1].rows][:2] == ["No. of patients", "ORR"]


def test_columns_headed_by_the_names_of_studies_are_these_studies(tmp_path: Path) -> None:
    table = '"","BEACON-L (Abstract 11)","Larsen et al. [2]"\n"Median follow-up, months","28.0","15.5"\n'
    assert heads(read_folder(folder(tmp_path, "The trials", table))) == [("11", ""), ("12", "")]


def test_a_table_that_names_two_studies_or_none_is_left_as_it_is(tmp_path: Path) -> None:
    for title in ("BEACON-L and the study of Larsen et al.", "Outcome of treatment"):
        assert heads(read_folder(folder(tmp_path, title, ARMS)))[0][0] == "Zanolimab + rituximab (n = 150)"


@pytest.fixture(scope="module")
def doses(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path = tmp_path_factory.mktemp("doses")
    folder(path / "corpus" / "lymphoma", "Lima-cel by dose level (Abstract 13)", BY_DOSE, "values are n (%)")
    return engine_over(path / "corpus", path / "home")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("ORR at 200 million cells of lima-cel", "90.0%"),
        ("Which ORR did 2 x 10^8 cells of lima-cel reach?", "90.0%"),
        ("Median PFS with lima-cel at 1 × 10⁸ cells", "6.1 months"),
        ("At which dose of lima-cel was the ORR highest?", "90.0%"),
        ("Median PFS with lima-cel in CD19-naive patients", "18.0 months"),
        ("How many had CRS on lima-cel?", "30 patients (75.0%)"),
    ],
)
def test_doses_are_asked_for_as_readers_call_them(doses: Engine, question: str, said: str) -> None:
    assert said in doses.ask([question]).text


def test_not_available_at_a_dose_is_declined_and_no_other_dose_told(doses: Engine) -> None:
    answer = doses.ask(["median PFS at the dose of 4 × 10⁸ cells of lima-cel"])
    assert answer.status.value == "declined"
    assert not any(figure in answer.text for figure in ("14.2", "6.1", "18.0"))


@pytest.fixture(scope="module")
def lettered(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path = tmp_path_factory.mktemp("lettered")
    folder(path / "corpus" / "lymphoma", "Outcome by arm (Abstract 12)", BY_ARM, "N/A, not available")
    return engine_over(path / "corpus", path / "home")


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (["2-year PFS in arm B of the Larsen study"], "79.9%"),
        (["2-year PFS without SCT in the Larsen study"], "79.9%"),
        (["2-year PFS after tandem transplantation in the Larsen study"], "70.3%"),
        (["Grade 3-4 infection in arm A of the Larsen study?", "and B?"], "7.7%"),
    ],
)
def test_arms_are_asked_for_by_letter_and_by_name(lettered: Engine, turns: list[str], said: str) -> None:
    assert said in lettered.ask(turns).text


def test_an_arm_without_a_figure_is_not_given_that_of_an_arm_whose_name_has_its_own(lettered: Engine) -> None:
    answer = lettered.ask(["Grade 3-4 infection in arm C of the Larsen study?"])
    assert answer.status.value == "declined"
    assert "18.0" not in answer.text
