"""What the heads of a table's rows, and its title and note, say of its cells; each past misreading with a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus.corpus import Review, read_review
from assistant.model import Fact
from assistant.vocabulary.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def table(folder: Path, rows: str, title: str = "", note: str = "", heads: str = "Study #,T-1\n") -> Review:
    """A folder of one study, ``T-1``, whose one table has these rows, read."""
    shown = f'tables:\n  table-1.csv: {{title: "{title}", note: "{note}"}}\n'
    (folder / "review.md").write_text(
        f'---\ntitle: "A trial"\nstudy_label: Study\n{shown}---\n# Results\n\nText.\n', encoding="utf-8"
    )
    (folder / "table-1.csv").write_text(heads + rows, encoding="utf-8")
    return read_review(folder, VOCABULARY)


def shown(fact: Fact) -> str:
    parts = (fact.attribute, fact.time_point, "+".join(sorted(fact.group)), fact.grade, fact.value, fact.unit)
    return "|".join(parts)


def read(folder: Path, rows: str, title: str = "", note: str = "") -> list[str]:
    return [shown(f) for f in own(table(folder, rows, title, note))]


def own(review: Review) -> list[Fact]:
    return [f for f in review.facts if f.study == "T-1"]


@pytest.mark.parametrize(
    ("row", "fact"),
    [
        ("Median days to VTE,52", "median_day_to_vte||||52|"),
        ("Anticoagulant started after VTE,84%", "anticoagulant_started_after_vte||||84%|"),
        ("Prior VTE,2%", "prior_vte||||2%|"),
        ("First complete remission at transplant,25 (57%)", "first_complete_remission_at_transplant||||25|patients"),
        ("Transplanted in remission,9", "SCT||||9|"),
        ("12-month OS,58.8%", "OS|12-month|||58.8%|%"),
        ("Stopped for adverse events,4%", "discontinuation||||4%|%"),
        ("HCT-CI of 3 or more,11 (10%)", "hct_ci_of_3_or_more||||11|patients"),
    ],
)  # fmt: skip
def test_a_head_that_only_mentions_a_measure(row: str, fact: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"{row}\n") == [fact]


@pytest.mark.parametrize(
    ("row", "fact"),
    [
        ("Hypodiploid karyotype,5 (11%)", "hypodiploid_karyotype||||5|patients"),
        ("Metastatic disease,61%", "metastatic_disease||||61%|"),
        ("Time on study drug,6 months", "time_on_study_drug||||6 months|"),
        ("Leucocytes > 100 x 10^9/L,12%", "leucocyte_>_100_x_10_9_/_l||||12%|"),
        ("Disease,Myeloma", "disease||||Myeloma|"),
    ],
)
def test_a_class_of_a_characteristic_is_no_such_characteristic(row: str, fact: str, tmp_path: Path) -> None:
    assert fact in read(tmp_path, f"{row}\n")


def test_a_note_that_says_number_and_share(tmp_path: Path) -> None:
    found = read(
        tmp_path, 'Age 80 years or older,44 (28.9)\n"Age, median, years",76\n', note="values are number (%)"
    )
    assert found == ["age_80_year_or_older||||44|patients", "median_age||||76|years"]


def test_a_head_with_percent_counts_nobody(tmp_path: Path) -> None:
    rows = '"Earlier transplant, %",35\nComplete response,24 (92%)\n'
    assert "earlier_transplant||||35|%" in read(tmp_path, rows)


def test_a_title_tells_the_grade_and_the_unit(tmp_path: Path) -> None:
    title = "Adverse events of grade 3 or higher, % of patients"
    rows = 'Mucositis,6\nAdmission to intensive care,4\n"Nausea, any grade",30\n'
    assert read(tmp_path, rows, title) == ["mucositis|||>=3|6|%", "ICU_admission||||4|%", "nausea||||30|%"]


def test_a_title_or_a_note_tells_the_time(tmp_path: Path) -> None:
    assert read(tmp_path, "Complete response,21%\n", "Efficacy at week 24 by arm") == ["CR|24-week|||21%|%"]
    rows = "Event-free survival,93.8%\nOS at 2 years,98%\n"
    assert read(tmp_path, rows, note="rates are five-year estimates") == [
        "EFS|5-year|||93.8%|%",
        "OS|2-year|||98%|%",
    ]


def test_a_row_of_p_values(tmp_path: Path) -> None:
    facts = own(table(tmp_path, "P value for complete response,0.006\n"))
    assert [(f.attribute, f.of, f.value) for f in facts] == [("p_value", "CR", "0.006")]


def test_rows_of_one_measure_are_told_apart(tmp_path: Path) -> None:
    rows = "Bleeding (n),22\nFatal bleeding (n),7\nIntracranial bleeding (n),11\n"
    assert read(tmp_path, rows) == [
        "bleeding||||22|patients",
        "fatal_bleeding||||7|patients",
        "intracranial_haemorrhage||||11|patients",
    ]


def test_rows_of_one_measure_at_two_times_stay(tmp_path: Path) -> None:
    rows = "OS at 1 year,90%\nOS at 2 years,81%\n"
    assert read(tmp_path, rows) == ["OS|1-year|||90%|%", "OS|2-year|||81%|%"]


def test_a_head_of_two_measures(tmp_path: Path) -> None:
    rows = '"CRS / ICANS, any grade",23.5% / 0%\nORR (CR),43.6% (25.5%)\n"ICANS, any grade (grade \u2265 3)",20% (4%)\n'
    found = read(tmp_path, rows)
    assert {"CRS||||23.5%|%", "ORR||||43.6%|%", "CR||||25.5%|%", "ICANS||||20%|%", "ICANS|||>=3|4%|%"} <= set(
        found
    )
    assert "ICANS||||0%|%" in found


def test_spans_of_two_measures_show_their_values(tmp_path: Path) -> None:
    review = table(tmp_path, "ORR (CR),48.8% (29.9%) vs 40.3% (14.9%)\n")
    quotes = {p.id: p.quote for p in review.passages}
    assert [(f.attribute, quotes[f.passage][f.start : f.end]) for f in own(review)] == [
        ("ORR", "48.8%"), ("ORR", "40.3%"), ("CR", "29.9%"), ("CR", "14.9%"),
    ]  # fmt: skip


def test_numbers_of_patients_under_other_heads(tmp_path: Path) -> None:
    assert read(tmp_path, '"Infused, n",48\n') == ["n_patients||||48|patients"]
    assert read(tmp_path, "Randomised,38\n") == ["n_patients||||38|patients"]
    assert read(tmp_path, "No. treated,18 mice\n") == ["n_patients||||18 mice|"]


def test_medians_that_only_the_note_tells(tmp_path: Path) -> None:
    found = read(tmp_path, '"Age, years",57 (22-80)\n', note="Values are n (%) or median (range)")
    assert found == ["median_age||||57|years", "age_range||||22-80|years"]


def test_a_count_of_a_total(tmp_path: Path) -> None:
    (fact,) = own(table(tmp_path, "Steroids stopped among users,9 of 23\n"))
    assert (fact.value, fact.n, fact.total, fact.unit) == ("9", 9, 23, "patients")


def test_a_grade_alone_is_of_all_adverse_events(tmp_path: Path) -> None:
    found = read(tmp_path, "Any adverse event,33 (87%)\nGrade 3 or higher,7 (18%)\n", "Adverse events")
    assert found == ["AE||||33|patients", "AE|||>=3|7|patients"]
