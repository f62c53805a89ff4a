"""Yes or no to whether one treatment was better than another, by the sentence that says so."""

from __future__ import annotations

import re

from assistant.desk import Desk
from assistant.draft import Draft, Line, answered
from assistant.model import Kind
from assistant.question.reader import Ask
from assistant.text.text import fold, tokens

_WORD = re.compile(
    r"\b(?P<not>not\s+)?(?P<word>superior|inferior|non-?\s?inferior(?:ity)?|superiority|equivalent|equivalence)\b",
    re.IGNORECASE,
)
_NAME_CHARS = 4


def superior(desk: Desk, ask: Ask) -> Draft | None:
    """``Was A superior to B?`` by a sentence of the one study that calls A superior, inferior or noninferior; else None."""
    asked = _WORD.search(ask.focus)
    if asked is None or len(ask.studies) != 1 or ask.values:
        return None
    for passage in desk.review.passages:
        if passage.locator.kind is not Kind.SENTENCE or passage.studies[:1] != ask.studies:
            continue
        text = fold(passage.text)
        for said in _WORD.finditer(text):
            if not _same_subject(ask.focus[: asked.start()], text[: said.start()], text[said.end() :]):
                continue
            if _measures_differ(desk, ask, text):
                continue
            alike = _sort(asked["word"]) == _sort(said["word"]) and bool(asked["not"]) == bool(said["not"])
            if _sort(asked["word"]) != _sort(said["word"]) and {
                _sort(asked["word"]),
                _sort(said["word"]),
            } != {"superior", "inferior"}:
                continue
            line = Line(f"{'Yes' if alike else 'No'}: {passage.text}", ((passage.id, ask.studies[0]),))
            return answered([line], ask.studies)
    return None


def _sort(word: str) -> str:
    word = re.sub(r"[\s-]|ity$", "", word.lower())
    return "equivalent" if word.startswith("equiv") else word


def _names(text: str) -> set[str]:
    return {t.key for t in tokens(text) if len(t.key) > _NAME_CHARS}


def _same_subject(asked: str, before: str, behind: str) -> bool:
    """Whether what a sentence judges is what the question asks about, and not what it is compared with."""
    compared = re.match(r"\s+to\s+([^,;:.]+)", behind)
    subject = _names(asked)
    against = _names(compared[1]) if compared else set()
    return bool(subject & _names(before)) and not subject & (against - _names(before))


def _measures_differ(desk: Desk, ask: Ask, text: str) -> bool:
    """Whether a question asks of another measure than those a sentence names."""
    named = {i for m in desk.review.reader.matchers.measures.find(tokens(text)) for i in m.ids}
    return bool(ask.measures) and not set(ask.measures) & named
