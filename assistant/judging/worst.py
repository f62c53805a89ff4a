"""Whether an event never went beyond a grade: ``was it never worse than grade 3?``."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered, of_fact
from assistant.judging.claims import all_of_a_grade, verdict_line
from assistant.model import Fact
from assistant.question.reader import Ask
from assistant.selection import grade_range, percent_of
from assistant.text.text import fold

_WORSE = r"(?:worse|higher|greater|more severe|more serious|above|beyond|over|past)(?: than)?"
_GRADE = r"(?:a |any )?(?:grade|gr\.?) ?(?P<{}>[1-4]|I{{1,3}}|IV)\b(?! or (?:higher|worse|more|above)|[-/])"
_NEVER_WORSE = re.compile(
    rf"\b(?:never|not|no|none|nobody|neither)\b[^.?;]{{0,50}}\b{_WORSE} {_GRADE.format('a')}"
    rf"|\b(?:never|not)\b[^.?;]{{0,20}}\bexceed(?:ed|ing)? {_GRADE.format('b')}"
    rf"|\b(?:at (?:most|worst)|no (?:more|worse|higher) than|not (?:more|worse|higher) than|up to) (?:of )?{_GRADE.format('c')}",
    re.IGNORECASE,
)
_WAS_THERE_NO = re.compile(r"^\W*(?:and |so )?(?:was|were|is|are) there no\b", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def never_worse(desk: Desk, ask: Ask) -> Draft | None:
    """Yes or no by the worst grade told; the graded figures alone where they do not tell everybody; None where it asks no such thing.

    Args:
        desk: the review's facts and words.
        ask: the question, of one study and one event; none that asks how many or what share.
    """
    match = _NEVER_WORSE.search(fold(ask.focus))
    if match is None or ask.wants or len(ask.studies) != 1 or len(ask.measures) != 1:
        return None
    said = (match["a"] or match["b"] or match["c"]).lower()
    most = _ROMAN.get(said) or int(said)
    facts = [f for f in _graded(desk, ask) if all(ids <= f.group for _, ids in ask.groups)]
    if not facts:
        return None
    worse = [f for f in facts if grade_range(f.grade)[0] > most and _had(f)]
    if worse and _WAS_THERE_NO.match(ask.focus):  # "no" would say either
        return replace(
            answered([of_fact(desk.speaker.statement(worse[0]), worse[0])], ask.studies), told=True
        )
    if worse:
        return answered([verdict_line(desk, False, worse[0])], ask.studies)
    free = [f for f in facts if grade_range(f.grade) == (most + 1, 5) and not _had(f)]
    shown = free or all_of_a_grade(desk, facts)
    lines = [of_fact(desk.speaker.statement(f), f) for f in (shown or facts)]
    if not shown:
        return replace(answered(lines, ask.studies), told=True)
    worst = max(shown, key=lambda f: grade_range(f.grade)[1])
    rest = [line for line in lines if line.facts != (worst,)]
    return answered([verdict_line(desk, True, worst), *rest], ask.studies)


def _graded(desk: Desk, ask: Ask) -> list[Fact]:
    """The study's figures of the event by grade."""
    return [
        f for f in desk.review.facts if f.study == ask.studies[0] and f.attribute in ask.measures and f.grade
    ]


def _had(fact: Fact) -> bool:
    """Whether anybody had it."""
    share = percent_of(fact)
    return bool(fact.n) if fact.n is not None else share is not None and share > 0
