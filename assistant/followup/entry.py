"""A detail of the publication that the answer before named: ``what is reference 3?``, then ``which year did it come out?``."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.draft import Draft
from assistant.model import Kind
from assistant.question.reader import Ask, QuestionReader

_DETAIL = re.compile(
    r"\b(?:authors?|who (?:wrote|published|authored)|by whom|whose|journal|year|when|title|pages?|volume|issue|doi"
    r"|c[ao]me out|appear\w*|published)\b",
    re.IGNORECASE,
)

_OF_STUDY = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|patients?|recruit\w*|enrol\w*|run|conducted)\b", re.IGNORECASE
)


def of_entry(ask: Ask, before: Draft, reader: QuestionReader) -> Ask | None:
    """What is asked of the one entry of the reference list that an answer cites; None where it cites none or several."""
    own = ask.studies or ask.named.names or ask.named.missing or ask.measures or ask.has("review")
    if own or not _DETAIL.search(ask.focus) or _OF_STUDY.search(ask.focus):
        return None
    cited = {passage for line in before.lines for passage, _ in line.support}
    entries = [p.locator for p in reader.review.passages if p.id in cited]
    if len(entries) != 1 or entries[0].kind is not Kind.REFERENCE:
        return None
    return reader.read(f"Reference {entries[0].entry}: {ask.text}")
