"""Cells of the tables asked for by their place: by row and column, or by being empty."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.cells.reading import is_missing
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered, declined
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.say import joined
from assistant.telling.describe import Describer
from assistant.text.text import tokens

_PLACE = re.compile(
    r"\b(?:rows?|columns?|fields?)\b|\b(?:the|this|that|which|what|table|empty|blank|each|every)\s+cells?\b"
    r"|\bcells?\s+(?:(?:in|of)\s+(?:the\s+|this\s+|that\s+)?(?:table|row|column)|under|says?|reads?|gives?)\b",
    re.IGNORECASE,
)
"""Asks for a place of a table; ``150 million cells`` is a dose."""
_ROW_NAMED = re.compile(
    r"(?<![\w/'\"-])(?P<before>(?:[\w/'\"-]+ ){1,4})(?:columns?|rows?|fields?)\b"
    r"|\b(?:column|row|field)\b[\s:'\"]+(?P<behind>(?:[\w/-]+ ?){1,4})"
    r"|\b(?:under|beside|next to)\s+(?:the (?:heading|head|label|title) )?(?P<under>(?:[\w/'\"-]+ ?){1,4})",
    re.IGNORECASE,
)
"""Names a row of a table by what stands next to the word for it: ``agents column``, ``under agents``."""
_NA = re.compile(r"(?<!\w)n/a(?!\w)|\bnot (?:available|applicable)\b", re.IGNORECASE)
_BLANK = re.compile(r"\bnot (?:filled|given)\b|\b(?:missing|blank|empty|unfilled)\b", re.IGNORECASE)
_IN_TABLE = re.compile(r"\b(?:rows?|columns?|cells?|fields?|tables?|entr(?:y|ies)|items?)\b", re.IGNORECASE)
_WHICH = re.compile(r"\b(?:which|what|how many|list|name|show)\b", re.IGNORECASE)
_TABLE_SAYS = re.compile(
    r"\btables?\b(?: \d)? (?:say|state|conclude|note|mention|tell|write|read|put)s?\b"
    r"|\b(?:according to|in the words of|as per) (?:the |its )?(?:review'?s )?table\b",
    re.IGNORECASE,
)
"""Asks what a table says in words."""
_IN_WORDS = 5
"""Words from which on a cell is more than a figure or a name."""
_FIRM = 2
"""Words of a long row head that tell it."""


def cell_asked(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``row Analysis, column 7``: the cell as printed; a decline where the table gives nothing there."""
    if len(ask.studies) != 1 or ask.described or ask.has("yes_no", "count_studies"):
        return None
    if (named := _row_named(desk, ask)) is not None:
        return _shown(desk, describer, ask, named)
    if not _PLACE.search(ask.focus):
        return None
    asked = {t.key for t in tokens(ask.focus)}
    cells = _cells(desk, ask.studies[0])
    shared = {c.id: len(_keys(c) & asked - desk.vocabulary.scaffold) for c in cells}
    own = [c for c in cells if shared[c.id] >= _FIRM or (_keys(c) and _keys(c) <= asked)]
    if not own:
        return None
    return _shown(desk, describer, ask, max(own, key=lambda c: (shared[c.id], -own.index(c))))


def _shown(desk: Desk, describer: Describer, ask: Ask, cell: Passage) -> Draft:
    """A cell as printed; a decline where it is empty."""
    if is_missing(cell.quote):
        who = desk.name(ask.studies[0])
        text = f"The review does not report {cell.locator.row} for {who} (the table says {cell.quote})."
        return declined(text, ask.studies, [(cell.id, ask.studies[0])])
    return answered([describer.quoting(cell)], ask.studies)


def _row_named(desk: Desk, ask: Ask) -> Passage | None:
    """The cell of the one row whose head has the words next to ``row``, ``column`` or ``under``, where nothing else is understood."""
    if ask.measures or ask.families or ask.characteristics or ask.groups:
        return None
    cells = _cells(desk, ask.studies[0])
    idle = desk.vocabulary.scaffold - {k for c in cells for k in _keys(c)}
    for said in _ROW_NAMED.finditer(ask.text):
        words = [t.key for t in tokens(said["before"] or said["behind"] or said["under"])]
        runs = [words[i:] for i in range(len(words))] if said["before"] else _begun(words)
        for run in runs:
            keys = frozenset(run) - idle
            held = [c for c in cells if keys and keys <= _keys(c)]
            exact = [c for c in held if keys == _keys(c)] or held
            if len({c.locator.row for c in exact}) == 1:
                return exact[0]
    return None


def _begun(words: Sequence[str]) -> list[Sequence[str]]:
    """What words begin with, the longest first."""
    return [words[:n] for n in range(len(words), 0, -1)]


def table_says(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``What does the table say of the young ones in study 7?``: the study's cell in words that has most of that."""
    if (
        not _TABLE_SAYS.search(ask.focus)
        or len(ask.studies) != 1
        or ask.has("yes_no", "count_studies", "list")
    ):
        return None
    if set(ask.characteristics) - {"agents"} or any(
        desk.selector.reported(ask.studies[0], m) for m in ask.measures
    ):
        return None
    named = {t.key for n in ask.named.names for t in tokens(n.text)}
    telling = [k for k in ask.content if k not in named and k not in desk.vocabulary.scaffold]
    cells = [c for c in _cells(desk, ask.studies[0]) if len(c.quote.split()) >= _IN_WORDS]
    held = {c.id: sum(describer.matching.holds(k, c) for k in telling) for c in cells}
    best = max(cells, key=lambda c: held[c.id], default=None)
    if best is None or held[best.id] * 2 < max(len(telling), 1):
        return None
    return answered([describer.quoting(best)], ask.studies)


def blanks_asked(desk: Desk, ask: Ask) -> Draft | None:
    """``Which rows are N/A for study 7?``: the rows in which the tables give nothing for it."""
    blank_word = _NA.search(ask.focus) or (_BLANK.search(ask.focus) and _IN_TABLE.search(ask.focus))
    asked = blank_word and _WHICH.search(ask.focus)
    topic = ask.measures or ask.families or ask.has("yes_no", "count_studies", "why")
    if not asked or topic or len(ask.studies) != 1 or ask.described:
        return None
    study = ask.studies[0]
    cells = _cells(desk, study)
    blank = [c for c in cells if is_missing(c.quote)]
    who = desk.name(study)
    if not cells:
        return None
    if not blank:
        line = Line(f"No row of the table is without an entry for {who}.", ((cells[0].id, study),))
        return answered([line], ask.studies)
    rows = joined(list(dict.fromkeys(c.locator.row for c in blank)))
    support = tuple((c.id, study) for c in blank)
    return answered(
        [Line(f"For {who} the table says {blank[0].quote} in these rows: {rows}.", support)], ask.studies
    )


def _cells(desk: Desk, study: str) -> Sequence[Passage]:
    return [p for p in desk.review.passages if p.locator.kind is Kind.CELL and study in p.studies]


def _keys(cell: Passage) -> frozenset[str]:
    """Keys of the words of a cell's row head."""
    return frozenset(t.key for t in tokens(cell.locator.row))
