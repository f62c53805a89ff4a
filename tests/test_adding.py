"""Articles made into review folders. All texts are made up; the layouts are those of print."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from assistant.adding.add import add_file
from assistant.adding.author_year import numbered_authors
from assistant.adding.cutting import cut_rows, trailing_cells
from assistant.adding.entries import parse_entry
from assistant.adding.front import names_in
from assistant.adding.ids import Form
from assistant.adding.licences import licence_in
from assistant.adding.lines import joined, lines_of, word_counts
from assistant.adding.sections import abbreviations_in
from assistant.model import AssistantError

MEETING = """ Abstract\x20

Chronic marrowitis is rare. This review tells of the newest agents against it, which were shown at the 2030
meeting of a society, and of what they may do for patients whose disease has come back after treatment.
 Introduction
Patients with chronic marrowitis have few options, and most of them relapse within two years of treat‑
ment [1]. New agents are awaited by patients and physi‑
cians alike, as no standard has been found so far.

Alphatinib
A phase II trial gave alphatinib to 40 adults with chronic marrowitis
(Abstract 71) [2]. The 2-year overall survival (OS) was 81%.
 A second trial joined alphatinib to betamab in relapsed marrowitis
(Abstract 302) [3]. The response rate was 55% and the drug showed good\x20

Table 1 Trials of alphatinib at the 2030 meeting

OS, overall survival; NR, not reported

Abstract #

71 302 9

Authors (references) Ahorn et al. [2] Birke et al. [3] Celan et al. [4]

Study agents Alphatinib Alphatinib plus beta‑
mab

Gammacel

Analysis II N/A I/II

No. of patients 40 (30 adults;\x20
10 children)

22

7

Outcome measure OS, PFS CR 1‑year OS

 tolerability in a longer course of treatment. Nobody died of it.

Page 2 of 3Ahorn and Eiche  Journal of Made Up Blood           (2031) 4:17

Abbreviations
OS  Overall survival
PFS   Progression‑free survival

Received: 3 January 2031   Accepted: 5 March 2031

References
 1. Linde A, Esche B. A tale of marrow. J Made Up Blood.\x20
2028;1(2):3–9.

 2. Ahorn C, Tanne D, et al. Alphatinib in marrowitis. Blut. 2030;7(Supplement
1):71.
 3. Birke E. Alphatinib with betamab. Blut. 2030;7:302.
 4. Celan F. Gammacel. Blut. 2030;7:9.


