"""Trials and drugs that a report of one study only mentions: its own figures are none of theirs."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered, declined
from assistant.model import Kind, Passage
from assistant.names.studies import squeeze
from assistant.question.reader import Ask
from assistant.question.wording import DRUG_STEM
from assistant.telling.describe import Describer
from assistant.text.excerpt import figures
from assistant.text.text import fold, tokens

_TRIAL = re.compile(
    r"\b(?:in|of|from|for|by|the)\s+(?:the\s+)?(?P<name>(?=[\w-]*[A-Z]{2}|[\w-]*[A-Z][\w-]*\d)[A-Z][\w-]{2,}(?:\s\d[\w-]*)?)\s+"
    r"(?:trial|study)\b"
)
_BEGINNING = 20
"""Sentences of a report, its abstract among them, that call its own trial by its name."""
_ACRONYM = re.compile(r"(?=.*\d)[A-Z][\w -]{2,}|[A-Z]{4,}[\w-]*")
"""What a trial is called by: letters with a number, or four capitals at least."""
_AGAINST = re.compile(
    r"\b(?:than|compared? (?:with|to)|comparable to|similar to|in contrast to|versus|vs\.?|as with|in)\s+"
    r"(?:the\s+|those\s+(?:seen\s+)?(?:in|of)\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)


def of_others(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """What a report of one study says of another trial or drug that was asked about, or a decline; None where none was.

    Args:
        desk: the review's facts and words.
        describer: finds sentences.
        ask: the question.
    """
    if len(desk.review.studies) != 1 or ask.has(
        "yes_no", "definition", "list", "why", "summary", "reference"
    ):
        return None
    if not (ask.measures or ask.families):
        return None
    foreign = [name for name in (*_trials(desk, ask), *_drugs(desk, ask)) if name]
    if not foreign:
        return None
    told = [p for p in desk.review.passages if _tells(desk, describer, ask, p, foreign[0])]
    if told:
        return answered([describer.quoting(told[0])], told[0].studies)
    study = desk.review.studies[0].id
    return declined(
        f"The review does not report that for {foreign[0]}; it reports {desk.name(study)}.", (study,)
    )


def _trials(desk: Desk, ask: Ask) -> list[str]:
    """Names of trials in a question that are not the report's own."""
    names = [m["name"] for m in _TRIAL.finditer(fold(ask.focus))]
    return [n for n in names if _ACRONYM.fullmatch(n) and not _is_own(desk, n)]


def _is_own(desk: Desk, name: str) -> bool:
    """Whether a trial's name is in the title, or only in what the report says of itself; an unknown one is not."""
    title, key = squeeze(desk.review.raw.title), squeeze(name)
    study = desk.review.studies[0]
    if key in title or key in squeeze(study.id) or key in squeeze(study.label):
        return True
    mentions = [p for p in _sentences(desk)[:_BEGINNING] if key in squeeze(p.quote)]
    apart = [p for p in mentions if _set_against(p, name)]
    known = {squeeze(short) for short in desk.review.raw.abbreviations}
    known |= {squeeze(i) for arm in desk.review.arms.get(study.id, {}) for i in (arm, *arm.split())}
    return key in known or bool(mentions and not apart)


def _set_against(passage: Passage, name: str) -> bool:
    at = fold(passage.quote).find(fold(name))
    return at > 0 and bool(_AGAINST.search(fold(passage.quote)[:at]))


def _drugs(desk: Desk, ask: Ask) -> list[str]:
    """Drugs in a question that the report names only where it speaks of others."""
    title = {t.key for t in tokens(desk.review.raw.title)}
    found = []
    for word in tokens(ask.focus):
        if not DRUG_STEM.fullmatch(word.text) or word.key in title:
            continue
        holding = [p for p in desk.review.passages if word.key in {t.key for t in tokens(p.quote)}]
        if holding and not any(p.studies for p in holding):
            found.append(word.text)
    return found


def _sentences(desk: Desk) -> list[Passage]:
    return [p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE]


def _tells(desk: Desk, describer: Describer, ask: Ask, passage: Passage, name: str) -> bool:
    """Whether a sentence names the trial or drug with the measures asked for, their time, and a figure."""
    if passage.locator.kind is not Kind.SENTENCE or squeeze(name) not in squeeze(passage.quote):
        return False
    asked = {m.removeprefix("median_") for m in ask.measures}
    named = {m.removeprefix("median_") for m in describer.terms_in(passage)}
    timed = not ask.times or not describer.lacks_time(ask, passage.text)
    return bool(asked) and asked <= named and timed and bool(figures(passage.quote))
