"""The evidence for a citation: the study's card, and the source with the very words or cell marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.chat.card import card_html, reference_html, review_html
from assistant.chat.markup import Span, emphasised, escaped, linked
from assistant.corpus.corpus import Review
from assistant.folder.folder import Table, TableRow
from assistant.model import Kind, Locator, Passage, Study

HIT = "ra-hit"
"""Id of what is cited, for scrolling."""


def evidence_html(review: Review, passage: Passage, study: str = "", spans: Sequence[Span] = ()) -> str:
    """One citation's evidence as an HTML fragment without scripts or forms.

    Args:
        review: the review that holds the passage.
        passage: what is cited.
        study: id of the study it is cited for; "" for background.
        spans: the figures in its quote that the answer states.
    """
    entry = review.study(study) if study else None
    place = passage.locator
    return (
        '<section class="ra-evidence" aria-labelledby="ra-evidence-title">'
        f'<h2 id="ra-evidence-title" tabindex="-1">{_title(entry)}</h2>'
        f"{card_html(review, entry) if entry else ''}"
        f'<div class="ra-source"><h3>{escaped(_heading(place))}</h3>'
        f"{_source(review, passage, spans)}</div>"
        f'<p class="ra-review"><span class="ra-label">The review</span> {review_html(review)}</p></section>'
    )


def _title(study: Study | None) -> str:
    if study is None:
        return "From the review"
    name = f' <span class="ra-who">{escaped(study.name)}</span>' if study.name else ""
    return f"{escaped(study.label)}{name}"


def _heading(place: Locator) -> str:
    """Where the source stands; the row of a cell is marked in the table and is not named again."""
    if place.kind is Kind.SENTENCE:
        return f"{place.section}, paragraph {place.paragraph}"
    return place.label


def _source(review: Review, passage: Passage, spans: Sequence[Span]) -> str:
    place = passage.locator
    if place.kind is Kind.SENTENCE:
        return _paragraph(review, passage, spans)
    if place.kind in {Kind.CELL, Kind.COLUMN}:
        table = next((t for t in review.raw.tables if t.label == place.table), None)
        if table is not None:
            return _table(table, passage, spans)
    if place.kind is Kind.REFERENCE:
        found = review.reference(int(place.entry)) if place.entry.isdecimal() else None
        if found:
            return f'<p class="ra-hit" id="{HIT}"><mark>{reference_html(found)}</mark></p>'
    return f'<p class="ra-hit" id="{HIT}"><mark>{linked(passage.quote)}</mark></p>'


# -- prose ------------------------------------------------------------------------------------------


def _paragraph(review: Review, passage: Passage, spans: Sequence[Span]) -> str:
    """The paragraph, its cited sentence marked, the figures in it stronger."""
    place = passage.locator
    own = [s for s in review.raw.sentences if (s.section, s.paragraph) == (place.section, place.paragraph)]
    parts = [
        f'<mark class="ra-hit" id="{HIT}">{emphasised(s.text, spans)}</mark>'
        if s.index == place.sentence
        else escaped(s.text)
        for s in own
    ]
    return f'<blockquote class="ra-paragraph"><p>{" ".join(parts)}</p></blockquote>'


# -- tables -----------------------------------------------------------------------------------------


def _table(table: Table, passage: Passage, spans: Sequence[Span]) -> str:
    """The whole table with its heads; the cited cell, or column, marked with its heads."""
    is_cited = _cited(table, passage.locator)
    columns = range(len(table.columns))
    cited = {k for row in table.rows for k in columns if is_cited(row, k)}
    head = f'<th scope="col">{escaped(table.study_head)}</th>' + "".join(
        f'<th scope="col"{_on(k in cited)}>{_column(table, k)}</th>' for k in columns
    )
    rows = "".join(_row(table, row, is_cited, spans) for row in table.rows)
    rows = rows.replace("<mark>", f'<mark id="{HIT}">', 1)
    note = f'<p class="ra-note">{escaped(table.note)}</p>' if table.note else ""
    title = f"{table.label}. {table.title}" if table.title else table.label
    return (
        f'<div class="ra-scroll" role="region" aria-label="{escaped(table.label)}" tabindex="0"><table>'
        f"<caption>{escaped(title)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"{note}"
    )


def _column(table: Table, k: int) -> str:
    column = table.columns[k]
    return escaped(column.study) + (f"<br><small>{escaped(column.arm)}</small>" if column.arm else "")


def _row(
    table: Table, row: TableRow, is_cited: Callable[[TableRow, int], bool], spans: Sequence[Span]
) -> str:
    hits = [k for k in range(len(table.columns)) if is_cited(row, k)]
    cells = []
    for k, cell in enumerate(row.cells):
        shown = f"<mark>{emphasised(cell, spans)}</mark>" if k in hits and cell.strip() else escaped(cell)
        cells.append(f"<td{_on(k in hits, 'ra-cell')}>{shown}</td>")
    return f'<tr><th scope="row"{_on(bool(hits))}>{escaped(row.head)}</th>{"".join(cells)}</tr>'


def _on(marked: bool, name: str = "ra-on") -> str:
    return f' class="{name}"' if marked else ""


def _cited(table: Table, place: Locator) -> Callable[[TableRow, int], bool]:
    """Tells the cited cells; a cell that arms of one study share is cited in the column of each."""

    def cited(row: TableRow, k: int) -> bool:
        column = table.columns[k]
        if column.study != place.column:
            return False
        if place.kind is Kind.COLUMN:
            return True
        return place.row in {row.head, f"{row.head}, {column.arm}"}

    return cited