\tNew agents against chronic marrowitis: news from the 2030 meeting
\tAbstract\x20
\tIntroduction
\tAlphatinib
\tReferences
"""


def added(tmp_path: Path, name: str, text: str):  # type: ignore[no-untyped-def]
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return add_file(file, tmp_path / "reviews")


def table(folder: Path, number: int) -> list[list[str]]:
    with (folder / f"table-{number}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_text_layer_of_a_meeting_letter_gives_its_abstracts_and_the_columns_of_its_table(
    tmp_path: Path,
) -> None:
    made = added(tmp_path, "letter.txt", MEETING)
    assert made.form is Form.MEETING
    assert made.review.title == "New agents against chronic marrowitis: news from the 2030 meeting"
    assert [s.id for s in made.review.studies] == ["71", "302", "9"]
    assert table(made.folder, 1) == [
        ["Abstract #", "71", "302", "9"],
        ["Authors (references)", "Ahorn et al. [2]", "Birke et al. [3]", "Celan et al. [4]"],
        ["Study agents", "Alphatinib", "Alphatinib plus betamab", "Gammacel"],
        ["Analysis", "II", "N/A", "I/II"],
        ["No. of patients", "40 (30 adults; 10 children)", "22", "7"],
        ["Outcome measure", "OS, PFS", "CR", "1-year OS"],
    ]
    survival = [f for f in made.review.facts if f.attribute == "OS" and f.value == "81%"]
    assert [(f.study, f.time_point) for f in survival] == [("71", "2-year")]


def test_a_sentence_that_a_table_cuts_goes_on_below_it(tmp_path: Path) -> None:
    prose = (added(tmp_path, "letter.txt", MEETING).folder / "review.md").read_text(encoding="utf-8")
    assert "the drug showed good tolerability in a longer course" in " ".join(prose.split())


def test_running_heads_tell_the_journal_and_the_history_stays(tmp_path: Path) -> None:
    raw = added(tmp_path, "letter.txt", MEETING).review.raw
    assert (raw.authors, raw.journal, raw.year, raw.volume, raw.pages) == (
        ("Ahorn", "Eiche"), "Journal of Made Up Blood", "2031", "4", "17",
    )  # fmt: skip
    assert [s.plain for s in raw.sentences if s.section == "Article history"] == [
        "Received: 3 January 2031 Accepted: 5 March 2031"
    ]


def test_references_of_a_text_layer_keep_their_numbers(tmp_path: Path) -> None:
    references = added(tmp_path, "letter.txt", MEETING).review.raw.references
    assert [r.number for r in references] == [1, 2, 3, 4]
    assert references[1].authors == ("Ahorn C", "Tanne D", "et al")
    assert (references[1].title, references[1].journal, references[1].year) == (
        "Alphatinib in marrowitis",
        "Blut",
        "2030",
    )


JATS = """<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><journal-meta><journal-title>Blut</journal-title>
</journal-meta><article-meta><article-id pub-id-type="doi">10.0000/x</article-id><title-group><article-title>Deltamab
in marrowitis: a phase 2 trial</article-title></title-group><contrib-group><contrib contrib-type="author"><name>
<surname>Übel</surname><given-names>Rita M</given-names></name></contrib></contrib-group><pub-date><year>2029</year>
</pub-date><volume>3</volume><fpage>1</fpage><permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/">
<license-p>open</license-p></license></permissions><abstract><p>We treated 30 patients with deltamab.</p></abstract>
</article-meta></front><body><sec><title>Methods</title><p>Patients were enrolled from 2020 to 2022 and were given deltamab
at 5 mg/m<sup>2</sup> every week until their disease progressed.</p></sec><sec><title>Results</title><p>The overall response
rate was 60% (18/30). The 1-year OS was 77%.</p><table-wrap><label>Table 2</label><caption><p>Patients</p></caption><table>
<thead><tr><th/><th>Low dose (n = 10)</th><th>High dose (n = 20)</th></tr></thead><tbody><tr><td>Disease</td><td/><td/></tr>
<tr><td>&#x2003;Acute</td><td>4</td><td>9<sup>a</sup></td></tr><tr><td>Women</td><td>5</td><td>8</td></tr></tbody></table>
</table-wrap></sec><sec><title>Discussion</title><p>In the trial by Erle et al., the 1-year OS was 41%
[<xref ref-type="bibr" rid="B1">1</xref>]. Our 1-year OS is better.</p></sec></body><back><ref-list><ref id="B1">
<element-citation><person-group><name><surname>Erle</surname><given-names>K</given-names></name></person-group>
<article-title>An older drug</article-title><source>Blut</source><year>2019</year></element-citation></ref></ref-list></back>
</article>"""


def test_a_trial_report_in_jats_is_one_study_and_what_others_found_is_not_its(tmp_path: Path) -> None:
    made = added(tmp_path, "trial.xml", JATS)
    assert made.form is Form.REPORT
    assert [s.id for s in made.review.studies] == ["UBEL-2029"] or [s.id for s in made.review.studies] == [
        "UEBEL-2029"
    ]
    of = {f.value: f.study for f in made.review.facts if f.attribute == "OS"}
    assert of["77%"] == made.review.studies[0].id
    assert of["41%"] == ""
    assert made.review.raw.licence == "CC BY 4.0"


def test_indented_rows_stand_under_their_head_and_signs_of_notes_go(tmp_path: Path) -> None:
    rows = table(added(tmp_path, "trial.xml", JATS).folder, 2)
    assert rows[1:] == [
        ["", "Low dose (n = 10)", "High dose (n = 20)"],
        ["Disease: Acute", "4", "9"],
        ["Women", "5", "8"],
    ]


MARKDOWN = """---
title: Epsilin for relapsed marrowitis, a review
author: [Jo Fichte, Ada van Buche]
year: 2030
---

