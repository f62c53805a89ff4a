"""Heads of a table's rows as articles in XML print them: in bold, across columns, over rows whose first cell is blank."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from assistant.adding.grids import grid_of
from assistant.adding.row_heads import named_rows


def _heads(body: str, lead: int) -> list[str]:
    head = f"<thead><tr>{'<th/>' * lead}<th>Alphatinib</th><th>Betamab</th></tr></thead>"
    table = ElementTree.fromstring(f"<table>{head}<tbody>{body}</tbody></table>")
    grid = grid_of(table, lambda e: "" if e.tag == "xref" else None, "1", "", "")
    assert grid is not None
    return [name for name, _ in named_rows(grid.rows, lead)]


def _row(*cells: str) -> str:
    return "<tr>" + "".join(c if c.startswith("<td") else f"<td>{c}</td>" for c in cells) + "</tr>"


def _across(text: str, *cells: str) -> str:
    return _row(f'<td colspan="2">{text}</td>', *cells)


def test_each_head_over_rows_with_a_blank_first_cell_ends_the_one_before() -> None:
    body = (
        _across("n", "60", "58")
        + _across("Sex", "", "")
        + _row("", "Girls", "31", "27")
        + _across("Site of relapse", "", "")
        + _row("", "Marrow", "40", "41")
        + _across("High risk", "12", "14")
        + _row("", "Marrow", "7", "9")
        + _across("Total", "60", "58")
    )
    expected = ["n", "Sex: Girls", "Site of relapse: Marrow", "High risk", "High risk: Marrow", "Total"]
    assert _heads(body, 2) == expected


def test_a_head_in_bold_holds_the_plain_heads_below_it() -> None:
    body = (
        _across("<bold>End of phase 1</bold>", "", "")
        + _across("High risk", "21", "14")
        + _across("Standard risk", "", "")
        + _row("", "High MRD", "20", "24")
        + _across("Unknown risk", "", "")
        + _row("", "High MRD", "2", "3")
        + _across("<bold>End of phase 2</bold><xref>*</xref>", "", "")
        + _across("Withdrawn", "1", "2")
    )
    assert _heads(body, 2) == [
        "End of phase 1: High risk",
        "End of phase 1: Standard risk: High MRD",
        "End of phase 1: Unknown risk: High MRD",
        "End of phase 2: Withdrawn",
    ]


def test_rows_of_one_level_in_bold_do_not_hold_each_other() -> None:
    body = (
        _row("<td><bold>Sex</bold></td>", "", "")
        + _row("Girls", "31", "27")
        + _row("<td><bold>Stage</bold></td>", "", "")
        + _row("III", "40", "41")
    )
    assert _heads(body, 1) == ["Sex: Girls", "Stage: III"]


def test_a_head_across_some_columns_over_blank_cells_is_no_row_of_figures() -> None:
    body = (
        _row("<td><bold>Phase 1</bold></td>", "", "")
        + _row("Alphatinib", "20 mg", "1–5")
        + _across("<bold>Phase 2 (weeks 5–8)</bold>", "")
        + _row("Alphatinib", "6 mg", "1")
    )
    assert _heads(body, 1) == ["Phase 1: Alphatinib", "Phase 2 (weeks 5–8): Alphatinib"]


def test_a_first_cell_that_a_second_one_divides_is_said_for_each_of_its_rows() -> None:
    body = (
        _row("Age", "below 60", "12", "13")
        + _row("", "60 or more", "20", "18")
        + _row("Sex", "male", "9", "8")
    )
    assert _heads(body, 2) == ["Age: below 60", "Age: 60 or more", "Sex: male"]
