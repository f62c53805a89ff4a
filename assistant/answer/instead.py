"""The review's own sentence in place of a decline, where it says all that was asked and its figures were left unread."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.judging.presence import none_told
from assistant.model import Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.telling.describe import Describer

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_AT_LEAST = 2
"""Words of a question, its studies aside, that a sentence must cover."""


def quoted_instead(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """A sentence of the one study asked about that covers every word of the question; None where none does.

    A figure that was read, for another time, arm or measure, is left alone: there the decline is right.

    Args:
        desk: the review's facts and words.
        describer: finds sentences.
        ask: the question.
        draft: the decline.
    """
    if (
        draft.status is not Status.DECLINED
        or len(ask.studies) != 1
        or ask.injected
        or ask.advice
        or ask.unheard
    ):
        return None
    if ask.cycle or ask.has("why", "yes_no", "definition", "list", "count_studies") or ask.named.missing:
        return None
    event = len(ask.measures) == 1 and desk.vocabulary.term(ask.measures[0]).kind == "event"
    if event and ask.wants and _is_unread(desk, ask) and (none := none_told(desk, ask)) is not None:
        return answered([describer.quoting(none)], ask.studies)
    if (
        of_group := next((p for p in desk.review.passages if _is_on_group(desk, describer, ask, p)), None)
    ) is not None:
        return answered([describer.quoting(of_group)], ask.studies)
    saying = [p for p in desk.review.passages if _says_all(desk, describer, ask, p)]
    if not saying:
        return None  # a search would open the index for nothing
    if _is_unread(desk, ask):
        fitting = [p for p in saying if not (ask.times and describer.lacks_time(ask, p.text))]
        fitting = [p for p in fitting if not describer.is_of_other(ask, p) and _has_numbers(ask, p)]
        return answered([describer.quoting(fitting[0])], ask.studies) if fitting else None
    if ask.grade:
        return None
    said = describer.text(replace(ask, measures=(), families=(), characteristics=()))
    if said is None or said.status is not Status.ANSWERED or len(said.lines) != 1:
        return None
    passage = desk.selector.places.get(said.lines[0].support[0][0])
    if passage is None or not _says_all(desk, describer, ask, passage):
        return None
    if ask.times and describer.lacks_time(ask, said.lines[0].text):
        return None
    return said


def _is_on_group(desk: Desk, describer: Describer, ask: Ask, passage: Passage) -> bool:
    """Whether a sentence names all groups and measures asked for beside a figure that was left unread."""
    known = desk.vocabulary.populations
    wanted = {i for _, ids in ask.groups for i in ids if i in known or i.removeprefix("no-") in known}
    if not wanted or not ask.measures or any(not ids & wanted for _, ids in ask.groups):
        return False
    if passage.locator.kind is not Kind.SENTENCE or passage.studies[:1] != ask.studies:
        return False
    own = [f for f in desk.review.facts if f.passage == passage.id]
    unread = any(not f.attribute and f.unit == "%" for f in own)
    if not unread or any(f.attribute in ask.measures and f.group & wanted for f in own):
        return False
    if not set(ask.measures) <= describer.terms_in(passage) or (
        ask.times and describer.lacks_time(ask, passage.text)
    ):
        return False
    arms = desk.review.arms.get(ask.studies[0], {})
    named = {i for g in desk.review.reader.groups(passage.text, arms) for i in g.ids}
    return wanted <= named


def _is_unread(desk: Desk, ask: Ask) -> bool:
    """Whether measures are asked for of which no figure of the study was read: ``CRS fell from a to b``."""
    return bool(ask.measures) and not any(desk.selector.reported(ask.studies[0], m) for m in ask.measures)


def _has_numbers(ask: Ask, passage: Passage) -> bool:
    """Whether a passage prints the numbers of a question that name no study and no time: ``in those over 65``, ``of grade 4``."""
    named = " ".join([n.text for n in ask.named.names] + [*ask.studies, *ask.times])
    known = set(_NUMBER.findall(f"{named} {passage.text}"))
    return set(_NUMBER.findall(ask.focus)) <= known


def _says_all(desk: Desk, describer: Describer, ask: Ask, passage: Passage) -> bool:
    if passage.locator.kind is not Kind.SENTENCE or passage.studies[:1] != ask.studies:
        return False
    read = [f for f in desk.review.facts if f.passage == passage.id and f.attribute in ask.measures]
    unread = [f for f in desk.review.facts if f.passage == passage.id and not f.attribute and f.unit]
    if read or not unread or not set(ask.measures) <= describer.terms_in(passage):
        return False
    own = describer.matching.own_names(ask, passage)
    left = [k for k, share in describer.matching.weighed(ask) if share == 1.0 and k not in own]
    least = 1 if _is_unread(desk, ask) else _AT_LEAST
    return len(left) >= least and all(describer.matching.covers(ask, k, passage) for k in left)
