"""A grade above the one spoken of: ``did anyone have it worse than that?``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.followup.refs import Turn
from assistant.question.reader import Ask, QuestionReader

_MORE = r"(?:worse|more severe(?:ly)?|more serious(?:ly)?|(?:of (?:a )?)?higher(?: grades?)?)"
_WORSE = re.compile(
    rf"\b{_MORE} than (?:that|this)\W*$"
    rf"|\b(?:any(?:one|body|thing)?|some(?:one|body)|how many)\b[^,;]{{0,40}} {_MORE}\W*$",
    re.IGNORECASE,
)
_GRADE = re.compile(r"[1-5]")


def of_worse(ask: Ask, history: Sequence[Turn], reader: QuestionReader) -> Ask:
    """``ask`` for the one higher grade that the study tells of what was spoken of; unchanged where it tells none or more."""
    before, draft = history[-1]
    studies = draft.studies or before.studies
    if not _WORSE.search(ask.focus) or len(before.measures) != 1 or len(studies) != 1:
        return ask
    if ask.measures or ask.families or ask.groups or ask.named.names or not _GRADE.fullmatch(before.grade):
        return ask
    told = {
        f.grade
        for f in reader.review.facts
        if f.study == studies[0] and f.attribute == before.measures[0] and _GRADE.fullmatch(f.grade)
    }
    higher = [g for g in told if g > before.grade]
    if len(higher) != 1:
        return ask
    return replace(
        before, text=ask.text, focus=ask.focus, studies=tuple(studies), grade=higher[0], inherited=True
    )