## Introduction

Marrowitis comes back in many patients, and until now there was little that could be done for them.

## Epsilin

Gras et al. (2021) gave epsilin to 25 patients, and the response rate was 44%. A phase 2 trial enrolled 60 patients with
relapsed disease. The 2-year PFS was 38% (Halm and Rohr, 2022). Many agents were reviewed elsewhere (Gras et al., 2021; Halm
and Rohr, 2022).

**Table 1.** Trials of epsilin

| Study | N | ORR |
|---|---|---|
| Gras et al. (2021) | 25 | 44% |
| Halm and Rohr (2022) | 60 | 52% |

## References

Gras A, Moos B, Farn C. Epsilin alone. Blut. 2021;4:5-9.

Halm D, Rohr E. Epsilin again. Blut. 2022;5:6-7.
"""


def test_a_review_that_cites_by_author_and_year_gets_numbers_studies_and_its_table(tmp_path: Path) -> None:
    made = added(tmp_path, "review.md", MARKDOWN)
    assert made.form is Form.REVIEW
    assert {(f.study, f.value) for f in made.review.facts if f.attribute == "PFS"} == {("HALM-2022", "38%")}
    assert table(made.folder, 1) == [
        ["Study #", "GRAS-2021", "HALM-2022"],
        ["Study", "Gras et al. [1]", "Halm and Rohr [2]"],
        ["N", "25", "60"],
        ["ORR", "44%", "52%"],
    ]
    assert made.review.raw.authors == ("Fichte J", "van Buche A")


def test_a_page_of_a_publisher_is_read_with_its_meta_data(tmp_path: Path) -> None:
    page = """<!DOCTYPE html><html><head><meta name="citation_title" content="Zetamab: a phase 1 trial">
    <meta name="citation_author" content="Weide, Olga"><meta name="citation_publication_date" content="2028/05/01"></head>
    <body><nav><p>Home</p></nav><article><h1>Zetamab: a phase 1 trial</h1><h2>Methods</h2><p>We enrolled 12 patients with
    marrowitis, all of whom had been treated before with two or more lines of chemotherapy.<sup><a href="#ref-CR1">1</a></sup>
    <h2>Results</h2><p>The CR rate was 25% (3/12), and the median OS was 14 months.</p><p>Table 1 Patients</p><table><tr>
    <th>Characteristic</th><th>Value</th></tr><tr><td>Median age, years<td>61<tr><td>Women<td>7</table><h2>References</h2>
    <ol><li>Pilz U. Another trial. Blut. 2020;1:1-2.</li></ol></article></body></html>"""
    made = added(tmp_path, "page.html", page)
    assert made.folder.name == "weide-2028"
    assert table(made.folder, 1) == [["Study #", "WEIDE-2028"], ["Median age, years", "61"], ["Women", "7"]]
    assert [r.number for r in made.review.raw.references] == [1, 2]
    assert any(1 in s.references for s in made.review.raw.sentences)


def test_a_structured_report_that_never_says_we_is_a_report(tmp_path: Path) -> None:
    made = added(
        tmp_path,
        "abstract.txt",
        """Etamab in marrowitis that came back

Methods

This analysis looked back at the records of patients with relapsed marrowitis who were given etamab once a week.

Results

