"""``Why?`` and nothing else: of what was just said."""

from __future__ import annotations

from dataclasses import replace

from assistant.followup.refs import Turn
from assistant.model import Status
from assistant.question.reader import Ask, QuestionReader


def of_what_was_said(ask: Ask, turn: Turn, reader: QuestionReader) -> Ask:
    """A bare ``why?`` with the words of the turn before, and the places that its answer rests on; any other turn as it is."""
    before, draft = turn
    studies = draft.studies or before.studies
    bare = ask.has("why") and not set(ask.content) - reader.vocabulary.scaffold
    if not bare or len(studies) != 1:
        return ask
    said = draft.status is Status.ANSWERED
    places = dict.fromkeys(passage for line in draft.lines for passage, _ in line.support) if said else ()
    focus = f"Why: {before.focus}"
    return replace(
        ask, places=tuple(places), studies=studies, focus=focus, content=before.content, named=before.named
    )
