"""Yes or no to whether anyone stopped because of something, by the clause of the study that says who stopped for what."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered
from assistant.model import Kind
from assistant.question.reader import Ask
from assistant.telling.entailing import DENIAL
from assistant.telling.verdict_words import clauses
from assistant.text.text import fold, key_of, tokens

_ASKED = re.compile(
    r"\b(?:any ?one|any ?body|some ?one|some ?body|any(?: of the)? patients?|patients?|people|participants?)\b[^?]*"
    r"\b(?:stop(?:s|ped)?|discontinu\w+|quit|withdr[ae]w\w*|c[oa]me (?:off|without))\b[^?]*"
    r"\b(?:because of|due to|owing to|on account of|over|as a result of)\b(?P<cause>[^?]*)"
    r"|\bdid (?P<led>[^?]*?) (?:lead|cause|force|make|drive) (?:any\w*|some\w*|patients|people)(?: [\w-]+){0,2}? (?:to )?"
    r"(?:stop|discontinue|quit|withdraw|come off)\b",
    re.IGNORECASE,
)
_STOPPED = re.compile(r"\b(?:stopped|discontinu\w+|withdr\w+|quit|c[oa]me off)\b", re.IGNORECASE)
_TAKES_UP = re.compile(r"\b(?:either|both|these|them|this|it|any of them|such events?)\b", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:not|no|never|none|nobody|without|most\w*|majority|more|many|half|why|how|which|what)\b|n't\b|%",
    re.IGNORECASE,
)
"""Asks for more than whether anyone did."""
_IDLE = frozenset(
    map(
        key_of,
        "a an the of in on with or and any some its their "
        "problem problems trouble issue issues event events syndrome drug treatment".split(),
    )
)


def stopped_for(desk: Desk, ask: Ask) -> Draft | None:
    """``Did anyone stop because of A?``: No with ``… A; no patient discontinued on account of it``; None where none says so."""
    focus = fold(ask.focus)
    asked = _ASKED.search(focus)
    if asked is None or len(ask.studies) != 1 or ask.values or _SAID.search(focus):
        return None
    names = {t.key for n in ask.named.names for t in tokens(n.text)}
    causes = [_words(part) - names for part in re.split(r"\bor\b", asked["cause"] or asked["led"])]
    causes = [c for c in causes if c]
    for passage in desk.review.passages if causes else ():
        if passage.locator.kind is not Kind.SENTENCE or passage.studies[:1] != ask.studies:
            continue
        before = ""
        for clause in clauses(passage.text):
            where = f"{before} {clause}" if _TAKES_UP.search(clause) else clause
            if _STOPPED.search(clause) and all(_is_said(cause, where) for cause in causes):
                verdict = "No" if DENIAL.search(clause) else "Yes"
                line = Line(f"{verdict}: {passage.quote}", ((passage.id, ask.studies[0]),), verbatim=True)
                return replace(answered([line], ask.studies), accounted=True)
            before = f"{before} {clause}"
    return None


def _words(text: str) -> set[str]:
    return {t.key for t in tokens(text)} - _IDLE


def _is_said(cause: set[str], text: str) -> bool:
    """Whether a text names a cause; ``QT`` is named by ``QTc``."""
    said = _words(text)
    return all(
        any(word == k or (len(word) == len(k) + 1 and word.startswith(k)) for word in said) for k in cause
    )
