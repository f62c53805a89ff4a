"""Tables: which way round, arms, blank cells, titles and notes, and what is refused."""

from __future__ import annotations

import pytest

from assistant.folder.columns import TableColumn
from assistant.folder.tables import Table, read_table, study_noun
from assistant.model import AssistantError


def read(text: str, prose: str = "", label: str = "", shown: dict[str, str] | None = None) -> Table:
    return read_table(text, "review/table-1.csv", prose, shown or {}, label)[0]


def cells(table: Table) -> dict[str, tuple[str, ...]]:
    return {row.head: row.cells for row in table.rows}


def test_a_column_a_study() -> None:
    table = read('Abstract #,51,54\n"Age, years",18–55,15–24\nOS,N/A,"93.4%, at 3 years"\n')
    assert table.label == "Table 1"
    assert table.study_head == "Abstract #"
    assert table.columns == (TableColumn("51"), TableColumn("54"))
    assert cells(table) == {"Age, years": ("18–55", "15–24"), "OS": ("N/A", "93.4%, at 3 years")}


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("Poster #,Age,OS\n87,18–55,78%\nP-0561,2–8,N/A\n", ""),
        ("Poster,Age,OS\n87,18–55,78%\nP-0561,2–8,N/A\n", "Good (Posters 87 and P-0561) [1]."),
        (
            "Trial,Age,OS\nMARLSTONE,18–55,78%\nRUSHMERE,2–8,N/A\n",
            "A (Trial MARLSTONE) [1]. B (Trial RUSHMERE) [2].",
        ),
        ("Trial,Median age,Overall survival\nVenus,18–55,78%\nMars,2–8,N/A\n", ""),
    ],
)
def test_a_row_a_study_is_turned_round(text: str, prose: str) -> None:
    table = read(text, prose)
    assert [c.study for c in table.columns] == [line.split(",")[0] for line in text.split("\n")[1:3]]
    assert [row.cells for row in table.rows] == [("18–55", "2–8"), ("78%", "N/A")]


def test_prose_outweighs_form() -> None:
    # Time points look like ids; the prose says what the studies are.
    text = "Study,2,5\nS-1,60%,50%\nS-2,40%,30%\n"
    table = read(text, "Good (Study S-1) [1]. Bad (Study S-2) [2].")
    assert [c.study for c in table.columns] == ["S-1", "S-2"]
    assert cells(table) == {"2": ("60%", "40%"), "5": ("50%", "30%")}


def test_arms_and_blank_cells() -> None:
    text = "Study #,S-1,,S-2\nArm,Doublet,Triplet,RP2D\nNCT,NCT1,,\nORR,48%,72%,66%\nOS,,5%,\n"
    table = read(text)
    assert table.columns == (
        TableColumn("S-1", "Doublet"),
        TableColumn("S-1", "Triplet"),
        TableColumn("S-2", "RP2D"),
    )
    assert cells(table) == {"NCT": ("NCT1", "NCT1", ""), "ORR": ("48%", "72%", "66%"), "OS": ("", "5%", "")}


def test_arms_of_a_table_with_a_row_a_study() -> None:
    text = "Study #,Arm,No. of patients,NCT No\nS-101,A,40,NCT1\n,B,38,\nS-102,A,9,NCT2\n"
    table = read(text, "Good (Study S-101) [1], bad (Study S-102) [2].")
    assert table.columns == (TableColumn("S-101", "A"), TableColumn("S-101", "B"), TableColumn("S-102", "A"))
    assert cells(table) == {"No. of patients": ("40", "38", "9"), "NCT No": ("NCT1", "NCT1", "NCT2")}


def test_a_repeated_head_is_the_same_study() -> None:
    table = read("Study #,S-1,S-1\nDose,1 mg,2 mg\nORR,1%,2%\n")
    assert table.columns == (TableColumn("S-1", "1 mg"), TableColumn("S-1", "2 mg"))


