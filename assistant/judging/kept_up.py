"""Yes or no to whether a treatment was for a fixed time or until progression, by the sentence that says which."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered
from assistant.model import Kind
from assistant.question.reader import Ask
from assistant.text.text import fold

_OPEN = re.compile(
    r"\b(?:until (?:disease )?(?:progression|progressive disease|relapse)|indefinite(?:ly)?|continuous(?:ly)?)\b",
    re.IGNORECASE,
)
_FIXED = re.compile(
    r"\b(?:fixed|time-limited|(?:for|after|of) (?:a |up to )?(?:fixed |set |total of )?(?:\d+|six|eight|ten|twelve)"
    r" (?:\d+ )?(?:cycles|months)"
    r"|\d+ cycles of|limited (?:number|duration|time))\b",
    re.IGNORECASE,
)
"""Ways of saying either, in a question and in a sentence."""
_GIVEN = re.compile(
    r"\b(?:giv\w+|gave|treat\w*|tak\w+|took|stop\w*|administer\w*|continu\w+|duration|dos\w+|receiv\w+|therapy|ran|run)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:not|no|never|without|why|how|which|what|or|than|most\w*|surviv\w*|alive"
    r"|response|respond\w*)\b|n't\b",
    re.IGNORECASE,
)


def kept_up(desk: Desk, ask: Ask) -> Draft | None:
    """The verdict with the sentence; None where more is asked, or the sentences of the study say neither or both."""
    focus = fold(ask.focus)
    fixed, until = bool(_FIXED.search(focus)), bool(_OPEN.search(focus))
    if (
        fixed == until
        or len(ask.studies) != 1
        or ask.measures
        or ask.groups
        or _MORE.search(focus)
        or not _GIVEN.search(focus)
    ):
        return None
    own = [
        p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies[:1] == ask.studies
    ]
    said_until = [p for p in own if _OPEN.search(fold(p.text)) and _GIVEN.search(p.text)]
    said_fixed = [p for p in own if _FIXED.search(fold(p.text))]
    if bool(said_until) == bool(said_fixed):
        return None
    if fixed and said_fixed:
        return None  # how long is told by the figure
    passage = (said_until or said_fixed)[0]
    line = Line(
        f"{'Yes' if until and said_until else 'No'}: {passage.quote}",
        ((passage.id, ask.studies[0]),),
        verbatim=True,
    )
    return replace(answered([line], ask.studies), accounted=True)
