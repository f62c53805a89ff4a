"""Text layers that lost the grid of their tables: made-up tables printed as tools print them, and read again.

Each layer is made from a table whose grid is known (``text_layers``), so that every cell can be looked up. A cell
that cannot be placed may be left out and told; one in a wrong place is an error.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from text_layers import LAYERS, Printed, Share, compared, one_cell_a_line, one_row_a_line, printed, spaced

from assistant.adding.add import add_file, read_article
from assistant.adding.article import Article, Heading, Paragraph
from assistant.adding.plain import read_plain
from assistant.adding.plain_paths import path_headings, path_of
from assistant.adding.run_evidence import cell_cost, p_cost, share_fits
from assistant.adding.run_heads import heads_of
from assistant.adding.run_tables import table_from

BASELINE = printed("""
Baseline characteristics of the patients
!Characteristic|Drug group (N = 120)|Placebo group (N = 118)|P value
Median age (range), yr|61 (24–83)|63 (29–85)|0.41
## Sex, no. (%)
  Male|72 (60.0)|66 (55.9)|0.52
  Female|48 (40.0)|52 (44.1)|
## ECOG performance status, no. (%)
  0|51 (42.5)|49 (41.5)|0.88
  1|60 (50.0)|58 (49.2)|
  2|9 (7.5)|11 (9.3)|
