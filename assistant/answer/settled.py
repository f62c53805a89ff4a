"""Last looks at a quoted place, whoever found it: whether it gives a number at all, and of which arm its cell is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.cells.reading import is_missing
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered, declined
from assistant.model import Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.selection import has_figure
from assistant.telling.describe import Describer
from assistant.text.text import WORD_NUMBER, fold, tokens

_NUMBER = re.compile(
    rf"\d|\b(?:{WORD_NUMBER}|half|halves|thirds?|quarters?|none|no|not|never|nobody|neither|nor|all|every\w*|each|any|both|once|twice"
    r"|doubled?|tripled?|thrice|single|without|free|unknown|N/A|NR)\b",
    re.IGNORECASE,
)
"""A number, or a word that stands for one."""
_PLACE = re.compile(r"\((?:see )?(?:Tables?|Fig\w*) \d+\)|\b(?:Tables?|Fig\w*) \d+", re.IGNORECASE)
_SIZE = re.compile(r"\s*\((?:n|N)\s*=\s*\d+\)$")
_MOST = 4
"""Cells of a row that one answer gives."""


def plainly(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft:
    """The draft, of the arm asked about, or a decline that quotes it where it gives no number and one was asked for."""
    draft = _of_arm(desk, describer, ask, draft) or draft
    return _without_number(desk, ask, draft) or draft


def head_and_arm(desk: Desk, cell: Passage) -> tuple[str, str]:
    """The head of a cell's row without the arm whose column it stands in, and that arm; "" for none."""
    head, _, last = cell.locator.row.rpartition(", ")
    arm = _SIZE.sub("", last)
    return (
        (head, arm) if head and arm in desk.review.arms.get(cell.studies[0], {}) else (cell.locator.row, "")
    )


def _of_arm(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """The cell of the arm asked about in place of another's, or those of all arms where none was named; else None."""
    line = draft.lines[0] if len(draft.lines) == 1 and draft.status is Status.ANSWERED else None
    cell = desk.selector.places.get(line.support[0][0]) if line and line.verbatim and line.support else None
    if cell is None or cell.locator.kind is not Kind.CELL or ask.has("yes_no"):
        return None
    head, arm = head_and_arm(desk, cell)
    if not arm:
        return None
    arms = desk.review.arms[cell.studies[0]]
    row = [
        p
        for p in desk.review.passages
        if p.locator.kind is Kind.CELL
        and p.studies[:1] == cell.studies[:1]
        and p.locator.table == cell.locator.table
        and head_and_arm(desk, p)[0] == head
        and head_and_arm(desk, p)[1]
    ]
    asked = {ids for _, ids in ask.groups if ids in arms.values()}
    if len(row) < 2 or len(row) > _MOST or any(is_missing(p.quote) for p in row):
        return None
    if asked:
        row = [p for p in row if arms[head_and_arm(desk, p)[1]] in asked]
    elif _is_named(desk, ask, cell, row):
        return None
    if not row or (cell in row and len(row) == 1):
        return None
    return replace(answered([describer.quoting(p) for p in row], draft.studies), sure=draft.sure)


def _is_named(desk: Desk, ask: Ask, cell: Passage, row: Sequence[Passage]) -> bool:
    """Whether the question has a word that only this arm's label holds."""
    arms = desk.review.arms[cell.studies[0]]
    labels = {
        p.id: {
            t.key
            for label, ids in arms.items()
            if ids == arms[head_and_arm(desk, p)[1]] and not label.startswith("without")
            for t in tokens(label)
        }
        for p in row
    }
    others = {k for p in row if p.id != cell.id for k in labels[p.id]}
    return bool((labels[cell.id] - others) & {t.key for t in tokens(ask.focus)})


def _without_number(desk: Desk, ask: Ask, draft: Draft) -> Draft | None:
    """A decline that quotes the draft where a number or a share is asked for and no line gives any; else None."""
    if (
        draft.status is not Status.ANSWERED
        or draft.told
        or not ask.wants
        or not draft.lines
        or ask.translated
    ):
        return None
    if ask.has("yes_no", "why", "list", "count_studies", "definition", "summary", "max", "min"):
        return None
    places = [desk.selector.places.get(p) for line in draft.lines for p, _ in line.support]
    if any(p is None or p.locator.kind not in {Kind.SENTENCE, Kind.CELL} for p in places):
        return None  # a short form's meaning needs no number
    if any(_has_number(desk, line) for line in draft.lines):
        return None
    said = "The review gives no number for that; it says this."
    return declined(said, draft.studies, sure=draft.sure).plus(*draft.lines)


def _has_number(desk: Desk, line: Line) -> bool:
    """Whether a sentence of an answer gives a number beside those in the names of studies and places."""
    if line.derivation or (line.facts and not line.verbatim and any(has_figure(f) for f in line.facts)):
        return True
    text = line.text
    for study in dict.fromkeys(s for _, s in line.support if s):
        text = text.replace(desk.name(study), " ")
    return bool(_NUMBER.search(_PLACE.sub(" ", fold(text))))
