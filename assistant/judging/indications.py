"""Which studies are about a disease that is also an outcome: ``which posters deal with chronic GVHD``."""

from __future__ import annotations

import re

from assistant.desk import Desk
from assistant.draft import Draft, answered, of_fact
from assistant.model import Kind
from assistant.question.reader import Ask
from assistant.text.text import tokens

_ABOUT = re.compile(
    r"\b(?:deal(?:s|ing|t)?|concern(?:s|ed|ing)?|about|address(?:es|ed)?|focus(?:es|ed)?|cover(?:s|ed)?|look(?:s|ed)?|stud(?:y|ies|ied)|"
    r"treat(?:s|ed|ing)?|investigat\w+|tested|enrolled|conducted|performed|done|are|were)\s+(?:(?:with|at|on|in|for)\s+)?(?:the\s+|patients\s+with\s+)?"
    r"(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"\b(?:indication|disease|setting|condition|diagnosis|disorder|population|entity)\b", re.IGNORECASE
)


def by_indication(desk: Desk, ask: Ask) -> Draft | None:
    """The studies whose row on the disease names the one outcome of the question; None where it asks for figures."""
    if len(ask.measures) != 1 or not ask.has("list") or ask.values or ask.times:
        return None
    lexicon = desk.review.reader.matchers.measures
    words = tokens(ask.focus)
    found = [m for m in lexicon.find(words) if ask.measures[0] in m.ids]
    if not found or not _ABOUT.search(ask.focus[: words[found[0].start].start]):
        return None
    lines = []
    for passage in desk.review.passages:
        if passage.locator.kind is not Kind.CELL or not _ROW.search(passage.locator.row):
            continue
        fact = next((f for f in desk.review.facts if f.passage == passage.id), None)
        if fact and any(ask.measures[0] in m.ids for m in lexicon.find(tokens(passage.quote))):
            own = fact.attribute in desk.review.attributes
            lines.append(
                of_fact(
                    desk.speaker.own(fact) if own else desk.speaker.characteristic(fact, listed=True), fact
                )
            )
    lines = list(dict.fromkeys(lines))
    return answered(lines, dict.fromkeys(f.study for line in lines for f in line.facts)) if lines else None
