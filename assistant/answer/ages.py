"""Who was taken into a study by age: the sentence on it where a question asks for the bounds, not for who was the oldest."""

from __future__ import annotations

from collections.abc import Iterator

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.text.text import fold

_ASKS_AGE = re.compile(r"\b(?:ages?|aged|how (?:old|young)|oldest|youngest|eldest)\b", re.IGNORECASE)
_TAKEN_IN = re.compile(
    r"\b(?:admi(?:tt|ssib)\w*|allowed|accept\w*|eligib\w*|permitted|entry|entitled)\b"
    r"|\b(?:min(?:imum)?|max(?:imum)?)\.? ages?\b|\bages? (?:limits?|ceiling|floor|cap|cut-?off|criteri\w+)\b"
    r"|\bhow (?:old|young)\b[^?]*\b(?:ha(?:d|ve) to|need(?:ed)? to|must|could|can|to (?:be|enter|join|get in\w*))\b",
    re.IGNORECASE,
)
"""Asks who could be taken in, not who was."""
_NOT_OURS = re.compile(r"\b(?:donors?|siblings?|agree|consent)\b", re.IGNORECASE)
"""Asks for the age of others than the patients, or for another thing than being taken in."""
_BOUNDS = re.compile(
    r"\baged? (?:between |from |over |under |above |below )?\d+|\b\d+ years (?:of age )?(?:or|and) (?:older|over|more|above|younger)\b"
    r"|\bbetween \d+ and \d+ years\b|\b(?:older|younger) than \d+\b|\b(?:under|below|over|above) \d+ years of age\b"
    r"|\b(?:from )?\d+ (?:to|-) \d+ years(?: old)?\b",
    re.IGNORECASE,
)
_ENTERED = re.compile(
    r"\b(?:eligib\w+|enrol\w+|randomi[sz]\w+|recruit\w+|includ\w+|accept\w+|allocat\w+|assign\w+|treated|gave|received"
    r"|compared|tested|reviewed|subject of|offered|admitted|entered)\b",
    re.IGNORECASE,
)
_OF_SOME = re.compile(
    r"\b(?:in|among|of) (?:the |those |these )?(?:patients|people|those|children)\b", re.IGNORECASE
)
_AT_WORST = re.compile(r"\bat worst\b|\bworst (?:[\w-]+ ){0,2}(?:of )?grade\b", re.IGNORECASE)
_CENTRES = frozenset({"median_age", "mean_age"})
_WHICH_PART = re.compile(r"\b(?:arms?|groups?|cohorts?|columns?|doses?)\b", re.IGNORECASE)


def ranks_nobody(ask: Ask) -> bool:
    """Whether a superlative sets nothing of one study in order: ``the oldest patient``, ``a worst toxicity of grade 4``.

    Neither does ``the smallest dose``; which of its groups had the oldest patients does.
    """
    if len(ask.studies) != 1:
        return False
    if _AT_WORST.search(ask.focus) or (ask.characteristics == ("dose",) and not ask.measures):
        return True
    which = ask.has("list") or (
        ask.focus.lower().lstrip().startswith("which") and _WHICH_PART.search(ask.focus)
    )
    return ask.characteristics == ("age_range",) and set(ask.measures) <= _CENTRES and not which


def taken_in_by_age(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The sentence that says from and up to which age a study took patients; None where none does or it is not asked."""
    if len(ask.studies) != 1 or ask.has("yes_no", "list", "count_studies") or ask.times or ask.grade:
        return None
    if not (_ASKS_AGE.search(ask.focus) and _TAKEN_IN.search(ask.focus)) or _NOT_OURS.search(ask.focus):
        return None
    own = next(_bounding(desk, ask.studies[0]), None)
    return answered([describer.quoting(own)], ask.studies) if own is not None else None


def _bounding(desk: Desk, study: str) -> Iterator[Passage]:
    """The sentences on a study that bound the ages of all its patients."""
    for passage in desk.review.passages:
        if passage.locator.kind is not Kind.SENTENCE or passage.studies[:1] != (study,):
            continue
        text = fold(passage.quote)
        if (
            (said := _BOUNDS.search(text))
            and _ENTERED.search(text)
            and not _OF_SOME.search(text[: said.start()])
        ):
            yield passage