def test_a_second_row_of_heads_may_stand_under_any_word() -> None:
    table = read("Study #,S-1,S-1,S-1\nOrgan (single/multiple),AbCy,AbFlu,P value\nHeart,4/8,2/4,0.048\n")
    assert [c.arm for c in table.columns] == ["AbCy", "AbFlu", "P value"]
    assert cells(table) == {"Heart": ("4/8", "2/4", "0.048")}


@pytest.mark.parametrize("row", ["No. of patients,40,38", "ORR,62%,40%", "Design,open,blinded"])
def test_a_row_of_figures_or_of_a_characteristic_names_no_columns(row: str) -> None:
    with pytest.raises(AssistantError):
        read(f"Study #,S-1,S-1\n{row}\nOS,1,2\n")


def test_a_head_without_cells_stands_over_the_rows_below_it() -> None:
    table = read("Study #,S-1,S-2\nORR,50%,40%\nAdverse events,,\nAnaemia,12%,9%\nNausea,3%,5%\n")
    assert list(cells(table)) == ["ORR", "Adverse events: Anaemia", "Adverse events: Nausea"]


@pytest.mark.parametrize("head", ["Abstract #", "Abstract No.", "Abstract number", "Abstract ID", "Abstract"])
def test_the_noun_in_the_head(head: str) -> None:
    assert study_noun(head) == "Abstract"
    assert [c.study for c in read(f"{head},Abstract 51,#54\nOS,1%,2%\n").columns] == ["51", "54"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators(separator: str) -> None:
    text = f"Study #{separator}51{separator}54\nOS{separator}7{separator}8\n"
    assert cells(read(text)) == {"OS": ("7", "8")}


def test_title_and_note() -> None:
    text = (
        "# Selected trials,\n# from one meeting\n\nStudy #,51,54\n# of patients,7,8\n# OS, overall survival\n"
    )
    table = read(text)
    assert table.title == "Selected trials, from one meeting"
    assert table.note == "OS, overall survival"
    assert cells(table) == {"# of patients": ("7", "8")}
    assert read(text, shown={"title": "Other"}).title == "Other"


def test_a_cell_over_two_lines_and_spreadsheet_leftovers() -> None:
    table = read('Study #,51,54,\nAgents,"one\n + two",three,\n,,,\nOS,7,8,,\n')
    assert cells(table) == {"Agents": ("one + two", "three"), "OS": ("7", "8")}


def test_a_head_that_stands_twice_is_reported() -> None:
    warnings = read_table("Study #,51\nOS,7\nOS,8\n", "review/table-1.csv", "", {})[1]
    assert warnings == ["review/table-1.csv: two rows are headed 'OS'"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "review/table-1.csv: the table is empty"),
        ("# only a title\n", "table-1.csv"),
        ("Study #,51\n", "table-1.csv, line 1: the table has no study"),
        ("Study #\nOS\n", "table-1.csv, line 1: the table has no study"),
        ("Study #,51,54\nOS,1,2\n\nEFS,1\n", "table-1.csv, line 4: 2 cells where the head row has 3"),
        ("Study #,51,54\nOS,1,2,3\n", "table-1.csv, line 2: 4 cells where the head row has 3"),
        ("Study #,51,51\nOS,1,2\n", "line 1: several columns for 51, and no row that names their arms"),
        ("Study #,51,\nArm,A,A\nOS,1,2\n", "several columns for 51"),
        ("Study #,51,\nArm,A,\nOS,1,2\n", "several columns for 51"),
        ("Study #,51,54,51\nArm,A,B,C\nOS,1,2,3\n", "stand apart"),
        ("Study #,51,51\nArm,A,B\n", "no characteristic below its heads"),
        ("Study #,51,54\n,1,2\n", "row 1 has cells but no head"),
        ("Study #,,54\nOS,1,2\n", "the first study has no id"),
        ('Study #,51\nOS,"1\n', "line 2: not CSV"),
        ('# Title\nStudy #,51\nOS,"1" 2\n', "line 3: not CSV"),
    ],
)
def test_refusals(text: str, message: str) -> None:
    with pytest.raises(AssistantError) as caught:
        read(text)
    assert message in caught.value.message
    assert caught.value.remedy
