"""What a study set out to do, and what the review calls similar to it."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.text.text import fold

_AIM = re.compile(
    r"\b(?:aims?|aimed|goals?|purposes?|objectives?|intentions?|research questions?|hypothes[ie]s)\b|\bset (?:out|up) to\b"
    r"|\bquestions?\b.{0,40}\b(?:answer|address|ask|pose|tackle|pursue)\w*"
    r"|\bwhat\b.{0,40}\b(?:trying|meant|designed|intended|launched|started|mounted|hoping|hoped|wanted|want|sought) to\b"
    r"|\bwhat for\b(?=\W*$|[,;.?])|\bto what end\b|\bwhat was (?:evaluated|assessed|compared|tested|investigated|studied|examined)\b",
    re.IGNORECASE,
)
"""Asks what a study was for."""
_AIMED = re.compile(
    r"\b(?:aim\w*|evaluat\w+|assess\w*|compar(?:ed?|ing|es)|investigat\w+|test(?:ed|s)?|explor\w+|determin\w+|examin\w+|analy[sz]ed|develop\w*"
    r"|stud(?:ied|ies|y)|design\w*|look\w* at|whether)\b",
    re.IGNORECASE,
)
"""Says what was looked at."""
_ALIKE_ASKED = re.compile(
    r"\b(?:similar|alike|akin|resembl\w+|comparable|same (?:regimen|treatment|approach|drugs?|idea))\b",
    re.IGNORECASE,
)
_ALIKE = re.compile(r"\b(?:similar(?:ly)?|alike|akin|resembl\w+|comparable|as in|same)\b", re.IGNORECASE)


def aimed_at(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The sentence that says what a study looked at, where its aim is asked for; None where none does."""
    if (
        not _AIM.search(ask.focus)
        or not 0 < len(ask.studies) <= 2
        or ask.measures
        or ask.values
        or ask.unheard
    ):
        return None
    if (
        ask.has("yes_no", "list", "count_studies")
        or "outcome_measures" in ask.characteristics
        or _is_left_over(desk, ask)
    ):
        return None
    told = [next((p for p in _sentences(desk, s) if _AIMED.search(fold(p.text))), None) for s in ask.studies]
    lines = [describer.quoting(p) for p in told if p is not None]
    return answered(lines, ask.studies) if lines and len(lines) == len(ask.studies) else None


def _is_left_over(desk: Desk, ask: Ask) -> bool:
    """Whether a question names a thing of its own that no study asked about speaks of: ``aim of the second infusion``."""
    return any(w for w in ask.strange if not _AIM.search(w)) and not ask.named.of("number", "author", "nct")


def called_similar(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """What the review calls similar to the one study named; None where it says nothing of the kind."""
    plain = len(ask.studies) == 1 and ask.named.of("number", "author", "nct", "code", "agent")
    if (
        not plain
        or not _ALIKE_ASKED.search(ask.focus)
        or ask.measures
        or ask.families
        or ask.has("yes_no", "why")
    ):
        return None
    if ask.groups or ask.values or ask.times or ask.strange or ask.characteristics:
        return None
    (study,) = ask.studies
    named = re.compile(rf"\b{re.escape(desk.review.raw.study_label)} {re.escape(study)}\b", re.IGNORECASE)
    sentences = [p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and _ALIKE.search(p.text)]
    of_others = [p for p in sentences if study not in p.studies[:1] and named.search(p.text)]
    own = [
        p
        for p in sentences
        if p.studies[:1] == (study,) and re.search(rf"{desk.review.raw.study_label} \w+", p.text)
    ]
    told = (of_others or own)[:1]
    return answered([describer.quoting(p) for p in told], told[0].studies) if told else None


def _sentences(desk: Desk, study: str) -> list[Passage]:
    return [p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies[:1] == (study,)]
