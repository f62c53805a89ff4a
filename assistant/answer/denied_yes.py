"""``Yes:`` is not said before a sentence that opens with a denial of what is asked: ``No trial compared A with B``."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.question.reader import Ask
from assistant.telling.describe import Describer

_DENIES = re.compile(r"Yes: (?=(?:No|None|Neither|Nobody|Not (?:a|one|any))\b)")
_DENIED = re.compile(
    r"\b(?:not|no|never|none|without|neither|lack\w*|absen\w*|free of)\b|n't\b", re.IGNORECASE
)
_JUDGED = re.compile(
    r"\b(?:safe\w*|tolera\w+|feasib\w+|harmless|well|good|manageable|spared|clean|favou?rable|mild)\b",
    re.IGNORECASE,
)
"""Asks for what the lack of something speaks for."""
_ENOUGH = 0.5


def turned(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """The draft with ``No:`` in place of ``Yes:`` before such a sentence; None where there is nothing to turn.

    Args:
        desk: the review's facts and words.
        describer: compares words.
        ask: the question.
        draft: what was found.
    """
    first = draft.lines[0] if draft.lines else None
    if (
        first is None
        or not _DENIES.match(first.text)
        or _DENIED.search(ask.focus)
        or _JUDGED.search(ask.focus)
    ):
        return None
    keys = [k for k in ask.content if k not in desk.vocabulary.scaffold]
    held = sum(describer.matching.is_in(ask, k, first.text) for k in keys)
    if not keys or held / len(keys) < _ENOUGH:
        return None
    line = replace(first, text=_DENIES.sub("No: ", first.text))
    return replace(draft, lines=(line, *draft.lines[1:]))
