"""Turns of a word or two that ask one thing more of the study just spoken of: ``which abstract is that?``, ``when?``."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.followup.refs import Turn
from assistant.model import Status
from assistant.question.reader import Ask, QuestionReader

_LEAD = r"^\W*(?:and |so |ok(?:ay)?,? |thanks,? )*"
_STUDY = r"(?:abstracts?|stud(?:y|ies)|trials?|posters?|reports?|papers?|presentations?)"
_IS_IT = r"(?:is|are|was|were|does|do) (?:that|this|it|they|those|these|the ones?)"
_WHICH = re.compile(
    rf"{_LEAD}(?:(?:in|from|by) )?"
    rf"(?:(?:which|what) {_STUDY}(?: (?:number|no\.?))?(?: {_IS_IT}(?: (?:in|from|come from|belong to))?)?"
    rf"|(?:what(?:'?s| is| was) )?(?:the |its )?{_STUDY} (?:number|no\.?|id)"
    rf"|whose (?:{_STUDY}|work|data)?(?: ?{_IS_IT})?)\W*$",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    rf"{_LEAD}(?:(?:is|was|are|were|has|have) there (?:been )?)?(?:another|any other|other|a second|more) {_STUDY}"
    r" (?:(?:here|in the review) )?(?:(?:that (?:used|gave|tested)|with|of|on|using|testing|giving|about)"
    r" (?:it|that|this|them|the same"
    r"|(?:that|this|the same|the) (?:regimen|drugs?|combination|treatment|product|therapy|agents?|thing)))\W*$",
    re.IGNORECASE,
)
"""Asks for a study that gave the same."""
_WHEN = re.compile(
    rf"{_LEAD}(?:when|(?:in )?(?:what|which) years?|over (?:what|which) (?:period|years)|from when (?:to|till|until) when)"
    r"(?: (?:was|is|were) (?:that|this|it|they))?\W*$",
    re.IGNORECASE,
)


def asked_barely(ask: Ask, turn: Turn, reader: QuestionReader) -> Ask | None:
    """The question for the name of the one study that was spoken of, or for its period; None where no turn asks so.

    Args:
        ask: the new turn, read alone.
        turn: the turn before, with its answer.
        reader: reads the whole question.

    ``When?`` after a measure is a question for its time point, and not for the years of the study.
    """
    before, draft = turn
    label = reader.review.raw.study_label
    if ask.studies or len(draft.studies) != 1:
        return None
    study = f"{label} {draft.studies[0]}"
    if _WHICH.match(ask.focus):
        return _listed(label, draft.studies[0], reader)
    if _ANOTHER.match(ask.focus):
        like = reader.kin("study", ask, draft.studies)
        return _listed(label, like[0], reader) if like else None
    if _WHEN.match(ask.focus) and not before.measures and draft.status is Status.ANSWERED:
        return reader.read(f"When was {study} done?")
    return None


def _listed(label: str, study: str, reader: QuestionReader) -> Ask:
    """The question for which study one is: it is listed with what it gave, and not looked up."""
    which = reader.read(f"Which {label} is {label} {study}?")
    names = tuple(replace(n, kind="topic") for n in which.named.names)
    return replace(which, named=replace(which.named, names=names))


def asked_of_another(ask: Ask, before: Ask, reader: QuestionReader) -> Ask | None:
    """``the results of study 1?``, then ``and the other one?``: the same words of the study now meant; None where they name a topic.

    Args:
        ask: the new turn, with its study.
        before: the turn before.
        reader: reads the words anew.
    """
    topic = before.measures or before.families or before.characteristics
    bare = not set(ask.content) - reader.vocabulary.scaffold
    if (
        topic
        or not bare
        or len(ask.studies) != 1
        or ask.studies == before.studies
        or len(before.studies) != 1
    ):
        return None
    number = next(iter(before.named.of("number")), None)
    if number is None or before.text[number.start : number.end] != number.text:
        return None
    text = f"{before.text[: number.start]}{ask.studies[0]}{before.text[number.end :]}"
    return replace(reader.read(text), text=ask.text, inherited=True)
