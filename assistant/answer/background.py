"""What a review says of a disease at large, asked in its own words: ``median age at diagnosis of the disease``.

The figures of its studies are no answer to that: what is asked has a word that none of their places says, and a sentence
on no study says all of them.
"""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind
from assistant.question.reader import Ask
from assistant.telling.describe import Describer, is_named
from assistant.telling.fitting import is_denied, is_possible
from assistant.text.excerpt import excerpt, figures
from assistant.text.text import key_of, tokens

_OPEN = frozenset(
    key_of(w)
    for w in "general overall usually typically worldwide roughly approximately currently today common frequent often carry".split()
)
_FEWEST = 3
"""Words of a question that say enough for a sentence of no study to be meant."""
_KEPT_OUT = (
    "list",
    "count_studies",
    "max",
    "min",
    "compare",
    "summary",
    "conflict",
    "reference",
    "definition",
)
_OF_STUDIES = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|abstracts?|posters?|arms?|each|per study)\b", re.IGNORECASE
)
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)


def of_background(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """The sentence on no study that says all of a question, of which the places of the studies' figures lack a word.

    Args:
        desk: the review's facts and words.
        describer: compares words, quotes sentences.
        ask: the question.
        draft: figures of studies, or a decline.
    """
    refused = ask.advice or ask.injected or ask.clash or ask.named.missing or ask.translated or ask.inherited
    if refused or is_named(ask) or ask.has(*_KEPT_OUT) or ask.values or _OF_STUDIES.search(ask.focus):
        return None
    if any(line.verbatim for line in draft.lines):
        return None
    keys = [k for k in ask.content if k not in desk.vocabulary.scaffold | _OPEN]
    if len(keys) + len(ask.times) < _FEWEST:
        return None
    places = [
        desk.selector.places[p] for line in draft.lines for p, _ in line.support if p in desk.selector.places
    ]
    lacking = [k for k in keys if not any(describer.matching.holds(k, p) for p in places)]
    whole = _of_whole(desk, ask)
    if places and not [k for k in lacking if k not in _topics(ask)]:
        return None
    told = [
        p
        for p in desk.review.passages
        if p.locator.kind is Kind.SENTENCE
        and not p.studies
        and figures(p.text)
        and is_possible(ask, p.text)
        and not is_denied(ask, p.text)
        and all(_is_in(desk, describer, ask, k, p.text) for k in keys if k not in whole)
        and not (ask.times and describer.lacks_time(ask, p.text))
    ]
    if not told:
        return None
    best = min(told, key=lambda p: len(p.text))

    def keeps(part: str) -> bool:
        said = all(_is_in(desk, describer, ask, k, part) for k in keys if k not in whole)
        paired = _RESPECTIVELY.search(part) or not _RESPECTIVELY.search(best.text)
        return said and bool(paired) and bool(figures(part)) and is_possible(ask, part)

    return answered([describer.quoting(best, excerpt(best.text, keeps))])


def _topics(ask: Ask) -> set[str]:
    return {t.key for n in ask.named.of("topic") for t in tokens(n.text)}


def _of_whole(desk: Desk, ask: Ask) -> set[str]:
    """Keys of the disease that most of the review's studies are on; a sentence need not repeat it."""
    most = len(desk.review.studies) / 2
    return {t.key for n in ask.named.of("topic") if len(n.studies) > most for t in tokens(n.text)}


def _is_in(desk: Desk, describer: Describer, ask: Ask, key: str, text: str) -> bool:
    """Whether a text has a word, what means the same, or what its short form stands for."""
    if describer.matching.is_in(ask, key, text):
        return True
    meant = next((m for short, m in desk.review.raw.abbreviations.items() if key_of(short) == key), "")
    return bool(meant) and {t.key for t in tokens(meant)} <= describer.matching.words(text).keys