A total of 24 patients were involved. The ORR was 83.3% (20/24), and most of the adverse events were mild.
""",
    )
    assert made.form is Form.REPORT
    assert [(f.study, f.value) for f in made.review.facts if f.attribute == "ORR"] == [("THIS-1", "83.3%")]


def test_a_folder_is_not_overwritten_unasked_and_a_file_without_text_is_refused(tmp_path: Path) -> None:
    added(tmp_path, "letter.txt", MEETING)
    with pytest.raises(AssistantError, match="is there already"):
        add_file(tmp_path / "letter.txt", tmp_path / "reviews")
    (tmp_path / "empty.txt").write_text("A few words only.", encoding="utf-8")
    with pytest.raises(AssistantError, match="no article"):
        add_file(tmp_path / "empty.txt", tmp_path / "reviews")
    assert [p.name for p in (tmp_path / "reviews").iterdir()] == ["ahorn-2031"]


# -- parts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "head", "cells"),
    [
        (
            "Age, median (range), years 60 (38–73) 59 (32–71) 0.2",
            "Age, median (range), years",
            ("60 (38–73)", "59 (32–71)", "0.2"),
        ),
        ("Low/standard/high risk 15/24/10 12/18/15", "Low/standard/high risk", ("15/24/10", "12/18/15")),
        ("−/− 12 13", "−/−", ("12", "13")),
        ("Grade III 11* <0.001", "Grade III", ("11*", "<0.001")),
        ("Donor type", "Donor type", ()),
    ],
)
def test_cells_at_the_end_of_a_line(line: str, head: str, cells: tuple[str, ...]) -> None:
    assert trailing_cells(line) == (head, cells)


def test_a_wrapped_cell_ends_its_block_and_rows_are_whole() -> None:
    blocks = [["Agents Alphatinib plus", "betamab"], ["Gammacel"], ["Phase II N/A"]]
    cuts = cut_rows(blocks, 2, Counter())
    assert cuts is not None
    assert [(c.head, c.cells) for c in cuts] == [
        ("Agents", ("Alphatinib plus\nbetamab", "Gammacel")),
        ("Phase", ("II", "N/A")),
    ]


def test_hyphens_at_line_ends_are_settled_by_the_text_and_the_language() -> None:
    words = word_counts("a Flu-TBI arm and again a Flu-TBI arm")
    assert (
        joined(["the Flu-", "TBI arm was trans-", "planted at high-", "risk"], words)
        == "the Flu-TBI arm was transplanted at high-risk"
    )


def test_lone_numbers_that_count_up_are_pages_and_others_are_cells() -> None:
    filler = "\n".join(f"line {'x' * (i % 7)} of text" for i in range(20))
    lines, _, _ = lines_of("\n".join([filler, "4", filler, "5", filler, "6", filler, "22"]))
    assert [line.text for line in lines if line.text.isdecimal()] == ["22"]


def test_a_printed_reference_is_taken_apart() -> None:
    entry = parse_entry(
        7,
        "Suo S, Van Loo J-P, et al. A drug: does it help? Blood Adv. 2022;140(Suppl 1):22–3. doi:10.1000/ab.1",
    )
    assert entry.authors == ("Suo, S", "Van Loo, JP", "others")
    assert (entry.title, entry.journal, entry.year) == ("A drug: does it help?", "Blood Adv", "2022")
    assert (entry.volume, entry.issue, entry.pages, entry.doi) == ("140", "Suppl 1", "22–3", "10.1000/ab.1")


def test_years_with_letters_tell_two_papers_of_one_author_apart() -> None:
    entries = [parse_entry(1, "Gras A. One. Blut. 2021;1:1."), parse_entry(2, "Gras A. Two. Blut. 2021;1:2.")]
    numbered = numbered_authors(entries)
    assert numbered("It helps (Gras, 2021b).") == "It helps [2]."
    assert numbered("It helps (Gras, 2021).") == "It helps (Gras, 2021)."


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("https://creativecommons.org/licenses/by-nc/4.0/", "CC BY-NC 4.0"),
        ("under a Creative Commons Attribution 4.0 International License", "CC BY"),
        ("All rights reserved", ""),
    ],
)
def test_the_licence_that_an_article_names(text: str, licence: str) -> None:
    assert licence_in(text).startswith(licence)
    assert bool(licence_in(text)) == bool(licence)


def test_names_of_a_first_page() -> None:
    assert names_in("Rita M. Übel1,2*, Jean-Luc Noir3 and Ada van Buche") == (
        "Übel RM",
        "Noir JL",
        "van Buche A",
    )
    assert names_in("Department of Medicine, University of Somewhere") == ()
    assert names_in("ORIGINAL RESEARCH") == ()


def test_abbreviations_in_the_usual_forms() -> None:
    assert abbreviations_in(["OS: overall survival; CR, complete remission", "PFS   Progression-free survival"]) == {
        "OS": "overall survival", "CR": "complete remission", "PFS": "Progression-free survival",
    }  # fmt: skip
