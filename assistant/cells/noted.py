"""Sides of a study's cells that only a table's note names: ``For Abstract 12 the cells read children vs. adults``."""

from __future__ import annotations

from collections.abc import Iterable

from assistant import lazy_re as re
from assistant.cells.compared import VERSUS
from assistant.cells.printed import Arms
from assistant.folder.folder import Table
from assistant.spans.labels import group_ids
from assistant.text.text import fold
from assistant.vocabulary.vocabulary import Matchers

_CLAUSE = r"(?P<said>[^;.]*(?:\.(?=\s?\d|(?<=vs\.))[^;.]*)*)"
_LEAD = re.compile(
    r"^[\s,:]*(?:(?:the\s+|both\s+|two\s+|all\s+|its\s+)*(?:cells?|values?|figures?|numbers?|entries|columns?|data|results?)\s+)?"
    r"(?:(?:which|are|is|read|give|show|refer\s+to|stand\s+for|mean|given|shown|listed|printed|for|as|in\s+the\s+order(?:\s+of)?)\s+)*"
    r"[:,]?\s*(?:the\s+)?",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?:,?\s*respectively|,\s*in\s+(?:this|that)\s+order)?\s*$", re.IGNORECASE)
_SHORT = re.compile(r"(?<=\s)[A-Z]{2,5}$")
"""``lower-risk MDS`` is also called ``MDS``, where no other side is."""
_MOST_WORDS = 6
"""A side of more words is no name of an arm."""


def noted_sides(tables: Iterable[Table], study: str, noun: str, matchers: Matchers) -> Arms:
    """Label -> ids of what the notes of a study's tables say that its cells set against each other, in that order.

    Args:
        tables: those of the review.
        study: the study's id.
        noun: what the review calls its studies.
        matchers: the review's lexicons.

    Empty where no note says so.
    """
    named = re.compile(
        rf"\b(?:for|in|of)\s+(?:{re.escape(noun)}s?\s+)?#?{re.escape(study)}\b(?!\s*(?:,|and)\s*\d){_CLAUSE}",
        re.IGNORECASE,
    )
    for table in tables:
        if any(c.study == study for c in table.columns):
            for match in named.finditer(fold(table.note)):
                if found := _sides(match["said"], matchers):
                    return found
    return {}


def _sides(said: str, matchers: Matchers) -> Arms:
    sides = VERSUS.split(_TAIL.sub("", _LEAD.sub("", said, count=1)))
    labels = [side.strip(" ,") for side in sides]
    if len(labels) < 2 or not all(0 < len(label.split()) <= _MOST_WORDS for label in labels):
        return {}
    found = {label: group_ids(label, matchers) for label in labels}
    short = {m[0]: found[label] for label in labels if (m := _SHORT.search(label)) and said.count(m[0]) == 1}
    told = all(found.values()) and len(set(found.values())) == len(labels)
    return short | found if told else {}


def with_noted(own: Arms, noted: Arms) -> Arms:
    """The arms of a study with the sides that a note tells: in its order where they are the arms, instead of one arm alone."""
    arms = set(own.values())
    if not noted or (len(arms) > 1 and set(noted.values()) != arms):
        return own
    return noted | {label: ids for label, ids in own.items() if label not in noted}
