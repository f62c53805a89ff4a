"""Sides of cells that a table's note names, sizes and ages set against each other, and rows of several measures."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cells.sizes import only_sizes
from assistant.corpus.corpus import Review, read_review
from assistant.vocabulary.vocabulary import load_vocabulary

NOTE = (
    "NR, not reached. a, CR after 4 cycles; b, HI of any lineage; c, see text. "
    "For Study X1 the cells read children vs. young adults; for Study X2, lower-risk MDS vs. myelofibrosis"
)
ROWS = (
    "Study #,X1,X2,X3",
    "Pts,24 vs. 5,32 vs. 21,31",
    "Median age (range),10 (2-17) vs. 21 (18-25) years,73 (52-87) vs. 69 (49-80),17 (5-34) months",
    '"MRD negativity, %",50.0 vs. N/A,61 vs. 58,75',
    '"CR or HI, %",41.0 (a),55.0 (b),30.0 (c)',
    "EFS or RFS,2-year RFS 61%,Median EFS 5 months,3-year RFS 40%",
    "Median DOR,NR vs. 6.1 months,11.3 vs. 8.0 months,6.2 (1.1-14.0) months",
    '"ORR, %",N/A,N/A,"160 mg: 79; 320 mg: 91"',
)
PROSE = (
    "Twenty-nine patients were treated (Study X1) [1]. Anemia was seen in 56% of MDS and 62% of myelofibrosis patients "
    "(Study X2) [2]. Others were treated, too (Study X3) [3]."
)


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    folder: Path = tmp_path_factory.mktemp("corpus") / "made-up"
    folder.mkdir()
    head = f'---\ntitle: "Made up"\nstudy_label: Study\ntables:\n  table-1.csv: {{title: "T", note: "{NOTE}"}}\n---\n'
    (folder / "review.md").write_text(f"{head}# Results\n\n{PROSE}\n", encoding="utf-8")
    (folder / "table-1.csv").write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return read_review(folder, load_vocabulary())


def _of(review: Review, study: str, *attributes: str) -> list[str]:
    """``attribute|value|unit|time|group`` of a study's facts with one of ``attributes``."""
    return [
        "|".join((f.attribute, f.value, f.unit, f.time_point, "+".join(sorted(f.group))))
        for f in review.facts
        if f.study == study and f.attribute in attributes
    ]


def test_the_sides_of_cells_are_those_of_the_note(review: Review) -> None:
    assert _of(review, "X1", "n_patients", "median_age", "age_range", "MRD_negativity") == [
        "n_patients|24|patients||paediatric",
        "n_patients|5|patients||aya",
        "median_age|10|years||paediatric",
        "age_range|2-17|years||paediatric",
        "median_age|21|years||aya",
        "age_range|18-25|years||aya",
        "MRD_negativity|50.0|%||paediatric",
        "n_patients|Twenty-nine|patients||",
    ]


def test_the_prose_calls_the_sides_by_their_short_form(review: Review) -> None:
    assert _of(review, "X2", "anaemia") == [
        "anaemia|56%|%||mds+standard-risk",
        "anaemia|62%|%||myelofibrosis",
    ]


def test_a_unit_behind_a_bracket_is_of_the_figure_before_it(review: Review) -> None:
    assert _of(review, "X3", "median_age", "age_range", "median_DOR") == [
        "median_age|17|months||",
        "age_range|5-34|months||",
        "median_DOR|6.2|months||",
        "median_DOR|1.1-14.0|range||",
    ]


@pytest.mark.parametrize(
    ("study", "expected"),
    [
        ("X1", ["CR|41.0|%||", "RFS|61%|%|2-year|"]),
        ("X2", ["HI|55.0|%||", "median_EFS|5 months|months||"]),
        ("X3", ["RFS|40%|%|3-year|"]),  # "see text" does not say which of the two 30.0 is
    ],
)
def test_a_row_of_two_measures_gives_the_one_that_is_named(
    study: str, expected: list[str], review: Review
) -> None:
    assert _of(review, study, "CR", "HI", "EFS", "RFS", "median_EFS") == expected


def test_a_dose_before_a_colon_tells_whose_the_figure_is(review: Review) -> None:
    assert _of(review, "X3", "ORR") == ["ORR|79|%||160+mg", "ORR|91|%||320+mg"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("24 vs. 5", ["24", "5"]),
        ("n = 151 versus n = 1,020", ["151", "1,020"]),
        ("151", []),
        ("40 (20 vs. 20)", []),
        ("4.5 vs. 5.1", []),
    ],
)
def test_a_cell_of_sizes_alone(cell: str, expected: list[str]) -> None:
    assert [number for number, _ in only_sizes(cell)] == expected