White-cell count, ×10⁹/L|4.3 (0.4–98.1)|5.1 (0.6–110.2)|0.33
Previous transplantation, no. (%)|12 (10.0)|15 (12.7)|0.55
*Percentages may not total 100 because of rounding.
""")
RESPONSE = printed("""
Response to induction by treatment arm
!|Arm A (n = 54)|Arm B (n = 51)|P value
Complete remission|38 (70.4%)|29 (56.9%)|0.16
CR with incomplete recovery|5 (9.3%)|6 (11.8%)|0.76
Partial remission|3 (5.6%)|5 (9.8%)|0.48
Induction death|2 (3.7%)|4 (7.8%)|0.43
Not evaluable|1 (1.9%)|0 (0.0%)|1.00
*CR, complete remission.
""")
GRADES = printed("""
Adverse events in the safety population
!|Fictinib plus azacitidine (n=96)|^|^|Azacitidine alone (n=94)|^|^
!|Grade 1–2|Grade 3|Grade 4|Grade 1–2|Grade 3|Grade 4
Nausea|38 (40%)|2 (2%)|0|30 (32%)|1 (1%)|0
Neutropenia|4 (4%)|21 (22%)|30 (31%)|6 (6%)|17 (18%)|12 (13%)
Febrile neutropenia|0|35 (36%)|5 (5%)|0|20 (21%)|2 (2%)
Pneumonia|3 (3%)|12 (13%)|4 (4%)|5 (5%)|16 (17%)|3 (3%)
Diarrhoea|41 (43%)|4 (4%)|0|17 (18%)|2 (2%)|0
*Data are n (%).
""")
PAIRS = printed("""
Treatment-related toxicity
!|Any Grade|^|Grade 3 or 4|^
!Toxicity|No.|%|No.|%
Fatigue|31|62|4|8
Nausea|22|44|1|2
Neutropenia|25|50|19|38
Hypertension|9|18|5|10
""")
HAZARD = printed("""
Hazard ratios for progression or death in subgroups
!Subgroup|Experimental, n/N|Control, n/N|Hazard ratio (95% CI)
Age <65 years|31/88|47/91|0.61 (0.39–0.96)
Age ≥65 years|40/72|44/70|0.82 (0.54–1.26)
Stage I–II|12/44|20/47|0.58 (0.28–1.18)
Stage III–IV|59/116|71/114|0.73 (0.52–1.03)
""")
COUNTS = printed("""
Causes of death
!Cause|Fictinib (n = 136)|Standard (n = 133)
Progressive disease|4|12
Infection|7|5
Second cancer|2|3
Unknown|1|4
Total|17|26
""")
THREE = printed("""
Toxicity of grade 3 or higher
!Event|Cohort 1 (n = 12)|Cohort 2 (n = 15)|Cohort 3 (n = 14)
Anemia|3 (25%)|4 (27%)|6 (43%)
Infection|1 (8%)|3 (20%)|4 (29%)
Mucositis|0|2 (13%)|1 (7%)
Hepatic|1 (8%)|0|2 (14%)
""")
SINGLE = printed("""
Best overall response
!Response|No. of patients (%)
Complete response|9 (22)
Partial response|14 (34)
Stable disease|11 (27)
Not evaluable|2 (5)
""")
TABLES = {
    "baseline": BASELINE, "response": RESPONSE, "grades": GRADES, "pairs": PAIRS, "hazard": HAZARD, "counts": COUNTS, "three": THREE,
    "single": SINGLE,
}  # fmt: skip
PROSE = "The patients were treated at twelve centres and the outcome of the two arms is shown here (Table 1)."
UNSURE = {("glued", "pairs"), ("glued", "hazard"), ("glued", "counts"), ("glued", "baseline")}
"""Layers that no longer tell every cell: ``412`` is 4 and 12, or 41 and 2."""


def layer_of(kind: str, table: Printed) -> str:
    """An article whose Results hold ``table`` as the layer ``kind`` prints it."""
    body = LAYERS[kind](table, 1)
    if kind in ("spaced", "glued"):
        after = (
            f"  Outcomes were the same in all of the groups that were named before. {PROSE}"
            if kind == "glued"
            else PROSE
        )
        return (
            f"TITLE: A randomized trial of fictinib\n\nABSTRACT:\n{PROSE * 5}\n\nBODY.RESULTS.RESPONSE TO THERAPY:\n{PROSE * 5}{body}"
            f"{after}\n\nBODY.DISCUSSION:\n{PROSE * 9}"
        )
    lines = "The patients were enrolled at twelve centres between 2030 and 2034 and were followed\nup to the end of the trial.\n"
    return (
        f"A randomized trial of fictinib in leukaemia\n\nAnna Berg, Carl Dorn\n\nAbstract\n{lines * 4}\nResults\n{lines * 3}\n{body}\n"
        f"Discussion\n{lines * 4}"
    )


def share_of(kind: str, table: Printed) -> Share:
    article = read_plain(layer_of(kind, table))
    return compared(table, next(iter(article.grids), None))


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("kind", LAYERS)
def test_every_cell_stands_below_its_head_and_beside_its_label_or_nowhere(kind: str, name: str) -> None:
    share = share_of(kind, TABLES[name])
    assert share.wrong == 0
    if (kind, name) not in UNSURE:
        assert share.missing == 0


def test_a_layer_without_marks_still_gives_nine_cells_in_ten() -> None:
    shares = [share_of(kind, table) for kind in LAYERS for table in TABLES.values()]
    right, missing = sum(s.right for s in shares), sum(s.missing for s in shares)
    assert right >= 0.9 * (right + missing)


def test_counts_that_run_into_each_other_are_left_out_and_told() -> None:
    article = read_plain(layer_of("glued", COUNTS))
    assert "Progressive disease" not in [row.cells[0] for row in article.grids[0].rows]
    assert any("Progressive disease" in doubt for doubt in article.grids[0].doubts)


def test_a_table_whose_heads_cannot_be_told_apart_is_left_out_and_not_put_among_the_sentences() -> None:
    heads = printed("Outcome\n!|One|Two|Three|Four|Five\nDeath|1|2\nRelapse|3|4\nNeither|5|6\n")
    article = read_plain(layer_of("one cell a line", heads))
    assert not article.grids
    assert any(doubt.startswith("Table 1:") and "left out" in doubt for doubt in article.doubts)
    assert not any("Relapse" in b.text for b in article.blocks if isinstance(b, Paragraph))


def test_an_empty_p_value_is_not_filled_from_the_next_row() -> None:
    for kind in ("spaced", "one cell a line", "one row a line"):
        grid = read_plain(layer_of(kind, BASELINE)).grids[0]
        female = next(row for row in grid.rows if row.cells[0].endswith("Female"))
        assert female.cells[1:] == ("48 (40.0)", "52 (44.1)", "")


def test_cells_of_several_figures_are_told_apart_by_the_sizes_of_the_arms() -> None:
    text = (
        "Baseline Arm A (N=40) Arm B (N=38) P value Male 22 (55.0%) 20 (52.6%) 0.83 Stage 0 I II 4 (10.0%) 16 (40.0%) 20 (50.0%) 6 (15.8%) "
        "13 (34.2%) 19 (50.0%) 0.71 Prior surgery 9 (22.5%) 11 (28.9%) 0.52 Relapsed 5 (12.5%) 7 (18.4%) 0.47"
    )
    made = table_from(text, "1", Counter())
    assert made.grid is not None
    assert made.grid.rows[1].cells[1:] == (
        "4 (10.0%) 16 (40.0%) 20 (50.0%)",
        "6 (15.8%) 13 (34.2%) 19 (50.0%)",
        "0.71",
    )


def test_a_figure_behind_a_code_is_the_codes_where_shares_say_so() -> None:
    text = "Stage\nVariable\nA (n = 60)\nB (n = 64)\nT03 (5)7 (10.9)T13 (5)6 (9.4)T216 (26.7)18 (28.1)T338 (63.3)30 (46.9)T403 (4.7)"
    made = table_from(text, "1", Counter())
    assert made.grid is not None
    assert [row.cells for row in made.grid.rows][1:] == [
        ("T1", "3 (5)", "6 (9.4)"),
        ("T2", "16 (26.7)", "18 (28.1)"),
        ("T3", "38 (63.3)", "30 (46.9)"),
        ("T4", "0", "3 (4.7)"),
    ]


@pytest.mark.parametrize(
    ("cell", "total", "fits"),
    [
        ("3 (5.0)", 60, 1),
        ("13 (5.0)", 60, -1),
        ("8/20 (40%)", None, 1),
        ("6 (10.5)", 60, 0),
        ("80 (90)", 60, -1),
        ("12", 60, 0),
    ],
)
def test_a_share_agrees_with_its_count_or_not(cell: str, total: int | None, fits: int) -> None:
    assert share_fits(cell, total) == fits


def test_a_middle_outside_its_range_and_a_count_above_the_arm_are_no_cells() -> None:
    assert (
        cell_cost("0.61 (0.39–0.96)", None, measures=False)
        < 0
        < cell_cost("10.61 (0.39–0.96)", None, measures=False)
    )
    assert cell_cost("6361", 70, measures=False) > 2
    assert cell_cost("6361", 70, measures=True) == 0


def test_a_printed_p_value_tells_two_counts_apart() -> None:
    assert p_cost(("14", "8"), (52, 50), "0.24") < 0 < p_cost(("1", "48"), (52, 50), "0.24")


def test_heads_that_span_columns_stand_above_each_of_them() -> None:
    text = "Organ toxicity ∅ Grade I or II Grade III or IV ∅ ∅ BuX BuY BuX BuY P value Heart"
    heads = heads_of(text, 5, 1, Counter(), hard=False, titled=True)
    assert heads is not None
    assert heads.upper[:4] == ("Grade I or II", "Grade I or II", "Grade III or IV", "Grade III or IV")
    assert heads.lower == ("BuX", "BuY", "BuX", "BuY", "P value")
    assert (heads.title, heads.label) == ("Organ toxicity", "Heart")


def test_a_dash_on_a_line_of_its_own_is_a_cell() -> None:
    table = printed(
        "Grade 3 and 4 events\n!Event|Grade 3|Grade 4\nAnemia|5|1\nFatigue|4|-\nHypokalemia|8|-\nRash|3|2\n"
    )
    assert share_of("one cell a line", table) == Share(8, 0, 0)


def test_headings_in_capitals_are_written_as_the_text_writes_them() -> None:
    forms = {
        "gvhd": Counter({"GVHD": 4}),
        "and": Counter({"and": 9}),
        "relapse": Counter({"Relapse": 1, "relapse": 3}),
    }
    path = path_of("BODY.RESULTS.GVHD AND RELAPSE:")
    assert path_headings(path, (), forms) == [Heading(1, "Results"), Heading(2, "GVHD and relapse")]
    assert path_headings(path_of("BODY.RESULTS.SURVIVAL:"), path, forms) == [Heading(2, "Survival")]
    assert path_of("ABSTRACT.SUMMARY.METHODS:") == ("ABSTRACT", "METHODS")


def test_what_the_file_does_not_tell_is_told_and_not_taken_from_a_sentence() -> None:
    text = layer_of("spaced", RESPONSE).replace(
        "(Table 1)", "(Table 1, Table 3); an earlier trial was published in 2019"
    )
    article = read_plain(text)
    assert (article.year, article.journal) == ("", "")
    assert any("journal" in doubt and "year" in doubt for doubt in article.doubts)
    assert any("table 3" in doubt for doubt in article.doubts)


def test_a_citation_whose_reference_is_not_printed_is_not_the_articles_own() -> None:
    text = layer_of("spaced", RESPONSE).replace(
        "BODY.DISCUSSION:\n", "BODY.DISCUSSION:\nOthers saw remissions in 80% [1]. So did we [2, 3]. "
    )
    article = read_plain(text)
    assert [e.number for e in article.entries] == [1, 2, 3]
    assert all("does not print" in e.title for e in article.entries)
    assert any("no list of references" in doubt for doubt in article.doubts)


def test_captions_citations_and_powers_inside_a_paragraph() -> None:
    text = (
        f"TITLE: A trial\n\nABSTRACT:\n{PROSE * 6}\n\nBODY.RESULTS:\nPlatelets rose to 20 × 109/L after 30 mg/m2 [2,3]."
        "Fig. 1Survival of all patients\n  The second part begins here [4-6]. It goes on [7].  Figure 2 shows more of it. "
        f"{PROSE * 4}\n\nBODY.DISCUSSION:\n{PROSE * 6}"
    )
    texts = [b.text for b in read_plain(text).blocks if isinstance(b, Paragraph)]
    assert "Platelets rose to 20 × 10⁹/L after 30 mg/m² [2, 3]." in texts
    assert "Fig. 1: Survival of all patients" in texts
    assert any(t.startswith("The second part begins here [4, 5, 6]. It goes on [7].") for t in texts)
    assert any(t.startswith("Figure 2 shows more of it.") for t in texts)


def jats(table: Printed) -> str:
    """The same article as JATS."""
    heads = "".join("<tr>" + "".join(f"<th>{c}</th>" for c in row) + "</tr>" for row in table.heads)
    rows = "".join("<tr>" + "".join(f"<td>{c.strip()}</td>" for c in row) + "</tr>" for row in table.rows)
    paragraph = f"<p>{PROSE * 5}</p>"
    return (
        "<article><front><article-meta><title-group><article-title>A randomized trial of fictinib</article-title></title-group>"
        f"<abstract><p>{PROSE * 5}</p></abstract></article-meta></front><body><sec><title>Results</title><sec><title>Response to therapy"
        f"</title>{paragraph}<table-wrap><label>Table 1</label><caption><p>{table.title}</p></caption><table><thead>{heads}</thead><tbody>"
        f"{rows}</tbody></table></table-wrap><p>{PROSE}</p></sec></sec><sec><title>Discussion</title><p>{PROSE * 9}</p></sec></body>"
        "</article>"
    )


def test_a_layer_gives_the_sentences_headings_and_cells_of_the_same_article_in_jats(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(jats(RESPONSE), encoding="utf-8")
    (tmp_path / "a.txt").write_text(layer_of("spaced", RESPONSE), encoding="utf-8")
    whole, layer = read_article(tmp_path / "a.xml"), read_article(tmp_path / "a.txt")

    def said(article: Article) -> list[str]:
        return [b.text for b in article.blocks if isinstance(b, Heading | Paragraph)]

    assert said(layer) == said(whole)
    assert [r.cells for r in layer.grids[0].rows] == [r.cells for r in whole.grids[0].rows]
    assert layer.grids[0].heads == whole.grids[0].heads
    added = add_file(tmp_path / "a.txt", tmp_path / "corpus", "trial")
    assert "38 (70.4%)" in (added.folder / "table-1.csv").read_text(encoding="utf-8")


def test_layers_print_what_they_are_said_to_print() -> None:
    table = printed("Deaths\n!|A|B\nAll|1|2\n")
    assert spaced(table) == "   Table 1 Deaths A B All 1 2   "
    assert one_cell_a_line(table) == "Table 1. Deaths\nA\nB\nAll\n1\n2\n"
    assert one_row_a_line(table) == "Table 1. Deaths\nA  B\nAll  1  2\n"
