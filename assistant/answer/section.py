"""What a section of the review says that a question names: ``per the introduction``, ``by the closing words``."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind, Passage
from assistant.names.studies import Named
from assistant.question.reader import Ask
from assistant.telling.describe import Describer, is_named
from assistant.telling.fitting import is_possible
from assistant.text.text import tokens

_OPENING = re.compile(
    r"\b(?:in|per|according to|by|from|as|of) (?:the |its |their )?(?:review's |letter's |article's )?"
    r"(?P<of>introduct(?:ion|ory (?:section|part|paragraph))|opening(?: (?:section|paragraphs?|words|lines|part))?|background section)\b"
    r"|\b(?:introduction|opening (?:section|paragraph)) (?:says?|states?|has it|tells?|puts?|gives?)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\b(?:in|per|according to|by|from|at) (?:the |its |their )?(?:review's |letter's |article's )?(?:very )?"
    r"(?:conclusions?|(?:concluding|closing) (?:section|remarks?|words|paragraph|lines)|last paragraph)\b"
    r"|\bat (?:its|the review's|the letter's) (?:very )?end\b|\bat the (?:very )?end of (?:the|this) (?:review|letter|article|paper)\b"
    r"|\b(?:conclusion|closing (?:section|paragraph)) (?:says?|states?|has it|tells?|puts?|gives?)\b",
    re.IGNORECASE,
)
_SECTIONS = (
    (_OPENING, re.compile(r"\bintroduct|\bbackground|\beditor\b", re.IGNORECASE)),
    (_CLOSING, re.compile(r"conclu|closing|perspective|remarks|discussion", re.IGNORECASE)),
)
"""How a question names a section, and how its heading reads."""
_COVERED = 0.4
"""Share of a question's words, weighted by rarity, that a sentence of the section named must hold."""


def of_section(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The sentence of the section named that covers most of a question; None where none covers enough, or none is named."""
    if is_named(ask) or ask.injected or ask.advice or ask.named.missing or ask.unheard or ask.has("summary"):
        return None
    if describer.citer.is_of_entry(ask):
        return None  # the section only says where it is cited
    for asked, heading in _SECTIONS:
        if named := asked.search(ask.text):
            own = [p for p in desk.review.passages if _is_in(p, heading)]
            return _best(describer, _without(ask, named[0]), own)
    return None


def _is_in(passage: Passage, heading: re.Pattern[str]) -> bool:
    return passage.locator.kind is Kind.SENTENCE and bool(heading.search(passage.locator.section))


def _without(ask: Ask, named: str) -> Ask:
    """``ask`` without the words for the section, and with no study or measure read into its words."""
    own = {t.key for t in tokens(named)}
    return replace(
        ask,
        content=tuple(k for k in ask.content if k not in own),
        studies=(),
        named=Named(),
        described=False,
        measures=(),
        families=(),
        characteristics=(),
        values=(),
    )


def _best(describer: Describer, ask: Ask, own: list[Passage]) -> Draft | None:
    scored = [
        (describer.matching.coverage(ask, p), -i, p) for i, p in enumerate(own) if is_possible(ask, p.text)
    ]
    if not ask.content or not scored or max(scored)[0] < _COVERED:
        return None
    return answered([describer.quoting(max(scored, key=lambda s: s[:2])[2])])
