"""Rows whose heads only mention a term: ``Days to VTE``, ``Prior VTE``, ``NPM1 mutation`` with a count of those who had it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.cells.counts import BOUND, own_count
from assistant.cells.reading import is_missing
from assistant.text.text import Token, fold
from assistant.vocabulary.vocabulary import Match, Vocabulary

_BEHIND = re.compile(
    r"\b(?:after|before|following|for|due to|because of|owing to|caused by|linked to|until|since|despite)\s+"
    r"(?:the\s+|an?\s+|any\s+|first\s+)*$",
    re.IGNORECASE,
)
"""Stands before what gave rise to what is counted: ``Stopped for adverse events``, ``Anticoagulant started after VTE``."""
_ESTIMATED = re.compile(r"\b(?:ratio|HR|SHR|OR|RR|risk|chance|probability|incidence|rate)\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:prior|previous|earlier|past|pre-?existing|history of)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_IN_STATE = re.compile(
    r"\w\s+(?:in|into)\s+(?:(?:first|second|third|later|complete|full|their)\s+)*$", re.IGNORECASE
)
_AT_ENTRY = re.compile(
    r"^\s*(?:status\s+)?(?:at|before|prior to)\s+(?:the\s+|study\s+)*(?:(?:allo|auto)\w*[ -])?"
    r"(?:transplant\w*|HS?CT|SCT|infusion|graft|entry|enrol\w*|inclusion|registration|randomi[sz]ation|baseline|screening"
    r"|lymphodepletion|apheresis|leukapheresis|conditioning)\b",
    re.IGNORECASE,
)
_TIME_TO = re.compile(
    r"\b(?:time|days?|weeks?|months?|interval|duration)\s+(?:to|until|till|from|since|of|between|before|after)\s+"
    r"(?:[\w/-]+\s+){0,3}$",
    re.IGNORECASE,
)
_IN_DAYS = re.compile(r",\s*(?:median\s+)?(?:days?|time)\b", re.IGNORECASE)
"""Says that the cells are times, of whatever."""
_ALONE = re.compile(r"\s*[<>\u2264\u2265]?\s*\d[\d.]*\s?%\s*")
_LENGTH = re.compile(r"\s*\d[\d.]*\s+(?:days?|weeks?|months?|years?)\s*", re.IGNORECASE)
_TOLD = frozenset({"text"})
_COUNTS_OF_LINES = frozenset({"prior_lines"})


def only_mentions(match: Match, words: Sequence[Token], head: str, vocabulary: Vocabulary) -> bool:
    """Whether a row is of something else than a measure in its head, which only says when, why or of what state.

    ``Median days to VTE`` are days, ``Prior VTE`` is no outcome, and those ``Transplanted in remission`` are transplanted.
    """
    before, after = head[: words[match.start].start], head[words[match.end - 1].end :]
    kind = vocabulary.measures[match.ids[0]].kind if match.ids[0] in vocabulary.measures else ""
    behind = _BEHIND.search(before)
    if behind and re.search(r"\w", before[: behind.start()]) and not _ESTIMATED.search(before):
        return True
    if _EARLIER.search(before):
        return True
    if kind in {"rate", "event"} and (_IN_STATE.search(before) or _AT_ENTRY.match(after)):
        return True
    timed = _TIME_TO.search(before) or _IN_DAYS.search(after)
    return bool(timed) and kind not in {"duration", "ratio", "pvalue"}


def counts_a_class(
    attribute: str, head: str, cells: Sequence[str], vocabulary: Vocabulary, *, whole: bool
) -> bool:
    """Whether a row's cells are but numbers or shares of patients, where its head names a class of them.

    ``NPM1 mutation: 27 (17.8%)`` says nothing of all cytogenetics, a share with ``WBC > 50`` is no white cell count.

    Args:
        attribute: what the head was taken for.
        head: the row's head, with ``n (%)`` behind it where the column's cells are so.
        cells: the row's cells.
        vocabulary: knows the terms.
        whole: whether all of the head names the attribute.
    """
    term = vocabulary.characteristics.get(attribute)
    if term is None:
        bounded = attribute in vocabulary.measures and vocabulary.measures[attribute].kind == "count"
        if not bounded or not BOUND.search(head):
            return False
    elif (whole and not BOUND.search(head)) or (term.kind not in _TOLD and attribute not in _COUNTS_OF_LINES):
        return False
    told = [fold(c) for c in cells if c.strip() and not is_missing(c) and re.search(r"\d", c)]
    return bool(told) and all(
        _ALONE.fullmatch(c)
        or own_count(head, c, attribute)
        or (term is not None and attribute not in _COUNTS_OF_LINES and _LENGTH.fullmatch(c))
        for c in told
    )
